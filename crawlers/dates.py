"""Dates as Vietnamese pages and feeds write them ─► datetime with its zone, or date.

A clock time without a zone is Vietnamese time. Midnight sharp is what a system prints that knows only the day, so it
gives a `date`. Nothing is guessed: no year, no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=7), "+07")
"""Asia/Ho_Chi_Minh, without its history before 1976."""

Moment = datetime | date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january giêng một", "feb february hai", "mar march ba", "apr april tư bốn", "may năm", "jun june sáu",
            "jul july bảy bẩy", "aug august tám", "sep sept september chín", "oct october mười", "nov november",
            "dec december chạp",
        ),
        start=1,
    )
    for name in names.split()
} | {"mười một": 11, "mười hai": 12}  # fmt: skip
_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))

_OFFSET = r"[+-]\s?\d{1,2}(?::?\d{2})?"
_ZONE = rf"(?P<zone>Z\b|UTC\b|\(?\s*(?:GMT|UTC)\s*{_OFFSET}(?!\d)|{_OFFSET}\b|GMT\b|ICT\b)"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])\s?(?:[:hg]|"
    r"giờ)\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\.\d+)?(?:\s*(?P<half>[AP]\.?M\b|SA\b|CH\b))?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DMY = rf"(?P<day>[0-3]?\d)\s?(?P<sep>[/.-])\s?(?P<month>[01]?\d)\s?(?P=sep)\s?{_YEAR}(?!\d)"
_MDY = rf"(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/{_YEAR}(?!\d)"
_WORDS = rf"(?P<day>[0-3]?\d)\s*tháng\s+(?P<month>[01]?\d|{_MONTH_NAMES})(?:\s*năm\s*|[\s,/-]+){_YEAR}(?!\d)"
_ENGLISH = rf"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-]+(?P<month>{_MONTH_NAMES})\.?,?[\s-]+(?P<year>(?:19|20)?\d\d)(?!\d)"
_AMERICAN = rf"(?P<month>{_MONTH_NAMES})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)"
_VIETNAMESE_FIRST = rf"tháng\s+(?P<month>{_MONTH_NAMES}|[01]?\d)\s+(?P<day>[0-3]?\d),?\s+{_YEAR}(?!\d)"
_ISO = rf"{_YEAR}(?P<sep>[-/.])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)(?!\d)"
_SHORT = r"(?P<day>[0-3]?\d)(?P<sep>[/-])(?P<month>[01]?\d)(?P=sep)(?P<year>\d\d)(?!\d)"
_JOIN = r"[\s,|@•·–—-]*(?:\b(?:lúc|vào lúc|at|T)\b)?[\s,:|–—-]*"
_JOIN_BACK = (
    r"[\s,|•·–—()-]*(?:GMT\s*\+\s*0?7[\s,|)–-]*)?(?:\bngày\b)?[\s,:|–—-]*(?:(?:thứ\s+\w+|chủ nhật)[\s,|"
    r"–—-]*)?(?:\bngày\b)?[\s,:|–—-]*"
)


def _pattern(core: str) -> re.Pattern[str]:
    return re.compile(core, re.I)


def _with_clock(day: str) -> str:
    return rf"(?<![\d/.-]){day}(?:(?:T|{_JOIN})(?<!\d){_CLOCK}(?:\s*{_ZONE})?)?"


# Each with the clock after the day, where there is one. American order only in the form .NET prints under en-US.
_DOT_NET = _pattern(
    rf"(?<![\d/]){_MDY}\s+(?P<hour>1?\d):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)\s*(?P<half>[AP]M)\b(?:\s*{_ZONE})?"
)
_DIGITS_FIRST = (
    _DOT_NET,
    _pattern(rf"(?<![\d:]){_CLOCK}{_JOIN_BACK}(?:{_DMY})"),
    _pattern(rf"(?<![\d:]){_CLOCK}{_JOIN_BACK}(?:{_WORDS})"),
    *(_pattern(_with_clock(day)) for day in (_ISO, _DMY, _MDY, _WORDS, _ENGLISH)),
    _pattern(rf"(?<![\d/.-]){_SHORT}{_JOIN}(?<!\d){_CLOCK}"),
    _pattern(rf"(?<![\d:]){_CLOCK}{_JOIN_BACK}{_SHORT}"),
)
_LETTERS_FIRST = (_pattern(_with_clock(_AMERICAN)), _pattern(_with_clock(_VIETNAMESE_FIRST)))
_EPOCH = re.compile(r"\s*(?:/Date\()?(\d{10}|\d{13})(?:[+-]\d{4})?(?:\)/)?\s*")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?\s*")
_LONGEST = 120
_MAYBE = re.compile(r"\d\D{1,12}\d|\d{4}")
_DIGITS = re.compile(r"\d+")
_DAY_BEFORE_YEAR = re.compile(r"\s[0-3]?\d(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A date within a text, and where it stands."""

    value: Moment
    start: int
    end: int


def read_date(text: str | None) -> Moment | None:
    """Read what a meta tag or a feed states: ISO, RFC 822, epoch seconds, or any form that people are shown.

    >>> read_date("Mon, 14 Sep 26 09:13:00 +0700").isoformat()
    '2026-09-14T09:13:00+07:00'
    >>> read_date("2020-05-06T00:00:00")
    datetime.date(2020, 5, 6)
    """
    if not text:
        return None
    text = text[:_LONGEST]
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch.group(1)[:10]), LOCAL)
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _moment(dict(zip(("year", "month", "day", "hour", "minute", "second"), compact.groups(), strict=True)))
    found = find_date(text)
    return found.value if found else None


def find_date(text: str) -> FoundDate | None:
    """The first date in a line that a page shows.

    >>> find_date("Thứ tư, 7/5/2025, 16:20 (GMT+7)").value.isoformat()
    '2025-05-07T16:20:00+07:00'
    >>> find_date("9/14/2026 6:44:00 PM").value.isoformat()
    '2026-09-14T18:44:00+07:00'
    >>> find_date("03/02/2012 | 12:00 AM").value
    datetime.date(2012, 2, 3)
    >>> find_date("Giá 12.500 đồng") is None
    True
    """
    if not _MAYBE.search(text):
        return None
    first = _digits_first(text)
    if not _DAY_BEFORE_YEAR.search(text):
        return first
    others = (_read_match(form.search(text)) for form in _LETTERS_FIRST)
    return min((found for found in (first, *others) if found), key=lambda found: found.start, default=None)


def _digits_first(text: str) -> FoundDate | None:
    """The first date of a form that begins with digits; of two at one place, the form listed first.

    Forms are tried only where digits begin, which takes a tenth of searching the line for each. One whose first match
    is no date, as 31/02/2025, is not tried again.
    """
    forms = list(_DIGITS_FIRST)
    for digits in _DIGITS.finditer(text):
        for form in forms[:]:
            match = form.match(text, digits.start())
            if match is None:
                continue
            found = _read_match(match)
            if found is not None:
                return found
            forms.remove(form)
    return None


def _read_match(match: re.Match[str] | None) -> FoundDate | None:
    value = _moment(match.groupdict()) if match else None
    return FoundDate(value=value, start=match.start(), end=match.end()) if match and value is not None else None


def _moment(parts: dict[str, str | None]) -> Moment | None:
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    month = (parts["month"] or "").lower()
    try:
        day = date(year, _MONTHS.get(month) or int(month), int(parts["day"] or 0))
    except ValueError:
        return None
    if not parts.get("hour"):
        return day
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    hour = _hour_of_day(hour, parts.get("half"))
    if hour > 23 or hour == minute == second == 0:
        return day
    return datetime(year, day.month, day.day, hour, minute, second, tzinfo=_zone(parts.get("zone")))


def _hour_of_day(hour: int, half: str | None) -> int:
    """ "12:05 AM" is five past midnight; "18:44 PM" and "00:01 AM" are written too, and mean what they say."""
    mark = (half or "").replace(".", "").upper()
    if mark in ("AM", "SA") and hour == 12:
        return 0
    if mark in ("PM", "CH") and hour < 12:
        return hour + 12
    return hour


def _zone(text: str | None) -> timezone:
    if not text:
        return LOCAL
    match = re.search(r"([+-])\s?(\d{1,2}):?(\d{2})?", text)
    if match is None:
        return LOCAL if "ICT" in text.upper() else UTC
    offset = timedelta(hours=int(match.group(2)), minutes=int(match.group(3) or 0))
    if offset > timedelta(hours=14):
        return LOCAL
    return timezone(offset if match.group(1) == "+" else -offset)
