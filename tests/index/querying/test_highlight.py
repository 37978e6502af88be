from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.base import Document, Highlight, Tier
from index.querying.highlight import Highlighter
from index.querying.query import parse_query
from tests.index.makers import a_document


def highlights(typed: str, document: Document, tier: Tier = "exact") -> tuple[Highlight, ...]:
    return Highlighter(parse_query(typed)).highlight(document, tier)


def marked(typed: str, text: str, tier: Tier = "exact") -> list[str]:
    """What is marked in a body."""
    found = highlights(typed, a_document(title="", text=text), tier)
    return [one.text[start:end] for one in found for start, end in one.spans]


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("chuyển đổi số", "Kế hoạch Chuyển đổi số của tỉnh. Số liệu khác.", ["Chuyển đổi số"]),
        ("hồ sơ số", "Số hồ sơ; hồ nước, sơ đồ.", ["Số hồ sơ", "hồ", "sơ"]),
        ("hòa bình", "HOÀ BÌNH, Hòa Bình, hòa-bình", ["HOÀ BÌNH", "Hòa Bình", "hòa-bình"]),
        ("thuý", "Thúy và Thuý", ["Thúy", "Thuý"]),
        ("quý", "quý, qúy", ["quý", "qúy"]),
        ('"chuyển đổi"', "đổi chuyển; chuyển, đổi; chuyển đổi", ["chuyển, đổi", "chuyển đổi"]),
        ('"chính quyền"~2', "chính xx yy quyền, chính a b c quyền", ["chính xx yy quyền"]),
        ("1887", "đạt 1.887 hồ sơ, 11.887 và 1887", ["1.887", "1887"]),
        ("1.234.567", "1.234.567 hay 1234567", ["1.234.567", "1234567"]),
        ("15,91%", "15,91% chứ không 115,91 hay 15,915", ["15,91"]),
        ("91", "15,91 và 91.", ["91"]),
        ("749/QĐ-TTg", "Quyết định 749/QĐ-TTg", ["749/QĐ-TTg"]),
        ("số", "số_liệu sốt", ["số"]),
        ("DVC", "Cổng DVC là cổng dịch vụ công", ["DVC", "dịch vụ công"]),
        ("tin -giả", "tin giả", ["tin"]),
        ("bão OR lũ", "lũ sau bão", ["lũ", "bão"]),
    ],
)
def test_what_was_searched_for_is_marked_as_the_text_writes_it(typed: str, text: str, expected: list[str]) -> None:
    assert marked(typed, text) == expected


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("Đắk Lắk", "Tỉnh Đăk Lăk (Dak Lak), đặc biệt.", ["Đăk Lăk", "Dak Lak"]),
        ("dak lak", "Tỉnh Đắk Lắk", ["Đắk Lắk"]),
        ("bao", "Bão, báo, bảo", ["Bão", "báo", "bảo"]),
        ("báo", "Bão", ["Bão"]),
    ],
)
def test_in_the_folded_tier_what_matched_without_diacritics_is_marked(
    typed: str, text: str, expected: list[str]
) -> None:
    assert marked(typed, text, "folded") == expected


def test_in_the_folded_tier_of_a_query_with_diacritics_lone_words_are_not_folded() -> None:
    assert marked('Đắk Lắk "số"', "Dak Lak có số, so sánh.", "folded") == ["Dak Lak", "số"]


def test_the_title_is_marked_whole_and_the_best_pieces_of_the_text_follow() -> None:
    filler = "Đoạn này nói chuyện khác hẳn, rất dài và không liên quan gì. " * 8
    text = f"{filler}\n\nHộ tịch ở đây. {filler}\n\nHộ tịch và đất đai ở cùng một đoạn. {filler}"
    found = highlights("hộ tịch OR đất đai", a_document(title="Về hộ tịch", lead="Không có gì.", text=text))

    assert [(one.part, one.text.partition(".")[0]) for one in found] == [
        ("title", "Về hộ tịch"), ("body", "Hộ tịch ở đây"), ("body", "Hộ tịch và đất đai ở cùng một đoạn"),
    ]  # fmt: skip
    assert all(len(one.text) <= 300 for one in found)


def test_a_piece_stays_within_its_paragraph_and_ends_between_words() -> None:
    text = "Đoạn đầu.\n\nCâu trước. Trong câu này có dịch vụ công. " + "Từ tiếp theo " * 30 + "\n\nĐoạn cuối."
    (piece,) = highlights("dịch vụ công", a_document(title="", text=text))

    assert piece.text.startswith("Trong câu này có dịch vụ công. Từ tiếp theo")
    assert piece.text.endswith(("Từ", "tiếp", "theo"))
    assert text[piece.start : piece.start + len(piece.text)] == piece.text


def test_a_question_of_filters_alone_shows_how_the_article_begins() -> None:
    (piece,) = highlights("topic:security", a_document(lead="Mở đầu bài.", text="Nội dung."))

    assert piece == Highlight(part="lead", text="Mở đầu bài.", start=0, spans=())
    assert highlights("topic:security", a_document(text=" \n ")) == ()


def test_nfd_text_and_soft_hyphens_keep_their_own_offsets() -> None:
    nfd = unicodedata.normalize("NFD", "Tỉnh Hòa Bình đạt")

    assert marked("hòa bình", nfd) == [unicodedata.normalize("NFD", "Hòa Bình")]
    assert marked("dịch vụ", "các dịch\u00ad vụ") == ["dịch\u00ad vụ"]
    assert marked("công", "İİİ công \ud83d") == ["công"]


LETTERS = st.sampled_from([*"aàáảãạoòóeuyđbhnq19.,;- \n\n", "hoà ", "hòa ", "bình ", "İ", "\u0301", "\u200b", "1.887 "])


@given(
    st.lists(LETTERS, max_size=120).map("".join),
    st.sampled_from(["hòa bình", "hoa binh", '"hòa bình"~2', "1887", "á OR a"]),
)
def test_pieces_are_cut_from_the_text_and_spans_lie_in_order_within_them(text: str, typed: str) -> None:
    document = a_document(title=text[:40], lead=text[40:80], text=text)
    parts = {"title": document.title, "lead": document.lead or "", "body": document.text}
    tiers: list[Tier] = ["exact", "folded"]

    for tier in tiers:
        for piece in highlights(typed, document, tier):
            assert parts[piece.part][piece.start : piece.start + len(piece.text)] == piece.text
            edges = [edge for span in piece.spans for edge in span]
            assert edges == sorted(edges)
            assert all(0 <= start < end <= len(piece.text) for start, end in piece.spans)


def sentences(typed: str, document: Document, tier: Tier = "exact") -> list[tuple[str, str, list[str]]]:
    """Part, text and what is marked, of each piece."""
    found = Highlighter(parse_query(typed)).sentence(document, tier)
    return [(one.part, one.text, [one.text[start:end] for start, end in one.spans]) for one in found]


def test_the_whole_sentence_is_shown_that_holds_most_of_the_question_however_long_it_is() -> None:
    long = "Tại hội nghị, " + "đại biểu nghe báo cáo, " * 30 + "hồ sơ trực tuyến của Lào Cai đạt 92,3%."
    document = a_document(title="Tin", lead="Lào Cai tổng kết năm.", text=f"Hồ sơ giấy còn nhiều. {long} Hết.")

    found = sentences('Lào Cai "hồ sơ trực tuyến"', document)

    assert found == [("body", long, ["hồ sơ trực tuyến", "Lào Cai"])]


def test_the_first_sentence_goes_with_a_title_that_alone_matches() -> None:
    document = a_document(title="Huế số hóa", lead="Thành phố làm nhanh. Dân mừng.", text="Bài.")

    assert sentences("Huế", document) == [
        ("title", "Huế số hóa", ["Huế"]),
        ("lead", "Thành phố làm nhanh.", []),
    ]


def test_a_question_of_filters_alone_and_an_empty_text_have_a_sentence_or_none() -> None:
    assert sentences("", a_document(text=" Câu đầu. Câu sau.")) == [("body", "Câu đầu.", [])]
    assert sentences("Huế", a_document(text=" ")) == []


@given(st.text(alphabet="hồsơ ,.\n\u0300\u00adĐ" + "a\u0301", max_size=60), st.sampled_from(["exact", "folded"]))
def test_the_sentence_shown_is_a_piece_of_the_text_as_stored(text: str, tier: Tier) -> None:
    document = a_document(title="", text=text)

    for found in Highlighter(parse_query("hồ sơ")).sentence(document, tier):
        assert document.text[found.start : found.start + len(found.text)] == found.text
        assert all(0 <= start < end <= len(found.text) for start, end in found.spans)
