"""The articles that the index has yet to learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from index.database import batched
from index.records import OutboxEntry
from index.tables import outbox


def mark(connection: Connection, ids: Sequence[str]) -> None:
    """Put articles into the outbox, each with a mark of its own for this state of it."""
    for some in batched(list(dict.fromkeys(ids))):
        connection.execute(delete(outbox).where(outbox.c.article_id.in_(some)))
        connection.execute(insert(outbox), [{"article_id": key} for key in some])


def load(connection: Connection, limit: int) -> tuple[OutboxEntry, ...]:
    rows = connection.execute(select(outbox).order_by(outbox.c.mark).limit(limit))
    return tuple(OutboxEntry(article_id=row.article_id, mark=row.mark) for row in rows)


def settle(connection: Connection, entries: Iterable[OutboxEntry]) -> None:
    for some in batched([entry.mark for entry in entries]):
        connection.execute(delete(outbox).where(outbox.c.mark.in_(some)))
