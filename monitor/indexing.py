"""The archive's outbox ─► the index."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from index.errors import EngineError
from monitor.alerts.trouble import unreadable_said
from monitor.assembly import Desk

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaughtUp:
    """How many articles went into the index, how many it would not take, and why the rest waits, if it does."""

    indexed: int = 0
    refused: int = 0
    waits: str | None = None


def catch_up(desk: Desk, *, advance: Callable[[int], None] = lambda count: None) -> CaughtUp:
    """Index what the archive's outbox holds. A kill at any moment only repeats some of it.

    While another process writes to the index, or it is away or has to be made anew, the outbox waits, and whoever crawls
    goes on crawling.
    What the index refuses, or can't be read in the archive, stays in the outbox with the reason, and is tried again each time.
    """
    indexed = refused = mark = 0
    waits: str | None = None
    while entries := desk.archive.take_outbox(500, after=mark):
        mark = entries[-1].mark
        documents, unreadable = desk.archive.readable_documents([entry.article_id for entry in entries])
        try:
            desk.index.add(documents)
            reasons = {**desk.index.commit(), **{key: unreadable_said(e) for key, e in unreadable.items()}}
        except EngineError as e:
            log.warning("the index takes nothing now, and articles wait for it: %s", e)
            waits = str(e)
            break
        left = {entry.mark: reasons[entry.article_id] for entry in entries if entry.article_id in reasons}
        desk.archive.settle_outbox([entry for entry in entries if entry.mark not in left])
        _keep_reasons(desk, left)
        indexed += len(entries) - len(left)
        refused += len(left)
        advance(len(entries))
    desk.index.release()
    return CaughtUp(indexed=indexed, refused=refused, waits=waits)


def _keep_reasons(desk: Desk, reasons: dict[int, str]) -> None:
    if reasons:
        log.warning("%d articles could not be indexed, such as: %s", len(reasons), next(iter(reasons.values())))
        desk.archive.refuse_outbox(reasons)
