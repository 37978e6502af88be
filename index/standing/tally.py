"""Which of thousands of clauses hold: for each, how many of its facts are true is counted, for all of them at once.

Most clauses want a single fact: they hold where it is true, and are not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt

from index.standing.clauses import Clause

Numbers = npt.NDArray[np.int64]


class Tally:
    """Counts for clauses by their numbers, from 0 on; what they have to look at is not looked at here."""

    def __init__(self, clauses: Sequence[Clause], facts: int) -> None:
        """`facts` is how many facts there are."""
        counted = [number for number, clause in enumerate(clauses) if len(clause.wanted) != 1 or clause.excluded]
        excluding = [place for place, number in enumerate(counted) if clauses[number].excluded]
        alone, several = _lists(facts), _lists(facts)
        for number in set(range(len(clauses))).difference(counted):
            _add(alone, clauses[number].wanted, number)
        for place, number in enumerate(counted):
            _add(several, clauses[number].wanted, place)
        for place, excluded in enumerate(excluding, start=len(counted)):
            _add(several, clauses[counted[excluded]].excluded, place)
        self._alone, self._several = Rows(alone), Rows(several)
        """For each fact the clauses that want nothing else; the places in `counted` of the others, and after all of them the
        places in `excluding` of those that exclude it."""
        self._counted, self._excluding = _numbers(counted), _numbers(excluding)
        self._wanted = _numbers(len(clauses[number].wanted) for number in counted)

    def held(self, facts: Collection[int]) -> Numbers:
        """The numbers of the clauses that hold where these facts are true and no others, in no order."""
        true = np.fromiter(facts, dtype=np.int64, count=len(facts))
        places = len(self._counted)
        counts = np.bincount(self._several.of(true), minlength=places + len(self._excluding))
        holds = counts[:places] == self._wanted
        holds[self._excluding[counts[places:] > 0]] = False
        return np.concatenate([self._alone.of(true), self._counted[holds]])


class Rows:
    """Lists of numbers, one after the other in memory: to gather many of them is a few steps for all."""

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self._lengths = _numbers(map(len, rows))
        self._starts = _numbers(accumulate(map(len, rows), initial=0))[:-1]
        self._all = _numbers(chain.from_iterable(rows))

    def of(self, rows: Numbers) -> Numbers:
        """What stands in these rows."""
        lengths = self._lengths[rows]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return self._all[np.arange(total) + np.repeat(self._starts[rows] - ends + lengths, lengths)]


def _lists(count: int) -> list[list[int]]:
    return [[] for _ in range(count)]


def _add(lists: list[list[int]], facts: Iterable[int], number: int) -> None:
    for fact in facts:
        lists[fact].append(number)


def _numbers(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, dtype=np.int64)
