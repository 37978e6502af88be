"""The words of an article that its figures' names may be made of: its title, and the sentences with figures and before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.text import Span
from models.wording.tokens import START, Token, tokens_of, word_of, words_among

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

    words: list[Token]
    title_end: int
    """The title's words begin at 1."""
    places: list[Place]
    """One for each figure."""


def lay_out(text: str, title: str, sentences: Sequence[Span], figures: Sequence[Figure]) -> Layout:
    """`sentences` are all of the text, and the figures in the order of the text."""
    tokens = [START, *tokens_of(title), START]
    title_end = len(tokens) - 1
    number_of = {span: i for i, span in enumerate(sentences)}
    places: list[Place] = []
    last, start = -2, 0
    for span, held in _by_sentence(figures).items():
        i = number_of[span]
        before = start
        if last != i - 1 or i == 0:
            before = len(tokens)
            if i:
                begin, end = sentences[i - 1]
                tokens += tokens_of(text[max(begin, end - _FARTHEST) : end])
                tokens.append(START)
        start = len(tokens)
        spots = _lay_sentence(text, span, held, tokens)
        places += [Place(before, start, quote, behind, len(tokens)) for quote, behind in spots]
        tokens.append(START)
        last = i
    return _in_words(tokens, title_end, places)


def _by_sentence(figures: Sequence[Figure]) -> dict[Span, list[Figure]]:
    held: dict[Span, list[Figure]] = {}
    for figure in figures:
        held.setdefault(figure.sentence, []).append(figure)
    return held


def _lay_sentence(text: str, span: Span, figures: Sequence[Figure], tokens: list[Token]) -> list[tuple[int, int]]:
    """Add a sentence's tokens; where its figures' quotes begin and end among them."""
    spots: list[tuple[int, int]] = []
    at = span[0]
    for figure in figures:
        if figure.start < at:  # a number of which two bodies are told
            spots.append(spots[-1] if spots else (len(tokens), len(tokens)))
            continue
        tokens += tokens_of(text[at : figure.start])
        quote = len(tokens)
        tokens += tokens_of(text[figure.start : figure.end])
        spots.append((quote, len(tokens)))
        at = figure.end
    tokens += tokens_of(text[at : span[1]])
    return spots


def _in_words(tokens: list[Token], title_end: int, places: list[Place]) -> Layout:
    """The same with the syllables of a word joined."""
    words: list[Token] = []
    moved: list[int] = []
    at = 0
    for start, end in words_among(tokens):
        moved += range(len(words), len(words) + start - at)
        words += tokens[at:start]
        moved += [len(words)] * (end - start)
        words.append(word_of(tokens[start:end]))
        at = end
    moved += range(len(words), len(words) + len(tokens) - at + 1)
    words += tokens[at:]
    return Layout(words, moved[title_end], [Place(*[moved[mark] for mark in place]) for place in places])
