"""Characters, syllables and sentences of Vietnamese text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.alignment import align
from models.text import fold, normalise, split_sentences, syllables, unify_i, unify_tones

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
TEXTS = st.text(
    alphabet=VIETNAMESE + VIETNAMESE.upper() + ' .,/:;!?"“”()-0123456789\n\t\u0300\u0301\u0323\u200b\u00ad\u00a0\ud800'
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_normalising_joins_marks_and_drops_what_cannot_be_seen() -> None:
    given_text = unicodedata.normalize("NFD", "Dịch vụ\u200b cô\u00adng\ufeff trực tuyến")

    assert normalise(given_text) == "Dịch vụ công trực tuyến"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x1fc", "a b c"),
        ("dòng\r\nmới\rnữa", "dòng \nmới\nnữa"),
        ("tab\tở lại", "tab\tở lại"),
        ("nửa \ud83d chữ \udc00", "nửa \ufffd chữ \ufffd"),
        ("cách\u00a0rộng\u3000ra", "cách rộng ra"),
        ("trang\x0csau", "trang\nsau"),
        ("", ""),
    ],
)
def test_normalising_replaces_what_breaks_a_search(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(TEXTS)
def test_aligned_text_is_the_normalised_text_and_its_spans_lead_back(text: str) -> None:
    aligned = align(text)

    assert aligned.text == normalise(text)
    for position in range(len(aligned.text)):
        start, end = aligned.origin(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert aligned.text[position] in normalise(text[start:end])
    assert "".join(text.split()) == "" or aligned.origin(0, len(aligned.text))[1] <= len(text)


@given(st.text())
def test_any_text_can_be_aligned(text: str) -> None:
    aligned = align(text)

    assert all(start < end for start, end in (aligned.origin(i, i + 1) for i in range(len(aligned.text))))


def test_a_figure_of_a_decomposed_text_is_found_again_in_the_text_as_given() -> None:
    given_text = unicodedata.normalize("NFD", "Tỷ lệ đạt 15,91% hồ sơ")
    aligned = align(given_text)
    start = aligned.text.index("15,91%")

    found = aligned.origin(start, start + 6)

    assert given_text[slice(*found)] == "15,91%"
    assert start != found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đắk Lắk", "dak lak"),
        ("BÁO ĐỘNG", "bao dong"),
        ("Ðà Nẵng", "da nang"),
        ("Straße", "straße"),
        ("5G/ẩn", "5g/an"),
    ],
)
def test_folding_takes_diacritics_and_capitals(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(TEXTS)
def test_folding_and_unifying_keep_the_length_of_a_normalised_text(text: str) -> None:
    text = normalise(text)
    without_marks = "".join(letter for letter in text if not unicodedata.combining(letter))

    assert len(fold(text)) == len(without_marks)
    assert len(unify_tones(text)) == len(unify_i(text)) == len(text)
    assert fold(unify_tones(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("THUÝ", "THÚY"),
        ("khoẻ", "khỏe"),
        ("Hoá đơn", "Hóa đơn"),
        ("hóan", "hoán"),
        ("qúy", "quý"),
        ("tòan", "toàn"),
    ],
)
def test_two_ways_of_writing_a_tone_become_one(one: str, other: str) -> None:
    assert unify_tones(one) == unify_tones(other)


@pytest.mark.parametrize(
    "text", ["quý III", "của", "hoàn thuế", "loại", "ngoài", "khuyến", "Nguyễn", "thuế", "loá lên"[3:]]
)
def test_a_tone_that_stands_right_stays(text: str) -> None:
    assert unify_tones(text) == text


def test_unified_tones_agree_with_underthesea_for_the_syllables_it_knows() -> None:
    from underthesea.pipeline.text_normalize.text_normalizer import token_map  # a second that the others do without

    # Its list holds "lòa" ─► "loà" and "nòa" ─► "noà", the reverse of its own hoà ─► hòa.
    slips = {"lòa", "nòa"}
    misplaced = {
        raw: wanted
        for raw, wanted in token_map.items()
        if raw != unify_tones(raw) and raw.lower() not in slips and fold(raw) == fold(wanted)
    }
    agreed = [raw for raw, wanted in misplaced.items() if unify_tones(raw) == wanted]

    assert len(misplaced) > 500
    assert len(agreed) / len(misplaced) > 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kĩ thuật", "kỹ thuật"),
        ("tỉ lệ", "tỷ lệ"),
        ("công ti", "công ty"),
        ("lí lịch", "lý lịch"),
        ("quí II", "quý II"),
    ],
)
def test_i_and_y_become_one_where_asked(one: str, other: str) -> None:
    assert unify_i(one) == unify_i(other)


def test_i_stays_apart_from_y_inside_a_syllable() -> None:
    assert unify_i("thuý tay máy") == "thuý tay máy"


def test_syllables_keep_numbers_whole() -> None:
    assert syllables("Đạt 15,91%, 1.245/1.300 hồ sơ (DVCTT)") == ["Đạt", "15,91", "1.245", "1.300", "hồ", "sơ", "DVCTT"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Xem thêm tại mic.gov.vn và dichvucong.gov.vn để biết.",
        "UBND TP. Hồ Chí Minh đã họp.",
        "Ông ở P. Bến Nghé, Q. 1, TP. HCM.",
        "Th.S Trần Văn Nam, ThS. Lê Thị Hoa và PGS.TS. Đỗ Nam cùng dự.",
        "Toàn tỉnh có 1.245 trạm, đạt 98.5 điểm.",
        "Các đơn vị nghiêm túc thực hiện./.",
        "Các đơn vị nghiêm túc thực hiện ./.",
        "“Có khó không?” chị Hoa hỏi lại.",
        "Chờ... rồi lại chờ.",
        "1. Giao Sở Nội vụ chủ trì.",
        "a. Cán bộ tiếp nhận hồ sơ.",
        "Chị Nguyễn T. Mai đến nộp hồ sơ.",
        "Mua hàng trên VnExpress.Net hay Booking.Com đều được.",
        "Trụ sở ở Tp.Hồ Chí Minh, Tp.Huế đều mở cửa.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Năm 2020. Theo Sở, đạt 30%.", ["Năm 2020.", "Theo Sở, đạt 30%."]),
        ("Khó lắm! “Sao vậy?” Ông cười.", ["Khó lắm!", "“Sao vậy?”", "Ông cười."]),
        ("Thực hiện nghiêm./. Nơi nhận: Như trên.", ["Thực hiện nghiêm./.", "Nơi nhận: Như trên."]),
        ("Đã tiếp nhận hồ sơ.Đến nay đã xong.", ["Đã tiếp nhận hồ sơ.", "Đến nay đã xong."]),
        ("Anh N.V.T. Theo công an, đã bắt.", ["Anh N.V.T.", "Theo công an, đã bắt."]),
        ("Nặng 5 kg. Còn lại để kho.", ["Nặng 5 kg.", "Còn lại để kho."]),
        ("Một đoạn\n\nđoạn hai", ["Một đoạn", "đoạn hai"]),
        ("Dòng bị ngắt\ngiữa chừng. Hết", ["Dòng bị ngắt\ngiữa chừng.", "Hết"]),
        ("- Mục một;\n- Mục hai", ["- Mục một;", "- Mục hai"]),
        ("Đạt 50%. 20 xã chưa có sóng.", ["Đạt 50%.", "20 xã chưa có sóng."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(TEXTS)
def test_sentences_hold_everything_in_order_and_never_overlap(text: str) -> None:
    spans = split_sentences(text)

    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
