from __future__ import annotations

from datetime import date

import pytest

from models.figures.metrics import find_metrics
from models.records import Period
from models.times.writing import day_of_writing, is_written_before, year_of_writing
from tests.models.times.test_timing import periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hãng vừa công bố chiều nay, ngày 15/5/2017", date(2017, 5, 15)),
        ("chiều qua, 31 tháng 5 năm 2017, bộ khai trương hệ thống", date(2017, 6, 1)),
        ("ngày 15/5/2017, hãng công bố", None),
        ("chiều nay, ngày 31/2/2017", None),
        ("chiều nay, thứ hai", None),
    ],
)
def test_the_day_of_writing_is_the_one_that_a_text_calls_today(text: str, expected: date | None) -> None:
    assert day_of_writing(text) == expected


def test_now_in_an_undated_article_is_the_day_that_it_calls_today() -> None:
    text = "Chiều nay, ngày 15/5/2017, hãng họp báo. Mã độc hiện đã lây nhiễm 200.000 máy tính."

    assert periods(text, published=None) == {"200.000 máy tính": (None, "2017-05-15")}


@pytest.mark.parametrize(("end", "expected"), [(2018, False), (2019, True)])
def test_a_text_was_written_soon_after_the_last_year_that_it_does_not_look_ahead_to(end: int, expected: bool) -> None:
    text = "tháng 2-2017, thủ tướng thăm trường; đến năm 2035, giai đoạn 2021-2030, vào cuối năm 2040"

    assert is_written_before(text, Period(start=None, end=date(end, 12, 31))) == expected


def test_a_text_that_names_no_year_says_nothing_of_when_it_was_written() -> None:
    assert not is_written_before("đến năm 2035, cả xã có nước sạch", Period(start=None, end=date(2035, 12, 31)))


def test_what_an_undated_article_says_of_the_years_of_plans_to_come_is_a_target() -> None:
    text = "Tháng 2-2017, Thủ tướng thăm trường.\n\nQuy mô đến năm 2035 là 66.000 sinh viên. Cả vùng có 900 hộ."

    found = {metric.quote: metric.kind for metric in find_metrics(text)}

    assert found == {"66.000 sinh viên": "target", "900 hộ": "achieved"}


def test_what_an_undated_article_counts_until_a_month_is_no_target() -> None:
    text = "Tháng 4/2011, cả nước có 174 triệu thuê bao. Tính đến tháng 6/2017, còn 126 triệu thuê bao."

    assert {metric.kind for metric in find_metrics(text)} == {"achieved"}


def test_this_year_in_an_undated_article_is_the_one_that_its_title_names() -> None:
    title = "Học viện tuyển 900 sinh viên năm 2017"

    found = periods("Năm nay có 900 chỉ tiêu. Năm ngoái có 820 chỉ tiêu.", title=title, published=None)

    assert found == {"900 chỉ tiêu": ("2017-01-01", "2017-12-31"), "820 chỉ tiêu": ("2016-01-01", "2016-12-31")}


def test_this_year_in_an_undated_article_whose_title_names_none_is_unknown() -> None:
    text = "Năm 2015 có 640 chỉ tiêu. Năm nay có 900 học bổng."

    found = periods(text, title="Học viện tuyển sinh", published=None)

    assert found == {"640 chỉ tiêu": ("2015-01-01", "2015-12-31"), "900 học bổng": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tháng 7, xã nhận 1.200 hồ sơ, tăng 8% so với cùng kỳ năm 2021", 2022),
        ("trong tháng 7 nhận 1.200 hồ sơ, tháng 6/2023 là 1.100; đến năm 2030", 2023),
        ("sáu tháng đầu năm lãi 40 tỷ. theo kế hoạch năm 2017, hãng lãi 70 tỷ", 2017),
        ("theo nghị định 45/2020/nđ-cp, mục tiêu đến năm 2025", None),
        ("kết quả tháng 11/2025; bản tin kế tiếp phát hành ngày 5/1/2026", 2025),
        ("trong tháng 7, xã nhận 1.200 hồ sơ", None),
    ],
)
def test_the_year_of_writing_is_the_last_that_a_text_does_not_look_ahead_to(text: str, expected: int | None) -> None:
    assert year_of_writing(text) == expected


def test_a_month_of_an_undated_article_lies_in_the_year_that_it_tells_of() -> None:
    text = "Trong tháng 10, cả nước có 1.210 vụ tấn công mạng, tăng 8% so với tháng 9/2023."

    assert periods(text, published=None)["1.210 vụ"] == ("2023-10-01", "2023-10-31")


def test_this_year_of_an_undated_article_is_the_one_behind_that_which_it_compares_with() -> None:
    text = "Trong 6 tháng đầu năm nay, cổng nhận 30.000 hồ sơ, tăng 8% so với cùng kỳ năm 2021."

    assert periods(text, published=None)["30.000 hồ sơ"] == ("2022-01-01", "2022-06-30")


def test_what_an_undated_article_counts_since_a_day_covers_no_days_that_are_known() -> None:
    assert periods("Từ năm 2020 đến nay, tỉnh đã cấp 16.820 tài khoản.", published=None) == {"16.820 tài khoản": None}
