"""The tags of one store: which model and which topics of its users', and putting new ones on what is there already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from index.archive import Archive
from index.records import Kept
from models.annotation import model_version
from models.reading import cut_article
from models.records import TOPIC_IDS, Annotation, TopicScore
from models.topics.tagging import SHIPPED, Tagger, Tagging, tagger_of
from monitor.config import Config

T = TypeVar("T")
BATCH = 200


def read_tagging(config: Config, archive: Archive) -> Tagging:
    """What the articles of a store are tagged with: its own model, where one was trained for it, and its users' topics."""
    own = tuple(saved.topic for saved in archive.own_topics())
    if not config.model_path.exists():
        return Tagging(own=own) if own else SHIPPED
    return Tagging(model=config.model_path, stamp=config.model_path.stat().st_mtime_ns, own=own)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retagged:
    """How many articles were looked at, and how many gained or lost one of the users' topics."""

    read: int
    gained: int
    lost: int

    @property
    def changed(self) -> int:
        return self.gained + self.lost


def retag(archive: Archive, tagging: Tagging, slug: str, *, advance: Callable[[int], None]) -> Retagged:
    """Put a user's topic on the articles that carry it now, and take it from those that do not; nothing else changes."""
    tagger = tagger_of(tagging)
    looked_at = gained = lost = 0
    for batch in batches(archive.all_articles(batch=BATCH), BATCH):
        before = archive.annotations([kept.id for kept in batch])
        changed = []
        for kept in batch:
            annotation = before.get(kept.id)
            if annotation is None or (found := _with_own(tagger, kept, annotation)) is None:
                continue
            carried, carries = (slug in {one.topic for one in topics} for topics in (annotation.topics, found))
            gained, lost = gained + (carries and not carried), lost + (carried and not carries)
            version = model_version(tagging)
            changed.append((kept, replace(annotation, topics=found, model_version=version)))
        archive.annotate(changed, datetime.now(UTC))
        looked_at += len(batch)
        advance(len(batch))
    return Retagged(read=looked_at, gained=gained, lost=lost)


def _with_own(tagger: Tagger, kept: Kept, annotation: Annotation) -> tuple[TopicScore, ...] | None:
    """The article's topics with the users' own found anew; None where they are as they were."""
    article = cut_article(kept.article.title, None, kept.article.full_text)
    shipped = tuple(one for one in annotation.topics if one.topic in TOPIC_IDS)
    found = shipped + tagger.own.tag(article)
    same = {one.topic for one in found} == {one.topic for one in annotation.topics}
    return None if same else found


def batches(articles: Iterable[T], size: int) -> Iterator[list[T]]:
    """As many articles at a time as are read again and stored together."""
    left = iter(articles)
    while batch := list(islice(left, size)):
        yield batch
