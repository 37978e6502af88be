"""A query's tree ─► clauses: facts that must be true together, facts that must not be, and what is left to look at.

The tree is true of a document where one of its clauses is. Most questions are one or two of them with nothing left to look
at; what is left (days, one and the same figure, an OR beside words) is judged only where the facts are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from index.base import And, Everything, Filter, Node, Not, Or, Phrase, Term
from index.querying.trees import same_figure
from index.standing.facts import Facts, Leaf, is_run
from index.standing.truth import Truth, truth_of, truth_of_words

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """True where all that is wanted is true, nothing excluded is, and every look agrees."""

    wanted: frozenset[int] = _NONE
    excluded: frozenset[int] = _NONE
    looks: tuple[Truth, ...] = ()


class Clauses:
    """Cuts trees into clauses over the facts that they ask for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def of(self, node: Node) -> list[Clause]:
        match node:
            case Everything():
                return [Clause()]
            case Term() | Phrase():
                wanted = self._facts.of_words(node)
                return [Clause(wanted, looks=(truth_of_words(node),) if _is_near(node) else ())]
            case Filter(field=field, values=values):
                return [Clause(frozenset([self._facts.of_value(field, value)])) for value in values]
            case Or(parts=parts):
                return list(chain.from_iterable(map(self.of, parts)))
            case And(parts=parts):
                return self._conjunction(parts)
            case Not(part=part):
                return [self._excluding(part)]
            case _:
                return [Clause(looks=(truth_of(node),))]

    def _excluding(self, part: Node) -> Clause:
        clauses = self.of(part)
        if all(len(clause.wanted) == 1 and not clause.excluded and not clause.looks for clause in clauses):
            return Clause(excluded=_NONE.union(*(clause.wanted for clause in clauses)))
        return Clause(looks=(truth_of(Not(part=part), self._truth_of_words),))

    def _conjunction(self, parts: Sequence[Node]) -> list[Clause]:
        """Where an AND wants no fact by itself, the shortest of its ORs is dealt out, so that its clauses want some."""
        of_figures = same_figure(parts)
        if len(of_figures) == 1 and isinstance(of_figures[0], Filter):  # whichever figure it is
            of_figures = []
        parts = [part for part in parts if part not in of_figures]
        cut = [(part, self.of(part)) for part in parts]
        whole = _all_of([clauses[0] for _, clauses in cut if len(clauses) == 1] + self._one_figure(of_figures))
        ors = sorted((one for one in cut if len(one[1]) != 1), key=lambda one: len(one[1]))
        dealt = ors.pop(0)[1] if ors and not whole.wanted else [Clause()]
        looks = tuple(truth_of(part, self._truth_of_words) for part, _ in ors)
        return [_all_of([whole, clause, Clause(looks=looks)]) for clause in dealt]

    def _one_figure(self, parts: list[Node]) -> list[Clause]:
        """What one and the same figure must be. That the article holds each value somewhere is known sooner."""
        if not parts:
            return []
        single = [part for part in parts if isinstance(part, Filter) and len(part.values) == 1]
        wanted = frozenset(self._facts.of_value(part.field, part.values[0]) for part in single)
        return [Clause(wanted, looks=(truth_of(And(parts=tuple(parts))),))]

    def _truth_of_words(self, leaf: Leaf) -> Truth:
        wanted = self._facts.of_words(leaf)
        if _is_near(leaf):
            near = truth_of_words(leaf)
            return lambda document: wanted <= document.facts and near(document)
        return lambda document: wanted <= document.facts


def _all_of(clauses: Iterable[Clause]) -> Clause:
    some = list(clauses)
    return Clause(
        _NONE.union(*(clause.wanted for clause in some)),
        _NONE.union(*(clause.excluded for clause in some)),
        tuple(chain.from_iterable(clause.looks for clause in some)),
    )


def _is_near(leaf: Leaf) -> bool:
    return isinstance(leaf, Phrase) and len(leaf.words) > 1 and not is_run(leaf)
