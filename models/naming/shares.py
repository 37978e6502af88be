"""What shares are called: "tỷ lệ hồ sơ đúng hạn"."""

from __future__ import annotations

import re

from models.naming.apart import listed_part
from models.naming.carried import POINTS_BACK, RATE, carried_topic, grown, rate
from models.naming.changes import AIM, BEYOND, CHANGES, name_change
from models.naming.counted import handled, just_counted, part_of, part_there
from models.naming.hiding import COVER, without_names
from models.naming.indices import short
from models.naming.kinds import is_part, is_said
from models.naming.segments import (
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

_POINTS_AT_SEVERAL = re.compile(
    r"(?<!\w)(?:(?:hai|ba|bốn|các|những)\s(?:tỷ lệ|tỉ lệ|chỉ tiêu|con số|chỉ số|mức)|(?:tỷ lệ|con số"
    r"|kết quả)(?:\s\w+){0,6}?\s(?:lần lượt|tương ứng))(?!\w)"
)
# Of each of the figures right before them some shares are told: "90 tỷ đồng doanh thu và 6 tỷ đồng lãi, lần lượt đạt".
_TELL = r"(?:đạt|bằng|hoàn thành|tương đương|là|chiếm|thực hiện|được)"
_RESPECTIVELY = re.compile(
    rf"[\s,(]*(?:(?:và|đều|đã|cũng|mới) )*(?:{_TELL} )?(?:lần lượt|tương ứng)(?: với)?(?: {_TELL})*(?: (?:khoảng|gần|hơn|trên|tới))*\s*"
)
# A sentence that begins so tells of places what the article is about, whatever was told of before.
_BY_PLACE = re.compile(
    r"\W*(?:(?:xét |tính |chia )?theo (?:tỉnh|địa phương|vùng|huyện|xã|bộ)|(?:trong|ở|với) (?:các |số )?"
    r"(?:khối |nhóm )?(?:các )?(?:tỉnh|địa phương|huyện|xã|phường|bộ|sở))(?!\w)"
)
_IN_PERCENT = re.compile(r"\b(?:par index|sipas)\b", re.IGNORECASE)
_OF_ECONOMY = re.compile(
    r"\s(?:của\s)?(?P<whole>gr?dp|tổng mức bán lẻ|tổng chi(?: ngân sách)?|tổng vốn|tổng kim ngạch|kim ngạch)(?!\w)"
)
_CONTRIBUTES = re.compile(r"\s(?:chỉ |mới |đã |ước |sẽ )?(?:đóng góp|góp)$")
_RISES = re.compile(
    r"(?<!\w)(?:tăng|giảm)(?: thêm| tối thiểu| ít nhất| khoảng| hơn| trên| gần| bình quân)*\s*$"
    r"|(?<!\w)(?:tăng|giảm)(?: trưởng)?(?: rất)?(?: mạnh| nhanh| cao| nhẹ| tốt)?,? (?:lần lượt|tương ứng)"
    r"(?: khoảng| hơn| trên| gần| là)*\s*$"
)
_AMOUNTS_TO = re.compile(r"(?<!\w)(?:bằng|tương đương)(?: khoảng| gần| hơn| chỉ)?\s*$")
_EARLIER = re.compile(
    r"(?:của )?(?:cả )?(?:cùng kỳ(?: năm (?:\d{4}|trước|ngoái))?|năm (?:\d{4}|trước|ngoái)|tháng trước|quý trước)(?!\w)"
)
_WHOSE_AIM = re.compile(
    r"\s(?:pháp lệnh|được giao|đề ra|đặt ra|(?:cả )?năm(?!\s(?:\d|trước|ngoái|nay))|(?:[^\s\d,;.¤]+\s){1,3}giao)(?!\w)"
)
_TAKEN_IN = ("doanh thu", "thu nhập", "năng suất")
_MEASURED = re.compile(
    r"(?:tổng )?(?:doanh số|doanh thu|quy mô|thị phần|giá trị|kim ngạch|lượng|sản lượng|dung lượng|lợi nhuận)"
)
_TAKES = re.compile(
    r"(?<!\w)"
    r"(?:chiếm(?: tỷ trọng| tỷ lệ)?|bằng|giữ|nắm|nắm giữ|góp|đóng góp|gánh|mang về|hút)(?: khoảng| gần| hơn| trên| tới| chưa đến)?\s*$"
)
_TAKES_SHARE = re.compile(r"(?<!\w)chiếm (?:tỷ trọng|tỷ lệ)(?: khoảng| gần| hơn| trên| tới)?\s*$")
_TAKEN_BY = re.compile(rf"[^{COVER}\s](?:,? (?:dù|nhưng|hiện|đã|vẫn|cũng|chỉ|mới|đang))*\s{_TAKES.pattern}")
# "đạt 92%, vượt mục tiêu năm (90%)"
_AIM_ITSELF = re.compile(
    r"(?<!\w)(?:vượt|so với|hơn|dưới|chưa đạt|sát|gần|bằng)\s(?:mức\s|qua\s)?(?:mục tiêu|kế hoạch|chỉ tiêu|yêu cầu)"
    r"(?:\s(?:của|cả|năm|quý|tháng|đề ra|đặt ra|được giao|tỉnh|chung|là|\d+))*\s*\(?$"
)
_REACHES = re.compile(r"(?:đến|tới|cho|phủ|tại|trên)\s*(?:gần|hơn|khoảng|trên)?$")
_PARTS_BEHIND = ("cấp ", "khối ", "nhóm ", "vùng ", "khu vực", "lĩnh vực", "đô thị", "nông thôn")
_LONGEST_ACTION = 8
_SHORT_NAME = 4


def name_share(context: Context) -> str:
    """Percentages and times."""
    left = context.left
    head = head_phrase(left)
    if context.kind == "change" or context.unit != "percent":
        return name_change(context, left, tidy(head or ""))
    if context.previous_here and context.is_ahead() and (than := carried_topic(context)):
        return f"chênh lệch {than}"
    if context.row_size > 1 and (one := _one_of_several(context)):
        return f"{f'tỷ lệ {one}' if one.startswith(_TAKEN_IN) else rate(one)}{_against_aim(context)}"
    if (back := POINTS_BACK.search(left)) and (said := _pointed_at(context, back["what"])):
        return rate(said)
    noun, name = context.noun_behind(), tidy(head or "")
    if (whole := _OF_ECONOMY.match(context.right)) and (part := _part_of_economy(context, name)):
        context.agent = f"trong {whole['whole']}"
        return f"tỷ trọng {part} {context.agent}"
    if not noun and ":" in context.lower and (part := listed_part(context)):
        return rate(part)
    if not noun and (there := part_there(context)):
        return rate(there)
    if not noun and (counted := just_counted(context)):
        return f"{rate(counted)}{_against_aim(context)}"
    if not noun and (context.is_led_to() or _AIM_ITSELF.search(left)) and (led_from := carried_topic(context)):
        return f"{rate(led_from)}{_against_aim(context)}"
    if _says_index(context, name) and not noun:
        return context.index or ""
    if not context.row_place:
        context.said.row_rises = context.row_size > 1 and _RISES.search(left) is not None
    if (
        BEYOND.search(left)
        or (CHANGES if noun else _RISES).search(left)
        or (context.row_place and context.said.row_rises)
    ):
        return name_change(context, left, name)
    return _by_words_around(context, name, noun) or _by_subject(context, name, noun)


def _by_words_around(context: Context, name: str, noun: str) -> str:
    """A share by the phrase before its number or behind it: "tỷ lệ …", "chiếm 40% lượng máy"; "" where neither says."""
    left = context.left
    if _TAKES.search(left) and (part := name or context.own_subject).startswith(_TAKEN_IN):
        return f"tỷ lệ {part}{_against_aim(context)}"
    if name and RATE.match(name):
        return _with_thing(context, name, noun)
    if _MEASURED.fullmatch(noun) and _TAKES.search(left) and len(context.own_subject.split()) > 1:
        context.agent = context.own_subject
        return f"{noun if noun == 'thị phần' else f'tỷ lệ {noun}'} {context.agent}"
    if noun and (owned := part_of(context, noun)):
        return rate(owned)
    if noun and (taken := _part_taken(context, noun)):
        return taken
    if noun and "chiếm t" in left and _TAKES_SHARE.search(left):
        return f"tỷ trọng {noun}"
    if noun and not context.is_of_whole() and (found := _name_by_noun(context, noun, left)):
        return found
    return ""


def _by_subject(context: Context, name: str, noun: str) -> str:
    """A share by the subject of its clause, else by what was told of before."""
    if len(name.split()) > 1:
        return f"{rate(name)}{_against_aim(context)}"
    subject = context.subject
    if not noun and not subject and _IN_PERCENT.search(context.index or "") and _BY_PLACE.match(context.lower):
        return context.index or ""
    if noun and subject and len(subject.split()) <= 2 and context.verb == subject and context.is_of_whole():
        return rate(noun)
    if subject and len(subject.split()) <= 2 and context.verb == subject:
        return rate(f"{context.said.last or ''} {subject}" if context.previous_here else subject)
    if not subject and not context.said.last and context.index:
        return context.index
    return f"{rate(_with_part(context, subject) or noun)}{_against_aim(context)}"


def _part_taken(context: Context, noun: str) -> str:
    """What a share says of a part and of its whole: "phân khúc dưới 5 triệu chiếm 15% lượng máy"."""
    part = context.own_subject
    if context.is_of_whole() or is_said(noun) or len(part.split()) < 2 or noun.startswith("thị phần"):
        return ""
    if {*part.split()} & {*noun.split()} or part == context.verb or _TAKEN_BY.search(context.left) is None:
        return ""
    context.agent = part
    return f"tỷ lệ {noun} {part}"


def _against_aim(context: Context) -> str:
    """What a share is of where an aim follows: "đạt 61% kế hoạch năm"."""
    right = context.right.lstrip()
    aim = AIM.match(right) or _EARLIER.match(right)
    is_held = aim is not None and (aim.re is AIM or _AMOUNTS_TO.search(context.left) is not None)
    if aim is None or not is_held:
        return ""
    whose = _WHOSE_AIM.match(right, aim.end())
    return f" so với {aim[0]}{whose[0] if whose else ''}"


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
        of = (
            noun
            if len(head.split()) <= _SHORT_NAME and 0 < len(noun.split()) <= _SHORT_NAME and not is_said(noun)
            else ""
        )
        return f"{head} {of}".strip() if of and not {*of.split()} & {*head.split()} else grown(context, head)
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


def _one_of_several(context: Context) -> str | None:
    """What one share of a row is of that says of what only by "hai tỷ lệ này": of those told before, in their order."""
    said = context.said
    if not context.row_place:
        said.points_back = _POINTS_AT_SEVERAL.search(context.left) is not None
        said.is_respective = _RESPECTIVELY.fullmatch(context.left) is not None
    if said.is_respective:
        return said.respective(context.unit, context.row_size, context.row_place)
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
