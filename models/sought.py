"""Phrases that are looked for in whole texts: lists from all over this package, found in one pass; and digits.

A pass takes as long for all of them as for one, and each would bring its own tables into the processor's cache.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import ahocorasick_rs

from models.vocabulary import QUICK

_LISTS: list[tuple[str, ...]] = []
"""Of every Sought that was made."""


class Sought:
    """A list of phrases in small letters. Made once and kept: each that is made later makes the tables of all of them anew."""

    def __init__(self, *phrases: str) -> None:
        self.phrases = phrases
        self._number = len(_LISTS)
        _LISTS.append(phrases)

    def found_in(self, text: str) -> Sequence[tuple[int, int]]:
        """Where each of the phrases begins, inside words and one another too, and its place in the list; in order.

        >>> Sought("cả nước", "nước").found_in("Cả nước và cả nước ta")
        [(3, 1), (11, 0), (14, 1)]
        """
        return _found_in(text, len(_LISTS))[self._number]

    def starts_in(self, text: str) -> list[int]:
        """As found_in, the beginnings alone."""
        return [start for start, _ in self.found_in(text)]


# Not "\d+": behind a plain first digit a search skips to the next one, in two thirds of the time.
DIGITS_RUN = re.compile(r"\d\d*(?:[.,]\d+)*")


# The readers of numbers and times ask about one text in a row.
@lru_cache(maxsize=8)
def digits_in(lower: str) -> list[re.Match[str]]:
    """Where digits stand, with the dots and commas between them.

    >>> [run[0] for run in digits_in("tăng 1.250,5 lần, lên 7.")]
    ['1.250,5', '7']
    """
    return list(DIGITS_RUN.finditer(lower))


# The readers of numbers, bodies and times ask about one text in a row.
@lru_cache(maxsize=8)
def _found_in(text: str, lists: int) -> list[list[tuple[int, int]]]:
    automaton, of = _automaton(lists)
    found: list[list[tuple[int, int]]] = [[] for _ in range(lists)]
    for phrase, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        number, place = of[phrase]
        found[number].append((start, place))
    for one in found:
        one.sort()
    return found


@cache
def _automaton(lists: int) -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[int, int]]]:
    """All phrases of the first so many lists, and for each its list and its place there."""
    of = [(number, place) for number in range(lists) for place in range(len(_LISTS[number]))]
    phrases = [_LISTS[number][place] for number, place in of]
    return ahocorasick_rs.AhoCorasick(phrases, implementation=QUICK), of
