"""What shares are called that only say how many of the things counted right before them there are."""

from __future__ import annotations

import re

from models.naming.hiding import without_names
from models.naming.kinds import is_part, is_said
from models.naming.segments import clip
from models.naming.surroundings import Context

_IS_PART = re.compile(
    r"[\s,(]*(?:tức |và |mới |đã )?(?:đạt|chiếm|bằng|tương đương|hoàn thành|bao phủ|phủ)(?: tỷ lệ| khoảng| gần| hơn| trên| với)*\s*"
)
_THERE = re.compile(r"\s(?:ở|tại|thuộc|đến từ)\s(?!cấp)[^\W\d]")
_PEOPLE = ("dân số", "người dân", "hộ")
# Of what was counted last this only says how it was done: "11.090 hồ sơ, đúng hẹn 100%".
_HOW_DONE = re.compile(
    r"(?:(?:giải quyết|xử lý|trả|trả kết quả) )?(?:(?:đúng|trước|sớm|quá|trễ|chậm)(?: hạn)?(?: và |, ))?"
    r"(?:đúng|trước|sớm|quá|trễ|chậm) (?:hạn|hẹn)|thành công|hợp lệ"
)


def just_counted(context: Context) -> str:
    """What was counted right before a share that stands alone: "đã làm rõ 289/417 vụ, đạt 69,3%"."""
    said = context.said
    if not context.previous_here or said.last_sort != "count" or not _IS_PART.fullmatch(context.left):
        return ""
    return said.in_full


def part_there(context: Context) -> str:
    """What was told right before, where the number says how much of it is somewhere: "2,8 triệu khách, 65% ở nông thôn"."""
    if not context.previous_here or _THERE.match(context.right) is None or context.own_subject:
        return ""
    context.agent = without_names(clip(context.right)).strip(" ,")
    return f"{context.said.last or context.said.in_full} {context.agent}"


def part_of(context: Context, noun: str) -> str | None:
    """What was counted right before, where the number only says how much that is: "1,6 triệu người, đạt 89% dân số"."""
    said = context.said
    if not context.previous_here or said.last_sort != "count" or not said.last or not _IS_PART.fullmatch(context.left):
        return None
    if is_part(said.counted or "") and not context.left.startswith((",", " (")):
        return None
    is_another = len(noun.split()) > 1 and not is_said(noun) and (said.counted or "").split()[0] not in noun.split()
    return f"{noun} {said.last}" if is_another or noun.startswith(_PEOPLE) else said.last


def handled(context: Context, how: str) -> str:
    """What a rate is of that says only how it was done: "hồ sơ đúng hẹn" of "11.090 hồ sơ, đúng hẹn 100%"."""
    counted = context.said.counted
    if counted is None or not _HOW_DONE.fullmatch(how):
        return ""
    return f"{'hồ sơ' if is_part(counted) or counted.startswith('thủ tục') else counted} {how}"
