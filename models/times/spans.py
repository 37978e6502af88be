"""The days that a named time covers: a match of one of the ways in models/times/words.py ─► Period.

A reader gives None when the year is unknown or the calendar has no such day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from models.records import Period
from models.times import days
from models.times.days import Known

Match = re.Match[str]

YEAR = r"(?:19|20)\d{2}"
COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "nhất": 1}
MONTHS = {word: count for word, count in COUNTS.items() if word not in ("bốn", "năm")} | {
    "tư": 4,
    "giêng": 1,
    "chạp": 12,
}
TIME_ENDS = (
    r"(?=\s*(?:[,.;:)(]|$)|\s+(?:đạt|có|đã|tăng|là|toàn|tỉnh|vừa|này|ước|của|trên|cả|với|giảm|tại|ở|mới|chỉ|số)\b)"
)
"""What stands behind a time but not behind a fraction or a number of things."""
UNKNOWN = Period(start=None, end=None)
"""A time that the text tells and that can't be dated: "năm nay" of an undated article. It is not the one named before."""
_ENDS = re.compile(TIME_ENDS)
_GOES_ON = re.compile(r"\s+(?:cho\s+)?(?:đến|tới)\s+(?:nay|hết|cuối|ngày|tháng|năm|hiện|thời)\b")


def _part(match: Match, name: str) -> str | None:
    """A group of the match, None also where its pattern has no such group."""
    return match[name] if name in match.re.groupindex else None


def read_day(match: Match, known: Known) -> Period | None:
    """ "31/5/2024", "ngày 31 tháng 5": the year may be missing."""
    month, of_month = int(match["month"]), int(match["day"])
    found = days.day(int(match["year"]), month, of_month) if match["year"] else days.latest_day(known, month, of_month)
    return Period(start=found, end=found) if found else None


def read_bare_day(match: Match, known: Known) -> Period | None:
    """ "đến 30/6"; a fraction is told by the words behind it: "đến 3/4 số xã"."""
    if _is_fraction(match, int(match["day"]), int(match["month"])):
        return None
    found = days.latest_day(known, int(match["month"]), int(match["day"]))
    return Period(start=found, end=found) if found else None


def _is_fraction(match: Match, day: int, month: int) -> bool:
    return day <= month and not (_ENDS.match(match.string, match.end()) or _GOES_ON.match(match.string, match.end()))


def read_days(match: Match, known: Known) -> Period | None:
    """ "từ 1/7 đến 25/8/2025"; the first day lies in the year of the last."""
    last = _last_day(match, known)
    if last is None:
        return None
    month, of_month = int(match["month1"]), int(match["day1"])
    year = int(match["year1"]) if match["year1"] else last.year - ((month, of_month) > (last.month, last.day))
    first = days.day(year, month, of_month)
    return Period(start=first, end=last) if first and first <= last else None


def read_days_of_month(match: Match, known: Known) -> Period | None:
    """ "từ 22 đến 28/7"; a fraction is told by the words behind it: "từ 2 đến 3/4 số xã"."""
    if not match["year2"] and _is_fraction(match, int(match["day2"]), int(match["month2"])):
        return None
    last = _last_day(match, known)
    first = days.day(last.year, last.month, int(match["day1"])) if last else None
    return Period(start=first, end=last) if first and last and first < last else None


def _last_day(match: Match, known: Known) -> date | None:
    month, of_month = int(match["month2"]), int(match["day2"])
    return days.day(int(match["year2"]), month, of_month) if match["year2"] else days.latest_day(known, month, of_month)


def read_month(match: Match, known: Known) -> Period | None:
    """ "tháng 7/2020", "tháng Bảy", "8.2017"."""
    words_of = match["month"]
    month = int(words_of) if words_of.isdigit() else MONTHS[" ".join(words_of.split())]
    year = year_of(_part(match, "which"), known, month)
    whole = days.months(year, month, month) if year else None
    return Period(start=None, end=whole.end) if whole and _part(match, "edge") in ("cuối", "hết") else whole


def read_months(match: Match, known: Known) -> Period | None:
    """ "tháng 7/2023 - tháng 6/2024", "từ tháng 1 đến tháng 5/2022"."""
    last_year = year_of(match["year2"], known, int(match["month2"]))
    if last_year is None:
        return None
    first, last = int(match["month1"]), int(match["month2"])
    first_year = int(_part(match, "year1") or last_year - (first > last))
    return days.months_across(first_year, first, last_year, last)


def read_first_month(match: Match, known: Known) -> Period | None:
    """ "tháng đầu tiên của năm 2019": January; "tháng cuối năm": December."""
    month = 1 if match["part"] == "đầu" else 12
    year = year_of(match["which"] or match["bare"], known, month)
    return days.months(year, month, month) if year else None


def read_near_month(match: Match, known: Known) -> Period | None:
    """ "tháng này", "tháng trước"."""
    if known.published is None:
        return UNKNOWN
    month = known.published.year * 12 + known.published.month - 1 - (match["which"] not in ("này", "nay"))
    return days.months(month // 12, month % 12 + 1, month % 12 + 1)


def year_of(which: str | None, known: Known, first_month: int) -> int | None:
    """The year that words such as "2024" and "nay" say; that of months from `first_month` on where nothing is said."""
    return days.named_year(which, known) if which else days.near_year(known, first_month)


def read_part_of_year(match: Match, known: Known) -> Period | None:
    """ "6 tháng đầu năm 2020", "hai quý cuối năm"."""
    count = _count(match["count"]) * (days.MONTHS_PER_QUARTER if match["unit"] == "quý" else 1)
    if not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["part"] == "đầu" else (13 - count, 12)
    year = year_of(match["which"] or match["bare"], known, first)
    return days.months(year, first, last) if year else None


def read_first_months(match: Match, known: Known) -> Period | None:
    """ "9 tháng năm 2023"."""
    count = _count(match["count"]) * (days.MONTHS_PER_QUARTER if match["unit"] == "quý" else 1)
    year = days.named_year(match["which"], known)
    return days.months(year, 1, count) if year else None


def read_months_so_far(match: Match, known: Known) -> Period | None:
    """ "9 tháng qua", "lũy kế 11 tháng": from January on, where that ends about the day of publication.

    "Cũng trong ba tháng", behind a span of three months, is that span.
    """
    count = _count(match["count"])
    if not 1 <= count <= 12:
        return None
    if count < 12 and days.lasts(known.last, count):
        return known.last
    if known.published is None:
        return days.months(known.year, 1, count) if known.year else None
    year, month = known.published.year, known.published.month
    if month - count in (0, 1, 2):
        return days.months(year, 1, count)
    if month < count and month <= 2:
        return days.months(year - 1, 1, count)
    if _part(match, "since"):
        first = year * 12 + month - 1 - count
        last = year * 12 + month - 2
        return days.months_across(first // 12, first % 12 + 1, last // 12, last % 12 + 1)
    return days.months(year, 1, count) if count in (3, 6, 9) and count < month else None


def read_years_past(match: Match, known: Known) -> Period | None:
    """ "3 năm gần đây": as many full years; the last is that of publication in December only. More than ten are history.

    Both ends are unknown without a day of publication: what is said of those years is not of the time named before.
    """
    count = _count(match["count"])
    if not 2 <= count <= 10:
        return None
    if known.published is None:
        return UNKNOWN
    last = known.published.year - (known.published.month < 12)
    return days.years(last - count + 1, last)


def read_half_year(match: Match, known: Known) -> Period | None:
    """ "nửa đầu năm 2021", "nửa năm cuối"."""
    first = 1 if "đầu" in match[0] else 7
    year = year_of(match["which"], known, first)
    return days.months(year, first, first + 5) if year else None


def read_quarter(match: Match, known: Known) -> Period | None:
    number = int(match["quarter"]) if match["quarter"].isdigit() else _QUARTERS[match["quarter"]]
    year = year_of(match["which"], known, number * days.MONTHS_PER_QUARTER - 2)
    return days.quarter(year, number) if year else None


def read_quarters(match: Match, known: Known) -> Period | None:
    first, last = (int(n) if n.isdigit() else _QUARTERS[n] for n in (match["quarter1"], match["quarter2"]))
    return days.months(int(match["year"]), first * days.MONTHS_PER_QUARTER - 2, last * days.MONTHS_PER_QUARTER)


def read_near_quarter(match: Match, known: Known) -> Period | None:
    """ "quý trước" is the one before the quarter spoken of; "quý đầu năm", "quý này"."""
    if match["which"] == "trước" and (spoken_of := days.quarter_around(known.last)):
        return days.part_before(spoken_of)
    if match["which"] in ("đầu", "cuối"):
        year = days.near_year(known, 1 if match["which"] == "đầu" else 10)
        return days.quarter(year, 1 if match["which"] == "đầu" else 4) if year else None
    if known.published is None:
        return UNKNOWN
    this = days.quarter(known.published.year, (known.published.month + 2) // days.MONTHS_PER_QUARTER)
    return days.part_before(this) if this and match["which"] != "này" else this


def read_years(match: Match, known: Known) -> Period | None:
    return days.years(int(match["year1"]), int(match["year2"]))


def read_school_year(match: Match, known: Known) -> Period | None:
    """ "năm học 2024-2025": from the opening in September to the end of May."""
    first, last = int(match["year1"]), int(match["year2"])
    return Period(start=date(first, 9, 1), end=date(last, 5, 31)) if last == first + 1 else None


def read_year(match: Match, known: Known) -> Period | None:
    """ "năm 2019", "năm ngoái", "cả năm", "cuối năm 2018"."""
    which = _part(match, "which")
    year = days.named_year(which, known) if which else _year_spoken_of(known)
    if year is None:
        return UNKNOWN if which else None
    edge = _part(match, "edge")
    if edge == "đầu":
        return days.months(year, 1, 3)
    if edge == "giữa":
        return days.months(year, 4, 9)
    whole = days.years(year, year)
    return Period(start=None, end=whole.end) if whole and edge in ("cuối", "hết") else whole


def _year_spoken_of(known: Known) -> int | None:
    """The year of "trong năm": the one last named, if it is not long gone; in January still the last one."""
    if known.published is None or known.published.month == 1:
        return known.year
    this = known.published.year
    return known.named if known.named in (this - 1, this) else this


def read_year_so_far(match: Match, known: Known) -> Period | None:
    """ "từ đầu năm đến nay"."""
    if known.published is None:
        return UNKNOWN
    year = days.named_year(match["which"], known) or known.published.year
    return Period(start=date(year, 1, 1), end=known.published)


def read_year_begun(match: Match, known: Known) -> Period | None:
    """ "từ đầu năm", before the day up to which it is counted."""
    return Period(start=date(known.year, 1, 1), end=None) if known.year else None


def read_same_part(match: Match, known: Known) -> Period | None:
    """ "trong tháng", "trong quý": the month or quarter that was named before."""
    if known.last is None or known.last.start is None or known.last.end is None:
        return None
    count = 1 if match["unit"] == "tháng" else days.MONTHS_PER_QUARTER
    this = days.months(known.last.end.year, known.last.end.month - count + 1, known.last.end.month)
    return this if this == known.last else None


def read_week(match: Match, known: Known) -> Period | None:
    """ "tuần qua": the seven days up to publication."""
    return Period(start=known.published - timedelta(days=6), end=known.published) if known.published else UNKNOWN


def read_now(match: Match, known: Known) -> Period | None:
    return Period(start=None, end=known.published)


def read_until_then(match: Match, known: Known) -> Period | None:
    """ "thời điểm trên", "cuối quý": the day that was named before, or on which the span ends that was."""
    day = known.until if match[0].startswith("thời") else known.last and known.last.end
    return Period(start=None, end=day) if day else None


def read_same_period(match: Match, known: Known) -> Period | None:
    """ "cùng kỳ năm ngoái": the same days of an earlier year. Both ends are unknown when no such days were named."""
    if known.last is None or known.last.end is None:
        return Period(start=None, end=None)
    which = match["which"] or match["bare"]
    if which and which.isdigit() and int(which) < known.last.end.year:
        return days.in_year(known.last, int(which))
    return days.year_before(known.last)


def _count(written: str) -> int:
    return int(written) if written.isdigit() else COUNTS[" ".join(written.split())]
