"""The whole program with its archive on a PostgreSQL server, as a user runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.archive import open_archive
from tests.databases import unique_name
from tests.monitor.conftest import Monitor, free_ports
from tests.postgres_server import PASSWORD, PostgresServer, a_database, make_server


@pytest.fixture
def url(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with a_database(postgres, unique_name("toa-soan")) as url:
        monkeypatch.setenv("MONITOR_DATABASE_URL", url)
        yield url


def an_article(number: int) -> str:
    text = f"Đến nay, tỉnh Lào Cai đạt {number}% hồ sơ trực tuyến."
    return json.dumps({"url": f"https://a.vn/{number}.html", "title": f"Tin số {number}", "text": text})


@pytest.mark.slow
def test_the_main_job_works_with_the_archive_on_a_server(url: str, monitor: Monitor, tmp_path: Path) -> None:
    up = monitor("up", "--demo", "--once", "--demo-port", str(free_ports()))
    found = monitor("search", "hồ sơ trực tuyến", "--json")
    doctor = monitor("doctor")

    assert up.returncode == found.returncode == 0, up.stderr + found.stderr
    assert json.loads(found.stdout)["total"] > 0
    assert "✓ Cơ sở dữ liệu: PostgreSQL" in doctor.stdout
    assert f"tại postgresql://{url.rpartition('@')[2]}\n" in doctor.stdout
    assert PASSWORD not in "".join((up.stdout, up.stderr, doctor.stdout, doctor.stderr))
    assert not list(tmp_path.glob("**/archive.db"))


def test_a_server_that_is_away_costs_one_line_that_says_what_to_do(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_DATABASE_URL", f"postgresql://monitor:{PASSWORD}@127.0.0.1:{free_ports(1)}/tin")

    done = monitor("crawl")

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("Không làm được: Không kết nối được với kho lưu trữ postgresql://127.0.0.1:")
    assert "Kiểm tra máy chủ PostgreSQL đang chạy" in line
    assert PASSWORD not in line


@pytest.fixture
def own_server(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """One that a test may stop; the others' goes on."""
    server = make_server()
    server.start()
    server.wait()
    yield server
    server.stop()


@pytest.mark.slow
def test_a_server_that_stops_while_articles_come_in_keeps_what_was_stored_and_the_next_run_goes_on(
    own_server: PostgresServer, monitor: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_DATABASE_URL", own_server.url())
    lines = [an_article(number) for number in range(20_000)]
    archive = open_archive(own_server.url())
    with ThreadPoolExecutor(1) as thread:
        ingesting = thread.submit(monitor, "ingest", "-", stdin="\n".join(lines))
        while archive.counts().articles == 0:
            assert not ingesting.done()
        own_server.halt()
        broken = ingesting.result()
    own_server.start_again()
    stored = archive.counts().articles

    again = monitor("ingest", "-", stdin="\n".join(lines[: stored + 100]))

    said = broken.stderr.splitlines()
    assert broken.returncode == 1
    assert len(said) == 1
    assert "phần dở sẽ được làm tiếp" in said[0]
    assert 0 < stored < len(lines)
    assert f"100 mới, {stored} không đổi" in again.stdout, again.stdout + again.stderr
    assert archive.counts().articles == stored + 100
    archive.close()
