"""Which times things are only seen against: "so với năm 2023", "đạt 61,7% kế hoạch năm"."""

from __future__ import annotations

import re

_COMPARED = re.compile(
    r"""(?:\b(?:so(?:\s+với)?|hơn|kém|bằng|(?<!nếu\s)như|sánh\s+với|tương\s+đương(?:\s+với)?|ngang(?:\s+(?:với|bằng))*)|\d\s?lần(?!\s*\n)|\bgấp\s[\w,]+(?:\s[\w,]+)?\slần
    |\b(?:duy\s+trì|giữ(?:\s+(?:nguyên|vững))?)\s+(?:thứ\s+hạng|vị\s+trí|thứ\s+bậc|ngôi\s+vị|mức\s+điểm)(?:\s+như)?)\s+
    (?:(?:mức|con\s+số|cùng\s+kỳ|của|thời\s+điểm|kết\s+quả|cuối|đầu|hồi|với|kỳ|đánh\s+giá|khảo\s+sát|xếp\s+hạng|báo\s+cáo|lần|đợt|[\d.,/]*[\d%])\s+)*$""",
    re.VERBOSE,
)
# "So với số vụ của quý trước", "tương đương với chỉ tiêu tuyển sinh ngành này trong năm 2016"; what a plan sets is of its own year.
_COMPARED_THING = re.compile(
    r"""\b(?:(?:so|tương\s+đương|ngang|bằng)\s+với|vượt\s+(?:qua\s+)?(?:mức|kỷ\s+lục|con\s+số|thành\s+tích))\s+
    (?!(?:kế|mục|dự|nghị|nhiệm)\b)(?:(?!(?:với|thì|và)\b)[^\W\d]+\s+){1,8}$""",
    re.VERBOSE,
)
# A plan of the year that was met, not set: "đạt 61,7% chỉ tiêu năm".
_OF_PLAN = re.compile(r"(?:kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu)\s")
_PLAN_MET = re.compile(r"(?:%|lần|\b(?:vượt|hoàn\s+thành|đạt|thực\s+hiện|bằng|so\s+với)(?:\s+\w+)?)\s+$")
# "Đạt 72,6% kế hoạch cả năm", "vượt dự toán năm 2023"
_PLAN_MET_OF = re.compile(
    r"""(?:\d\s?(?:%|lần)|\b(?:vượt|hoàn\s+thành))\s+(?:so\s+với\s+)?(?:kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|dự\s+toán)(?:\s+(?:vốn|thu|giao|được|của|tỉnh))*\s+$""",
    re.VERBOSE,
)
_COMPARED_ENDS = (
    "so", "với", "hơn", "kém", "bằng", "như", "đương", "ngang", "lần", "mức", "số", "kỳ", "của", "điểm", "quả", "cuối", "đầu", "hồi",
    "giá", "sát", "hạng", "cáo", "đợt", "trí", "bậc", "vị", *"0123456789.,/%",
)  # fmt: skip
"""What _COMPARED ends in, for a quick no."""
_BEFORE, _THING_BEFORE = 50, 80
"""Characters before a time in which the words stand that say so."""


def is_compared(lower: str, start: int) -> bool:
    """Whether something is compared with a time or with a thing of it: "so với số vụ của quý trước"."""
    before = max(0, start - _BEFORE)
    if lower[before:start].rstrip().endswith(_COMPARED_ENDS) and _COMPARED.search(lower, before, start):
        return True
    first = max(0, start - _THING_BEFORE)
    if lower.find("với ", first, start) < 0 and lower.find("vượt", first, start) < 0:
        return False
    return _COMPARED_THING.search(lower, first, start) is not None


def is_of_plan_met(lower: str, start: int) -> bool:
    """Whether a time is that of a plan of which so much was carried out: "đạt 61,7% kế hoạch năm"."""
    first = max(0, start - _BEFORE)
    if _OF_PLAN.match(lower, start):
        return _PLAN_MET.search(lower, first, start) is not None
    return lower.endswith(("hoạch ", "tiêu ", "toán ", "giao ", "của "), first, start) and (
        _PLAN_MET_OF.search(lower, first, start) is not None
    )
