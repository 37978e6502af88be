"""Reading tantivy: the two tiers of one question as two shelves, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from index.base import Count, FacetName, Found, Node, Query, Tier
from index.codec import moment_from_json
from index.engines.cursors import Place
from index.engines.shelves import TwoShelves, sum_counts
from index.engines.tantivy_query import QueryBuilder, both, but_not, either
from index.querying.tiers import covers, tiers_of

_SCORE_DIGITS = 4
"""The same text scores the same but for its last bits, which depend on the segment it lies in."""
_MOST_FACET_VALUES = 5_000


@dataclass(frozen=True, slots=True)
class Top:
    """The best hits of a query, with all that tie with the last of them, and how many hits there are in all."""

    hits: list[tuple[float, tantivy.DocAddress]]
    total: int


def top(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int, *, by_date: bool) -> Top:
    """The `wanted` best hits and their ties: tantivy breaks ties by where an entry lies, which a merge changes."""
    limit = max(1, min(wanted + 1, searcher.num_docs))  # tantivy makes room for all it might find
    while True:
        result = searcher.search(query, limit, order_by_field="order" if by_date else None)
        hits = [(key if by_date else round(key, _SCORE_DIGITS), at) for key, at in result.hits]
        total = _total_of(result)
        if len(hits) <= wanted:
            return Top(hits, total)
        last = hits[wanted - 1][0]
        if hits[-1][0] != last or len(hits) == total:
            return Top([hit for hit in hits if hit[0] >= last], total)
        limit = min(limit * 4, total)


def count_matching(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    return _total_of(searcher.search(query, 1, order_by_field="order"))  # by a fast field, so that nothing is scored


def _total_of(result: tantivy.SearchResult) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # missing from tantivy's stub
    return count


def stored(searcher: tantivy.Searcher, at: tantivy.DocAddress, *names: str) -> list[str | None]:
    """Stored fields of one entry, None for what it lacks."""
    entry = searcher.doc(at)
    return [entry.get_first(name) for name in names]


class Shelf:
    """One tier's articles, in order. What is counted on the way is not counted again."""

    def __init__(
        self,
        tier: Tier,
        searcher: tantivy.Searcher,
        queries: QueryBuilder,
        node: Node,
        *,
        excluded: Shelf | None = None,
        respelt: tantivy.Query | None = None,
    ) -> None:
        self.node = node
        self.holds_exact = excluded is not None and respelt is None and covers(node, excluded.node)
        """Whether the tree finds the other shelf's articles too, so that it finds all there are."""
        self._tier: Tier = tier
        self._searcher = searcher
        self._queries = queries
        self._excluded = excluded
        self._total: int | None = None
        self._wanted = queries.matching(node) if respelt is None else respelt
        self.matching = self._without_excluded(self._wanted)

    @property
    def total(self) -> int:
        if self._total is None:
            if self.holds_exact and self._excluded:
                self._total = count_matching(self._searcher, self._queries.matching(self.node)) - self._excluded.total
            else:
                self._total = count_matching(self._searcher, self.matching)
        return self._total

    def set_total(self, total: int) -> None:
        """It was counted elsewhere on the way."""
        self._total = total

    def after(self, place: Place, limit: int) -> list[tuple[float, Found]]:
        """The next articles of this tier, each with the key that it is ordered by."""
        return self._newest(place, limit) if place.by_date else self._best(place, limit)

    def _best(self, place: Place, limit: int) -> list[tuple[float, Found]]:
        ranked = self._without_excluded(self._queries.ranked(self.node, self._wanted))
        best = top(self._searcher, ranked, place.offset + limit, by_date=False)
        self._total = best.total
        return self._in_order(best)[place.offset : place.offset + limit]

    def _newest(self, place: Place, limit: int) -> list[tuple[float, Found]]:
        """From the last article on, not from its number: what came in meanwhile on top moves nothing."""
        started = place.offset > 0
        query = both(self.matching, self._queries.up_to(int(place.key))) if started else self.matching
        wanted = limit
        while True:
            newest = top(self._searcher, query, wanted, by_date=True)
            if not started:
                self._total = newest.total
            following = self._in_order(newest)
            if started:
                following = [(key, found) for key, found in following if (-key, found.id) > (-place.key, place.id)]
            if len(following) >= limit or len(newest.hits) == newest.total:
                return following[:limit]
            wanted *= 4

    def _without_excluded(self, query: tantivy.Query) -> tantivy.Query:
        return query if self._excluded is None else but_not(query, self._queries.sides(self._excluded.node))

    def _in_order(self, best: Top) -> list[tuple[float, Found]]:
        ranked = [(key, self._found(key, at)) for key, at in best.hits]
        ranked.sort(key=lambda pair: (-pair[0], pair[1].id))
        return ranked

    def _found(self, key: float, at: tantivy.DocAddress) -> Found:
        article_id, published = stored(self._searcher, at, "id", "published")
        return Found(id=article_id or "", tier=self._tier, score=key, published=moment_from_json(published))


class Shelves(TwoShelves[Shelf]):
    """The exact and the folded tier of one question, at one moment of the index."""

    def __init__(self, searcher: tantivy.Searcher, queries: QueryBuilder, query: Query) -> None:
        self._searcher = searcher
        self._queries = queries
        self._tiers = tiers_of(query)
        self.exact = Shelf("exact", searcher, queries, self._tiers.exact)
        self._folded: Shelf | None = None
        self._is_folded_known = False

    @property
    def folded(self) -> Shelf | None:
        if not self._is_folded_known:
            node = self._folded_node()
            self._folded = None if node is None else self._folded_shelf(node)
            self._is_folded_known = True
        return self._folded

    def _folded_shelf(self, node: Node) -> Shelf | None:
        respelt: tantivy.Query | None = None
        if self._tiers.is_respelt and node == self._tiers.folded and self._queries.is_of_articles:
            respelt = self._queries.respelt(self._searcher, node, self.exact.node)
            if respelt is None:
                return None
        return Shelf("folded", self._searcher, self._queries, node, excluded=self.exact, respelt=respelt)

    def _folded_node(self) -> Node | None:
        tiers = self._tiers
        if tiers.fallback is None or self.exact.total:
            return tiers.folded
        if tiers.words != tiers.exact:
            words = self._queries.matching(tiers.words)
            if count_matching(self._searcher, words):
                return tiers.folded
        return tiers.fallback

    def matching(self) -> tantivy.Query:
        """Finds both tiers, untold apart."""
        if self.folded is None:
            return self.exact.matching
        if self.folded.holds_exact or not self.exact.total:
            return self._queries.matching(self.folded.node)
        return either(self.exact.matching, self._queries.matching(self.folded.node))

    def count(self, facets: Sequence[FacetName]) -> dict[FacetName, tuple[Count, ...]]:
        """For each facet its values, the most frequent first. How many the folded are is counted on the way."""
        asked = {name: {"terms": {"field": name, "size": _MOST_FACET_VALUES}} for name in {*facets, "source"}}
        if self.folded is None:
            return _read_answers(facets, self._searcher.aggregate(self.exact.matching, asked))
        if self.folded.holds_exact:
            answer = self._searcher.aggregate(self._queries.matching(self.folded.node), asked)
            self.folded.set_total(_total_counted(answer) - self.exact.total)
            return _read_answers(facets, answer)
        # each by itself is quicker than both in one OR, as the exact articles need no look at the folded field
        answers = [self._searcher.aggregate(shelf.matching, asked) for shelf in (self.exact, self.folded)]
        self.folded.set_total(_total_counted(answers[1]))
        return _read_answers(facets, *answers)


def _total_counted(answer: dict[str, Any]) -> int:
    """How many articles there are, as each has just one source."""
    sources = answer["source"]
    return int(sum(bucket["doc_count"] for bucket in sources["buckets"]) + sources["sum_other_doc_count"])


def _read_answers(facets: Sequence[FacetName], *answers: dict[str, Any]) -> dict[FacetName, tuple[Count, ...]]:
    return {name: sum_counts(answer[name]["buckets"] for answer in answers) for name in facets}
