"""The time that stands beside a number: right before or behind it, else the first one behind it in its clause."""

from __future__ import annotations

import re
from collections.abc import Callable

from models.figures.claims import is_starting_value
from models.records import Number, Period
from models.times.periods import Mention
from models.times.reach import bracket_end

# Between a number and the time that belongs to it: "69,8% của năm 2023", "năm 2024 là 66,4%", "năm 2023 (8/63)".
# "95 USD/m2 năm 2019", "0,8 lượt mỗi người một tháng năm 2022"
_OF_TIME = re.compile(
    r"(?:\s?/\s?\w+)?(?:\s(?:mỗi|một)\s[^\W\d]+){0,2}\s*(?:(?:của|trong|vào|hồi|ở|,?\s*đến)(?:\s+cả)?)?\s*"
)
_TIME_IS = re.compile(r"\s*(?:là|đạt)\s*")
_TIME_BRACKET = re.compile(r"\s*\(\s*(?:là\s+|đạt\s+|xếp\s+)?(?:thứ\s+|hạng\s+)?")
# "Đã làm tại 15 tỉnh, trong năm nay triển khai thêm 13 tỉnh"
_PART_BEGINS = re.compile(r",\s+(?:trong\s+)?$")
_DONE_THEN = re.compile(r"\s+(?:[^\W\d]+\s+){1,3}\d")
_FARTHEST_TIME, _CLOSE = 120, 12
_PART_ENDS = re.compile(r"[,;:.]")
_SEEN_AGAINST = re.compile(
    r"\bso\s+(?:với\s+)?(?:(?:mức|con\s+số|bình\s+quân|trung\s+bình|thứ|hạng|vị|khoảng|hơn|gần|trên|chỉ|có|tới)\s+)*$"
)
# "Xuống 41 giao dịch, tiếp nối đà giảm kể từ thời tiền rẻ năm 2021": when something else began.
_SINCE_WHEN = re.compile(r"\b(?:kể\s+từ|từ\s+(?:khi|lúc|thời))\s+(?!ngày\s+$)[^\W\d][^,;.\d]*\s$")
_UP_TO_NOW = re.compile(r"\b(?:nay|giờ|hết|cuối)\b")
_OF_NEXT = re.compile(r"\s(?:(?!và\b)[^\W\d]+\s){0,6}$")
_SEEN_BEFORE = 50
# A full stop may stand without a blank behind it.
CLAUSE_ENDS = re.compile(r"[;:]|[.]\s|(?<=[\d%)])[.](?=[^\W\d_]{2})|,\s*(?:trong khi|còn|dự kiến|phấn đấu|nhưng)\b")
TIME_OF_NEXT = re.compile(r"\s*(?:là|đạt|có|chỉ|mới|con số)\b")


def beside(lower: str, mentions: list[Mention], number: Number) -> Mention | None:
    """The time that stands right beside a number and is its own, even where others are compared with it."""
    right = next((m for m in mentions if m.start >= number.end), None)
    if right is not None and right.period.end and _OF_TIME.fullmatch(lower, number.end, right.start):
        is_own = not right.is_compared or lower[number.end : right.start].strip() == "của"
        return right if is_own or _is_seen_against(lower, number) else None
    left = [m for m in mentions if m.end <= number.start]
    if not left or left[-1].period.end is None or left[-1].is_event:
        return None
    span = (left[-1].end, number.start)
    bracket = _TIME_BRACKET.fullmatch(lower, *span) if left[-1].is_compared else None
    return left[-1] if bracket or _TIME_IS.fullmatch(lower, *span) else None


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
    if "," in lower[number.end : mention.start] and (
        is_ahead(mention.period) or _leads_to_next(lower, mention, numbers)
    ):
        return None
    if is_taken(lower, mention, numbers[i + 1 :]) or _is_of_something_else(lower, mention, number):
        return None
    return None if CLAUSE_ENDS.search(lower, number.end, mention.start) else mention


def dated_aside(lower: str, mentions: list[Mention], number: Number) -> Mention | None:
    """The day in brackets behind a figure of now: "hiện dẫn đầu với 6.500 trạm (tính đến tháng 10/2024)"."""
    mention = next((m for m in mentions if m.start >= number.end), None)
    if mention is None or mention.period.start is not None or mention.period.end is None or mention.is_now:
        return None
    if not lower.endswith("(", 0, mention.start) or not lower.startswith(")", mention.end):
        return None
    return None if _PART_ENDS.search(lower, number.end, mention.start) else mention


def is_taken(lower: str, mention: Mention, others: list[Number]) -> bool:
    """Whether the time is that of a value that things rose or fell from, or are seen against.

    "Từ 33,1% cuối năm 2023 lên 58,4%", "đạt 136 Mbps so với 51 Mbps năm 2024".
    """
    return any(
        0 <= mention.start - n.end < _CLOSE
        and _OF_TIME.fullmatch(lower, n.end, mention.start)
        and (is_starting_value(lower, n) or _is_seen_against(lower, n))
        for n in others
    )


def _is_seen_against(lower: str, number: Number) -> bool:
    first = max(0, number.start - _SEEN_BEFORE)
    return lower.find("so ", first, number.start) >= 0 and _SEEN_AGAINST.search(lower, first, number.start) is not None


def _is_of_something_else(lower: str, mention: Mention, number: Number) -> bool:
    """Whether words between lead to when something else began."""
    if lower.find("từ ", number.end, mention.start) < 0 or _UP_TO_NOW.search(lower, mention.start, mention.end):
        return False
    return _SINCE_WHEN.search(lower, number.end, mention.start) is not None


def _leads_to_next(lower: str, mention: Mention, numbers: list[Number]) -> bool:
    """Whether the next figure follows in the same breath: "công suất phòng 58%, cao điểm tháng 7 lên 96%"."""
    following = next((n for n in numbers if n.start >= mention.end), None)
    return following is not None and _OF_NEXT.fullmatch(lower, mention.end, following.start) is not None
