"""Which articles tell one story in the same words.

The archive's clusters compare whole texts: they hold reprints with up to a tenth of the words changed, and not the half of
an article that another outlet printed. So here it is asked how much of the shorter text stands in the longer one. Of the
demo's six reprints 95 to 98 of 100 pairs of syllables do, of all other pairs of its articles at most 25.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from crawlers.records import join_lead
from index.base import Document
from index.kept.duplicates import PERMUTATIONS, sign
from index.querying.tokens import tokens

_SAME = 0.6
"""The share of the shorter text's pairs of syllables that stand in the longer one."""
_LIKELY = 0.35
"""The share that the signatures must promise before the texts themselves are compared."""
_SHORTEST = 0.3
"""What part of the longer text the shorter one must be: a roundup that quotes a piece is another story."""
_FEWEST_PAIRS = 20
_FEWEST_NUMBERS = 4
_SAME_NUMBERS = 0.5
"""A report of every month keeps its words and changes its numbers: it is news each time, and no reprint."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article's text made comparable."""

    document: Document
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    signature: bytes | None

    @classmethod
    def of(cls, document: Document) -> Words:
        text = join_lead(document.lead, document.text)
        found = tokens(text)
        numbers = frozenset(token for token in found if not token.isalpha() and any(map(str.isdigit, token)))
        return cls(document, frozenset(pairwise(found)), numbers, sign(text))


def is_reprint(one: Words, other: Words) -> bool:
    """Whether two articles tell one story in the same words and with the same numbers."""
    shorter, longer = sorted((one, other), key=lambda words: len(words.pairs))
    few, many = len(shorter.pairs), len(longer.pairs)
    if few < max(_FEWEST_PAIRS, _SHORTEST * many):
        return False
    if len(shorter.pairs & longer.pairs) < _SAME * few:
        return False
    fewer, more = sorted((shorter.numbers, longer.numbers), key=len)
    return len(fewer) < _FEWEST_NUMBERS or len(fewer & more) >= _SAME_NUMBERS * len(fewer)


class Shelf:
    """Articles among which the reprints of others are looked for."""

    def __init__(self, articles: Sequence[Words]) -> None:
        self._articles = articles
        blank = bytes(4 * PERMUTATIONS)
        rows = b"".join(words.signature or blank for words in articles)
        self._signatures = np.frombuffer(rows, np.uint32).reshape(-1, PERMUTATIONS)
        self._is_signed = np.array([words.signature is not None for words in articles], bool)
        self._sizes = np.array([len(words.pairs) for words in articles], float)

    def first_like(self, words: Words, *, until: int | None = None) -> int | None:
        """The place of the first article that tells the same story, of the first `until`."""
        for number in np.flatnonzero(self._likely(words, until)).tolist():
            if is_reprint(words, self._articles[number]):
                return number
        return None

    def _likely(self, words: Words, until: int | None) -> NDArray[np.bool_]:
        """Signatures tell of a hundred articles in the time that two texts take; those too short for one are likely."""
        signed, sizes = self._is_signed[:until], self._sizes[:until]
        if words.signature is None:
            return np.ones(len(sizes), bool)
        similar = np.mean(self._signatures[:until] == np.frombuffer(words.signature, np.uint32), axis=1)
        shared = similar / (1 + similar) * (sizes + len(words.pairs))
        likely: NDArray[np.bool_] = (shared >= _LIKELY * np.minimum(sizes, len(words.pairs))) | ~signed
        return likely


def group(articles: Iterable[Words]) -> list[list[Words]]:
    """The articles by story, in the order in which they come; each joins the first that one of its articles tells."""
    listed = list(articles)
    shelf = Shelf(listed)
    stories: list[list[Words]] = []
    story_of: list[list[Words]] = []
    for number, words in enumerate(listed):
        like = shelf.first_like(words, until=number)
        story = [] if like is None else story_of[like]
        if like is None:
            stories.append(story)
        story.append(words)
        story_of.append(story)
    return stories
