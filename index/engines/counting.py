"""Articles counted by spans and terms: what both engines are asked, in the one language they share, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from index.base import MOST_COUNTED, Count, Group, Span, SpanCount, TermCounts
from index.codec import Json
from models.terms import term_of

MOST_GROUPS = 65_000
"""Neither engine answers with more."""
TOO_MANY = "Câu hỏi này chia ra quá nhiều nhóm và từ để đếm. Hãy thu hẹp khoảng ngày, hoặc đếm ít từ hơn"
_NO_TERM = ""


def spans(by: Span) -> Json:
    """The days are numbered from 1 January of the year 1, a Monday."""
    match by:
        case "day":
            return {"histogram": {"field": "day", "interval": 1, "min_doc_count": 1}}
        case "week":
            return {"histogram": {"field": "day", "interval": 7, "offset": 1, "min_doc_count": 1}}
        case "month":
            return {"terms": {"field": "month", "size": MOST_GROUPS}}
        case _ as never:
            assert_never(never)


def common(most: int, at_least: int, *, unabridged: Json) -> Json:
    """`unabridged` is how an engine is told to add up all terms of all its parts, and not only the commonest of each."""
    if not 0 < most <= MOST_COUNTED:
        raise ValueError(f"most = {most}: 1 to {MOST_COUNTED}")
    return {"terms": {"field": "term", "size": most, "min_doc_count": max(1, at_least), **unabridged}}


def given(terms: Sequence[str], *, unabridged: Json) -> Json:
    wanted = list(dict.fromkeys(map(term_of, terms))) or [_NO_TERM]
    if len(wanted) > MOST_COUNTED:
        raise ValueError(f"{len(wanted)} terms: at most {MOST_COUNTED}")
    return {"terms": {"field": "term", "size": len(wanted), "include": wanted, **unabridged}}


def grouped(terms: Json, by: Group | None, *, unabridged: Json) -> Json:
    """What is to be counted, with the terms of each group."""
    match by:
        case None:
            return {"terms": terms}
        case "day" | "week" | "month":
            return {"groups": spans(by) | {"aggs": {"terms": terms}}}
        case "topic" | "place" | "source":
            return {"groups": {"terms": {"field": by, "size": MOST_GROUPS, **unabridged}, "aggs": {"terms": terms}}}
        case _ as never:
            assert_never(never)


def read_spans(answer: Json, by: Span) -> tuple[SpanCount, ...]:
    found = [(_start(bucket["key"], by), bucket["doc_count"]) for bucket in answer["buckets"]]
    return tuple(SpanCount(start=start, count=count) for start, count in sorted(found))


def read_terms(answer: Json, by: Group | None, total: int) -> tuple[TermCounts, ...]:
    if by is None:
        return (TermCounts(group="", total=total, terms=_counts(answer["terms"]["buckets"])),)
    found = [
        TermCounts(
            group=bucket["key"] if by in ("topic", "place", "source") else _start(bucket["key"], by).isoformat(),
            total=bucket["doc_count"],
            terms=_counts(bucket["terms"]["buckets"]),
        )
        for bucket in answer["groups"]["buckets"]
    ]
    return tuple(sorted(found, key=lambda group: group.group))


def _start(key: float | str, by: str) -> date:
    return date.fromisoformat(f"{key}-01") if by == "month" else date.fromordinal(max(1, int(key)))


def _counts(buckets: Iterable[Json]) -> tuple[Count, ...]:
    return tuple([Count(value=bucket["key"], count=bucket["doc_count"]) for bucket in buckets])
