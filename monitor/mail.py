"""How a message leaves the house: the laws that every way keeps, and the way into a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Literal, Protocol

from monitor.errors import MonitorError

Outcome = Literal["taken", "later", "never", "dead", "unknown"]
"""taken: the receiver has it. later: it does not, and may take it another time. never: it will not take this message.
dead: nothing will ever be taken at this address. unknown: it was given away, and no answer came."""


class WayClosedError(MonitorError):
    """Nothing can be sent this way now, to whomever: the server is away or will not have us. Says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """How one try ended, and what the receiver said."""

    outcome: Outcome
    said: str
    wait: float | None = None
    """Seconds that the receiver wants to be left in peace."""


class Mailer(Protocol):
    """Gives one message to one person.

    Laws, held by tests/monitor/test_mail.py for both:
    1. `handing_over` is called once the receiver waits for the message and before any of it is given away. What it
       raises comes out, and then nothing was given.
    2. Without that call the receiver does not have the message. After it, only "taken" says that it has, and only
       "unknown" leaves it open.
    3. What is wrong with the way as a whole, and not with this message or address, raises WayClosedError, and then the
       receiver does not have the message.
    """

    def send(self, message: EmailMessage, to: str, *, handing_over: Callable[[], object]) -> Answer: ...

    def close(self) -> None:
        """Give back what is held open; the next message opens it again."""
        ...


class FolderMailer:
    """Writes each message into a folder as an .eml file, named by its Message-ID, whole or not at all.

    Written again it is the same file, so a try that was broken off may safely be repeated.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage, to: str, *, handing_over: Callable[[], object]) -> Answer:
        """Write the file. `to` is in the message already."""
        path = self._folder / file_name(message["Message-ID"] or "")
        content = message.as_bytes(policy=SMTP)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise WayClosedError(f"không tạo được thư mục {self._folder} ({e.strerror}). Chọn thư mục khác") from e
        handing_over()
        try:
            _write_whole(path, content)
        except OSError as e:
            return Answer(outcome="later", said=f"không ghi được {path} ({e.strerror})")
        return Answer(outcome="taken", said=str(path))

    def close(self) -> None:
        """Nothing is held open."""


def file_name(message_id: str) -> str:
    """A file's name for a Message-ID, whatever stands in it.

    >>> file_name("<12.0.abc@tinh.example>"), file_name("<../../etc/passwd>")
    ('12.0.abc@tinh.example.eml', '.._.._etc_passwd.02f25415.eml')
    """
    plain = message_id.strip().strip("<>")
    safe = re.sub(r"[^\w.@+-]", "_", plain, flags=re.ASCII)[:150]
    if safe == plain and not safe.startswith("."):
        return f"{safe}.eml"
    return f"{safe}.{sha256(message_id.encode('utf-8', 'replace')).hexdigest()[:8]}.eml"


def _write_whole(path: Path, content: bytes) -> None:
    """The file is there with all of its content, or as it was before."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
