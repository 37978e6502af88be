from __future__ import annotations

from datetime import date

import pytest

from models.records import Period
from models.times.days import years
from models.times.periods import find_mentions

PUBLISHED = date(2024, 10, 15)


@pytest.mark.parametrize(
    "text",
    [
        "tương đương với chỉ tiêu tuyển sinh ngành này trong năm 2023", "so với số vụ của quý trước",
        "vượt kỷ lục doanh thu của năm 2023", "giữ nguyên như năm 2023", "ngang năm 2023",
    ],
)  # fmt: skip
def test_a_time_is_only_compared_with_whatever_thing_of_it_is_named(text: str) -> None:
    (mention,) = find_mentions(text, PUBLISHED)

    assert mention.is_compared


@pytest.mark.parametrize("text", ["so với kế hoạch năm 2024", "so với cả nước thì năm 2024 tỉnh chậm hơn"])
def test_a_plan_of_a_year_and_a_year_behind_a_comparison_are_not_compared_with(text: str) -> None:
    (mention,) = find_mentions(text, PUBLISHED)

    assert not mention.is_compared


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("ngày 30/5, sản lượng điện đạt 49 triệu kwh", False),
        ("nhưng sáng 17/9 chỉ có 115 bé đến lớp", False),
        ("phiên 19/9, chỉ số giảm 4%", False),
        ("sáng 17/9, phường tổ chức hội nghị có 300 người dự", True),
        ("công bố ngày 19/9 cho thấy tỉnh đạt 80%", True),
    ],
)
def test_a_day_is_that_of_a_figure_only_where_it_was_measured_that_day(text: str, is_event: bool) -> None:
    (mention,) = find_mentions(text, PUBLISHED)

    assert mention.is_event == is_event


def test_what_is_said_of_some_years_past_of_an_undated_article_is_of_no_time_named_before() -> None:
    (_, past) = find_mentions("năm 2017, trường có 900 sinh viên, tăng 30% trong 3 năm gần đây", None)

    assert past.period == Period(start=None, end=None)


def test_a_day_of_a_school_year_lies_within_it() -> None:
    text = "năm học 2016-2017, trường có 319 cháu, nhưng sáng 17/10 chỉ có 115 bé"

    assert find_mentions(text, None)[-1].period.start == date(2016, 10, 17)


def test_a_figure_of_as_early_as_a_year_is_of_that_year_and_says_nothing_of_what_follows() -> None:
    (mention,) = find_mentions("ngay từ năm 2017, thành phố đã đứng thứ 25", PUBLISHED)

    assert (mention.period, mention.is_past) == (years(2017, 2017), True)
