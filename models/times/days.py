"""Spans of days by the calendar: months, quarters, parts of a year, and the year that a text left out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from models.records import Period

MONTHS_PER_QUARTER = 3
_LONGEST_QUARTER = 92
_FAR_AHEAD = 120
"""A day or month without a year that lies further ahead of the publication is one of the year before."""


class Known(NamedTuple):
    """What a text has said of time before the place that is read."""

    published: date | None
    named: int | None
    """The year last named."""
    last: Period | None
    """The last span with both ends: what "cùng kỳ" and "quý trước" count from."""
    until: date | None = None
    """The day up to which things were last counted: that of "thời điểm trên"."""
    about: int | None = None
    """The year that the title names: "năm nay" of an undated article."""

    is_firm: bool = False
    """The year last named is not only that of an event."""
    part_of: int | None = None
    """The year that a part of was last reported of."""
    written: int | None = None
    """The year in which an undated text was most likely written."""
    behind: int | None = None
    """The year behind that whose same time an undated text compares with: "năm nay" of it."""

    @property
    def year(self) -> int | None:
        """The year spoken of: the one last named, else that of publication."""
        return self.named or (self.published.year if self.published else self.written)


def day(year: int, month: int, of_month: int) -> date | None:
    """The day, or None when the calendar has no such day."""
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> Period | None:
    """From the first day of one month to the last day of another of the same year."""
    if not 1 <= first <= last <= 12:
        return None
    return Period(start=date(year, first, 1), end=month_end(year, last))


def months_across(first_year: int, first: int, last_year: int, last: int) -> Period | None:
    """As months, over the turn of a year."""
    if not (1 <= first <= 12 and 1 <= last <= 12) or (first_year, first) > (last_year, last):
        return None
    return Period(start=date(first_year, first, 1), end=month_end(last_year, last))


def quarter(year: int, number: int) -> Period | None:
    """The first to the fourth quarter of a year."""
    return months(year, number * MONTHS_PER_QUARTER - 2, number * MONTHS_PER_QUARTER)


def years(first: int, last: int) -> Period | None:
    """Whole years, both included."""
    return Period(start=date(first, 1, 1), end=date(last, 12, 31)) if first <= last else None


def latest_day(known: Known, month: int, of_month: int) -> date | None:
    """A day without a year: the year spoken of, or the one before when the day had not come yet at publication."""
    if known.published is None:
        return _day_within(known, month, of_month)
    found = day(known.published.year, month, of_month)
    if found and (found - known.published).days > _FAR_AHEAD and known.named != found.year:
        return day(known.published.year - 1, month, of_month)
    return found


def _day_within(known: Known, month: int, of_month: int) -> date | None:
    """A day of the year spoken of; behind "năm học 2016-2017" the one that lies in it."""
    found = day(known.year, month, of_month) if known.year else None
    if found and known.last and known.last.start and known.last.end and found > known.last.end:
        earlier = day(found.year - 1, month, of_month)
        return earlier if earlier and known.last.start <= earlier <= known.last.end else found
    return found


def near_year(known: Known, first_month: int) -> int | None:
    """The year of months named without one: that of publication, unless they lie too far ahead of it."""
    if known.published is None:
        return known.year
    ahead = first_month - known.published.month
    return known.published.year - (ahead * 30 > _FAR_AHEAD)


def named_year(words: str | None, known: Known) -> int | None:
    """The year of "2024", "nay", "ngoái"; None when the words need a publication day that is not known.

    "Năm qua" said in December is the year that ends.
    """
    if words is None:
        return None
    if words.isdigit():
        return int(words)
    if words == "trước" and known.last and known.last.end:
        return known.last.end.year - 1
    if known.published is None:
        return _year_of_report(" ".join(words.split()), known)
    away = _YEARS_AWAY.get(" ".join(words.split()), 0)
    is_ending = words.endswith("qua") and known.published.month == 12
    return known.published.year + (0 if is_ending else away)


def _year_of_report(words: str, known: Known) -> int | None:
    """As named_year, of an undated article: its title's year is this one, else that which it reports a part of.

    "Năm qua" is the year that a report is of.
    """
    if known.about and words in _THIS_AND_LAST:
        return known.about + _YEARS_AWAY.get(words, 0)
    if words == "nay":
        return known.part_of or known.behind
    return known.named if known.is_firm and words in _JUST_OVER else None


_JUST_OVER = ("qua", "vừa qua", "vừa rồi")
_THIS_AND_LAST = ("nay", "ngoái")
_YEARS_AWAY = {"ngoái": -1, "trước": -1, "qua": -1, "vừa qua": -1, "vừa rồi": -1, "tới": 1, "sau": 1}


def year_before(period: Period) -> Period:
    """The same days a year earlier; the end of February stays the end of February."""
    return Period(start=_year_before(period.start), end=_year_before(period.end))


def in_year(period: Period, year: int) -> Period:
    """The same days of another year."""
    while period.end is not None and period.end.year > year:
        period = year_before(period)
    return period


def _year_before(moment: date | None) -> date | None:
    if moment is None:
        return None
    if moment + timedelta(days=1) == date(moment.year, moment.month, 1) + timedelta(
        days=monthrange(moment.year, moment.month)[1]
    ):
        return month_end(moment.year - 1, moment.month)
    return date(moment.year - 1, moment.month, moment.day)


def part_before(period: Period) -> Period | None:
    """The stretch of whole months that ends where the period begins and is as long: the quarter before a quarter."""
    if period.start is None or period.end is None or period.start.day != 1:
        return None
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    last = period.start - timedelta(days=1)
    first = last.year * 12 + last.month - length
    return months_across(first // 12, first % 12 + 1, last.year, last.month)


def quarter_around(period: Period | None) -> Period | None:
    """The quarter that a month or a quarter lies in; None for anything longer."""
    if (
        period is None
        or period.start is None
        or period.end is None
        or (period.end - period.start).days > _LONGEST_QUARTER
    ):
        return None
    return quarter(period.end.year, (period.end.month + 2) // MONTHS_PER_QUARTER)


def lasts(period: Period | None, count: int) -> bool:
    """Whether a period is so many whole months."""
    if period is None or period.start is None or period.end is None or period.start.day != 1:
        return False
    first = period.start.year * 12 + period.start.month
    last = period.end.year * 12 + period.end.month
    return last - first + 1 == count and period.end == month_end(period.end.year, period.end.month)


def last_before(of_year: date, end: date) -> date | None:
    """The same day of the year that ends there: "từ 1/7 đến hết năm 2025", "từ đầu năm đến hết tháng 11"."""
    year = end.year - ((of_year.month, of_year.day) > (end.month, end.day))
    return day(year, of_year.month, of_year.day)
