"""Pieces of a query ─► units: operators, parentheses, and the nodes that words and fields stand for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, takewhile
from math import comb
from typing import Literal

from index.base import And, Filter, Node, Or, Phrase, Term
from index.errors import QuerySyntaxError
from index.querying.query_names import KIND, Names, Resolve, as_term, as_typed, unit
from index.querying.tokens import tokens
from index.querying.typed import EXAMPLES, Piece, read_pieces
from index.querying.values import UnreadableValueError, read_date_range, read_value_range

MOST_ARRANGEMENTS = 200
"""In how many ways the words of a "near" search may lie; an engine may have to try each."""
_LONGEST_NAME = 8
"""Syllables of a name written without quotes: place:Lào Cai."""

ABBREVIATIONS = {
    "dvc": "dịch vụ công",
    "dvctt": "dịch vụ công trực tuyến",
    "tthc": "thủ tục hành chính",
    "csdl": "cơ sở dữ liệu",
    "attt": "an toàn thông tin",
    "cchc": "cải cách hành chính",
    "cđs": "chuyển đổi số",
    "cds": "chuyển đổi số",
    "ubnd": "ủy ban nhân dân",
    "vbđt": "văn bản điện tử",
    "vbdt": "văn bản điện tử",
}
_EXPANSIONS = {short: tuple(tokens(long)) for short, long in ABBREVIATIONS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the query's structure: an operator, a parenthesis, or a node that is already read."""

    kind: Literal["node", "open", "close", "minus", "and", "or", "not"]
    start: int
    node: Node | None = None


class Reader:
    """Turns the pieces of one query into units; `words` are the tokens that were typed to be searched for."""

    def __init__(self, typed: str, names: Names) -> None:
        self._typed = typed
        self._names = names
        self._pieces: deque[Piece] = deque()
        self._fields: list[str] = []
        """For each open parenthesis the field written before it, or ""."""
        self._units: list[Unit] = []
        self.words: list[str] = []

    def read(self) -> list[Unit]:
        self._pieces.extend(read_pieces(self._typed))
        while self._pieces:
            self._read_one(self._pieces.popleft())
        return self._units

    def _read_one(self, piece: Piece) -> None:
        match piece.kind:
            case "word":
                self._add_run([piece, *self._take_words()])
            case "phrase":
                self._add_phrase(piece)
            case "field":
                self._add_field(piece)
            case "minus":
                self._add_minus(piece)
            case "open" | "close" | "and" | "or" | "not" as kind:
                self._add_mark(kind, piece.start)

    def _take_words(self) -> Iterator[Piece]:
        while self._pieces and self._pieces[0].kind == "word":
            yield self._pieces.popleft()

    def _add_mark(self, kind: Literal["open", "close", "and", "or", "not"], start: int, field: str = "") -> None:
        if kind == "open":
            self._fields.append(field or self._field)
        elif kind == "close" and self._fields:
            self._fields.pop()
        self._units.append(Unit(kind, start))

    @property
    def _field(self) -> str:
        return self._fields[-1] if self._fields else ""

    def _add_node(self, start: int, node: Node | None) -> None:
        if node is not None:
            self._units.append(Unit("node", start, node))

    def _add_minus(self, piece: Piece) -> None:
        self._units.append(Unit("minus", piece.start))
        before = len(self._units)
        if self._pieces and self._pieces[0].kind == "word":
            self._add_run([self._pieces.popleft()])
            if len(self._units) == before:  # "-🙂" excludes nothing
                self._units.pop()

    def _add_run(self, run: list[Piece]) -> None:
        start = run[0].start
        if self._field:
            self._add_node(start, self._filter(self._field, self._typed[start : run[-1].end], start))
            return
        parts: list[Node] = []
        plain: list[str] = []
        for piece in run:
            words = self._tokens(piece)
            if len(words) == 1 and words[0] not in _EXPANSIONS:
                plain += words
            elif words:
                parts += [*_term(plain), self._phrase(words, piece)]
                plain = []
        parts += _term(plain)
        self._add_node(start, all_of(parts) if parts else None)

    def _add_phrase(self, piece: Piece) -> None:
        if self._field:
            self._add_node(piece.start, self._filter(self._field, piece.text, piece.start))
            return
        words = self._tokens(piece)
        self._add_node(piece.start, self._phrase(words, piece) if words else None)

    def _tokens(self, piece: Piece) -> list[str]:
        words = tokens(piece.text)
        self.words += words
        return words

    def _phrase(self, words: list[str], piece: Piece) -> Node:
        literal = self._adjacent(words, piece)
        if not any(word in _EXPANSIONS for word in words):
            return literal
        return Or(parts=(literal, self._adjacent(_expand(words), piece)))

    def _adjacent(self, words: list[str], piece: Piece) -> Node:
        if len(words) == 1:
            return Term(words=tuple(words))
        if comb(piece.slop + len(words) - 1, piece.slop) > MOST_ARRANGEMENTS:
            message = (
                f"~{piece.slop} là quá rộng cho {len(words)} tiếng. Hãy bớt tiếng trong ngoặc kép, hoặc giảm số sau ~"
            )
            raise QuerySyntaxError(self._typed, piece.start, message)
        return Phrase(words=tuple(words), slop=piece.slop)

    # --- filters

    def _add_field(self, piece: Piece) -> None:
        if not piece.text and not piece.quoted:
            self._add_mark_of_field(piece)
            return
        start = piece.end - len(piece.text) - piece.quoted
        text = piece.text if piece.quoted else self._longest_name(piece, start)
        self._add_node(piece.start, self._filter(piece.field, text, start))

    def _add_mark_of_field(self, piece: Piece) -> None:
        """`topic:(security OR data_sharing)`: all that stands in the parenthesis is that field's values."""
        opening = self._pieces.popleft()
        self._add_mark("open", opening.start, piece.field)

    def _longest_name(self, piece: Piece, start: int) -> str:
        """place:Lào Cai without quotes: as many of the words that follow as make a known name."""
        resolve = self._resolver(piece.field)
        following = list(takewhile(lambda piece: piece.kind == "word", self._pieces))[: _LONGEST_NAME - 1]
        for count in range(len(following), 0, -1) if resolve not in (None, as_typed, as_term) else ():
            text = self._typed[start : following[count - 1].end]
            if resolve and resolve(text):
                for _ in range(count):
                    self._pieces.popleft()
                return text
        return piece.text

    def _filter(self, field: str, text: str, start: int) -> Node:
        try:
            if field == "date":
                return read_date_range(text)
            if field == "value":
                return read_value_range(text)
        except UnreadableValueError as e:
            raise QuerySyntaxError(self._typed, start, str(e)) from e
        resolve = self._resolver(field)
        values = resolve(text) if resolve else ()
        if not values:
            message = (
                f"Không có “{text.strip()}” trong {_SHOWN[field]}. Kiểm tra lại cách viết, ví dụ {EXAMPLES[field]}"
            )
            raise QuerySyntaxError(self._typed, start, message)
        return Filter(field=field, values=tuple(values))

    def _resolver(self, field: str) -> Resolve | None:
        names = self._names
        resolvers = {
            "topic": names.topic, "place": names.place, "source": names.source, "indicator": names.indicator,
            "kind": KIND, "unit": unit, "term": as_term,
        }  # fmt: skip
        return resolvers.get(field)


_SHOWN = {
    "topic": "các chủ đề", "place": "các địa phương và cơ quan", "source": "các nguồn", "indicator": "các chỉ tiêu",
    "unit": "các đơn vị tính", "kind": "các loại số liệu", "term": "các cụm từ",
}  # fmt: skip


def _expand(words: list[str]) -> list[str]:
    return list(chain.from_iterable(_EXPANSIONS.get(word, (word,)) for word in words))


def _term(words: list[str]) -> list[Node]:
    return [Term(words=tuple(words))] if words else []


def all_of(parts: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    return flat[0] if len(flat) == 1 else And(parts=tuple(flat))
