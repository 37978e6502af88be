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
