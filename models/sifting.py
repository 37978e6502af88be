"""Which numbers are figures: a schedule, one single thing or the scope of another figure is none."""

from __future__ import annotations

import re
from dataclasses import replace

from models.number_parts import is_whole
from models.records import Number
from models.sharing import share_in_sentence
from models.units import is_pointed_at
from models.vocabulary import any_of, any_of_many, last_match, words

_FIXED_UNITS = frozenset(("percent", "percentage_point", "vnd", "usd", "point", "rank", "times", "bậc"))
# A stretch of time is a figure where something takes it, and none where something is planned.
_TIME_TAKEN = re.compile(
    r"thời gian|rút ngắn|gián đoạn|rút từ|xuống còn|giảm từ|còn lại|trung bình|bình quân|thay vì|trước đây|trước kia|trước hạn|cắt giảm"
    r"|sớm hơn|chậm hơn|giảm xuống|so với (?:gần|hơn)?"
)
_PLANNED = re.compile(r"(?:trong|sau|suốt|trước|qua|vòng|mỗi|hơn|từng|gần)\s+(?:\w+\s+)?$")
_CLOCK = re.compile(r"(?:từ|đến|lúc|hồi)\s+(?:\w+\s+)?$")
_FALLS = re.compile(r"\s(?:làm việc\s)?(?:xuống|còn)\b")
_FALLEN = re.compile(r"\b(?:xuống|ngày còn|giờ còn|phút còn|ngày làm việc còn)\s(?:còn\s|chỉ còn\s)?(?:dưới|khoảng|tối đa|không quá|gần|hơn)?\s?$")
_CALENDAR = re.compile(r"năm|tháng|quý|tuần|thập kỷ|thế kỷ")
_PASSED = re.compile(r"\s(?:đầu|cuối|qua|tới|sau|trước(?!\s(?:đây|kia)))\b|:")
_SHORTENED = re.compile(r"(?:giảm|rút ngắn|tăng|cắt giảm|xuống|từ \d+ (?:ngày|giờ|phút))[^.;]{0,30}$")
# What a bare number counts: "số địa chỉ IP … là 461.280".
_COUNTED_BEFORE = re.compile(
    r"(?:tổng số|số lượng|(?<!một )(?<!con )(?<!trong )(?<!chỉ )(?<!hệ )số)\s+(?!liệu)(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)[^;]*?$"
)
_STATED = re.compile(r"(?:là|đạt|:|khoảng|gần|hơn|trên|lên|còn|tới|đến|có|mức|số)\s*\(?$")
_INDEX_VALUE = re.compile(
    r"(?:chỉ số|điểm|hệ số|giá trị|index|egdi|dti|pci|papi|sipas|par|ict)\b[^;.]{0,60}(?:là|đạt|:|ở mức|còn|lên|bình quân|trung bình|vượt|trên|dưới|hơn|gần|với|từ|chỉ số|giá trị|điểm|\()\s*(?:\w+\s)?$"
)
_INDEX = re.compile(r"0,\d{3,4}")
_SUBJECT = re.compile(
    rf"(?:(?:^|[,;]|trong đó|có)\s*(?!tỉnh|huyện|xã|phường|quận|thành phố|thị xã|bộ|sở|cơ quan|đơn vị)|(?:tổng số|tổng|(?<!một )(?<!con )số(?: lượng)?|lượng)\s)(?!con\s|điểm|chỉ số|tỷ lệ)(?P<noun>{any_of_many('nouns.counted')})(?!\w)(?:\s(?!là\s|đạt\s)[^\W_]+){{0,8}}?\s(?:là|đạt|khoảng|gần|hơn|trên|lên|còn)\s(?:\w+\s)?$"
)
# Whose figure it is, not the figure: "báo cáo của 193 quốc gia".
_SCOPE = re.compile(r"(?:\bcủa|\btrong(?:\s+tổng)?(?:\s+số)?|\bgiữa|(?<!cung cấp )(?<!phần mềm )\bcho)\s+(?:hơn\s+|gần\s+|khoảng\s+|cả\s+)?$")
_LISTED = re.compile(rf"(?<!\w)(?P<noun>(?!con|điểm|chỉ số|tỷ lệ|nước|bản|ban|tổ|ca|bộ|sở){any_of_many('nouns.counted')})(?!\w)")
_NUMBER_OF = re.compile(rf"(?<!\w)số(?:\slượng)?\s(?P<noun>{any_of_many('nouns.counted')})(?!\w)")
_SCORED = re.compile(r"\b(?:điểm|chấm)\b[^.;]*$")
_ONLY = re.compile(r"\b(?:chỉ có|chỉ còn|mới có|đúng)\s0?$|(?:còn|xuống)\s0?$|\d[\w\s,]{3,60}(?:,|\svà)\s$")
_SCOPE_UNIT = re.compile(r"(?:quốc gia|nước|tỉnh|thành phố|bộ|địa phương|vùng)\b")
_LARGEST_SCOPE = 1000
_FURNITURE = re.compile(rf"(?<!\w)(?:{any_of('before.furniture')})\s?:")
_SCALE_OF_POINTS = re.compile(r"\bthang(?: điểm)?\s$")
# "139 thuê bao trên 100 dân": what the figure before it is measured by.
_PER = re.compile(r"\d\s[^\d.;,]{2,40}\s(?:trên|/)\s?$")
_SHARED_AMONG = ("dân", "người dân")
# The size of one thing: "cao 4,2 mét", "RAM 8 GB"; "tổng chiều dài 4.000 km" is a sum.
_SIZE = re.compile(r"\b(?:dày|rộng|cao|sâu|nặng|cách|trọng lượng|đường kính|bán kính|(?<!chiều )dài|ram|rom|bộ nhớ|microsd|ổ cứng|ssd|gói|cao từ)[^;.\d]{0,14}$")
_SIZED = ("trang", "mét", "m", "km", "kg", "g", "gb", "tb", "tấn")
_LARGEST_SIZE = 100
_REST = re.compile(r"\scòn lại\b")
_FEW = 10


def sift(lower: str, sentence_start: int, numbers: list[Number]) -> list[Number]:
    """The figures among a sentence's numbers, each with its unit."""
    named = [_with_named_unit(lower, sentence_start, number) for number in numbers]
    shared = share_in_sentence(lower, sentence_start, named)
    with_units = (_with_unit(lower, sentence_start, number) for number in shared)
    return [number for number in with_units if number is not None and _is_figure(lower, sentence_start, number)]


def _with_named_unit(lower: str, sentence_start: int, number: Number) -> Number:
    """A number right behind what it counts: "số hồ sơ nộp trực tuyến là 2.485", "thuê bao 3G đạt 39,8 triệu"."""
    if number.unit is not None or number.out_of is not None:
        return number
    left = lower[max(sentence_start, number.start - 110) : number.start]
    if not _STATED.search(left) or not is_whole(number.value):
        return number
    subject = _SUBJECT.search(left)
    return number if subject is None else replace(number, unit=" ".join(subject["noun"].split()))


def _with_unit(lower: str, sentence_start: int, number: Number) -> Number | None:
    """A number without a unit takes that of its sentence: what is counted there, or the points of an index."""
    if number.unit is not None:
        return number
    left = lower[max(sentence_start, number.start - 110) : number.start]
    if number.out_of is not None:
        return _part_of(lower, sentence_start, number)
    if not is_whole(number.value) and (_is_index(lower, number) or _INDEX_VALUE.search(left[-90:])):
        return replace(number, unit="point")
    counted = _COUNTED_BEFORE.search(left)
    return replace(number, unit=counted["noun"]) if counted and _STATED.search(left) else None


def _part_of(lower: str, sentence_start: int, number: Number) -> Number | None:
    """A fraction in words is one of the things spoken of before it; "bằng một phần ba Hà Nội" compares."""
    if lower[number.start].isdigit() and not lower.startswith("1 nửa", number.start):
        is_score = _SCORED.search(lower, max(sentence_start, number.start - 60), number.start)
        return replace(number, unit="point") if is_score else None
    if lower[max(sentence_start, number.start - 8) : number.start].rstrip().endswith("bằng"):
        return replace(number, unit="times")
    noun = last_match(_NUMBER_OF, lower, sentence_start, number.start) or last_match(_LISTED, lower, sentence_start, number.start)
    return replace(number, unit=noun["noun"] if noun else "times")


def _is_index(lower: str, number: Number) -> bool:
    """Whether a number looks like the value of an index: "0,8621"."""
    return _INDEX.fullmatch(lower, number.start, number.end) is not None and not lower[number.end : number.end + 1].isalpha()


def _is_figure(lower: str, sentence_start: int, number: Number) -> bool:
    unit = number.unit or ""
    left = lower[max(sentence_start, number.start - 70) : number.start]
    if ":" in left and _FURNITURE.search(left):
        return False
    if unit in words("after.time"):
        return _is_time_taken(lower, left, number)
    if (unit == "point" and _SCALE_OF_POINTS.search(left)) or (unit.startswith(_SHARED_AMONG) and _PER.search(left)):
        return False
    if unit in _FIXED_UNITS or number.out_of is not None:
        return True
    if number.value == 1 and number.value_max is None and "/" not in unit:
        return _ONLY.search(left) is not None
    if _SCOPE_UNIT.match(unit) and number.value < _LARGEST_SCOPE and _SCOPE.search(left):
        return False
    if unit.split(" ")[0] in _SIZED and (number.value < _LARGEST_SIZE or unit != "km") and _SIZE.search(left):
        return False
    return not is_pointed_at(lower, number.end)


def _is_time_taken(lower: str, left: str, number: Number) -> bool:
    """Whether a stretch of time is what something takes, and none in which something happens."""
    if _FALLS.match(lower, number.end) or _FALLEN.search(left):
        return _CALENDAR.fullmatch(number.unit or "") is None or _TIME_TAKEN.search(left) is not None
    if (number.value == 1 and number.value_max is None) or not _TIME_TAKEN.search(left) or _PLANNED.search(left) or _PASSED.match(lower, number.end):
        return False
    if number.value_max is not None:
        return True
    return _CLOCK.search(left) is None or _SHORTENED.search(left) is not None
