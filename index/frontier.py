"""Sources' state and the links they named: what is left to do, which survives a kill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from crawlers.records import FeedEntry, Validators
from index.database import batched, insert_into
from index.records import Link, SourceState
from index.tables import links, sources

Columns = dict[str, Any]


def moment_columns(published: datetime | date | None) -> Columns:
    """A day without a clock time is kept as its midnight, and marked."""
    is_date = published is not None and not isinstance(published, datetime)
    if is_date:
        published = datetime(published.year, published.month, published.day, tzinfo=UTC)  # type: ignore[union-attr]
    return {"published_at": published, "published_is_date": is_date}


def moment_of(row: Row[Any]) -> datetime | date | None:
    moment: datetime | None = row.published_at
    return moment.date() if moment is not None and row.published_is_date else moment


# --- sources ---


def save_source_state(connection: Connection, state: SourceState) -> None:
    values = {
        "source_id": state.source_id,
        "etag": state.validators.etag,
        "last_modified": state.validators.last_modified,
        "body_hash": state.validators.body_hash,
        "last_polled_at": state.last_polled_at,
        "last_success_at": state.last_success_at,
        "last_status": state.last_status,
        "failures_in_row": state.failures_in_row,
        "next_due_at": state.next_due_at,
        "newest_article_at": state.newest_article_at,
    }
    statement = insert_into(connection, sources).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["source_id"], set_=values))


def load_source_states(connection: Connection) -> dict[str, SourceState]:
    return {
        row.source_id: _source_state(row) for row in connection.execute(select(sources).order_by(sources.c.source_id))
    }


def load_source_state(connection: Connection, source_id: str) -> SourceState | None:
    row = connection.execute(select(sources).where(sources.c.source_id == source_id)).one_or_none()
    return None if row is None else _source_state(row)


def _source_state(row: Row[Any]) -> SourceState:
    return SourceState(
        source_id=row.source_id,
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
        last_polled_at=row.last_polled_at,
        last_success_at=row.last_success_at,
        last_status=row.last_status,
        failures_in_row=row.failures_in_row,
        next_due_at=row.next_due_at,
        newest_article_at=row.newest_article_at,
    )


# --- links ---


def add_links(connection: Connection, source_id: str, entries: Iterable[FeedEntry], now: datetime) -> int:
    """The number of links that are now to be fetched: new ones, and those whose own source dates them later.

    The latter is how a feed or sitemap says that an article changed. Another source's date says nothing.
    """
    listed = {entry.url: entry for entry in entries}
    known = _known_links(connection, list(listed))
    new = [_link_columns(source_id, entry, now) for url, entry in listed.items() if url not in known]
    if new:
        connection.execute(insert_into(connection, links).on_conflict_do_nothing(), new)
    changed = [entry for url, entry in listed.items() if url in known and _is_newer(entry, known[url], source_id)]
    for entry in changed:
        values = {
            "state": "pending",
            "attempts": 0,
            "next_try_at": None,
            "reason": None,
            **moment_columns(entry.published),
        }
        connection.execute(update(links).where(links.c.url == entry.url).values(values))
    return len(new) + len(changed)


def _known_links(connection: Connection, urls: Sequence[str]) -> dict[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for some in batched(urls):
        found.update((row.url, row) for row in connection.execute(select(links).where(links.c.url.in_(some))))
    return found


def _is_newer(entry: FeedEntry, row: Row[Any], source_id: str) -> bool:
    before, now = moment_of(row), entry.published
    if row.source_id != source_id or before is None or now is None or type(before) is not type(now):
        return False
    return now > before


def _link_columns(source_id: str, entry: FeedEntry, now: datetime) -> Columns:
    return {
        "url": entry.url,
        "source_id": source_id,
        "title": entry.title,
        **moment_columns(entry.published),
        "summary": entry.summary,
        "state": "pending",
        "attempts": 0,
        "found_at": now,
    }


def load_pending_links(
    connection: Connection, now: datetime, limit: int, source_ids: Sequence[str] | None
) -> tuple[Link, ...]:
    due = links.c.next_try_at.is_(None) | (links.c.next_try_at <= now)
    statement = select(links).where(links.c.state == "pending", due)
    if source_ids is not None:
        statement = statement.where(links.c.source_id.in_(source_ids))
    return tuple(map(link_of, connection.execute(statement.order_by(links.c.found_at, links.c.url).limit(limit))))


def load_links(connection: Connection, urls: Sequence[str]) -> dict[str, Link]:
    """The links that are known of these, by address."""
    return {url: link_of(row) for url, row in _known_links(connection, urls).items()}


def load_link(connection: Connection, url: str) -> Link | None:
    row = connection.execute(select(links).where(links.c.url == url)).one_or_none()
    return None if row is None else link_of(row)


def fail_link(connection: Connection, url: str, reason: str, next_try_at: datetime | None) -> None:
    """A failed try. Without a next one the link is given up."""
    values = {
        "state": "failed" if next_try_at is None else "pending",
        "attempts": links.c.attempts + 1,
        "next_try_at": next_try_at,
        "reason": reason,
    }
    connection.execute(update(links).where(links.c.url == url).values(values))


def finish_links(connection: Connection, urls: Sequence[str]) -> None:
    for some in batched(urls):
        done = {"state": "done", "next_try_at": None, "reason": None}
        connection.execute(update(links).where(links.c.url.in_(some)).values(done))


def link_of(row: Row[Any]) -> Link:
    """The link that a row of `links` holds."""
    return Link(
        url=row.url,
        source_id=row.source_id,
        title=row.title,
        published=moment_of(row),
        summary=row.summary,
        state=row.state,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        reason=row.reason,
        found_at=row.found_at,
    )
