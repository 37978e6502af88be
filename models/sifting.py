"""Which numbers are figures: a schedule, one single thing or the scope of another figure is none."""

from __future__ import annotations

import re
from dataclasses import replace

from models.records import Number
from models.units import is_pointed_at
from models.vocabulary import words

_FIXED_UNITS = frozenset(("percent", "percentage_point", "vnd", "usd", "point", "rank", "times", "bậc"))
# A stretch of time is a figure where something takes it, and none where something is planned.
_TIME_TAKEN = re.compile(
    r"thời gian|rút ngắn|xuống còn|giảm từ|còn lại|trung bình|bình quân|thay vì|trước đây|trước kia|trước hạn|cắt giảm"
    r"|sớm hơn|chậm hơn|giảm xuống|so với (?:gần|hơn)?"
)
_PLANNED = re.compile(r"(?:trong|sau|suốt|trước|qua|vòng|mỗi|hơn|từng|gần)\s+(?:\w+\s+)?$")
_CLOCK = re.compile(r"(?:từ|đến|lúc|hồi)\s+(?:\w+\s+)?$")
_SHORTENED = re.compile(r"(?:giảm|rút ngắn|tăng|cắt giảm|xuống|từ \d+ (?:ngày|giờ|phút))[^.;]{0,30}$")
# What a bare number counts: "số địa chỉ IP … là 461.280".
_COUNTED_BEFORE = re.compile(
    r"(?:tổng số|số lượng|(?<!một )(?<!con )(?<!trong )số)\s+(?!liệu)(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)[^;]*?$"
)
_STATED = re.compile(r"(?:là|đạt|:|khoảng|gần|hơn|trên|lên|còn|tới|đến|có|mức|số)\s*\(?$")
_INDEX_VALUE = re.compile(r"(?:chỉ số|điểm|hệ số|giá trị)[^;.]{0,60}(?:là|đạt|:|ở mức|còn|lên)\s*(?:\w+\s)?$")
# Whose figure it is, not the figure: "báo cáo của 193 quốc gia".
_SCOPE = re.compile(r"(?:\bcủa|\btrong(?:\s+tổng)?(?:\s+số)?|\bgiữa|\bcho)\s+(?:hơn\s+|gần\s+|khoảng\s+|cả\s+)?$")
_SCOPE_UNIT = re.compile(r"(?:quốc gia|nước|tỉnh|thành phố|bộ|địa phương|vùng)\b")
_LARGEST_SCOPE = 1000


def sift(lower: str, sentence_start: int, numbers: list[Number]) -> list[Number]:
    """The figures among a sentence's numbers, each with its unit."""
    with_units = (_with_unit(lower, sentence_start, number) for number in numbers)
    return [number for number in with_units if number is not None and _is_figure(lower, sentence_start, number)]


def _with_unit(lower: str, sentence_start: int, number: Number) -> Number | None:
    """A number without a unit takes that of its sentence: what is counted there, or the points of an index."""
    if number.unit is not None:
        return number
    left = lower[max(sentence_start, number.start - 110) : number.start]
    if number.out_of is not None:
        return None
    if _INDEX_VALUE.search(left[-90:]) and number.value != number.value.to_integral_value():
        return replace(number, unit="point")
    counted = _COUNTED_BEFORE.search(left)
    return replace(number, unit=counted["noun"]) if counted and _STATED.search(left) else None


def _is_figure(lower: str, sentence_start: int, number: Number) -> bool:
    unit = number.unit or ""
    left = lower[max(sentence_start, number.start - 70) : number.start]
    if unit in words("after.time"):
        return number.value != 1 and _is_time_taken(left)
    if unit in _FIXED_UNITS or number.out_of is not None:
        return True
    if number.value == 1 and number.value_max is None and "/" not in unit:
        return False
    if _SCOPE_UNIT.match(unit) and number.value < _LARGEST_SCOPE and _SCOPE.search(left):
        return False
    return not is_pointed_at(lower, number.end)


def _is_time_taken(left: str) -> bool:
    if not _TIME_TAKEN.search(left) or _PLANNED.search(left):
        return False
    return _CLOCK.search(left) is None or _SHORTENED.search(left) is not None
