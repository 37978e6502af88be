"""Spans of days out of Vietnamese prose: "quý III/2024", "9 tháng đầu năm", "đến 31/5/2024", "năm ngoái" ─► Period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.records import Period
from models.vocabulary import starts_of

Found = tuple[int, int, Period]

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "nhất": 1,
}
_SMALL = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}
_MONTHS_PER_QUARTER = 3
_FAR_AHEAD = 120
"""A day without a year that lies further ahead of the publication is one of the year before."""
_YEAR = r"(?:19|20)\d{2}"
_ANY_YEAR = rf"(?:năm\s+)?(?P<{{0}}>{_YEAR})(?![\d.,]\d)"
_THIS = r"(?:nay|này)"
_UNTIL = re.compile(
    r"(?P<until>(?:tính\s+|cho\s+)?\b(?:đến|tới|trước|hết)\s+)(?:(?:hết|cuối|ngày|thời\s+điểm|khoảng|trước)\s+)*$"
)
_FROM = re.compile(r"\b(?:từ|kể từ|bắt đầu từ)\s+(?:ngày\s+)?$")
_SINCE = re.compile(r"\s*(?:đến|tới|cho\s+đến)\s+nay\b")
_AND_YEAR = re.compile(
    rf"\s*(?:,|và)\s*(?:năm\s+)?(?P<year>{_YEAR})(?![\d.,/-]\d|\s?%|\s+[^\W\d_]{{0,3}}(?:hồ|dịch|người))"
)
# The ways of naming a time, most telling first; each is anchored on a word or shape that prose about other things lacks.
_TIMES = re.compile(
    rf"""(?<!\w)(?=[0-9ntschqgđmbk])(?:(?<![/.,-])(?=\d|n(?:ăm|gà|ửa|hi)|th(?:án|ời)|từ\s|trong\s|tối|tám|sá|ch(?:iề|ín)|cuối|các\s|hế|hai\s|quý|gia|giữ|đầu|mộ|mười|ba\s|bố|bả)(?:
    (?:từ\s+)?(?:ngày\s+)?(?P<d1>\d{{1,2}})[/.-](?P<m1>\d{{1,2}})(?:[/.-](?P<y1>{_YEAR}))?\s*(?:-|–|—|đến|tới)\s*(?:(?:hết|ngày)\s+)*(?P<d2>\d{{1,2}})[/.-](?P<m2>\d{{1,2}})[/.-](?P<y2>{_YEAR})(?!\d)
    |(?:ngày\s+)?(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{_YEAR})(?!\d)
    |ngày\s+(?P<day3>\d{{1,2}})\s+tháng\s+(?P<month3>\d{{1,2}})(?:\s+năm\s+(?P<year3>{_YEAR}))?
    |(?:ngày|sáng|chiều|tối|hết)\s+(?P<day2>\d{{1,2}})[/-](?P<month2>\d{{1,2}})(?!\d|[/.,-]\d|\s?%)
    |(?:từ\s+)?tháng\s+(?P<ma>\d{{1,2}})(?:[/.-](?P<ya>{_YEAR}))?\s*(?:-|–|—|đến|tới)\s*(?:hết\s+)?(?:tháng\s+)?(?P<mb>\d{{1,2}})\s?(?:[/.-]|\s+năm\s+)\s?(?P<yb>{_YEAR})
    |(?:tháng\s+)?(?P<mon>\d{{1,2}})\s?(?:[/.-]|\s+năm\s+)\s?(?P<monyear>{_YEAR})(?![\d/-]|[.,]\d|\s?%)
    |(?P<first>\d{{1,2}}|{"|".join(_SMALL)})\s+(?:tháng|quý)\s+(?P<part>đầu|cuối)\s+(?:của\s+)?năm(?:\s+(?P<firstyear>{_YEAR}|nay|ngoái))?
    |(?P<first2>\d{{1,2}}|{"|".join(_SMALL)})\s+tháng\s+(?:của\s+)?năm\s+(?P<firstyear2>{_YEAR})
    |nửa\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<halfyear>{_YEAR}|nay|ngoái))?
    |quý\s+(?P<quarter>iv|iii|ii|i|[1-4]|một|hai|ba|bốn|tư)(?:\s*(?:[/.-]|\s+năm\s+)\s*(?P<quarteryear>{_YEAR}|nay|ngoái)|(?=\s*[,.;:)]|\s+năm\s+nay|\s+(?:đạt|có|đã|tăng|là|toàn|tỉnh|vừa|này|ước)))
    |(?:giai\s+đoạn|các\s+năm|năm|thời\s+kỳ|nhiệm\s+kỳ|từ\s+năm|hai\s+năm|trong)\s+(?:từ\s+)?(?:(?:năm|tháng\s+\d{{1,2}}/)\s*)?(?P<from>{_YEAR})\s*(?:-|–|—|đến|tới|đến\s+năm)\s*(?:năm\s+)?(?P<to>{_YEAR})(?!\d)
    |giai\s+đoạn\s+từ\s+tháng\s+(?P<pm1>\d{{1,2}})/(?P<py1>{_YEAR})\s*(?:-|–|—|đến)\s*(?:tháng\s+)?(?P<pm2>\d{{1,2}})/(?P<py2>{_YEAR})
    |tháng\s+(?P<monthonly>\d{{1,2}})(?![/.,-]?\d|\s?%)(?:\s+năm\s+(?P<monthonlyyear>nay|ngoái))?
    |(?P<edge>đầu|giữa|cuối|hết)?\s*\bnăm\s+(?P<plain>{_YEAR})(?!\d|[.,]\d|\s?(?:hồ|dịch|người|%))
    |(?P<relative>năm\s+nay|năm\s+ngoái|năm\s+trước|năm\s+vừa\s+qua|năm\s+qua|tháng\s+trước|tháng\s+này|quý\s+này|cuối\s+năm\s+nay|cuối\s+năm\s+ngoái|đầu\s+năm\s+nay|từ\s+đầu\s+năm\s+(?:đến|tới)\s+nay|hết\s+năm\s+nay|hết\s+năm)\b
    )"""
    r"|(?=tính|đến|tới|hiện|kể|từ\sđó|cho\sđ)(?P<now>(?:(?:tính|kể\s+từ\s+đó|từ\s+đó)?\s*(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+tại|hiện\s+nay)|hiện\s+nay|bây\s+giờ|hiện\s+tại)|hiện\s+nay|hiện\s+tại|hiện\s+đã|hiện\s+có|cho\s+đến\s+nay)\b|\bhiện(?=,|\s+(?:toàn|tỉnh|cả|tỷ|tổng|trên|thành|địa|các|mới|số)\b))"
    r"|(?P<sameperiod>cùng\s+kỳ(?:\s+năm\s+(?:ngoái|trước|(?P<sameyear>(?:19|20)\d{2})))?))",
    re.VERBOSE,
)
# What each of them begins with: to look for these first and try _TIMES only there takes half the time.
_FIRST_WORDS = (
    "năm", "ngày", "nửa", "nhiệm", "tháng", "thời", "từ", "trong", "tối", "tám", "sáng", "sáu", "chiều", "chín", "cuối",
    "các", "hết", "hai", "quý", "giai", "giữa", "đầu", "một", "mười", "ba", "bốn", "bảy", "tính", "đến", "tới", "hiện",
    "kể", "cho", "cùng",
)  # fmt: skip
_FIRST_DIGITS = re.compile(r"\d(?<![\w/.,-].)(?=\d?(?:\s?[/.-]\s?\d|\s+(?:tháng|quý|năm)\s))")
_COMPARED = re.compile(
    r"(?:so\s+với|cao\s+hơn|thấp\s+hơn|cùng\s+kỳ|bằng|hơn|sánh\s+với)\s+(?:mức\s+|con\s+số\s+|cùng\s+kỳ\s+|của\s+|thời\s+điểm\s+|kết\s+quả\s+|cuối\s+|đầu\s+|hồi\s+|[\d.,/%]+\s+)*$"
)


class Mention(NamedTuple):
    """A time as a text names it."""

    start: int
    end: int
    period: Period
    is_now: bool = False
    """ "đến nay", "hiện nay": it ends on the day of publication."""
    is_compared: bool = False
    """What a figure is compared with: "so với năm 2023"."""
    is_scope: bool = False
    """A year, half-year or quarter: something that a whole article can be about."""


def find_periods(text: str, published: date | None = None) -> list[Found]:
    """The times that a text names, as (start, end, period), in order. Relative ones count from the day of publication.

    >>> [(p.start, p.end) for _, _, p in find_periods("6 tháng đầu năm 2020 và đến 31/5/2024")]
    [(datetime.date(2020, 1, 1), datetime.date(2020, 6, 30)), (None, datetime.date(2024, 5, 31))]
    """
    return [(mention.start, mention.end, mention.period) for mention in find_mentions(text, text.lower(), published)]


def find_mentions(text: str, lower: str, published: date | None, year: int | None = None) -> list[Mention]:
    """As find_periods, comparisons marked. `year` is the year that "tháng 7" belongs to when nothing says otherwise."""
    mentions: list[Mention] = []
    named = year or (published.year if published else None)
    for match in _find_times(lower):
        period = _read(match, published, named)
        if period is None:
            continue
        if (stated := _stated_year(match)) is not None:
            named = stated
        start, end = match.span()
        compared = match["sameperiod"] is not None or _COMPARED.search(lower, max(0, start - 50), start) is not None
        is_now = match["now"] is not None
        if not compared and period.start is not None and (since := _SINCE.match(lower, end)):
            period, end = Period(start=period.start, end=published), since.end()
        elif (
            not compared
            and not is_now
            and (until := _UNTIL.search(lower, max(0, start - 40), start))
            and not _is_range_start(match)
        ):
            period, start = Period(start=None, end=period.end), until.start()
        elif (
            not compared
            and period.start is not None
            and _FROM.search(lower, max(0, start - 16), start)
            and not _is_range_start(match)
        ):
            period = Period(start=period.start, end=None)
        mentions.append(Mention(start, end, period, is_now, compared, _is_scope(match)))
        if match["plain"] and (more := _AND_YEAR.match(lower, end)):
            in_year = int(more["year"])
            mentions.append(
                Mention(
                    more.start("year"),
                    more.end(),
                    Period(start=date(in_year, 1, 1), end=date(in_year, 12, 31)),
                    False,
                    compared,
                )
            )
    return mentions


def _find_times(lower: str) -> Iterator[re.Match[str]]:
    """As _TIMES.finditer."""
    begins = starts_of(_FIRST_WORDS, lower) + [match.start() for match in _FIRST_DIGITS.finditer(lower)]
    end = 0
    for start in sorted(begins):
        if start >= end and (match := _TIMES.match(lower, start)):
            yield match
            end = match.end()


def _is_scope(match: re.Match[str]) -> bool:
    named = ("first", "first2", "half", "quarter")
    return bool(match["plain"] and not match["edge"]) or any(match[group] for group in named)


def _is_range_start(match: re.Match[str]) -> bool:
    return bool(match["d1"] or match["ma"] or match["from"])


def _stated_year(match: re.Match[str]) -> int | None:
    for group in ("plain", "firstyear", "halfyear", "year", "monyear", "quarteryear", "firstyear2"):
        written = match[group]
        if written and written.isdigit():
            return int(written)
    return None


def _read(match: re.Match[str], published: date | None, year: int | None) -> Period | None:
    """The days of one mention; None when the year is unknown or the day does not exist."""
    if match["now"]:
        return Period(start=None, end=published)
    if match["sameperiod"]:
        return Period(start=None, end=None)
    for reader in (_read_range, _read_day, _read_month, _read_part_of_year, _read_year, _read_relative):
        span = reader(match, published, year)
        if span is not None:
            return Period(start=span[0], end=span[1])
    return None


Span = tuple[date | None, date]
_Span = Span | None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _months(year: int, first: int, last: int) -> _Span:
    if not 1 <= first <= last <= 12:
        return None
    return date(year, first, 1), _month_end(year, last)


def _read_range(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if match["d1"]:
        last = int(match["y2"])
        start = _day(int(match["y1"] or last), int(match["m1"]), int(match["d1"]))
        end = _day(last, int(match["m2"]), int(match["d2"]))
        return (start, end) if start and end else None
    for m1, y1, m2, y2 in (("ma", "ya", "mb", "yb"), ("pm1", "py1", "pm2", "py2")):
        if match[m1]:
            first_year, last_year = int(match[y1] or match[y2]), int(match[y2])
            if not (1 <= int(match[m1]) <= 12 and 1 <= int(match[m2]) <= 12):
                return None
            return date(first_year, int(match[m1]), 1), _month_end(last_year, int(match[m2]))
    if match["from"]:
        return date(int(match["from"]), 1, 1), date(int(match["to"]), 12, 31)
    return None


def _read_day(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if match["day"]:
        found = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    elif match["day3"]:
        in_year = int(match["year3"]) if match["year3"] else None
        found = (
            _day(in_year, int(match["month3"]), int(match["day3"]))
            if in_year
            else _latest_day(year, published, int(match["month3"]), int(match["day3"]))
        )
    elif match["day2"]:
        found = _latest_day(year, published, int(match["month2"]), int(match["day2"]))
    else:
        return None
    return (found, found) if found else None


def _latest_day(year: int | None, published: date | None, month: int, day: int) -> date | None:
    """A day without a year: the year spoken of, or the one before when the day had not come yet at publication."""
    if published is None:
        return _day(year, month, day) if year else None
    found = _day(published.year, month, day)
    if found and (found - published).days > _FAR_AHEAD:
        return _day(published.year - 1, month, day)
    return found


def _read_month(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if match["mon"]:
        month = int(match["mon"])
        return _months(int(match["monyear"]), month, month)
    if match["monthonly"]:
        in_year = _named_year(match["monthonlyyear"], published, published.year if published else year)
        month = int(match["monthonly"])
        if in_year is None:
            return None
        if published and in_year == published.year and month > published.month + _FAR_AHEAD // 30:
            in_year -= 1
        return _months(in_year, month, month)
    return None


def _named_year(words: str | None, published: date | None, year: int | None) -> int | None:
    if words and words.isdigit():
        return int(words)
    if words == "ngoái":
        return published.year - 1 if published else None
    if words == "nay":
        return published.year if published else None
    return year


def _read_part_of_year(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if match["first"]:
        count = _count(match["first"])
        in_year = _named_year(match["firstyear"], published, year)
        if count is None or in_year is None:
            return None
        count *= _MONTHS_PER_QUARTER if "quý" in match[0] else 1
        if not 1 <= count <= 12:
            return None
        first, last = (1, count) if match["part"] == "đầu" else (13 - count, 12)
        return _months(in_year if match["firstyear"] else _near_year(published, in_year, first), first, last)
    if match["first2"]:
        count = _count(match["first2"])
        return _months(int(match["firstyear2"]), 1, count) if count else None
    if match["half"]:
        in_year = _named_year(match["halfyear"], published, year)
        if in_year is None:
            return None
        first = 1 if match["half"] == "đầu" else 7
        return _months(in_year if match["halfyear"] else _near_year(published, in_year, first), first, first + 5)
    if match["quarter"]:
        in_year = _named_year(match["quarteryear"], published, year)
        last = _ROMAN[match["quarter"]] * _MONTHS_PER_QUARTER
        if in_year is None:
            return None
        return _months(in_year if match["quarteryear"] else _near_year(published, in_year, last - 2), last - 2, last)
    return None


def _near_year(published: date | None, year: int, first_month: int) -> int:
    """The year of "sáu tháng cuối năm": that of publication, unless those months lie too far ahead of it."""
    if published is None:
        return year
    ahead = first_month - published.month
    return published.year - 1 if ahead * 30 > _FAR_AHEAD else published.year


def _count(words: str) -> int | None:
    return int(words) if words.isdigit() else _SMALL.get(" ".join(words.split()))


def _read_year(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if not match["plain"]:
        return None
    in_year = int(match["plain"])
    edge = match["edge"]
    if edge == "đầu":
        return date(in_year, 1, 1), date(in_year, 3, 31)
    if edge == "giữa":
        return date(in_year, 4, 1), date(in_year, 9, 30)
    if edge in ("cuối", "hết"):
        return None, date(in_year, 12, 31)
    return date(in_year, 1, 1), date(in_year, 12, 31)


def _read_relative(match: re.Match[str], published: date | None, year: int | None) -> _Span:
    if not match["relative"] or published is None:
        return None
    words = " ".join(match["relative"].split())
    if words.startswith("từ đầu năm"):
        return date(published.year, 1, 1), published
    if words.startswith("tháng"):
        first = published.year * 12 + published.month - 1 - (words == "tháng trước")
        return _months(first // 12, first % 12 + 1, first % 12 + 1)
    if words == "quý này":
        last = (published.month + 2) // 3 * 3
        return _months(published.year, last - 2, last)
    in_year = published.year - (1 if words.endswith(("ngoái", "trước", "qua")) else 0)
    if words.startswith(("hết", "cuối")):
        return None, date(in_year, 12, 31)
    if words.startswith("đầu"):
        return date(in_year, 1, 1), date(in_year, 3, 31)
    return date(in_year, 1, 1), date(in_year, 12, 31)


def year_spoken_of(text: str) -> int | None:
    """The year that a text names alone, or None when it names several or none.

    >>> year_spoken_of("Kết quả năm 2021 của tỉnh"), year_spoken_of("So với năm 2020, năm 2021 tăng")
    (2021, None)
    """
    years = set(_PLAIN_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


_PLAIN_YEAR = re.compile(rf"(?<![\d/.-])({_YEAR})(?![\d/.-]\d|\d)")


def overlaps(mentions: list[Mention], start: int, end: int) -> Iterator[Mention]:
    """The mentions that lie within a span."""
    return (mention for mention in mentions if mention.start >= start and mention.end <= end)
