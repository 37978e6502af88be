"""A run settles each article in exactly one status, whichever way leads to it, and goes on where the last one stopped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from crawlers.errors import FetchError
from crawlers.records import Source
from index.querying.query import parse_query
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.pipeline import RECHECK_AFTER, RETRIES, Run, Summary
from tests.fakes import NOON, RecordedFetcher, a_source
from tests.index.alert_makers import a_subscription

PROSE = (
    "Sáng nay, trung tâm phục vụ hành chính công của phường đón những người dân đầu tiên đến nộp hồ sơ qua mạng.",
    "Theo ban quản lý, trong ngày đầu có 312 lượt người được hướng dẫn, phần lớn là làm thủ tục cư trú và hộ tịch.",
    "Phường phấn đấu đến hết năm có 80% hồ sơ được nộp trực tuyến, người dân không phải đi lại nhiều lần.",
)
ONE = "https://a.vn/tin/phuong-mo-trung-tam-moi-1001.html"


def a_page(
    title: str = "Phường mở trung tâm phục vụ hành chính công", *, prose: tuple[str, ...] = PROSE, head: str = ""
) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><div>{body}</div></body></html>"


def a_feed(*urls: str, published: str = "Tue, 01 Sep 2026 08:00:00 +0700") -> str:
    items = "".join(f"<item><title>Tin</title><link>{url}</link><pubDate>{published}</pubDate></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{items}</channel></rss>'


@pytest.fixture
def desk(tmp_path: Path, archive_url: str) -> Iterator[Desk]:
    with open_desk(Config(data=tmp_path, database_url=SecretStr(archive_url))) as desk:
        yield desk


def run(
    desk: Desk, fetcher: RecordedFetcher, *sources: Source, now: datetime = NOON, all_sources: bool = True
) -> Summary:
    run = Run(desk, sources or [a_source()], now=now)
    for _ in run.drive(fetcher, run.jobs(all_sources=all_sources)):
        pass
    return run.summary


def test_one_article_listed_by_two_sources_is_one_article(desk: Desk) -> None:
    second = a_source(id="bao_b", url="https://b.vn/rss")
    pages = {
        "https://a.vn/rss": a_feed(ONE),
        "https://b.vn/rss": a_feed(ONE + "?utm_source=b"),
        ONE: a_page(),
        ONE + "?utm_source=b": a_page(),
    }

    summary = run(desk, RecordedFetcher(pages), a_source(), second)

    assert dict(summary.articles) == {"new": 1}
    assert desk.archive.counts().articles == 1


def test_two_addresses_that_name_the_same_canonical_one_are_one_article(desk: Desk) -> None:
    head = f'<link rel="canonical" href="{ONE}">'
    other = "https://a.vn/thoi-su/phuong-mo-trung-tam-moi-1001.html"
    pages = {"https://a.vn/rss": a_feed(ONE, other), ONE: a_page(head=head), other: a_page(head=head)}

    summary = run(desk, RecordedFetcher(pages))

    assert sorted(summary.articles.elements()) == ["duplicate", "new"]
    assert desk.archive.counts().articles == 1


def test_a_changed_article_is_a_new_version_and_the_index_shows_it(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    run(desk, fetcher)
    fetcher.pages[ONE] = a_page(
        prose=(*PROSE[:2], "Đính chính: phường phấn đấu đến hết năm có 85% hồ sơ nộp trực tuyến.")
    )

    later = run(desk, fetcher, now=NOON + RECHECK_AFTER + timedelta(minutes=1))

    counts = desk.archive.counts()
    (document,) = desk.archive.all_documents()
    assert dict(later.articles) == {"updated": 1}
    assert (counts.articles, counts.versions) == (1, 2)
    assert desk.index.search(parse_query("đính chính")).total == 1
    assert 85 in {metric.value for metric in document.metrics}


def test_what_did_not_change_is_asked_again_and_counted_unchanged(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    run(desk, fetcher)
    fetcher.asked.clear()

    later = run(desk, fetcher, now=NOON + RECHECK_AFTER + timedelta(minutes=1))

    assert dict(later.articles) == {"unchanged": 1}
    assert fetcher.asked == ["https://a.vn/rss", ONE]
    assert desk.archive.counts().versions == 1


def test_an_old_article_is_not_asked_for_ever(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    run(desk, fetcher)
    fetcher.asked.clear()

    run(desk, fetcher, now=NOON + timedelta(days=30))

    assert fetcher.asked == ["https://a.vn/rss"]


def test_a_link_that_fails_is_tried_again_later_and_then_given_up(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: FetchError(ONE, "no_answer", "does not answer")})
    now, tried = NOON, []
    for pause in (*RETRIES, timedelta(days=2), timedelta(days=2)):
        fetcher.asked.clear()
        summary = run(desk, fetcher, now=now)
        tried.append(ONE in fetcher.asked)
        now += pause + timedelta(seconds=1)

    assert tried == [True] * (len(RETRIES) + 1) + [False]
    assert dict(summary.articles) == {}
    assert desk.archive.counts().links == {"failed": 1}


def test_a_link_that_waits_for_its_next_try_is_counted_as_failed_when_listed_again(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: FetchError(ONE, "no_answer", "does not answer")})
    run(desk, fetcher)
    fetcher.pages["https://a.vn/rss"] = a_feed(ONE) + "<!-- changed -->"

    summary = run(desk, fetcher, now=NOON + timedelta(minutes=5))

    assert dict(summary.articles) == {"failed": 1}
    assert dict(summary.reasons) == {"no_answer": 1}


def test_a_page_without_an_article_is_said_so_and_not_asked_again(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: "<html><body><script>x()</script></body></html>"})

    first = run(desk, fetcher)
    fetcher.asked.clear()
    run(desk, fetcher, now=NOON + timedelta(days=1))

    assert dict(first.articles) == {"not_an_article": 1}
    assert ONE not in fetcher.asked


def test_a_source_that_fails_is_asked_more_and_more_seldom(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": FetchError("https://a.vn/rss", "timeout", "fell silent")})
    now, asked = NOON, 0
    for _ in range(48):
        fetcher.asked.clear()
        run(desk, fetcher, now=now, all_sources=False)
        asked += len(fetcher.asked)
        now += timedelta(minutes=30)

    state = desk.archive.links.source_state("bao_a")
    assert asked <= 6
    assert state is not None
    assert (state.failures_in_row, state.last_status) == (asked, "timeout")


def test_a_source_is_left_in_peace_until_it_is_due(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    run(desk, fetcher)
    fetcher.asked.clear()

    run(desk, fetcher, now=NOON + timedelta(minutes=10), all_sources=False)

    assert fetcher.asked == []


def test_links_left_over_by_a_stopped_run_are_read_by_the_next_though_the_feed_did_not_change(desk: Desk) -> None:
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    stopped = Run(desk, [a_source()], now=NOON)
    for _ in stopped.drive(fetcher, stopped.jobs()):
        break  # the listing is kept, its article is not read

    summary = run(desk, fetcher, now=NOON + timedelta(minutes=1))

    assert dict(summary.sources) == {"not_modified": 1}
    assert dict(summary.articles) == {"new": 1}


def test_each_run_is_recorded_with_its_counts_and_failures(desk: Desk) -> None:
    bad = a_source(id="bao_b", url="https://b.vn/rss")

    run(desk, RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()}), a_source(), bad)

    (recorded,) = desk.archive.runs.latest()
    assert recorded.finished_at is not None
    assert recorded.counts["new"] == 1
    assert [failure.source_id for failure in desk.archive.runs.failures(run_id=recorded.id)] == ["bao_b"]


def test_a_run_finds_whom_its_articles_are_for_and_a_changed_one_is_not_new_again(desk: Desk) -> None:
    desk.archive.alerts.add(a_subscription(query='"hành chính công"'))
    fetcher = RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()})
    run(desk, fetcher)
    first = desk.archive.alerts.untold("s1")
    fetcher.pages[ONE] = a_page(prose=(*PROSE[:2], "Đính chính: phường phấn đấu đạt 85%."))
    later = run(desk, fetcher, now=NOON + RECHECK_AFTER + timedelta(minutes=1))

    assert later.articles["updated"] == 1
    assert len(first) == 1
    assert desk.archive.alerts.untold("s1") == first
    assert desk.archive.alerts.unmatched(1) == ()


def test_without_subscriptions_a_run_leaves_nothing_to_be_matched(desk: Desk) -> None:
    run(desk, RecordedFetcher({"https://a.vn/rss": a_feed(ONE), ONE: a_page()}))

    assert desk.archive.alerts.unmatched(1) == ()
