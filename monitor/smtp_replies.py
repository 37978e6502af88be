"""What an SMTP server's reply means for a message. Pure."""

from __future__ import annotations

import re
from typing import Literal

from monitor.mail import Outcome

Step = Literal["rcpt", "data", "end"]

_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_DEAD = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)})
"""RFC 3463 and 7505: no such mailbox, no such system, no address at all, moved away, takes no mail, disabled."""
_FULL = (2, 2)
_DEAD_CODES = frozenset({550, 551, 553})
"""At RCPT and without an enhanced code: no such mailbox, not local, no mailbox can have that name."""


def outcome_of(step: Step, code: int, text: str) -> Outcome:
    """What becomes of the message.

    >>> outcome_of("rcpt", 550, "5.1.1 No such user"), outcome_of("rcpt", 550, "5.7.1 Relaying denied")
    ('dead', 'never')
    >>> outcome_of("rcpt", 451, "4.7.1 Greylisted"), outcome_of("rcpt", 552, "5.2.2 Mailbox full")
    ('later', 'later')
    """
    kind = code // 100
    if kind == 2:
        return "taken"
    if kind == 4:
        return "later"
    if kind != 5:  # no reply that SMTP knows: whether a message that was given away has been taken is open
        return "unknown" if step == "end" else "later"
    status = _enhanced(text)
    if status == _FULL:
        return "later"
    if step == "rcpt" and (status in _DEAD if status else code in _DEAD_CODES):
        return "dead"
    return "never"


def is_about_message(code: int, text: str) -> bool:
    """Whether a server that refuses at MAIL does so for this message's size, and not because it will not have us.

    >>> is_about_message(552, "5.3.4 Message too big"), is_about_message(530, "5.7.0 Must issue STARTTLS first")
    (True, False)
    """
    status = _enhanced(text)
    return status == (3, 4) or (status is None and code == 552)


def _enhanced(text: str) -> tuple[int, int] | None:
    """Subject and detail of an enhanced status code; None where there is none, or one that says nothing (5.0.0)."""
    found = _ENHANCED.match(text)
    if found is None:
        return None
    status = int(found[2]), int(found[3])
    return None if status == (0, 0) else status
