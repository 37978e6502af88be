"""Which of thousands of clauses hold: for each, how many of its facts are true is counted, for all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from index.clauses import Clause

_Numbers = npt.NDArray[np.int64]


class Tally:
    """Counts for clauses by their numbers, from 0 on; what they have to look at is not looked at here."""

    def __init__(self, clauses: Sequence[Clause], facts: int) -> None:
        """`facts` is how many facts there are."""
        excluding = [number for number, clause in enumerate(clauses) if clause.excluded]
        counted: list[list[int]] = [[] for _ in range(facts)]
        for number, clause in enumerate(clauses):
            _add(counted, clause.wanted, number)
        for number, excluded in enumerate(excluding, start=len(clauses)):
            _add(counted, clauses[excluded].excluded, number)
        self._counted = [_numbers(some) for some in counted]
        """For each fact the clauses that want it, and after all clauses the places in `excluding` of those that exclude it."""
        self._wanted = _numbers(len(clause.wanted) for clause in clauses)
        self._excluding = _numbers(excluding)

    def held(self, facts: Collection[int]) -> _Numbers:
        """The numbers of the clauses that hold where these facts are true and no others, in order."""
        clauses = len(self._wanted)
        counted = np.concatenate([_NONE, *map(self._counted.__getitem__, facts)])
        counts = np.bincount(counted, minlength=clauses + len(self._excluding))
        holds = counts[:clauses] == self._wanted
        holds[self._excluding[counts[clauses:] > 0]] = False
        return np.flatnonzero(holds)


def _add(counted: list[list[int]], facts: Iterable[int], number: int) -> None:
    for fact in facts:
        counted[fact].append(number)


def _numbers(numbers: Iterable[int]) -> _Numbers:
    return np.fromiter(numbers, dtype=np.int64)


_NONE = _numbers(())
