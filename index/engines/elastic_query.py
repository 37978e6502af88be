"""A query's tree ─► Elasticsearch's query DSL, so that it finds what tantivy finds and gives it the same score.

Both reckon BM25 with k1 = 1.2 and b = 0.75 over the same tokens, and keep a text's length in the same one byte. A phrase
counts as one rare word in both; filters, and what is excluded, count nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from index.base import And, DateRange, Everything, Filter, Node, Not, Or, Phrase, Term, ValueRange
from index.codec import Json
from index.engines.elastic_schema import number
from index.querying.tiers import has_words, positive_words
from index.querying.trees import TITLE_WEIGHT, arrangements, as_words, is_about_figures, same_figure

_ALL: Json = {"match_all": {}}
_NOWHERE = "¶¶"
"""A word that no text holds. A shard that lacks a phrase's words does not tell the others how many articles it has, and the
phrase would score by the rest of them alone; a single word makes it tell."""


class QueryBuilder:
    """Builds the queries of one collection. The articles hold their figures' facts in entries of their own within them."""

    def __init__(self, *, of_articles: bool, prefix: str = "") -> None:
        self._prefix = prefix
        self._figure = QueryBuilder(of_articles=False, prefix="figure.") if of_articles else None

    def matching(self, node: Node) -> Json:
        """Finds what the tree asks for; only its words give a score."""
        match node:
            case Everything():
                return _bool(filter_=[_ALL])
            case Term(words=words):
                return _all([_word(_field(node), word) for word in words])
            case Phrase():
                return either(*(_arranged(_field(node), words) for words in arrangements(node)))
            case Not(part=part):
                return _bool(filter_=[_ALL], must_not=[self.matching(part)])
            case And(parts=parts):
                return self._conjunction(parts)
            case Or(parts=parts):
                return either(*map(self.matching, parts))
            case Filter(field="term", values=terms) if self._figure is None:
                return unscored(self.matching(as_words(terms)))
            case Filter() | ValueRange() | DateRange():
                return _bool(filter_=[self._filter(node)])
            case _ as never:
                assert_never(never)

    def ranked(self, node: Node, matching: Json) -> Json:
        """What `matching` finds, with what also has the tree's words in the title on top."""
        leaves = list(positive_words(node))
        if not leaves:
            return matching
        in_title: Json = {"bool": {"should": list(map(_in_title, leaves)), "boost": TITLE_WEIGHT}}
        phrased = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
        fields = dict.fromkeys(field for leaf in phrased for field in (_field(leaf), _title_field(leaf)))
        return _bool(must=[matching], should=[in_title, *(_word(field, _NOWHERE) for field in fields)])

    def _conjunction(self, parts: Sequence[Node]) -> Json:
        figure_parts = same_figure(parts) if self._figure else []
        rest = [part for part in parts if part not in figure_parts]
        wanted = [part for part in rest if not isinstance(part, Not)]
        filters = [self.matching(part) for part in wanted if not has_words(part)]
        if figure_parts:
            filters.append(self._holding(And(parts=tuple(figure_parts))))
        return _bool(
            must=[self.matching(part) for part in wanted if has_words(part)],
            filter_=filters or ([] if any(map(has_words, wanted)) else [_ALL]),
            must_not=[self.matching(part.part) for part in rest if isinstance(part, Not)],
        )

    def _holding(self, node: Node) -> Json:
        """Articles that hold one figure of which all of the tree is true."""
        assert self._figure is not None
        return {"nested": {"path": "figure", "query": self._figure.matching(node), "score_mode": "none"}}

    def _filter(self, node: Filter | DateRange | ValueRange) -> Json:
        if self._figure and is_about_figures(node):
            return self._holding(node)
        match node:
            case Filter(field=field, values=values):
                return {"terms": {self._prefix + field: list(values)}}
            case DateRange(since=since, until=until):
                return _range("day", since.toordinal() if since else None, until.toordinal() if until else None)
            case ValueRange(low=low, high=high):
                bounds = [None if bound is None else number(bound) for bound in (low, high)]
                return _range(self._prefix + "value", *bounds)


def but_not(query: Json, excluded: Json | None) -> Json:
    return query if excluded is None else _bool(must=[query], must_not=[excluded])


def either(*queries: Json) -> Json:
    return queries[0] if len(queries) == 1 else _bool(should=list(queries))


def unscored(query: Json) -> Json:
    return _bool(filter_=[query])


def _in_title(leaf: Term | Phrase) -> Json:
    field = _title_field(leaf)
    if isinstance(leaf, Phrase):
        return _arranged(field, list(enumerate(leaf.words)))
    return either(*(_word(field, word) for word in leaf.words))


def _field(node: Term | Phrase) -> str:
    return "folded" if node.folded else "words"


def _title_field(node: Term | Phrase) -> str:
    return "folded_title" if node.folded else "title"


def _word(field: str, word: str) -> Json:
    return {"term": {field: word}}


def _arranged(field: str, words: list[tuple[int, str]]) -> Json:
    """Words at just these distances. A phrase query knows no gaps, and its slop finds words the other way round too."""
    if len(words) == 1:
        return _word(field, words[0][1])
    if words[-1][0] == len(words) - 1:
        return {"match_phrase": {field: " ".join(word for _, word in words)}}
    clauses: list[Json] = []
    expected = 0
    for place, word in words:
        if place > expected:
            clauses.append({"span_gap": {field: place - expected}})
        clauses.append({"span_term": {field: word}})
        expected = place + 1
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}


def _range(field: str, low: float | None, high: float | None) -> Json:
    bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
    return {"range": {field: bounds}} if bounds else {"exists": {"field": field}}


def _all(queries: list[Json]) -> Json:
    return queries[0] if len(queries) == 1 else _bool(must=queries)


def _bool(
    *,
    must: Sequence[Json] = (),
    filter_: Sequence[Json] = (),
    should: Sequence[Json] = (),
    must_not: Sequence[Json] = (),
) -> Json:
    clauses = {"must": must, "filter": filter_, "should": should, "must_not": must_not}
    return {"bool": {name: list(queries) for name, queries in clauses.items() if queries}}
