"""The whole analysis of an article: topics, figures and places. Needs no spaCy, whose import takes a second."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache

from crawlers.article_text import article_spans
from models.metrics import find_metrics
from models.places import prominent_places
from models.records import Annotation, Metric
from models.text import Aligned, Span, align, normalise, split_sentences
from models.topics import MODEL_PATH, TopicClassifier

# Raised whenever the code finds other topics, figures or places in the same text.
CODE_VERSION = 1
_VIETNAM = timezone(timedelta(hours=7))
# What is learnt or listed; a change in any of them is another version.
_DATA = (MODEL_PATH, MODEL_PATH.parent.parent / "topics.toml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What topics, figures and places all need of a text."""

    aligned: Aligned
    spans: tuple[Span, ...]
    """The parts that are the article; the rest is the portal's ("Tin liên quan", counters)."""
    sentences: tuple[Span, ...]
    """All of them, as spans of the normalised text."""
    article_sentences: list[Span]

    @property
    def text(self) -> str:
        return self.aligned.text

    @property
    def article(self) -> str:
        """The text without what is not the article."""
        if self.spans == ((0, len(self.text)),):
            return self.text
        return "\n".join(self.text[start:end] for start, end in self.spans)


@lru_cache(maxsize=8)
def read(text: str) -> Reading:
    """Normalise a text, cut it into sentences, and tell the article from what surrounds it.

    >>> read("Huế đạt 98%. Hết.\\n\\nLượt truy cập: 776.577").article_sentences
    [(0, 12), (13, 17)]
    """
    aligned = align(text)
    spans = tuple(article_spans(aligned.text))
    sentences = tuple(split_sentences(aligned.text))
    return Reading(aligned=aligned, spans=spans, sentences=sentences, article_sentences=_within(sentences, spans))


def _within(sentences: tuple[Span, ...], spans: tuple[Span, ...]) -> list[Span]:
    """The sentences that a span touches; both lists are in order."""
    kept: list[Span] = []
    number = 0
    for start, end in sentences:
        while number < len(spans) and spans[number][1] <= start:
            number += 1
        if number < len(spans) and spans[number][0] < end:
            kept.append((start, end))
    return kept


@cache
def classifier() -> TopicClassifier:
    """The trained topic classifier, read once. ModelError when there is none."""
    return TopicClassifier.load()


@cache
def model_version() -> str:
    """Names what made an annotation: the code's version and a hash of what it has learnt."""
    content = b"".join(path.read_bytes() for path in _DATA if path.exists())
    return f"{CODE_VERSION}-{hashlib.sha256(content).hexdigest()[:12]}"


def annotate(
    text: str,
    *,
    title: str | None = None,
    lead: str | None = None,
    published: datetime | date | None = None,
    source_place: str | None = None,
) -> Annotation:
    """All that the models say of an article. Offsets and quotes of figures are those of `text` as given.

    >>> found = annotate("Đến 31/5/2024, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 82,5%.", title="Dịch vụ công trực tuyến")
    >>> [topic.topic for topic in found.topics], [metric.quote for metric in found.metrics]
    (['online_services'], ['82,5%'])
    """
    title = normalise(title) if title else None
    lead = normalise(lead) if lead else None
    reading = read(text)
    return Annotation(
        topics=classifier().predict(title, lead, reading.text, reading.article_sentences),
        metrics=figures(text, title=title, published=published, source_place=source_place),
        places=prominent_places(title, lead, reading.article),
        model_version=model_version(),
    )


def figures(
    text: str, *, title: str | None, published: datetime | date | None, source_place: str | None
) -> tuple[Metric, ...]:
    """The figures of an article, with offsets into `text` as given."""
    reading = read(text)
    found = find_metrics(
        reading.text,
        title=title,
        published=local_day(published),
        source_place=source_place,
        spans=reading.spans,
        sentences=reading.sentences,
    )
    return found if reading.text == text else tuple(_as_given(metric, reading.aligned, text) for metric in found)


def _as_given(metric: Metric, aligned: Aligned, text: str) -> Metric:
    start, end = aligned.origin(metric.start, metric.end)
    return replace(metric, start=start, end=end, quote=text[start:end])


def local_day(published: datetime | date | None) -> date | None:
    """The day in Vietnam on which something was published."""
    if isinstance(published, datetime):
        return published.astimezone(_VIETNAM).date() if published.tzinfo else published.date()
    return published
