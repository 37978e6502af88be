"""The analysis over all cores, where there is more to read than one can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from crawlers.records import Article
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


def text_of(article: Article, places: Mapping[str, str | None]) -> Text:
    """Lead and body as one text, with what the article itself does not say."""
    return Text(article.full_text, article.title, article.published, places.get(article.source_id))


def annotate_texts(texts: Iterable[Text], processes: int = 1, *, tagging: Tagging = SHIPPED) -> Iterator[Annotation]:
    """The annotations, in the order of the texts, each as soon as it is there."""
    read = partial(_annotate, tagging)
    if processes == 1:
        yield from map(read, texts)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(read, texts, chunksize=CHUNK)


def annotate_all(
    articles: Iterable[Article], places: Mapping[str, str | None], processes: int = 1, *, tagging: Tagging = SHIPPED
) -> Iterator[Annotation]:
    """`annotate_texts` for articles."""
    return annotate_texts((text_of(article, places) for article in articles), processes, tagging=tagging)


def _annotate(tagging: Tagging, given: Text) -> Annotation:
    return annotate(
        given.text, title=given.title, published=given.published, source_place=given.source_place, tagging=tagging
    )
