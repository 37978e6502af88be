"""What a number without a unit counts: "số hồ sơ … là 2.485", "hạ tầng số đạt 0,7315", "giảm hơn hai phần ba"."""

from __future__ import annotations

import re
from dataclasses import replace

from models.numbers.parts import is_whole
from models.records import Number
from models.vocabulary import any_of, any_of_many, last_match

# What a bare number counts: "số địa chỉ IP … là 461.280".
_COUNTED_BEFORE = re.compile(
    r"(?:tổng số|số lượng|(?<!một )(?<!con )(?<!trong )(?<!chỉ )(?<!hệ )số)\s+(?!liệu)(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)[^;]*?$"
)
_STATED = re.compile(
    r"(?:là|đạt|:|khoảng|gần|hơn|trên|lên|còn|tới|đến|có|mức|mốc|số|từ|xuống|tương ứng|lần lượt|nhất,?)\s*\(?$"
)
_STATED_BACK = 12
_INDEX_VALUE = re.compile(
    rf"(?:{any_of('names.index')})\b[^;.]{{0,60}}(?:{any_of('leads.index_value')}|[:(])\s*(?:\w+\s)?$"
)
_TOTAL_OF_POINTS = re.compile(
    r"\b(?:tổng(?: số)? điểm|điểm số|điểm trung bình|điểm chuẩn)\b[^.;\d]{0,50}(?:\slà|\sđạt|\slên|\scòn|:)\s(?:gần\s|hơn\s|khoảng\s)?$"
)
_INDEX = re.compile(r"0,\d{3,4}")
_LISTED = rf"(?:{any_of_many('nouns.counted')})(?!\w)"
_NUMBER_OF = re.compile(rf"(?<!\w)(?:tổng\s)?(?<!một )(?<!con )số(?:\slượng)?\s(?P<noun>{_LISTED})")
_NUMBER_RIGHT_BEFORE = re.compile(
    rf"(?<!\w)(?:tổng\s)?(?<!một )(?<!con )số(?:\slượng)?\s(?P<noun>{_LISTED})(?:\s[^\W\d_]+){{0,8}}?"
    r"(?:,?\s(?:tương ứng|lần lượt))?(?:\slà)?\s\(?$"
)
_BODY = r"tỉnh|huyện|xã|phường|quận|thành phố|thị xã|bộ|sở|cơ quan|đơn vị"
_MEASURE = r"con\s|điểm|chỉ số|tỷ lệ"
# The subject of a clause: "Thuê bao 4G là", ", trong đó tài khoản đạt"; a body is nobody's count, unless its number is spoken of.
_SUBJECT = re.compile(
    rf"(?:(?:^[-+*•\s]*|[,;]\s*|(?:trong đó|có)\s)(?!{_BODY})|(?:tổng số|tổng|(?<!một )(?<!con )số(?: lượng)?|lượng|nhiều|ít)\s)"
    rf"(?!{_MEASURE})(?P<noun>{_LISTED})(?:\s(?!là\s|đạt\s)(?:\.?[^\W_]+|\([^()]{{1,25}}\))){{0,8}}?"
    rf"(?:\s(?:là|đạt|đạt mốc|cán mốc|khoảng|gần|hơn|trên|lên|còn)\s(?:\w+\s)?|\snhất(?:,\s|\s\()|:\s?)$"
)
# "văn bản ký số 14.208/14.213", "Tỷ lệ bệnh viện …: công lập 412/1.050"
_SUBJECT_OF_PART = re.compile(
    rf"(?:^[-+*•\s]*|[;,]\s|:\s(?=[^:]*$))(?:tỷ lệ\s)?(?!{_BODY}|trung tâm|trường|{_MEASURE})(?P<noun>{_LISTED})\s[^;,.\d()]{{0,60}}$"
)
_MENTIONED = re.compile(rf"(?<!\w)(?!{_MEASURE}|nước|bản|ban|tổ|ca|{_BODY})(?P<noun>{_LISTED})")
_SCORED = re.compile(r"\b(?:điểm|chấm)\b[^.;]*$")


def with_named_unit(lower: str, sentence_start: int, number: Number) -> Number:
    """A number right behind what it counts: "số hồ sơ nộp trực tuyến là 2.485", "thuê bao 3G đạt 39,8 triệu"."""
    if number.unit is not None or number.out_of is not None:
        return number
    left = lower[max(sentence_start, number.start - 110) : number.start]
    if not is_whole(number.value):
        return number
    subject = (_SUBJECT.search(left) if _is_stated(left) else None) or _NUMBER_RIGHT_BEFORE.search(left)
    return number if subject is None else replace(number, unit=_as_unit(subject["noun"]))


def _as_unit(noun: str) -> str:
    """ "số điểm tuyệt đối 100" is of points, "số điểm giao dịch là 100" is not."""
    noun = " ".join(noun.split())
    return "point" if noun == "điểm" else noun


def _is_stated(left: str) -> bool:
    return _STATED.search(left, max(0, len(left) - _STATED_BACK)) is not None


def with_unit(lower: str, sentence_start: int, number: Number) -> Number | None:
    """A number without a unit takes that of its sentence: what is counted there, or the points of an index."""
    if number.unit is not None:
        return number
    left = lower[max(sentence_start, number.start - 110) : number.start]
    if number.out_of is not None:
        return _part_of(lower, sentence_start, number)
    if not is_whole(number.value) and (_is_index(lower, number) or _INDEX_VALUE.search(left[-90:])):
        return replace(number, unit="point")
    if _TOTAL_OF_POINTS.search(left):
        return replace(number, unit="point")
    counted = _COUNTED_BEFORE.search(left) if _is_stated(left) else None
    return replace(number, unit=counted["noun"]) if counted else None


def _part_of(lower: str, sentence_start: int, number: Number) -> Number | None:
    """A fraction in words is one of the things spoken of before it; "bằng một phần ba Hà Nội" compares."""
    if lower[number.start].isdigit() and not lower.startswith("1 nửa", number.start):
        counted = _NUMBER_RIGHT_BEFORE.search(lower, max(sentence_start, number.start - 70), number.start)
        counted = counted or _SUBJECT_OF_PART.search(lower[max(sentence_start, number.start - 110) : number.start])
        if counted:
            return replace(number, unit=_as_unit(counted["noun"]))
        is_score = _SCORED.search(lower, max(sentence_start, number.start - 60), number.start)
        return replace(number, unit="point") if is_score else None
    if lower[max(sentence_start, number.start - 8) : number.start].rstrip().endswith("bằng"):
        return replace(number, unit="times")
    before = sentence_start, number.start
    noun = last_match(_NUMBER_OF, lower, *before) or last_match(_MENTIONED, lower, *before)
    return replace(number, unit=noun["noun"] if noun else "times")


def _is_index(lower: str, number: Number) -> bool:
    """Whether a number looks like the value of an index: "0,8621"."""
    return (
        _INDEX.fullmatch(lower, number.start, number.end) is not None
        and not lower[number.end : number.end + 1].isalpha()
    )
