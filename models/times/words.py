"""The ways in which Vietnamese prose names a time, each with the words it begins with and how its days are counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from models.records import Period
from models.times import spans
from models.times.days import Known
from models.times.spans import COUNTS, MONTHS, TIME_ENDS, YEAR, Match
from models.vocabulary import alternatives, any_of, words

_COUNT = rf"(?:\d{{1,2}}|{alternatives(COUNTS)})"
_TO = r"\s*(?:-|–|—|(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|ngày|năm|tháng|cuối))*)\s*"
_RELATIVE = r"nay|ngoái|trước|tới|sau|vừa\s+qua|qua"
_WHICH = rf"(?P<which>{YEAR}|{_RELATIVE})\b"
# No year: "năm 2.500 hồ sơ", "năm 2012/2015", "2000 người".
_YEAR_ENDS = r"(?!\d|[.,/]\d|\s?(?:hồ|dịch|người|lượt|%))"
# "thực hiện" says nothing of now; "nhiều năm qua" is no year.
_NOT_BEHIND = "".join(rf"(?<!{word}\shiện)" for word in sorted(words("periods.ends_in_now")))
_NOT_SEVERAL = "".join(rf"(?<!{word}\s)" for word in (*COUNTS, "nhiều", "những", "các", "mấy", "vài", "mọi"))
_NOT_COUNTED = r"(?<!\d\s)" + _NOT_SEVERAL
NOW = re.compile(rf"hiện\b{_NOT_BEHIND}(?!\s+(?:{alternatives(words('periods.not_now'))})\b)(?:\s+(?:nay|tại)\b)?")
"""The "hiện" that says "now"."""
# Five of something: "cả năm tỉnh".
_NOT_FIVE = r"(?!\s+(?:tỉnh|huyện|xã|phường|đơn|sở|bộ|nước|học|địa|doanh|thành|người|lĩnh|nội|tháng|ngày|lần)\b)"


# "Bản đồ tỷ lệ 1/2000", "quy hoạch phân khu 1/2000": how much smaller a map is than the land.
_NO_SCALE = "(?!0?1/[125]000)" + "".join(rf"(?<!{word}\s)" for word in ("lệ", "đồ", "hình"))

# Shapes of digits that a way can begin with.
DATES, COUNTS_OF_MONTHS, YEARS = ("1/1",), ("1 tháng",), ("2000",)


class Way(NamedTuple):
    """One way of naming a time."""

    begins: tuple[str, ...]
    """Phrases one of which every match begins with, or one of the shapes of digits."""
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


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.VERBOSE)


def _counted(unit: str) -> tuple[str, ...]:
    return tuple(f"{word} {unit}" for word in COUNTS)


def _day_shape(number: str, year: str) -> str:
    return rf"(?P<day{number}>\d{{1,2}})[/.-](?P<month{number}>\d{{1,2}})(?:[/.-](?P<year{number}>{YEAR})){year}"


_ROMAN = r"(?:iv|iii|ii|i|[1-4])"
_COUNTED = _counted("tháng") + _counted("quý")

# The more telling ways of one beginning come first.
WAYS = (
    Way(
        DATES,
        _pattern(rf"(?P<month1>0?[1-9]|1[0-2])\s?[-–—]\s?(?P<month2>0?[1-9]|1[0-2])/(?P<year2>{YEAR})(?![\d/-])"),
        spans.read_months,
        is_range=True,
    ),
    Way(DATES, _pattern(rf"{_day_shape('1', '?')}{_TO}{_day_shape('2', '?')}(?![\d/%])"), spans.read_days, is_range=True),
    Way(("ngày",), _pattern(rf"ngày\s+{_day_shape('1', '?')}{_TO}{_day_shape('2', '?')}(?![\d/%])"), spans.read_days, is_range=True),
    Way(
        ("ngày", "tuần từ", "từ"),
        _pattern(rf"(?:ngày|(?:tuần\s+)?từ(?:\s+ngày)?)\s+(?P<day1>\d{{1,2}}){_TO}{_day_shape('2', '?')}(?![\d/%])"),
        spans.read_days_of_month,
        is_range=True,
    ),
    Way(
        ("ngày",),
        _pattern(rf"ngày\s+(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>\d{{1,2}})(?:\s+năm\s+(?P<year>{YEAR}))?"),
        spans.read_day,
        is_day=True,
    ),
    Way(
        ("ngày",),
        _pattern(
            rf"""ngày\s+(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})
            (?:\s?[/.-]\s?(?P<year>{YEAR})(?!\d)|(?!\d|[/.,-]\d|\s?%))"""
        ),
        spans.read_day,
        is_day=True,
    ),
    Way(
        DATES,
        _pattern(rf"(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{YEAR})(?!\d)"),
        spans.read_day,
        is_day=True,
    ),
    Way(
        DATES,
        _pattern(rf"{_NO_SCALE}(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<which>{YEAR})(?![\d/-]|[.,]\d|\s?%)"),
        spans.read_month,
    ),
    Way(YEARS, _pattern(rf"(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})(?![\d/-])"), spans.read_years, is_range=True),
    Way(
        ("tháng",),
        _pattern(
            rf"""tháng\s+(?P<month1>\d{{1,2}})(?:(?:[/.-]|\s+năm\s+)(?P<year1>{YEAR}))?{_TO}(?P<month2>\d{{1,2}})
            (?:\s?(?:[/.-]|\s+năm\s+)\s?(?P<year2>{YEAR})|(?![\d.,/-]|\s?%))"""
        ),
        spans.read_months,
        is_range=True,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        _pattern(
            rf"""(?:(?P<edge>đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>\d{{1,2}})
            (?:\s?(?:[/.-]|,?\s+năm\s+)\s?(?P<which>{YEAR}|{_RELATIVE})(?![\d/-]|[.,]\d|\s?%)|(?![/.,-]?\d|\s?%))"""
        ),
        spans.read_month,
    ),
    Way(
        ("tháng", "đầu tháng", "giữa tháng", "cuối tháng", "hết tháng"),
        _pattern(
            rf"""(?:(?:đầu|giữa|cuối|hết)\s+)?tháng\s+(?P<month>{alternatives(MONTHS)})(?!\w|\s+(?:lần|kỳ|đợt|lượt))
            (?:\s+năm\s+(?P<which>{YEAR}|{_RELATIVE})\b)?"""
        ),
        spans.read_month,
    ),
    Way(
        ("tháng đầu", "tháng cuối"),
        _pattern(
            rf"""(?<!\d\s){_NOT_SEVERAL}tháng\s+(?P<part>đầu|cuối)\s+(?:tiên\s+|cùng\s+)?(?:của\s+)?
            (?:năm(?:\s+(?P<which>{YEAR}|{_RELATIVE})\b)?|(?P<bare>{YEAR})\b)"""
        ),
        spans.read_first_month,
        behind=re.compile(r"(?:^|[\W\d_]\s*|\b(?:trong|của|ngay|riêng|là|qua|và|từ|chỉ|đây|vào|sau|hết)\s+)$"),
    ),
    Way(("tháng",), _pattern(r"tháng\s+(?P<which>này|trước|vừa\s+qua|qua)\b"), spans.read_near_month),
    *(
        way
        for begins in (COUNTS_OF_MONTHS, _COUNTED)
        for way in (
            Way(
                begins,
                _pattern(
                    rf"""(?P<count>{_COUNT})\s+(?P<unit>tháng|quý)\s+(?P<part>đầu|cuối)\s+(?:tiên\s+)?(?:của\s+)?
                    (?:năm(?:\s+(?P<which>{YEAR}|nay|ngoái|trước)\b)?|(?P<bare>{YEAR})\b)"""
                ),
                spans.read_part_of_year,
                is_scope=True,
            ),
            Way(
                begins,
                _pattern(rf"(?P<count>{_COUNT})\s+(?P<unit>tháng|quý)\s+(?:của\s+)?năm\s+{_WHICH}"),
                spans.read_first_months,
                is_scope=True,
            ),
            Way(
                begins,
                _pattern(
                    rf"""(?:(?<!\bsau\s)|(?!{_COUNT}\s+tháng\s*[.;)]))(?P<count>{_COUNT})\s+tháng(?:(?P<since>\s+(?:vừa\s+)?qua\b)
                    |(?<=\btháng)(?=\s*[,;:)(]|\s+(?:gần\s|hơn\s|khoảng\s)?\d|\s+(?:toàn|tỉnh|cả|ước|đạt|là|có|đã|đầu|vừa|của)(?![^\W\d])|\.\s|\s*$))"""
                ),
                spans.read_months_so_far,
                is_scope=True,
            ),
            Way(
                begins,
                _pattern(rf"(?P<count>{_COUNT})\s+tháng\b(?!\s+(?:liên|tới|nữa|trở|kể|một|\d))"),
                spans.read_months_so_far,
                is_scope=True,
                behind=re.compile(r"\b(?:lũy kế|luỹ kế|kết quả|sơ kết|tổng kết|số liệu|qua)\s+$"),
            ),
        )
    ),
    *(
        Way(
            begins,
            _pattern(
                rf"(?P<count>{_COUNT})\s+năm\s+(?:liên\s+tiếp\s+|liền\s+)?(?:gần\s+(?:đây|nhất)|(?:vừa\s+)?qua|trở\s+lại\s+đây)\b"
            ),
            spans.read_years_past,
            is_range=True,
        )
        for begins in (COUNTS_OF_MONTHS, _counted("năm"))
    ),
    Way(
        ("nửa đầu", "nửa cuối", "nửa năm"),
        _pattern(rf"nửa\s+(?:(?:đầu|cuối)\s+(?:năm|(?={YEAR}\b))|năm\s+(?:đầu|cuối))(?:\s*(?:năm\s+)?(?P<which>{YEAR}|nay|ngoái)\b)?"),
        spans.read_half_year,
        is_scope=True,
    ),
    Way(
        ("quý",),
        _pattern(
            rf"quý\s+(?P<quarter1>{_ROMAN}){_TO}(?:quý\s+)?(?P<quarter2>{_ROMAN})\s*(?:[/.-]|\s+năm\s+)\s*(?P<year>{YEAR})"
        ),
        spans.read_quarters,
        is_scope=True,
        is_range=True,
    ),
    Way(
        ("quý",),
        _pattern(
            rf"""quý\s+(?:(?P<quarter>{_ROMAN}(?!\w)|(?:một|hai|ba|bốn|tư)(?={TIME_ENDS}|\s*(?:[/.-]|\s+năm)))
            (?:\s*(?:[/.-]|,?\s+năm\s+|(?=\s{YEAR})\s)\s*(?P<which>{YEAR}|nay|ngoái|trước)\b)?)"""
        ),
        spans.read_quarter,
        is_scope=True,
    ),
    Way(
        ("quý",),
        _pattern(r"quý\s+(?P<which>này|trước|vừa\s+qua|qua|đầu(?=(?:\s+tiên)?(?:\s+của)?\s+năm)|cuối(?=\s+năm))\b(?:(?:\s+tiên)?(?:\s+của)?\s+năm)?"),
        spans.read_near_quarter,
        is_scope=True,
    ),
    Way(("năm học",), _pattern(rf"năm\s+học\s+(?P<year1>{YEAR})\s?[-–—]\s?(?P<year2>{YEAR})"), spans.read_school_year),
    Way(
        ("năm", "giai đoạn", "thời kỳ", "nhiệm kỳ", "các năm"),
        _pattern(rf"(?:các\s+)?(?:giai\s+đoạn|năm|thời\s+kỳ|nhiệm\s+kỳ)\s+(?:từ\s+)?(?:năm\s+)?(?P<year1>{YEAR}){_TO}(?P<year2>{YEAR})(?!\d)"),
        spans.read_years,
        is_range=True,
    ),
    Way(
        ("giai đoạn",),
        _pattern(
            rf"""giai\s+đoạn\s+(?:từ\s+)?(?:tháng\s+)?(?P<month1>\d{{1,2}})/(?P<year1>{YEAR}){_TO}(?P<month2>\d{{1,2}})/
            (?P<year2>{YEAR})(?!\d)"""
        ),
        spans.read_months,
        is_range=True,
    ),
    Way(
        ("đầu năm",),
        _pattern(rf"đầu\s+năm(?:\s+(?P<which>{YEAR}|nay))?\s+(?:cho\s+)?(?:đến|tới)\s+nay\b"),
        spans.read_year_so_far,
        is_range=True,
    ),
    Way(
        ("đầu năm",),
        _pattern(r"đầu\s+năm\b(?!\s+(?:học|\d|nay|ngoái|trước|sau|tới))"),
        spans.read_year_begun, behind=re.compile(r"\btừ\s+$"),
    ),
    Way(("năm",), _pattern(rf"năm\s+(?:tài\s+(?:chính|khóa|khoá)\s+)?(?P<which>{YEAR}){_YEAR_ENDS}"), spans.read_year, is_scope=True),
    Way(
        ("đầu năm", "giữa năm", "cuối năm", "hết năm"),
        _pattern(rf"(?P<edge>đầu|giữa|cuối|hết)\s+năm\s+(?P<which>{YEAR}{_YEAR_ENDS}|(?:{_RELATIVE})\b)"),
        spans.read_year,
    ),
    Way(
        ("cuối năm", "hết năm"),
        _pattern(r"(?P<edge>cuối|hết)\s+năm\b(?!\s+(?:học|\d))"),
        spans.read_year,
        behind=re.compile(r"\b(?:đến|tới|trước|vào|hết|phấn đấu|dự kiến|ước)\s+(?:hết\s+)?$"),
    ),
    Way(("năm",), _pattern(rf"{_NOT_COUNTED}năm\s+(?P<which>{_RELATIVE})\b"), spans.read_year),
    Way(
        ("cả năm", "trong năm", "kế hoạch năm", "chỉ tiêu năm", "mục tiêu năm", "của năm"),
        _pattern(rf"(?:cả|trong|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|của)\s+năm\b(?!\s+(?:{YEAR}|{_RELATIVE})\b){_NOT_FIVE}"),
        spans.read_year,
    ),
    Way(("trong tháng", "trong quý"), _pattern(rf"trong\s+(?P<unit>tháng|quý){TIME_ENDS}"), spans.read_same_part),
    Way(("thời điểm", "cuối quý", "hết quý", "cuối kỳ"),
        _pattern(rf"(?:thời\s+điểm(?:\s+(?:nói\s+)?(?:trên|đó)\b|(?=,))|(?:cuối|hết)\s+(?:quý|kỳ){TIME_ENDS})"),
        spans.read_until_then, behind=re.compile(r"\b(?:đến|tới|tại|cùng)\s+$")),
    Way(("tuần",), _pattern(r"tuần\s+(?:vừa\s+)?qua\b"), spans.read_week),
    Way(
        ("đến nay", "tới nay", "đến thời điểm", "tới thời điểm", "đến hiện nay", "đến hiện tại", "đến bây giờ", "đến giờ"),
        _pattern(r"(?:đến|tới)\s+(?:nay|thời\s+điểm\s+(?:này|hiện\s+tại|hiện\s+nay)|hiện\s+nay|bây\s+giờ|hiện\s+tại|giờ)\b"),
        spans.read_now,
        is_now=True,
    ),
    Way(
        ("nay",),
        _pattern(r"nay(?=\s+(?:đã|toàn|tỉnh|có|còn|là|số|tỷ)\b)"),
        spans.read_now,
        is_now=True,
        behind=re.compile(r"[,;.:\n]\s*$"),
    ),
    Way(("hiện",), NOW, spans.read_now, is_now=True),
    Way(
        ("cùng kỳ",),
        _pattern(rf"cùng\s+kỳ(?:\s+(?:của\s+)?(?:năm\s+(?P<which>{YEAR}|ngoái|trước)|(?P<bare>{YEAR})){_YEAR_ENDS})?"),
        spans.read_same_period,
    ),
    Way(
        DATES,
        _pattern(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?!\d|[/.,-]\d|\s?%)"),
        spans.read_bare_day,
        is_day=True,
        behind=re.compile(r"\b(?:đến|tới|trước|hết|từ)\s+$"),
    ),
    Way(
        DATES,
        _pattern(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?P<year>(?!))?(?!\d|[/.,-]\d|\s?%)"),
        spans.read_day,
        is_day=True,
        behind=re.compile(r"\b(?:sáng|trưa|chiều|tối|đêm|khuya|hôm|phiên|bản\s+tin)\s+(?:(?:qua|nay),?\s*\(?)?$"),
    ),
    Way(
        YEARS,
        _pattern(rf"(?P<which>{YEAR}){TIME_ENDS}"),
        spans.read_year,
        behind=re.compile(r"\b(?:đến|tới|trước|hết)\s+$"),
    ),
    Way(
        YEARS,
        _pattern(rf"(?P<which>{YEAR})(?=,\s*{YEAR}|\s+và\s+{YEAR})"),
        spans.read_year,
        behind=re.compile(r"\bnăm\s+(?:liền\s+|liên\s+tiếp\s+)?\(\s*$"),
    ),
    Way(
        YEARS,
        _pattern(rf"(?P<which>{YEAR})(?![\w/-]|[.,:]\d|\s?%|\s(?:hồ|văn|thủ|dịch|lượt|xã|doanh|tài)\b)"),
        spans.read_year,
        is_scope=True,
        behind=re.compile(rf"\b(?:{any_of('periods.dated')})\s+$|\b(?:index|chỉ\s+số|báo\s+cáo|sách\s+trắng|điều\s+tra|khảo\s+sát|bảng|giải\s+thưởng)\s+[^,;.:\d]{{1,55}}\s$"),
    ),
)  # fmt: skip
