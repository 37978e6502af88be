"""One request and its answer, in its turn; what goes wrong on the line, in our words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

import httpcore

from crawlers.decoding import BadEncodingError, TooLargeError, read_body
from crawlers.errors import FetchError
from crawlers.hosts import Host, Hosts, Line
from crawlers.records import FailureReason, Source, Validators
from crawlers.urls import Address
from crawlers.wire import ForbiddenAddressError, TlsError, UnknownHostError

DRAINED = 64 * 1024
"""Bytes read of a body that nobody needs, so that its connection can be used again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How long and how much. Seconds, bytes and times."""

    connect: float = 10.0
    read: float = 20.0
    """Silence on the line, at most."""
    total: float = 60.0
    """On the line for one fetch, redirects and tries included; waiting for one's turn does not count."""
    max_bytes: int = 10_000_000
    redirects: int = 5
    retries: int = 2
    backoff: float = 0.5
    """Before the second try; doubled before each further one, with up to as much again by chance."""
    longest_wait: float = 30.0
    """The longest Retry-After that is waited for."""
    robots_bytes: int = 512 * 1024
    robots_retry: float = 600.0
    """Before asking again for a robots.txt that could not be read."""


class PassingError(FetchError):
    """May go better the next time."""


@dataclass(kw_only=True, slots=True)
class Trip:
    """One fetch under way."""

    url: str
    source: Source
    validators: Validators
    headers: list[tuple[bytes, bytes]]
    max_bytes: int
    is_robots: bool = False
    spent: float = 0.0
    seen: set[str] = field(default_factory=set)
    has_come_back: bool = False
    """With the cookie that came with a refusal."""

    def failure(self, reason: FailureReason, message: str, *, retry_after: float | None = None) -> FetchError:
        """What to raise when this fetch fails."""
        return FetchError(self.url, reason, message, retry_after=retry_after)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the server said; the body is read only of a success."""

    address: Address
    status: int
    headers: dict[str, str]
    body: bytes
    is_cut: bool
    """The body goes on beyond the limit."""
    has_new_cookies: bool


def turn_of(address: Address, source: Source) -> str:
    """Whose turn it takes: a host's; on the user's own network each port is an outlet of its own."""
    return address.authority if source.local else address.host


class Exchanges:
    """Makes requests, one a host at a time."""

    def __init__(
        self, hosts: Hosts, limits: Limits, now: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._hosts = hosts
        self._limits = limits
        self._now = now
        self._monotonic = monotonic
        self._timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}

    def ask(self, address: Address, trip: Trip, delay: float) -> Answer:
        """One request, when it is our turn."""
        with self._hosts.turn(turn_of(address, trip.source), local=trip.source.local, delay=delay) as (host, line):
            started = self._monotonic()
            line.wires.deadline = started + self._limits.total - trip.spent
            try:
                return self._exchange(address, trip, host, line)
            except (*_LINE_ERRORS, BadEncodingError) as e:
                line.hang_up()
                raise _translated(e, address, trip, is_over=self._monotonic() >= line.wires.deadline) from e
            finally:
                trip.spent += self._monotonic() - started

    def _exchange(self, address: Address, trip: Trip, host: Host, line: Line) -> Answer:
        headers = [(b"Host", address.authority.encode("ascii")), *trip.headers]
        cookie = host.cookies.header(address.target.partition("?")[0], is_secure=address.scheme == "https")
        if cookie:
            headers.append((b"Cookie", cookie.encode("ascii")))
        with line.pool.stream(
            "GET", _wire_url(address), headers=headers, extensions={"timeout": self._timeouts}
        ) as response:
            pairs = [(name.decode("latin-1").lower(), _header_text(value)) for name, value in response.headers]
            body, is_cut = _read(response, dict(pairs), trip)
        if is_cut:
            line.hang_up()  # the rest of that body is still under way
        return Answer(
            address=address,
            status=response.status,
            headers=dict(pairs),
            body=body,
            is_cut=is_cut,
            has_new_cookies=host.cookies.take(
                [value for name, value in pairs if name == "set-cookie"], now=self._now()
            ),
        )


_LINE_ERRORS = (
    httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, ForbiddenAddressError, UnknownHostError
)  # fmt: skip


def _translated(e: Exception, address: Address, trip: Trip, *, is_over: bool) -> FetchError:
    """What a library says, in our words."""
    match e:
        case ForbiddenAddressError():
            return trip.failure("forbidden_address", f"{address.host} leads to {e}, where only local sources may go")
        case UnknownHostError():
            return trip.failure("no_answer", f"the name {address.host} is not known; is the address right?")
        case BadEncodingError():
            return trip.failure("bad_encoding", f"the server sent {e}")
        case TlsError():
            return trip.failure("no_answer", f"{address.host} can't be trusted over TLS: {e}")
        case httpcore.ConnectTimeout() if not is_over:
            return PassingError(trip.url, "timeout", f"{address.host} does not take connections in time")
        case httpcore.TimeoutException():
            long = "takes longer than the whole fetch may" if is_over else "fell silent"
            return trip.failure("timeout", f"{address.host} {long}")
        case httpcore.LocalProtocolError():
            return trip.failure("bad_input", f"the request can't be made: {e}")
        case httpcore.RemoteProtocolError():
            return PassingError(trip.url, "no_answer", f"{address.host} breaks the rules of HTTP: {e}")
        case _:
            return PassingError(trip.url, "no_answer", f"{address.host} does not answer: {e}")


def _read(response: httpcore.Response, headers: dict[str, str], trip: Trip) -> tuple[bytes, bool]:
    """The body as far as it is wanted, and whether something is missing from it."""
    if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
        size = 0
        for piece in response.iter_stream():
            size += len(piece)
            if size > DRAINED:
                return b"", True
        return b"", False
    announced = headers.get("content-length", "")
    if not trip.is_robots and announced.isdecimal() and int(announced[:18]) > trip.max_bytes:
        return b"", True
    try:
        return read_body(response.iter_stream(), encoding=headers.get("content-encoding"), limit=trip.max_bytes), False
    except TooLargeError as e:
        return e.start, True


def _wire_url(address: Address) -> httpcore.URL:
    return httpcore.URL(
        scheme=address.scheme.encode("ascii"),
        host=address.host.encode("ascii"),
        port=address.port,
        target=address.target.encode("ascii"),
    )


def _header_text(value: bytes) -> str:
    """A header's value; some servers put Vietnamese into Location as it is."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
