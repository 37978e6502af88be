from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.base import And, DateRange, Everything, Filter, Node, Not, Or, Phrase, Query, Term, ValueRange
from index.errors import QuerySyntaxError
from index.querying.query import parse_query
from index.querying.query_names import Names, resolver
from index.querying.query_units import ABBREVIATIONS


def term(*words: str) -> Term:
    return Term(words=words)


def phrase(*words: str, slop: int = 0) -> Phrase:
    return Phrase(words=words, slop=slop)


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("", Everything()),
        ("  \n ", Everything()),
        ("chuyển đổi số", term("chuyển", "đổi", "số")),
        ("CHUYỂN Đổi  Số", term("chuyển", "đổi", "số")),
        ('"chuyển đổi số"', phrase("chuyển", "đổi", "số")),
        ("“chuyển đổi số”", phrase("chuyển", "đổi", "số")),
        ('"chính quyền"~3', phrase("chính", "quyền", slop=3)),
        ('"số"', term("số")),
        ("hộ tịch OR đất đai", Or(parts=(term("hộ", "tịch"), term("đất", "đai")))),
        ("hộ tịch AND đất đai", And(parts=(term("hộ", "tịch"), term("đất", "đai")))),
        ("a -b", And(parts=(term("a"), Not(part=term("b"))))),
        ("a -b c", And(parts=(term("a"), Not(part=term("b")), term("c")))),
        ("a NOT b", And(parts=(term("a"), Not(part=term("b"))))),
        ("a AND NOT b", And(parts=(term("a"), Not(part=term("b"))))),
        ('-"b c"', Not(part=phrase("b", "c"))),
        ("-(b OR c)", Not(part=Or(parts=(term("b"), term("c"))))),
        ("a (b OR c) d", And(parts=(term("a"), Or(parts=(term("b"), term("c"))), term("d")))),
        ("a AND b OR c", Or(parts=(And(parts=(term("a"), term("b"))), term("c")))),
        ("a and b or c", term("a", "and", "b", "or", "c")),
        ("+a +b", term("a", "b")),
        ("a - b – c", term("a", "b", "c")),
    ],
)
def test_words_phrases_and_operators(typed: str, root: Node) -> None:
    assert parse_query(typed).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("C++", term("c")),
        ("62/83", phrase("62", "83")),
        ("17/NQ-CP", phrase("17", "nq", "cp")),
        ("15,91%", term("15,91")),
        ("1.887", term("1887")),
        ("lúc 7:30", And(parts=(term("lúc"), phrase("7", "30")))),
        ("https://mic.gov.vn/tin", phrase("https", "mic", "gov", "vn", "tin")),
        ("xin chào 🙂", term("xin", "chào")),
        ('ông nói:"xin chào"', And(parts=(term("ông", "nói"), phrase("xin", "chào")))),
        ("[khẩn] {mật} <b> ^ ~ \\ /x/ *", term("khẩn", "mật", "b", "x")),
        ("a:b", phrase("a", "b")),
        ("to TO và", term("to", "to", "và")),
    ],
)
def test_what_only_looks_like_a_mark_is_searched_for(typed: str, root: Node) -> None:
    assert parse_query(typed).root == root


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("topic:security", Filter(field="topic", values=("security",))),
        ("CHỦ_ĐỀ:Security", Filter(field="topic", values=("security",))),
        ('place:"Lào Cai"', Filter(field="place", values=("Lào Cai",))),
        ("nguồn:bao-a", Filter(field="source", values=("bao-a",))),
        ("chi_tieu:par_index", Filter(field="indicator", values=("par_index",))),
        ("unit:%", Filter(field="unit", values=("percent",))),
        ('đơn_vị:"hồ sơ"', Filter(field="unit", values=("hồ sơ",))),
        ('kind:"mục tiêu"', Filter(field="kind", values=("target",))),
        ("date:2020", DateRange(since=date(2020, 1, 1), until=date(2020, 12, 31))),
        ("ngày:2/2024", DateRange(since=date(2024, 2, 1), until=date(2024, 2, 29))),
        ("date:2024-02-29", DateRange(since=date(2024, 2, 29), until=date(2024, 2, 29))),
        ("ngay:31/5/2020", DateRange(since=date(2020, 5, 31), until=date(2020, 5, 31))),
        ("date:[2020-01-01 TO 2020-12-31]", DateRange(since=date(2020, 1, 1), until=date(2020, 12, 31))),
        ("date:[2020 TO *]", DateRange(since=date(2020, 1, 1))),
        ("date:[* TO 2020-02]", DateRange(until=date(2020, 2, 29))),
        ("date:>2020", DateRange(since=date(2021, 1, 1))),
        ("date:<=5/2020", DateRange(until=date(2020, 5, 31))),
        ("date:{2020 TO 2022}", DateRange(since=date(2021, 1, 1), until=date(2021, 12, 31))),
        ("value:[30 TO *]", ValueRange(low=Decimal(30))),
        ("giá_trị:[15,91 TO 1.887]", ValueRange(low=Decimal("15.91"), high=Decimal(1887))),
        ("value:>=30.5", ValueRange(low=Decimal("30.5"))),
        ("value:62%", ValueRange(low=Decimal(62), high=Decimal(62))),
    ],
)
def test_fields_by_both_their_names(typed: str, root: Node) -> None:
    assert parse_query(typed).root == root
    assert parse_query(unicodedata.normalize("NFD", typed)).root == root


def test_a_parenthesis_after_a_field_holds_its_values() -> None:
    names = Names(topic=resolver({"security": ["An toàn thông tin"], "data_sharing": ["Chia sẻ dữ liệu"]}))

    root = parse_query("topic:(an toàn thông tin OR data_sharing) dữ liệu", names).root

    values = tuple(Filter(field="topic", values=(value,)) for value in ("security", "data_sharing"))
    assert root == And(parts=(Or(parts=values), term("dữ", "liệu")))


def test_a_name_of_several_syllables_needs_no_quotes_where_it_is_known() -> None:
    names = Names(
        place=resolver({"Lào Cai": ["tỉnh Lào Cai"], "Lào": [], "Huế": ["Thừa Thiên Huế", "Thừa Thiên - Huế"]})
    )

    assert parse_query("place:lao cai dịch vụ công", names).root == And(
        parts=(Filter(field="place", values=("Lào Cai",)), term("dịch", "vụ", "công"))
    )
    assert parse_query("place:Lào hợp tác", names).root == And(
        parts=(Filter(field="place", values=("Lào",)), term("hợp", "tác"))
    )
    assert parse_query('nơi:"thừa thiên-huế"', names).root == Filter(field="place", values=("Huế",))


def test_a_name_that_several_values_bear_finds_them_all() -> None:
    names = Names(place=resolver({"bac_ninh": ["Bắc Ninh"], "bac_ninh_2025": ["Bắc Ninh"]}))

    assert parse_query("place:bắc ninh", names).root == Filter(field="place", values=("bac_ninh", "bac_ninh_2025"))


@pytest.mark.parametrize("short", ["DVC", "DVCTT", "TTHC", "CSDL", "ATTT", "CCHC", "CĐS", "UBND", "VBĐT"])
def test_an_abbreviation_also_asks_for_what_it_stands_for(short: str) -> None:
    long = tuple(ABBREVIATIONS[short.lower()].split())

    assert parse_query(short).root == Or(parts=(term(short.lower()), Phrase(words=long)))


def test_abbreviations_expand_within_runs_and_phrases() -> None:
    either = Or(parts=(term("ubnd"), phrase("ủy", "ban", "nhân", "dân")))

    assert parse_query("UBND tỉnh Huế").root == And(parts=(either, term("tỉnh", "huế")))
    assert parse_query('"UBND tỉnh"').root == Or(
        parts=(phrase("ubnd", "tỉnh"), phrase("ủy", "ban", "nhân", "dân", "tỉnh"))
    )


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("chuyen doi so", True), ("chuyển đổi số", False), ("Đak Lak", False), ("dak lak", True), ("5G", True), ("DVC", True),
        ("topic:security", False), ('an toan place:"Lào Cai"', True), ("a -é", False), ("", False),
    ],
)  # fmt: skip
def test_a_query_is_folded_when_its_words_are_typed_wholly_without_diacritics(typed: str, folded: bool) -> None:
    assert parse_query(typed).folded is folded


@pytest.mark.parametrize(
    ("typed", "position", "says"),
    [
        ('tin "chưa đóng', 4, "ngoặc kép"),
        ("(a OR b", 0, "đóng ngoặc"),
        ("a) b", 1, "Thừa dấu đóng ngoặc"),
        ("a ()", 3, "Trong ngoặc chưa có gì"),
        ("a OR", 2, "Sau OR"),
        ("OR a", 0, "Trước OR"),
        ("a AND OR b", 6, "Trước OR"),
        ("(a OR) b", 3, "Sau OR"),
        ("a NOT", 2, "Sau NOT"),
        ("tin topic:bóng_đá", 10, "các chủ đề"),
        ("date:hôm-qua", 5, "không phải là ngày"),
        ("date:31/2/2024", 5, "trong lịch"),
        ("date:[2021 TO 2020]", 5, "Ngày đầu"),
        ("date:[2021]", 5, "Khoảng viết như"),
        ("date:[2021 TO 2022", 5, "cần một giá trị"),
        ("value:nhiều", 6, "không phải là số"),
        ("value:{1 TO 2}", 6, "cả hai đầu"),
        ("topic: security", 6, "viết liền"),
        ("topc:security", 0, "topic:"),
        ('a "b c"~99', 7, "~"),
        ('"a b c d e f"~9', 0, "quá rộng"),
        ("🙂 ++ …", 0, "Không có chữ hay số nào"),
    ],
)
def test_a_bad_query_points_at_the_place_and_says_what_to_do(typed: str, position: int, says: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(typed)

    assert (caught.value.position, caught.value.query) == (position, typed)
    assert says in caught.value.message


MARKS = [
    '"',
    "“",
    "(",
    ")",
    "-",
    "+",
    ":",
    "~",
    "[",
    "]",
    "{",
    "}",
    "*",
    "/",
    "\\",
    "^",
    "<",
    ">",
    "=",
    "🙂",
    "\ud800",
    "\0",
]
WORDS = [
    "OR",
    "AND",
    "NOT",
    "TO",
    "topic:",
    "ngày:",
    "value:",
    "place:(",
    "[1 TO 2]",
    "DVC",
    "chuyển",
    "đổi",
    "2020",
    "~3",
    " ",
]


@given(st.lists(st.sampled_from(MARKS + WORDS + [" "] * 8) | st.text(max_size=5), max_size=40).map("".join))
@example("(" * 5_000)
@example("(" * 15 + "a" + ")" * 15)
@example("x" * 10_000)
@example("a OR " * 399 + "a")
@example("- " * 900)
@example("NOT " * 400 + "a")
@example("a OR b AND " * 150 + "a")
def test_whatever_is_typed_gives_a_query_or_an_error_with_a_place(typed: str) -> None:
    outcome = _parse_or_error(typed)

    if isinstance(outcome, QuerySyntaxError):
        assert 0 <= outcome.position <= len(typed)
        assert outcome.message
    else:
        assert _is_sound(outcome.root)


def _parse_or_error(typed: str) -> Query | QuerySyntaxError:
    try:
        return parse_query(typed)
    except QuerySyntaxError as e:
        return e


def _is_sound(node: Node) -> bool:
    """As engines expect it: words are tokens, no phrase of one word, no empty list."""
    match node:
        case Term(words=words):
            return bool(words) and all(words)
        case Phrase(words=words):
            return len(words) > 1 and all(words)
        case Filter(values=values):
            return bool(values)
        case And(parts=parts) | Or(parts=parts):
            return len(parts) > 1 and all(map(_is_sound, parts))
        case Not(part=part):
            return _is_sound(part)
        case _:
            return True
