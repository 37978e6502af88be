"""The laws of Fetcher, held by HttpFetcher against a real server on loopback."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import brotli
import pytest
import zstandard

from crawlers import hosts
from crawlers.errors import FetchError, FetchStopped
from crawlers.hosts import KEEP_ALIVE
from crawlers.http import HttpFetcher, Limits
from crawlers.records import Page, Source, Validators
from tests.crawlers.server import Reply, Request, Server
from tests.fakes import NOON, RecordedFetcher, a_source

QUICK = Limits(connect=1, read=0.3, total=0.8, max_bytes=50_000, backoff=0.01, longest_wait=2)
LOCAL = a_source(local=True, delay=0)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    with HttpFetcher(contact="https://example.vn/bot", limits=QUICK, now=lambda: NOON) as fetcher:
        yield fetcher


def failure(fetcher: HttpFetcher, url: str, *, source: Source = LOCAL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, source=source)
    return caught.value


# --- what comes back --------------------------------------------------------------------------------------------------


def test_a_page_comes_with_its_address_type_time_and_validators(server: Server, fetcher: HttpFetcher) -> None:
    headers = (
        ("ETag", '"v1"'),
        ("Last-Modified", "Tue, 01 Sep 2026 00:00:00 GMT"),
        ("Content-Type", "text/html; charset=utf-8"),
    )
    server.routes["/tin"] = Reply(body="Tin mới".encode(), headers=headers)

    page = fetcher.fetch(server.url("/tin"), source=LOCAL)

    assert page == Page(
        url=server.url("/tin"),
        content="Tin mới".encode(),
        content_type="text/html; charset=utf-8",
        fetched_at=NOON,
        validators=Validators(
            etag='"v1"',
            last_modified="Tue, 01 Sep 2026 00:00:00 GMT",
            body_hash=hashlib.sha256("Tin mới".encode()).hexdigest(),
        ),
    )


def test_the_server_learns_who_asks_and_what_we_read(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/tin"] = Reply(body=b"x")

    fetcher.fetch(server.url("/tin"), source=LOCAL)

    headers = server.requests[-1].headers
    assert headers["user-agent"] == "vn-news-monitor/0.1 (+https://example.vn/bot)"
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(
    ("encoding", "compress"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)]
)
def test_compressed_pages_are_unpacked(server: Server, fetcher: HttpFetcher, encoding: str, compress: object) -> None:
    text = "Cải cách hành chính. ".encode() * 1000
    server.routes["/tin"] = Reply(body=compress(text), headers=(("Content-Encoding", encoding),))  # type: ignore[operator]

    assert fetcher.fetch(server.url("/tin"), source=LOCAL).content == text


def test_a_page_with_the_same_validators_is_not_modified(server: Server, fetcher: HttpFetcher) -> None:
    def answer(request: Request) -> Reply:
        has_it = request.headers.get("if-none-match") == '"v1"'
        return Reply(status=304) if has_it else Reply(body=b"tin", headers=(("ETag", '"v1"'),))

    server.routes["/tin"] = answer
    first = fetcher.fetch(server.url("/tin"), source=LOCAL)

    again = fetcher.fetch(server.url("/tin"), source=LOCAL, validators=first.validators)

    assert (again.not_modified, again.content, again.validators) == (True, b"", first.validators)


def test_a_page_with_the_same_body_is_not_modified_though_the_server_does_not_say_so(
    server: Server, fetcher: HttpFetcher
) -> None:
    server.routes["/tin"] = Reply(body=b"tin")
    first = fetcher.fetch(server.url("/tin"), source=LOCAL)
    same = fetcher.fetch(server.url("/tin"), source=LOCAL, validators=first.validators)
    server.routes["/tin"] = Reply(body=b"tin hay")
    other = fetcher.fetch(server.url("/tin"), source=LOCAL, validators=first.validators)

    assert (same.not_modified, same.content) == (True, b"")
    assert (other.not_modified, other.content) == (False, b"tin hay")


def test_a_validator_that_no_header_can_hold_is_left_out(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/tin"] = Reply(body=b"tin")

    fetcher.fetch(server.url("/tin"), source=LOCAL, validators=Validators(etag='"a"\r\nX: y', last_modified="thứ ba"))

    assert not {"if-none-match", "if-modified-since", "x"} & set(server.requests[-1].headers)


@pytest.mark.parametrize("status", [206, 400, 403, 404, 410, 500, 304, 999])
def test_an_answer_without_a_page_is_an_error_in_words(server: Server, fetcher: HttpFetcher, status: int) -> None:
    server.routes["/tin"] = Reply(status=status)

    error = failure(fetcher, server.url("/tin"))

    assert error.reason == "http_error"
    assert f"the server answers {status}" in error.message


# --- how much and how long --------------------------------------------------------------------------------------------


def test_a_page_of_200_megabytes_is_left_alone_at_the_limit(server: Server, fetcher: HttpFetcher) -> None:
    sent: list[int] = []

    def flood() -> Iterator[bytes]:
        for n in range(3200):
            sent.append(n)
            yield bytes(65536)

    server.routes["/lazy"] = Reply(body=flood(), chunked=True)
    server.routes["/frank"] = Reply(body=b"x", length=200_000_000)

    assert failure(fetcher, server.url("/lazy")).reason == "too_large"
    assert len(sent) < 400  # what fits into the buffers between us
    assert failure(fetcher, server.url("/frank")).reason == "too_large"


@pytest.mark.parametrize(
    ("encoding", "compress"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)]
)
def test_a_small_body_that_unpacks_to_a_huge_one_is_too_large(
    server: Server, fetcher: HttpFetcher, encoding: str, compress: object
) -> None:
    bomb = compress(bytes(8_000_000))  # type: ignore[operator]
    server.routes["/bomb"] = Reply(body=bomb, headers=(("Content-Encoding", encoding),))

    assert len(bomb) < QUICK.max_bytes
    assert failure(fetcher, server.url("/bomb")).reason == "too_large"


def test_a_page_just_within_the_limit_is_whole(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/tin"] = Reply(body=b"x" * QUICK.max_bytes)

    assert len(fetcher.fetch(server.url("/tin"), source=LOCAL).content) == QUICK.max_bytes


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"<rss/>", "gzip"),
        pytest.param(gzip.compress(b"tin" * 100)[:-20], "gzip", id="cut-gzip"),  # its bytes hold the time of day
        (b"<rss/>", "br"),
        (b"<rss/>", "zstd"),
        (b"x", "dcb"),
    ],
)
def test_a_body_that_is_not_packed_as_it_says_is_bad_encoding(
    server: Server, fetcher: HttpFetcher, body: bytes, encoding: str
) -> None:
    server.routes["/tin"] = Reply(body=body, headers=(("Content-Encoding", encoding),))

    assert failure(fetcher, server.url("/tin")).reason == "bad_encoding"


def test_a_server_that_says_nothing_is_given_up(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/tin"] = Reply(body=b"x", delay=30)

    error = failure(fetcher, server.url("/tin"))

    assert (error.reason, error.message) == ("timeout", "127.0.0.1 fell silent")


@pytest.mark.parametrize("kind", ["body", "headers"])
def test_a_server_that_drips_is_cut_off_by_the_total_time(server: Server, fetcher: HttpFetcher, kind: str) -> None:
    def drip() -> Iterator[bytes]:
        while True:
            yield b"x"

    server.routes["/tin"] = Reply(
        body=drip(), pause=0.05, chunked=kind == "body", status=200 if kind == "body" else 100
    )
    started = time.monotonic()

    error = failure(fetcher, server.url("/tin"))

    assert error.reason == "timeout"
    assert QUICK.total <= time.monotonic() - started < QUICK.total + 0.5


def test_the_total_time_covers_the_redirects_too(server: Server, fetcher: HttpFetcher) -> None:
    for n in range(5):
        server.routes[f"/{n}"] = Reply(status=302, headers=(("Location", f"/{n + 1}"),), delay=0.25)
    started = time.monotonic()

    error = failure(fetcher, server.url("/0"))

    assert error.reason == "timeout"
    assert time.monotonic() - started < QUICK.total + 0.5


# --- redirects and cookies --------------------------------------------------------------------------------------------


def test_redirects_are_followed_and_the_last_address_reported(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/2?x=s%E1%BB%91"] = Reply(body=b"tin")
    server.routes["/1"] = Reply(status=301, headers=(("Location", "/2?x=s%e1%bb%91"),))

    page = fetcher.fetch(server.url("/1"), source=LOCAL)

    assert (page.content, page.url) == (b"tin", server.url("/2?x=s%E1%BB%91"))


def test_a_circle_of_redirects_is_found_at_once(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/1"] = Reply(status=302, headers=(("Location", "/2"),))
    server.routes["/2"] = Reply(status=302, headers=(("Location", "/1"),))

    error = failure(fetcher, server.url("/1"))

    assert (error.reason, server.paths()) == ("too_many_redirects", ["/1", "/2"])


def test_five_redirects_are_followed_and_six_are_too_many(server: Server, fetcher: HttpFetcher) -> None:
    for n in range(7):
        server.routes[f"/{n}"] = Reply(status=307, headers=(("Location", f"/{n + 1}"),))
    server.routes["/6"] = Reply(body=b"end")

    assert fetcher.fetch(server.url("/1"), source=LOCAL).content == b"end"
    assert failure(fetcher, server.url("/0")).reason == "too_many_redirects"


def test_a_redirect_written_in_plain_vietnamese_is_understood(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/1"] = Reply(raw="HTTP/1.1 302 Found\r\nLocation: /số liệu\r\nContent-Length: 0\r\n\r\n".encode())
    server.routes["/s%E1%BB%91%20li%E1%BB%87u"] = Reply(body=b"tin")

    assert fetcher.fetch(server.url("/1"), source=LOCAL).content == b"tin"


@pytest.mark.parametrize("place", [None, "mailto:a@b.vn", "http://[::1", "//", "http:///x"])
def test_a_redirect_to_nowhere_is_an_error(server: Server, fetcher: HttpFetcher, place: str | None) -> None:
    server.routes["/1"] = Reply(status=302, headers=(("Location", place),) if place else ())

    assert failure(fetcher, server.url("/1")).reason in ("http_error", "bad_input", "too_many_redirects")


def test_a_wall_that_asks_for_its_own_cookie_lets_us_through(server: Server, fetcher: HttpFetcher) -> None:
    def wall(request: Request) -> Reply:
        if request.headers.get("cookie") == "pass=7":
            return Reply(body=b"tin")
        return Reply(status=302, headers=(("Location", "/tin"), ("Set-Cookie", "pass=7; Path=/; HttpOnly")))

    def refusal(request: Request) -> Reply:
        if "seen=1" in request.headers.get("cookie", ""):
            return Reply(body=b"tin")
        return Reply(status=403, headers=(("Set-Cookie", "seen=1"),))

    server.routes |= {"/tin": wall, "/khac": refusal, "/never": Reply(status=403, headers=(("Set-Cookie", "a=1"),))}

    assert fetcher.fetch(server.url("/tin"), source=LOCAL).content == b"tin"
    assert fetcher.fetch(server.url("/khac"), source=LOCAL).content == b"tin"
    assert failure(fetcher, server.url("/never")).reason == "http_error"
    assert server.paths() == ["/tin", "/tin", "/khac", "/khac", "/never", "/never"]


def test_a_cookie_stays_with_its_host(fetcher: HttpFetcher) -> None:
    with Server(hosts=("127.0.0.1", "127.0.0.2")) as server:
        server.routes["/tin"] = Reply(body=b"tin", headers=(("Set-Cookie", "pass=7; Domain=127.0.0.2"),))
        fetcher.fetch(server.url("/tin"), source=LOCAL)
        fetcher.fetch(server.url("/tin", host="127.0.0.2"), source=LOCAL)
        fetcher.fetch(server.url("/tin"), source=LOCAL)

        cookies = [request.headers.get("cookie") for request in server.requests if request.path == "/tin"]

    assert cookies == [None, None, "pass=7"]


# --- a server in trouble ----------------------------------------------------------------------------------------------


def in_turn(*replies: Reply) -> object:
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.parametrize(
    "trouble",
    [
        Reply(status=502),
        Reply(status=503),
        Reply(status=504),
        Reply(raw=b""),
        Reply(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbroken"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
        Reply(raw=b"SSH-2.0-OpenSSH_9\r\n"),
    ],
)
def test_passing_trouble_is_met_with_two_more_tries(server: Server, fetcher: HttpFetcher, trouble: Reply) -> None:
    server.routes["/tin"] = in_turn(trouble, trouble, Reply(body=b"tin"))  # type: ignore[assignment]
    server.routes["/down"] = trouble

    assert fetcher.fetch(server.url("/tin"), source=LOCAL).content == b"tin"
    error = failure(fetcher, server.url("/down"))

    assert error.reason in ("http_error", "no_answer")
    assert server.paths() == ["/tin"] * 3 + ["/down"] * 3


@pytest.mark.parametrize("trouble", [Reply(status=500), Reply(status=404), Reply(status=403)])
def test_lasting_trouble_is_not_asked_again(server: Server, fetcher: HttpFetcher, trouble: Reply) -> None:
    server.routes["/tin"] = trouble

    failure(fetcher, server.url("/tin"))

    assert server.paths() == ["/tin"]


def test_the_waits_between_tries_grow_and_differ_by_chance(server: Server) -> None:
    clock = Clock()
    server.routes["/tin"] = Reply(status=503)

    with HttpFetcher(contact="x", limits=Limits(backoff=1), sleep=clock.sleep, monotonic=clock.monotonic) as fetcher:
        failure(fetcher, server.url("/tin"))

    first, second = clock.slept
    assert 1 <= first <= 2 <= second <= 4


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["20", "Tue, 01 Sep 2026 05:00:20 GMT"])
def test_a_server_that_asks_for_a_pause_gets_it(server: Server, status: int, after: str) -> None:
    clock = Clock()
    server.routes["/tin"] = in_turn(Reply(status=status, headers=(("Retry-After", after),)), Reply(body=b"tin"))  # type: ignore[assignment]

    with HttpFetcher(contact="x", sleep=clock.sleep, monotonic=clock.monotonic, now=lambda: NOON) as fetcher:
        page = fetcher.fetch(server.url("/tin"), source=LOCAL)

    assert (page.content, clock.slept) == (b"tin", [20])


@pytest.mark.parametrize(
    ("after", "seconds"), [("3600", 3600), ("Tue, 01 Sep 2026 06:00:00 GMT", 3600), (None, None), ("soon", None)]
)
def test_a_pause_too_long_to_wait_for_is_handed_to_the_caller(
    server: Server, fetcher: HttpFetcher, after: str | None, seconds: float | None
) -> None:
    server.routes["/tin"] = Reply(status=429, headers=(("Retry-After", after),) if after else ())

    error = failure(fetcher, server.url("/tin"))

    assert (error.reason, error.retry_after, server.paths()) == ("rate_limited", seconds, ["/tin"])


def test_a_host_that_is_not_there_gives_no_answer(fetcher: HttpFetcher) -> None:
    with Server() as server:
        url = server.url("/tin")

    assert failure(fetcher, url).reason == "no_answer"
    assert failure(fetcher, "http://khong-co.invalid/tin").reason == "no_answer"


# --- one at a time, and stopping --------------------------------------------------------------------------------------


def test_a_host_gets_one_request_at_a_time_whichever_threads_ask(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["*"] = Reply(body=b"x", delay=0.01)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: fetcher.fetch(server.url(f"/{n}"), source=LOCAL), range(24)))

    assert server.busiest == 1
    assert [request.path for request in server.requests].count("/robots.txt") == 1


def test_hosts_are_asked_side_by_side(fetcher: HttpFetcher) -> None:
    names = tuple(f"127.0.0.{n}" for n in range(1, 9))
    with Server({"*": Reply(body=b"x", delay=0.1)}, hosts=names) as server, ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: fetcher.fetch(server.url("/tin", host=name), source=LOCAL), names))

        assert server.busiest > 4


def test_the_delay_lies_between_any_two_requests_to_a_host(server: Server) -> None:
    clock = Clock()
    server.routes["*"] = Reply(body=b"x")

    with HttpFetcher(contact="x", sleep=clock.sleep, monotonic=clock.monotonic) as fetcher:
        for n in range(3):
            fetcher.fetch(server.url(f"/{n}"), source=a_source(local=True, delay=2.5))

    assert clock.slept == [2.5, 2.5, 2.5]  # robots.txt is a request, too


@pytest.mark.parametrize("state", ["answering", "dripping", "queueing", "resting"])
def test_closing_wakes_every_waiting_thread(server: Server, state: str) -> None:
    server.routes["/robots.txt"] = Reply(status=404)
    server.routes["*"] = Reply(body=(b"x" for _ in range(9999)), pause=0.02) if state == "dripping" else Reply(delay=20)
    source = a_source(local=True, delay=20 if state == "resting" else 0)
    with HttpFetcher(contact="x") as fetcher, ThreadPoolExecutor(3) as threads:
        asked = [
            threads.submit(fetcher.fetch, server.url(f"/{n}"), source=source)
            for n in range(3 if state == "queueing" else 1)
        ]
        time.sleep(0.2)

        started = time.monotonic()
        fetcher.close()

        assert all(isinstance(future.exception(timeout=2), FetchStopped) for future in asked)
        assert time.monotonic() - started < 1


def test_a_closed_fetcher_asks_nobody(server: Server, fetcher: HttpFetcher) -> None:
    fetcher.close()

    assert isinstance(failure(fetcher, server.url("/tin")), FetchStopped)
    assert server.requests == []


def test_connections_are_used_again_and_a_lost_one_is_replaced(server: Server, fetcher: HttpFetcher) -> None:
    seen: set[str] = set()

    def answer(request: Request) -> Reply:
        seen.add(threading.current_thread().name)  # the server has a thread for each connection
        return (
            Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx") if request.path == "/last" else Reply(body=b"x")
        )

    server.routes["*"] = answer
    for path in ("/1", "/2", "/last"):
        fetcher.fetch(server.url(path), source=LOCAL)
    once = len(seen)
    time.sleep(0.05)
    fetcher.fetch(server.url("/3"), source=LOCAL)

    assert (once, len(seen)) == (1, 2)


def open_connections(server: Server, expected: int) -> int:
    """How many there are, once those being closed have had a moment."""
    for _ in range(100):
        if server.connections() == expected:
            break
        time.sleep(0.01)
    return server.connections()


def test_a_connection_that_nobody_uses_is_closed_after_a_while() -> None:
    clock = Clock()
    with (
        Server({"*": Reply(body=b"x")}, hosts=("127.0.0.1", "127.0.0.2")) as server,
        HttpFetcher(contact="x", sleep=clock.sleep, monotonic=clock.monotonic) as fetcher,
    ):
        fetcher.fetch(server.url("/tin"), source=LOCAL)
        before = open_connections(server, 1)
        clock.sleep(KEEP_ALIVE + 2)
        fetcher.fetch(server.url("/tin", host="127.0.0.2"), source=LOCAL)

        assert (before, open_connections(server, 1)) == (1, 1)
        fetcher.close()
        assert open_connections(server, 0) == 0


def test_only_so_many_unused_connections_stay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "MOST_OPEN", 3)
    clock = Clock()
    names = tuple(f"127.0.0.{n}" for n in range(1, 9))
    with (
        Server({"*": Reply(body=b"x")}, hosts=names) as server,
        HttpFetcher(contact="x", sleep=clock.sleep, monotonic=clock.monotonic) as fetcher,
    ):
        for name in names:
            fetcher.fetch(server.url("/tin", host=name), source=LOCAL)
            clock.sleep(1.1)

        assert open_connections(server, 3) == 3


def test_times_are_aware_utc_by_default(server: Server) -> None:
    server.routes["/tin"] = Reply(body=b"x")

    with HttpFetcher(contact="x") as fetcher:
        page = fetcher.fetch(server.url("/tin"), source=LOCAL)

    assert abs((page.fetched_at - datetime.now(UTC)).total_seconds()) < 10


def test_the_recorded_fetcher_keeps_the_laws_that_apply_to_it() -> None:
    recorded = RecordedFetcher({"https://a.vn/tin": "tin mới"})
    first = recorded.fetch("https://a.vn/tin", source=LOCAL)

    again = recorded.fetch("https://a.vn/tin", source=LOCAL, validators=first.validators)

    assert (first.content.decode(), first.not_modified) == ("tin mới", False)
    assert (again.content, again.not_modified, again.validators) == (b"", True, first.validators)
    with pytest.raises(FetchError):
        recorded.fetch("https://a.vn/khac", source=LOCAL)
    assert recorded.asked == ["https://a.vn/tin", "https://a.vn/tin", "https://a.vn/khac"]
