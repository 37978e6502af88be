"""A text as topics, figures and places all need it: normalised once, cut into sentences once, names looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from crawlers.article_text import article_spans
from models.alignment import Aligned, align
from models.bodies.places import PlaceSpan, places_in
from models.text import Span, normalise, split_sentences, unify_tones
from models.topics.features import Passages, cut
from models.vocabulary import small_letters


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What topics, figures and places all need of a text. What only one of them needs is worked out when asked for."""

    given: str
    """The text as it came."""
    aligned: Aligned
    spans: tuple[Span, ...]
    """The parts that are the article; the rest is the portal's ("Tin liên quan", counters)."""
    sentences: tuple[Span, ...]
    """All of them, as spans of the normalised text."""
    article_sentences: list[Span]

    @property
    def text(self) -> str:
        return self.aligned.text

    @cached_property
    def lower(self) -> str:
        """The text in small letters, tones unified; of the same length."""
        return small_letters(unify_tones(self.text))

    @cached_property
    def places(self) -> list[PlaceSpan]:
        """The provinces, ministries and other known bodies that the text names."""
        return places_in(self.text, self.lower)

    @property
    def article_places(self) -> list[PlaceSpan]:
        """The places that the article names, as if nothing but a line's end stood between its parts."""
        found: list[PlaceSpan] = []
        parts, start, end, gap = iter(self.spans), 0, 0, 0
        for place in self.places:
            while end < place.end and (part := next(parts, None)) is not None:
                gap += part[0] - end - (1 if end else 0)
                start, end = part
            if start <= place.start and place.end <= end:
                found.append(PlaceSpan(place.start - gap, place.end - gap, place.place))
        return found


@lru_cache(maxsize=8)
def read(text: str) -> Reading:
    """Normalise a text, cut it into sentences, and tell the article from what surrounds it.

    >>> read("Huế đạt 98%. Hết.\\n\\nLượt truy cập: 776.577").article_sentences
    [(0, 12), (13, 17)]
    """
    aligned = align(text)
    spans = tuple(article_spans(aligned.text))
    sentences = tuple(split_sentences(aligned.text))
    return Reading(
        given=text,
        aligned=aligned,
        spans=spans,
        sentences=sentences,
        article_sentences=_within(sentences, spans),
    )


def cut_article(title: str | None, lead: str | None, text: str) -> Passages:
    """An article cut for the classifier, as articles are read: what a portal put around the text is left out."""
    reading = read(text)
    return cut(title and normalise(title), lead and normalise(lead), reading.text, reading.article_sentences)


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
