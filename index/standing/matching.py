"""Many standing questions against one article: which of them find it, as `Index.search` would, without asking any index.

Each question is cut into clauses. What an article holds of all that is asked for is found once (index.standing.facts), and how much of
it each clause wants is counted (index.tally). No question is looked at by itself but those that ask for days, for an OR beside
words or for several things of one figure, and of those only the ones whose other wishes are fulfilled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from index.base import Document, Node, Query, Tier
from index.querying.tiers import tiers_of
from index.standing.clauses import Clauses
from index.standing.facts import Facts
from index.standing.ready import ReadyDocument
from index.standing.tally import Numbers, Rows, Tally

_FOLDED, _EXACT, _STEP = 1, 2, 4
_TIERS: tuple[Tier, ...] = ("folded", "folded", "exact")


class Matcher:
    """Finds the questions that an article answers.

    As `Index.search`, both tiers; without what a search falls back on where nothing holds a single word as typed (law 6
    and index.tiers), for that depends on all the other articles. Nothing that is asked of it changes what it answers, so
    threads may share one.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        """`queries` by keys of the caller's."""
        trees = _trees(queries)
        self._facts = Facts(trees)
        clauses = Clauses(self._facts)
        cut = [(clause, askers) for tree, askers in trees.items() for clause in clauses.of(tree)]
        self._tally = Tally([clause for clause, _ in cut], len(self._facts))
        self._looks = {number: clause.looks for number, (clause, _) in enumerate(cut) if clause.looks}
        self._is_decided = np.array([not clause.looks for clause, _ in cut], dtype=np.bool_)
        self._askers = Rows([askers for _, askers in cut])
        self._keys = list(queries)

    def match(self, document: Document) -> Iterator[tuple[str, Tier]]:
        """The keys of the queries that find the article, each with the tier in which it does."""
        ready = self._facts.ready(document)
        askers = self._askers.of(self._agreed(self._tally.held(ready.facts), ready))
        found = np.zeros(len(self._keys), dtype=np.uint8)
        for tier in (_FOLDED, _EXACT):  # what is found exactly is not told as folded
            found[askers[askers % _STEP == tier] // _STEP] = tier
        places = found.nonzero()[0]
        keys = map(self._keys.__getitem__, places.tolist())
        return zip(keys, map(_TIERS.__getitem__, found[places].tolist()), strict=True)

    def _agreed(self, held: Numbers, ready: ReadyDocument) -> Numbers:
        """Those of the clauses whose looks at the article agree too."""
        if not self._looks:
            return held
        is_decided = self._is_decided[held]
        looked = [one for one in held[~is_decided].tolist() if all(look(ready) for look in self._looks[one])]
        return np.concatenate([held[is_decided], np.array(looked, dtype=np.int64)])


def _trees(queries: Mapping[str, Query]) -> dict[Node, list[int]]:
    """The trees of all, both tiers; one that many ask for comes once, with all of them.

    Who asks is its query's place and, below that, the tier.
    """
    trees: dict[Node, list[int]] = {}
    for place, query in enumerate(queries.values()):
        tiers = tiers_of(query)
        trees.setdefault(tiers.exact, []).append(place * _STEP + _EXACT)
        if tiers.folded is not None:
            trees.setdefault(tiers.folded, []).append(place * _STEP + _FOLDED)
    return trees
