from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics

# sentence, quote, what the change is measured against
AGAINST = [
    ("Số hồ sơ tăng 12% so với cùng kỳ năm 2023.", "12%", "cùng kỳ năm 2023"),
    ("Chỉ số giảm 7 bậc so với năm trước; điểm số đạt 79.", "7 bậc", "năm trước"),
    ("So với quý I, số hồ sơ trực tuyến tăng 8%.", "8%", "quý I"),
    ("Giao dịch tăng 42% về số lượng và 22% về giá trị so với năm 2023.", "42%", "năm 2023"),
    ("Số hồ sơ đạt 900 hồ sơ, gấp 1,5 lần năm 2019.", "1,5 lần", "năm 2019"),
    ("Thời gian giảm 42% so với quy định.", "42%", "quy định"),
    ("Tỷ lệ này thấp hơn bình quân chung 14,9 điểm phần trăm.", "14,9 điểm phần trăm", "bình quân chung"),
    ("Chỉ số tăng 5,6% so với 0,6535 của năm 2022.", "5,6%", "0,6535 của năm 2022"),
    ("Số hồ sơ trễ hạn giảm 21%.", "21%", None),
    ("Số liệu để so sánh: tỷ lệ tăng 17,5 điểm phần trăm.", "17,5 điểm phần trăm", None),
    ("Tỷ lệ hồ sơ trực tuyến đạt 70% so với mục tiêu 80%.", "70%", None),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "against"), AGAINST)
def test_a_change_says_against_what(sentence: str, quote: str, against: str | None) -> None:
    assert {metric.quote: metric.against for metric in find_metrics(sentence)}[quote] == against
