"""The cluster's index made anew from the archive, beside the one that serves."""

from __future__ import annotations

from contextlib import ExitStack, closing

from index.archive import Archive, open_archive
from index.elastic import ElasticIndex
from monitor.alerts.trouble import unreadable_said
from monitor.assembly import open_elastic
from monitor.config import Config
from monitor.console import progress
from monitor.rebuilding import Rebuilt, alone
from monitor.tagging import batches

BATCH = 1_000
MARK_EVERY = 5
"""Batches between two notes of how far the new index has come: at most so many are done twice after a kill."""


def rebuild_elastic(config: Config) -> Rebuilt:
    """Fill a new versioned index from the archive, and let it serve in one step. The old one is kept.

    The old one serves until then, and whoever crawls writes to both. A kill leaves all as it was, and the next call goes on
    from there. What the index refuses, or can't be read, waits in the outbox. Raises LockedError while this store is being rebuilt already.
    """
    config.data.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(alone(config.data))
        archive = stack.enter_context(closing(open_archive(config.archive_url)))
        index = stack.enter_context(closing(open_elastic(config)))
        done_to = index.generations.begin()
        refused = _fill(archive, index, done_to)
        index.generations.switch()
        archive.refuse(refused)
        kept = tuple(index.generations.names()[1])
        return Rebuilt(indexed=index.count(), refused=len(refused), is_resumed=bool(done_to), kept=kept)


def drop_old(config: Config) -> tuple[str, ...]:
    """Remove the indices that were replaced; their names."""
    with closing(open_elastic(config)) as index:
        return tuple(index.generations.drop_old())


def _fill(archive: Archive, index: ElasticIndex, done_to: str) -> dict[str, str]:
    """What was refused, or can't be read, by article, with why."""
    refused: dict[str, str] = {}
    unreadable: dict[str, Exception] = {}
    with progress("Lập chỉ mục", archive.count_after(done_to)) as bar:
        for number, batch in enumerate(batches(archive.all_documents(after=done_to, unreadable=unreadable), BATCH), 1):
            refused |= index.fill_next(batch)
            bar.advance(len(batch))
            if number % MARK_EVERY == 0:
                index.generations.mark(batch[-1].id)
    return refused | {key: unreadable_said(e) for key, e in unreadable.items()}
