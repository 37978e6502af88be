"""What stands after `date:` and `value:` in a query, read in the ways people write days and numbers."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from index.base import DateRange, ValueRange
from index.errors import SearchError


class UnreadableValueError(SearchError):
    """What was typed is no date or number; the message says what would be. query.py adds the place."""


_DATE_HELP = "Viết ngày như 2020-05-31, 31/5/2020, 2020-05, 5/2020 hay 2020"
_NUMBER_HELP = "Viết số như 30, 15,91 hay 1.887"
_RANGE_HELP = "Khoảng viết như [2020-01-01 TO 2020-12-31] hay [30 TO *]"

_RANGE = re.compile(r"(?P<open>[\[{])\s*(?P<low>\S+)\s+(?:TO|to|đến)\s+(?P<high>\S+?)\s*(?P<close>[\]}])")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)\s*(?P<bound>.+)")
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The two ends as typed, None where open, and whether each end itself belongs."""

    low: str | None
    high: str | None
    with_low: bool = True
    with_high: bool = True


def read_date_range(typed: str) -> DateRange:
    """The days that a value of `date:` means: a day, a month, a year, a comparison or a range.

    >>> read_date_range("5/2020")
    DateRange(since=datetime.date(2020, 5, 1), until=datetime.date(2020, 5, 31))
    >>> read_date_range("[2020 TO *]")
    DateRange(since=datetime.date(2020, 1, 1), until=None)
    """
    bounds = _read_bounds(typed)
    since = _read_since(bounds)
    until = _read_until(bounds)
    if since and until and since > until:
        raise UnreadableValueError("Ngày đầu của khoảng phải trước ngày cuối. Hãy đổi chỗ hai ngày")
    return DateRange(since=since, until=until)


def _read_since(bounds: _Bounds) -> date | None:
    if bounds.low is None:
        return None
    first, last = _read_days(bounds.low)
    return first if bounds.with_low else _next_day(last)


def _read_until(bounds: _Bounds) -> date | None:
    if bounds.high is None:
        return None
    first, last = _read_days(bounds.high)
    return last if bounds.with_high else _day_before(first)


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def read_value_range(typed: str) -> ValueRange:
    """The bounds that a value of `value:` means; both belong to it.

    >>> read_value_range("[1.887 TO *]"), read_value_range("15,91%")
    (ValueRange(low=Decimal('1887'), high=None), ValueRange(low=Decimal('15.91'), high=Decimal('15.91')))
    """
    bounds = _read_bounds(typed)
    if not (bounds.with_low and bounds.with_high):
        raise UnreadableValueError("Khoảng giá trị luôn tính cả hai đầu. Dùng [ ], >= hay <=")
    low = None if bounds.low is None else _read_number(bounds.low)
    high = None if bounds.high is None else _read_number(bounds.high)
    if low is not None and high is not None and low > high:
        raise UnreadableValueError("Giá trị đầu của khoảng phải nhỏ hơn giá trị cuối. Hãy đổi chỗ hai số")
    return ValueRange(low=low, high=high)


def _read_bounds(typed: str) -> _Bounds:
    typed = typed.strip()
    if typed[:1] in ("[", "{"):
        return _read_brackets(typed)
    if compared := _COMPARED.fullmatch(typed):
        sign, bound = compared["sign"], compared["bound"].strip()
        if sign[0] == ">":
            return _Bounds(bound, None, with_low=sign == ">=")
        return _Bounds(None, bound, with_high=sign == "<=")
    return _Bounds(typed, typed)


def _read_brackets(typed: str) -> _Bounds:
    found = _RANGE.fullmatch(typed)
    if not found:
        raise UnreadableValueError(_RANGE_HELP)
    low, high = (None if end == "*" else end.strip('"') for end in (found["low"], found["high"]))
    return _Bounds(low, high, with_low=found["open"] == "[", with_high=found["close"] == "]")


def _read_days(typed: str) -> tuple[date, date]:
    """The first and the last day of what was typed."""
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif found := _YEAR_LAST.fullmatch(typed):
        day, month, year = (int(part) if part else None for part in found.groups())
    else:
        raise UnreadableValueError(f"“{_shorten(typed)}” không phải là ngày. {_DATE_HELP}")
    try:
        return _days_of(year or 0, month, day)
    except ValueError as e:
        raise UnreadableValueError(f"Không có ngày “{typed}” trong lịch. {_DATE_HELP}") from e


def _days_of(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    only = date(year, month, day)
    return only, only


def _read_number(typed: str) -> Decimal:
    """A dot before three digits groups thousands, as in Vietnamese; any other mark is the decimal one."""
    number = typed.removesuffix("%")
    if len(number) <= 40:  # longer is no figure, and a Decimal of 10,000 digits would be slow to compare
        if _GROUPED.fullmatch(number):
            return Decimal(number.replace(".", "").replace(",", "."))
        if _PLAIN.fullmatch(number):
            return Decimal(number.replace(",", "."))
    raise UnreadableValueError(f"“{_shorten(typed)}” không phải là số. {_NUMBER_HELP}")


def _shorten(typed: str) -> str:
    return typed if len(typed) <= 30 else typed[:29] + "…"
