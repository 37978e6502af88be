"""Sources' state and the links they named: what is left to do, which survives a kill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, union_all, update

from crawlers.records import FeedEntry, Validators
from crawlers.urls import canonical
from index.database import batched, insert_into
from index.kept.tables import aliases, articles, links, sources
from index.records import Link, SourceState

Columns = dict[str, Any]
ASK_AGAIN_AFTER = timedelta(hours=6)
"""How long a listing's later date waits after a page was asked: some feeds date all they list with the present."""


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
    An address is new when its canonical form leads to no article, and no unread link of this source has the same.
    """
    listed = {entry.url: entry for entry in entries}
    known = _known_links(connection, list(listed))
    unknown = {url: entry for url, entry in listed.items() if url not in known}
    new = [_link_columns(source_id, entry, now) for entry in _unheard_of(connection, source_id, unknown)]
    if new:
        connection.execute(insert_into(connection, links).on_conflict_do_nothing(), new)
    newer = {url: row for url, row in known.items() if _is_newer(listed[url], row, source_id)}
    again = _to_ask_again(connection, newer, now)
    for url in newer:
        dated = moment_columns(listed[url].published)
        if url in again:
            dated |= {"state": "pending", "attempts": 0, "next_try_at": None, "reason": None}
        elif newer[url].state != "pending":
            continue  # the later date is not forgotten: it is still later when the time has come
        connection.execute(update(links).where(links.c.url == url).values(dated))
    return len(new) + len(again)


def _unheard_of(connection: Connection, source_id: str, listed: dict[str, FeedEntry]) -> list[FeedEntry]:
    """The first entry of each canonical form that is neither an article's nor that of an unread link of this source."""
    if not listed:
        return []
    forms = {url: canonical(url) for url in listed}
    unread = select(links.c.url).where(links.c.source_id == source_id, links.c.state.in_(("pending", "failed")))
    heard_of = {*_stored_among(connection, list(forms.values())), *map(canonical, connection.scalars(unread))}
    found: dict[str, FeedEntry] = {}
    for url, form in forms.items():
        if form not in heard_of:
            found.setdefault(form, listed[url])
    return list(found.values())


def _to_ask_again(connection: Connection, newer: dict[str, Row[Any]], now: datetime) -> set[str]:
    """Those of the links with a later date that were last asked some time ago. What still waits is asked anyway."""
    stored = _stored_among(connection, [url for url, row in newer.items() if row.state == "done"])
    asked_at = {url: row.published_at for url, row in newer.items() if row.state == "failed"}  # for its date of then
    asked_at |= {url: row.checked_at for url, row in stored.items()}
    waits = {url for url, row in newer.items() if row.state == "pending"}
    waits |= {url for url, moment in asked_at.items() if moment > now - ASK_AGAIN_AFTER}
    return newer.keys() - waits


def _stored_among(connection: Connection, urls: Sequence[str]) -> dict[str, Row[Any]]:
    """By address, the articles that these lead to, their aliases included."""
    found: dict[str, Row[Any]] = {}
    columns = (articles.c.source_id, articles.c.first_seen_at, articles.c.checked_at)
    for some in batched(urls):
        own = select(articles.c.url, *columns).where(articles.c.url.in_(some))
        other = select(aliases.c.url, *columns).join(articles, articles.c.id == aliases.c.article_id)
        found |= {row.url: row for row in connection.execute(union_all(other.where(aliases.c.url.in_(some)), own))}
    return found


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


def load_waiting_sources(connection: Connection, now: datetime) -> frozenset[str]:
    due = links.c.next_try_at.is_(None) | (links.c.next_try_at <= now)
    return frozenset(connection.scalars(select(links.c.source_id).where(links.c.state == "pending", due).distinct()))


def load_links(connection: Connection, urls: Sequence[str]) -> dict[str, Link]:
    """The links that are known of these, by address.

    An address without a link of its own whose canonical form is an article's is done like the one that led there.
    """
    found = {url: link_of(row) for url, row in _known_links(connection, urls).items()}
    forms = {url: canonical(url) for url in urls if url not in found}
    stored = _stored_among(connection, list(forms.values()))
    for url, form in forms.items():
        if form in stored:
            row = stored[form]
            found[url] = Link(url=url, source_id=row.source_id, state="done", found_at=row.first_seen_at)
    return found


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
        done = {"state": "done", "attempts": 0, "next_try_at": None, "reason": None}
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
