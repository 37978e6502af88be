"""A query in words: what stands where people read what an alert is about, and not how it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from index.querying.query_names import KIND, Names, unit
from index.querying.typed import Piece, read_pieces
from index.querying.values import UnreadableValueError, read_date_range, read_value_range
from models.figures.indicators import all_indicators
from models.records import Period
from models.text import normalise
from monitor.naming import topic_names
from monitor.telling import number_said, period_said

_LABELS: Mapping[str, str] = {
    "topic": "chủ đề", "place": "", "source": "nguồn", "date": "", "indicator": "chỉ tiêu", "value": "giá trị",
    "unit": "đơn vị", "kind": "số liệu", "term": "cụm từ",
}  # fmt: skip
_MARKS = {"and": "và", "or": "hoặc", "not": "trừ", "minus": "trừ"}
_JOINING = ("and", "or", "not")
_KINDS = {"achieved": "đạt được", "target": "mục tiêu", "change": "tăng giảm"}
_UNITS = {"percent": "%", "percentage_point": "điểm phần trăm", "vnd": "đồng", "usd": "đô la"}


def query_said(typed: str, names: Names) -> str:
    """A query that can be read, in Vietnamese and without its marks; names are the ones that people know.

    >>> from index.querying.query_names import AS_TYPED
    >>> query_said('"dịch vụ công" OR topic:security', AS_TYPED)
    'dịch vụ công hoặc chủ đề An toàn thông tin'
    >>> query_said('một cửa -"lừa đảo" place:("Lào Cai" OR Huế) date:[2020 TO *]', AS_TYPED)
    'một cửa, trừ lừa đảo, (Lào Cai hoặc Huế), từ 1/1/2020'
    """
    said, before = "", "open"
    for kind, words in _units(typed, names):
        if before != "open" and kind != "close":
            said += " " if before in _MARKS or kind in _JOINING else ", "
        said += words
        before = kind
    return normalise(said)


def _units(typed: str, names: Names) -> Iterator[tuple[str, str]]:
    """What is asked, part by part: its kind, and how it is said. Words side by side are one part."""
    fields: list[str] = []
    """Of the parentheses that are open, what is asked for within each: topic:(a OR b)."""
    label = ""
    for _, some in groupby(read_pieces(typed), key=_side_by_side):
        run: Sequence[Piece] = list(some)
        piece = run[0]
        within = fields[-1] if fields else ""
        match piece.kind:
            case "and" | "or" | "not" | "minus":
                yield piece.kind, _MARKS[piece.kind]
            case "open":
                fields.append(label or within)
                yield "open", f"{_LABELS[label]} (".lstrip() if label else "("
                label = ""
            case "close":
                fields.pop()
                yield "close", ")"
            case "field" if not piece.text:
                label = piece.field
            case "field":
                yield "words", f"{_LABELS[piece.field]} {_value(piece.field, piece.text, names)}".lstrip()
            case _:
                words = " ".join(one.text for one in run)
                yield "words", _value(within, words, names) if within else words


def _side_by_side(piece: Piece) -> object:
    return "word" if piece.kind == "word" else piece


def _value(field: str, typed: str, names: Names) -> str:
    """A field's value as people call it; what can't be read stands as it was typed."""
    match field:
        case "topic":
            return ", ".join(topic_names().get(slug, slug) for slug in names.topic(typed)) or typed
        case "place":
            return ", ".join(names.place(typed)) or typed
        case "indicator":
            return _indicator(typed, names)
        case "unit":
            return ", ".join(_UNITS.get(one, one) for one in unit(typed))
        case "kind":
            return ", ".join(_KINDS.get(one, one) for one in KIND(typed)) or typed
        case "date" | "value":
            return _range(field, typed)
        case _:
            return typed


def _indicator(typed: str, names: Names) -> str:
    """Its name where one is meant; one of many is named as it was typed."""
    found = names.indicator(typed)
    known = all_indicators().get(found[0]) if len(found) == 1 else None
    return known.name if known else typed


def _range(field: str, typed: str) -> str:
    try:
        if field == "date":
            days = read_date_range(typed)
            return period_said(Period(start=days.since, end=days.until))
        values = read_value_range(typed)
    except UnreadableValueError:
        return typed
    low, high = (None if bound is None else number_said(bound) for bound in (values.low, values.high))
    if low == high:
        return low or typed
    return " ".join(filter(None, (f"từ {low}" if low else "", f"đến {high}" if high else "")))
