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


def test_an_undated_title_names_a_month_of_the_year_that_its_text_tells_of() -> None:
    text = "Giá xăng giảm 4,4%, theo số liệu công bố ngày 29/6/2023.\n\nCả vùng có 640 hộ khá giả."

    assert periods(text, title="Giá tiêu dùng tháng 6 tăng nhẹ", published=None)["640 hộ"] == (
        "2023-06-01",
        "2023-06-30",
    )


def test_months_counted_in_a_title_are_those_since_january() -> None:
    found = periods("Cả vùng có 640 hộ khá giả.", title="Xuất khẩu 9 tháng vượt kế hoạch năm")

    assert found["640 hộ"] == ("2024-01-01", "2024-09-30")


def test_an_article_is_not_about_the_year_in_which_something_once_was() -> None:
    text = (
        "Vòng vốn khép lại. Công ty từng nhận 900.000 USD hồi năm 2021, rồi 2 triệu USD.\n\nCả vùng có 640 hộ khá giả."
    )

    assert periods(text)["640 hộ"] is None


MONTHLY = "Hơn 1,2 triệu mẫu đo trong tháng 9/2024 cho thấy mạng nhanh hơn. {}\n\nCả vùng có 640 hộ khá giả."


@pytest.mark.parametrize("aside", ["", "Tốc độ tăng 5% so với tháng 8.", "Mục tiêu đến năm 2030 đạt 200 Mbps."])
def test_an_article_is_about_the_month_that_its_opening_reports_on(aside: str) -> None:
    assert periods(MONTHLY.format(aside))["640 hộ"] == ("2024-09-01", "2024-09-30")


def test_an_article_that_reports_on_a_longer_time_too_is_not_about_a_month() -> None:
    found = periods(
        MONTHLY.format("Người dùng tự đo bằng điện thoại. " * 12)
        + "\n\nTrong 9 tháng đầu năm 2024, mạng đón 40.000 lượt khách."
    )

    assert found["640 hộ"] is None


def test_what_was_reached_is_not_of_the_part_of_a_year_that_has_hardly_begun() -> None:
    found = periods("Cả vùng có 640 hộ khá giả.", title="Bảo hiểm xã hội chạy nước rút ba tháng cuối năm")

    assert found["640 hộ"] is None


def test_an_edition_in_a_title_is_the_time_of_an_article() -> None:
    found = periods("Cả vùng có 640 hộ khá giả.", title="Công bố DDCI Phú Thọ 2023", published=None)

    assert found["640 hộ"] == YEAR_2023


def test_a_text_that_comes_to_the_quarter_of_its_title_aside_is_about_the_time_around_it() -> None:
    found = periods(
        "Sáu tháng đầu năm 2023, cảng thu 900 tỷ đồng.\n\nBến phía bắc góp 310 tỷ đồng.\n\nRiêng trong quý II/2023, cảng thu 480 tỷ đồng.",
        title="Cảng thu kỷ lục quý II/2023",
    )

    assert found["310 tỷ đồng"] == ("2023-01-01", "2023-06-30")
    assert found["480 tỷ đồng"] == ("2023-04-01", "2023-06-30")


def test_a_text_that_speaks_of_the_quarter_of_its_title_first_is_about_the_quarter() -> None:
    found = periods(
        "Quý II/2023, cảng thu 480 tỷ đồng.\n\nBến phía bắc góp 310 tỷ đồng.\n\nSáu tháng đầu năm 2023, cảng thu 900 tỷ đồng, "
        "riêng quý II/2023 lãi 60 tỷ đồng.",
        title="Cảng thu kỷ lục quý II/2023",
    )

    assert found["310 tỷ đồng"] == ("2023-04-01", "2023-06-30")
