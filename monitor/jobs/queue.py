"""The task queue: procrastinate on the archive's PostgreSQL. Who works, what waits, and how work gets in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from index.postgres import conninfo
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.jobs.schema import ensure_schema

CRAWL, ANALYSIS, KEEPING = "crawl", "analysis", "keeping"
"""The queues: what waits for outlets, what takes a core, and the queue's own housekeeping."""
NAME = "vn-news-monitor"
_ALIVE = "SELECT count(*) AS count FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %(seconds)s)"
_WAITING = (
    "SELECT min(e.at) AS since FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id"
    " WHERE j.status = 'todo' AND e.type = 'deferred' AND j.queue_name <> 'keeping'"
)
_LEFT = (
    "SELECT count(*) AS count FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') AND (args->>'run_id')::bigint = %(run_id)s"
)
_WHOLE = (
    "SELECT status::text AS status, count(*) AS count FROM procrastinate_jobs WHERE queue_name <> 'keeping' GROUP BY 1"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueState:
    """The queue at one moment; its own housekeeping is left out."""

    waiting: int
    running: int
    failed: int
    alive: int
    """Worker processes that gave a sign of life lately."""
    oldest: datetime | None
    """Since when the job waits that waits longest."""


class Queue:
    """For whoever hands out work and asks how it goes; workers are in monitor/jobs/worker.py."""

    def __init__(self, app: App, *, dead_after: float) -> None:
        self._app = app
        self._dead_after = dead_after

    def put(self, task: str, *, queue: str, lock: str | None, arguments: Mapping[str, Any]) -> None:
        """Let some worker do a task; with a `lock`, not beside another that has the same."""
        self._app.configure_task(task, queue=queue, lock=lock).defer(**arguments)

    def alive(self) -> int:
        """How many worker processes gave a sign of life lately."""
        return int(self._ask(_ALIVE, seconds=self._dead_after)["count"])

    def left_of(self, run_id: int) -> int:
        """How many jobs of a run are waiting or under way."""
        return int(self._ask(_LEFT, run_id=run_id)["count"])

    def busy_locks(self) -> frozenset[str]:
        """The locks of all jobs that wait or are under way."""
        jobs = [*self._jobs(Status.TODO), *self._jobs(Status.DOING)]
        return frozenset(job.lock for job in jobs if job.lock)

    def state(self) -> QueueState:
        rows = self._app.connector.get_sync_connector().execute_query_all(query=_WHOLE)
        counts = {row["status"]: int(row["count"]) for row in rows}
        return QueueState(
            waiting=counts.get("todo", 0), running=counts.get("doing", 0), failed=counts.get("failed", 0),
            alive=self.alive(), oldest=self._ask(_WAITING)["since"],
        )  # fmt: skip

    def retry_failed(self) -> int:
        """Put what failed back into the queue, its own housekeeping left out; how many jobs that is."""
        failed = [job for job in self._jobs(Status.FAILED) if job.queue != KEEPING]
        for job in failed:
            self._app.job_manager.retry_job_by_id(job.id or 0, retry_at=datetime.now(UTC))
        return len(failed)

    def _jobs(self, status: Status) -> list[Any]:
        return list(self._app.job_manager.list_jobs(status=status.value))

    def _ask(self, question: Any, **values: Any) -> dict[str, Any]:
        return dict(self._app.connector.get_sync_connector().execute_query_one(query=question, **values))


@contextmanager
def open_queue(config: Config) -> Iterator[Queue]:
    """The queue beside the archive, made if need be. MonitorError when its server is away."""
    ensure_schema(config.archive_url)
    connector = SyncPsycopgConnector(conninfo=conninfo(config.archive_url), min_size=1, max_size=2, timeout=10)
    app = App(connector=connector)
    with translated(), app.open():
        yield Queue(app, dead_after=config.dead_after)


@contextmanager
def translated() -> Iterator[None]:
    """The queue's own troubles, said to people."""
    try:
        yield
    except ConnectorException as e:
        raise MonitorError(
            "hàng đợi trên PostgreSQL không trả lời. Kiểm tra máy chủ rồi chạy lại; việc đã vào hàng đợi thì vẫn còn"
        ) from e
