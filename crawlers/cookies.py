"""The cookies of one host: kept for the run, sent back to that host only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST = 50
LONGEST = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cookie:
    value: str
    path: str
    is_secure: bool


@dataclass(slots=True)
class Cookies:
    """What one host asked us to bring along. A Domain attribute is not followed: nothing leaves the host.

    >>> jar = Cookies()
    >>> jar.take(["pass=1; Path=/; HttpOnly", "seen=tin; Path=/muc"], now=datetime.now(UTC)), jar.header("/tin", is_secure=True)
    (True, 'pass=1')
    """

    _kept: dict[str, _Cookie] = field(default_factory=dict)

    def take(self, lines: list[str], *, now: datetime) -> bool:
        """Remember these Set-Cookie lines; whether that changed anything."""
        before = dict(self._kept)
        for line in lines:
            pair, *attributes = line.split(";")
            name, equals, value = pair.partition("=")
            if equals and name.strip() and len(line) <= LONGEST and line.isascii() and line.isprintable():
                self._take(name.strip(), value.strip(), _attributes(attributes), now)
        return self._kept != before

    def _take(self, name: str, value: str, attributes: dict[str, str], now: datetime) -> None:
        if _is_over(attributes, now):
            self._kept.pop(name, None)
        elif name in self._kept or len(self._kept) < MOST:
            path = attributes.get("path", "/")
            self._kept[name] = _Cookie(
                value=value, path=path if path.startswith("/") else "/", is_secure="secure" in attributes
            )

    def header(self, path: str, *, is_secure: bool) -> str | None:
        """The Cookie header for this path; None when there is nothing to send."""
        fitting = [
            f"{name}={cookie.value}"
            for name, cookie in self._kept.items()
            if _covers(cookie.path, path) and (is_secure or not cookie.is_secure)
        ]
        return "; ".join(fitting) or None


def _covers(whole: str, path: str) -> bool:
    return path == whole or path.startswith(whole if whole.endswith("/") else whole + "/")


def _attributes(parts: list[str]) -> dict[str, str]:
    pairs = (part.partition("=") for part in parts)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _is_over(attributes: dict[str, str], now: datetime) -> bool:
    """Whether the server takes the cookie back."""
    if "max-age" in attributes:
        age = attributes["max-age"]
        return age.startswith("-") or age == "0"
    try:
        expires = parsedate_to_datetime(attributes.get("expires", ""))
    except (ValueError, TypeError, IndexError):
        return False
    return expires.replace(tzinfo=expires.tzinfo or UTC) <= now
