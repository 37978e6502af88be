"""Ranks without a word for it, behind one that has it: "Thái Lan hạng 43, Malaysia 52", "tụt 11 bậc, xuống 115"."""

from __future__ import annotations

import re
from decimal import Decimal

from models.numbers.parts import make_number
from models.records import Number

_FAR, _MOST_DIGITS = 90, 3
# Whose rank it is: ", Thái Lan 52", "lần lượt là Thái Lan (52)".
_NAMED = re.compile(r"(?<![^\W\d_])(?!Top |Tốp |TOP |Covid|COVID)[A-ZĐÀÁÂÉÊÍÓÔÚĂĨŨƠƯẠ-Ỹ][\w.-]*\s\(?$")
# How a place changes: "từ 59 lên 57", "tụt 11 bậc, xuống 115".
_MOVED = re.compile(r"\b(?:từ|lên|xuống|về|vẫn|còn|vẫn là|giữ nguyên)\s$")
_ENDS = re.compile(
    r"\s?[,;)](?!\d)|\.(?:\s|$)|\s(?:và|còn|rồi|nhờ|lên|xuống|về|trong khi|tăng|giảm|sau khi"
    r"|thế giới|toàn cầu|đông nam á|châu á|cả nước)\b|$"
)
# What stands between says something else, or of something else.
_ANOTHER = re.compile(
    r"\b(?:điểm|đạt|tỷ lệ|số|dân|chiếm|thu|doanh|đô la|người|với|tổng|gồm|trị giá|dù có|giá|đầu tư|hồ sơ)\s|[!?:]\s|\n"
)
# The next sentence goes on with the ranks of a region.
_OTHER_SENTENCE = re.compile(r"\.\s(?!(?:ở|trong|tại|xét)\s(?:đông nam á|asean|khu vực|châu))")


def goes_on_ranking(text: str, lower: str, last: Number, start: int, end: int) -> Number | None:
    """The rank that a bare number is behind another rank, or behind how many places somebody moved; None if it is none."""
    if last.unit not in ("rank", "bậc") or start - last.end > _FAR or end - start > _MOST_DIGITS or lower[start] == "0":
        return None
    if not lower[start:end].isdigit() or not _ENDS.match(lower, end):
        return None
    if _OTHER_SENTENCE.search(lower, last.end, start) or _ANOTHER.search(lower, last.end, start):
        return None
    if not _NAMED.search(text, max(last.end, start - 30), start) and not _MOVED.search(lower, last.end, start):
        return None
    return make_number((start, end), Decimal(lower[start:end]), "rank")
