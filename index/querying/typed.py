"""The marks of the query language, found in what a person typed; what is no mark is a word, whatever it looks like."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.base import MOST_SLOP
from index.errors import QuerySyntaxError
from models.text import normalise

FIELDS = {
    "topic": "topic", "chủ_đề": "topic", "chu_de": "topic",
    "place": "place", "nơi": "place", "noi": "place",
    "source": "source", "nguồn": "source", "nguon": "source",
    "date": "date", "ngày": "date", "ngay": "date",
    "indicator": "indicator", "chỉ_tiêu": "indicator", "chi_tieu": "indicator",
    "value": "value", "giá_trị": "value", "gia_tri": "value",
    "unit": "unit", "đơn_vị": "unit", "don_vi": "unit",
    "kind": "kind", "loại": "kind", "loai": "kind",
    "term": "term", "cụm_từ": "term", "cum_tu": "term",
}  # fmt: skip
"""What can stand before a colon. "noi" is "nơi" and never "nói": people do write «ông nói: "…"»."""

PieceKind = Literal["word", "phrase", "field", "open", "close", "minus", "and", "or", "not"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One mark or word, and where it was typed."""

    kind: PieceKind
    text: str
    """A phrase or a quoted value without its quotes."""
    start: int
    end: int
    field: str = ""
    slop: int = 0
    quoted: bool = False


_QUOTES = '"“”„«»'
_PIECE = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<phrase>[{_QUOTES}](?P<inside>[^{_QUOTES}]*)[{_QUOTES}](?P<near>~(?P<slop>\d*))?)
    | (?P<quote>[{_QUOTES}])
    | (?P<open>\()
    | (?P<close>\))
    | (?P<name>[^\s:(){_QUOTES}+-][^\s:(){_QUOTES}]{{0,30}}):
    | (?P<sign>[+-]+)(?=[^\s+-])
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)
_VALUE = re.compile(rf"[\[{{][^\]}}]*[\]}}]|[{_QUOTES}](?P<inside>[^{_QUOTES}]*)[{_QUOTES}]|[^\s()\[{{{_QUOTES}]+")
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")
_OPERATORS: dict[str, PieceKind] = {"AND": "and", "OR": "or", "NOT": "not"}


def read_pieces(typed: str) -> Iterator[Piece]:
    """The pieces of a query, left to right.

    >>> [(piece.kind, piece.text) for piece in read_pieces('-"lừa đảo" C++ lúc 7:30')]
    [('minus', '-'), ('phrase', 'lừa đảo'), ('word', 'C++'), ('word', 'lúc'), ('word', '7:30')]
    """
    position = 0
    while found := _PIECE.match(typed, position):
        piece = _read_piece(typed, found)
        position = piece.end if piece else found.end()
        if piece:
            yield piece


def _read_piece(typed: str, found: re.Match[str]) -> Piece | None:
    start, end = found.span()
    match found.lastgroup:
        case "space":
            return None
        case "phrase" | "near" | "slop" | "inside":
            return Piece("phrase", found["inside"], start, end, slop=_read_slop(typed, found))
        case "quote":
            raise QuerySyntaxError(
                typed, start, "Thiếu dấu ngoặc kép đóng. Thêm một dấu ngoặc kép nữa, hoặc bỏ dấu này"
            )
        case "open":
            return Piece("open", "(", start, end)
        case "close":
            return Piece("close", ")", start, end)
        case "sign":
            return _read_sign(typed, found)
        case "name":
            return _read_field(typed, found) or _read_word(typed, start)
        case _:
            return _read_word(typed, start)


def _read_slop(typed: str, found: re.Match[str]) -> int:
    if found["near"] is None:
        return 0
    digits = found["slop"]
    if not digits or len(digits) > 3 or int(digits) > MOST_SLOP:
        message = f'Sau dấu ~ là số tiếng được chen vào giữa, từ 0 đến {MOST_SLOP}, ví dụ "chính quyền số"~3'
        raise QuerySyntaxError(typed, found.start("near"), message)
    return int(digits)


def _read_sign(typed: str, found: re.Match[str]) -> Piece | None:
    """A minus excludes where it opens a word; a plus asks for what is asked for anyway."""
    start, end = found.span()
    opens = start == 0 or typed[start - 1].isspace() or typed[start - 1] == "("
    return Piece("minus", "-", start, end) if opens and found["sign"].endswith("-") else None


def _read_word(typed: str, start: int) -> Piece:
    found = _WORD.match(typed, start)
    assert found, "every other character opens a piece of its own"
    text = found[0]
    return Piece(_OPERATORS.get(text, "word"), text, start, found.end())


def _read_field(typed: str, found: re.Match[str]) -> Piece | None:
    """`topic:security` and the like; None where the colon is just a colon."""
    name = normalise(found["name"]).casefold()
    start, after = found.span()
    field = FIELDS.get(name)
    if field is None:
        _refuse_near_miss(typed, start, after, name)
        return None
    value = _VALUE.match(typed, after)
    if value:
        quoted = value["inside"] is not None
        return Piece("field", value["inside"] if quoted else value[0], start, value.end(), field=field, quoted=quoted)
    if typed[after : after + 1] == "(":
        return Piece("field", "", start, after, field=field)
    raise QuerySyntaxError(typed, after, f"Sau “{found['name']}:” cần một giá trị viết liền, ví dụ {EXAMPLES[field]}")


EXAMPLES = {
    "topic": "topic:security", "place": 'place:"Lào Cai"', "source": "source:vnexpress", "date": "date:2020",
    "indicator": "indicator:par_index", "value": "value:[30 TO *]", "unit": "unit:percent", "kind": "kind:target",
    "term": 'term:"lừa đảo"',
}  # fmt: skip


def _refuse_near_miss(typed: str, start: int, after: int, name: str) -> None:
    """A mistyped field name would silently be searched for as a word."""
    follows = typed[after : after + 1]
    near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=0.85)
    if near and follows and not follows.isspace():
        raise QuerySyntaxError(typed, start, f"Không có trường “{name}:”. Có phải bạn muốn viết “{near[0]}:”?")
