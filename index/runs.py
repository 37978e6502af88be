"""Runs, their failures, and what the archive holds in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, func, insert, select, update

from crawlers.records import Failure
from index.records import ArchiveCounts, PastFailure, Run
from index.tables import (
    aliases,
    article_annotations,
    article_versions,
    articles,
    failures,
    links,
    outbox,
    runs,
    sources,
)


def start_run(connection: Connection, now: datetime) -> int:
    key = connection.execute(insert(runs).values(started_at=now, counts={})).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish_run(connection: Connection, run_id: int, counts: dict[str, int], now: datetime) -> None:
    connection.execute(update(runs).where(runs.c.id == run_id).values(finished_at=now, counts=counts))


def load_runs(connection: Connection, limit: int) -> tuple[Run, ...]:
    rows = connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))
    return tuple(
        Run(id=row.id, started_at=row.started_at, finished_at=row.finished_at, counts=row.counts) for row in rows
    )


def add_failures(connection: Connection, run_id: int | None, failed: Iterable[Failure], now: datetime) -> None:
    rows = [
        {
            "run_id": run_id,
            "source_id": failure.source_id,
            "url": failure.url,
            "reason": failure.reason,
            "message": failure.message,
            "at": now,
        }
        for failure in failed
    ]
    if rows:
        connection.execute(insert(failures), rows)


def load_failures(connection: Connection, run_id: int | None, limit: int) -> tuple[PastFailure, ...]:
    statement = select(failures).order_by(failures.c.id.desc()).limit(limit)
    if run_id is not None:
        statement = statement.where(failures.c.run_id == run_id)
    return tuple(map(_past_failure, connection.execute(statement)))


def _past_failure(row: Row[Any]) -> PastFailure:
    return PastFailure(
        run_id=row.run_id, source_id=row.source_id, url=row.url, reason=row.reason, message=row.message, at=row.at
    )


def count_everything(connection: Connection) -> ArchiveCounts:
    def rows(of: FromClause, *where: Any) -> int:
        return connection.scalar(select(func.count()).select_from(of).where(*where)) or 0

    by_state = connection.execute(select(links.c.state, func.count().label("number")).group_by(links.c.state))
    return ArchiveCounts(
        articles=rows(articles),
        versions=rows(article_versions),
        annotations=rows(article_annotations),
        aliases=rows(aliases),
        clustered=rows(articles, articles.c.cluster_id.is_not(None)),
        links={row.state: row.number for row in by_state},
        outbox=rows(outbox),
        refused=rows(outbox, outbox.c.refused.is_not(None)),
        sources=rows(sources),
        failing_sources=rows(sources, sources.c.failures_in_row > 0),
        runs=rows(runs),
        failures=rows(failures),
    )
