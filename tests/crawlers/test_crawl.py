"""Jobs run side by side over hosts, one after another on each; every job ends in one outcome."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawlers.crawl import Crawl, Listed, NotModified, Poll, Read, assemble_article, run_job
from crawlers.errors import FetchError, ReadError
from crawlers.records import Article, Failure, FeedEntry, Page, PageText, Source, Validators
from tests.fakes import NOON, RecordedFetcher, a_source

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>
<item><title>Tin một</title><link>https://a.vn/tin-mot-1001.html</link><pubDate>Tue, 01 Sep 2026 08:00:00 +0700</pubDate></item>
</channel></rss>"""
PAGE = """<html><head><title>Khai trương trung tâm phục vụ mới - Báo A</title></head><body><h1>Khai trương trung tâm phục vụ mới</h1><div>
<p>Sáng nay, tỉnh khai trương trung tâm phục vụ hành chính công mới tại phường trung tâm, phục vụ người dân cả thứ bảy.</p>
<p>Theo lãnh đạo trung tâm, ngày đầu tiên tiếp nhận 312 hồ sơ, trong đó hơn hai phần ba được nộp từ xa qua mạng.</p>
</div></body></html>"""
VIETNAM = timezone(timedelta(hours=7))


def an_article(read: PageText, entry: FeedEntry, url: str = "https://a.vn/tin-mot-1001.html") -> Article:
    return assemble_article(read, entry, source_id="bao_a", url=url, validators=Validators(), now=NOON)


def test_a_poll_lists_and_a_read_brings_the_article() -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": RSS, "https://a.vn/tin-mot-1001.html": PAGE})
    source = a_source()

    listed = run_job(Poll(source=source), fetcher, NOON)
    assert isinstance(listed, Listed)
    article = run_job(Read(source=source, entry=listed.entries[0]), fetcher, NOON)

    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Khai trương trung tâm phục vụ mới", "https://a.vn/tin-mot-1001.html")
    assert article.published == datetime(2026, 9, 1, 8, tzinfo=VIETNAM)


def test_what_did_not_change_is_not_read_again() -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": RSS})
    first = run_job(Poll(source=a_source()), fetcher, NOON)
    assert isinstance(first, Listed)

    second = run_job(Poll(source=a_source(), validators=first.validators), fetcher, NOON)

    assert isinstance(second, NotModified)


@pytest.mark.parametrize(
    ("recorded", "reason"),
    [
        (FetchError("https://a.vn/rss", "timeout", "fell silent"), "timeout"),
        ("<html><body><h1>Bảo trì</h1></body></html>", "not_a_feed"),
        ("", "not_a_feed"),
    ],
)
def test_what_goes_wrong_becomes_a_failure_with_its_reason(recorded: FetchError | str, reason: str) -> None:
    outcome = run_job(Poll(source=a_source()), RecordedFetcher({"https://a.vn/rss": recorded}), NOON)

    assert isinstance(outcome, Failure)
    assert outcome.reason == reason


def test_a_bug_in_a_reader_costs_its_one_job() -> None:
    def broken() -> Page:
        raise ZeroDivisionError

    fetcher = RecordedFetcher({"https://a.vn/rss": broken, "https://b.vn/rss": RSS})
    sources = [a_source(), a_source(id="bao_b", url="https://b.vn/rss")]

    with Crawl(fetcher, now=NOON, workers=2) as crawl:
        for source in sources:
            crawl.add(Poll(source=source))
        outcomes = {job.source.id: outcome for job, outcome in crawl.outcomes()}

    assert isinstance(outcomes["bao_a"], Failure)
    assert outcomes["bao_a"].reason == "internal"
    assert isinstance(outcomes["bao_b"], Listed)


class SlowFetcher(RecordedFetcher):
    """Counts how many requests each host has at once."""

    def __init__(self) -> None:
        super().__init__({})
        self.at_once: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.lock = threading.Lock()

    def fetch(self, url: str, *, source: Source, validators: Validators | None = None) -> Page:
        host = url.split("/")[2]
        with self.lock:
            self.at_once[host] = self.at_once.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.at_once[host])
            self.most["all"] = max(self.most.get("all", 0), sum(self.at_once.values()))
        time.sleep(0.02)
        with self.lock:
            self.at_once[host] -= 1
        return Page(url=url, content=RSS.encode(), fetched_at=NOON)


def test_hosts_are_asked_side_by_side_and_each_one_request_at_a_time() -> None:
    fetcher = SlowFetcher()

    with Crawl(fetcher, now=NOON, workers=8) as crawl:
        for number in range(12):
            crawl.add(Poll(source=a_source(id=f"s_{number}", url=f"https://h{number % 4}.vn/rss{number}")))
        done = sum(1 for _ in crawl.outcomes())

    assert done == 12
    assert {count for host, count in fetcher.most.items() if host != "all"} == {1}
    assert fetcher.most["all"] > 1


def test_the_swapped_day_and_month_of_a_page_are_put_right_by_the_feed() -> None:
    read = PageText(title="Tin", text="Nội dung.", published=datetime(2026, 9, 1, 10, 45, tzinfo=VIETNAM))
    entry = FeedEntry(url="https://a.vn/1", published=datetime(2026, 1, 9, 10, 45, tzinfo=VIETNAM))

    assert an_article(read, entry).published == entry.published


def test_a_date_in_the_future_is_no_date() -> None:
    read = PageText(title="Tin", text="Nội dung.", published=datetime(2031, 1, 1, tzinfo=UTC))

    assert an_article(read, FeedEntry(url="https://a.vn/1")).published is None
    assert an_article(read, FeedEntry(url="https://a.vn/1", published=date(2026, 8, 31))).published == date(2026, 8, 31)


def test_a_canonical_link_is_believed_on_its_own_host_only() -> None:
    read = PageText(title="Tin", text="Nội dung.", canonical_url="https://kẻ-khác.vn/trang")
    own = PageText(title="Tin", text="Nội dung.", canonical_url="https://a.vn/tin-chinh-thuc-7.html")

    assert an_article(read, FeedEntry(url="https://a.vn/1")).url == "https://a.vn/tin-mot-1001.html"
    assert an_article(own, FeedEntry(url="https://a.vn/1")).url == "https://a.vn/tin-chinh-thuc-7.html"


@pytest.mark.parametrize("read", [PageText(text="Nội dung."), PageText(title="Tin")])
def test_without_a_title_or_a_text_it_is_no_article(read: PageText) -> None:
    with pytest.raises(ReadError):
        an_article(read, FeedEntry(url="https://a.vn/1"))


def test_an_article_keeps_the_address_that_opens_beside_the_one_that_names_it() -> None:
    read = PageText(title="Tin", text="Nội dung.")

    found = an_article(read, FeedEntry(url="https://a.vn/1"), url="http://www.a.vn/tin.aspx?id=7&utm_source=rss")

    assert (found.url, found.address) == ("https://a.vn/tin.aspx?id=7", "http://www.a.vn/tin.aspx?id=7")


def test_one_dead_sitemap_does_not_hide_the_others() -> None:
    index = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.vn/dead.xml</loc></sitemap>
    <sitemap><loc>https://a.vn/live.xml</loc></sitemap></sitemapindex>"""
    live = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.vn/tin-1001.html</loc></url></urlset>"""
    source = a_source(url="https://a.vn/sitemap.xml", kind="sitemap")

    some = run_job(Poll(source=source), RecordedFetcher({source.url: index, "https://a.vn/live.xml": live}), NOON)
    none = run_job(Poll(source=source), RecordedFetcher({source.url: index}), NOON)

    assert isinstance(some, Listed)
    assert [entry.url for entry in some.entries] == ["https://a.vn/tin-1001.html"]
    assert isinstance(none, Failure)


def test_a_feed_in_utc_gives_the_time_of_the_day_that_the_page_shows() -> None:
    read = PageText(title="Tin", text="Nội dung.", published=date(2026, 8, 31))
    late = datetime(2026, 8, 30, 23, 30, tzinfo=UTC)

    assert an_article(read, FeedEntry(url="https://a.vn/1", published=late)).published == late
    assert (
        an_article(read, FeedEntry(url="https://a.vn/1", published=late - timedelta(days=3))).published
        == read.published
    )
