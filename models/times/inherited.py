"""What a figure that says nothing of when takes from the text around it, and which figures take nothing."""

from __future__ import annotations

import re
from datetime import date

from models.records import Number, Period
from models.times.periods import Mention

_LENGTHS = ("giờ", "phút", "ngày", "giây")
_AVERAGE = re.compile(r"\b(?:trung bình|bình quân)\b[^;.]*$")
_COST = re.compile(r"\b(?:tổng vốn|vốn đầu tư|vốn đối ứng|tổng mức đầu tư|được đầu tư từ)\b[^,;.\d]*$")

# What came in, over a time: "tổng vốn đăng ký đạt 2 tỷ USD".
_TAKEN_IN = re.compile(r"\b(?:đạt|thu hút|huy động|đăng ký|giải ngân|thực hiện)\b")

_A_YEAR = re.compile(r"\s+(?:mỗi|một) năm\b")


def is_timeless(lower: str, number: Number) -> bool:
    """Whether a figure tells how long something takes, but for an average ("1,8 ngày" is one), or what it cost to build."""
    if (number.unit or "").startswith(_LENGTHS) and not _A_YEAR.match(lower, number.end):
        if number.value is not None and number.value % 1:
            return False
        return _AVERAGE.search(lower, max(0, number.start - 60), number.start) is None
    if _A_YEAR.match(lower, number.end):
        return True
    first = max(0, number.start - 40)
    if number.unit == "vnd" and lower.find("mỗi năm", first, number.start) >= 0:
        return True
    told = lower.find("vốn", first, number.start) >= 0 or lower.find("đầu tư", first, number.start) >= 0
    cost = _COST.search(lower, first, number.start) if told else None
    return cost is not None and _TAKEN_IN.search(cost[0]) is None


_TOTAL = re.compile(r"\bnâng\s[^,;.\d]{0,20}?\b(?:tổng|lũy kế|luỹ kế)\b[^,;.\d]{0,50}?\blên\s+(?:[^\W\d]+\s+){0,3}$")


def makes_a_total(lower: str, number: Number) -> bool:
    """Whether a figure is what there is at the end of a time: "lắp mới 47 trạm, nâng tổng số lên 612 trạm"."""
    first = max(0, number.start - 90)
    return lower.find("nâng", first, number.start) >= 0 and _TOTAL.search(lower, first, number.start) is not None


def aim_within(whole: Period | None, published: date | None) -> Period | None:
    """The time of the whole article, if it is more than the day on which things were counted."""
    if whole is None or whole.end is None:
        return None
    return whole if published is None or whole.end >= published else None


def year_after(mentions: list[Mention]) -> Period | None:
    """The year of "tăng 3% so với năm 2023", where nothing else says it: the one that follows."""
    for mention in reversed(mentions):
        start, end = mention.period.start, mention.period.end
        if mention.is_compared and not mention.is_aside and start and end and (start.month, end.month) == (1, 12):
            return Period(start=date(end.year + 1, 1, 1), end=date(end.year + 1, 12, 31))
    return None
