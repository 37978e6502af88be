"""A query's tree ─► tantivy's own queries. Never through its string parser: it reads `a AND NOT b` wrongly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

import tantivy
from tantivy import FieldType, Occur

from index.base import And, DateRange, Everything, Filter, Node, Not, Or, Phrase, Term, ValueRange
from index.engines.tantivy_pairs import PAIRS, otherwise_spelt
from index.querying.tiers import positive_words
from index.querying.trees import TITLE_WEIGHT, arrangements, as_words, is_about_figures, same_figure

FindArticles = Callable[[Node], Sequence[str]]
"""Filters on figures ─► the ids of the articles that hold such a figure."""


class QueryBuilder:
    """Builds the queries of one collection. `find_articles` is given for the articles, which hold no figures."""

    def __init__(self, schema: tantivy.Schema, find_articles: FindArticles | None = None) -> None:
        self._schema = schema
        self._find_articles = find_articles

    @property
    def is_of_articles(self) -> bool:
        return self._find_articles is not None

    def matching(self, node: Node) -> tantivy.Query:
        """Finds what the tree asks for; only its words give a score."""
        match node:
            case Everything():
                return _unscored(tantivy.Query.all_query())
            case Term(words=words):
                return _all([self._word(_field(node), word) for word in words])
            case Phrase():
                return _any([self._adjacent(_field(node), words) for words in arrangements(node)])
            case Not(part=part):
                return _all([], [self.matching(part)])
            case And(parts=parts):
                return self._conjunction(parts)
            case Or(parts=parts):
                return _any(list(map(self.matching, parts)))
            case Filter(field="term", values=terms) if not self.is_of_articles:
                return _unscored(self.matching(as_words(terms)))
            case Filter() | ValueRange() | DateRange():
                return self._filter(node)
            case _ as never:
                assert_never(never)

    def sides(self, node: Node) -> list[tantivy.Query]:
        """What a tree finds, each side of an OR by itself: to be excluded one by one, and not thousands at a time."""
        return list(map(self.matching, node.parts)) if isinstance(node, Or) else [self.matching(node)]

    def ranked(self, node: Node, matching: tantivy.Query) -> tantivy.Query:
        """What `matching` finds, with what also has the tree's words in the title on top."""
        in_title = [self._in_title(leaf) for leaf in positive_words(node)]
        if not in_title:
            return matching
        boost = tantivy.Query.boost_query(_any(in_title), TITLE_WEIGHT)
        return tantivy.Query.boolean_query([(Occur.Must, matching), (Occur.Should, boost)])

    def respelt(self, searcher: tantivy.Searcher, folded: Node, exact: Node) -> tantivy.Query | None:
        """Of what a folded tree finds, all that the exact one does not, and little more; None where nothing is.

        Each side of an OR for itself, as tantivy tries all sides on thousands of articles at a time.
        """
        if isinstance(folded, Or) and isinstance(exact, Or):
            sides = [self.respelt(searcher, *side) for side in zip(folded.parts, exact.parts, strict=True)]
            found = [side for side in sides if side is not None]
            return _any(found) if found else None
        runs = [leaf.words for leaf in positive_words(exact)]
        spellings = [self._word(PAIRS, spelling) for spelling in otherwise_spelt(searcher, runs)]
        return both(_unscored(_any(spellings)), self.matching(folded)) if spellings else None

    def up_to(self, order: int) -> tantivy.Query:
        """What stands at `order` or after it when the newest come first."""
        return _unscored(self._range("order", FieldType.Integer, None, order))

    def _in_title(self, leaf: Term | Phrase) -> tantivy.Query:
        field = "folded_title" if leaf.folded else "title"
        if isinstance(leaf, Phrase):
            return self._adjacent(field, list(enumerate(leaf.words)))
        return _any([self._word(field, word) for word in leaf.words])

    def _word(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word)

    def _adjacent(self, field: str, words: list[tuple[int, str]]) -> tantivy.Query:
        if len(words) == 1:  # tantivy panics at a phrase of one word
            return self._word(field, words[0][1])
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _conjunction(self, parts: Sequence[Node]) -> tantivy.Query:
        figure_parts = same_figure(parts) if self.is_of_articles else []
        rest = [part for part in parts if part not in figure_parts]
        must = [self.matching(part) for part in rest if not isinstance(part, Not)]
        must_not = [self.matching(part.part) for part in rest if isinstance(part, Not)]
        if figure_parts:
            must.append(self._holding(And(parts=tuple(figure_parts))))
        return _all(must, must_not)

    def _holding(self, node: Node) -> tantivy.Query:
        assert self._find_articles is not None
        ids = self._find_articles(node)
        return _unscored(tantivy.Query.term_set_query(self._schema, "id", ids))

    def _filter(self, node: Filter | DateRange | ValueRange) -> tantivy.Query:
        if self._find_articles is not None and is_about_figures(node):
            return self._holding(node)
        match node:
            case Filter(field=field, values=(value,)):
                return _unscored(self._word(field, value))  # a set is first looked up as a whole, whatever its size
            case Filter(field=field, values=values):
                return _unscored(tantivy.Query.term_set_query(self._schema, field, values))
            case DateRange(since=since, until=until):
                first = since.toordinal() if since else 0
                last = until.toordinal() if until else None
                return _unscored(self._range("day", FieldType.Integer, first, last))
            case ValueRange(low=low, high=high):
                lowest = float("-inf") if low is None and high is None else None if low is None else float(low)
                return _unscored(self._range("value", FieldType.Float, lowest, None if high is None else float(high)))

    def _range(self, field: str, field_type: FieldType, low: float | None, high: float | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, field, field_type, low, high)


def but_not(query: tantivy.Query, excluded: Sequence[tantivy.Query]) -> tantivy.Query:
    """What is not excluded goes first, as both halves of an AND: a phrase is then tried on those few articles alone.

    With an ordinary MustNot tantivy tries it on all that hold its words, and excludes afterwards.
    """
    return _all([query, _all([], excluded)])


def either(*queries: tantivy.Query) -> tantivy.Query:
    return _any(list(queries))


def both(*queries: tantivy.Query) -> tantivy.Query:
    return _all(list(queries))


def _field(node: Term | Phrase) -> str:
    return "folded" if node.folded else "words"


def _all(must: list[tantivy.Query], must_not: Sequence[tantivy.Query] = ()) -> tantivy.Query:
    if len(must) == 1 and not must_not:
        return must[0]
    wanted = must or [_unscored(tantivy.Query.all_query())]
    clauses = [(Occur.Must, query) for query in wanted] + [(Occur.MustNot, query) for query in must_not]
    return tantivy.Query.boolean_query(clauses)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return (
        queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
    )


def _unscored(query: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, 0.0)
