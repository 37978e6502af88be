"""Dates in all the forms that pages and feeds use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates import LOCAL, find_date, read_date

SHOWN = {
    "Thứ hai, 14/9/2026, 08:30 (GMT+7)": "2026-09-14T08:30:00+07:00",
    "14/09/2026 08:30 GMT+7": "2026-09-14T08:30:00+07:00",
    "14/09/2026 08:30 GMT+7In trang": "2026-09-14T08:30:00+07:00",
    "14-09-2026 - 08:30 AM": "2026-09-14T08:30:00+07:00",
    "14/09/2026 | 4:49 PM": "2026-09-14T16:49:00+07:00",
    "14/09/2026 06:44:00 CH": "2026-09-14T18:44:00+07:00",
    "14/09/2026 | 12:05 AM": "2026-09-14T00:05:00+07:00",
    "14/09/2026 | 18:44 PM": "2026-09-14T18:44:00+07:00",
    "08:30 | 14/09/2026": "2026-09-14T08:30:00+07:00",
    "08:30 ngày 14/09/2026": "2026-09-14T08:30:00+07:00",
    "Lúc 8h30 ngày 14 tháng 9 năm 2026": "2026-09-14T08:30:00+07:00",
    "08:30, Thứ Hai, ngày 14-09-2026": "2026-09-14T08:30:00+07:00",
    "14.09.2026 08:30": "2026-09-14T08:30:00+07:00",
    "Cập nhật lúc: 14/09/2026 08:30:15": "2026-09-14T08:30:15+07:00",
    "14/9/26 08:30": "2026-09-14T08:30:00+07:00",
    "9/14/2026 6:44:00 PM": "2026-09-14T18:44:00+07:00",
    "2026-09-14 08:30": "2026-09-14T08:30:00+07:00",
    "14 Tháng Chín, 2026": "2026-09-14",
    "Tháng Mười Hai 14, 2026": "2026-12-14",
    "September 14, 2026": "2026-09-14",
    "14 Th9 2026": None,
    "14/09/2026 | 12:00 AM": "2026-09-14",
    "Ngày đăng 14/09/2026": "2026-09-14",
    "Số 17/2026/NĐ-CP": None,
    "Giá 14.500.000 đồng": None,
    "Điện thoại 0214.3840.123": None,
    "32/13/2026": None,
    "31/2/2026": None,
    "": None,
}


@pytest.mark.parametrize(("line", "expected"), SHOWN.items(), ids=list(SHOWN))
def test_a_shown_date_is_read_in_its_own_terms(line: str, expected: str | None) -> None:
    found = find_date(line)

    assert (found.value.isoformat() if found else None) == expected


STATED = {
    "2026-09-14T08:30:15+08:00": "2026-09-14T08:30:15+08:00",
    "2026-09-14T01:30:15.123Z": "2026-09-14T01:30:15+00:00",
    "2026-09-14T08:30:15+0700": "2026-09-14T08:30:15+07:00",
    "2026-09-14T08:30:15+07": "2026-09-14T08:30:15+07:00",
    "2026-09-14 08:30 +07:00": "2026-09-14T08:30:00+07:00",
    "2026-09-14T08:30:15": "2026-09-14T08:30:15+07:00",
    "2026-09-14T00:00:00+07:00": "2026-09-14",
    "2026-09-14": "2026-09-14",
    "20260914": "2026-09-14",
    "Mon, 14 Sep 2026 08:30:15 +0700": "2026-09-14T08:30:15+07:00",
    "Mon, 14 Sep 26 08:30:00 +07:00": "2026-09-14T08:30:00+07:00",
    "Mon, 14 Sep 2026 01:30:15 GMT": "2026-09-14T01:30:15+00:00",
    "Mon, 14 Sep 2026 08:30:15 GMT+7": "2026-09-14T08:30:15+07:00",
    "1789349415": "2026-09-14T08:30:15+07:00",
    "1789349415000": "2026-09-14T08:30:15+07:00",
    "/Date(1789349415000)/": "2026-09-14T08:30:15+07:00",
    "hôm qua": None,
}


@pytest.mark.parametrize(("value", "expected"), STATED.items(), ids=list(STATED))
def test_a_stated_date_keeps_its_zone(value: str, expected: str | None) -> None:
    found = read_date(value)

    assert (found.isoformat() if found else None) == expected


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2060, 1, 1)))  # noqa: DTZ001 (the zone is added)
def test_what_is_printed_the_vietnamese_way_is_read_back(when: datetime) -> None:
    when = when.replace(second=0, microsecond=0, tzinfo=LOCAL)
    expected: datetime | date = when if when.hour or when.minute else when.date()

    assert read_date(f"Thứ năm, {when.day}/{when.month}/{when.year}, {when:%H:%M} (GMT+7)") == expected
    assert read_date(f"{when:%H:%M} | {when:%d/%m/%Y}") == expected
    assert read_date(when.isoformat()) == expected


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = find_date(text)

    assert found is None or 0 <= found.start < found.end <= len(text)


def test_a_zone_is_that_of_vietnam_where_none_is_stated() -> None:
    found = read_date("14/09/2026 08:30")

    assert isinstance(found, datetime)
    assert found.utcoffset() == timedelta(hours=7)
