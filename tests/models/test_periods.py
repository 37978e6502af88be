from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.periods import find_mentions, find_periods, year_spoken_of

PUBLISHED = date(2024, 10, 15)

TIMES: list[tuple[str, str | None, str | None]] = [
    ("Năm 2019, tỉnh đạt kết quả tốt", "2019-01-01", "2019-12-31"),
    ("trong quý III/2024", "2024-07-01", "2024-09-30"),
    ("quý I năm 2023 đạt 80%", "2023-01-01", "2023-03-31"),
    ("6 tháng đầu năm 2020", "2020-01-01", "2020-06-30"),
    ("6 tháng đầu năm", "2024-01-01", "2024-06-30"),
    ("chín tháng đầu năm 2022", "2022-01-01", "2022-09-30"),
    ("9 tháng năm 2023", "2023-01-01", "2023-09-30"),
    ("nửa đầu năm 2021", "2021-01-01", "2021-06-30"),
    ("sáu tháng cuối năm 2021", "2021-07-01", "2021-12-31"),
    ("tháng 7/2020", "2020-07-01", "2020-07-31"),
    ("tháng 2 năm 2024", "2024-02-01", "2024-02-29"),
    ("công bố 8.2017 cho thấy", "2017-08-01", "2017-08-31"),
    ("số liệu 7-2020", "2020-07-01", "2020-07-31"),
    ("tính đến 31/5/2024", None, "2024-05-31"),
    ("đến hết ngày 15/9/2024", None, "2024-09-15"),
    ("đến ngày 20/9", None, "2024-09-20"),
    ("đến hết quý II/2024", None, "2024-06-30"),
    ("đến tháng 7/2020", None, "2020-07-31"),
    ("đến hết tháng 9", None, "2024-09-30"),
    ("đến năm 2030", None, "2030-12-31"),
    ("đến cuối năm 2018", None, "2018-12-31"),
    ("trước 20/7/2021", None, "2021-07-20"),
    ("đến nay, cả tỉnh", None, "2024-10-15"),
    ("hiện nay, tỉnh có", None, "2024-10-15"),
    ("giai đoạn 2021–2025", "2021-01-01", "2025-12-31"),
    ("từ năm 2020 đến năm 2023", "2020-01-01", "2023-12-31"),
    ("từ năm 2022 đến nay", "2022-01-01", "2024-10-15"),
    ("từ đầu năm đến nay", "2024-01-01", "2024-10-15"),
    ("từ 1/1/2019 đến hết ngày 31/7/2020", "2019-01-01", "2020-07-31"),
    ("từ ngày 1/7/2025", "2025-07-01", None),
    ("đầu năm 2016", "2016-01-01", "2016-03-31"),
    ("năm ngoái", "2023-01-01", "2023-12-31"),
    ("năm nay", "2024-01-01", "2024-12-31"),
    ("tháng trước", "2024-09-01", "2024-09-30"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), TIMES)
def test_a_time_is_read_as_the_days_it_covers(text: str, start: str | None, end: str | None) -> None:
    (_, _, period), *_ = find_periods(text, PUBLISHED)

    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text", ["mức độ 4 và 17/NQ-CP", "năm tỉnh, thành phố", "ngày 31/2/2024", "tháng 13/2020", "24/7", "3/4 số xã"]
)
def test_what_is_no_time_or_no_day_is_not_read(text: str) -> None:
    assert find_periods(text, None) == []


def test_two_years_in_a_row_are_two_times() -> None:
    years = [period.end and period.end.year for _, _, period in find_periods("Năm 2016 và 2017, công ty lỗ")]

    assert years == [2016, 2017]


def test_the_time_that_a_figure_is_compared_with_is_marked() -> None:
    text = "năm 2024 đạt 80%, tăng 5% so với năm 2023"

    assert [mention.is_compared for mention in find_mentions(text, text, None)] == [False, True]


def test_relative_times_of_an_undated_article_are_unknown() -> None:
    assert find_periods("năm ngoái, 6 tháng đầu năm") == []
    ((_, _, now),) = find_periods("đến nay")
    assert (now.start, now.end) == (None, None)


def test_a_text_of_several_years_speaks_of_none() -> None:
    assert year_spoken_of("Kết quả năm 2021") == 2021
    assert year_spoken_of("Năm 2020 và năm 2021") is None


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)))
def test_a_printed_day_reads_back(day: date) -> None:
    ((_, _, period),) = find_periods(f"đến {day.day}/{day.month}/{day.year} đã xong")

    assert (period.start, period.end) == (None, day)


@given(st.integers(1, 4), st.integers(1990, 2049))
def test_a_printed_quarter_reads_back(quarter: int, year: int) -> None:
    ((_, _, period),) = find_periods(f"quý {['I', 'II', 'III', 'IV'][quarter - 1]}/{year}")

    assert period.start == date(year, quarter * 3 - 2, 1)
    assert period.end is not None
    assert (period.end.year, period.end.month) == (year, quarter * 3)


@given(st.text(alphabet="0123456789/-. năm tháng quý đến ngày", max_size=60), st.dates())
def test_no_run_of_digits_and_time_words_breaks_the_reader(text: str, published: date) -> None:
    for start, end, period in find_periods(text, published):
        assert 0 <= start < end <= len(text)
        assert period.start is None or period.end is None or period.start <= period.end
