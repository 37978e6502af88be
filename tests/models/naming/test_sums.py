"""What sort of money a sum is."""

from __future__ import annotations

import pytest

from models.figures.metrics import find_metrics


def _names(text: str) -> list[str]:
    return [metric.name for metric in find_metrics(text)]


# text, names of its figures
ABROAD = [
    ("Hãng chi 90 triệu euro cho bảo mật.", ["kinh phí chi bảo mật"]),
    ("Doanh thu của hãng đạt 320 tỷ won.", ["doanh thu của hãng"]),
    ("Người dân nộp phạt qua mạng 42 triệu ringgit.", ["số tiền nộp phạt qua mạng"]),
]  # fmt: skip

@pytest.mark.parametrize(("text", "expected"), ABROAD)
def test_money_of_another_country_is_named_as_money_not_as_things_counted(text: str, expected: list[str]) -> None:
    assert _names(text) == expected


def test_tons_are_an_amount_of_what_is_weighed() -> None:
    assert _names("Tỉnh cấp cho dân 120 tấn gạo.") == ["lượng gạo cấp cho dân"]
