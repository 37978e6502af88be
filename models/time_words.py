"""The ways in which Vietnamese prose names a time, each with the words it begins with and how its days are counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from models import days
from models.days import Known
from models.records import Period
from models.vocabulary import alternatives, any_of, found_phrases, words

Match = re.Match[str]

YEAR = r"(?:19|20)\d{2}"
COUNTS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "nhất": 1}
_MONTHS = {word: count for word, count in COUNTS.items() if word not in ("bốn", "năm")} | {"tư": 4, "giêng": 1, "chạp": 12}
_FARTHEST_BEHIND = 60
_COUNT = rf"(?:\d{{1,2}}|{alternatives(COUNTS)})"
_TO = r"\s*(?:-|–|—|(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|ngày|năm|tháng|cuối))*)\s*"
_RELATIVE = r"nay|ngoái|trước|tới|sau|vừa\s+qua|qua"
_WHICH = rf"(?P<which>{YEAR}|{_RELATIVE})\b"
# No year: "năm 2.500 hồ sơ", "năm 2012/2015", "2000 người".
_YEAR_ENDS = r"(?!\d|[.,/]\d|\s?(?:hồ|dịch|người|lượt|%))"
# "thực hiện" says nothing of now; "nhiều năm qua" is no year.
_NOT_BEHIND = "".join(rf"(?<!{word}\shiện)" for word in sorted(words("periods.ends_in_now")))
_NOT_COUNTED = r"(?<!\d\s)" + "".join(rf"(?<!{word}\s)" for word in (*COUNTS, "nhiều", "những", "các", "mấy", "vài", "mọi"))
# Five of something: "cả năm tỉnh".
_NOT_FIVE = r"(?!\s+(?:tỉnh|huyện|xã|phường|đơn|sở|bộ|nước|học|địa|doanh|thành|người|lĩnh|nội|tháng|ngày|lần)\b)"


class Way(NamedTuple):
    """One way of naming a time."""

    begins: tuple[str, ...]
    """Phrases one of which every match begins with; none when it begins with a digit."""
    pattern: re.Pattern[str]
    read: Callable[[Match, Known], Period | None]
    is_scope: bool = False
    """A year, half-year or quarter: something that a whole article can be about."""
    is_day: bool = False
    """One day: as a rule that of an event."""
    is_now: bool = False
    is_range: bool = False
    """Names both its ends."""
    behind: re.Pattern[str] | None = None
    """What must stand right before it."""


def find_times(lower: str) -> Iterator[tuple[Match, Way]]:
    """The times named in a text in small letters, from the first to the last; none lies within another."""
    begins = [(start, _ways()[which]) for start, which in found_phrases(_phrases(), lower)]
    begins += [(match.start(), _digit_ways()) for match in _FIRST_DIGITS.finditer(lower)]
    end = 0
    for start, ways in sorted(begins, key=_position):
        if start < end or (start and lower[start - 1].isalnum()):
            continue
        for way in ways:
            match = way.pattern.match(lower, start)
            if match and (way.behind is None or way.behind.search(lower, max(0, start - _FARTHEST_BEHIND), start)):
                yield match, way
                end = match.end()
                break


def _part(match: Match, name: str) -> str | None:
    """A group of the match, None also where its pattern has no such group."""
    return match[name] if name in match.re.groupindex else None


def _position(begin: tuple[int, tuple[Way, ...]]) -> int:
    return begin[0]


@cache
def _phrases() -> tuple[str, ...]:
    """What the ways begin with, the longer before the shorter."""
    return tuple(sorted({phrase for way in WAYS for phrase in way.begins}, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _ways() -> tuple[tuple[Way, ...], ...]:
    """For each of the phrases, the ways that begin with it."""
    return tuple(tuple(way for way in WAYS if phrase in way.begins) for phrase in _phrases())


@cache
def _digit_ways() -> tuple[Way, ...]:
    return tuple(way for way in WAYS if not way.begins)


_FIRST_DIGITS = re.compile(
    r"\d(?<![\w/.,-].)(?=\d?(?:\s?[/.-]\s?\d|\s+(?:tháng|quý|năm)\b)|\d{3}\s?[-–—]\s?(?:19|20)\d\d|0\d\d\b|9\d\d\b)"
)

# --- how the days of each are counted ---------------------------------------------------------------------------------


def _day(match: Match, known: Known) -> Period | None:
    """ "31/5/2024", "ngày 31 tháng 5": the year may be missing."""
    month, of_month = int(match["month"]), int(match["day"])
    found = days.day(int(match["year"]), month, of_month) if match["year"] else days.latest_day(known, month, of_month)
    return Period(start=found, end=found) if found else None


def _bare_day(match: Match, known: Known) -> Period | None:
    """ "đến 30/6"; a fraction is told by the words behind it: "đến 3/4 số xã"."""
    may_be_fraction = int(match["day"]) <= int(match["month"])
    if may_be_fraction and not _TIME_ENDS.match(match.string, match.end()):
        return None
    found = days.latest_day(known, int(match["month"]), int(match["day"]))
    return Period(start=found, end=found) if found else None


def _days(match: Match, known: Known) -> Period | None:
    """ "từ 1/7 đến 25/8/2025"; the first day lies in the year of the last."""
    if match["year2"]:
        last = days.day(int(match["year2"]), int(match["month2"]), int(match["day2"]))
    else:
        last = days.latest_day(known, int(match["month2"]), int(match["day2"]))
    if last is None:
        return None
    month, of_month = int(match["month1"]), int(match["day1"])
    year = int(match["year1"]) if match["year1"] else last.year - ((month, of_month) > (last.month, last.day))
    first = days.day(year, month, of_month)
    return Period(start=first, end=last) if first and first <= last else None


def _month(match: Match, known: Known) -> Period | None:
    """ "tháng 7/2020", "tháng Bảy", "8.2017"."""
    words_of = match["month"]
    month = int(words_of) if words_of.isdigit() else _MONTHS[" ".join(words_of.split())]
    year = _year_of(_part(match, "which"), known, month)
    return days.months(year, month, month) if year else None


def _months(match: Match, known: Known) -> Period | None:
    """ "tháng 7/2023 - tháng 6/2024", "từ tháng 1 đến tháng 5/2022"."""
    last_year = _year_of(match["year2"], known, int(match["month2"]))
    if last_year is None:
        return None
    first, last = int(match["month1"]), int(match["month2"])
    first_year = int(_part(match, "year1") or last_year - (first > last))
    return days.months_across(first_year, first, last_year, last)


def _near_month(match: Match, known: Known) -> Period | None:
    """ "tháng này", "tháng trước"."""
    if known.published is None:
        return None
    month = known.published.year * 12 + known.published.month - 1 - (match["which"] not in ("này", "nay"))
    return days.months(month // 12, month % 12 + 1, month % 12 + 1)


def _year_of(which: str | None, known: Known, first_month: int) -> int | None:
    return days.named_year(which, known) if which else days.near_year(known, first_month)


def _part_of_year(match: Match, known: Known) -> Period | None:
    """ "6 tháng đầu năm 2020", "hai quý cuối năm"."""
    count = _count(match["count"]) * (days.MONTHS_PER_QUARTER if match["unit"] == "quý" else 1)
    if not 1 <= count <= 12:
        return None
    first, last = (1, count) if match["part"] == "đầu" else (13 - count, 12)
    year = _year_of(match["which"] or match["bare"], known, first)
    return days.months(year, first, last) if year else None


def _first_months(match: Match, known: Known) -> Period | None:
    """ "9 tháng năm 2023"."""
    count = _count(match["count"]) * (days.MONTHS_PER_QUARTER if match["unit"] == "quý" else 1)
    year = days.named_year(match["which"], known)
    return days.months(year, 1, count) if year else None


def _months_so_far(match: Match, known: Known) -> Period | None:
    """ "9 tháng qua", "lũy kế 11 tháng": from January on, where that ends about the day of publication."""
    count = _count(match["count"])
    if not 1 <= count <= 12:
        return None
    if known.published is None:
        return days.months(known.year, 1, count) if known.year else None
    year, month = known.published.year, known.published.month
    if month - count in (0, 1, 2):
        return days.months(year, 1, count)
    if month < count and month <= 2:
        return days.months(year - 1, 1, count)
    if match["since"]:
        first = year * 12 + month - 1 - count
        last = year * 12 + month - 2
        return days.months_across(first // 12, first % 12 + 1, last // 12, last % 12 + 1)
    return days.months(year, 1, count) if count in (3, 6, 9) and count < month else None


def _half_year(match: Match, known: Known) -> Period | None:
    """ "nửa đầu năm 2021", "nửa năm cuối"."""
    first = 1 if "đầu" in match[0] else 7
    year = _year_of(match["which"], known, first)
    return days.months(year, first, first + 5) if year else None


def _quarter(match: Match, known: Known) -> Period | None:
    number = int(match["quarter"]) if match["quarter"].isdigit() else _QUARTERS[match["quarter"]]
    year = _year_of(match["which"], known, number * days.MONTHS_PER_QUARTER - 2)
    return days.quarter(year, number) if year else None


def _quarters(match: Match, known: Known) -> Period | None:
    first, last = (int(n) if n.isdigit() else _QUARTERS[n] for n in (match["quarter1"], match["quarter2"]))
    return days.months(int(match["year"]), first * days.MONTHS_PER_QUARTER - 2, last * days.MONTHS_PER_QUARTER)


def _near_quarter(match: Match, known: Known) -> Period | None:
    """ "quý trước" is the one before the quarter spoken of; "quý đầu năm", "quý này"."""
    if match["which"] == "trước" and (spoken_of := days.quarter_around(known.last)):
        return days.part_before(spoken_of)
    if match["which"] in ("đầu", "cuối"):
        year = days.near_year(known, 1 if match["which"] == "đầu" else 10)
        return days.quarter(year, 1 if match["which"] == "đầu" else 4) if year else None
    if known.published is None:
        return None
    this = days.quarter(known.published.year, (known.published.month + 2) // days.MONTHS_PER_QUARTER)
    return days.part_before(this) if this and match["which"] != "này" else this


def _years(match: Match, known: Known) -> Period | None:
    return days.years(int(match["year1"]), int(match["year2"]))


def _school_year(match: Match, known: Known) -> Period | None:
    """ "năm học 2024-2025": from the opening in September to the end of May."""
    first, last = int(match["year1"]), int(match["year2"])
    return Period(start=date(first, 9, 1), end=date(last, 5, 31)) if last == first + 1 else None


def _year(match: Match, known: Known) -> Period | None:
    """ "năm 2019", "năm ngoái", "cả năm", "cuối năm 2018"."""
    which = _part(match, "which")
    year = days.named_year(which, known) if which else _year_spoken_of(known)
    if year is None:
        return None
    edge = _part(match, "edge")
    if edge == "đầu":
        return days.months(year, 1, 3)
    if edge == "giữa":
        return days.months(year, 4, 9)
    whole = days.years(year, year)
    return Period(start=None, end=whole.end) if whole and edge in ("cuối", "hết") else whole


def _year_spoken_of(known: Known) -> int | None:
    """The year of "trong năm": in January what is written of a year is still written of the last one."""
    if known.published is None or known.published.month == 1:
        return known.year
    return known.published.year


def _year_so_far(match: Match, known: Known) -> Period | None:
    """ "từ đầu năm đến nay"."""
    if known.published is None:
        return None
    year = days.named_year(match["which"], known) or known.published.year
    return Period(start=date(year, 1, 1), end=known.published)


def _week(match: Match, known: Known) -> Period | None:
    """ "tuần qua": the seven days up to publication."""
    return Period(start=known.published - timedelta(days=6), end=known.published) if known.published else None


def _now(match: Match, known: Known) -> Period | None:
    return Period(start=None, end=known.published)


def _same_period(match: Match, known: Known) -> Period | None:
    """ "cùng kỳ năm ngoái": the same days of an earlier year. Both ends are unknown when no such days were named."""
    if known.last is None or known.last.end is None:
        return Period(start=None, end=None)
    which = match["which"] or match["bare"]
    if which and which.isdigit() and int(which) < known.last.end.year:
        return days.in_year(known.last, int(which))
    return days.year_before(known.last)


def _count(written: str) -> int:
    return int(written) if written.isdigit() else COUNTS[" ".join(written.split())]


# --- the ways ---------------------------------------------------------------------------------------------------------


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.VERBOSE)


def _counted(unit: str) -> tuple[str, ...]:
    return tuple(f"{word} {unit}" for word in COUNTS)


def _day_shape(number: str, year: str) -> str:
    return rf"(?P<day{number}>\d{{1,2}})[/.-](?P<month{number}>\d{{1,2}})(?:[/.-](?P<year{number}>{YEAR})){year}"


_ROMAN = r"(?:iv|iii|ii|i|[1-4])"
_GOES_ON = r"(?=\s*(?:[,.;:)(]|$)|\s+(?:đạt|có|đã|tăng|là|toàn|tỉnh|vừa|này|ước|của|trên|cả|với|giảm|tại|ở|mới|chỉ|số)\b)"
_TIME_ENDS = re.compile(_GOES_ON)
_COUNTED = _counted("tháng") + _counted("quý")

# The more telling ways of one beginning come first.
WAYS = (
    Way(
        (),
        _pattern(rf"(?P<month1>0?[1-9]|1[0-2])\s?[-–—]\s?(?P<month2>0?[1-9]|1[0-2])/(?P<year2>{YEAR})(?![\d/-])"),
        _months,
        is_range=True,
    ),
    Way((), _pattern(rf"{_day_shape('1', '?')}{_TO}{_day_shape('2', '?')}(?![\d/%])"), _days, is_range=True),
    Way(("ngày",), _pattern(rf"ngày\s+{_day_shape('1', '?')}{_TO}{_day_shape('2', '?')}(?![\d/%])"), _days, is_range=True),
    Way(
        ("ngày",),
        _pattern(rf"ngày\s+(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})(?:\s+năm\s+(?P<year>{YEAR}))?"),
        _day,
        is_day=True,
    ),
    Way(
        ("ngày",),
        _pattern(
            rf"ngày\s+(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})(?:\s?[/.-]\s?(?P<year>{YEAR})(?!\d)|(?!\d|[/.,-]\d|\s?%))"
        ),
        _day,
        is_day=True,
    ),
    Way(
        (),
        _pattern(rf"(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{YEAR})(?!\d)"),
        _day,
        is_day=True,
    ),
    Way((), _pattern(rf"(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<which>{YEAR})(?![\d/-]|[.,]\d|\s?%)"), _month),
    Way((), _pattern(rf"(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})(?![\d/-])"), _years, is_range=True),
    Way(
        ("tháng",),
        _pattern(
            rf"""tháng\s+(?P<month1>\d{{1,2}})(?:(?:[/.-]|\s+năm\s+)(?P<year1>{YEAR}))?{_TO}(?P<month2>\d{{1,2}})
            (?:\s?(?:[/.-]|\s+năm\s+)\s?(?P<year2>{YEAR})|(?![\d.,/-]|\s?%))"""
        ),
        _months,
        is_range=True,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        _pattern(
            rf"""(?:(?:đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>\d{{1,2}})
            (?:\s?(?:[/.-]|,?\s+năm\s+)\s?(?P<which>{YEAR}|{_RELATIVE})(?![\d/-]|[.,]\d|\s?%)|(?![/.,-]?\d|\s?%))"""
        ),
        _month,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        _pattern(
            rf"""(?:(?:đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>{alternatives(_MONTHS)})(?!\w|\s+(?:lần|kỳ|đợt|lượt))
            (?:\s+năm\s+(?P<which>{YEAR}|{_RELATIVE})\b)?"""
        ),
        _month,
    ),
    Way(("tháng",), _pattern(r"tháng\s+(?P<which>này|trước|vừa\s+qua|qua)\b"), _near_month),
    *(
        way
        for begins in ((), _COUNTED)
        for way in (
            Way(
                begins,
                _pattern(
                    rf"""(?P<count>{_COUNT})\s+(?P<unit>tháng|quý)\s+(?P<part>đầu|cuối)\s+(?:tiên\s+)?(?:của\s+)?
                    (?:năm(?:\s+(?P<which>{YEAR}|nay|ngoái|trước)\b)?|(?P<bare>{YEAR})\b)"""
                ),
                _part_of_year,
                is_scope=True,
            ),
            Way(
                begins,
                _pattern(rf"(?P<count>{_COUNT})\s+(?P<unit>tháng|quý)\s+(?:của\s+)?năm\s+{_WHICH}"),
                _first_months,
                is_scope=True,
            ),
            Way(
                begins,
                _pattern(
                    rf"""(?P<count>{_COUNT})\s+tháng(?:(?P<since>\s+(?:vừa\s+)?qua\b)
                    |(?<=\btháng)(?=\s*[,;:)(]|\s+(?:toàn|tỉnh|cả|ước|đạt|là|có|đã|đầu|vừa)(?![^\W\d])|\.\s|\s*$))"""
                ),
                _months_so_far,
                is_scope=True,
            ),
        )
    ),
    Way(
        ("nửa đầu năm", "nửa cuối năm", "nửa năm"),
        _pattern(rf"nửa\s+(?:(?:đầu|cuối)\s+năm|năm\s+(?:đầu|cuối))(?:\s+(?:năm\s+)?(?P<which>{YEAR}|nay|ngoái)\b)?"),
        _half_year,
        is_scope=True,
    ),
    Way(
        ("quý",),
        _pattern(
            rf"quý\s+(?P<quarter1>{_ROMAN}){_TO}(?:quý\s+)?(?P<quarter2>{_ROMAN})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>{YEAR})"
        ),
        _quarters,
        is_scope=True,
        is_range=True,
    ),
    Way(
        ("quý",),
        _pattern(
            rf"""quý\s+(?:(?P<quarter>{_ROMAN}(?!\w)|(?:một|hai|ba|bốn|tư)(?={_GOES_ON}|\s*(?:[/.-]|\s+năm)))
            (?:\s*(?:[/.-]|,?\s+năm\s+|(?=\s{YEAR})\s)\s*(?P<which>{YEAR}|nay|ngoái|trước)\b)?)"""
        ),
        _quarter,
        is_scope=True,
    ),
    Way(
        ("quý",),
        _pattern(r"quý\s+(?P<which>này|trước|vừa\s+qua|qua|đầu(?=(?:\s+tiên)?(?:\s+của)?\s+năm)|cuối(?=\s+năm))\b(?:(?:\s+tiên)?(?:\s+của)?\s+năm)?"),
        _near_quarter,
        is_scope=True,
    ),
    Way(("năm học",), _pattern(rf"năm\s+học\s+(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})"), _school_year),
    Way(
        ("năm", "giai đoạn", "thời kỳ", "nhiệm kỳ", "các năm"),
        _pattern(rf"(?:các\s+)?(?:giai\s+đoạn|năm|thời\s+kỳ|nhiệm\s+kỳ)\s+(?:từ\s+)?(?:năm\s+)?(?P<year1>{YEAR}){_TO}(?P<year2>{YEAR})(?!\d)"),
        _years,
        is_range=True,
    ),
    Way(
        ("giai đoạn",),
        _pattern(
            rf"""giai\s+đoạn\s+(?:từ\s+)?(?:tháng\s+)?(?P<month1>\d{{1,2}})/(?P<year1>{YEAR}){_TO}(?P<month2>\d{{1,2}})/
            (?P<year2>{YEAR})(?!\d)"""
        ),
        _months,
        is_range=True,
    ),
    Way(
        ("đầu năm",),
        _pattern(rf"đầu\s+năm(?:\s+(?P<which>{YEAR}|nay))?\s+(?:cho\s+)?(?:đến|tới)\s+nay\b"),
        _year_so_far,
        is_range=True,
    ),
    Way(
        ("năm",),
        _pattern(rf"năm\s+(?P<which>{YEAR}){_YEAR_ENDS}"),
        _year,
        is_scope=True,
    ),
    Way(
        ("đầu năm", "giữa năm", "cuối năm", "hết năm"),
        _pattern(
            rf"(?P<edge>đầu|giữa|cuối|hết)\s+năm(?:\s+(?P<which>{YEAR}{_YEAR_ENDS}|(?:{_RELATIVE})\b)|(?<!đầu\snăm)(?<!giữa\snăm)(?!\s+học|\s+\d))"
        ),
        _year,
    ),
    Way(
        ("năm",),
        _pattern(rf"{_NOT_COUNTED}năm\s+(?P<which>{_RELATIVE})\b"),
        _year,
        is_scope=False,
    ),
    Way(
        ("cả năm", "trong năm", "kế hoạch năm", "chỉ tiêu năm", "mục tiêu năm", "của năm"),
        _pattern(rf"(?:cả|trong|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|của)\s+năm\b(?!\s+(?:{YEAR}|{_RELATIVE})\b){_NOT_FIVE}"),
        _year,
    ),
    Way(("tuần",), _pattern(r"tuần\s+(?:vừa\s+)?qua\b"), _week),
    Way(
        (
            "đến nay", "tới nay", "đến thời điểm", "tới thời điểm", "đến hiện nay", "đến hiện tại", "đến bây giờ",
            "đến giờ",
        ),
        _pattern(r"(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+tại|hiện\s+nay)|hiện\s+nay|bây\s+giờ|hiện\s+tại|giờ)\b"),
        _now,
        is_now=True,
    ),
    Way(
        ("hiện",),
        _pattern(rf"hiện\b{_NOT_BEHIND}(?!\s+(?:{alternatives(words('periods.not_now'))})\b)(?:\s+(?:nay|tại)\b)?"),
        _now,
        is_now=True,
    ),
    Way(
        ("cùng kỳ",),
        _pattern(rf"cùng\s+kỳ(?:\s+(?:của\s+)?(?:năm\s+(?P<which>{YEAR}|ngoái|trước)|(?P<bare>{YEAR})){_YEAR_ENDS})?"),
        _same_period,
    ),
    Way(
        (),
        _pattern(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?!\d|[/.,-]\d|\s?%)"),
        _bare_day,
        is_day=True,
        behind=re.compile(r"\b(?:đến|tới|trước|hết|từ)\s+$"),
    ),
    Way(
        (),
        _pattern(rf"(?P<which>{YEAR})(?![\w/-]|[.,:]\d|\s?%|\s(?:hồ|văn|thủ|dịch|lượt|xã|doanh|tài)\b)"),
        _year,
        is_scope=True,
        behind=re.compile(rf"\b(?:{any_of('periods.dated')})\s+$|\bchỉ\s+số\s+[^,;.:()\d]{{1,40}}\s$"),
    ),
)  # fmt: skip
