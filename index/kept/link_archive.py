"""What is left to do, as the archive keeps it: sources' state and links. Reached as `archive.links`; see index/archive.py, laws 1 and 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Engine

from crawlers.records import FeedEntry
from index.database import reading, writing
from index.kept import frontier, rechecks
from index.records import Link, SourceState

_BATCH = 500


class LinkArchive:
    """A method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def source_states(self) -> dict[str, SourceState]:
        """By source id; a source that was never asked has none."""
        with reading(self._engine) as connection:
            return frontier.load_source_states(connection)

    def source_state(self, source_id: str) -> SourceState | None:
        with reading(self._engine) as connection:
            return frontier.load_source_state(connection, source_id)

    def save_source_state(self, state: SourceState) -> None:
        """For a poll that brought no listing: not modified, or failed."""
        with writing(self._engine) as connection:
            frontier.save_source_state(connection, state)

    def store_listing(self, state: SourceState, entries: Iterable[FeedEntry], now: datetime) -> int:
        """Keep what a listing named together with its source's new state; the number of links to fetch that it brought.

        A link that is known stays as it is, unless its own source now dates it later: then it is fetched again, though
        no sooner than some hours after the last time. One that leads to a known article by another address is known.
        """
        with writing(self._engine) as connection:
            frontier.save_source_state(connection, state)
            return frontier.add_links(connection, state.source_id, entries, now)

    def pending(
        self, now: datetime, limit: int = _BATCH, *, source_ids: Sequence[str] | None = None
    ) -> tuple[Link, ...]:
        """Links that may be fetched now, the longest known first."""
        with reading(self._engine) as connection:
            return frontier.load_pending_links(connection, now, limit, source_ids)

    def waiting_sources(self, now: datetime) -> frozenset[str]:
        """The sources that have links which may be fetched now."""
        with reading(self._engine) as connection:
            return frontier.load_waiting_sources(connection, now)

    def to_recheck(
        self, source_ids: Sequence[str], *, seen_after: datetime, checked_before: datetime
    ) -> tuple[Link, ...]:
        """Links whose articles are young, and were last asked for a change some time ago."""
        with reading(self._engine) as connection:
            return rechecks.load_rechecks(connection, source_ids, seen_after=seen_after, checked_before=checked_before)

    def known(self, urls: Sequence[str]) -> dict[str, Link]:
        """The known ones of these addresses."""
        with reading(self._engine) as connection:
            return frontier.load_links(connection, urls)

    def one(self, url: str) -> Link | None:
        with reading(self._engine) as connection:
            return frontier.load_link(connection, url)

    def mark_failed(self, url: str, reason: str, *, next_try_at: datetime | None) -> None:
        """A link could not be fetched or read. Without a next try it is given up."""
        with writing(self._engine) as connection:
            frontier.fail_link(connection, url, reason, next_try_at)
