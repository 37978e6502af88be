"""Articles counted by spans and terms in tantivy."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from index.base import Group, Span, SpanCount, TermCounts
from index.codec import Json
from index.engines.counting import TOO_MANY, common, given, grouped, read_spans, read_terms, spans
from index.engines.tantivy_shelves import count_matching
from index.errors import EngineError

_UNABRIDGED: Json = {"segment_size": 2**31 - 1}
"""All terms of each segment are added up; by itself tantivy adds up only the commonest of each."""


class Counting:
    """The articles that a query of tantivy's finds, to be counted."""

    def __init__(self, searcher: tantivy.Searcher, matching: tantivy.Query) -> None:
        self._searcher = searcher
        self._matching = matching

    def histogram(self, by: Span) -> tuple[SpanCount, ...]:
        return read_spans(self._aggregate({"spans": spans(by)})["spans"], by)

    def common_terms(self, most: int, at_least: int, by: Group | None) -> tuple[TermCounts, ...]:
        return self._terms(common(most, at_least, unabridged=_UNABRIDGED), by)

    def term_counts(self, terms: Sequence[str], by: Group | None) -> tuple[TermCounts, ...]:
        return self._terms(given(terms, unabridged=_UNABRIDGED), by)

    def _terms(self, terms: Json, by: Group | None) -> tuple[TermCounts, ...]:
        answer = self._aggregate(grouped(terms, by, unabridged=_UNABRIDGED))
        return read_terms(answer, by, count_matching(self._searcher, self._matching) if by is None else 0)

    def _aggregate(self, asked: Json) -> Json:
        try:
            return self._searcher.aggregate(self._matching, asked)
        except ValueError as e:
            if "limit" not in str(e):
                raise
            raise EngineError(TOO_MANY) from e
