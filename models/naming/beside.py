"""What counts that name little more than their unit get from the figures beside them."""

from __future__ import annotations

import re

from models.naming.hiding import COVER
from models.naming.kinds import is_part
from models.naming.segments import clip, tidy
from models.naming.surroundings import Context
from models.vocabulary import any_of_many

MEMBERS = "thành viên"
_WITH = re.compile(r"(?P<whole>[^,;:.()]*),? với (?:tổng số |tổng cộng |khoảng |hơn |gần |trên )*")
_LONGEST_WHOLE = 7
_AT = re.compile(
    r"[\s,]*(?:(?:trải|có mặt|hoạt động|phân bố|đặt|lắp) )?(?:ở|tại|khắp|đến từ|phủ kín|phủ hết|phủ)(?: khắp| đủ| cả"
    r"| toàn bộ| hơn| gần| khoảng)*\s*"
)
_THIS_NUMBER = re.compile(r"(?<!\w)số này[^,;]*$")
_THEIRS = re.compile(r"(?:\s[^\W\d]+){0,4} (?:của|đối với)(?: hơn| gần| khoảng| trên)?\s*")
_LONGEST_HELD = 6
_LABEL = re.compile(r"(?:[(,;]|\s(?:gồm|và|trong đó))\s*(?P<what>(?!trong đó)[^\W\d][^,;:()¤]{2,30}):$")
_LONGEST_TOLD = 10


# What is said of the things behind an aside, behind a list of their names or behind others of which it is said too.
_SAID = r"(?:(?:đã|đang|được|chưa|phải|không|bị|cùng|vẫn|có|thiếu|chết|mất|thuộc|nghỉ)(?!\w)"
_BEYOND = re.compile(
    r"(?:,\s(?:tương đương|chiếm|bằng|tức|hay|phần lớn|đa số|chủ yếu|tương ứng)\s[^;:()]{1,60}?,\s"
    rf"|\s(?:gồm|bao gồm|là)[:\s][^;()\d]{{3,300}}?{COVER}\s)(?P<said>{_SAID}|(?:{any_of_many('names.verb')})(?!\w)).*)"
    r"|,?\s(?:và|cùng|với|cùng với|của|thuộc|tại|ở)\s[\d.,/]+(?:\s[^\W\d]+,?){1,9}?\s"
    r"(?P<shared>(?:đã|đang|được|chưa|phải|bị|đều|thiếu|tham gia)(?!\w).*)"
)


_ONLY_ALSO = re.compile(
    r"(?:\sso với[^,;]*)?[\s,;:(]*(?:(?:trong đó|gồm|bao gồm|và|cùng|có)[\s:]+)*(?:(?:hơn|gần|khoảng|trên)\s)?"
)
_DONE = re.compile(
    r"\s(?!cấp (?:tỉnh|huyện|xã|sở|bộ|trung ương))"
    rf"(?:được|đã|bị|chưa|không|phải|quá hạn|đúng hạn|{any_of_many('names.verb')})(?!\w).*"
)
_LONGEST_PART = 4


def done_to_all(context: Context, unit: str, part: str) -> str:
    """What was said of all of the things, where only a part of them is named: "44 hồ sơ được rút ngắn, có 20 hồ sơ cấp tỉnh"."""
    said = context.said
    if said.counted != unit or not is_part(part) or len(part.split()) > _LONGEST_PART:
        return ""
    base, sentence = said.by_unit.get(unit, ("", 0))
    if sentence != said.sentence or _ONLY_ALSO.fullmatch(context.left) is None:
        return ""
    done = _DONE.search(base, len(unit))
    return done[0].strip() if done else ""


_OF_TOTAL = re.compile(r"\s(?:trên|trong)(?: tổng)?(?: số)?\s\d[\d.,]*\s")


def said_beyond(context: Context) -> str:
    """What is said of things a little later: "đã nộp qua mạng" of "900 hộ, tương đương 80%, đã nộp qua mạng"; else ""."""
    if (total := _OF_TOTAL.match(context.lower, context.end)) and context.lower.startswith(context.unit, total.end()):
        return clip(context.lower[total.end() + len(context.unit) :])
    beyond = _BEYOND.match(context.lower, context.end)
    return clip(beyond["said"] or beyond["shared"]) if beyond else ""


def sort_before_colon(context: Context, unit: str) -> str:
    """Of which sort things are whose sort stands before a colon: "258 thủ tục (mức độ 3: 198; mức độ 4: 60)"."""
    before = context.lower[: context.start].rstrip()
    label = _LABEL.search(before) if before.endswith(":") else None
    if label is None or context.said.last_sort != "count" or context.lower[context.end - 1].isalpha():
        return ""
    context.agent, last = label["what"], context.said.last or ""
    if context.agent.startswith(unit):
        return f"số {context.agent}"
    is_told = last.startswith(unit) and len(last.split()) <= _LONGEST_TOLD
    return f"số {last if is_told else unit} {context.agent}"


def held_by(context: Context) -> str:
    """What was told right before of the things counted: "86 gian hàng của 64 doanh nghiệp"."""
    held = context.said.in_full
    is_theirs = context.previous_here and _THEIRS.fullmatch(context.lower, context.previous_end, context.start)
    return held if is_theirs and len(held.split()) <= _LONGEST_HELD else ""


def held_there(context: Context) -> str | None:
    """What was counted right before, where these things are its places: "1.200 trạm ở 63 tỉnh"."""
    said = context.said
    if not context.previous_here or said.last_sort != "count" or not said.last or not _AT.fullmatch(context.left):
        return None
    return said.last.removeprefix(f"{MEMBERS} ")


def pointed_at(context: Context) -> str | None:
    """What "con số này" was about: "con số này mới là 12 phường"."""
    return context.said.last if "số này" in context.left and _THIS_NUMBER.search(context.left) else None


def whole_of(context: Context) -> str:
    """What the counted things belong to: "tổ công nghệ số cộng đồng" of "1.204 tổ công nghệ số cộng đồng với 8.000 thành viên"."""
    if "với" not in context.lower[context.previous_end : context.start] or context.said.last_sort != "count":
        return ""
    if (between := _WITH.fullmatch(context.lower, context.previous_end, context.start)) is None:
        return ""
    before, has, behind = between["whole"].rpartition(" có ")
    whole = tidy(behind if has else f"{context.said.counted} {before or behind}")
    return whole if len(whole.split()) <= _LONGEST_WHOLE else ""


_ANY_PERSON = re.compile(r"số người(?! (?:lao động|hoạt động|dân|dùng|bệnh|nghèo))")
_OF_THESE = re.compile(r"(?<!\w)số (?:này|đó|ấy|trên)(?!\w)|trong đó")


def of_their_kind(context: Context, name: str) -> str:
    """A name of people with the kind of which they were said to be: "số giáo viên ở tiểu học" for "số người ở tiểu học"."""
    kind, sentence = context.said.people
    age = context.said.sentence - sentence
    if not kind or age > 1 or _ANY_PERSON.match(name) is None:
        return name
    goes_on = context.previous_here or (age == 1 and _OF_THESE.search(context.lower, 0, context.start))
    return f"số {kind}{name.removeprefix('số người')}" if goes_on else name


# "bằng 97% kế hoạch năm (4.100 tỷ đồng)", "(kế hoạch là 90 tỷ đồng)"
_PLAN = re.compile(
    r"(?P<what>(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?: (?:cả )?năm| vốn| giao)*)[^,;()]{0,20}?(?:\(| là)\s*"
    r"(?:là |gần |hơn |trên |khoảng )?$"
)


_PLAN_SIGNS = ("(", " là ")


def plan_of(context: Context) -> str:
    """Of which plan a value is that stands right behind a share of it: "theo kế hoạch năm"; else ""."""
    if not context.previous_here or not any(sign in context.left for sign in _PLAN_SIGNS):
        return ""
    plan = _PLAN.search(context.lower, context.previous_end, context.start)
    return f"theo {plan['what']}" if plan else ""
