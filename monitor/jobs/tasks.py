"""The tasks as procrastinate knows them: each is a job of crawling.py, annotating.py or indexing, with what it needs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job, Status

from crawlers.errors import CrawlError
from crawlers.http import Fetcher
from crawlers.records import Failure
from index.errors import SearchError
from index.postgres import conninfo
from models.errors import ModelError
from monitor.alerts.matching import Matching
from monitor.assembly import Desk, load_sources
from monitor.config import Config
from monitor.console import talk
from monitor.errors import MonitorError
from monitor.indexing import catch_up
from monitor.jobs.annotating import annotate_part
from monitor.jobs.crawling import crawl_part, put_due
from monitor.jobs.queue import KEEPING, open_queue

log = logging.getLogger(__name__)

TRIES = 3
"""How often a job that fails is tried."""
MOST_TAKEN_UP = 8
"""A job whose workers died so often is what they died of."""
_PAUSE = timedelta(seconds=30)
_TROUBLES = (CrawlError, MonitorError, ModelError, SearchError)
"""What is said in a line; all else is a bug, and logged with its trace."""
_FIRST = 10
"""The priority of housekeeping."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What a worker's tasks work with."""

    desk: Desk
    fetcher: Fetcher | None
    """None where a lane does not crawl."""
    matching: Matching = field(default_factory=Matching)


class Retry(BaseRetryStrategy):
    """A job that a stopping worker gives back is done by the next; one that fails is tried again after a pause."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_at=datetime.now(UTC))
        if job.attempts + 1 >= TRIES:
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + _PAUSE * (job.attempts + 1))


def make_app(config: Config) -> App:
    """The tasks, bound to the archive's server. Nothing is connected yet."""
    connector = PsycopgConnector(conninfo=conninfo(config.archive_url), min_size=1, max_size=4, timeout=10)
    app = App(connector=connector)
    for name, work in (("crawl", _crawl), ("annotate", _annotate)):
        app.task(name=name, pass_context=True, retry=Retry())(work)
    _add_housekeeping(app, config)
    return app


def _add_housekeeping(app: App, config: Config) -> None:
    """What the workers see to by themselves, whoever of them comes first."""
    every = max(1, config.dead_after // 3)
    seconds = f"* * * * * */{every}" if every > 1 else "* * * * * *"
    periodic: tuple[tuple[str, str, Callable[..., Any]], ...] = (
        ("take_up", seconds, _take_up),
        ("crawl_due", "* * * * *", _crawl_due),
        ("index", "* * * * *", _index),
    )
    for name, cron, work in periodic:
        if name == "index" and config.elasticsearch_url is None:
            continue  # the embedded index is kept up, and asked for alerts, by whoever serves it
        task = app.task(
            name=name, pass_context=True, queue=KEEPING, priority=_FIRST, queueing_lock=name,
            lock=None if name == "take_up" else name, retry=Retry(),
        )(work)  # fmt: skip
        app.periodic(cron=cron)(task)


def _crawl(context: JobContext, /, **arguments: Any) -> None:
    tools = _tools(context)
    assert tools.fetcher is not None
    now = datetime.now(UTC)
    with _Told(context, arguments["part"]):
        crawl_part(tools.desk, tools.fetcher, arguments, now=now, check=lambda: _check(context))


def _annotate(context: JobContext, /, **arguments: Any) -> None:
    with _Told(context, arguments["part"]):
        annotate_part(_tools(context).desk, arguments, check=lambda: _check(context))


def _crawl_due(context: JobContext, timestamp: int = 0) -> None:
    desk = _tools(context).desk
    with _left_for_later("Chưa tìm được nguồn nào đến hạn"):
        sources = [source for source in load_sources(desk.config) if source.enabled]
        with open_queue(desk.config) as queue:
            put_due(queue, desk.archive, sources, datetime.now(UTC))


def _index(context: JobContext, timestamp: int = 0) -> None:
    """Bring the index up to the archive, and find whom the new articles are for."""
    tools = _tools(context)
    with _left_for_later("Chưa đưa được bài mới vào chỉ mục"):
        catch_up(tools.desk)
    with _left_for_later("Chưa tìm được bài mới dành cho ai"):
        tools.matching.run(tools.desk, datetime.now(UTC))


@contextmanager
def _left_for_later(what: str) -> Iterator[None]:
    """Housekeeping that can't be done now is told, and not kept: the next minute brings it again."""
    try:
        yield
    except _TROUBLES as e:
        talk(f"{what}; phút sau làm lại: {e}")
    except Exception:  # one round of a long-running job: the next one goes on, and the library would log it unheard
        log.exception("this round of housekeeping failed; the next one goes on")


async def _take_up(context: JobContext, timestamp: int = 0) -> None:
    """Put the jobs of workers that are dead back into the queue. Async, as the library has these calls no other way."""
    jobs, dead_after = context.app.job_manager, _tools(context).desk.config.dead_after
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=dead_after):
        if job.attempts >= MOST_TAKEN_UP:
            await jobs.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await jobs.retry_job(job, retry_at=datetime.now(UTC))
    await jobs.prune_stalled_workers(dead_after)


def _tools(context: JobContext) -> Tools:
    tools = context.additional_context["tools"]
    assert isinstance(tools, Tools)
    return tools


def _check(context: JobContext) -> None:
    """Give the job back when the worker is to stop."""
    if context.should_abort():
        raise JobAborted


class _Told:
    """Keeps in the archive why a job failed, for `monitor doctor`; the queue itself only logs it."""

    def __init__(self, context: JobContext, part: str) -> None:
        self._context = context
        self._part = part

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, JobAborted):
            return
        job = self._context.job
        talk(f"Việc {job.task_name} {self._part} không làm được: {error}")
        if not isinstance(error, _TROUBLES):
            log.error("%s", job.call_string, exc_info=error)
        failure = Failure(source_id=job.task_name, url=self._part, reason="internal", message=str(error) or repr(error))
        run_id = job.task_kwargs.get("run_id")
        _tools(self._context).desk.archive.runs.record_failures(
            [failure], datetime.now(UTC), run_id=run_id if isinstance(run_id, int) else None
        )
