"""The time that stands beside a number: right before or behind it, else the first one behind it in its clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.figures.claims import is_starting_value
from models.records import Number, Period
from models.times.periods import Mention
from models.times.reach import bracket_end

# Between a number and the time that belongs to it: "69,8% của năm 2023", "năm 2024 là 66,4%", "năm 2023 (8/63)".
_OF_TIME = re.compile(r"\s*(?:của|trong|vào|hồi|,?\s*đến)?\s*")
_TIME_IS = re.compile(r"\s*(?:là|đạt)\s*")
_TIME_BRACKET = re.compile(r"\s*\(\s*(?:là\s+|đạt\s+|xếp\s+)?(?:thứ\s+|hạng\s+)?")
# "Đã làm tại 15 tỉnh, trong năm nay triển khai thêm 13 tỉnh"
_PART_BEGINS = re.compile(r",\s+(?:trong\s+)?$")
_DONE_THEN = re.compile(r"\s+(?:[^\W\d]+\s+){1,3}\d")
_FARTHEST_TIME, _CLOSE = 120, 12
CLAUSE_ENDS = re.compile(r"[;:]|[.]\s|,\s*(?:trong khi|còn|dự kiến|phấn đấu|nhưng)\b")
TIME_OF_NEXT = re.compile(r"\s*(?:là|đạt|có|chỉ|mới|con số)\b")


def beside(lower: str, mentions: list[Mention], number: Number) -> Mention | None:
    """The time that stands right beside a number and is its own, even where others are compared with it."""
    right = next((m for m in mentions if m.start >= number.end), None)
    if right is not None and right.period.end and _OF_TIME.fullmatch(lower, number.end, right.start):
        if not right.is_compared or lower[number.end : right.start].strip() == "của":
            return right
        return None
    left = [m for m in mentions if m.end <= number.start]
    if not left or left[-1].period.end is None or left[-1].is_event:
        return None
    span = (left[-1].end, number.start)
    is_own = _TIME_BRACKET.fullmatch(lower, *span) if left[-1].is_compared else None
    return left[-1] if is_own or _TIME_IS.fullmatch(lower, *span) else None


def behind(
    lower: str, plain: list[Mention], numbers: list[Number], i: int, is_ahead: Callable[[Period | None], bool]
) -> Mention | None:
    """ "1.500 phiếu, thu về 1.462 phiếu trong 9 tháng": the first time behind the number, in its clause.

    `plain` are the times that nothing is compared with; `is_ahead` tells of a period whether it lies after the article.
    """
    number = numbers[i]
    mention = next((m for m in plain if m.start >= number.end), None)
    if mention is None or TIME_OF_NEXT.match(lower, mention.end):
        return None
    if _PART_BEGINS.search(lower, number.end, mention.start) and _DONE_THEN.match(lower, mention.end):
        return None
    if mention.start - number.end >= _FARTHEST_TIME or mention.is_past or bracket_end(lower, mention) is not None:
        return None
    if "," in lower[number.end : mention.start] and is_ahead(mention.period):
        return None
    return None if CLAUSE_ENDS.search(lower, number.end, mention.start) else mention


def is_taken(lower: str, mention: Mention, earlier: list[Number]) -> bool:
    """Whether the time is that of a value that things rose or fell from: "từ 33,1% cuối năm 2023 lên 58,4%"."""
    return any(
        0 <= mention.start - n.end < _CLOSE
        and _OF_TIME.fullmatch(lower, n.end, mention.start)
        and is_starting_value(lower, n)
        for n in earlier
    )
