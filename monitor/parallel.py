"""The analysis over all cores, where there is more to read than one can."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple, Self

from crawlers.records import Article, join_lead
from index.terms import terms_to_keep
from models.annotation import annotate
from models.records import Annotation
from models.topics.tagging import SHIPPED, Tagging

CHUNK = 16
"""Articles handed to a process at a time."""


class Text(NamedTuple):
    """What the models are given of an article."""

    text: str
    title: str | None = None
    published: date | datetime | None = None
    source_place: str | None = None
    lead: str | None = None
    """Where it stands apart from the text; figures are read in, and count their offsets in, both as one."""
    wants_terms: bool = False


def text_of(article: Article, places: Mapping[str, str | None], *, wants_terms: bool = True) -> Text:
    """An article that is to be kept, with what it does not say itself."""
    return Text(
        article.text, article.title, article.published, places.get(article.source_id), article.lead, wants_terms
    )  # fmt: skip


def annotate_texts(texts: Iterable[Text], processes: int = 1, *, tagging: Tagging = SHIPPED) -> Iterator[Annotation]:
    """The annotations, in the order of the texts, each as soon as it is there."""
    with Annotators(processes, tagging=tagging) as annotators:
        yield from annotators.annotate_texts(texts)


def annotate_all(
    articles: Iterable[Article], places: Mapping[str, str | None], processes: int = 1, *, tagging: Tagging = SHIPPED
) -> Iterator[Annotation]:
    """`annotate_texts` for articles, with their terms."""
    return annotate_texts((text_of(article, places) for article in articles), processes, tagging=tagging)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Annotators:
    """Processes that read texts, for as many batches as there are: to start them takes longer than to read a batch."""

    def __init__(self, processes: int, *, tagging: Tagging = SHIPPED) -> None:
        self._read = partial(_annotate, tagging)
        self._pool = get_context("spawn").Pool(processes) if processes > 1 else None

    def annotate_texts(self, texts: Iterable[Text]) -> Iterator[Annotation]:
        """In the order of the texts. All texts are taken at once where there are several processes."""
        if self._pool is None:
            return map(self._read, texts)
        return self._pool.imap(self._read, texts, chunksize=CHUNK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()


def _annotate(tagging: Tagging, given: Text) -> Annotation:
    found = annotate(
        join_lead(given.lead, given.text), title=given.title, published=given.published,
        source_place=given.source_place, tagging=tagging,
    )  # fmt: skip
    if not given.wants_terms:
        return found
    return replace(found, terms=terms_to_keep(given.title or "", given.lead, given.text))
