"""Runs, their failures, and what the archive holds in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, and_, func, insert, select, update

from crawlers.records import Failure
from index.kept.tables import (
    aliases,
    article_annotations,
    article_versions,
    articles,
    failures,
    links,
    outbox,
    run_parts,
    runs,
    sources,
)
from index.records import ArchiveCounts, PartKey, PastFailure, Run, RunKind, RunPart


def start_run(connection: Connection, now: datetime, kind: RunKind, parts: Sequence[str]) -> int:
    key = connection.execute(insert(runs).values(started_at=now, counts={}, kind=kind)).inserted_primary_key
    assert key is not None
    if parts:
        connection.execute(
            insert(run_parts), [{"run_id": key[0], "name": name, "counts": {}, "is_done": False} for name in parts]
        )
    return int(key[0])


def finish_run(connection: Connection, run_id: int, counts: Mapping[str, int], now: datetime) -> None:
    connection.execute(update(runs).where(runs.c.id == run_id).values(finished_at=now, counts=dict(counts)))


def load_runs(connection: Connection, limit: int, kind: RunKind | None) -> tuple[Run, ...]:
    statement = select(runs).order_by(runs.c.id.desc()).limit(limit)
    rows = connection.execute(statement if kind is None else statement.where(runs.c.kind == kind))
    return tuple(
        Run(id=row.id, started_at=row.started_at, finished_at=row.finished_at, counts=row.counts, kind=row.kind)
        for row in rows
    )


# --- parts ---


def _is_part(part: PartKey) -> Any:
    return and_(run_parts.c.run_id == part.run_id, run_parts.c.name == part.name)


def count_in_part(connection: Connection, part: PartKey, counts: Mapping[str, int]) -> None:
    """Add to what a part has counted. Whoever calls holds the writers' lock, so nothing comes between."""
    before = connection.scalar(select(run_parts.c.counts).where(_is_part(part)))
    after = Counter(before or {}) + Counter(counts)
    connection.execute(update(run_parts).where(_is_part(part)).values(counts=dict(after)))


def finish_part(connection: Connection, part: PartKey, now: datetime) -> None:
    connection.execute(update(run_parts).where(_is_part(part)).values(is_done=True))
    parts = load_parts(connection, part.run_id)
    if parts and all(one.is_done for one in parts):
        total = sum((Counter(one.counts) for one in parts), Counter[str]())
        unfinished = and_(runs.c.id == part.run_id, runs.c.finished_at.is_(None))
        connection.execute(update(runs).where(unfinished).values(finished_at=now, counts=dict(total)))


def load_parts(connection: Connection, run_id: int) -> tuple[RunPart, ...]:
    rows = connection.execute(select(run_parts).where(run_parts.c.run_id == run_id).order_by(run_parts.c.name))
    return tuple(RunPart(name=row.name, counts=row.counts, is_done=row.is_done) for row in rows)


# --- failures ---


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
