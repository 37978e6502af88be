from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import Period
from models.times.days import months, years
from models.times.periods import find_mentions, find_periods
from models.times.writing import year_spoken_of
from monitor.telling import period_said

PUBLISHED = date(2024, 10, 15)

TIMES: list[tuple[str, str | None, str | None]] = [
    ("Năm 2019, tỉnh đạt kết quả tốt", "2019-01-01", "2019-12-31"),
    ("trong quý III/2024", "2024-07-01", "2024-09-30"),
    ("quý I năm 2023 đạt 80%", "2023-01-01", "2023-03-31"),
    ("6 tháng đầu năm 2020", "2020-01-01", "2020-06-30"),
    ("6 tháng đầu năm", "2024-01-01", "2024-06-30"),
    ("chín tháng đầu năm 2022", "2022-01-01", "2022-09-30"),
    ("9 tháng năm 2023", "2023-01-01", "2023-09-30"),
    ("nửa đầu 2021", "2021-01-01", "2021-06-30"),
    ("trong tháng đầu năm 2023", "2023-01-01", "2023-01-31"),
    ("ngay trong tháng đầu tiên của năm", "2024-01-01", "2024-01-31"),
    ("Tháng đầu tiên của năm 2023, tỉnh đón", "2023-01-01", "2023-01-31"),
    ("tháng đầu năm 2023, tỉnh đón", "2023-01-01", "2023-01-31"),
    ("Trong tháng cuối cùng của năm 2023", "2023-12-01", "2023-12-31"),
    ("năm tài chính 2023", "2023-01-01", "2023-12-31"),
    ("tuần từ 5 đến 11/8", "2024-08-05", "2024-08-11"),
    ("từ ngày 16 đến ngày 30/9", "2024-09-16", "2024-09-30"),
    ("từ 16-20/9/2023", "2023-09-16", "2023-09-20"),
    ("từ 2 đến 6/9, cả tỉnh", "2024-09-02", "2024-09-06"),
    ("kết quả Điều tra lao động việc làm 2022 cho thấy", "2022-01-01", "2022-12-31"),
    ("giải thưởng Chuyển đổi số Việt Nam 2023", "2023-01-01", "2023-12-31"),
    ("phấn đấu hết năm đạt 90%", None, "2024-12-31"),
    ("nửa đầu năm 2021", "2021-01-01", "2021-06-30"),
    ("sáu tháng cuối năm 2021", "2021-07-01", "2021-12-31"),
    ("sáu  tháng đầu năm 2023", "2023-01-01", "2023-06-30"),
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
    ("9 tháng qua, toàn tỉnh tiếp nhận", "2024-01-01", "2024-09-30"),
    ("Lũy kế 9 tháng, số hồ sơ", "2024-01-01", "2024-09-30"),
    ("trong chín tháng, cả tỉnh", "2024-01-01", "2024-09-30"),
    ("hai tháng qua", "2024-08-01", "2024-09-30"),
    ("nửa năm đầu 2023", "2023-01-01", "2023-06-30"),
    ("6 tháng đầu 2023", "2023-01-01", "2023-06-30"),
    ("hai quý đầu năm 2023", "2023-01-01", "2023-06-30"),
    ("quý trước đạt 80%", "2024-07-01", "2024-09-30"),
    ("quý đầu năm, thành phố", "2024-01-01", "2024-03-31"),
    ("quý I-2024", "2024-01-01", "2024-03-31"),
    ("từ quý I đến quý III/2024", "2024-01-01", "2024-09-30"),
    ("tháng Tám năm 2023", "2023-08-01", "2023-08-31"),
    ("từ 1/7 đến 25/8, trung tâm tiếp nhận", "2024-07-01", "2024-08-25"),
    ("từ ngày 20/12/2023 đến ngày 19/1/2024", "2023-12-20", "2024-01-19"),
    ("sau nửa năm (7-12/2023)", "2023-07-01", "2023-12-31"),
    ("từ tháng 10/2023 đến tháng 3/2024", "2023-10-01", "2024-03-31"),
    ("đến 30/6, tỉnh đã đưa", None, "2024-06-30"),
    ("tính đến cuối tháng 4", None, "2024-04-30"),
    ("đến giữa năm 2023", None, "2023-06-30"),
    ("từ nay đến cuối năm", None, "2024-12-31"),
    ("hết năm nay, mọi xã", None, "2024-12-31"),
    ("năm tới, tỉnh đặt mục tiêu", "2025-01-01", "2025-12-31"),
    ("kế hoạch cả năm là 80%", "2024-01-01", "2024-12-31"),
    ("số hồ sơ phát sinh trong năm là 500", "2024-01-01", "2024-12-31"),
    ("năm học 2023-2024", "2023-09-01", "2024-05-31"),
    ("nhiệm kỳ 2020-2025", "2020-01-01", "2025-12-31"),
    ("Chỉ số PAPI 2023 của tỉnh", "2023-01-01", "2023-12-31"),
    ("Chỉ số hài lòng (SIPAS) 2023 của tỉnh", "2023-01-01", "2023-12-31"),
    ("lãi trước thuế 9 tháng 22 tỷ đồng", "2024-01-01", "2024-09-30"),
    ("đợt xét tuyển đại học, cao đẳng sư phạm 2022 cho thấy", "2022-01-01", "2022-12-31"),
    ("GDP 2022 tăng mạnh", "2022-01-01", "2022-12-31"),
    ("PAR Index 2022 xếp hạng", "2022-01-01", "2022-12-31"),
    ("từ năm 2021 đến hết tháng 6/2024", "2021-01-01", "2024-06-30"),
    ("từ đầu năm đến ngày 15/9, thành phố", "2024-01-01", "2024-09-15"),
    ("tính đến 17h00 ngày 20/9/2024", None, "2024-09-20"),
    ("(từ 15/11/2022 đến 14/11/2023)", "2022-11-15", "2023-11-14"),
    ("cuối tháng 9/2023, toàn tỉnh có", None, "2023-09-30"),
    ("tại thời điểm 31/12/2023", None, "2023-12-31"),
    ("trước đây ít người dùng, nay đã có", None, "2024-10-15"),
    ("trong tuần qua", "2024-10-09", "2024-10-15"),
    ("kho dữ liệu hiện lưu 2 triệu trang", None, "2024-10-15"),
    ("Trong 3 năm gần đây, số vụ", "2021-01-01", "2023-12-31"),
    ("năm năm qua, tỉnh trồng", "2019-01-01", "2023-12-31"),
    ("chiều 12/9, trạm đo được", "2024-09-12", "2024-09-12"),
    ("phiên 3/4, chỉ số rơi 4%", "2024-04-03", "2024-04-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), TIMES)
def test_a_time_is_read_as_the_days_it_covers(text: str, start: str | None, end: str | None) -> None:
    (_, _, period), *_ = find_periods(text, PUBLISHED)

    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "mức độ 4 và 17/NQ-CP", "năm tỉnh, thành phố", "ngày 31/2/2024", "tháng 13/2020", "24/7", "3/4 số xã",
        "tăng đến 3/4 số xã", "từ 2 đến 3/4 số xã", "từ ngày 28 đến 5/8 sở xử lý",
        "cả năm huyện đều đạt", "trong 3 tháng nữa", "thực hiện, phát hiện, hệ thống hiện đại",
        "bản đồ tỷ lệ 1/2000", "quy hoạch phân khu 1/2000 rộng 90 ha", "tỉ lệ 8/2019",
        "trong nhiều năm qua", "suốt 60 năm qua", "một năm qua", "dịp cuối năm", "đạt 2023 hồ sơ", "một tháng hai lần",
    ],
)  # fmt: skip
def test_what_is_no_time_or_no_day_is_not_read(text: str) -> None:
    assert find_periods(text, None) == []


def test_two_years_in_a_row_are_two_times() -> None:
    years = [period.end and period.end.year for _, _, period in find_periods("Năm 2016 và 2017, công ty lỗ")]

    assert years == [2016, 2017]


def test_the_time_that_a_figure_is_compared_with_is_marked() -> None:
    text = "năm 2024 đạt 80%, tăng 5% so với năm 2023, gấp 1,4 lần năm 2020"

    assert [mention.is_compared for mention in find_mentions(text, None)] == [False, True, True]


def test_the_same_period_is_counted_from_the_time_before_it() -> None:
    text = "3 tháng đầu năm 2022 nhận 214 hồ sơ (cùng kỳ 129 hồ sơ), cùng kỳ năm 2019 là 90"

    periods = [period for _, _, period in find_periods(text)]

    assert [(period.start, period.end) for period in periods[1:]] == [
        (date(2021, 1, 1), date(2021, 3, 31)), (date(2019, 1, 1), date(2019, 3, 31)),
    ]  # fmt: skip


def test_the_end_of_february_is_the_same_period_of_its_end() -> None:
    text = "tháng 2/2024 nhận 300 hồ sơ, cùng kỳ là 250"

    assert [period.end for _, _, period in find_periods(text)] == [date(2024, 2, 29), date(2023, 2, 28)]


def test_the_past_year_is_in_december_the_one_that_ends() -> None:
    years = [find_periods("Năm qua, tỉnh đã cấp", date(2024, month, 20))[0][2].end for month in (1, 12)]

    assert years == [date(2023, 12, 31), date(2024, 12, 31)]


def test_in_the_month_is_the_month_named_before() -> None:
    months = [period.start for _, _, period in find_periods("Tháng 9/2024 nhận 500 hồ sơ. Trong tháng, tỉnh trả 480")]

    assert months == [date(2024, 9, 1), date(2024, 9, 1)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Đến 15/8/2024 thu 200 tỷ đồng; tính đến thời điểm trên", None, date(2024, 8, 15)),
        ("Đến 15/8/2024 thu 200 tỷ đồng. Từ đầu năm đến thời điểm đó", date(2024, 1, 1), date(2024, 8, 15)),
        ("Đến 15/8/2024 thu 200 tỷ đồng. Cùng thời điểm, có", None, date(2024, 8, 15)),
        ("Trong quý II/2024 có 12 triệu giao dịch. Tính đến cuối quý, có", None, date(2024, 6, 30)),
        ("Từ 1/4/2024 đến 30/6/2024 có 900 hồ sơ. Cũng trong ba tháng, có", date(2024, 4, 1), date(2024, 6, 30)),
    ],
)
def test_a_time_that_refers_back_is_the_one_named_before(text: str, start: date | None, end: date) -> None:
    _, (_, _, period) = find_periods(text, PUBLISHED)

    assert (period.start, period.end) == (start, end)


def test_quarter_before_is_counted_from_the_quarter_spoken_of() -> None:
    text = "trong quý III/2021 đạt 96%; quý trước là 94%"

    assert [period.start for _, _, period in find_periods(text)] == [date(2021, 7, 1), date(2021, 4, 1)]


@pytest.mark.parametrize(
    "text",
    ["khai trương ngày 9/12/2023", "ông A, sinh năm 1974", "mô hình triển khai từ năm 2021", "hội nghị ngày 8/10"],
)
def test_when_something_happened_is_told_from_what_a_figure_covers(text: str) -> None:
    assert [mention.is_event for mention in find_mentions(text, PUBLISHED)] == [True]


def test_three_years_in_a_row_are_three_times() -> None:
    ends = [period.end and period.end.year for _, _, period in find_periods("Các năm 2020, 2021 và 2022 lần lượt là")]

    assert ends == [2020, 2021, 2022]


def test_relative_times_of_an_undated_article_are_unknown() -> None:
    found = [period for _, _, period in find_periods("năm ngoái, tháng trước, quý này, tuần qua, đến nay")]

    assert found == [Period(start=None, end=None)] * 5
    assert find_periods("6 tháng đầu năm") == []


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


DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
MONTHS = st.tuples(st.integers(1990, 2049), st.integers(1, 12), st.integers(1, 12)).map(
    lambda of: months(of[0], min(of[1:]), max(of[1:]))
)
YEARS = st.tuples(st.integers(1990, 2049), st.integers(1990, 2049)).map(lambda of: years(min(of), max(of)))
ENDS = DAYS.map(lambda day: Period(start=None, end=day)) | DAYS.map(lambda day: Period(start=day, end=None))
RANGES = st.tuples(DAYS, DAYS).map(lambda of: Period(start=min(of), end=max(of)))


@given(st.one_of(MONTHS, YEARS, ENDS, RANGES))
def test_every_period_that_we_print_reads_back(period: Period) -> None:
    ((_, _, found),) = find_periods(f"Số liệu {period_said(period)}: tỉnh đã đạt")

    assert found == period


@given(st.text(alphabet="0123456789/-. năm tháng quý đến ngày", max_size=60), st.dates())
def test_no_run_of_digits_and_time_words_breaks_the_reader(text: str, published: date) -> None:
    for start, end, period in find_periods(text, published):
        assert 0 <= start < end <= len(text)
        assert period.start is None or period.end is None or period.start <= period.end


# text, the days it names (written on 15 October 2024)
RARER = [
    ("tính đến sáng 12/10", (None, "2024-10-12")),
    ("tính đến 17 giờ chiều ngày 12/10", (None, "2024-10-12")),
    ("chậm nhất ngày 31/12/2024", (None, "2024-12-31")),
    ("muộn nhất vào quý II/2025", (None, "2025-06-30")),
    ("cuối quý III", (None, "2024-09-30")),
    ("trong 20 ngày đầu tháng 9", ("2024-09-01", "2024-09-20")),
    ("nửa đầu tháng 9", ("2024-09-01", "2024-09-15")),
    ("nửa cuối tháng 9/2023", ("2023-09-16", "2023-09-30")),
    ("tuần đầu tháng 9", ("2024-09-01", "2024-09-07")),
    ("10 ngày cuối tháng 9", ("2024-09-21", "2024-09-30")),
    ("q3/2024", ("2024-07-01", "2024-09-30")),
    ("9t/2024", ("2024-01-01", "2024-09-30")),
    ("6t2024", ("2024-01-01", "2024-06-30")),
    ("9 tháng/2024", ("2024-01-01", "2024-09-30")),
    ("từ 2020 đến 2023", ("2020-01-01", "2023-12-31")),
    ("từ 2020 đến nay", ("2020-01-01", "2024-10-15")),
    ("trước là 12%, thì nay còn 5%", (None, "2024-10-15")),
    ("bây giờ là 5%", (None, "2024-10-15")),
]


@pytest.mark.parametrize(("text", "expected"), RARER)
def test_times_that_are_seldom_named_or_short_are_read_too(text: str, expected: tuple[str | None, str]) -> None:
    (found,) = find_mentions(text.lower(), date(2024, 10, 15))

    assert (found.period.start and found.period.start.isoformat(), str(found.period.end)) == expected


def test_the_same_time_of_last_year_is_that_of_the_time_spoken_of() -> None:
    (_, found) = find_mentions("9 tháng đầu năm đạt 70%, cùng thời điểm năm ngoái là 64%", date(2024, 10, 15))

    assert (found.period.start, found.period.end) == (date(2023, 1, 1), date(2023, 9, 30))


def test_the_years_of_a_decade_are_no_year_that_things_are_counted_in() -> None:
    (found,) = find_mentions("đất mua bán bằng giấy tay từ những năm 1990", date(2024, 10, 15))

    assert found.is_event
