"""Terms: what is worth counting over time, and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.querying.tokens import tokens
from models.terms import MOST_TERMS, term_of, terms_in
from models.vocabulary import load_toml


def in_title(text: str) -> set[str]:
    return set(terms_in(text, None, ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cảnh báo lừa đảo qua mạng", {"cảnh báo", "lừa đảo", "cảnh báo lừa đảo"}),
        ("hộ chiếu điện tử", {"hộ chiếu", "điện tử", "hộ chiếu điện tử"}),
        ("sữa giả", {"sữa giả"}),
        ("sốt xuất huyết", {"sốt xuất huyết"}),
        ("Đề án 06 của Chính phủ", {"đề án", "đề án 06", "chính phủ"}),
        ("Nghị quyết số 57-NQ/TW", {"nghị quyết 57", "tw"}),
        ("Bão số 3 vào biển Đông", {"bão số 3", "biển đông"}),
        ("Covid-19 trở lại", {"covid 19"}),
        ("đạt 15,91% trong năm 2024", set()),
        ("và của những người đã được", set()),
        ("Kỹ thuật số", {"kỹ thuật"}),
        ("cài VNeID, dùng AI và deepfake", {"vneid", "ai", "deepfake", "cài vneid", "dùng ai"}),
        ("cơ sở, dữ liệu", {"cơ sở", "dữ liệu"}),
        ("dữ liệu\nquốc gia", {"dữ liệu", "quốc gia"}),
        ("“tín dụng đen” – lừa đảo", {"tín dụng", "tín dụng đen", "lừa đảo"}),
        ("của công ty", {"công ty"}),
        ("UBND tỉnh họp", {"tỉnh họp"}),
    ],
)
def test_the_terms_of_a_title_are_its_words_of_several_syllables_and_its_pairs(text: str, expected: set[str]) -> None:
    assert in_title(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông Nguyễn Văn An phát biểu", "nguyễn văn an"),
        ("Công ty Việt Á", "việt á"),
        ("Tại Đắk Lắk, mưa", "đắk lắk"),
        ("ở Bà Rịa-Vũng Tàu", "bà rịa vũng tàu"),
        ("phần mềm Shadow Brokers", "shadow brokers"),
        ("Theo Hoà Bình", "hòa bình"),
    ],
)
def test_capitals_side_by_side_are_a_name(text: str, name: str) -> None:
    assert name in in_title(text)


@pytest.mark.parametrize(("text", "no_name"), [("Bộ Công an", "bộ công"), ("Sở Y tế", "sở y")])
def test_a_word_that_goes_on_in_small_letters_is_not_cut_for_a_name(text: str, no_name: str) -> None:
    assert no_name not in in_title(text)


def test_a_heading_in_capitals_has_words_and_no_names() -> None:
    assert in_title("THANH TRA ĐỘT XUẤT Ở CHỢ LỚN") == in_title("thanh tra đột xuất ở chợ lớn")


def test_a_pair_in_the_body_counts_when_told_twice_or_in_the_title_and_a_word_when_told_once() -> None:
    once = "Người dân mua sữa giả ở chợ. Lừa đảo."
    twice = once + " Công an bắt đường dây sữa giả."

    assert ("sữa giả" in terms_in("", None, once), "lừa đảo" in terms_in("", None, once)) == (False, True)
    assert "sữa giả" in terms_in("", None, twice)
    assert "sữa giả" in terms_in("Sữa giả", None, once)
    assert "sữa giả" in terms_in("", "Sữa giả", once)


def test_case_tone_placement_and_composition_make_no_other_term() -> None:
    written = ["Hòa giải ở Hòa Bình", "HOÀ GIẢI Ở HOÀ BÌNH", unicodedata.normalize("NFD", "hòa giải ở Hoà Bình")]

    assert [in_title(text) >= {"hòa giải", "hòa bình"} for text in written] == [True] * 3
    assert {term_of(text) for text in ("Hoà  Giải", "hòa giải", unicodedata.normalize("NFD", "HÒA GIẢI"))} == {
        "hòa giải"
    }


def test_of_a_long_article_those_terms_count_that_it_tells_most_often() -> None:
    once = " ".join(f"zqrs{number}," for number in range(MOST_TERMS))
    terms = terms_in("Hộ chiếu", None, once + " lừa đảo. lừa đảo.")

    assert len(terms) == len(set(terms)) == MOST_TERMS
    assert terms[:2] == ("hộ chiếu", "lừa đảo")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạẮĐAIN.,-0159İ_\n\u0300\ud800\u200b“"))
def test_terms_stand_side_by_side_in_the_text_and_are_spelt_as_they_would_be_typed(text: str) -> None:
    everywhere = " ".join(tokens(text.replace("İ", "I")))

    for term in terms_in(text, None, text):
        assert term == term_of(term)
        assert f" {term} " in f" {everywhere} " or "İ" in text or " số " in everywhere
        assert not term.replace(" ", "").isdigit()


def test_the_lists_are_spelt_as_the_program_spells() -> None:
    for name in ("function", "loose", "kept", "numbered"):
        phrases = load_toml("terms.toml")[name]
        assert isinstance(phrases, list)
        assert [phrase for phrase in phrases if phrase != term_of(phrase)] == []
