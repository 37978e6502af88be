"""Reading Elasticsearch: the two tiers of one question, counted and paged, in one request where that is enough.

A page by date goes on from the last article (search_after), a page by relevance from its number, as scores shift a little
with every merge. What takes more than one request to read is read from one point in time.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.base import Count, FacetName, Found, Node, Query, Tier
from index.codec import Json, moment_from_json
from index.engines.cursors import MOST_OFFSET, Place
from index.engines.elastic_client import Connection, pause
from index.engines.elastic_errors import GoneError, cause, passes, problem
from index.engines.elastic_query import QueryBuilder, but_not, either, unscored
from index.engines.shelves import TwoShelves, sum_counts
from index.querying.tiers import Tiers, tiers_of

_MOST_AT_ONCE = 10_000
"""Hits of one request; index.max_result_window has room for them behind MOST_OFFSET others."""
_MOST_SWEPT = 5_000
"""Hits of one of the requests that read very many."""
_MOST_FACET_VALUES = 5_000
_KEEP_ALIVE = "2m"
BY_DATE: list[Json] = [{"order": "desc"}, {"id": "asc"}]
BY_SCORE: list[Json] = [{"_score": "desc"}, {"id": "asc"}]


class Collection:
    """The articles or the figures of a cluster, to be asked."""

    def __init__(self, connection: Connection, alias: str, queries: QueryBuilder, *, shards: int) -> None:
        self._connection = connection
        self._alias = alias
        self.queries = queries
        # otherwise each shard scores by its own articles alone, and tantivy by all
        self._search_type = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"

    def ask(self, query: Query, bodies: Sequence[Json]) -> list[Json]:
        """Several searches in one request. One question is always answered by the same copies of the shards, whose
        scores differ a little by what each has yet to merge."""
        head = {
            "index": self._alias, "preference": f"q{zlib.crc32(query.typed.encode('utf-8', 'replace')):x}",
            "search_type": self._search_type, "allow_partial_search_results": False,
        }  # fmt: skip
        lines = [line for body in bodies for line in (head, body)]
        number = 0
        while True:
            replies: list[Json] = self._connection.ask("POST", "/_msearch", lines)["responses"]
            failed = next((reply for reply in replies if "error" in reply), None)
            if failed is None:
                return replies
            number += 1
            kind, reason = cause(failed["error"])
            if number >= self._connection.settings.tries or not passes(failed["status"], kind):
                raise problem(failed["status"], kind, reason, self._connection.at) or GoneError(f"{kind}: {reason}")
            time.sleep(pause(number))

    def sweep(self, body: Json, wanted: int) -> Iterator[Json]:
        """The first hits of a search, however many, as of one moment."""
        with self._point_in_time() as point:
            last: Json = {}
            while wanted > 0:
                size = min(wanted, _MOST_SWEPT)
                page = {"size": size, "track_total_hits": False, "pit": point}
                hits = self._connection.ask("POST", "/_search", body | page | last)["hits"]["hits"]
                yield from hits
                wanted -= len(hits)
                if len(hits) < size:
                    return
                last = {"search_after": hits[-1]["sort"]}

    @contextmanager
    def _point_in_time(self) -> Iterator[Json]:
        opened = self._connection.ask("POST", f"/{self._alias}/_pit", keep_alive=_KEEP_ALIVE)
        try:
            yield {"id": opened["id"], "keep_alive": _KEEP_ALIVE}
        finally:
            self._connection.ask("DELETE", "/_pit", {"id": opened["id"]})


def folded_node(tiers: Tiers, exact_total: int, words_total: int) -> Node | None:
    """Which tree finds the folded tier, once it is known whether anything holds the words as typed."""
    return tiers.folded if tiers.fallback is None or exact_total or words_total else tiers.fallback


class Shelf:
    """One tier's articles: how to ask for them, and what was answered."""

    def __init__(self, tier: Tier, collection: Collection, node: Node, *, excluded: Json | None = None) -> None:
        self._tier: Tier = tier
        self._collection = collection
        queries = collection.queries
        matching = queries.matching(node)
        self.matching = but_not(matching, excluded)
        self._ranked = but_not(queries.ranked(node, matching), excluded)
        self.total = 0
        self.counts: dict[str, list[Json]] = {}
        self._hits: list[Json] = []

    def body(self, place: Place, limit: int, facets: Sequence[FacetName]) -> Json:
        """The request for the page that follows `place`, with all counts."""
        size = min(limit, _MOST_AT_ONCE)
        body = self._search(place) | {"size": size, "track_total_hits": True, **self._start(place)}
        if facets:
            body["aggs"] = {name: {"terms": {"field": name, "size": _MOST_FACET_VALUES}} for name in facets}
        return body

    def read(self, reply: Json) -> None:
        self.total = reply["hits"]["total"]["value"]
        self.counts = {name: found["buckets"] for name, found in reply.get("aggregations", {}).items()}
        self._hits = reply["hits"]["hits"]

    def after(self, place: Place, limit: int) -> list[tuple[float, Found]]:
        """The articles that follow `place`, with the key that each is ordered by."""
        hits: Sequence[Json] = self._hits[:limit]
        if limit > _MOST_AT_ONCE and self.total > len(hits):
            hits = list(self._collection.sweep(self._search(place), place.offset + limit))[place.offset :][:limit]
        return [(hit["sort"][0], self._found(hit)) for hit in hits]

    def _search(self, place: Place) -> Json:
        if place.by_date:
            return {"query": unscored(self.matching), "sort": BY_DATE, "_source": ["published"]}
        return {"query": self._ranked, "sort": BY_SCORE, "_source": ["published"]}

    def _start(self, place: Place) -> Json:
        if place.tier != self._tier or place.offset == 0:
            return {}
        return {"search_after": [int(place.key), place.id]} if place.by_date else {"from": place.offset}

    def _found(self, hit: Json) -> Found:
        key, article_id, *_ = hit["sort"]  # a point in time adds a tie-breaker of its own
        published = moment_from_json(hit["_source"].get("published"))
        return Found(id=article_id, tier=self._tier, score=key, published=published)


class Shelves(TwoShelves[Shelf]):
    """The exact and the folded tier of one question, asked for together."""

    def __init__(self, exact: Shelf, folded: Shelf | None, facets: Sequence[FacetName]) -> None:
        self.exact = exact
        self._folded = folded
        self._facets = facets

    @property
    def folded(self) -> Shelf | None:
        return self._folded

    @classmethod
    def ask(
        cls, collection: Collection, query: Query, place: Place, limit: int, facets: Sequence[FacetName]
    ) -> Shelves:
        tiers, queries = tiers_of(query), collection.queries
        exact = Shelf("exact", collection, tiers.exact)
        folded = Shelf("folded", collection, tiers.folded, excluded=exact.matching) if tiers.folded else None
        shelves = [exact, folded] if folded else [exact]
        bodies = [shelf.body(place, limit, facets) for shelf in shelves]
        *replies, words = collection.ask(query, [*bodies, _words_body(queries, tiers)])
        for shelf, reply in zip(shelves, replies, strict=True):
            shelf.read(reply)
        node = folded_node(tiers, exact.total, words["hits"]["total"]["value"])
        if node is not tiers.folded and node is not None:
            folded = Shelf("folded", collection, node, excluded=exact.matching)
            folded.read(collection.ask(query, [folded.body(place, limit, facets)])[0])
        return cls(exact, folded, facets)

    def count(self) -> dict[FacetName, tuple[Count, ...]]:
        shelves = [self.exact, self.folded] if self.folded else [self.exact]
        return {name: sum_counts(shelf.counts.get(name, []) for shelf in shelves) for name in self._facets}


def both_tiers(collection: Collection, query: Query) -> Json:
    """Finds both tiers, untold apart."""
    tiers, queries = tiers_of(query), collection.queries
    node = tiers.folded
    if tiers.fallback is not None:
        asked = [_count_body(queries.matching(tiers.exact)), _words_body(queries, tiers)]
        exact, words = (reply["hits"]["total"]["value"] for reply in collection.ask(query, asked))
        node = folded_node(tiers, exact, words)
    exact_matching = queries.matching(tiers.exact)
    return unscored(exact_matching if node is None else either(exact_matching, queries.matching(node)))


def _words_body(queries: QueryBuilder, tiers: Tiers) -> Json:
    """Whether anything holds the words as typed, whatever the filters; asked where a fallback depends on it."""
    if tiers.fallback is None or tiers.words == tiers.exact:
        return _count_body({"match_none": {}})
    return _count_body(queries.matching(tiers.words))


def _count_body(query: Json) -> Json:
    return {"query": unscored(query), "size": 0, "track_total_hits": True}


assert MOST_OFFSET + _MOST_AT_ONCE <= 20_000, "index.max_result_window in index/engines/mapping.json"
