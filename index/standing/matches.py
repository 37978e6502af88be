"""New articles that wait to be held against the subscriptions, and what was found for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from index.database import batched, insert_into
from index.kept.tables import digests, matches, unmatched
from index.standing.alert_records import Digest, Match, Unmatched


def add_unmatched(connection: Connection, ids: Sequence[str]) -> None:
    if ids:
        connection.execute(insert(unmatched), [{"article_id": key} for key in ids])


def load_unmatched(connection: Connection, limit: int, after: int) -> tuple[Unmatched, ...]:
    statement = select(unmatched).where(unmatched.c.mark > after).order_by(unmatched.c.mark).limit(limit)
    return tuple(map(_unmatched, connection.execute(statement)))


def load_held_up(connection: Connection, limit: int) -> tuple[Unmatched, ...]:
    """The newest first."""
    statement = select(unmatched).where(unmatched.c.why.is_not(None)).order_by(unmatched.c.mark.desc()).limit(limit)
    return tuple(map(_unmatched, connection.execute(statement)))


def settle(connection: Connection, found: Sequence[Match], marks: Iterable[int], held_up: Mapping[int, str]) -> int:
    """Keep what was found and strike off what was asked about, but for what is held up. How many matches are new.

    A match that is there stays as it is.
    """
    new = 0
    for some in batched(found):
        statement = insert_into(connection, matches).on_conflict_do_nothing().returning(matches.c.article_id)
        new += len(connection.execute(statement, list(map(_columns, some))).all())
    for settled in batched([mark for mark in marks if mark not in held_up]):
        connection.execute(delete(unmatched).where(unmatched.c.mark.in_(settled)))
    for mark, why in held_up.items():
        is_news = (unmatched.c.mark == mark) & unmatched.c.why.is_distinct_from(why)
        connection.execute(update(unmatched).where(is_news).values(why=why))
    return new


def _unmatched(row: Row[Any]) -> Unmatched:
    return Unmatched(mark=row.mark, article_id=row.article_id, why=row.why)


def tell(connection: Connection, subscription_id: str, digest_id: int) -> None:
    """Put all that is untold into a digest."""
    untold = (matches.c.subscription_id == subscription_id) & matches.c.digest_id.is_(None)
    connection.execute(update(matches).where(untold).values(digest_id=digest_id))


def count_untold(connection: Connection, subscription_id: str) -> int:
    untold = (matches.c.subscription_id == subscription_id) & matches.c.digest_id.is_(None)
    return connection.scalar(select(func.count()).select_from(matches).where(untold)) or 0


def load(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Match, ...]:
    """The newest first; those of one round by article."""
    order = (matches.c.found_at.desc(), matches.c.article_id)
    return tuple(map(_match, connection.execute(select(matches).where(*where).order_by(*order).limit(limit))))


def load_digests(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Digest, ...]:
    """The newest first, each with what it tells of."""
    rows = connection.execute(select(digests).where(*where).order_by(digests.c.id.desc()).limit(limit)).all()
    told: dict[int, list[Match]] = {row.id: [] for row in rows}
    for some in batched(list(told)):
        for match in load(connection, matches.c.digest_id.in_(some)):
            told[match.digest_id or 0].append(match)
    return tuple(
        Digest(
            id=row.id, subscription_id=row.subscription_id, made_at=row.made_at, since=row.since, matches=tuple(told[row.id])
        )
        for row in rows
    )  # fmt: skip


def _columns(match: Match) -> dict[str, Any]:
    return {
        "subscription_id": match.subscription_id, "article_id": match.article_id, "tier": match.tier,
        "found_at": match.found_at, "digest_id": match.digest_id, "figures": list(match.figures),
    }  # fmt: skip


def _match(row: Row[Any]) -> Match:
    return Match(
        subscription_id=row.subscription_id, article_id=row.article_id, tier=row.tier, found_at=row.found_at,
        digest_id=row.digest_id, figures=tuple(row.figures),
    )  # fmt: skip
