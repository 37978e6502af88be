"""Whose story an article tells that its title names by half, or not at all. The sentences are ours, companies and figures made up."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str, place: str | None = None) -> list[str | None]:
    found = find_metrics(text, title=title, published=date(2024, 9, 3), source_place=place)
    return [metric.entity for metric in found]


# --- companies that no list holds ---------------------------------------------------------------------------------------

SOLD = "Doanh thu sáu tháng đạt 812 tỷ đồng. Khách hàng của công ty ở Hải Phòng chiếm 14%."


@pytest.mark.parametrize(
    ("title", "opening", "expected"),
    [
        ("Điện máy Hoa Mai mở lại cửa hàng", "Chuỗi bán lẻ Điện máy Hoa Mai vừa mở thêm cửa hàng.", "Điện máy Hoa Mai"),
        ("Ví điện tử KaPi thêm người dùng", "Công ty mẹ nói ví điện tử KaPi đã qua lúc khó.", "KaPi"),
        ("Giao hàng Nhanh Chân lãi trở lại", "Hãng giao hàng công nghệ Nhanh Chân vừa họp cổ đông.", "Nhanh Chân"),
        ("Cấp nước Sơn La giảm thất thoát", "Công ty cổ phần Cấp nước Sơn La vừa họp cổ đông.", "Cấp nước Sơn La"),
        ("Hóa đơn Phù Sa: một năm nhìn lại", "Công ty cổ phần Phù Sa Invoice vừa họp cổ đông.", "Phù Sa Invoice"),
    ],
)  # fmt: skip
def test_the_company_that_a_title_opens_with_is_whom_the_article_is_about(
    title: str, opening: str, expected: str
) -> None:
    assert entities(f"{opening}\n\n{SOLD}", title) == [expected, expected]


def test_a_title_opens_with_no_company_where_the_text_tells_of_no_business() -> None:
    text = "Người dân xã Hoa Mai dùng ứng dụng Hoa Mai.\n\nTỉnh Sơn La đã cấp 812 tài khoản."

    assert entities(text, "Ứng dụng Hoa Mai về với bà con") == ["Sơn La"]
