"""Percentages that say how fast something grew or shrank, though other words stand between: "giảm lệ phí đăng ký 30%"."""

from __future__ import annotations

import re

from models.records import Number

# "Tốc độ tăng trưởng của ngành trong 3 năm gần đây là 30%", "tăng trưởng với tốc độ 25%".
_GROWTH_RATE = re.compile(
    r"""\b(?:(?:tốc\s+độ|tỷ\s+lệ|tỉ\s+lệ|nhịp\s+độ|mức)\s+(?:tăng|giảm|sụt\s+giảm)(?:\s+trưởng)?\b(?!\s+cường)
    |\btăng\s+trưởng\s+(?:(?!%)[^;:.(])*?(?:với\s+|ở\s+)?(?:tốc\s+độ|mức|nhịp\s+độ|tỷ\s+lệ))
    (?:(?!\d\s?%|\b(?:từ|chiếm|xuống|còn)\b)[^;:.(])*$""",
    re.VERBOSE,
)
# No verb and no level stands between: "giảm tỷ lệ hộ nghèo xuống 3%" tells what is left.
_CHANGED_BY = re.compile(
    r"""(?:tăng|giảm)\s+(?!(?:cường|trưởng|tốc|tải)\b)
    (?:(?!(?:còn|xuống|lên|đạt|là|chiếm|với|có|ở|tới|đến|trong|dưới|trên|tỷ|tỉ|mức|bằng|cho|để|nghèo|từ|khi|được|nhằm|hơn|gần|khoảng)\b)
    [^\W\d]+,?\s+){1,7}""",
    re.VERBOSE,
)
_ENDS = re.compile(r"\s*(?:[,.;:)]|$|\n|(?:so|theo|mức|đối|khi|từ|kể|và|mỗi|một|cho|với|trong|tại)\b)")
_RATES = (
    "tăng trưởng",
    "độ tăng",
    "độ giảm",
    "lệ tăng",
    "lệ giảm",
    "mức tăng",
    "mức giảm",
    "mức sụt",
    "độ sụt",
    "lệ sụt",
)
"""Without one of these no growth rate is told."""
_BACK = 120
# "Đều tăng trưởng, tương ứng 75% và 30%"
_IN_TURN = re.compile(r",?\s(?:tương ứng|lần lượt)(?:\s(?:là|với|khoảng|gần|hơn|trên|tới|đến))*(?=\s$)")
_AGAINST = re.compile(r"\bso với\b|\bcùng kỳ\b")
# "Tăng 500 tỷ (7%)", "giảm 120 hồ sơ, tương đương 15%": the same change once more.
_ONCE_MORE = re.compile(
    r"\d[\d.,]*\s(?!%)[^\W\d]+(?:\s[^\W\d]+){0,4}?(?:\s\(|,?\s\(?(?:tương đương|tức)(?:\s(?:với|là|khoảng|gần|hơn|mức))*\s)$"
)
_SAID_AGAIN = re.compile(r"\s*(?:[),.;]|$|\n|so với|lên|xuống|còn)")


def is_rate_of_change(lower: str, left: str, number: Number) -> bool:
    """Whether a percentage is one by which something grew or shrank; `left` is its sentence up to it.

    A share of things told behind it is none: "giảm phiền hà ở 30% thủ tục".
    """
    begin = max(left.rfind("tăng "), left.rfind("giảm "))
    if begin < 0:
        return False
    if any(sign in left for sign in _RATES) and _GROWTH_RATE.search(left, max(0, len(left) - _BACK)):
        return True
    return _ENDS.match(lower, number.end) is not None and _CHANGED_BY.fullmatch(left, begin) is not None


def without_aside(lower: str, before: str, number: Number) -> str:
    """What stands before a percentage without what comes between it and the verb."""
    if "tương ứng" in before or "lần lượt" in before:
        in_turn = _IN_TURN.search(before)
        # "Tỷ lệ ở hai huyện đều tăng, lần lượt 62% và 45%": what they rose to.
        if in_turn is None or (in_turn[0][0] == "," and not _AGAINST.search(lower, number.end, number.end + 50)):
            return before
        return before[: in_turn.start()] + " "
    if (before.endswith("(") or "tương đương" in before or "tức " in before) and _SAID_AGAIN.match(lower, number.end):
        return _ONCE_MORE.sub("", before)
    return before
