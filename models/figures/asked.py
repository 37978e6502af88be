"""Numbers of those who are asked to do something, which is no target, and of those still to come, which is one."""

from __future__ import annotations

import re

from models.records import Number
from models.vocabulary import words

_ASKS = re.compile(
    r"\b(?:yêu cầu|đề nghị|kêu gọi|vận động)\s+(?:đối với\s+|toàn bộ\s+|cả\s+|hơn\s+|gần\s+|khoảng\s+|trên\s+)*$"
)
_TAKES_IN = re.compile(
    r"(?P<before>(?:[^\W\d]+\s+){0,2})\b(?:tuyển (?:sinh|dụng|thêm|mới)|cần tuyển)\s+(?:(?:thêm|mới|khoảng|hơn|gần|trên|tới)\s+)*$"
)
_THEN = re.compile(r"\b(?:đã|vừa|từng|được|việc|chỉ tiêu)\b")
_ONE_MORE = re.compile(r"\bthêm\s+(?:khoảng\s+|hơn\s+|gần\s+|ít nhất\s+)*$")
_MORE = re.compile(r"(?:\s+[^\W\d]+){0,3}\s+nữa\b(?!\s+(?:đã|được))")
_MEASURES = ("percent", "percentage_point", "vnd", "usd", "point", "rank", "times")


def is_asked(left: str, number: Number) -> bool:
    """Whether so many are asked to do something: "yêu cầu 13.422 người kê khai thuế"."""
    return (number.unit or "").partition(" ")[0] in words("claims.asked") and _ASKS.search(
        left, max(0, len(left) - 40)
    ) is not None


def is_to_come(lower: str, left: str, number: Number) -> bool:
    """Whether so many are still to be taken in or added: "tuyển sinh 900 sinh viên", "triển khai thêm 13 tỉnh nữa"."""
    if number.unit in _MEASURES:
        return False
    if "tuyển" in left and (takes := _TAKES_IN.search(left, max(0, len(left) - 60))):
        return _THEN.search(takes["before"]) is None
    if not left.endswith(("thêm ", "khoảng ", "hơn ", "gần ", "nhất ")) or _THEN.search(left):
        return False
    return _ONE_MORE.search(left) is not None and _MORE.match(lower, number.end) is not None
