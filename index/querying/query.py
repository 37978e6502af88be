"""What a person types ─► Query. The language is that of DESIGN §3; luqum reads its operators and parentheses.

Vietnamese words are several syllables, so syllables side by side hold together tighter than OR: `hộ tịch OR đất đai`
means (hộ tịch) OR (đất đai). A minus excludes the one word, phrase or parenthesis that it is written to.
"""

from __future__ import annotations

from collections.abc import Iterator

import luqum.exceptions
import luqum.thread
import luqum.tree

from index.base import Everything, Node, Not, Or, Query
from index.errors import QuerySyntaxError
from index.querying.query_names import AS_TYPED, Names
from index.querying.query_units import Reader, Unit, all_of
from index.querying.tokens import fold_tokens

LONGEST_QUERY = 2_000
MOST_WORDS = 200
DEEPEST = 20


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
    reader = Reader(typed, names)
    units = reader.read()
    if not units:
        raise QuerySyntaxError(typed, 0, "Không có chữ hay số nào để tìm. Hãy gõ ít nhất một từ")
    if len(units) + len(reader.words) > MOST_WORDS:
        raise QuerySyntaxError(typed, 0, f"Câu tìm có quá {MOST_WORDS} từ. Hãy giữ lại những từ quan trọng")
    _check_structure(typed, units)
    folded = bool(reader.words) and fold_tokens(reader.words) == reader.words
    return Query(typed=typed, root=_read_structure(typed, units), folded=folded)


_OPERATORS = {"and": "AND", "or": "OR", "not": "NOT", "minus": "-", "open": "(", "close": ")"}


def _check_structure(typed: str, units: list[Unit]) -> None:
    opened: list[Unit] = []
    before: Unit | None = None
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


def _check_close(typed: str, unit: Unit, before: Unit | None, opened: list[Unit]) -> None:
    if not opened:
        raise QuerySyntaxError(typed, unit.start, "Thừa dấu đóng ngoặc “)”. Bỏ dấu này, hoặc thêm “(” ở trước")
    if before is not None and before.kind == "open":
        raise QuerySyntaxError(typed, unit.start, "Trong ngoặc chưa có gì để tìm. Thêm từ, hoặc bỏ cặp ngoặc")
    _check_operand(typed, before)
    opened.pop()


def _check_operand(typed: str, before: Unit | None) -> None:
    if before is not None and before.kind in ("and", "or", "not", "minus"):
        message = f"Sau {_OPERATORS[before.kind]} cần một từ. Thêm từ, hoặc bỏ {_OPERATORS[before.kind]}"
        raise QuerySyntaxError(typed, before.start, message)


def _read_structure(typed: str, units: list[Unit]) -> Node:
    if all(unit.kind in ("node", "minus") for unit in units):  # plain words and filters: luqum's 0.3 ms are not needed
        return all_of(_negated(units))
    # luqum gets a stand-in for each node: its own lexer stumbles over "62/83", "7:30" and "C++"
    skeleton = " ".join(_OPERATORS.get(unit.kind, f"n{number}") for number, unit in enumerate(units))
    try:
        tree = luqum.thread.parse(skeleton)
    except luqum.exceptions.ParseError as e:
        raise QuerySyntaxError(typed, 0, "Không đọc được các phép AND, OR, NOT và ngoặc. Hãy viết gọn lại") from e
    return _translate(tree, units)


def _negated(units: list[Unit]) -> Iterator[Node]:
    negate = False
    for unit in units:
        if unit.node is not None:
            yield Not(part=unit.node) if negate else unit.node
        negate = unit.kind == "minus"


def _translate(tree: luqum.tree.Item, units: list[Unit]) -> Node:
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
            return all_of(_translate(child, units) for child in tree.children)
