"""What the ways of naming a time in models/times/words.py are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from models.records import Period
from models.times.days import Known
from models.times.spans import COUNTS, YEAR, Match
from models.vocabulary import alternatives, words

COUNT = rf"(?:\d{{1,2}}|{alternatives(COUNTS)})"
TO = r"\s*(?:-|–|—|(?:cho\s+)?(?:đến|tới)(?:\s+(?:hết|ngày|năm|tháng|cuối))*)\s*"
RELATIVE = r"nay|ngoái|trước|tới|sau|vừa\s+qua|vừa\s+rồi|qua"
WHICH = rf"(?P<which>{YEAR}|{RELATIVE})\b"
# No year: "năm 2.500 hồ sơ", "năm 2012/2015", "2000 người".
YEAR_ENDS = r"(?!\d|[.,/]\d|\s?(?:hồ|dịch|người|lượt|%))"
# "thực hiện" says nothing of now; "nhiều năm qua" is no year.
_THINGS = (
    "hồ|văn|thủ|dịch|lượt|xã|doanh|tài|người|đơn|tỷ|triệu|nghìn|ngàn|học|cán|hộ|trường|máy|bộ|tổ|thôn|bản|km|m|ha|tấn|cuộc|vụ|trạm|điểm"
    "|giờ|ngày|sản|công|giao|khách|thành|con|cái|chiếc|bài|lớp|giáo|mô|ca|đồng|mã|giấy|phiếu|suất|căn|dự|tin|ý|cây|thuê|giường|tài"
)
# A year of four digits with no "năm", and no number of things: "sang 2022 tăng", "hết 2025 Bắc Giang bỏ hẳn giấy".
BARE_YEAR_ENDS = rf"(?![\w/-]|[.,:]\d|\s?%|\s(?:{_THINGS})\b)"
_NOT_BEHIND = "".join(rf"(?<!{word}\shiện)" for word in sorted(words("periods.ends_in_now")))
NOT_SEVERAL = "".join(rf"(?<!{word}\s)" for word in (*COUNTS, "nhiều", "những", "các", "mấy", "vài", "mọi"))
NOT_COUNTED = r"(?<!\d\s)" + NOT_SEVERAL
NOW = re.compile(rf"hiện\b{_NOT_BEHIND}(?!\s+(?:{alternatives(words('periods.not_now'))})\b)(?:\s+(?:nay|tại)\b)?")
"""The "hiện" that says "now"."""
# "Cao nhất trong 4 năm trở lại đây" tells how rare a value is, not when it was reached.
NO_RECORD = "".join(
    rf"(?<!{most}\s{over})"
    for most in ("nhất", "lục", "tiên", "đáy", "đỉnh")
    for over in ("", r"trong\s", r"của\s", r"sau\s", r"suốt\s", r"trong\svòng\s", r"trong\ssuốt\s", r"kể\stừ\s")
)
# Five of something: "cả năm tỉnh".
NOT_FIVE = r"(?!\s+(?:tỉnh|huyện|xã|phường|đơn|sở|bộ|nước|học|địa|doanh|thành|người|lĩnh|nội|tháng|ngày|lần)\b)"
# "Bản đồ tỷ lệ 1/2000", "quy hoạch phân khu 1/2000": how much smaller a map is than the land.
NO_SCALE = "(?!0?1/[125]000)" + "".join(rf"(?<!{word}\s)" for word in ("lệ", "đồ"))

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


def spaced(written: str) -> re.Pattern[str]:
    """A pattern in which blanks and line ends only set it out."""
    return re.compile(written, re.VERBOSE)


def counted(unit: str) -> tuple[str, ...]:
    """ "Một tháng", "hai tháng" and so on."""
    return tuple(f"{word} {unit}" for word in COUNTS)


def day_shape(number: str, year: str) -> str:
    """ "31/5", "31/5/2024"; `year` says how often the year may stand."""
    return rf"(?P<day{number}>\d{{1,2}})[/.-](?P<month{number}>\d{{1,2}})(?:[/.-](?P<year{number}>{YEAR})){year}"


ROMAN = r"(?:iv|iii|ii|i|[1-4])"
COUNTED = counted("tháng") + counted("quý")
