"""How far a named time reaches: not out of its brackets, perhaps beyond the day on which the article was written."""

from __future__ import annotations

import re
from datetime import date

from models.records import Period
from models.times.periods import Mention

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
