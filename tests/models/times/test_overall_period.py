from __future__ import annotations

import pytest

from tests.models.times.test_timing import YEAR_2023, periods

# how an article opens
REPORTS = [
    "Năm 2023, tỉnh tiếp nhận 900 hồ sơ.",
    "(TTXVN) Năm 2023, trong bối cảnh còn nhiều khó khăn, ngành thuế giữ vững nhịp thu.",
    "Sáng 15/1, huyện tổng kết công tác cải cách hành chính năm 2023.",
    "Sở vừa phê duyệt kết quả đánh giá các xã năm 2023.",
    "Doanh thu của ngành năm 2023 ước đạt 138 nghìn tỷ đồng.",
    "Chiều qua, kho bạc cho biết dịch vụ công của ngành tiếp tục được mở rộng trong năm 2023.",
]
ASIDES = [
    "Thủ tướng vừa ký quyết định phê duyệt phương án đơn giản hóa thủ tục của ngành công an năm 2023.",
    "Cùng với việc xây dựng phần mềm, năm 2023, Bộ trưởng đã phát động phong trào thi đua.",
    "Năm 2023, tập đoàn chính thức ra mắt dòng xe mới.",
    "Hòn đảo này được một tạp chí Mỹ bình chọn là điểm đến đẹp nhất dành cho khách trẻ năm 2023.",
    "Sổ hộ khẩu giấy hết giá trị theo Luật Cư trú năm 2023.",
    "Thị xã chỉ bằng một góc của thành phố Vinh (580 nghìn người năm 2023).",
]


@pytest.mark.parametrize("opening", REPORTS)
def test_an_article_is_about_the_time_that_its_opening_reports_on(opening: str) -> None:
    assert periods(f"{opening}\n\nCả vùng có 640 hộ khá giả.")["640 hộ"] == YEAR_2023


@pytest.mark.parametrize("opening", ASIDES)
def test_an_article_is_not_about_a_time_that_its_opening_names_beside_the_way(opening: str) -> None:
    assert periods(f"{opening}\n\nCả vùng có 640 hộ khá giả.")["640 hộ"] is None


def test_an_article_on_an_inspection_is_about_the_time_inspected() -> None:
    text = (
        "Thanh tra tỉnh vừa kết luận việc mua sắm máy chủ tại 9 sở giai đoạn 2019-2021.\n\nCác sở trả lại 640 thiết bị."
    )

    assert periods(text, published=None)["640 thiết bị"] == ("2019-01-01", "2021-12-31")


def test_an_undated_article_is_about_its_part_of_a_year_though_the_year_is_foreseen() -> None:
    text = (
        "Quý II/2023, hãng giao 5.120 máy kéo. Cả năm, hãng dự báo giao 22.000 máy kéo.\n\nCả vùng có 640 hộ khá giả."
    )

    assert periods(text, published=None)["640 hộ"] == ("2023-04-01", "2023-06-30")


@pytest.mark.parametrize(
    "title",
    [
        "Nhà mạng tiệm cận mục tiêu 12 triệu thuê bao ngay trong năm 2024",
        "Vốn khởi nghiệp xuống mức thấp nhất kể từ 2020",
    ],
)
def test_an_article_is_not_about_the_time_that_its_title_aims_at_or_counts_from(title: str) -> None:
    assert periods("Mỗi thuê bao dùng nhiều hơn 2 lần. Cả vùng có 640 hộ khá giả.", title=title)["640 hộ"] is None
