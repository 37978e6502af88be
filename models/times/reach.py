"""How far a named time reaches: not out of its brackets, perhaps beyond the day on which the article was written."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from models.records import Number, Period
from models.times.periods import Mention

_RESPECTIVELY = re.compile(r"lần lượt|tương ứng|theo thứ tự")
_ONLY_TIMES = re.compile(r"(?:[\d\s,/]|và)*")
_FIGURE = re.compile(r"(?<![\d/.-])(?!(?:19|20)\d\d\b)\d")
_NEARLY_OVER = 31
"""Days: "đến cuối tháng", written some days before, tells what is so already."""

_PLANS = 5
"""Years from one plan to the next: 2025, 2030."""


def bracket_end(lower: str, mention: Mention) -> int | None:
    """Where the brackets close that a time stands in with more than itself: "(năm 2021: 52%)", "(7,8 triệu người năm 2018)"."""
    opened = lower.rfind("(", max(0, mention.start - 100), mention.start)
    if opened < 0 or lower.find(")", opened, mention.start) >= 0:
        return None
    closed = lower.find(")", mention.end, mention.end + 100)
    is_all = (
        closed >= 0
        and mention.start - opened < 20
        and _ONLY_TIMES.fullmatch(lower, mention.end, closed)
        and not _FIGURE.search(lower, opened, mention.start)
    )
    return None if closed < 0 or is_all else closed


def known(period: Period) -> Period | None:
    """A period that says something: "đến nay" of an undated article does not."""
    return None if period.start is None and period.end is None else period


def lies_ahead(period: Period | None, published: date | None) -> bool:
    """Whether a period lies after the article: "đến năm 2030" is an aim even where no word says so."""
    if period is None or period.end is None or published is None:
        return False
    if period.start is None:
        return (period.end - published).days > _NEARLY_OVER
    return period.end.year > published.year and period.start > published


def is_horizon(period: Period) -> bool:
    """Whether a period ends where plans do: "đến năm 2035"."""
    if period.end is None or period.start is not None:
        return False
    return period.end.year % _PLANS == 0 and (period.end.month, period.end.day) == (12, 31)


def respective(lower: str, before: list[Mention], start: int, numbers: list[Number], i: int) -> Mention | None:
    """ "Năm 2016 và 2017 lỗ lần lượt là 179 tỷ và 282 tỷ": the first year for the first number."""
    if len(before) < 2 or before[-1].start - before[-2].end > 6:
        return None
    if not _RESPECTIVELY.search(lower, start, numbers[i].start):
        return None
    place = 0
    for earlier, number in pairwise(numbers[: i + 1]):
        place = place + 1 if number.start - earlier.end <= 5 and earlier.start > before[-1].end else 0
    years = [m for m in before if before[-1].start - m.start < 40]
    return years[place] if place < len(years) else None


def heading(lower: str, before: list[Mention], number: Number) -> Mention | None:
    """ "Mục tiêu năm 2026: xong trước 30/6; trên 95%": behind a semicolon the time of the heading counts again."""
    last = before[-1]
    if len(before) < 2 or lower.find(";", last.end, number.start) < 0:
        return None
    return next((m for m in before[:-1] if lower.startswith(":", m.end)), None)
