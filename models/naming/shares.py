"""What shares and changes are called: "tỷ lệ hồ sơ đúng hạn", "mức tăng số thẻ so với năm 2024"."""

from __future__ import annotations

import re

from models.naming.counted import handled, just_counted, part_of, part_there
from models.naming.hiding import COVER, without_names
from models.naming.indices import short
from models.naming.kinds import is_part, is_said
from models.naming.segments import (
    NUMBER_OF,
    head_phrase,
    last_piece,
    tidy,
    verb_before,
    without_lead,
    without_stand_ins,
    without_trail,
)
from models.naming.surroundings import Context
from models.naming.undated import without_time
from models.vocabulary import any_of_many

_RATE = re.compile(rf"(?:{any_of_many('names.measure')})(?!\w)|(?:par index|sipas|papi|pci|dti|ict index|egdi)\b")
_COUNT_HEAD = re.compile(rf"^(?:tổng số|số lượng|{NUMBER_OF})\s+")
_POINTS_BACK = re.compile(
    r"(?<!\w)(?<!trong )(?P<what>tỷ lệ|tỉ lệ|tỷ trọng|thị phần|chỉ tiêu|con số|chỉ số|kết quả|mức|số)"
    r"\s+(?:này|đó|ấy|trên(?=\s+\S)|nói trên)(?!\w)"
)
_POINTS_AT_SEVERAL = re.compile(
    r"(?<!\w)(?:(?:hai|ba|bốn|các|những)\s(?:tỷ lệ|tỉ lệ|chỉ tiêu|con số|chỉ số|mức)|(?:tỷ lệ|con số"
    r"|kết quả)(?:\s\w+){0,6}?\s(?:lần lượt|tương ứng))(?!\w)"
)
_RESPECT = re.compile(r"về\s+(?P<what>[^,;.()\d¤]{3,40}?)(?=\s*(?:[,;.()]|$|\s(?:và|so với|trong|nhưng)\b))")
_COMPARED = re.compile(
    r"so với\s+(?:(?:đầu|cuối|cùng kỳ|cả) )?(?:năm\s+\d{4}|năm\s+\w+|đầu năm|cùng kỳ|(?:cùng kỳ )?tháng (?:trước|\d{1,2}(?:/\d{4})?)"
    r"|quý \w+|tuần trước|kỳ trước|thời điểm \w+ \w+)"
)
_TOLD_OF_IT = re.compile(r"\s(?:của|gây|làm|kết nối|đã|tiếp tục|thu từ|dự kiến)(?!\w)")
_HOW_MUCH = re.compile(r"^(?:số lượng|(?:tổng )?(?:giá trị|trị giá)|số) ")
_LONG_BASE = 5
_SAYS_CHANGE = ("tốc độ tăng", "tăng trưởng", "lạm phát", "mức tăng", "mức giảm")
_BESIDE = re.compile(
    r"\s(?P<what>(?:cùng kỳ|năm|quý|tháng|cuối|đầu|kế hoạch|chỉ tiêu|trung bình|bình quân|mức)(?:\s[^\W_]+){1,4})"
)
_OF_ECONOMY = re.compile(
    r"\s(?:của\s)?(?P<whole>gr?dp|tổng mức bán lẻ|tổng chi(?: ngân sách)?|tổng vốn|tổng kim ngạch|kim ngạch)(?!\w)"
)
_CONTRIBUTES = re.compile(r"\s(?:chỉ |mới |đã |ước |sẽ )?(?:đóng góp|góp)$")
_RESPECTIVELY = re.compile(r"(?:lần lượt|tương ứng)(?!\w)")
_BEYOND = re.compile(r"(?<!không )(?P<how>vượt|thiếu|kém|cao hơn|thấp hơn|hụt|nhanh hơn|chậm hơn)(?=\W)[^,;]*$")
_CHANGES = re.compile(
    r"(?:giảm|tăng|rút ngắn|tiết kiệm)(?:\s+(?:thêm|tối thiểu|ít nhất|khoảng|hơn|trên|gần|từ|tới|bình quân|trung bình|tiếp|được))*"
    r"\s*$"
)
_RISES = re.compile(r"(?<!\w)(?:tăng|giảm)(?: thêm| tối thiểu| ít nhất| khoảng| hơn| trên| gần| bình quân)*\s*$")
_AIM = re.compile(
    r"(?:(?:bình quân|trung bình|mặt bằng)(?: chung)?(?: (?:của )?(?:cả nước|toàn quốc|toàn tỉnh|toàn ngành|khu vực"
    r"|thế giới|asean))?|chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|quy định|dự toán)(?!\w)"
)
_AMOUNTS_TO = re.compile(r"(?<!\w)(?:bằng|tương đương)(?: khoảng| gần| hơn| chỉ)?\s*$")
_EARLIER = re.compile(
    r"(?:của )?(?:cả )?(?:cùng kỳ(?: năm (?:\d{4}|trước|ngoái))?|năm (?:\d{4}|trước|ngoái)|tháng trước|quý trước)(?!\w)"
)
_TAKEN_IN = ("doanh thu", "thu nhập", "năng suất")
_MEASURED = re.compile(
    r"(?:tổng )?(?:doanh số|doanh thu|quy mô|thị phần|giá trị|kim ngạch|lượng|sản lượng|dung lượng|lợi nhuận)"
)
_TAKES = re.compile(r"(?<!\w)(?:chiếm|bằng|giữ|nắm)(?: khoảng| gần| hơn| trên| tới| chưa đến)?\s*$")
_CHANGE_WORDS = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn)(?: thêm| tương ứng| lần lượt)*\s*(?:khoảng|hơn|gần|trên|tới|đến)?\s*$"
)
_ONLY_LINK = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40}?)?(?:so với[^,;()]{2,40})?\s*[,;]?\s*(?:và|còn|,|;|\()?\s*$")
_TIMES_OF_BEFORE = re.compile(r"[,(]\s*gấp\b[^,]*$")
_REACHES = re.compile(r"(?:đến|tới|cho|phủ|tại|trên)\s*(?:gần|hơn|khoảng|trên)?$")
_PARTS_BEHIND = ("cấp ", "khối ", "nhóm ", "vùng ", "khu vực", "lĩnh vực", "đô thị", "nông thôn")
_LONGEST_ACTION = 8
_SHORT_NAME = 4
_NEAR = 30
"""Characters behind a number in which the aim stands that it is held against."""


def rate(phrase: str) -> str:
    """ "tỷ lệ" before a phrase that does not say itself what is measured: "mức hài lòng", "chỉ số SIPAS"."""
    if phrase.startswith("xếp hạng "):
        phrase = phrase.removeprefix("xếp hạng ")
        return phrase if phrase.startswith("chỉ số") else f"chỉ số {phrase}"
    return phrase if _RATE.match(phrase) else f"tỷ lệ {_COUNT_HEAD.sub('', phrase)}".strip()


def name_share(context: Context) -> str:
    """Percentages and times."""
    left = context.left
    head = head_phrase(left)
    if context.kind == "change" or context.unit != "percent":
        return name_change(context, left, tidy(head or ""))
    if context.previous_here and context.is_ahead() and (than := carried_topic(context)):
        return f"chênh lệch {than}"
    if context.row_size > 1 and (one := _one_of_several(context)):
        return rate(one)
    if (back := _POINTS_BACK.search(left)) and (said := _pointed_at(context, back["what"])):
        return rate(said)
    noun, name = context.noun_behind(), tidy(head or "")
    if (whole := _OF_ECONOMY.match(context.right)) and (part := _part_of_economy(context, name)):
        context.agent = f"trong {whole['whole']}"
        return f"tỷ trọng {part} {context.agent}"
    if not noun and (there := part_there(context)):
        return rate(there)
    if not noun and (counted := just_counted(context)):
        return f"{rate(counted)}{_against_aim(context)}"
    if not noun and context.is_led_to() and (led_from := carried_topic(context)):
        return f"{rate(led_from)}{_against_aim(context)}"
    if _says_index(context, name) and not noun:
        return context.index or ""
    if _BEYOND.search(left) or (_CHANGES if noun else _RISES).search(left):
        return name_change(context, left, name)
    if (part := name or context.own_subject).startswith(_TAKEN_IN) and _TAKES.search(left):
        return f"tỷ lệ {part}{_against_aim(context)}"
    if name and _RATE.match(name):
        return _with_thing(context, name, noun)
    if _MEASURED.fullmatch(noun) and _TAKES.search(left) and len(context.own_subject.split()) > 1:
        context.agent = context.own_subject
        return f"{noun if noun == 'thị phần' else f'tỷ lệ {noun}'} {context.agent}"
    if noun and (owned := part_of(context, noun)):
        return rate(owned)
    if noun and not context.is_of_whole() and (found := _name_by_noun(context, noun, left)):
        return found
    if len(name.split()) > 1:
        return rate(name)
    subject = context.subject
    if noun and subject and len(subject.split()) <= 2 and context.verb == subject and context.is_of_whole():
        return rate(noun)
    if subject and len(subject.split()) <= 2 and context.verb == subject:
        return rate(f"{context.said.last or ''} {subject}" if context.previous_here else subject)
    if not subject and not context.said.last and context.index:
        return context.index
    return f"{rate(_with_part(context, subject) or noun)}{_against_aim(context)}"


def _against_aim(context: Context) -> str:
    """What a share is of where an aim follows: "đạt 61% kế hoạch năm"."""
    right = context.right.lstrip()
    aim = _AIM.match(right) or _EARLIER.match(right)
    is_held = aim is not None and (aim.re is _AIM or _AMOUNTS_TO.search(context.left) is not None)
    return f" so với {aim[0]}" if aim and is_held else ""


def _says_index(context: Context, head: str) -> bool:
    """Whether the clause names an index right before the number: "PAR Index đạt 87%"."""
    if not context.index or context.index_end <= context.previous_end or head.startswith(("tỷ lệ", "mức", "giá trị")):
        return False
    gap = without_time(without_names(context.lower[context.index_end : context.start]))
    return len(without_trail(" " + gap).split()) <= 2 or head.startswith("chỉ số")


def _with_thing(context: Context, head: str, noun: str) -> str:
    """A rate's name with what it is of, where it says only "tỷ lệ" or "giá trị trung bình"."""
    measure, rest = " ".join(head.split()[:2]), " ".join(head.split()[2:])
    if rest and measure in ("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "thị phần") and not without_stand_ins(rest):
        head = measure
    if how := handled(context, rest):
        return f"{measure} {how}"
    if len(head.split()) > 2 and not head.startswith("giá trị trung bình"):
        return head
    is_long = len(head.split()) > _SHORT_NAME
    index = context.index and (short(context.index) if is_long else context.index)
    things = noun, index if head.startswith(("giá trị", "chỉ số")) else None, context.subject, carried_topic(context)
    thing = next((thing for thing in things if thing and not set(thing.split()) <= {*head.split()}), "")
    return f"{head} {thing}"


def _name_by_noun(context: Context, noun: str, left: str) -> str | None:
    """From the noun behind the number: "82% hồ sơ nộp trực tuyến", "trong đó 37% nộp qua mạng"."""
    if is_said(noun):
        thing = context.subject or (context.said.counted if context.previous_here else None) or carried_topic(context)
        return rate(f"{thing} {noun}" if thing and not noun.startswith(thing) else noun)
    if noun.startswith(_PARTS_BEHIND) and context.previous_here and len(noun.split()) <= _SHORT_NAME:
        return rate(f"{carried_topic(context) or ''} {noun}")
    if len(noun.split()) >= 2 or _REACHES.search(left.rstrip()):
        return rate(_with_reach(noun, left))
    return None


def _part_of_economy(context: Context, head: str) -> str:
    """What a share of GDP, of all sales or of all spending is that of."""
    said = context.said
    told = said.last if context.previous_here and said.last_sort in ("money", "change") else None
    part = _CONTRIBUTES.sub("", head or context.subject or told or "").removeprefix("khu vực ")
    says_no_thing = len(part.split()) < 2 or part == context.verb or is_part(part)
    return "" if says_no_thing or part.startswith(("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "mức")) else part


def _with_part(context: Context, subject: str) -> str:
    """What a bare percentage is a rate of: "(đạt 74,7%)", "khối tỉnh chỉ đạt 16,94%"."""
    if how := handled(context, subject):
        return how
    carried = carried_topic(context)
    if not carried:
        return subject
    if not subject:
        return carried
    if not is_part(subject) and len(subject.split()) > 1 and not context.left.lstrip(" ,;").startswith("của "):
        return subject
    context.agent = subject
    return f"{carried} {subject}"


def carried_topic(context: Context) -> str | None:
    """What a figure without words of its own is about: what the one before was, or the last of its sort."""
    said = context.said
    same = said.of_sort(context.unit)
    gap = context.lower[context.previous_end : context.start]
    if len(context.heading.split()) > 1:
        return context.heading
    if context.previous_here and ";" not in gap and COVER not in gap and said.last:
        return said.last
    return same or said.last


def _one_of_several(context: Context) -> str | None:
    """What one share of a row is of that says of what only by "hai tỷ lệ này": of those told before, in their order."""
    said = context.said
    if not context.row_place:
        said.points_back = _POINTS_AT_SEVERAL.search(context.left) is not None
    return said.pointed_at("percent", context.row_size, context.row_place) if said.points_back else None


def _pointed_at(context: Context, what: str) -> str | None:
    said = context.said
    return (
        said.of_sort(context.unit) if what in ("tỷ lệ", "tỉ lệ", "tỷ trọng", "thị phần", "chỉ số", "mức") else None
    ) or said.last


def _with_reach(noun: str, left: str) -> str:
    """ "phủ sóng di động đến 100% số xã" ─► "xã phủ sóng di động"."""
    if len(noun.split()) > _LONGEST_ACTION:
        return noun
    if not _REACHES.search(left.rstrip()):
        return f"{noun} {verb_before(without_names(left))}"
    action = without_lead(without_time(without_names(last_piece(left))))
    if len(action.split()) > _LONGEST_ACTION:
        action = verb_before(without_trail(left)) or " ".join(action.split()[1 - _LONGEST_ACTION :])
    return f"{noun} {action}"


def name_change(context: Context, left: str, head: str) -> str:
    right, unit = context.right, context.unit
    subject = "" if _continues_change(context, left) else head if len(head.split()) > 1 else context.subject
    base = subject
    if unit == "percent" and not context.is_of_whole() and (noun := context.noun_behind()) and _CHANGES.search(left):
        base = noun
    if _POINTS_BACK.search(left) or len(base.split()) < 2 or is_part(base):
        base = f"{carried_topic(context) or ''} {base if is_part(base) else ''}".strip() or base
    if not subject and _RESPECTIVELY.search(context.lower, 0, context.start):
        base = context.said.respective(context.unit, context.row_size, context.row_place) or base
    respect = _RESPECT.match(right.lstrip())
    if respect and not base.startswith(respect["what"]):
        base = f"{respect['what']} {_HOW_MUCH.sub('', base)}"
    if unit in ("percent", "percentage_point"):
        base = base.removeprefix("xếp hạng ")
    if unit == "percentage_point":
        base = rate(base)
    if (beyond := _BEYOND.search(left)) and (aim := _AIM.search(beyond[0] + right[:_NEAR])):
        return f"{base} {beyond['how']} {aim[0]}"
    if beyond and beyond["how"] not in ("cao hơn", "thấp hơn"):
        return f"{base} {beyond['how']}"
    if context.is_ahead():
        return f"chênh lệch {base}"
    compared = _COMPARED.search(right)
    tail = f" {compared[0]}" if compared else f" so với {context.than}" if context.than else ""
    if unit == "times" and not compared and (beside := _BESIDE.match(right)):
        tail = f" so với {beside['what']}"
    if unit == "times" and "gấp" in left[-20:] + context.lower[context.start : context.start + 3]:
        return f"{base} {'tăng ' if 'tăng' in left[-20:] else ''}gấp{tail}"
    is_said = base.startswith(_SAYS_CHANGE)
    return f"{'' if is_said else f'mức {context.direction} '}{_short_base(base) if tail else base}{tail}"


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
