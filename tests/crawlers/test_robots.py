"""What robots.txt says is kept: on the first page, on every hop, and for a day."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.errors import FetchError
from crawlers.http import HttpFetcher, Limits
from crawlers.robots import DAY, read_rules
from tests.crawlers.server import Reply, Server
from tests.fakes import a_source

LIMITS = Limits(read=0.3, total=0.8, backoff=0.01, robots_retry=600)
LOCAL = a_source(local=True, delay=0)


class Clock:
    """Time that passes when told to, and by sleeping."""

    def __init__(self) -> None:
        self.at = 0.0

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with Server({"*": Reply(body=b"tin")}) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[HttpFetcher]:
    with HttpFetcher(contact="x", limits=LIMITS, sleep=clock.sleep, monotonic=lambda: clock.at) as fetcher:
        yield fetcher


def refusal(fetcher: HttpFetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url, source=LOCAL)
    return caught.value


def robots(text: str) -> Reply:
    return Reply(body=text.encode(), headers=(("Content-Type", "text/plain"),))


def test_a_forbidden_page_is_not_asked_for(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /noi-bo\nAllow: /noi-bo/cong-khai")

    assert refusal(fetcher, server.url("/noi-bo/1")).reason == "robots"
    assert refusal(fetcher, server.url("/no%69-bo/2")).reason == "robots"
    assert fetcher.fetch(server.url("/noi-bo/cong-khai/3"), source=LOCAL).content == b"tin"
    assert server.paths() == ["/noi-bo/cong-khai/3"]


def test_rules_for_us_by_name_come_before_those_for_all(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = robots("User-agent: *\nDisallow:\n\nUser-agent: VN-News-Monitor\nDisallow: /")

    assert refusal(fetcher, server.url("/tin")).reason == "robots"


def test_a_redirect_to_a_forbidden_page_is_not_followed(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /noi-bo")
    server.routes["/tin"] = Reply(status=302, headers=(("Location", "/noi-bo"),))

    assert refusal(fetcher, server.url("/tin")).reason == "robots"
    assert server.paths() == ["/tin"]


def test_each_host_on_the_way_is_asked_for_its_own_rules(fetcher: HttpFetcher) -> None:
    with Server(hosts=("127.0.0.1", "127.0.0.2")) as server:
        elsewhere = server.url("/tin", host="127.0.0.2")
        server.routes["/di"] = Reply(status=302, headers=(("Location", elsewhere),))
        server.routes["/robots.txt"] = lambda request: (
            robots("User-agent: *\nDisallow: /tin") if request.host.startswith("127.0.0.2") else Reply(status=404)
        )

        assert refusal(fetcher, server.url("/di")).reason == "robots"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_rules_allow_everything(server: Server, fetcher: HttpFetcher, status: int) -> None:
    server.routes["/robots.txt"] = Reply(status=status, body=b"User-agent: *\nDisallow: /")

    assert fetcher.fetch(server.url("/tin"), source=LOCAL).content == b"tin"


@pytest.mark.parametrize("trouble", [Reply(status=500), Reply(status=503), Reply(delay=9)])
def test_while_the_rules_can_not_be_read_nothing_is_fetched(
    server: Server, fetcher: HttpFetcher, clock: Clock, trouble: Reply
) -> None:
    server.routes["/robots.txt"] = trouble

    first = refusal(fetcher, server.url("/tin"))
    asked = len(server.requests)
    clock.at += 599
    second = refusal(fetcher, server.url("/tin"))
    still = len(server.requests)
    server.routes["/robots.txt"] = Reply(status=404)
    clock.at += 2

    assert (first.reason, first.retry_after) == ("robots", 600)
    assert "robots.txt can't be read" in first.message
    assert (second.retry_after, still) == (1, asked)
    assert fetcher.fetch(server.url("/tin"), source=LOCAL).content == b"tin"


def test_a_host_that_is_not_there_is_not_blamed_on_robots(fetcher: HttpFetcher) -> None:
    with Server() as gone:
        url = gone.url("/tin")

    assert refusal(fetcher, url).reason == "no_answer"


def test_rules_are_read_once_a_day_whichever_threads_ask(server: Server, fetcher: HttpFetcher, clock: Clock) -> None:
    server.routes["/robots.txt"] = Reply(status=404, delay=0.05)

    def count() -> int:
        return [request.path for request in server.requests].count("/robots.txt")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: fetcher.fetch(server.url(f"/{n}"), source=LOCAL), range(6)))
    first = count()
    clock.at += DAY - 1
    fetcher.fetch(server.url("/x"), source=LOCAL)
    same_day = count()
    clock.at += 2
    fetcher.fetch(server.url("/x"), source=LOCAL)

    assert (first, same_day, count()) == (1, 1, 2)


@pytest.mark.parametrize(("asked", "kept"), [("7", 7), ("0.5", 2), ("90", 30), ("nonsense", 2), ("inf", 2), ("-4", 2)])
def test_the_longer_of_crawl_delay_and_our_own_is_kept(
    server: Server, fetcher: HttpFetcher, clock: Clock, asked: str, kept: float
) -> None:
    server.routes["/robots.txt"] = robots(f"User-agent: *\nCrawl-delay: {asked}")
    source = a_source(local=True, delay=2)
    fetcher.fetch(server.url("/1"), source=source)
    before = clock.at

    fetcher.fetch(server.url("/2"), source=source)

    assert clock.at - before == kept


def test_rules_behind_redirects_count_and_a_circle_is_no_rules(server: Server, fetcher: HttpFetcher) -> None:
    server.routes["/robots.txt"] = Reply(status=301, headers=(("Location", "/rules"),))
    server.routes["/rules"] = robots("User-agent: *\nDisallow: /tin")
    with Server({"*": Reply(body=b"tin")}, hosts=("127.0.0.3",)) as other:
        other.routes["/robots.txt"] = Reply(status=301, headers=(("Location", "/robots.txt"),))

        assert refusal(fetcher, server.url("/tin")).reason == "robots"
        assert fetcher.fetch(other.url("/tin"), source=LOCAL).content == b"tin"


def test_of_endless_rules_the_beginning_counts(server: Server, fetcher: HttpFetcher) -> None:
    def endless() -> Iterator[bytes]:
        yield b"User-agent: *\nDisallow: /noi-bo\n"
        while True:
            yield b"# " + b"x" * 60_000 + b"\n"

    server.routes["/robots.txt"] = Reply(body=endless(), chunked=True)

    assert refusal(fetcher, server.url("/noi-bo")).reason == "robots"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_rules(content: bytes) -> None:
    rules = read_rules(content)

    assert rules.allow("https://a.vn/tin", "vn-news-monitor") in (True, False)
    assert 0 <= rules.delay("vn-news-monitor") <= 30


def test_rules_are_read_with_a_byte_order_mark() -> None:
    rules = read_rules("\ufeffUser-agent: *\nDisallow: /".encode())

    assert not rules.allow("https://a.vn/tin", "vn-news-monitor")
