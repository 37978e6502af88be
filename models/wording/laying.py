"""The words of an article that its figures' names may be made of: its title, and the sentences with figures and before them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from models.text import Span
from models.wording.tokens import KEY, START, Ints, Lexicon, lexicon

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


class Places(NamedTuple):
    """Where the figures stand among the laid out words: of each array a number for each figure."""

    before: Ints
    """Where the sentence before its own begins; `start` where there is none."""
    start: Ints
    """Where its sentence begins."""
    quote: Ints
    behind: Ints
    """Where its quote begins, and what follows it."""
    end: Ints
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
    places: Places


def lay_out(text: str, title: str, sentences: Sequence[Span], figures: Sequence[Figure]) -> Layout:
    """`sentences` are all of the text, and the figures in the order of the text."""
    parts = [START, title, START]
    number_of = {span: i for i, span in enumerate(sentences)}
    places: list[tuple[int, ...]] = []
    last, start = -2, 0
    for span, held in _by_sentence(figures).items():
        i = number_of[span]
        before = start
        if last != i - 1 or i == 0:
            before = len(parts)
            if i:
                begin, end = sentences[i - 1]
                parts += (text[max(begin, end - _FARTHEST) : end], START)
        start = len(parts)
        cut, quotes = _cut_sentence(text, span, held)
        parts += cut
        places += [(before, start, start + quote, start + behind, len(parts)) for quote, behind in quotes]
        parts.append(START)
        last = i
    return _in_words(parts, places)


def _by_sentence(figures: Sequence[Figure]) -> dict[Span, list[Figure]]:
    held: dict[Span, list[Figure]] = {}
    for figure in figures:
        held.setdefault(figure.sentence, []).append(figure)
    return held


def _cut_sentence(text: str, span: Span, figures: Sequence[Figure]) -> tuple[list[str], list[tuple[int, int]]]:
    """A sentence cut where its figures' quotes begin and end, and of each figure the part that is its quote, and the next one."""
    parts: list[str] = []
    quotes: list[tuple[int, int]] = []
    at = span[0]
    for figure in figures:
        if figure.start < at:  # a number of which two bodies are told
            quotes.append(quotes[-1] if quotes else (0, 0))
            continue
        parts += (text[at : figure.start], text[figure.start : figure.end])
        quotes.append((len(parts) - 1, len(parts)))
        at = figure.end
    parts.append(text[at : span[1]])
    return parts, quotes


def _in_words(parts: list[str], places: list[tuple[int, ...]]) -> Layout:
    """The parts laid out one after the other, the syllables of a word joined; `places` are given in parts."""
    own = lexicon()
    read = own.read_parts(parts)
    laid = "".join(read)
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
    begins = [begin - bisect_right(swallowed, begin) for begin in accumulate(map(len, read), initial=0)]
    return Layout(
        lexicon=own, words=joined, facts=own.facts(joined), keys=facts[:, KEY], title_end=begins[2],
        places=Places(*np.array(begins).take(np.array(places).T)),
    )  # fmt: skip
