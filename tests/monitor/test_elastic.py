"""The whole program on Elasticsearch: switched by a setting, patient while it is away, made anew while it serves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from crawlers.records import Article
from index.elastic_client import Connection, ElasticSettings
from index.errors import AwayError
from index.query import parse_query
from monitor.assembly import Desk, open_desk, open_elastic
from monitor.cli import run
from monitor.config import Config
from monitor.indexing import catch_up
from monitor.keeper import Keeper
from monitor.rebuilding_elastic import drop_old, rebuild_elastic
from monitor.web import create_app
from tests.fakes import NOON
from tests.monitor.conftest import ROOT

TEXT = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt {}%, tăng 7,7 điểm % so với năm 2024."


@pytest.fixture
def config(tmp_path: Path, elastic: ElasticSettings) -> Config:
    """A store of this test's own, with an index of its own."""
    assert elastic.password is not None
    return Config(
        data=tmp_path / "store", elasticsearch_url=elastic.urls[0], elasticsearch_user=elastic.user,
        elasticsearch_password=SecretStr(elastic.password), elasticsearch_ca_file=elastic.ca_file,
        elasticsearch_prefix=f"{elastic.prefix}-{time.time_ns()}", elasticsearch_tries=2,
    )  # fmt: skip


@pytest.fixture
def away(config: Config) -> Config:
    """The same store while its index is away."""
    return config.model_copy(update={"elasticsearch_url": "https://127.0.0.1:9"})


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


def test_while_elastic_is_away_articles_are_kept_and_it_catches_up_by_itself(config: Config, away: Config) -> None:
    with open_desk(config) as desk:
        keep(desk, 1)
    with open_desk(away) as desk:
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


def test_the_pages_say_that_elastic_is_away(away: Config) -> None:
    with open_desk(away) as desk:
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
    killed = subprocess.run([sys.executable, "-c", KILLED], env=environment(config), check=False, cwd=ROOT)
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


def environment(config: Config) -> dict[str, str]:
    assert config.elasticsearch_password is not None
    return {
        **os.environ, "PYTHONPATH": str(ROOT), "MONITOR_DATA": str(config.data),
        "MONITOR_ELASTICSEARCH_URL": config.elasticsearch_url or "", "MONITOR_ELASTICSEARCH_USER": config.elasticsearch_user or "",
        "MONITOR_ELASTICSEARCH_PASSWORD": config.elasticsearch_password.get_secret_value(),
        "MONITOR_ELASTICSEARCH_CA_FILE": str(config.elasticsearch_ca_file),
        "MONITOR_ELASTICSEARCH_PREFIX": config.elasticsearch_prefix,
    }  # fmt: skip


# --- from the command line


class Said(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `monitor …` with a store's settings as variables."""

    def command(config: Config, *arguments: str) -> Said:
        for name, value in environment(config).items():
            if name.startswith("MONITOR_"):
                monkeypatch.setenv(name, value)
        code = run(list(arguments))
        return Said(code, *capsys.readouterr())

    return command


def test_the_commands_work_on_elastic(config: Config, command: Callable[..., Said], tmp_path: Path) -> None:
    lines = [
        {"url": f"https://a.vn/{n}", "title": f"Tin {n}", "text": TEXT.format(80 + n), "published": f"2026-0{n}-01"}
        for n in (1, 2, 3)
    ]
    (tmp_path / "tin.jsonl").write_text("\n".join(map(json.dumps, lines)))

    assert command(config, "ingest", str(tmp_path / "tin.jsonl")).code == 0
    found = json.loads(command(config, "search", "hồ sơ trực tuyến", "--json").out)
    figures = json.loads(command(config, "figures", "", "--place", "Huế", "--json").out)
    again = command(config, "reindex", "--engine", "elasticsearch")
    doctor = command(config, "doctor")
    dropped = command(config, "reindex", "--drop-old")

    assert (found["total"], found["facets"]["month"]) == (3, {"2026-01": 1, "2026-02": 1, "2026-03": 1})
    assert len(figures) >= 3
    assert again.out == "Đã lập chỉ mục 3 bài trên Elasticsearch.\n"
    assert "--drop-old" in again.err
    assert doctor.code == 0, doctor.out
    assert f"✓ Máy tìm kiếm: Elasticsearch 9.5.0 tại {config.elasticsearch_url}, tốt" in doctor.out
    assert f"{config.elasticsearch_prefix}-articles-000002" in doctor.out
    assert f"{config.elasticsearch_prefix}-articles-000001" in dropped.out


def test_a_command_says_in_one_line_that_elastic_is_away(
    away: Config, command: Callable[..., Said], tmp_path: Path
) -> None:
    line = {"url": "https://a.vn/1", "title": "Tin", "text": TEXT.format(80)}
    (tmp_path / "tin.jsonl").write_text(json.dumps(line))

    kept = command(away, "ingest", str(tmp_path / "tin.jsonl"))
    found = command(away, "search", "hồ sơ")
    doctor = command(away, "doctor")

    assert kept.code == 0
    assert "1 bài chờ vào chỉ mục" in kept.err
    assert (found.code, found.err.count("\n")) == (1, 1)
    assert "Không kết nối được Elasticsearch" in found.err
    assert doctor.code == 1
    assert "✗ Máy tìm kiếm: Không kết nối được" in doctor.out


def test_a_reindex_on_elastic_needs_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MONITOR_ELASTICSEARCH_URL", raising=False)

    assert run(["--data", str(tmp_path), "reindex", "--engine", "elasticsearch"]) == 1
    assert "MONITOR_ELASTICSEARCH_URL" in capsys.readouterr().err
