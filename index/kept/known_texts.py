"""The texts that a new one may be a reprint of, kept up with whatever other writers store."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from index.kept.documents import is_current_version
from index.kept.duplicates import Neighbours
from index.kept.tables import article_versions, articles

REPRINT_WINDOW = timedelta(days=60)
"""A reprint follows within days; older articles are not searched for one, which bounds memory and start."""


class KnownTexts:
    """The signatures that a reprint is looked for among, kept up with what others store meanwhile."""

    def __init__(self) -> None:
        self.neighbours = Neighbours()
        self.read_to = 0
        """The number of the last version that is known."""

    def catch_up(self, connection: Connection, now: datetime) -> None:
        """Take in the versions that were stored since the last time. Only for whoever holds the writers' lock."""
        last = connection.scalar(select(func.max(article_versions.c.number))) or 0
        if last == self.read_to:
            return
        known = ((row.id, row.signature) for row in connection.execute(self._unread(now)))
        if self.read_to == 0:
            self.neighbours = Neighbours(known)
        else:
            for key, signature in known:
                self.neighbours.add(key, signature)
        self.read_to = last

    def _unread(self, now: datetime) -> Select[Any]:
        return (
            select(articles.c.id, article_versions.c.signature)
            .join(article_versions, is_current_version())
            .where(article_versions.c.number > self.read_to, article_versions.c.signature.is_not(None))
            .where(article_versions.c.fetched_at >= now - REPRINT_WINDOW)
            .order_by(article_versions.c.number)
        )
