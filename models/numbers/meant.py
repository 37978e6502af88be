"""Counts that say which ones are meant, or how many at a time, and state nothing: "cứ 10 thư", "cả 2 cơ sở", "vụ 5 người"."""

from __future__ import annotations

import re

from models.records import Number

_EVERY = re.compile(r"(?<!căn )\bcứ\s(?:[^\W\d]+\s){0,3}$")
# "18% thí sinh đăng ký từ sáu đến 10 nguyện vọng": which of them the share is of.
_CLASS = re.compile(
    r"\d%\s(?![^.;,()\d]*(?:tăng|giảm|nâng|rút|kéo|lên|hạ)\stừ)[^.;,()\d]{1,50}\stừ\s(?P<word>\w+\s(?:đến|tới)\s)?$"
)
_ALL_OF_FEW, _MOST_OF_ALL = re.compile(r"\bcả\s0?$"), 3
# "Vụ 39 thi thể trong container: …": what a case is called.
_CASE = re.compile(
    r"(?<!phục )(?<!dịch )(?<!nội )(?<!nghiệp )(?<!nhiệm )(?<!chức )(?<!công )(?<!niên )(?<!chuyên )(?<!giáo )(?<!\d )\bvụ\s$"
)
_VICTIMS = (
    "người",
    "thi thể",
    "nạn nhân",
    "cháu",
    "trẻ",
    "học sinh",
    "công nhân",
    "thanh niên",
    "nữ sinh",
    "ngư dân",
    "em ",
)
_FAMED = re.compile(r"\b(?:biết đến|nổi tiếng|nức tiếng|gắn liền)\s(?:với|bởi)\s$")
_ONE_BY_ONE, _INTRODUCING = re.compile(r"(?:\s[^\W\d]+){0,2}\slần lượt là\s"), (" là ", " gồm ", " có ", " với ")
_FEW = 10
# "1 di sản thiên nhiên, 5 khu bảo tồn": one of a list is a count as the others are.
_LIST_BEFORE = re.compile(r"(?:\b(?:có|gồm|là|giành|đoạt|giành được|mang về|thêm|với)|:)\s0?$")
_LIST_GOES_ON = re.compile(r"[^.;:\d()]{0,50}?(?:,|\svà)\s(?:hơn\s|gần\s|khoảng\s)?\d[\d.]*\s(?!%)[^\W\d]")

HONOURED = ("tập thể", "cá nhân", "gương", "điển hình")
"""Whom a ceremony thanks: "tặng bằng khen cho 12 tập thể và 20 cá nhân"."""
_HONOURS = re.compile(r"\b(?:khen|vinh danh|biểu dương|tôn vinh)\b")
# "8 tập thể và 14 cá nhân được tặng bằng khen" tells what was reached, "dịp này, …" of a ceremony.
_WERE_GIVEN = re.compile(r"(?:,? (?:và )?\d+ (?:tập thể|cá nhân))* (?:đã )?được (?:vinh dự )?(?:trao )?(?:tặng|nhận)\b")
_AT_CEREMONY = re.compile(r"\b(?:dịp|tại (?:hội nghị|buổi|lễ|đại hội))\b")


def says_which(lower: str, left: str, number: Number) -> bool:
    """Whether a count of things only says which ones, or how many at a time; `left` is what stands before it."""
    if ("cứ " in left and _EVERY.search(left)) or (left.endswith(("với ", "bởi ")) and _FAMED.search(left)):
        return True
    if (number.unit or "").startswith(_VICTIMS) and _CASE.search(left):
        return True
    if (
        "%" in left
        and (found := _CLASS.search(left))
        and (found["word"] or number.value_max is not None or number.bound == "at_least")
    ):
        return True
    if "cả " in left and number.value <= _MOST_OF_ALL and _ALL_OF_FEW.search(left):
        return True
    return left.endswith(_INTRODUCING) and number.value < _FEW and _ONE_BY_ONE.match(lower, number.end) is not None


def is_first_of_list(lower: str, left: str, number: Number) -> bool:
    """Whether a single thing opens a list of counts: "có 1 di sản thiên nhiên, 5 khu bảo tồn"."""
    return _LIST_BEFORE.search(left) is not None and _LIST_GOES_ON.match(lower, number.end) is not None


def is_thanked(lower: str, left: str, number: Number) -> bool:
    """Whether so many are only thanked at a ceremony: "tặng bằng khen cho 12 tập thể"."""
    if _WERE_GIVEN.match(lower, number.end) and not _AT_CEREMONY.search(left):
        return False
    return _HONOURS.search(lower, max(0, number.start - 60), number.end + 60) is not None
