"""Whom the figures of a list are about: each body of it its own. The sentences are ours, the figures not real."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def whose(text: str, title: str | None = None) -> list[tuple[str, str | None]]:
    found = find_metrics(text, title=title, published=date(2024, 9, 3), source_place=None)
    return [(metric.quote, metric.entity) for metric in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the rank stands before the one that holds it
        ("Bắc Ninh dẫn đầu với 93,2%; đứng thứ 2 tỉnh Hải Dương đạt 91,5%; thứ 3 tỉnh Lào Cai đạt 91%.",
         [("93,2%", "Bắc Ninh"), ("thứ 2", "Hải Dương"), ("91,5%", "Hải Dương"), ("thứ 3", "Lào Cai"), ("91%", "Lào Cai")]),
        ("Dẫn đầu là Bắc Ninh. Vị trí thứ 3 trong bảng xếp hạng thuộc về TP.Huế.", [("thứ 3", "Huế")]),
        # each of a list has its result in brackets, and their ranks follow
        ("Bộ Tài chính (71,2%) và Bộ Tư pháp (70,4%) lần lượt giữ vị trí thứ 2 và thứ 3.",
         [("71,2%", "Bộ Tài chính"), ("70,4%", "Bộ Tư pháp"), ("thứ 2", "Bộ Tài chính"), ("thứ 3", "Bộ Tư pháp")]),
        # one figure of two
        ("Riêng Hà Nội và Đà Nẵng 100%.", [("100%", "Hà Nội"), ("100%", "Đà Nẵng")]),
        ("Hà Nội và Đà Nẵng thuộc nhóm thấp nhất, chỉ đạt 9%.", [("9%", "Hà Nội"), ("9%", "Đà Nẵng")]),
    ],
)  # fmt: skip
def test_each_body_of_a_list_has_its_own_figure(text: str, expected: list[tuple[str, str]]) -> None:
    assert whose(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tốc độ của Việt Nam kém Thái Lan (trên 200 Mbps, tăng 4%).", [("200 Mbps", "Thái Lan"), ("4%", "Thái Lan")]),
        ("Mạng của VNPT chậm hơn Viettel (344,1 Mbps tải xuống và 88,2 Mbps tải lên).",
         [("344,1 Mbps", "Viettel"), ("88,2 Mbps", "Viettel")]),
        ("Dịch vụ số đóng góp 21% doanh thu của VNPT, 17% của Viettel và 14% của MobiFone.",
         [("21%", "VNPT"), ("17%", "Viettel"), ("14%", "MobiFone")]),
    ],
)  # fmt: skip
def test_a_figure_in_brackets_or_before_its_owner_is_that_ones(text: str, expected: list[tuple[str, str]]) -> None:
    assert whose(text) == expected


def test_the_countries_where_a_company_works_are_not_whom_its_figures_are_about() -> None:
    text = "Doanh thu của Viettel tăng 31%. Ở nước ngoài, Peru tăng 64%; Haiti tăng 11%."

    assert whose(text, "Viettel báo lãi tại các thị trường") == [
        ("31%", "Viettel"),
        ("64%", "Viettel"),
        ("11%", "Viettel"),
    ]
