"""The index on an Elasticsearch 9 cluster, for when one machine is not enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from index.base import (
    FACETS,
    Document,
    FacetName,
    FigureEntry,
    Group,
    IndexState,
    Query,
    Results,
    Sort,
    Span,
    SpanCount,
    TermCounts,
)
from index.codec import Json, dumps, figure_from_json
from index.engines.counting import common, given, grouped, read_spans, read_terms, spans
from index.engines.cursors import Place
from index.engines.elastic_client import Connection, ElasticSettings
from index.engines.elastic_errors import GoneError
from index.engines.elastic_generations import Generations, Target
from index.engines.elastic_query import QueryBuilder
from index.engines.elastic_search import Collection, Shelves, both_tiers
from index.engines.elastic_writing import write
from index.engines.garbage import held_back
from index.errors import EngineError
from index.querying.tiers import has_words

_MOST_WAITING = 2_000
_MOST_CHARACTERS = 6_000_000
"""How many documents, and how much text, are held before they are sent."""
_FIGURE_ORDER: list[Json] = [{"order": "desc"}, {"article": "asc"}, {"start": "asc"}, {"number": "asc"}]
_MOST_FIGURES = 10_000
_EVERY_FIGURE = 2**62
_LEAST_VERSION = 9
_UNABRIDGED: Json = {"shard_size": 2**31 - 1}
"""All terms of each shard are added up; by itself Elasticsearch adds up only the commonest of each."""


class ElasticIndex:
    """`Index` on a cluster. Nothing is connected before the first question; any number may write at once."""

    def __init__(self, settings: ElasticSettings) -> None:
        self._connection = Connection(settings)
        self.generations = Generations(self._connection)
        self._waiting: dict[str, Document | None] = {}
        self._characters = 0
        self._fresh: Target | None = None
        self._refused: dict[str, str] = {}
        self._is_unseen = False
        """Whether something was sent that no search sees yet."""

    # --- writing

    def add(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._wait(document.id, document, len(document.text) + sum(len(one.sentence) for one in document.metrics))

    def delete(self, ids: Iterable[str]) -> None:
        for article_id in ids:
            self._wait(article_id, None, 0)

    def clear(self) -> None:
        self._forget()
        self._fresh = self.generations.fresh()

    def commit(self) -> Mapping[str, str]:
        """Durable when it returns: Elasticsearch syncs what it acknowledges."""
        self._send()
        if self._is_unseen or self._fresh:
            self._show()
        refused, self._refused = self._refused, {}
        return refused

    def fill_next(self, documents: Iterable[Document]) -> Mapping[str, str]:
        """Put documents into the pair that a reindex builds, and into no other."""
        return write(self._connection, self.generations.next, {document.id: document for document in documents})

    def release(self) -> None:
        self._forget()

    def close(self) -> None:
        self._forget()
        self._connection.close()

    def _wait(self, article_id: str, document: Document | None, characters: int) -> None:
        self._waiting[article_id] = document
        self._characters += characters
        if len(self._waiting) >= _MOST_WAITING or self._characters >= _MOST_CHARACTERS:
            self._send()

    def _send(self) -> None:
        waiting, self._waiting, self._characters = self._waiting, {}, 0
        if not waiting:
            return
        self._is_unseen = True
        for target in self._targets():
            self._refused |= self._write(target, waiting)

    def _targets(self) -> Sequence[Target]:
        return (self._fresh,) if self._fresh else self.generations.targets()

    def _write(self, target: Target, waiting: Mapping[str, Document | None]) -> Mapping[str, str]:
        try:
            return write(self._connection, target, waiting)
        except GoneError:
            if target != self.generations.next:
                raise
            # a reindex has ended meanwhile, and what it built serves now
            return write(self._connection, self.generations.serving, waiting)

    def _show(self) -> None:
        fresh, self._fresh = self._fresh, None
        target = fresh or self.generations.serving
        self._connection.ask("POST", f"/{target.articles},{target.figures}/_refresh")
        if fresh:
            self.generations.replace(fresh)
        self._is_unseen = False

    def _forget(self) -> None:
        self._waiting, self._characters, self._fresh = {}, 0, None
        self._refused, self._is_unseen = {}, False

    # --- reading

    def stamp(self) -> str:
        """A search sees what changed when its shard was refreshed, so each shard's refreshes are counted."""
        serving = self.generations.serving
        self.generations.check()
        wanted = "indices.*.uuid,indices.*.shards.*.refresh.external_total,indices.*.shards.*.seq_no.max_seq_no"
        path = f"/{serving.articles},{serving.figures}/_stats/refresh"
        return dumps(self._connection.ask("GET", path, level="shards", filter_path=wanted)).decode()

    def count(self) -> int:
        self.generations.check()
        return int(self._connection.ask("GET", f"/{self.generations.serving.articles}/_count")["count"])

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        sort: Sort = "relevance",
        after: str | None = None,
        facets: Sequence[FacetName] = FACETS,
    ) -> Results:
        by_date = sort == "newest" or not has_words(query.root)
        start = Place.read(after, by_date=by_date) if after else Place(by_date=by_date)
        shelves = Shelves.ask(self._articles(), query, start, limit, facets)
        found, place = shelves.page(start, limit)
        return Results(
            total=shelves.total,
            exact_total=shelves.exact.total,
            found=found,
            facets=shelves.count(),
            cursor=place.write() if found and shelves.has_more(place) else None,
        )

    def figures(self, query: Query, *, limit: int | None = None) -> tuple[FigureEntry, ...]:
        collection = self._figures()
        body = {"query": both_tiers(collection, query), "sort": _FIGURE_ORDER, "_source": ["entry"]}
        wanted = _EVERY_FIGURE if limit is None else limit
        size = min(wanted, _MOST_FIGURES)
        hits = collection.ask(query, [body | {"size": size, "track_total_hits": False}])[0]["hits"]["hits"]
        if len(hits) == size < wanted:
            hits = collection.sweep(body, wanted)
        with held_back():
            return tuple([figure_from_json(hit["_source"]["entry"]) for hit in hits])

    def histogram(self, query: Query, *, by: Span) -> tuple[SpanCount, ...]:
        return read_spans(self._aggregate(query, {"spans": spans(by)})["aggregations"]["spans"], by)

    def common_terms(
        self, query: Query, *, most: int = 100, at_least: int = 1, by: Group | None = None
    ) -> tuple[TermCounts, ...]:
        return self._terms(query, common(most, at_least, unabridged=_UNABRIDGED), by)

    def term_counts(self, query: Query, terms: Sequence[str], *, by: Group | None = None) -> tuple[TermCounts, ...]:
        return self._terms(query, given(terms, unabridged=_UNABRIDGED), by)

    def _terms(self, query: Query, terms: Json, by: Group | None) -> tuple[TermCounts, ...]:
        reply = self._aggregate(query, grouped(terms, by, unabridged=_UNABRIDGED))
        return read_terms(reply["aggregations"], by, reply["hits"]["total"]["value"])

    def _aggregate(self, query: Query, asked: Json) -> Json:
        collection = self._articles()
        body = {"query": both_tiers(collection, query), "size": 0, "track_total_hits": True, "aggs": asked}
        return collection.ask(query, [body])[0]

    def state(self) -> IndexState:
        versions = self._connection.ask("GET", "/_nodes", filter_path="nodes.*.version")["nodes"].values()
        oldest = min((node["version"] for node in versions), key=lambda version: int(version.partition(".")[0]))
        if int(oldest.partition(".")[0]) < _LEAST_VERSION:
            raise EngineError(f"Elasticsearch {self._connection.at} là bản {oldest}: cần phiên bản 9. Hãy nâng cấp cụm")
        self.generations.check()
        serving, others = self.generations.names()
        health = self._connection.ask("GET", f"/_cluster/health/{','.join(serving)}")["status"]
        return IndexState(
            engine="elasticsearch", version=oldest, at=self._connection.at,
            health=cast(Literal["green", "yellow", "red"], health), parts=(*serving, *others),
        )  # fmt: skip

    def _articles(self) -> Collection:
        return self._collection(self.generations.serving.articles, of_articles=True)

    def _figures(self) -> Collection:
        return self._collection(self.generations.serving.figures, of_articles=False)

    def _collection(self, alias: str, *, of_articles: bool) -> Collection:
        queries = QueryBuilder(of_articles=of_articles)
        return Collection(self._connection, alias, queries, shards=self.generations.shards)
