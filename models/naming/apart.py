"""Several things that share one row of figures, told apart: "doanh thu và lợi nhuận lần lượt đạt 30 tỷ và 2 tỷ đồng"."""

from __future__ import annotations

import re

from models.naming.hiding import without_names
from models.naming.segments import subject_before
from models.naming.surroundings import Context
from models.vocabulary import last_match

_THING = (
    r"(?:tổng )?(?:số lượng|khối lượng|sản lượng|giá trị|trị giá|số tiền|số món|doanh (?:thu|số)|lợi nhuận(?: (?:trước|sau) thuế"
    r"| gộp| ròng)?|lãi(?: (?:gộp|ròng|trước thuế|sau thuế))?|chi phí|thu nhập|năng suất|diện tích|dư nợ|tiền gửi|huy động vốn"
    r"|(?:kim ngạch )?(?:xuất|nhập) khẩu|nhập siêu|xuất siêu)"
)
_THINGS = re.compile(rf"(?<!\w)(?:cả )?(?P<things>{_THING}(?:, {_THING})* và {_THING})(?!\w)")
_BETWEEN = re.compile(r", | và ")
_HAS = re.compile(r"\s(?:đã |cũng )?(?:đạt|ghi nhận|có|thu về|báo|công bố) $")
_ONLY_LEADS_ON = re.compile(r"\s(?:(?:đều|cùng|đã|đạt|lần lượt|tương ứng|là|ở mức|khoảng|hơn|gần|trên)\s)*$")
_TRADE = ("xuất khẩu", "nhập khẩu")
_LONGEST_WHO = 9


def tell_apart(context: Context) -> None:
    """Let a figure of a row stand behind its own one only of as many things as the row has figures."""
    said = context.said
    if context.row_size < 2:
        return
    if not context.row_place:
        said.row_lefts = _lefts(context.left, context.row_size)
    if said.row_lefts:
        context.left = said.row_lefts[context.row_place]


def _lefts(left: str, count: int) -> list[str]:
    """What stands before the row, once for each of its figures; empty where it tells of one thing only."""
    if " và " not in left:
        return []
    found = last_match(_THINGS, left)
    things = _BETWEEN.split(found["things"]) if found else []
    if found is None or len(things) != count:
        return []
    kind = "kim ngạch " if things[0].startswith("kim ngạch") else ""
    things = [f"{kind}{thing}" if thing in _TRADE else thing for thing in things]
    before, behind = left[: found.start()], left[found.end() :]
    has = _HAS.search(before) if _ONLY_LEADS_ON.fullmatch(behind) else None
    who = subject_before(before[: has.start()]) if has else ""
    if len(who.split()) > _LONGEST_WHO:
        who = who.partition(" tại ")[0]
    whose = f" {who}" if len(who.split()) <= _LONGEST_WHO else ""
    return [f"{thing}{whose}{behind}" if whose.strip() else f"{before}{thing}{behind}" for thing in things]


_LISTED = re.compile(
    r"(?:trong đó|gồm|cụ thể|gồm có)\s?:\s(?P<before>(?:[^%;:\d]{2,50} [\d.,]+%[;,]\s)*)"
    r"(?P<label>[^%;:\d]{2,50}?)(?: là| chiếm| đạt|:)?\s?$"
)
_FIELDS = re.compile(r"\s(?:các|những|một số|nhiều) (lĩnh vực|ngành|nhóm|khu vực|vùng|loại|mảng|độ tuổi|dòng)(?!\w).*$")


def listed_part(context: Context) -> str:
    """What one of the shares in a list is of, where the share before the colon tells it: "70% đơn, trong đó: dệt may 8%; đồ gỗ 5%"."""
    listed = _LISTED.search(context.lower, 0, context.start) if context.previous_here else None
    if listed is None:
        return ""
    told, place = context.said.told, listed["before"].count("%") + 1
    base, sort, sentence = told[-place] if place <= len(told) else ("", "", 0)
    if sort != "share" or sentence != context.said.sentence:
        return ""
    context.agent = without_names(listed["label"]).strip(" –-")
    kind = _FIELDS.sub(r" \1", base)
    return f"{kind} {context.agent}" if base and context.agent else ""


def is_joined(name: str, other: str) -> bool:
    """Whether a name is of several things where the other has told one of them.

    >>> is_joined("doanh thu và lợi nhuận của xưởng", "lợi nhuận của xưởng")
    True
    """
    return " và " in name and _THINGS.search(name) is not None and _THINGS.search(other) is None
