"""Many standing questions against one article: which of them find it, as `Index.search` would, without asking any index.

Each question is cut into clauses. What an article holds of all that is asked for is found once (index.facts), and how much of
it each clause wants is counted (index.tally). No question is looked at by itself but those that ask for days, for an OR beside
words or for several things of one figure, and of those only the ones whose other wishes are fulfilled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from index.base import Document, Node, Query, Tier
from index.clauses import Clause, Clauses
from index.facts import Facts
from index.ready import ReadyDocument
from index.tally import Tally
from index.tiers import tiers_of

_Keys = tuple[str, ...]
"""Those of all who ask the same."""


class Matcher:
    """Finds the questions that an article answers.

    As `Index.search`, both tiers; without what a search falls back on where nothing holds a single word as typed (law 6
    and index.tiers), for that depends on all the other articles. Nothing changes it, so threads may share one.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        """`queries` by keys of the caller's."""
        exact, folded = _trees(queries)
        self._facts = Facts([*exact, *folded])
        clauses = Clauses(self._facts)
        groups = [*_by_looks(exact, clauses), *_by_looks(folded, clauses)]
        cut = list(chain.from_iterable(groups))
        self._tally = Tally([clause for clause, _ in cut], len(self._facts))
        self._looks = [clause.looks for clause, _ in cut]
        self._keys = [keys for _, keys in cut]
        self._ends = np.cumsum(list(map(len, groups)))[:-1]

    def match(self, document: Document) -> Iterator[tuple[str, Tier]]:
        """The keys of the queries that find the article, each with the tier in which it does."""
        ready = ReadyDocument(document)
        ready.facts = self._facts.true_of(ready)
        held = self._tally.held(ready.facts)
        groups = [group.tolist() for group in np.split(held, held.searchsorted(self._ends))]
        exact, exact_if, folded, folded_if = groups
        found: dict[str, Tier] = dict.fromkeys(self._keys_of(folded + self._agreed(folded_if, ready)), "folded")
        found.update(dict.fromkeys(self._keys_of(exact + self._agreed(exact_if, ready)), "exact"))
        return iter(found.items())

    def _agreed(self, numbers: list[int], ready: ReadyDocument) -> list[int]:
        return [number for number in numbers if all(look(ready) for look in self._looks[number])]

    def _keys_of(self, numbers: list[int]) -> Iterator[str]:
        return chain.from_iterable(map(self._keys.__getitem__, numbers))


def _trees(queries: Mapping[str, Query]) -> tuple[dict[Node, _Keys], dict[Node, _Keys]]:
    """The trees of each tier, exact and folded; one that many ask for comes once, with all their keys."""
    exact: dict[Node, list[str]] = {}
    folded: dict[Node, list[str]] = {}
    for key, query in queries.items():
        tiers = tiers_of(query)
        exact.setdefault(tiers.exact, []).append(key)
        if tiers.folded is not None:
            folded.setdefault(tiers.folded, []).append(key)
    return _frozen(exact), _frozen(folded)


def _frozen(trees: dict[Node, list[str]]) -> dict[Node, _Keys]:
    return {tree: tuple(keys) for tree, keys in trees.items()}


def _by_looks(trees: Mapping[Node, _Keys], clauses: Clauses) -> tuple[Sequence[tuple[Clause, _Keys]], ...]:
    """The clauses that their facts decide, and those that look at the article too."""
    cut = [(clause, keys) for tree, keys in trees.items() for clause in clauses.of(tree)]
    return [one for one in cut if not one[0].looks], [one for one in cut if one[0].looks]
