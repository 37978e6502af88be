"""Bytes become Vietnamese text whatever their label says."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.charset import decode, tidy

TEXT = "Huyện Mường Khương đẩy mạnh chuyển đổi số, tỷ lệ hồ sơ trực tuyến đạt 82,5%"


def in_1258(text: str) -> bytes:
    """As old editors saved it: letters whole where the code page has them, the tone after the letter."""
    saved = b""
    for letter in text:
        try:
            saved += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
            saved += (base + "".join(tones)).encode("cp1258")
    return saved


@pytest.mark.parametrize(
    "label", [None, "text/html", "text/html; charset=utf-8", "text/html; charset=ISO-8859-1", "x; charset=nonsense"]
)
def test_utf_8_is_read_as_utf_8_under_any_label(label: str | None) -> None:
    assert decode(TEXT.encode(), label) == TEXT


@pytest.mark.parametrize(
    "label", [None, "text/html; charset=utf-8", "text/html; charset=windows-1258", "text/html; charset=iso-8859-1"]
)
def test_windows_1258_comes_out_composed_under_any_label(label: str | None) -> None:
    assert decode(in_1258(TEXT), label) == TEXT


def test_a_label_in_the_markup_serves_where_the_header_has_none() -> None:
    page = b'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">' + "Привет, Ханой".encode(
        "cp1251"
    )

    assert "Привет, Ханой" in decode(page)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_wide_text_and_byte_order_marks_are_understood(encoding: str) -> None:
    page = f"<html><head><title>{TEXT}</title></head></html>"

    assert decode(page.encode(encoding), "text/html; charset=utf-8") == page


def test_utf_8_cut_in_the_middle_of_a_letter_stays_utf_8() -> None:
    assert decode(TEXT.encode() + "ậ".encode()[:-1]) == TEXT + "\ufffd"


def test_decomposed_letters_are_composed_line_by_line() -> None:
    text = unicodedata.normalize("NFD", f"{TEXT}\n{TEXT}")

    assert decode(text.encode()) == f"{TEXT}\n{TEXT}"


def test_lone_surrogates_never_come_out() -> None:
    assert tidy("Huế \ud83d") == "Huế \ufffd"
    assert decode(TEXT.encode() + b"\xed\xa0\xbd").startswith(TEXT)
    assert not re.search("[\ud800-\udfff]", decode(TEXT.encode() + b"\xed\xa0\xbd"))


@given(
    st.binary(max_size=300),
    st.sampled_from([None, "text/html; charset=utf-8", "charset=windows-1258", "charset=base64", "charset="]),
)
def test_any_bytes_give_text_that_can_be_stored(content: bytes, label: str | None) -> None:
    text = decode(content, label)

    assert unicodedata.is_normalized("NFC", text)
    text.encode()
