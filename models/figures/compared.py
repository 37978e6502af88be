"""What a change is measured against: "tăng 5% so với cùng kỳ năm 2023" ─► "cùng kỳ năm 2023"."""

from __future__ import annotations

import re

from models.records import Number
from models.text import Span
from models.times.periods import Mention
from models.vocabulary import last_match

_BY = re.compile(r"\bso(?:\s+với)?\s+(?!sánh|với)(?=\w)")
_RIGHT_BEHIND = re.compile(
    r"\s*(?:của\s+)?(?=cùng kỳ|năm (?:trước|ngoái|\d{4})|quý|tháng (?:trước|\d)|kế hoạch|chỉ tiêu|mục tiêu|dự toán|trước (?:đây|kia))"
)
_THAN = re.compile(r"\b(?:cao|thấp|nhiều|ít|nhanh|lớn|sớm) hơn\s+(?:so với\s+)?(?=\w)")
# What is compared with ends where something else is said.
_ENDS = re.compile(
    r"\s*(?:[;:()]|[,.](?!\d)|$|\n|\b(?:và|thì|nhưng|song|đạt|do|nhờ|trong khi|tăng|giảm|với|mà|(?<!trước )khi|cũng|đã|tuy|để|còn|về"
    r"|ở|chiếm)\b)"
)
_SENTENCE_ENDS = re.compile(r"[;\n]|\.\s")
_FARTHEST, _LONGEST = 100, 60
_TO_TIME = 30
"""Characters between "so với" and the time: "so với cùng thời điểm của năm 2022"."""


def compared_with(text: str, lower: str, number: Number, sentence: Span, mentions: list[Mention]) -> str | None:
    """The words for what the figure is compared with; None where its sentence does not say.

    `mentions` are the times of the sentence, in order.
    """
    start, stop = sentence
    if (than := last_match(_THAN, lower, max(start, number.start - _FARTHEST), number.start)) is not None:
        end = _end(lower, than.end(), number.start, mentions)
        return text[than.end() : end].strip() or None
    begin = _behind(lower, number, stop)
    if begin is None:
        before = last_match(_BY, lower, start, number.start)
        begin = before.end() if before and not _SENTENCE_ENDS.search(lower, before.end(), number.start) else None
    return text[begin : _end(lower, begin, stop, mentions)].strip() or None if begin is not None else None


def _behind(lower: str, number: Number, stop: int) -> int | None:
    """Where the words begin behind a number; other changes may stand between: "5% về số lượng và 7% về giá trị so với"."""
    if match := _RIGHT_BEHIND.match(lower, number.end, stop):
        return match.end()
    by = _BY.search(lower, number.end, min(stop, number.end + _FARTHEST))
    return by.end() if by and not _SENTENCE_ENDS.search(lower, number.end, by.start()) else None


def _end(lower: str, begin: int, stop: int, mentions: list[Mention]) -> int:
    limit = min(stop, begin + _LONGEST)
    if (found := _ENDS.search(lower, begin, limit)) is not None:
        limit = found.start()
    time = next((m for m in mentions if m.end > begin), None)
    if time is not None and time.start < min(begin + _TO_TIME, limit):
        return min(time.end, stop)
    return limit
