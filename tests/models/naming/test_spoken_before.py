"""Names that lean on what the title, the sentence or the sentences before speak of."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics


def names(text: str, title: str | None = None) -> list[str]:
    return [metric.name for metric in find_metrics(text, title=title)]


# text, names of its figures
MONEY = [
    ("Tỉnh dành kinh phí chuyển đổi số 50 tỷ đồng, trong đó ngân sách tỉnh 38 tỷ đồng, xã hội hóa 12 tỷ đồng.",
     ["kinh phí chuyển đổi số", "kinh phí chuyển đổi số từ ngân sách tỉnh", "kinh phí chuyển đổi số từ xã hội hóa"]),
    ("Mã độc tống tiền gây thiệt hại 70 tỷ đồng cho doanh nghiệp.", ["thiệt hại do mã độc tống tiền"]),
    ("Doanh thu công nghiệp phần mềm đạt 900 triệu USD, xuất khẩu 640 triệu USD.",
     ["doanh thu công nghiệp phần mềm", "xuất khẩu công nghiệp phần mềm"]),
    ("Lãi sau thuế thu hẹp từ 90 tỷ đồng xuống 41 tỷ đồng.", ["lãi sau thuế"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MONEY, ids=str)
def test_money_is_named_by_its_source_its_cause_or_the_trade_it_is_of(text: str, expected: list[str]) -> None:
    assert names(text) == expected


DOERS = [
    ("Hệ thống thông tin giải quyết thủ tục hành chính ghi nhận 51.300 hồ sơ.",
     "số hồ sơ ghi nhận hệ thống thông tin giải quyết thủ tục hành chính"),
    ("Qua rà soát cho thấy có 27 máy trạm nhiễm mã độc.", "số máy trạm nhiễm mã độc"),
    ("Trận lũ lớn làm 3 người chết.", "số người chết"),
    ("Cả ba cấp tiếp nhận tổng cộng 8.410 hồ sơ.", "số hồ sơ tiếp nhận"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), DOERS, ids=str)
def test_a_count_is_named_with_what_holds_it_but_not_with_who_says_it(text: str, name: str) -> None:
    assert names(text) == [name]


def test_an_abbreviation_stays_one_in_the_names_of_later_sentences() -> None:
    text = "Nhà mạng đã lắp 310 trạm 5G. Ở đồng bằng, Viettel nhiều nhất với 190 trạm."

    assert names(text)[1] == "số trạm 5G"


def test_words_all_in_capitals_are_no_abbreviations() -> None:
    text = "THÔNG BÁO SỐ HỒ SƠ có 20 tờ khai. Huyện tiếp nhận 3.100 hồ sơ."

    assert names(text)[-1] == "số hồ sơ tiếp nhận"
