"""Parts of the world that figures are about, and where they are only named. The sentences are ours, the figures not real."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics

TOLD_OF = [
    ("Kinh tế số của Đông Nam Á đạt 121 tỷ USD. Thương mại điện tử tăng 58%.", ["Đông Nam Á"] * 2),
    ("Sáu nước ASEAN có 410 triệu người dùng.", ["Đông Nam Á"]),
    (
        "Báo cáo nói về châu Phi. Thị trường trong khu vực, gồm Kenya, Ghana và Nigeria, có 52 triệu thuê bao.",
        ["Châu Phi"],
    ),
    ("Hệ thống chặn 7,4 triệu lượt truy cập tại năm nước Đông Nam Á.", ["Đông Nam Á"]),
    ("Chỉ số của Việt Nam là 0,71 điểm, hơn trung bình châu Á 0,65 điểm.", ["Việt Nam", "Châu Á"]),
    ("Ở châu Âu, tiền phạt lên 5,1 tỷ euro. Còn người dân? Cuộc thăm dò hỏi 2.900 người.", ["Châu Âu", "Việt Nam"]),
    # only measured by, or one of it
    ("Việt Nam tăng 8 bậc; trong ASEAN đứng thứ 4.", ["Việt Nam"] * 2),
    ("Việt Nam là một trong sáu nước Đông Nam Á có hơn 30 dự án.", ["Việt Nam"]),
    ("Số hồ sơ gửi đi các nước ASEAN là 21.400 hồ sơ.", ["Việt Nam"]),
    ("Trong khu vực, tỷ lệ này đạt 45%.", ["Việt Nam"]),
]


@pytest.mark.parametrize(("text", "expected"), TOLD_OF)
def test_a_figure_of_a_part_of_the_world_is_not_of_the_country(text: str, expected: list[str]) -> None:
    found = find_metrics(text, title=None, published=date(2024, 9, 3), source_place=None)

    assert [metric.entity for metric in found] == expected


def test_a_company_s_figures_in_a_part_of_the_world_are_its_own() -> None:
    found = find_metrics(
        "Viettel có thêm khách. Ở châu Phi, doanh thu tăng 24%.",
        title="Viettel báo lãi",
        published=None,
        source_place=None,
    )

    assert [metric.entity for metric in found] == ["Viettel"]
