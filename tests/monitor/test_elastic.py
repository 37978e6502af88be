"""The whole program on Elasticsearch: switched by a setting, patient while it is away, made anew while it serves."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from crawlers.records import Article
from index.engines.elastic_client import Connection
from index.engines.elastic_schema import VERSION
from index.errors import AwayError
from index.querying.query import parse_query
from index.records import SourceState
from monitor.assembly import Desk, open_desk, open_elastic
from monitor.commands.collect import rest
from monitor.config import Config
from monitor.indexing import catch_up
from monitor.keeper import Keeper
from monitor.rebuilding_elastic import drop_old, rebuild_elastic
from monitor.serving import _keep_on
from monitor.web import create_app
from tests.elastic_gate import Gate
from tests.fakes import NOON, a_source
from tests.monitor.conftest import ROOT, elastic_environment

TEXT = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt {}%, tăng 7,7 điểm % so với năm 2024."


@pytest.fixture
def config(elastic_config: Config) -> Config:
    return elastic_config


@pytest.fixture
def cluster(config: Config) -> Iterator[Connection]:
    with closing(open_elastic(config)) as index:
        yield index._connection


def keep(desk: Desk, *numbers: int, text: str = TEXT) -> Keeper:
    keeper = Keeper(desk, now=NOON, places={"cong_hue": "Huế"})
    for number in numbers:
        url = f"https://a.vn/tin-{number}.html"
        article = Article(url=url, title=f"Tin {number}", text=text.format(number), source_id="s", fetched_at=NOON)
        keeper.add(article)
    keeper.flush()
    keeper.index()
    return keeper


def total(config: Config, typed: str = "hồ sơ") -> int:
    with open_desk(config) as desk:
        return desk.index.search(parse_query(typed)).total


# --- away, and back


def test_while_elastic_is_away_articles_are_kept_and_it_catches_up_by_itself(
    config: Config, elastic_away: Config
) -> None:
    with open_desk(config) as desk:
        keep(desk, 1)
    with open_desk(elastic_away) as desk:
        keeper = keep(desk, 2, 3)

        assert keeper.waits
        assert "MONITOR_ELASTICSEARCH_URL" in keeper.waits
        assert (desk.archive.counts().articles, desk.archive.counts().outbox) == (3, 2)
        with pytest.raises(AwayError):
            desk.index.search(parse_query("hồ sơ"))

    assert total(config) == 1
    with open_desk(config) as desk:
        assert catch_up(desk).indexed == 2
        assert desk.archive.counts().outbox == 0
    assert total(config) == 3


class Impatient(threading.Event):
    """Does not let a minute pass between two rounds."""

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(timeout and timeout / 1_000)


def test_crawling_goes_on_while_elastic_is_away_and_what_it_brought_goes_in_by_itself(config: Config) -> None:
    """What `monitor up` does each minute, with a door before the server in place of an hour's failure."""
    numbers = count()
    stop = Impatient()
    with Gate(urlsplit(config.elasticsearch_url).port or 0) as gate:
        behind = config.model_copy(update={"elasticsearch_url": gate.url, "elasticsearch_tries": 1})
        with open_desk(behind) as desk:
            running = threading.Thread(target=_keep_on, args=(desk, lambda: keep(desk, next(numbers)), stop))
            running.start()
            wait_until(lambda: desk.archive.counts().outbox == 0 and desk.archive.counts().articles > 2)
            gate.shut()
            before = desk.archive.counts().articles
            wait_until(lambda: desk.archive.counts().articles > before + 5)
            waiting = desk.archive.counts().outbox
            gate.open()
            wait_until(lambda: desk.archive.counts().outbox == 0)
            stop.set()
            running.join()

            assert waiting >= 5
            assert desk.index.count() == desk.archive.counts().articles > before + 5


def test_a_crawl_that_waits_for_its_sources_notices_within_a_minute_that_elastic_is_back(config: Config) -> None:
    """What `monitor crawl --watch` does while no source is due: here for an hour."""
    source, naps = a_source(id="s"), list[float]()
    with Gate(urlsplit(config.elasticsearch_url).port or 0) as gate:
        behind = config.model_copy(update={"elasticsearch_url": gate.url, "elasticsearch_tries": 1})
        with open_desk(behind) as desk:
            in_an_hour = datetime.now(UTC) + timedelta(hours=1)
            desk.archive.links.save_source_state(SourceState(source_id=source.id, next_due_at=in_an_hour))
            gate.shut()
            keep(desk, 1)

            def sleep(seconds: float) -> None:
                naps.append(seconds)
                left.append(desk.archive.counts().outbox)
                if len(naps) == 3:
                    gate.open()

            left = list[int]()
            rest(desk, [source], sleep=sleep)

            assert left[:3] == [1] * 3
            assert set(left[3:]) == {0}
            assert (desk.index.count(), max(naps)) == (1, 60)
            assert sum(naps) == pytest.approx(3600, abs=60)


def test_a_round_that_fails_as_nobody_thought_of_is_followed_by_the_next(config: Config) -> None:
    stop, rounds = Impatient(), count(1)

    def collect() -> None:
        if next(rounds) > 1:
            stop.set()
        raise RuntimeError("a bug")

    with open_desk(config) as desk:
        _keep_on(desk, collect, stop)

    assert next(rounds) == 3


def test_articles_are_kept_while_the_elastic_index_has_to_be_made_anew(config: Config, cluster: Connection) -> None:
    with open_desk(config) as desk:
        keep(desk, 1)
    of_another_version = {"_meta": VERSION | {"tokens": 0}}
    cluster.ask("PUT", f"/{config.elasticsearch_prefix}-articles/_mapping", of_another_version)

    with open_desk(config) as desk:
        keeper = keep(desk, 2)
        assert "monitor reindex" in (keeper.waits or "")
        assert (desk.archive.counts().articles, desk.archive.counts().outbox) == (2, 1)

    assert rebuild_elastic(config).indexed == 2
    with open_desk(config) as desk:
        assert catch_up(desk).waits is None
        assert desk.archive.counts().outbox == 0
    assert total(config) == 2


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it never came true"
        time.sleep(0.02)


def test_the_pages_say_that_elastic_is_away(elastic_away: Config) -> None:
    with open_desk(elastic_away) as desk:
        keep(desk, 1)
        client = TestClient(create_app(desk, []), raise_server_exceptions=False)

        for path in ("/", "/?q=hồ+sơ", "/chi-tieu"):
            page = client.get(path)
            assert page.status_code == 503, path
            assert "Không kết nối được Elasticsearch" in page.text


def test_what_elastic_refuses_waits_with_its_reason_and_goes_in_later(config: Config, cluster: Connection) -> None:
    limit = "index.mapping.nested_objects.limit"
    with open_desk(config) as desk:
        desk.index.count()
        cluster.ask("PUT", f"/{config.elasticsearch_prefix}-articles/_settings", {limit: 1})
        keep(desk, 1)
        keep(desk, 2, text="Một tin không có số {}.".replace("{}", "liệu nào hết"))

        caught = catch_up(desk)
        (entry,) = desk.archive.take_outbox(only_refused=True)
        assert (caught.indexed, caught.refused, caught.waits) == (0, 1, None)
        assert "nested" in (entry.refused or "")
        assert desk.index.count() == 1

        cluster.ask("PUT", f"/{config.elasticsearch_prefix}-articles/_settings", {limit: None})
        assert catch_up(desk).indexed == 1
        assert (desk.index.count(), desk.archive.counts().outbox) == (2, 0)


# --- made anew


def test_the_elastic_index_is_made_anew_beside_the_old_one_which_is_kept_until_told(config: Config) -> None:
    with open_desk(config) as desk:
        keep(desk, *range(5))
        done = rebuild_elastic(config)

        assert (done.indexed, done.refused, done.is_resumed, len(done.kept)) == (5, 0, False, 2)
        assert desk.index.search(parse_query("hồ sơ")).total == 5, "whoever was at it goes on"
        keep(desk, 6)
    assert total(config) == 6
    assert drop_old(config) == done.kept
    assert drop_old(config) == ()
    assert total(config) == 6


KILLED = """
import os, signal, sys
from pathlib import Path
from index.elastic import ElasticIndex
from monitor import rebuilding_elastic
from monitor.cli import run
from monitor.config import Config
rebuilding_elastic.BATCH, rebuilding_elastic.MARK_EVERY = 2, 2
fill, done = ElasticIndex.fill_next, []
def fill_next(index, documents):
    done.append(1)
    if len(done) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return fill(index, documents)
ElasticIndex.fill_next = fill_next
rebuilding_elastic.rebuild_elastic(Config())
"""


def test_an_elastic_reindex_that_was_killed_goes_on_where_it_was(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(config) as desk:
        keep(desk, *range(15))
    killed = subprocess.run([sys.executable, "-c", KILLED], env=elastic_environment(config), check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert total(config) == 15, "the old one serves"
    with open_desk(config) as desk:
        keep(desk, 15)
    sent: list[int] = []
    with closing(open_elastic(config)) as index:
        fill_next = type(index).fill_next
        monkeypatch.setattr(
            type(index), "fill_next", lambda index, some: sent.append(len(some)) or fill_next(index, some)
        )  # fmt: skip

        done = rebuild_elastic(config)

    assert done.is_resumed
    assert sum(sent) < 15, "most was there"
    assert (done.indexed, total(config)) == (16, 16)
