"""Articles ─► annotated, archived, indexed, batch by batch: for whoever brings articles in."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime

from crawlers.records import Article
from index.records import NewArticle, PartKey, Stored
from monitor.alerts.matching import Matching
from monitor.assembly import Desk
from monitor.indexing import catch_up
from monitor.parallel import annotate_all
from monitor.tagging import read_tagging

log = logging.getLogger(__name__)

BATCH = 32
"""Articles that are stored in one go; a kill costs at most so many, and they are fetched again."""
INDEX_EVERY = 5.0
"""Seconds after which what is archived is committed to the index, at the latest when the next batch is stored."""
INDEX_BATCH = 256
LONGEST_PATIENCE = 300.0
"""Seconds between two tries to reach an index that is away, while a crawl goes on."""


class Keeper:
    """Articles ─► annotated, archived, indexed, batch by batch. What `flush` returns is on disk."""

    def __init__(
        self,
        desk: Desk,
        *,
        now: datetime,
        places: Mapping[str, str | None] | None = None,
        part: PartKey | None = None,
        since: datetime | None = None,
    ) -> None:
        """`places` gives each source's own place, which is what "tỉnh" means in its articles.

        For a `part` of a run that began at `since`: statuses are counted there too, and indexing is left to another job.
        """
        self._desk = desk
        self._part = part
        self._since = since or now
        self._now = now
        self._places = places or {}
        self._tagging = read_tagging(desk.config, desk.archive)
        self._batch: list[tuple[Article, str | None]] = []
        self._unindexed = 0
        self._indexed_at = time.monotonic()
        self._patience = INDEX_EVERY
        self.waits: str | None = None
        """Why the index could not be brought up to the archive when that was last tried."""
        self.failed: list[str] = []
        """Addresses of articles that the models could not read, since it was last emptied."""

    def add(self, article: Article, *, listed_as: str | None = None) -> Sequence[Stored]:
        """Keep an article; a full batch is stored at once and its statuses come back, in the order of `add`."""
        self._batch.append((article, listed_as))
        return self.flush() if len(self._batch) >= BATCH else ()

    def flush(self) -> Sequence[Stored]:
        """Store what waits, in one transaction."""
        batch, self._batch = self._batch, []
        if not batch:
            return ()
        items = [item for article, listed_as in batch if (item := self._item(article, listed_as))]
        stored = self._desk.archive.store_articles(items, self._now, since=self._since, part=self._part)
        if self._part is not None:
            return stored
        self._unindexed += len(stored)
        full = self._unindexed >= INDEX_BATCH and not self.waits
        if full or time.monotonic() - self._indexed_at >= self._patience:
            self.index()
        return stored

    def index(self) -> None:
        """Bring the index up to the archive. An index that is away is asked more and more seldom."""
        self.waits = catch_up(self._desk).waits
        self._patience = min(self._patience * 2, LONGEST_PATIENCE) if self.waits else INDEX_EVERY
        self._unindexed, self._indexed_at = 0, time.monotonic()

    def finish(self) -> None:
        """Nothing more comes in this run: bring the index up to the archive, and find whom the new articles are for."""
        self.index()
        Matching().run(self._desk, self._now)

    def _item(self, article: Article, listed_as: str | None) -> NewArticle | None:
        try:
            (annotation,) = annotate_all([article], self._places, tagging=self._tagging)
        except Exception:
            log.exception("%s", article.url)
            self.failed.append(listed_as or article.url)
            return None
        return NewArticle(article=article, annotation=annotation, listed_as=listed_as)
