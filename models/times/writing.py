"""When an undated article was written, as far as its own text tells."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.records import Period
from models.times import days

# Right before the year.
_TODAY = re.compile(
    r"(?:s(?<!\ws)áng|t(?<!\wt)(?:rưa|ối)|c(?<!\wc)hiều|đ(?<!\wđ)êm|h(?<!\wh)ôm)\s+(?:sớm\s+)?(?P<which>nay|qua)[,\s(]*(?:ngày\s+)?"
    r"(?P<day>\d{1,2})\s?(?:[/.-]|tháng)\s?(?P<month>\d{1,2})\s?(?:[/.-]|năm)\s?$"
)
_FARTHEST = 45
_YEAR = re.compile(r"20\d\d(?<!\d....)(?!\d|\s?[-–]\s?20\d\d)")
# A year that may lie ahead: "đến năm 2035", "vào 2030", "giai đoạn 2021-2030, tầm nhìn 2045".
_AHEAD = re.compile(
    r"""(?:\b(?:đến|tới|hết|vào|trước|cuối|đầu|tầm\s+nhìn|từ)\s+
    (?:(?:hết|cuối|đầu|giữa|năm|trước|tháng|ngày|quý|[\d/.iv-]+)\s+)*[\d/.-]*|20\d\d\s?[-–]\s?)$""",
    re.VERBOSE,
)


def day_of_writing(lower: str) -> date | None:
    """The day that a text calls today or yesterday: "chiều nay, ngày 15/5/2017"; None where it calls none so.

    >>> day_of_writing("sáng qua (3/6/2023), tỉnh khai trương trung tâm")
    datetime.date(2023, 6, 4)
    """
    for year in _YEAR.finditer(lower):
        match = _TODAY.search(lower, max(0, year.start() - _FARTHEST), year.start())
        if match:
            found = days.day(int(year[0]), int(match["month"]), int(match["day"]))
            return found and found + timedelta(days=match["which"] == "qua")
    return None


def is_written_before(lower: str, period: Period) -> bool:
    """Whether a text was most likely written before a period ends: two years at least behind the last that it speaks of.

    "Đến năm 2035" of a text that else speaks of 2017 is an aim. False where it names no other year.
    """
    years = [
        match[0]
        for match in _YEAR.finditer(lower)
        if not _AHEAD.search(lower, max(0, match.start() - _FARTHEST), match.start())
    ]
    return bool(years) and period.end is not None and period.end.year > int(max(years)) + 1
