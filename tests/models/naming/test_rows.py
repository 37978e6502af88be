"""What the figures of a row are called that tell each of another thing."""

from __future__ import annotations

import pytest

from models.annotation import figures

# text, names of its figures
THINGS = [
    (
        "Doanh thu, chi phí và lợi nhuận của xưởng lần lượt là 40 tỷ, 31 tỷ và 9 tỷ đồng.",
        ["doanh thu của xưởng", "chi phí của xưởng", "lợi nhuận của xưởng"],
    ),
    (
        "Kim ngạch xuất khẩu và nhập khẩu của tỉnh đạt 2,1 tỷ USD và 1,4 tỷ USD.",
        ["kim ngạch xuất khẩu", "kim ngạch nhập khẩu"],
    ),
    (
        "Mảng điện máy ghi nhận doanh thu và lợi nhuận sau thuế lần lượt 260 tỷ và 23 tỷ đồng.",
        ["doanh thu mảng điện máy", "lợi nhuận sau thuế mảng điện máy"],
    ),
    (
        "Số lượng và giá trị chuyển khoản qua ví đều tăng trưởng mạnh, tương ứng 81% và 64% so với cùng kỳ.",
        ["mức tăng số lượng chuyển khoản qua ví so với cùng kỳ", "mức tăng giá trị chuyển khoản qua ví so với cùng kỳ"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), THINGS)
def test_each_figure_of_a_row_is_of_its_own_one_of_the_things_before_it(text: str, expected: list[str]) -> None:
    found = figures(text, title=None, published=None, source_place=None)

    assert [metric.name for metric in found] == expected


def test_sums_behind_as_many_shares_are_of_what_those_are_of() -> None:
    text = "Mảng bán lẻ mang về 61% doanh thu và 38% lợi nhuận của chuỗi, tương đương 900 tỷ và 40 tỷ đồng."

    found = figures(text, title=None, published=None, source_place=None)

    assert [metric.name for metric in found][2:] == ["doanh thu mảng bán lẻ", "lợi nhuận mảng bán lẻ"]


def test_shares_listed_behind_a_colon_are_of_what_the_share_before_it_is_of() -> None:
    text = "Khoảng 80% đơn đăng ký thuộc các ngành mũi nhọn, trong đó: Cơ khí 30%; Dệt may 25%; Đồ gỗ 25%."

    found = figures(text, title=None, published=None, source_place=None)

    assert [metric.name for metric in found][1:] == [
        "tỷ lệ đơn đăng ký thuộc ngành Cơ khí",
        "tỷ lệ đơn đăng ký thuộc ngành Dệt may",
        "tỷ lệ đơn đăng ký thuộc ngành Đồ gỗ",
    ]
