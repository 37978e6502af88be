"""The queue as those see it who hand out work, and what `monitor doctor` and `monitor worker` say of it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from crawlers.records import Failure, FeedEntry
from index.archive import Archive, open_archive
from index.records import PartKey, SourceState
from monitor.assembly import open_desk
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.jobs.annotating import annotate_part
from monitor.jobs.crawling import by_host, crawl_part, put_crawl, put_due, with_work
from monitor.jobs.queue import CRAWL, KEEPING, Queue, open_queue
from monitor.jobs.schema import ensure_schema
from tests.databases import unique_name
from tests.fakes import NOON, RecordedFetcher, a_source
from tests.monitor.conftest import Monitor
from tests.monitor.jobs.outlets import write_sources
from tests.postgres_server import PostgresServer, a_database

LAST_STEP = "procrastinate_trigger_function_status_events_update_v1"
"""What the library's last migration makes."""
SOURCES = (a_source(), a_source(id="bao_b", url="https://b.vn/rss"))


@pytest.fixture
def url(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with a_database(postgres, unique_name("queue")) as url:
        monkeypatch.setenv("MONITOR_DATABASE_URL", url)
        yield url


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    archive = open_archive(url)
    yield archive
    archive.close()


@pytest.fixture
def queue(url: str, tmp_path: Path) -> Iterator[Queue]:
    with open_queue(Config(data=tmp_path, database_url=SecretStr(url))) as queue:
        yield queue


def test_the_queues_tables_are_made_once_by_whoever_comes_first(url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ensure_schema, [url] * 4))

    with psycopg.connect(url) as connection:
        made = connection.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
    assert made == (0,)


def test_the_queues_tables_of_an_older_library_get_the_steps_they_lack(url: str) -> None:
    ensure_schema(url)
    with psycopg.connect(url) as connection:  # as they were before the last steps
        connection.execute(f"DROP FUNCTION {LAST_STEP} CASCADE")
        connection.execute("COMMENT ON TABLE procrastinate_jobs IS '03.04.00_01_pre_add_retry_failed_job_procedure'")

    ensure_schema(url)

    with psycopg.connect(url) as connection:
        again = connection.execute(
            "SELECT count(*) FROM pg_proc WHERE proname = 'procrastinate_retry_job_v2'"
        ).fetchone()
    assert again == (1,)


def test_what_is_due_is_put_into_the_queue_once(archive: Archive, queue: Queue) -> None:
    assert put_due(queue, archive, SOURCES, NOON) == 2
    assert put_due(queue, archive, SOURCES, NOON) == 0

    state = queue.state()
    assert (state.waiting, state.running, state.failed, state.alive) == (2, 0, 0, 0)
    assert state.oldest is not None
    assert [part.name for part in archive.runs.parts(archive.runs.latest()[0].id)] == ["a.vn", "b.vn"]


def test_a_host_has_work_while_it_is_due_or_links_of_it_wait(archive: Archive) -> None:
    later = NOON + timedelta(hours=1)
    for source in SOURCES:
        archive.links.save_source_state(SourceState(source_id=source.id, next_due_at=later))
    assert with_work(archive, SOURCES, NOON) == {}

    state = SourceState(source_id="bao_b", next_due_at=later)
    archive.links.store_listing(state, [FeedEntry(url="https://b.vn/1.html")], NOON)

    assert list(with_work(archive, SOURCES, NOON)) == ["b.vn"]
    assert list(with_work(archive, SOURCES, later)) == ["a.vn", "b.vn"]


def test_a_part_that_is_done_is_not_done_again(archive: Archive, url: str, tmp_path: Path) -> None:
    run_id = archive.runs.start(NOON, parts=["a.vn"])
    archive.runs.finish_part(PartKey(run_id=run_id, name="a.vn"), NOON)
    fetcher = RecordedFetcher({})
    arguments = {"run_id": run_id, "part": "a.vn", "sources": [], "all_sources": True, "asked_at": NOON.isoformat()}

    with open_desk(Config(data=tmp_path, database_url=SecretStr(url))) as desk:
        crawl_part(desk, fetcher, arguments, now=NOON, check=lambda: None)

    assert fetcher.asked == []


def test_the_doctor_shows_work_that_nobody_does(
    archive: Archive, queue: Queue, monitor: Monitor, tmp_path: Path
) -> None:
    write_sources(tmp_path / "store", ())
    put_crawl(queue, archive, by_host(SOURCES), NOON, all_sources=True)

    doctor = monitor("doctor")

    assert doctor.returncode == 1
    assert "✗ Hàng đợi: 2 việc chờ, 0 việc đang làm, 0 việc hỏng; 0 tiến trình worker" in doctor.stdout
    assert "Không ai làm: chạy" in doctor.stdout


def test_the_doctor_says_why_work_failed_and_how_it_is_done_again(
    archive: Archive, queue: Queue, url: str, monitor: Monitor, tmp_path: Path
) -> None:
    write_sources(tmp_path / "store", ())
    queue.put("annotate", queue=CRAWL, lock=None, arguments={"run_id": 1})
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    archive.runs.record_failures(
        [Failure(source_id="annotate", url="000001", reason="internal", message="máy này có mô hình khác")], NOON
    )

    doctor = monitor("doctor")

    assert "1 việc hỏng" in doctor.stdout
    assert "! Việc hỏng: lý do của việc gần nhất: máy này có mô hình khác" in doctor.stdout
    assert "worker --again" in doctor.stdout
    assert queue.retry_failed() == 1
    assert (queue.state().failed, queue.state().waiting) == (0, 1)


def test_the_queues_own_housekeeping_is_not_put_back(url: str, queue: Queue) -> None:
    queue.put("crawl_due", queue=KEEPING, lock=None, arguments={})
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE procrastinate_jobs SET status = 'failed'")

    assert queue.retry_failed() == 0


def test_a_worker_on_a_file_says_what_to_do_instead(monitor: Monitor) -> None:
    done = monitor("worker")

    assert done.returncode == 1
    assert "MONITOR_DATABASE_URL" in done.stderr
    assert "reindex --annotate" in done.stderr


def test_a_worker_with_other_models_does_not_read_the_archive_again(archive: Archive, url: str, tmp_path: Path) -> None:
    run_id = archive.runs.start(NOON, kind="annotate", parts=["000000"])
    arguments = {"run_id": run_id, "part": "000000", "after": "", "up_to": "f" * 16, "model": "khác", "places": {}}

    with (
        open_desk(Config(data=tmp_path, database_url=SecretStr(url))) as desk,
        pytest.raises(MonitorError, match="máy này có mô hình"),
    ):
        annotate_part(desk, arguments, check=lambda: None)

    assert not archive.runs.parts(run_id)[0].is_done
