"""Many standing questions against one article: which of them find it, as `Index.search` would, without asking any index.

Each question is anchored on something that an article must hold to be found (a word, two words side by side, a topic …), the
rarest that it offers. An article is looked up in the table of anchors, and only the questions that hang on what it holds
are tried on it. What is rare is learnt from the articles that pass; it decides how quickly, never what, is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from index.base import And, Document, Filter, Node, Or, Phrase, Query, Term, Tier
from index.tiers import tiers_of
from index.truth import ReadyDocument, Truth, truth_of

Anchor = tuple[str, Hashable]
"""A table, and what stands in it: ("exact words", "hộ"), ("folded pairs", ("ho", "tich")), ("topic", "security")."""
_FIELDS = ("topic", "place", "source", "indicator", "unit", "kind")
_TABLES: dict[str, Callable[[ReadyDocument], Iterable[Hashable]]] = {
    "exact words": lambda ready: ready.exact.known,
    "exact pairs": lambda ready: ready.exact.pairs,
    "folded words": lambda ready: ready.folded.known,
    "folded pairs": lambda ready: ready.folded.pairs,
    **{field: partial(ReadyDocument.values, field=field) for field in _FIELDS},
}
"""What an article holds of each table."""
_LEARNT_AFTER = frozenset((16, 128, 1024))
"""Articles seen after which anchors are chosen anew."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question, whoever asks it: two trees as truths."""

    exact: Truth
    folded: Truth | None
    trees: tuple[Node, ...]
    keys: tuple[str, ...]
    """Of all that ask it."""


class Matcher:
    """Finds the questions that an article answers.

    As `Index.search`, both tiers; without what a search falls back on where nothing holds a single word as typed (law 6
    and index.tiers), for that depends on all the other articles.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        """`queries` by keys of the caller's."""
        self._asked = _gather(queries)
        self._seen = 0
        self._held: Counter[Anchor] = Counter()
        """How many of the articles seen held an anchor."""
        self._offers = _by_table(anchor for asked in self._asked for tree in asked.trees for anchor in _offered(tree))
        self._hanging: dict[str, dict[Hashable, list[_Asked]]] = {}
        self._free: list[_Asked] = []
        """Questions that nothing anchors ("everything since May"): tried on every article."""
        self._hang()

    def match(self, document: Document) -> Iterator[tuple[str, Tier]]:
        """The keys of the queries that find the article, each with the tier in which it does."""
        ready = ReadyDocument(document)
        self._learn(ready)
        tried: dict[int, _Asked] = {id(asked): asked for asked in self._free}
        for table, hanging in self._hanging.items():
            for key in hanging.keys() & _TABLES[table](ready):
                tried.update((id(asked), asked) for asked in hanging[key])
        for asked in tried.values():
            if asked.exact(ready):
                yield from ((key, "exact") for key in asked.keys)
            elif asked.folded is not None and asked.folded(ready):
                yield from ((key, "folded") for key in asked.keys)

    def _learn(self, ready: ReadyDocument) -> None:
        self._seen += 1
        if self._seen <= max(_LEARNT_AFTER):
            for table, offers in self._offers.items():
                self._held.update((table, key) for key in offers.intersection(_TABLES[table](ready)))
            if self._seen in _LEARNT_AFTER:
                self._hang()

    def _hang(self) -> None:
        hanging: dict[str, dict[Hashable, list[_Asked]]] = {}
        free: list[_Asked] = []
        for asked in self._asked:
            anchored = [self._anchored(tree) for tree in asked.trees]
            known = [one for one in anchored if one is not None]
            if len(known) < len(anchored):
                free.append(asked)
                continue
            for table, key in frozenset().union(*(anchors for _, anchors in known)):
                hanging.setdefault(table, {}).setdefault(key, []).append(asked)
        self._hanging, self._free = hanging, free

    def _anchored(self, node: Node) -> tuple[int, frozenset[Anchor]] | None:
        """Anchors of which an article must hold one for the tree to be true, and how often they are held; None: no such."""
        match node:
            case Term() | Phrase():
                rarest = min(_of_words(node), key=lambda anchor: (self._held[anchor], str(anchor)))
                return self._held[rarest], frozenset([rarest])
            case Filter(field=field, values=values) if field in _FIELDS:
                anchors = frozenset((field, value) for value in values)
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


def _gather(queries: Mapping[str, Query]) -> list[_Asked]:
    """The different questions; what many ask is tried once."""
    keys: dict[tuple[Node, ...], list[str]] = {}
    for key, query in queries.items():
        tiers = tiers_of(query)
        trees = (tiers.exact,) if tiers.folded is None else (tiers.exact, tiers.folded)
        keys.setdefault(trees, []).append(key)
    return [
        _Asked(truth_of(trees[0]), truth_of(trees[1]) if len(trees) > 1 else None, trees, tuple(some))
        for trees, some in keys.items()
    ]


def _offered(node: Node) -> Iterator[Anchor]:
    """All that a tree might be hung on."""
    match node:
        case Term() | Phrase():
            yield from _of_words(node)
        case Filter(field=field, values=values) if field in _FIELDS:
            yield from ((field, value) for value in values)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _offered(part)
        case _:
            return


def _of_words(node: Term | Phrase) -> list[Anchor]:
    side = "folded" if node.folded else "exact"
    if isinstance(node, Phrase) and node.slop == 0 and len(node.words) > 1:
        return [(f"{side} pairs", pair) for pair in pairwise(node.words)]
    return [(f"{side} words", word) for word in node.words]


def _by_table(anchors: Iterable[Anchor]) -> dict[str, set[Hashable]]:
    tables: dict[str, set[Hashable]] = {}
    for table, key in anchors:
        tables.setdefault(table, set()).add(key)
    return tables
