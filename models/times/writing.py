"""When an undated article was written, as far as its own text tells."""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.times import days

_TODAY = re.compile(
    r"\b(?:sáng|trưa|chiều|tối|đêm|hôm)\s+(?:sớm\s+)?(?P<which>nay|qua)\b[,\s(]*(?:ngày\s+)?"
    r"(?P<day>\d{1,2})\s?(?:[/.-]|tháng)\s?(?P<month>\d{1,2})\s?(?:[/.-]|năm)\s?(?P<year>20\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d|\s?[-–]\s?20\d\d)")
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
    match = _TODAY.search(lower) if " nay" in lower or " qua" in lower else None
    found = days.day(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    if match is None or found is None:
        return None
    return found + timedelta(days=match["which"] == "qua")


def surely_before(lower: str) -> date | None:
    """A day that a text was most likely written before: the end of the year behind the last one that it speaks of.

    "Đến năm 2035" of a text that else speaks of 2017 is an aim. None where it names no year.
    """
    years = [
        match[0]
        for match in _YEAR.finditer(lower)
        if not _AHEAD.search(lower, max(0, match.start() - 40), match.start())
    ]
    return date(int(max(years)) + 1, 12, 31) if years else None
