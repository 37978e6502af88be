"""Which of the times that a text names it reports of, and which it only plans for or looks back to."""

from __future__ import annotations

import re

from models.records import Number, Period

_BESIDE_REPORT = re.compile(
    r"\b(?:tổng\s+kết|sơ\s+kết|kết\s+quả)\b[^.;\n]*\b(?:nhiệm\s+vụ|phương\s+hướng|kế\s+hoạch|giải\s+pháp)\s+(?:(?!năm|quý)[^\W\d]+\s+){0,4}$"
)
# A year that is none of the report's: "phấn đấu năm 2025".
_AIMED = re.compile(
    r"(?:m(?<!\wm)ục\s+tiêu|p(?<!\wp)hấn\s+đấu|c(?<!\wc)hỉ\s+tiêu|k(?<!\wk)ế\s+hoạch|d(?<!\wd)ự\s+(?:kiến|báo)|n(?<!\wn)hiệm\s+vụ)"
    r"\b[^.;]*$"
)
_TO_COME = re.compile(r"\s+mới\s+(?:chính\s+thức|bắt\s+đầu)\b|[^.;\d]{0,40}\bsẽ\b")
_BEGINS = re.compile(r"(?:^|[.\n:;]\s*|\b(?:trong|riêng|tính|cả)\s+)$")
_JUST_OVER = re.compile(r"\s+vừa\s+(?:rồi|qua)\b")
# What leads to a time before the one spoken of: "con số này năm 2016 là 9,8%", "hồi năm 2012".
_BACK = re.compile(r"\b(?:trước đó|trước đây|hồi|từng|(?:số|lệ|mức|điểm) (?:này|ấy|đó))\b[^,;.]*,?[^,;.]*$")
_PLAN_BEFORE, _AIM_BEFORE, _NEAR = 140, 80, 16


def is_beside_report(lower: str, start: int) -> bool:
    """Whether a time is that of the plan behind a report: "tổng kết công tác năm 2020, triển khai nhiệm vụ năm 2021"."""
    first = max(0, start - _PLAN_BEFORE)
    return lower.find("kết", first, start) >= 0 and _BESIDE_REPORT.search(lower, first, start) is not None


def is_just_over(lower: str, start: int, end: int) -> bool:
    """Whether a time has just ended: "năm 2022 là 2,01 con và đến năm vừa qua là 1,96 con" is in that year."""
    return lower.endswith(("vừa qua", "vừa rồi"), start, end) or _JUST_OVER.match(lower, end) is not None


def is_aim(lower: str, start: int, end: int, period: Period) -> bool:
    """Whether a year is by when something is to be: "phấn đấu năm 2025", "đến năm 2030"."""
    if period.start is None and period.end and period.end.month == 12:
        return True
    return _TO_COME.match(lower, end) is not None or _is_aimed(lower, start)


def is_spoken_of(lower: str, start: int, named: int | None, year: int | None) -> bool:
    """Whether an undated text that spoke of one year goes on to speak of another, and does not only look back or ahead."""
    if named is None or year is None or _BEGINS.search(lower, max(0, start - _NEAR), start):
        return True
    return year >= named and not _is_aimed(lower, start)


def _is_aimed(lower: str, start: int) -> bool:
    return _AIMED.search(lower, max(0, start - _AIM_BEFORE), start) is not None


def looks_back(lower: str, start: int, time: int, numbers: list[Number]) -> bool:
    """Whether the words of a sentence before an earlier time only look back to it: "là 4,1%, năm 2018 là 11,7%"."""
    return any(number.start < time for number in numbers) or _BACK.search(lower, start, time) is not None
