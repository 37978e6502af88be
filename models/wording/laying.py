"""The words of an article that its figures' names may be made of: its title, and the sentences with figures and before them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.text import Span
from models.wording.tokens import KEY, Ints, Lexicon, lexicon

_FARTHEST = 300
"""Characters of the sentence before that are looked at."""


class Figure(NamedTuple):
    """What of a figure its name depends on. The spans are of the text."""

    start: int
    end: int
    sentence: Span
    unit: str
    kind: str
    name: str
    """The one that the rules made."""


class Place(NamedTuple):
    """Where a figure stands among the laid out words."""

    before: int
    """Where the sentence before its own begins; `start` where there is none."""
    start: int
    """Where its sentence begins."""
    quote: int
    behind: int
    """Where its quote begins, and what follows it."""
    end: int
    """Where its sentence ends."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a title and of some sentences, one after the other, and where the figures stand among them."""

    lexicon: Lexicon
    words: str
    """A character each, by the lexicon."""
    facts: Ints
    """Of the words, by the lexicon."""
    keys: Ints
    """Of their syllables, those within a word too."""
    title_end: int
    """The title's words begin at 1."""
    places: list[Place]
    """One for each figure."""


def lay_out(text: str, title: str, sentences: Sequence[Span], figures: Sequence[Figure]) -> Layout:
    """`sentences` are all of the text, and the figures in the order of the text."""
    own = lexicon()
    laid = own.start + own.read(title) + own.start
    title_end = len(laid) - 1
    number_of = {span: i for i, span in enumerate(sentences)}
    places: list[tuple[int, ...]] = []
    last, start = -2, 0
    for span, held in _by_sentence(figures).items():
        i = number_of[span]
        before = start
        if last != i - 1 or i == 0:
            before = len(laid)
            if i:
                begin, end = sentences[i - 1]
                laid += own.read(text[max(begin, end - _FARTHEST) : end]) + own.start
        start = len(laid)
        said, spots = _lay_sentence(text, span, held, own)
        laid += said
        places += [(before, start, start + quote, start + behind, len(laid)) for quote, behind in spots]
        laid += own.start
        last = i
    return _in_words(own, laid, title_end, places)


def _by_sentence(figures: Sequence[Figure]) -> dict[Span, list[Figure]]:
    held: dict[Span, list[Figure]] = {}
    for figure in figures:
        held.setdefault(figure.sentence, []).append(figure)
    return held


def _lay_sentence(text: str, span: Span, figures: Sequence[Figure], own: Lexicon) -> tuple[str, list[tuple[int, int]]]:
    """A sentence's tokens, and where its figures' quotes begin and end among them."""
    laid = ""
    spots: list[tuple[int, int]] = []
    at = span[0]
    for figure in figures:
        if figure.start < at:  # a number of which two bodies are told
            spots.append(spots[-1] if spots else (0, 0))
            continue
        laid += own.read(text[at : figure.start])
        quote = len(laid)
        laid += own.read(text[figure.start : figure.end])
        spots.append((quote, len(laid)))
        at = figure.end
    return laid + own.read(text[at : span[1]]), spots


def _in_words(own: Lexicon, laid: str, title_end: int, places: list[tuple[int, ...]]) -> Layout:
    """The same with the syllables of a word joined."""
    facts = own.facts(laid)
    words: list[str] = []
    swallowed: list[int] = []
    at = 0
    for start, end, word in own.words_among(laid, facts):
        words += (laid[at:start], word)
        swallowed += range(start + 1, end)
        at = end
    words.append(laid[at:])
    joined = "".join(words)
    return Layout(
        lexicon=own, words=joined, facts=own.facts(joined), keys=facts[:, KEY],
        title_end=title_end - bisect_right(swallowed, title_end),
        places=[Place(*[mark - bisect_right(swallowed, mark) for mark in place]) for place in places],
    )  # fmt: skip
