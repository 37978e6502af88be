"""The articles that the index has yet to learn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from index.database import batched
from index.kept.tables import articles, outbox
from index.records import OutboxEntry


def mark(connection: Connection, ids: Sequence[str]) -> None:
    """Put articles into the outbox, each with a mark of its own for this state of it."""
    for some in batched(list(dict.fromkeys(ids))):
        connection.execute(update(articles).where(articles.c.id.in_(some)).values(revision=articles.c.revision + 1))
        connection.execute(delete(outbox).where(outbox.c.article_id.in_(some)))
        connection.execute(insert(outbox), [{"article_id": key} for key in some])


def load(connection: Connection, limit: int, after: int, *, only_refused: bool) -> tuple[OutboxEntry, ...]:
    statement = select(outbox).where(outbox.c.mark > after)
    if only_refused:
        statement = statement.where(outbox.c.refused.is_not(None))
    rows = connection.execute(statement.order_by(outbox.c.mark).limit(limit))
    return tuple(OutboxEntry(article_id=row.article_id, mark=row.mark, refused=row.refused) for row in rows)


def load_of(connection: Connection, ids: Sequence[str]) -> tuple[OutboxEntry, ...]:
    rows = [
        row for some in batched(ids) for row in connection.execute(select(outbox).where(outbox.c.article_id.in_(some)))
    ]
    return tuple(OutboxEntry(article_id=row.article_id, mark=row.mark, refused=row.refused) for row in rows)


def refuse(connection: Connection, reasons: Mapping[int, str]) -> None:
    for mark, reason in reasons.items():
        connection.execute(update(outbox).where(outbox.c.mark == mark).values(refused=reason))


def settle(connection: Connection, entries: Iterable[OutboxEntry]) -> None:
    for some in batched([entry.mark for entry in entries]):
        connection.execute(delete(outbox).where(outbox.c.mark.in_(some)))
