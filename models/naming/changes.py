"""What changes are called: "mức tăng số thẻ so với năm 2024", "doanh thu gấp so với năm trước"."""

from __future__ import annotations

import re

from models.naming.carried import POINTS_BACK, carried_topic, grown, rate
from models.naming.hiding import without_names
from models.naming.kinds import is_part
from models.naming.said import SAY_ALONE
from models.naming.segments import clip, without_trail
from models.naming.surroundings import Context

_RESPECT = re.compile(r"về\s+(?P<what>[^,;.()\d¤]{3,40}?)(?=\s*(?:[,;.()]|$|\s(?:và|so với|trong|nhưng)\b))")
_COMPARED = re.compile(
    r"so với\s+(?:(?:đầu|cuối|cùng kỳ|cả) )?(?:năm\s+\d{4}|năm học (?:trước|\d{4}\s?[-–]\s?\d{4})|năm\s+\w+|đầu năm|cùng kỳ"
    r"|(?:cùng kỳ )?tháng (?:trước|\d{1,2}(?:/\d{4})?)|quý \w+|tuần trước|(?:kỳ|lần|đợt|vụ|phiên|báo cáo|một năm)(?: (?:đánh giá|công bố"
    r"|xếp hạng|khảo sát))? trước|thời điểm \w+ \w+)"
)
# "So với năm 2019, lúc mới có 27 sản phẩm,": what the whole sentence is held against.
_AT_FIRST = re.compile(
    r"\W*(?:(?:nếu|tính|riêng) )?so với (?:thời điểm )?(?P<than>[^,;:()]{3,40}?)(?:\s\([^()]*\))?,\s"
)
_TOLD_OF_IT = re.compile(r"\s(?:của|gây|làm|kết nối|đã|tiếp tục|thu từ|dự kiến)(?!\w)")
_HOW_MUCH = re.compile(r"^(?:số lượng|(?:tổng )?(?:giá trị|trị giá)|số) ")
_LONG_BASE = 5
_SAYS_CHANGE = ("tốc độ tăng", "tăng trưởng", "lạm phát", "mức tăng", "mức giảm")
_BESIDE = re.compile(
    r"\s(?:so với\s)?(?:(?:con số|mức|số) của\s|của\s|ở\s|tại\s)?"
    r"(?P<what>(?!(?:và|trong|sau|lên|xuống|để|từ|tức|nhưng|song|mà|thì|là|với|cho|khi|nhờ|do|vì|dù|trở|còn|đạt|qua|chỉ|theo|nếu|nên|so|về"
    r"|đến|tới|vào|như|này|đó|ấy)(?!\w))[^\W\d][^,;:.()]*)"
)
_LONGEST_BESIDE = 7
_RESPECTIVELY = re.compile(r"(?:lần lượt|tương ứng)(?!\w)")
BEYOND = re.compile(r"(?<!không )(?P<how>vượt|thiếu|kém|cao hơn|thấp hơn|hụt|nhanh hơn|chậm hơn)(?=\W)[^,;]*$")
CHANGES = re.compile(
    r"(?:giảm|tăng|rút ngắn|tiết kiệm)(?:\s+(?:thêm|tối thiểu|ít nhất|khoảng|hơn|trên|gần|từ|tới|bình quân|trung bình|tiếp|được))*"
    r"\s*$"
)
AIM = re.compile(
    r"(?:(?:bình quân|trung bình|mặt bằng)(?: chung)?(?: (?:của )?(?:cả nước|toàn quốc|toàn tỉnh|toàn ngành|khu vực"
    r"|thế giới|asean))?|chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|quy định|dự toán|nhu cầu|định mức"
    r"|(?:công suất|dung tích) thiết kế)(?!\w)"
)
_CHANGE_WORDS = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn)(?: thêm| tương ứng| lần lượt| mạnh| nhẹ| vọt| đột biến| trưởng| bình quân| trung bình)*"
    r"\s*(?:(?:tới|đến) )?(?:khoảng|hơn|gần|trên|tới|đến)?\s*$"
)
_ONLY_LINK = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40}?)?(?:so với[^,;()]{2,40})?\s*[,;]?\s*(?:và|còn|,|;|\()?\s*$")
_TIMES_OF_BEFORE = re.compile(r"[,(]\s*gấp\b[^,]*$")
_NEAR = 30
"""Characters behind a number in which the aim stands that it is held against."""


def name_change(context: Context, left: str, head: str) -> str:
    right, unit = context.right, context.unit
    subject = "" if _continues_change(context, left) else head if len(head.split()) > 1 else context.subject
    base = subject
    if unit == "percent" and not context.is_of_whole() and (noun := context.noun_behind()) and CHANGES.search(left):
        base = noun
    if POINTS_BACK.search(left) or (len(base.split()) < 2 and base not in SAY_ALONE) or is_part(base):
        base = f"{carried_topic(context) or ''} {base if is_part(base) else ''}".strip() or base
    if not subject and _RESPECTIVELY.search(context.lower, 0, context.start):
        base = context.said.respective(context.unit, context.row_size, context.row_place) or base
    respect = _RESPECT.match(right.lstrip())
    if respect and not base.startswith(respect["what"]):
        base = f"{respect['what']} {_HOW_MUCH.sub('', base)}"
    if unit in ("percent", "percentage_point"):
        base = base.removeprefix("xếp hạng ")
    if unit != "percentage_point" and not subject and CHANGES.search(left):
        base = base.removeprefix("tỷ trọng ")
    if unit == "percentage_point":
        base = rate(base)
    if (beyond := BEYOND.search(left)) and (aim := AIM.search(beyond[0] + right[:_NEAR])):
        return f"{base} {beyond['how']} {aim[0]}"
    if beyond and beyond["how"] not in ("cao hơn", "thấp hơn"):
        return f"{base} {beyond['how']}"
    if context.is_ahead():
        return f"chênh lệch {base}"
    tail = against_time(context)
    if unit == "times" and not tail:
        tail = _against_others(right)
    if unit == "times" and "gấp" in left[-20:] + context.lower[context.start : context.start + 3]:
        return f"{base} {'tăng ' if 'tăng' in left[-20:] else ''}gấp{tail}"
    is_said = base.startswith(_SAYS_CHANGE)
    if is_said and unit == "percent":
        base = grown(context, base)
    return f"{'' if is_said else f'mức {context.direction} '}{_short_base(base) if tail else base}{tail}"


def against_time(context: Context) -> str:
    """The earlier time that a change is held against, behind its name: " so với năm 2024"; "" for none."""
    if compared := _COMPARED.search(context.right):
        return f" {compared[0]}"
    if context.than:
        return f" so với {context.than}"
    at_first = _AT_FIRST.match(context.lower) if "so với" in context.lower[:_NEAR] else None
    if at_first is None or at_first.end() > context.start or ";" in context.lower[: context.start]:
        return ""
    return f" so với {without_names(at_first['than'])}"


def _against_others(right: str) -> str:
    """What a multiple is of: " so với mức chung" of "gấp 3 lần mức chung"; "" where that is not told."""
    beside = _BESIDE.match(right)
    if beside and beside["what"].startswith("hiện nay"):
        return " so với hiện nay"
    what = without_trail(without_names(clip(beside["what"]))) if beside else ""
    return f" so với {what}" if 0 < len(what.split()) <= _LONGEST_BESIDE else ""


def _short_base(base: str) -> str:
    """What changed, without what is told of it from the fourth word on: "cuộc tấn công mạng" of "… gây ra sự cố"."""
    words = base.split()
    if len(words) < _LONG_BASE or base.startswith(("tỷ lệ", "giá trị trung bình")):
        return base
    opening = " ".join(words[:3])
    told = _TOLD_OF_IT.search(base, len(opening))
    return base[: told.start()] if told else base


def _continues_change(context: Context, left: str) -> bool:
    """Whether a change is of what the figure before was about: "tăng 42% về số lượng và 22% về giá trị"."""
    if not context.said.last:
        return False
    if context.unit == "times" and _TIMES_OF_BEFORE.search(left):
        return True
    return _ONLY_LINK.fullmatch(_CHANGE_WORDS.sub("", left)) is not None
