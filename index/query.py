"""What a person types ─► Query. The language is that of DESIGN §3; luqum reads its operators and parentheses.

Vietnamese words are several syllables, so syllables side by side hold together tighter than OR: `hộ tịch OR đất đai`
means (hộ tịch) OR (đất đai). A minus excludes the one word, phrase or parenthesis that it is written to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from math import comb
from typing import Literal

import luqum.exceptions
import luqum.thread
import luqum.tree

from index.base import And, Everything, Filter, Node, Not, Or, Phrase, Query, Term
from index.errors import QuerySyntaxError
from index.tokens import fold_tokens, tokens
from index.typed import EXAMPLES, Piece, read_pieces
from index.values import UnreadableValueError, read_date_range, read_value_range
from models.records import TOPIC_IDS
from models.text import fold, normalise, unify_tones

LONGEST_QUERY = 2_000
MOST_WORDS = 200
DEEPEST = 20
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

Resolve = Callable[[str], Sequence[str]]
"""A name as typed ─► the values it stands for; empty when it is no such name."""


def resolver(known: Mapping[str, Iterable[str]]) -> Resolve:
    """Finds values by their names, whatever the case, the tone placement and, failing that, the diacritics.

    >>> topic = resolver({"security": ["An toàn thông tin"], "admin_reform": ["Cải cách hành chính"]})
    >>> topic("AN TOÀN THÔNG TIN"), topic("cai cach hanh chinh"), topic("security"), topic("bóng đá")
    (('security',), ('admin_reform',), ('security',), ())
    """
    exact: dict[str, dict[str, None]] = {}
    folded: dict[str, dict[str, None]] = {}
    for value, names in known.items():
        for name in (value, *names):
            exact.setdefault(_name_key(name), {})[value] = None
            folded.setdefault(fold(_name_key(name)), {})[value] = None

    def resolve(typed: str) -> Sequence[str]:
        key = _name_key(typed)
        found = exact.get(key)
        if found is None and fold(key) == key:
            found = folded.get(key)
        return tuple(found or ())

    return resolve


def _name_key(name: str) -> str:
    return " ".join(unify_tones(normalise(name).casefold()).replace("_", " ").replace("-", " ").split())


def _as_typed(typed: str) -> Sequence[str]:
    return (normalise(typed).strip(),) if typed.strip() else ()


_SLUGS = resolver(dict.fromkeys(TOPIC_IDS, ()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """How names in a query are resolved. The floors above know the catalogues; by default a name is its own value."""

    topic: Resolve = _SLUGS
    place: Resolve = _as_typed
    source: Resolve = _as_typed
    indicator: Resolve = _as_typed


AS_TYPED = Names()
_KIND = resolver({"achieved": ["đạt được"], "target": ["mục tiêu", "chỉ tiêu"], "change": ["tăng giảm"]})
_UNIT = resolver(
    {"percent": ["%", "phần trăm"], "percentage_point": ["điểm phần trăm"], "vnd": ["đồng"], "usd": ["đô la"]}
)


def parse_query(typed: str, names: Names = AS_TYPED) -> Query:
    """Read a query; what can't be read raises QuerySyntaxError with the place and what to do.

    >>> parse_query("chuyển đổi số -covid").root
    And(parts=(Term(words=('chuyển', 'đổi', 'số'), folded=False), Not(part=Term(words=('covid',), folded=False))))
    >>> parse_query("749/QĐ-TTg").root
    Phrase(words=('749', 'qđ', 'ttg'), slop=0, folded=False)
    """
    if len(typed) > LONGEST_QUERY:
        message = f"Câu tìm dài quá {LONGEST_QUERY} ký tự. Hãy giữ lại những từ quan trọng"
        raise QuerySyntaxError(typed, LONGEST_QUERY, message)
    if not typed.strip():
        return Query(typed=typed, root=Everything())
    reader = _Reader(typed, names)
    units = reader.read()
    if not units:
        raise QuerySyntaxError(typed, 0, "Không có chữ hay số nào để tìm. Hãy gõ ít nhất một từ")
    if len(units) + len(reader.words) > MOST_WORDS:
        raise QuerySyntaxError(typed, 0, f"Câu tìm có quá {MOST_WORDS} từ. Hãy giữ lại những từ quan trọng")
    _check_structure(typed, units)
    folded = bool(reader.words) and fold_tokens(reader.words) == reader.words
    return Query(typed=typed, root=_read_structure(typed, units), folded=folded)


# --- pieces ─► units: operators, parentheses, and nodes ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Unit:
    """A piece of the query's structure: an operator, a parenthesis, or a node that is already read."""

    kind: Literal["node", "open", "close", "minus", "and", "or", "not"]
    start: int
    node: Node | None = None


class _Reader:
    """Turns the pieces of one query into units; `words` are the tokens that were typed to be searched for."""

    def __init__(self, typed: str, names: Names) -> None:
        self._typed = typed
        self._names = names
        self._pieces: deque[Piece] = deque()
        self._fields: list[str] = []
        """For each open parenthesis the field written before it, or ""."""
        self._units: list[_Unit] = []
        self.words: list[str] = []

    def read(self) -> list[_Unit]:
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
        self._units.append(_Unit(kind, start))

    @property
    def _field(self) -> str:
        return self._fields[-1] if self._fields else ""

    def _add_node(self, start: int, node: Node | None) -> None:
        if node is not None:
            self._units.append(_Unit("node", start, node))

    def _add_minus(self, piece: Piece) -> None:
        self._units.append(_Unit("minus", piece.start))
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
        self._add_node(start, _all(parts) if parts else None)

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
        for count in range(len(following), 0, -1) if resolve not in (None, _as_typed) else ():
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
            "kind": _KIND, "unit": _unit,
        }  # fmt: skip
        return resolvers.get(field)


_SHOWN = {
    "topic": "các chủ đề", "place": "các địa phương và cơ quan", "source": "các nguồn", "indicator": "các chỉ tiêu",
    "unit": "các đơn vị tính", "kind": "các loại số liệu",
}  # fmt: skip


def _unit(typed: str) -> Sequence[str]:
    """A unit by its slug or name; anything else is the counted thing itself ("hồ sơ")."""
    return _UNIT(typed) or _as_typed(typed)


def _expand(words: list[str]) -> list[str]:
    return list(chain.from_iterable(_EXPANSIONS.get(word, (word,)) for word in words))


def _term(words: list[str]) -> list[Node]:
    return [Term(words=tuple(words))] if words else []


def _all(parts: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    return flat[0] if len(flat) == 1 else And(parts=tuple(flat))


# --- units ─► tree ----------------------------------------------------------------------------------------------------

_OPERATORS = {"and": "AND", "or": "OR", "not": "NOT", "minus": "-", "open": "(", "close": ")"}


def _check_structure(typed: str, units: list[_Unit]) -> None:
    opened: list[_Unit] = []
    before: _Unit | None = None
    for unit in units:
        if unit.kind in ("and", "or") and (before is None or before.kind not in ("node", "close")):
            message = f"Trước {_OPERATORS[unit.kind]} cần một từ. Thêm từ, hoặc viết thường nếu đây là từ cần tìm"
            raise QuerySyntaxError(typed, unit.start, message)
        if unit.kind == "close":
            _check_close(typed, unit, before, opened)
        if unit.kind == "open":
            opened.append(unit)
            if len(opened) > DEEPEST:
                raise QuerySyntaxError(typed, unit.start, f"Ngoặc lồng quá {DEEPEST} lớp. Hãy viết gọn lại")
        before = unit
    if opened:
        raise QuerySyntaxError(typed, opened[-1].start, "Thiếu dấu đóng ngoặc “)”. Thêm vào, hoặc bỏ dấu mở này")
    _check_operand(typed, before)


def _check_close(typed: str, unit: _Unit, before: _Unit | None, opened: list[_Unit]) -> None:
    if not opened:
        raise QuerySyntaxError(typed, unit.start, "Thừa dấu đóng ngoặc “)”. Bỏ dấu này, hoặc thêm “(” ở trước")
    if before is not None and before.kind == "open":
        raise QuerySyntaxError(typed, unit.start, "Trong ngoặc chưa có gì để tìm. Thêm từ, hoặc bỏ cặp ngoặc")
    _check_operand(typed, before)
    opened.pop()


def _check_operand(typed: str, before: _Unit | None) -> None:
    if before is not None and before.kind in ("and", "or", "not", "minus"):
        message = f"Sau {_OPERATORS[before.kind]} cần một từ. Thêm từ, hoặc bỏ {_OPERATORS[before.kind]}"
        raise QuerySyntaxError(typed, before.start, message)


def _read_structure(typed: str, units: list[_Unit]) -> Node:
    if all(unit.kind in ("node", "minus") for unit in units):  # plain words and filters: luqum's 0.3 ms are not needed
        return _all(_negated(units))
    # luqum gets a stand-in for each node: its own lexer stumbles over "62/83", "7:30" and "C++"
    skeleton = " ".join(_OPERATORS.get(unit.kind, f"n{number}") for number, unit in enumerate(units))
    try:
        tree = luqum.thread.parse(skeleton)
    except luqum.exceptions.ParseError as e:
        raise QuerySyntaxError(typed, 0, "Không đọc được các phép AND, OR, NOT và ngoặc. Hãy viết gọn lại") from e
    return _translate(tree, units)


def _negated(units: list[_Unit]) -> Iterator[Node]:
    negate = False
    for unit in units:
        if unit.node is not None:
            yield Not(part=unit.node) if negate else unit.node
        negate = unit.kind == "minus"


def _translate(tree: luqum.tree.Item, units: list[_Unit]) -> Node:
    match tree:
        case luqum.tree.Word():
            node = units[int(str(tree.value)[1:])].node
            assert node is not None, "a stand-in stands for a node"
            return node
        case luqum.tree.OrOperation():
            return Or(parts=tuple(_translate(child, units) for child in tree.children))
        case luqum.tree.Not() | luqum.tree.Prohibit():
            return Not(part=_translate(tree.children[0], units))
        case _:  # AND, words side by side, parentheses
            return _all(_translate(child, units) for child in tree.children)
