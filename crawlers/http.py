"""Polite GET: robots.txt, one request a host at a time, checked addresses, limits on size and time."""

from __future__ import annotations

import hashlib
import random
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urljoin

from crawlers import urls
from crawlers.errors import FetchError, FetchStopped
from crawlers.exchange import Answer, Exchanges, Limits, PassingError, Trip, turn_of
from crawlers.hosts import Hosts, StoppedError, Turns, no_turns
from crawlers.records import Page, Source, Validators
from crawlers.robots import ABSENT, RobotsCache, Rules, read_rules
from crawlers.tls import Trust
from crawlers.urls import Address
from crawlers.wire import Network

__all__ = ["PRODUCT", "Fetcher", "HttpFetcher", "Limits"]

PRODUCT = "vn-news-monitor"
"""The name that a robots.txt can address us by."""
VERSION = "0.1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({429, 502, 503, 504})
"""Answers that may be different in a moment."""
REFUSALS = frozenset({401, 403, 406})
"""Answers that may only want the cookie they brought to be sent back."""


class Fetcher(Protocol):
    """Brings one page, politely. Called from many threads at once.

    Laws, held by tests/crawlers/test_http.py (and by the recorded fetcher where they apply):
    1. `fetch` returns a Page or raises FetchError, with a reason and words to act on; nothing else comes out.
    2. A page that did not change (304, or the same body again) is `not_modified` with no content, and the validators
       it returns are those to ask with the next time.
    3. `content` is decompressed and within the size limit; a longer page is `too_large`, never cut silently.
    4. What robots.txt forbids is not fetched, and no address is reached that the source may not reach: not by a
       redirect, nor by what a name resolves to.
    5. No host gets two requests at once, nor sooner after one another than the source's delay or its Crawl-delay;
       ports of one host count as one, but for local sources.
    """

    def fetch(self, url: str, *, source: Source, validators: Validators | None = None) -> Page: ...


class HttpFetcher:
    """Fetches over the network, on httpcore (crawlers/hosts.py says why, with figures).

    A context manager; `close` makes every waiting thread stop within moments with FetchStopped. Only a name being
    resolved can't be broken off. Proxies are not used: who connects must be who checked the address.
    """

    def __init__(
        self,
        *,
        contact: str,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], object] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        network: Network | None = None,
        tls: ssl.SSLContext | None = None,
        turns: Turns = no_turns,
    ) -> None:
        """`contact` is an address where outlets reach us; `turns` keeps other processes from a host meanwhile.

        `now`, `sleep`, `monotonic` and `network` are for tests."""
        self._agent = f"{PRODUCT}/{VERSION} (+{contact})"
        self._limits = limits = limits or Limits()
        self._now = now
        self._monotonic = monotonic
        self._stop = threading.Event()
        self._sleep = sleep or self._stop.wait
        self._hosts = Hosts(replace(network or Network(), monotonic=monotonic), tls or Trust(), self._pause, turns)
        self._robots = RobotsCache(monotonic=monotonic, retry_after=limits.robots_retry)
        self._exchanges = Exchanges(self._hosts, limits, now, monotonic)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop: waiting threads wake up, connections break off, further fetches are refused."""
        self._stop.set()
        self._hosts.stop()

    def fetch(self, url: str, *, source: Source, validators: Validators | None = None) -> Page:
        """Fetch one page; see Fetcher for what is promised."""
        validators = validators or Validators()
        headers = self._headers() + _conditions(validators)
        trip = Trip(url=url, source=source, validators=validators, headers=headers, max_bytes=self._limits.max_bytes)
        try:
            return self._page(self._follow(url, trip), trip)
        except (FetchError, StoppedError) as e:
            if not self._stop.is_set():
                raise
            raise FetchStopped(url, "no_answer", "the fetcher was closed before the page came") from e

    # --- the steps of one fetch ---------------------------------------------------------------------------------------

    def _follow(self, url: str, trip: Trip) -> Answer:
        """Get the answer at the end of the redirects, each hop checked like the first."""
        for _ in range(self._limits.redirects + 1):
            address = self._checked(url, trip)
            delay = trip.source.delay if trip.is_robots else self._permitted_delay(address, trip)
            trip.seen.add(str(address))
            answer = self._get(address, trip, delay)
            if answer.status in REFUSALS and answer.has_new_cookies and not trip.has_come_back:
                trip.has_come_back = True
                continue
            if answer.status not in REDIRECTS:
                return answer
            url = self._next(answer, trip)
        raise trip.failure("too_many_redirects", f"more than {self._limits.redirects} redirects")

    def _checked(self, url: str, trip: Trip) -> Address:
        address = urls.address(url)
        if address is None:
            raise trip.failure("bad_input", f"{url!r} is not a web address")
        if not trip.source.local and address.port not in urls.PUBLIC_PORTS:
            raise trip.failure("forbidden_address", f"port {address.port} is not one that web pages are read from")
        return address

    def _next(self, answer: Answer, trip: Trip) -> str:
        place = answer.headers.get("location")
        if not place:
            raise trip.failure("http_error", f"the server answers {answer.status} without saying where to go")
        try:
            url = urljoin(str(answer.address), place)
        except ValueError as e:
            raise trip.failure("http_error", f"the server redirects to {place!r}, which is no address") from e
        target = urls.address(url)
        if target and str(target) in trip.seen and not answer.has_new_cookies:
            raise trip.failure("too_many_redirects", "the redirects go in a circle")
        return url

    def _get(self, address: Address, trip: Trip, delay: float) -> Answer:
        """Ask until there is an answer that will last, three times at most."""
        for attempt in range(self._limits.retries + 1):
            is_last = attempt == self._limits.retries
            wait = self._limits.backoff * 2**attempt * (1 + random.random())
            try:
                answer = self._exchanges.ask(address, trip, delay)
            except PassingError:
                if is_last:
                    raise
            else:
                if answer.status not in PASSING:
                    return answer
                asked = self._retry_after(answer)
                if self._is_rate_limited(answer, asked, is_last=is_last):
                    raise trip.failure("rate_limited", _too_often(answer.status, asked), retry_after=asked)
                if is_last:
                    return answer
                wait = wait if asked is None else asked
            self._hosts.rest(turn_of(address, trip.source), wait)
        raise AssertionError("the last attempt returns or raises")

    def _is_rate_limited(self, answer: Answer, asked: float | None, *, is_last: bool) -> bool:
        if asked is None:
            return answer.status == HTTPStatus.TOO_MANY_REQUESTS
        return is_last or asked > self._limits.longest_wait

    def _retry_after(self, answer: Answer) -> float | None:
        text = answer.headers.get("retry-after", "").strip()
        if text.isdecimal():
            return float(text[:9])
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - self._now()).total_seconds())

    def _page(self, answer: Answer, trip: Trip) -> Page:
        given = trip.validators
        validators = Validators(
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            body_hash=hashlib.sha256(answer.body).hexdigest(),
        )
        if answer.status == HTTPStatus.NOT_MODIFIED and (given.etag or given.last_modified):
            validators = Validators(
                etag=validators.etag or given.etag,
                last_modified=validators.last_modified or given.last_modified,
                body_hash=given.body_hash,
            )
        elif not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES or answer.status == 206:
            raise trip.failure("http_error", f"the server answers {answer.status}{_phrase(answer.status)}")
        elif answer.is_cut:
            raise trip.failure("too_large", f"the page is larger than {self._limits.max_bytes:,} bytes")
        is_same = validators.body_hash == given.body_hash and given.body_hash is not None
        not_modified = is_same or answer.status == HTTPStatus.NOT_MODIFIED
        return Page(
            url=str(answer.address),
            content=b"" if not_modified else answer.body,
            content_type=answer.headers.get("content-type"),
            fetched_at=self._now(),
            not_modified=not_modified,
            validators=validators,
        )

    # --- robots.txt ---------------------------------------------------------------------------------------------------

    def _permitted_delay(self, address: Address, trip: Trip) -> float:
        """Seconds between two requests there; raises when robots.txt forbids this one."""
        rules, holds = self._robots.get(address.origin, lambda: self._read_rules(address, trip))
        if rules.state == "unreachable":
            message = f"robots.txt can't be read ({rules.why}), so nothing is fetched there for now"
            raise trip.failure("robots", message, retry_after=max(0.0, holds))
        if not rules.allow(str(address), PRODUCT):
            raise trip.failure("robots", f"the robots.txt of {address.host} does not allow this page")
        return max(trip.source.delay, rules.delay(PRODUCT))

    def _read_rules(self, address: Address, trip: Trip) -> Rules:
        """Ask for robots.txt: 4xx allows all, 5xx and silence forbid all; a host that is not there fails as itself."""
        own = Trip(
            url=trip.url,
            source=trip.source,
            validators=Validators(),
            headers=self._headers(),
            max_bytes=self._limits.robots_bytes,
            is_robots=True,
        )
        try:
            answer = self._follow(f"{address.origin}/robots.txt", own)
        except FetchError as e:
            if e.reason == "too_many_redirects":
                return ABSENT
            if e.reason == "timeout":
                return Rules(state="unreachable", why=e.message)
            raise
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Rules(state="unreachable", why=f"the server answers {answer.status}")
        return read_rules(answer.body) if answer.status == HTTPStatus.OK else ABSENT

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"User-Agent", self._agent.encode("ascii", "replace")),
            (b"Accept", b"application/rss+xml, application/atom+xml, text/html;q=0.9, */*;q=0.5"),
            (b"Accept-Language", b"vi, en;q=0.5"),
            (b"Accept-Encoding", b"gzip, br, zstd"),
        ]

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(seconds)
        if self._stop.is_set():
            raise StoppedError


def _conditions(validators: Validators) -> list[tuple[bytes, bytes]]:
    """The headers that ask "has it changed?"; a validator that no header can hold is left out."""
    pairs = ((b"If-None-Match", validators.etag), (b"If-Modified-Since", validators.last_modified))
    return [(name, value.encode("ascii")) for name, value in pairs if value and value.isascii() and value.isprintable()]


def _too_often(status: int, asked: float | None) -> str:
    when = "later" if asked is None else f"in {asked:.0f} s"
    return f"the server answers {status}: we are to come back {when}"


def _phrase(status: int) -> str:
    return f" ({HTTPStatus(status).phrase})" if status in HTTPStatus._value2member_map_ else ""
