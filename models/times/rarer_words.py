"""Ways of naming a time that are seldom or short: "20 ngày đầu tháng 1", "Q3/2024", "9T/2024", "cùng thời điểm năm ngoái"."""

from __future__ import annotations

import re
from datetime import timedelta

from models.records import Period
from models.times import days, spans
from models.times.days import Known
from models.times.shapes import COUNT, COUNTED, COUNTS_OF_MONTHS, ROMAN, TO, YEARS, Way, spaced
from models.times.spans import YEAR, Match, year_of

_OF_YEAR = rf"(?:\s?(?:[/.-]|,?\s+năm\s+)\s?(?P<which>{YEAR}|nay|ngoái|trước)(?![\d/-]|[.,]\d|\s?%))?"
_NEVER = "(?P<bare>(?!))?"
_SAME = ("cùng thời điểm", "cùng thời gian", "cùng tháng", "cùng quý", "cùng giai đoạn")

# Before "đầu tháng 1" where only so many days of it are meant.
_DAYS_OF_PART = re.compile(r"(?:(?P<days>\d{1,2})\s+ngày|\bnửa|(?P<week>\btuần))\s+$")


def read_days_of_part(match: Match, known: Known) -> Period | None:
    """ "20 ngày đầu tháng 1", "nửa cuối tháng 6", "tuần đầu tháng 7/2024"."""
    month = int(match["month"])
    year = year_of(match["which"], known, month)
    counted = _DAYS_OF_PART.search(match.string, 0, match.start())
    whole = days.months(year, month, month) if year else None
    if whole is None or counted is None or whole.start is None or whole.end is None:
        return None
    length = int(counted["days"] or (7 if counted["week"] else 15))
    if match["part"] == "đầu":
        return Period(start=whole.start, end=min(whole.start + timedelta(days=length - 1), whole.end))
    first = (
        whole.end - timedelta(days=length - 1) if counted["days"] or counted["week"] else whole.start.replace(day=16)
    )
    return Period(start=max(first, whole.start), end=whole.end)


def read_quarter_end(match: Match, known: Known) -> Period | None:
    """ "cuối quý III", "hết quý II/2024": up to its last day."""
    whole = spans.read_quarter(match, known)
    return Period(start=None, end=whole.end) if whole else None


RARER_WAYS = (
    Way(
        ("đầu tháng", "cuối tháng"),
        spaced(rf"(?P<part>đầu|cuối)\s+(?:của\s+)?tháng\s+(?P<month>1[0-2]|0?[1-9])(?!\d){_OF_YEAR}"),
        read_days_of_part,
        is_range=True,
        behind=_DAYS_OF_PART,
    ),
    Way(
        ("cuối quý", "hết quý"),
        spaced(rf"(?:cuối|hết)\s+quý\s+(?P<quarter>{ROMAN})(?!\w){_OF_YEAR}"),
        read_quarter_end,
    ),
    Way(
        tuple(f"q{n}" for n in "1234"),
        spaced(rf"q(?P<quarter>[1-4])\s?[/.-]\s?(?P<which>{YEAR})(?!\d)"),
        spans.read_quarter,
        is_scope=True,
    ),
    Way(
        tuple(f"{n}t" for n in (2, 3, 5, 6, 7, 8, 9, 10, 11)),
        spaced(rf"(?P<count>\d\d?)(?P<unit>t)\s?[/.-]?\s?(?P<which>{YEAR})(?!\d)"),
        spans.read_first_months,
        is_scope=True,
    ),
    *(
        Way(
            begins,
            spaced(rf"(?!1[3-9]|[2-9]\d)(?P<count>{COUNT})\s+(?P<unit>tháng|quý)\s?[/.-]\s?(?P<which>{YEAR})(?!\d)"),
            spans.read_first_months,
            is_scope=True,
        )
        for begins in (COUNTS_OF_MONTHS, COUNTED)
    ),
    Way(
        YEARS,
        spaced(rf"(?P<year1>{YEAR}){TO}(?P<year2>{YEAR})(?![\d.,/-]\d|\d|\s?%)"),
        spans.read_years,
        is_range=True,
        behind=re.compile(r"\btừ\s+$"),
    ),
    Way(
        YEARS,
        spaced(rf"(?P<which>{YEAR})(?=\s+(?:cho\s+)?(?:đến|tới)\s+nay\b)"),
        spans.read_year,
        is_scope=True,
        behind=re.compile(r"\btừ\s+$"),
    ),
    Way(
        _SAME,
        spaced(
            rf"cùng\s+(?:thời\s+điểm|thời\s+gian|tháng|quý|giai\s+đoạn)(?:\s+(?:này|đó))?\s+(?:của\s+)?năm\s+(?P<which>{YEAR}|ngoái|trước)\b{_NEVER}"
        ),
        spans.read_same_period,
    ),
    Way(("bây giờ", "hiện giờ"), spaced(r"(?:bây|hiện)\s+giờ\b"), spans.read_now, is_now=True),
    Way(
        ("nay",),
        spaced(r"nay(?=\s+(?:đã|chỉ|mới|còn|là|lên|rút|đạt|được|giảm|tăng|vẫn)\b)"),
        spans.read_now,
        is_now=True,
        behind=re.compile(r"[,;.:\n]\s*$|\b(?:thì|và|còn|song|nhưng|mà)\s+$"),
    ),
)
