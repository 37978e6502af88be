"""The main job on the bundled newsroom, over real HTTP: all of it arrives, once, and a second run asks for nothing new."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.http import HttpFetcher, Limits
from index.base import Everything, Query
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.demo.newsroom import DemoArticle, Newsroom, load_outlets
from monitor.pipeline import Run, Summary
from tests.monitor.conftest import ROOT, Monitor, free_ports, heed_ctrl_c

WRITTEN: dict[str, DemoArticle] = {
    outlet.article_path(article): article for outlet in load_outlets() for article in outlet.articles
}
EVERYTHING = Query(typed="", root=Everything())
PATIENT = Limits(connect=2, read=2, total=2, retries=0)


def crawl(desk: Desk, newsroom: Newsroom, *, now: datetime | None = None) -> Summary:
    run = Run(desk, newsroom.sources, now=now or datetime.now(UTC))
    with HttpFetcher(contact="https://example.org", limits=PATIENT) as fetcher:
        for _ in run.drive(fetcher, run.jobs(all_sources=True)):
            pass
    return run.summary


@pytest.fixture(scope="module")
def desk(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Summary]]:
    with open_desk(Config(data=tmp_path_factory.mktemp("demo"))) as desk:
        yield desk, crawl(desk, newsroom)


def test_the_first_run_stores_every_article_once(desk: tuple[Desk, Summary]) -> None:
    store, summary = desk

    assert dict(summary.articles) == {"new": len(WRITTEN)}
    assert store.archive.counts().articles == len(WRITTEN) == store.index.count()


def test_sources_that_answer_html_or_stall_are_told_with_their_reason(desk: tuple[Desk, Summary]) -> None:
    _, summary = desk

    assert {failure.source_id: failure.reason for failure in summary.failures} == {
        "cong_ninh_binh": "not_a_feed",
        "cong_ca_mau": "timeout",
    }


def test_every_article_is_read_as_it_was_written(desk: tuple[Desk, Summary]) -> None:
    store, _ = desk
    wrong = []
    for document in store.archive.all_documents():
        written = WRITTEN[urlsplit(document.url).path]
        paragraphs = [" ".join(part.split()) for part in written.text.split("\n\n")]
        source_line = paragraphs[-1].strip("()").startswith("Theo ")
        if (document.title, document.lead) != (written.title, written.lead):
            wrong.append((document.url, document.title, document.lead))
        if document.text.split("\n\n") not in (paragraphs, paragraphs[:-1] if source_line else paragraphs):
            wrong.append((document.url, document.text))

    assert wrong == []


def test_dates_are_those_of_the_outlets_and_unknown_where_none_is_given(desk: tuple[Desk, Summary]) -> None:
    store, _ = desk
    undated = {d.url for d in store.archive.all_documents() if d.published is None}
    expected = {d.url for d in store.archive.all_documents() if d.source == "cong_quang_ninh"}
    known = {
        urlsplit(d.url).path: d.published.astimezone(UTC)
        for d in store.archive.all_documents()
        if isinstance(d.published, datetime)
    }

    assert undated == expected
    assert known == {path: WRITTEN[path].published.astimezone(UTC) for path in known}


def test_reprints_are_known_as_such(desk: tuple[Desk, Summary]) -> None:
    store, _ = desk
    clusters = {store.archive.reprints(document.id) for document in store.archive.all_documents()} - {()}

    assert len(clusters) == 6
    assert all(len(cluster) == 2 for cluster in clusters)


def test_a_second_run_stores_nothing_and_is_answered_304(desk: tuple[Desk, Summary], newsroom: Newsroom) -> None:
    store, _ = desk
    before = len(newsroom.requests)

    again = crawl(store, newsroom)

    asked = [status for _, path, status in newsroom.requests[before:] if path != "/robots.txt"]
    assert again.articles["new"] == again.articles["updated"] == 0
    assert asked.count(304) / len(asked) > 0.8
    assert store.archive.counts().articles == len(WRITTEN)


def run_up(data: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "monitor", "--data", str(data), "up", "--demo", "--once", "--demo-port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_ctrl_c
    )


@pytest.mark.slow
def test_kill_9_at_any_moment_loses_nothing_and_the_next_run_goes_on(tmp_path: Path) -> None:
    dice, port, data = random.Random(7), free_ports(), tmp_path / "store"
    reported = 0
    for _ in range(6):
        with run_up(data, port) as child:
            time.sleep(dice.uniform(1.0, 4.0))
            child.kill()
            child.wait()
        reported = max(reported, stored(data))

    with run_up(data, port) as child:
        child.communicate(timeout=100)

    with open_desk(Config(data=data)) as desk:
        counts = desk.archive.counts()
        assert reported <= counts.articles == len(WRITTEN) == desk.index.count()
        assert counts.links.get("pending", 0) == counts.outbox == 0
        assert counts.versions == counts.articles


@pytest.mark.slow
def test_ctrl_c_says_that_nothing_is_lost(tmp_path: Path) -> None:
    archive, ends = tmp_path / "store" / "archive.db", time.monotonic() + 60
    with run_up(archive.parent, free_ports()) as child:
        while not archive.exists() and time.monotonic() < ends:
            time.sleep(0.1)
        time.sleep(1.5)  # by then it waits for the outlet that stalls
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)

    assert child.returncode == 130
    assert "Đã dừng" in said.decode()


def stored(data: Path) -> int:
    """What a reader finds after a kill; the store must open."""
    if not (data / "archive.db").exists():
        return 0
    with open_desk(Config(data=data)) as desk:
        return desk.archive.counts().articles


@pytest.mark.slow
def test_the_readme_command_ends_with_a_summary_and_a_next_command(monitor: Monitor) -> None:
    port = str(free_ports())

    first = monitor("up", "--demo", "--once", "--demo-port", port)
    second = monitor("up", "--demo", "--once")
    found = json.loads(monitor("search", "hồ sơ trực tuyến", "--place", "Lào Cai", "--json").stdout)
    series = json.loads(monitor("series", "Tỷ lệ hồ sơ nộp trực tuyến", "--place", "lao cai", "--json").stdout)

    assert f"Bài viết: {len(WRITTEN)} ({len(WRITTEN)} mới)." in first.stdout
    assert "search" in first.stderr
    assert "13 không đổi (304)" in second.stdout
    assert "mới)" not in second.stdout
    assert found["total"] >= 3
    assert sum(found["facets"]["place"].values()) >= found["total"]
    assert [line["place"] for line in series["places"]] == ["Lào Cai"]
    assert len({point["period"]["end"][:4] for point in series["places"][0]["points"]}) >= 5
