"""When an undated article was written, as far as its own text tells."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

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


_SAME_TIME_OF = re.compile(r"cùng k(?<!\wcùng k)[ỳì](?:\s+của)?\s+(?:năm\s+)?(20\d\d)(?!\d)")
# "Tháng 9/2023", "năm 2023", "7-6-2021"; no paper's number: "45/2020/nđ-cp".
_YEAR_TOLD = re.compile(r"20\d\d(?!\d|[/-]\s?[^\W_]|\s?[-–]\s?20\d\d)")
_TOLD_BY = re.compile(r"(?:\bnăm\s|\d\s?[/.-]\s?)$")
_LONGEST_TOLD_BY = len("năm ") + 1
_WHOLE_DAY = re.compile(r"\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?$")
_PLAN_OF = re.compile(r"\b(?:kế\s+hoạch|chỉ\s+tiêu|dự\s+toán)\s+(?:của\s+)?(?:cả\s+)?$")
_PLANNED = re.compile(r"\b(?:kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu|phấn\s+đấu|dự\s+kiến|dự\s+báo)\b[^.;\n]*$")
_PLANNED_BEFORE = 60


# Asked of the text when its times are read, and again for its title.
@lru_cache(maxsize=8)
def year_of_writing(lower: str) -> int | None:
    """The year in which an undated text was most likely written; None where it names none.

    It is the one behind that whose same time it is compared with, else the latest that it does not look ahead to, else
    that of the plan that it tells of.

    >>> year_of_writing("tăng 8% so với cùng kỳ năm 2021"), year_of_writing("tăng so với tháng 9/2023; đến năm 2025")
    (2022, 2023)
    """
    if (compared := year_behind_compared(lower)) is not None:
        return compared
    told: list[int] = []
    on_days: list[int] = []
    planned: list[int] = []
    for match in _YEAR_TOLD.finditer(lower):
        led = _TOLD_BY.search(lower, max(0, match.start() - _LONGEST_TOLD_BY), match.start())
        if led is None:
            continue
        first, year = max(0, led.start() - _PLANNED_BEFORE), int(match[0])
        if _PLANNED.search(lower, first, led.start()):
            planned += [year] if _PLAN_OF.search(lower, first, led.start()) else []
        elif not _AHEAD.search(lower, max(0, match.start() - _FARTHEST), match.start()):
            (on_days if _WHOLE_DAY.search(lower, first, match.start()) else told).append(year)
    return max(told, default=None) or max(on_days, default=None) or min(planned, default=None)


def year_behind_compared(lower: str) -> int | None:
    """The year behind that whose same time a text is compared with: "so với cùng kỳ năm 2021"."""
    compared = _SAME_TIME_OF.findall(lower)
    return int(max(compared)) + 1 if compared else None


_PLAIN_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d{2})(?![\d/.-]\d|\d)")


def year_spoken_of(text: str) -> int | None:
    """The year that a text names alone, or None when it names several or none.

    >>> year_spoken_of("Kết quả năm 2021 của tỉnh"), year_spoken_of("So với năm 2020, năm 2021 tăng")
    (2021, None)
    """
    years = set(_PLAIN_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None
