from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.querying.tokens import LONGEST_TOKEN, fold_tokens, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoà Bình, HOÀ BÌNH", ["hòa", "bình", "hòa", "bình"]),
        ("thuý thúy, qúy quý", ["thúy", "thúy", "quý", "quý"]),
        ("15,91% của 1.887", ["15,91", "của", "1887"]),
        ("749/QĐ-TTg", ["749", "qđ", "ttg"]),
        ("Đề án 06; 5G, 24/7", ["đề", "án", "06", "5g", "24", "7"]),
        ("7.2020 và 31.5.2024", ["7.2020", "và", "31.5.2024"]),
        ("e-Office_mới", ["e", "office", "mới"]),
        ("trần\u00adthuật\u200b", ["trầnthuật"]),
        ("C++ 🙂 …", ["c"]),
        ("", []),
    ],
)
def test_text_is_cut_into_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_folding_takes_the_diacritics_away_and_nothing_else() -> None:
    assert fold_tokens(tokens("Đắk Lắk đạt 15,91%")) == ["dak", "lak", "dat", "15,91"]


@given(st.text())
def test_any_text_gives_tokens_that_hold_no_space_and_are_not_too_long(text: str) -> None:
    found = tokens(text)

    assert all(token and not any(letter.isspace() for letter in token) for token in found)
    assert all(len(token) <= LONGEST_TOKEN for token in found)
    assert len(fold_tokens(found)) == len(found)


@given(st.text(alphabet="aàáảoóòeyýỳuúđĐHQqtn 12.,"))
def test_nfc_and_nfd_upper_and_lower_give_the_same_tokens(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(text) == tokens(text.upper())


def test_tokens_are_tokens_of_themselves() -> None:
    found = tokens("UBND tỉnh Thừa Thiên Huế: 1.234.567,8 hồ sơ theo 42/2022/NĐ-CP, hoà thuận, quý III")

    assert tokens(" ".join(found)) == found


def test_more_words_than_are_remembered_change_nothing() -> None:
    text = " ".join(f"hoà{number}" for number in range(70_000))

    assert tokens(text)[-1] == "hòa69999"
    assert tokens("Hoà") == ["hòa"]
