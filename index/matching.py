"""Many standing questions against one article: which of them find it, as `Index.search` would, without asking any index.

Each question hangs on something that an article must hold to be found (words, a phrase, a topic …), the rarest that it offers.
What an article holds is found once, for all questions, and only those that hang on it are tried. What is rare is learnt from
the articles that pass: it decides how quickly, never what, is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.base import And, Document, Filter, Node, Not, Or, Phrase, Query, Term, Tier
from index.leaves import Leaf, Leaves
from index.tiers import tiers_of
from index.truth import ReadyDocument, Truth, truth_of

Anchor = tuple[str, Hashable]
"""("words", the number of a leaf), or a field and a value: ("topic", "security")."""
_FIELDS = ("topic", "place", "source", "indicator", "unit", "kind")
_LEARNT_AFTER = frozenset((16, 128, 1024))
"""Articles seen after which anchors are chosen anew."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """One tier of one question. Many who ask the same share it."""

    node: Node
    truth: Truth | None
    """None: what it hangs on is all that it asks for."""
    tier: Tier
    found: dict[str, Tier]
    """The key of everybody who asks it, with the tier."""


class Matcher:
    """Finds the questions that an article answers.

    As `Index.search`, both tiers; without what a search falls back on where nothing holds a single word as typed (law 6
    and index.tiers), for that depends on all the other articles.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        """`queries` by keys of the caller's."""
        trees = list(_trees(queries))
        self._leaves = Leaves(leaf for node, _, _ in trees for leaf in _words_in(node))
        self._trees = [_Tree(node, self._truth(node), tier, dict.fromkeys(keys, tier)) for node, tier, keys in trees]
        self._seen = 0
        self._held: Counter[Anchor] = Counter()
        """How many of the articles seen held what a question may hang on."""
        self._hanging: dict[str, dict[Hashable, list[_Tree]]] = {}
        self._free: list[_Tree] = []
        """Questions that hang on nothing ("everything since May"): tried on every article."""
        self._hang()

    def match(self, document: Document) -> Iterator[tuple[str, Tier]]:
        """The keys of the queries that find the article, each with the tier in which it does."""
        ready = ReadyDocument(document)
        self._leaves.mark(ready)
        self._learn(ready)
        exact: dict[str, Tier] = {}
        folded: dict[str, Tier] = {}
        for tree in self._tried(ready):
            if tree.truth is None or tree.truth(ready):
                (exact if tree.tier == "exact" else folded).update(tree.found)
        folded.update(exact)
        return iter(folded.items())

    def _tried(self, ready: ReadyDocument) -> list[_Tree]:
        """The trees that hang on something that the article holds; one that hangs on several things comes for each."""
        tried = list(self._free)
        for field, hanging in self._hanging.items():
            for value in hanging.keys() & _held_by(ready, field):
                tried += hanging[value]
        return tried

    def _learn(self, ready: ReadyDocument) -> None:
        self._seen += 1
        if self._seen > max(_LEARNT_AFTER):
            return
        self._leaves.learn(ready)
        for field in self._hanging:
            self._held.update((field, value) for value in _held_by(ready, field))
        if self._seen in _LEARNT_AFTER:
            self._leaves.settle()
            self._hang()

    def _truth(self, node: Node) -> Truth | None:
        match node:
            case Term() | Phrase():
                return None
            case Or(parts=parts) if all(isinstance(part, Term | Phrase) for part in parts):
                some = self._numbers(parts)
                return lambda document: not some.isdisjoint(document.true)
            case And(parts=parts):
                return self._conjunction(parts)
            case _:
                return truth_of(node, self._truth_of_leaf)

    def _conjunction(self, parts: Sequence[Node]) -> Truth:
        """Words wanted and words excluded are looked at as two sets, before what is left."""
        wanted = self._numbers(parts)
        excluded = self._numbers([part.part for part in parts if isinstance(part, Not)])
        rest = [part for part in parts if not isinstance(part.part if isinstance(part, Not) else part, Term | Phrase)]
        if not rest:
            return lambda document: wanted <= document.true and excluded.isdisjoint(document.true)
        others = truth_of(And(parts=tuple(rest)), self._truth_of_leaf)
        return lambda document: wanted <= document.true and excluded.isdisjoint(document.true) and others(document)

    def _numbers(self, parts: Iterable[Node]) -> frozenset[int]:
        return frozenset(self._leaves.number[part] for part in parts if isinstance(part, Term | Phrase))

    def _truth_of_leaf(self, leaf: Leaf) -> Truth:
        number = self._leaves.number[leaf]
        return lambda document: number in document.true

    def _hang(self) -> None:
        self._hanging, self._free = {}, []
        for tree in self._trees:
            anchored = self._anchored(tree.node)
            if anchored is None:
                self._free.append(tree)
            for field, value in anchored[1] if anchored else ():
                self._hanging.setdefault(field, {}).setdefault(value, []).append(tree)

    def _anchored(self, node: Node) -> tuple[int, frozenset[Anchor]] | None:
        """What an article must hold one of for the tree to be true, and how often that is held; None: no such thing."""
        match node:
            case Term() | Phrase():
                anchor: Anchor = "words", self._leaves.number[node]
                return self._held[anchor], frozenset([anchor])
            case Filter(field=field, values=values) if field in _FIELDS:
                anchors: frozenset[Anchor] = frozenset((field, value) for value in values)
                return sum(self._held[anchor] for anchor in anchors), anchors
            case And(parts=parts):
                some = [anchored for part in parts if (anchored := self._anchored(part)) is not None]
                return min(some, key=lambda one: (one[0], len(one[1])), default=None)
            case Or(parts=parts):
                every = [self._anchored(part) for part in parts]
                known = [anchored for anchored in every if anchored is not None]
                if len(known) < len(every):
                    return None
                return sum(count for count, _ in known), frozenset().union(*(anchors for _, anchors in known))
            case _:
                return None


def _trees(queries: Mapping[str, Query]) -> Iterator[tuple[Node, Tier, tuple[str, ...]]]:
    """The trees of all questions; a question that many ask comes once, with all their keys."""
    keys: dict[tuple[Node, Node | None], list[str]] = {}
    for key, query in queries.items():
        tiers = tiers_of(query)
        keys.setdefault((tiers.exact, tiers.folded), []).append(key)
    for (exact, folded), some in keys.items():
        yield exact, "exact", tuple(some)
        if folded is not None:
            yield folded, "folded", tuple(some)


def _words_in(node: Node) -> Iterator[Leaf]:
    match node:
        case Term() | Phrase():
            yield node
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _words_in(part)
        case Not(part=part):
            yield from _words_in(part)


def _held_by(ready: ReadyDocument, field: str) -> set[Hashable]:
    return set(ready.true) if field == "words" else set(ready.values(field))
