"""The archive's outbox ─► the index."""

from __future__ import annotations

import logging
from collections.abc import Callable

from index.errors import LockedError
from monitor.assembly import Desk

log = logging.getLogger(__name__)


def catch_up(desk: Desk, *, advance: Callable[[int], None] = lambda count: None) -> int:
    """Index what the archive's outbox holds; the number of articles. A kill at any moment only repeats some of it.

    While another process writes to the index, the outbox is left to it.
    """
    count = 0
    while entries := desk.archive.take_outbox(500):
        try:
            desk.index.add(desk.archive.documents([entry.article_id for entry in entries]))
            desk.index.commit()
        except LockedError:
            log.warning("another process writes to the index; %d articles wait for it", len(entries))
            break
        desk.archive.settle_outbox(entries)
        count += len(entries)
        advance(len(entries))
    desk.index.close()  # gives the writer free for other processes; searching goes on
    return count
