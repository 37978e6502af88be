"""What shares and changes are called in the wordings that the press has for them."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics

HELD_AGAINST = [
    ("Kho đang giữ 900 đơn chờ duyệt, nhiều hơn một năm trước 120 đơn.", "120 đơn", "mức tăng đơn chờ duyệt so với một năm trước"),
    ("Doanh thu của xưởng đạt 40 tỷ đồng, thấp hơn cùng kỳ 16%.", "16%", "mức giảm doanh thu của xưởng so với cùng kỳ"),
    ("Năng suất lúa ước 61 tạ/ha, ít hơn vụ trước 2%.", "2%", "mức giảm năng suất lúa so với vụ trước"),
    ("Đáng lưu ý, giá vé buýt cao hơn năm 2021 tới 9,5%.", "9,5%", "mức tăng giá vé buýt so với năm 2021"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), HELD_AGAINST)
def test_a_change_says_against_which_earlier_time_it_is_held(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


PLACED = [
    ("Tỷ lệ hồ sơ trực tuyến của tỉnh đạt 61%. Lào Cai và Sơn La thuộc nhóm thấp nhất, chỉ đạt 12%.", "12%", "tỷ lệ hồ sơ trực tuyến"),
    ("Tỷ lệ hộ dùng nước sạch đạt 61%. Xét theo tỉnh, Sơn La dẫn đầu (88%).", "88%", "tỷ lệ hộ dùng nước sạch"),
    ("Đã có chỉ số cải cách hành chính. Lào Cai quán quân năm thứ ba, 91,2 điểm.", "91,2 điểm", "chỉ số cải cách hành chính"),
    ("Tỷ lệ dùng nước sạch từ 61% năm 2018 giảm xuống 58% và lần này chỉ còn 52%.", "52%", "tỷ lệ dùng nước sạch"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), PLACED)
def test_a_place_among_others_is_no_name(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


MARGINS = [
    ("Biên lợi nhuận gộp từ 14,9% rơi về 10,7%.", "14,9%", "biên lợi nhuận gộp"),
    ("Biên lợi nhuận gộp từ 14,9% rơi về 10,7%.", "10,7%", "biên lợi nhuận gộp"),
    ("Lãi suất cho vay mua nhà đang ở mức 7,5%.", "7,5%", "lãi suất cho vay mua nhà"),
    ("Nhà mạng giữ tốc độ tăng trưởng thuê bao 2% mỗi tháng.", "2%", "tốc độ tăng trưởng thuê bao"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), MARGINS)
def test_margins_and_growth_are_measured_by_themselves(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]


STEPS = [
    ("Lào Cai xếp thứ 9/63 về chỉ số PCI, tăng 2 bậc so với năm 2020.", "2 bậc", "số bậc tăng xếp hạng PCI so với năm 2020"),
    ("Lào Cai xếp thứ 9/63 về chỉ số PCI, tụt 2 bậc so với kỳ trước.", "2 bậc", "số bậc giảm xếp hạng PCI so với kỳ trước"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "name"), STEPS)
def test_steps_say_against_when_they_are_counted(text: str, quote: str, name: str) -> None:
    metrics = find_metrics(text)

    assert name in [metric.name for metric in metrics if metric.quote == quote]
