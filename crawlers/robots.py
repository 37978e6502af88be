"""What a site's robots.txt lets us read, remembered for a day."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from protego import Protego

LONGEST_DELAY = 30.0
DAY = 86_400.0
MOST = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """One origin's rules for us."""

    state: Literal["read", "absent", "unreachable"]
    why: str = ""
    """For the state "unreachable": what went wrong."""
    parsed: Protego | None = None

    def allow(self, url: str, agent: str) -> bool:
        """Whether this address may be fetched; always, where there is no robots.txt."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """The Crawl-delay in seconds, 30 at most; 0 when none is asked for."""
        asked = self.parsed.crawl_delay(agent) if self.parsed else None
        return min(asked or 0.0, LONGEST_DELAY)


ABSENT = Rules(state="absent")


def read_rules(content: bytes) -> Rules:
    r"""Read a robots.txt in whatever encoding; what can't be read forbids nothing.

    >>> rules = read_rules(b"User-agent: *\nDisallow: /tim-kiem\nCrawl-delay: 90")
    >>> rules.allow("https://laocai.gov.vn/tim-kiem?q=1", "monitor"), rules.allow("https://laocai.gov.vn/tin", "monitor")
    (False, True)
    >>> rules.delay("monitor")
    30.0
    """
    return Rules(state="read", parsed=Protego.parse(content.decode("utf-8-sig", errors="replace")))


@dataclass(slots=True)
class _Entry:
    lock: threading.Lock = field(default_factory=threading.Lock)
    rules: Rules | None = None
    good_until: float = 0.0


class RobotsCache:
    """Remembers the rules of each origin, and lets one thread read them while the others wait for it.

    Rules hold for a day; "unreachable" for `retry_after` seconds, so that a site in trouble is left alone.
    """

    def __init__(self, *, monotonic: Callable[[], float], retry_after: float) -> None:
        self._monotonic = monotonic
        self._retry_after = retry_after
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    def get(self, origin: str, read: Callable[[], Rules]) -> tuple[Rules, float]:
        """The origin's rules, by `read` if they are not known, and for how many seconds more they hold."""
        with self._lock:
            entry = self._entries.setdefault(origin, _Entry())
            self._entries.move_to_end(origin)
            if len(self._entries) > MOST:
                self._entries.popitem(last=False)
        with entry.lock:
            if entry.rules is None or self._monotonic() >= entry.good_until:
                entry.rules = read()
                entry.good_until = self._monotonic() + (
                    self._retry_after if entry.rules.state == "unreachable" else DAY
                )
            return entry.rules, entry.good_until - self._monotonic()
