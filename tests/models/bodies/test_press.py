"""Whom a figure is about in the press: foreign news, sport, spokesmen, schools. The sentences are ours, the figures not real."""

from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics


def entities(text: str, title: str | None = None, published: date | None = date(2024, 9, 3)) -> list[str | None]:
    return [metric.entity for metric in find_metrics(text, title=title, published=published, source_place=None)]


# --- foreign settings ---------------------------------------------------------------------------------------------------

# title, text, entity of each figure
ABROAD = [
    ("Myanmar: Động đất mạnh trong đêm",
     "Trận động đất làm 144 người chết. Bộ Y tế cho biết 732 người bị thương. Thành phố Mandalay có 96 ca tử vong.",
     ["Myanmar"] * 3),
    # nobody of ours is named
    (None, "Chính phủ Nhật Bản vừa thông qua gói hỗ trợ 350 tỷ USD. Theo Bộ Tài chính, nợ công bằng 210% GDP. Nhật Bản có "
     "123 triệu dân.", ["Nhật Bản"] * 3),
    # the ministry of another country
    ("Bộ Y tế Nga công bố số ca mắc", "Nga ghi nhận 3.150 ca mắc mới. Bộ Y tế cho biết 52% dân số đã tiêm.", ["Nga"] * 2),
    ("Kazakhstan thiệt hại vì lũ", "Người phát ngôn Bộ Nội vụ Akmola cho biết có 13.200 người sơ tán.", ["Kazakhstan"]),
    ("Ba Lan: Cháy chung cư",
     "Vụ cháy xảy ra lúc 4 giờ, theo giờ Việt Nam, khiến 18 người bị thương.", ["Ba Lan"]),
    # what goes abroad, or comes from there, is ours
    ("Xuất khẩu gạo sang Philippines", "Kim ngạch đạt 1,2 tỷ USD. Khách hàng Trung Quốc mua 300.000 tấn.", ["Việt Nam"] * 2),
    ("Quảng Ninh đón khách", "Quảng Ninh đón 2 triệu lượt khách. Du khách Hàn Quốc đạt 120.000 lượt.", ["Quảng Ninh"] * 2),
    (None, "Bộ đội Biên phòng Quảng Trị phối hợp với lực lượng chức năng của Lào bắt 3 nghi phạm người Lào.",
     ["Bộ đội Biên phòng Quảng Trị"]),
    ("Đà Nẵng mở đường bay", "Ba hãng của Hàn Quốc cùng mở bán. Thành phố đón 41.500 lượt khách.", ["Đà Nẵng"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), ABROAD)
def test_news_from_abroad_is_about_the_country_where_it_happens(
    title: str | None, text: str, expected: list[str]
) -> None:
    assert entities(text, title) == expected


# --- institutions -------------------------------------------------------------------------------------------------------

# the sentence as it begins, the name in it
INSTITUTIONS = [
    ("Học viện Kỹ thuật Mật mã tuyển", "Học viện Kỹ thuật Mật mã"),
    ("Học viện Báo chí và Tuyên truyền tuyển", "Học viện Báo chí và Tuyên truyền"),
    ("Học viện Cảnh sát nhân dân tuyển", "Học viện Cảnh sát nhân dân"),
    ("Trường Đại học Kiến trúc Đà Nẵng có", "Trường Đại học Kiến trúc Đà Nẵng"),
    ("Viện Vệ sinh dịch tễ Tây Nguyên đào tạo", "Viện Vệ sinh dịch tễ Tây Nguyên"),
    ("Công ty Môi trường đô thị Hà Nội có", "Công ty Môi trường đô thị Hà Nội"),
    # what is said of them is no part of the name
    ("Tập đoàn Minh Phát đạt chuẩn cho", "Tập đoàn Minh Phát"),
    ("Tập đoàn Bình Linh hoạt động với", "Tập đoàn Bình Linh"),
    ("Bệnh viện Quang Trung bình quân có", "Bệnh viện Quang Trung"),
]


@pytest.mark.parametrize(("beginning", "name"), INSTITUTIONS)
def test_an_institution_is_named_to_the_end(beginning: str, name: str) -> None:
    assert entities(f"{beginning} 320 học viên.") == [name]
