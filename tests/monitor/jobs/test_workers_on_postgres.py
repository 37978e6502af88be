"""Workers share a crawl and a re-analysis on a real PostgreSQL; one is killed with kill -9, and nothing is lost or done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
import yaml
from procrastinate.exceptions import ConnectorException
from pydantic import SecretStr

from index.archive import Archive, open_archive
from index.records import NewArticle
from models.annotation import model_version
from monitor.config import Config
from monitor.jobs.queue import CRAWL, KEEPING, Queue, open_queue
from monitor.jobs.tasks import MOST_TAKEN_UP
from tests.databases import unique_name
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON, an_annotation, an_article
from tests.monitor.conftest import ROOT, Monitor, elastic_environment
from tests.monitor.jobs.outlets import FREE, Outlet, serving, write_sources
from tests.postgres_server import PASSWORD, PostgresServer, a_database, make_server

PATIENCE = 90
DEAD_AFTER = 3
pytestmark = pytest.mark.slow


@pytest.fixture
def config(postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    settings = {"DEAD_AFTER": str(DEAD_AFTER), "TRIES": "1", "TIMEOUT": "60"}
    with a_database(postgres, unique_name("workers")) as url:
        for name, value in {**settings, "DATABASE_URL": url}.items():
            monkeypatch.setenv(f"MONITOR_{name}", value)
        open_archive(url).close()
        yield Config(data=tmp_path / "store", database_url=SecretStr(url), dead_after=DEAD_AFTER)


@pytest.fixture
def archive(config: Config) -> Iterator[Archive]:
    archive = open_archive(config.archive_url)
    yield archive
    archive.close()


@pytest.fixture
def queue(config: Config) -> Iterator[Queue]:
    with open_queue(config) as queue:
        yield queue


class Worker:
    """`monitor worker` as a child with a session of its own, so that all its processes can be found."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "monitor", "--data", str(folder), "worker", "--concurrency", "1"]
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def kill(self) -> None:
        """As a machine that falls: none of its processes says goodbye."""
        for pid in self._pids():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> str:
        """What Ctrl-C does; what it said."""
        self.process.send_signal(signal.SIGTERM)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return said

    def _pids(self) -> list[int]:
        shown = subprocess.run(
            ["ps", "-o", "pid=", "-s", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in shown.stdout.split()]


@contextmanager
def working(count: int, folder: Path, queue: Queue, *, beside: int = 0) -> Iterator[list[Worker]]:
    """So many workers, all of whose processes take jobs, `beside` so many processes of others."""
    with ExitStack() as stack:
        workers = [Worker(folder) for _ in range(count)]
        for worker in workers:
            stack.callback(_end, worker)
        wait_until(lambda: queue.alive() == beside + 2 * count, "the workers to be alive", workers)
        yield workers


def _end(worker: Worker) -> None:
    if worker.process.poll() is None:
        worker.kill()
    if worker.process.stdout is not None:
        worker.process.stdout.close()


def wait_until(holds: Callable[[], bool], what: str, workers: Sequence[Worker] = ()) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > ends:
            said = [worker.stop() for worker in workers]
            raise AssertionError(f"waited in vain for {what}; the workers say: {said}")
        time.sleep(0.05)


# --- the crawl


@pytest.fixture
def outlets(config: Config) -> Iterator[tuple[Outlet, ...]]:
    with serving(6, 30) as outlets:
        write_sources(config.data, outlets)
        yield outlets


def test_a_crawl_whose_worker_is_killed_is_done_by_the_others_each_article_once(
    config: Config, archive: Archive, queue: Queue, outlets: tuple[Outlet, ...], monitor: Monitor
) -> None:
    for outlet in outlets:
        outlet.gate.clear()
    with working(1, config.data, queue) as (first,), ThreadPoolExecutor(1) as thread:
        crawling = thread.submit(monitor, "crawl", "--all")
        wait_until(lambda: all(len(outlet.asked) > FREE for outlet in outlets), "a part of each outlet", [first])
        with working(1, config.data, queue, beside=2) as (second,):
            assert queue.state().running == 6, "the first holds all of it"
            first.kill()
            for outlet in outlets:
                outlet.gate.set()
            crawled = crawling.result()
            doctor = monitor("doctor")
            said = second.stop()

    counts, (run, *_) = archive.counts(), archive.runs.latest(kind="crawl")
    assert crawled.returncode == 0, crawled.stderr + said
    assert (counts.articles, counts.versions, counts.annotations) == (180, 180, 180)
    assert counts.links == {"done": 180}
    assert sum(one.counts.get("new", 0) for one in archive.runs.latest()) == 180
    assert (len(archive.runs.parts(run.id)), run.finished_at is not None) == (6, True)
    assert {outlet.most_at_once for outlet in outlets} == {1}, "one request a host, over all workers"
    assert "✓ Hàng đợi: 0 việc chờ, 0 việc đang làm, 0 việc hỏng" in doctor.stdout
    assert "✓ Chỉ mục: 180 bài" in doctor.stdout, doctor.stdout


def test_the_check_of_the_compose_file_tells_whether_a_worker_is_alive(config: Config, queue: Queue) -> None:
    _, _, *arguments = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["worker"]["healthcheck"]["test"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MONITOR_DATA": str(config.data)}

    def check() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    with working(1, config.data, queue) as (worker,):
        during = check()
        worker.stop()
    after = check()

    assert (during.returncode, during.stdout) == (0, "2 tiến trình worker đang chạy.\n"), during.stderr
    assert (after.returncode, after.stderr.count("\n")) == (1, 1)
    assert "monitor worker" in after.stderr


def test_a_worker_that_is_stopped_gives_back_what_it_holds(
    config: Config, archive: Archive, queue: Queue, outlets: tuple[Outlet, ...], monitor: Monitor
) -> None:
    with working(1, config.data, queue) as (first,):
        wait_until(lambda: archive.counts().articles >= 10, "the crawl that a worker begins by itself")
        said = first.stop()
        held = queue.state()
        with working(1, config.data, queue), ThreadPoolExecutor(1) as thread:
            crawled = thread.submit(monitor, "crawl", "--all").result()

    counts = archive.counts()
    assert first.process.returncode == 0, said
    assert (held.running, held.failed, held.alive) == (0, 0, 0)
    assert crawled.returncode == 0, crawled.stderr
    assert (counts.articles, counts.versions) == (180, 180)
    assert {outlet.most_at_once for outlet in outlets} == {1}


# --- whom it is for


def test_a_crawl_by_workers_finds_whom_its_articles_are_for(
    config: Config, archive: Archive, queue: Queue, outlets: tuple[Outlet, ...], monitor: Monitor
) -> None:
    archive.alerts.add(a_subscription(query='"tin số 7"'))

    with working(1, config.data, queue):
        crawled = monitor("crawl", "--all")

    assert crawled.returncode == 0, crawled.stderr
    assert len(archive.alerts.matches("s1")) == len(outlets)
    assert archive.alerts.unmatched(1) == ()


def test_workers_by_themselves_bring_elasticsearch_up_and_find_whom_new_articles_are_for(
    config: Config, archive: Archive, queue: Queue, elastic_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in elastic_environment(elastic_config).items():
        monkeypatch.setenv(name, value)
    archive.alerts.add(a_subscription(query="chuyển đổi số"))
    (key,) = store(archive, "mới")
    queue.put("index", queue=KEEPING, lock="ours", arguments={})

    with working(1, config.data, queue) as (worker,):
        wait_until(lambda: "ours" not in queue.busy_locks(), "the job to be done", [worker])

    assert archive.counts().outbox == 0
    assert [match.article_id for match in archive.alerts.matches("s1")] == [key]


# --- what goes wrong


def test_a_worker_says_what_keeps_it_from_finding_what_is_due(config: Config, queue: Queue) -> None:
    config.data.mkdir()
    (config.data / "sources.toml").write_text("[[source")
    queue.put("crawl_due", queue=KEEPING, lock="ours", arguments={})

    with working(1, config.data, queue) as (worker,):
        wait_until(lambda: "ours" not in queue.busy_locks(), "the job to be done with", [worker])
        said = worker.stop()

    assert "Chưa tìm được nguồn nào đến hạn; phút sau làm lại: sources.toml:" in said


def test_a_job_that_so_many_workers_died_of_is_put_aside(config: Config, archive: Archive, queue: Queue) -> None:
    write_sources(config.data, ())
    queue.put("crawl", queue=CRAWL, lock="host a.vn", arguments={"part": "a.vn"})
    with psycopg.connect(config.archive_url) as connection:  # as the last of them left it
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [MOST_TAKEN_UP])

    with working(1, config.data, queue) as (worker,):
        wait_until(lambda: queue.state().failed == 1, "the job to be put aside", [worker])

    assert archive.runs.failures() == (), "nobody tried it once more"
    assert "host a.vn" not in queue.busy_locks(), "its host is free for others"


# --- the re-analysis


def test_a_re_analysis_whose_worker_is_killed_reads_each_article_once(
    config: Config, archive: Archive, queue: Queue, monitor: Monitor
) -> None:
    write_sources(config.data, ())
    count = 4_000
    items = [
        NewArticle(
            article=an_article(f"{number}", text=f"Tỉnh Lào Cai có {number} hồ sơ trực tuyến, đạt {number % 100}%."),
            annotation=an_annotation(model_version="of old"),
        )
        for number in range(count)
    ]
    archive.store_articles(items, NOON)

    with working(3, config.data, queue) as (first, *others), ThreadPoolExecutor(1) as thread:
        reading = thread.submit(monitor, "reindex", "--annotate")
        wait_until(lambda: archive.counts().annotations > count + 300, "some articles to be read")
        first.kill()
        read = reading.result()
        said = [other.stop() for other in others]

    assert read.returncode == 0, (read.stderr, said)
    assert f"Đã đọc lại {count} bài, {count} bài đổi" in read.stdout
    assert archive.counts().annotations == 2 * count
    assert archive.count_unread(model_version()) == 0
    assert {document.revision for document in archive.all_documents()} == {2}, "stored once, read again once"
    (run,) = archive.runs.latest(kind="annotate")
    assert run.counts == {"read": count, "changed": count}


# --- the server


def test_a_worker_outlives_a_restart_of_the_server(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_server()  # the others' goes on
    server.start()
    server.wait()
    monkeypatch.setenv("MONITOR_DATABASE_URL", server.url())
    monkeypatch.setenv("MONITOR_DEAD_AFTER", str(DEAD_AFTER))
    config = Config(data=tmp_path, database_url=SecretStr(server.url()), dead_after=DEAD_AFTER)
    write_sources(tmp_path, ())
    open_archive(server.url()).close()
    try:
        with open_queue(config) as queue, working(1, tmp_path, queue) as (worker,):
            server.halt()
            server.start_again()
            wait_until(lambda: _alive_again(queue), "the worker to be back", [worker])
            said = worker.stop()
    finally:
        server.stop()

    assert worker.process.returncode == 0, said
    assert PASSWORD not in said
    assert "Traceback" not in said


def _alive_again(queue: Queue) -> bool:
    try:
        return queue.alive() == 2
    except ConnectorException:  # the pool has not noticed yet
        return False
