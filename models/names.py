"""What a figure is called, in the article's own words: the noun phrase before the number or behind it.

"tỷ lệ hồ sơ đúng hạn đạt 98%" ─► "tỷ lệ hồ sơ đúng hạn"; "82% hồ sơ nộp trực tuyến" ─► "tỷ lệ hồ sơ nộp trực tuyến";
"đã cấp 1.756 chữ ký" ─► "số chữ ký đã cấp".
"""

from __future__ import annotations

import re

from models.hiding import COVER, without_names
from models.index_names import name_points, name_rank, name_steps
from models.segments import (
    clip, head_phrase, last_piece, tidy, verb_before, without_lead, without_stand_ins, without_time, without_trail,
)  # fmt: skip
from models.surroundings import Context, is_part, is_said, sort_of
from models.vocabulary import any_of, any_of_many, last_match

_RATE = re.compile(rf"(?:{any_of_many('names.measure')})(?!\w)|(?:par index|sipas|papi|pci|dti|ict index|egdi)\b")
_COUNT_HEAD = re.compile(r"^(?:tổng số|số lượng|số)\s+")
_SAID_BEHIND = re.compile(
    r"\s*[:,–-]?\s*(?:đó |đây )?(?:cũng )?là\s+(?P<name>(?:tỷ lệ|số|tổng số|mức|số lượng|con số|chỉ số)\s[^,;.()]{6,90})"
)
_POINTS_BACK = re.compile(
    r"(?<!\w)(?P<what>tỷ lệ|tỉ lệ|con số|chỉ số|kết quả|mức|số)\s+(?:này|đó|ấy|trên|nói trên)(?!\w)"
)
_RESPECT = re.compile(r"về\s+(?P<what>[^,;.()\d¤]{3,40}?)(?=\s*(?:[,;.()]|$|\s(?:và|so với|trong|nhưng)\b))")
_COMPARED = re.compile(
    r"so với\s+(?:cùng kỳ\s+)?(?:năm\s+\d{4}|năm\s+\w+|cuối năm \d{4}|cùng kỳ|tháng trước|quý \w+)"
)  # fmt: skip
_BEYOND = re.compile(r"(?:vượt|thiếu|kém|cao hơn|thấp hơn|hụt)(?=\W)[^,;]*$")
_CHANGES = re.compile(
    r"(?:giảm|tăng|rút ngắn|tiết kiệm)(?:\s+(?:thêm|tối thiểu|ít nhất|khoảng|hơn|trên|gần|từ|tới|bình quân|trung bình|tiếp|được))*"
    r"\s*$"
)
_AIM = re.compile(r"(?:bình quân chung|trung bình|chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|quy định|dự toán)(?!\w)")
# Where a change led: "lên trên", ", đạt", "xuống còn".
_LED_TO = re.compile(
    r"(?:\s*so với[^,;]*)?[\s,(]*(?:và\s+)?(?:tức\s+)?(?:đã\s+)?(?:lên|đạt|còn|xuống|ở mức|từ|thay vì|so với|giảm còn)"
    r"(?:\s+(?:tới|đến|mức|còn|hơn|trên|gần|khoảng|chỉ|tối đa|dưới|quy định|chỉ còn))*\s*"
)
_CHANGE_WORDS = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn)(?: thêm| tương ứng| lần lượt)*\s*(?:khoảng|hơn|gần|trên|tới|đến)?\s*$"
)
_ONLY_LINK = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40}?)?(?:so với[^,;()]{2,40})?\s*[,;]?\s*(?:và|còn|,|;|\()?\s*$")
_TIMES_OF_BEFORE = re.compile(r"[,(]\s*gấp\b[^,]*$")
_REACHES = re.compile(r"(?:đến|tới|cho|phủ|tại|trên)\s*(?:gần|hơn|khoảng|trên)?$")
_REACHES_COUNT = re.compile(r"(?:đến|tới|cho|phủ|tại|trên|ở|với|của|ra|đối với)\s*(?:gần|hơn|khoảng|trên)?$")
_MONEY_RIGHT_BEFORE = re.compile(
    rf"(?:{any_of('leads.money')})(?:\s+(?:lên tới|lên đến|là|đạt|hơn|gần|khoảng|trên|lần lượt|tương ứng))*\s*$"
)
_SUM = re.compile(rf"(?:{any_of_many('names.head')})(?!\w)")
_ACTION = re.compile(rf"(?<!\w)(?:{any_of_many('names.verb')}|có|gồm|là)(?!\w)")
_AVERAGE = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?:\s+(?:mỗi|một|1|hàng|hằng)\s+[^\W\d_]+)?(?=\W)")
_TIME_TAKEN = re.compile(r"(?<!\w)thời (?:gian|hạn)\s[^,;:()]{3,80}?(?=\s(?:đã |được |chỉ |bình quân |rút |chỉ )*(?:giảm|còn|từ|là|rút|xuống|tối đa|không quá|bình quân|trung bình|so với|chỉ|khoảng|\d)|[,;:(]|$)")
_PER = re.compile(r"\s*/\s*[^\W\d_]+(?:\s[^\W\d_]+)?(?=[\s,.;)]|$)|\s*(?:mỗi|một)\s[^\W\d_]+")
_PARTS_BEHIND = ("cấp ", "khối ", "nhóm ", "vùng ", "khu vực", "lĩnh vực", "đô thị", "nông thôn")
_MOST_SYLLABLES = 16
_LONGEST_COUNTED = 11
_LONGEST_FULLER = 10
_LONGEST_ACTION = 8
_SHORT_NAME = 4
_LONGEST_AGENT = 7


def name_figure(context: Context) -> str:
    """What the figure is called; never empty."""
    unit = context.unit
    if "là" in context.right and (said := _SAID_BEHIND.match(context.right)):
        name = tidy(clip(said["name"]))
    elif unit == "rank":
        name = name_rank(context)
    elif unit == "bậc":
        name = name_steps(context)
    elif unit == "point":
        name = name_points(context)
    elif unit in ("percent", "percentage_point", "times"):
        name = _name_share(context)
    elif unit in ("vnd", "usd"):
        name = _name_money(context)
    elif sort_of(unit) == "time":
        name = _name_time(context)
    else:
        name = _name_count(context)
    cut = " ".join(without_names(name).split()[:_MOST_SYLLABLES]).strip(" ,;:-–.\"“”")
    return cut or (unit if " " in unit else "tỷ lệ" if unit == "percent" else "số liệu")


def _rate(phrase: str) -> str:
    """ "tỷ lệ" before a phrase that does not say itself what is measured: "mức hài lòng", "chỉ số SIPAS"."""
    return phrase if _RATE.match(phrase) else f"tỷ lệ {_COUNT_HEAD.sub('', phrase)}".strip()


# --- shares and changes -----------------------------------------------------------------------------------------------


def _name_share(context: Context) -> str:
    """Percentages and times."""
    left = context.left
    head = head_phrase(left)
    if context.kind == "change" or context.unit != "percent":
        return _name_change(context, left, tidy(head or ""))
    if (back := _POINTS_BACK.search(left)) and (said := _pointed_at(context, back["what"])):
        return _rate(said)
    noun, name = context.noun_behind(), tidy(head or "")
    if _says_index(context, name) and not noun:
        return context.index or ""
    if _BEYOND.search(left) or (noun and _CHANGES.search(left)):
        return _name_change(context, left, name)
    if name and _RATE.match(name):
        return _with_thing(context, name, noun)
    if noun and not context.is_of_whole() and (found := _name_by_noun(context, noun, left)):
        return found
    if len(name.split()) > 1:
        return _rate(name)
    subject = context.subject
    if subject and len(subject.split()) <= 2 and context.verb == subject:
        return _rate(f"{context.said.last or ''} {subject}" if context.previous_here else subject)
    return _rate(_with_part(context, subject) or noun)


def _says_index(context: Context, head: str) -> bool:
    """Whether the clause names an index right before the number: "PAR Index đạt 87%"."""
    if not context.index or context.index_end <= context.previous_end or head.startswith(("tỷ lệ", "mức", "giá trị")):
        return False
    gap = without_time(without_names(context.lower[context.index_end : context.start]))
    return len(without_trail(" " + gap).split()) <= 2 or head.startswith("chỉ số")


def _with_thing(context: Context, head: str, noun: str) -> str:
    """A rate's name with what it is of, where it says only "tỷ lệ" or "giá trị trung bình"."""
    if len(head.split()) > 2 and not head.startswith("giá trị trung bình"):
        return head
    thing = noun or (context.index if head.startswith("giá trị") else None) or context.subject or _carried(context)
    return f"{head} {thing}" if thing and thing not in head else head


def _name_by_noun(context: Context, noun: str, left: str) -> str | None:
    """From the noun behind the number: "82% hồ sơ nộp trực tuyến", "trong đó 37% nộp qua mạng"."""
    if is_said(noun):
        thing = context.subject or (context.said.counted if context.previous_here else None) or _carried(context)
        return _rate(f"{thing} {noun}" if thing and not noun.startswith(thing) else noun)
    if noun.startswith(_PARTS_BEHIND) and context.previous_here and len(noun.split()) <= _SHORT_NAME:
        return _rate(f"{_carried(context) or ''} {noun}")
    if len(noun.split()) >= 2 or _REACHES.search(left.rstrip()):
        return "tỷ lệ " + _with_reach(noun, left)
    return None


def _with_part(context: Context, subject: str) -> str:
    """What a bare percentage is a rate of: "(đạt 74,7%)", "khối tỉnh chỉ đạt 16,94%"."""
    carried = _carried(context)
    if not carried:
        return subject
    if not subject:
        return carried
    if not is_part(subject) and len(subject.split()) > 1:
        return subject
    context.agent = subject
    return f"{carried} {subject}"


def _carried(context: Context) -> str | None:
    """What a figure without words of its own is about: what the one before was, or the last of its sort."""
    said = context.said
    same = said.of_sort(context.unit)
    gap = context.lower[context.previous_end : context.start]
    if context.previous_here and ";" not in gap and COVER not in gap and said.last:
        return said.last
    return same or said.last


def _pointed_at(context: Context, what: str) -> str | None:
    said = context.said
    return (said.of_sort(context.unit) if what in ("tỷ lệ", "tỉ lệ", "chỉ số", "mức") else None) or said.last


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


def _name_change(context: Context, left: str, head: str) -> str:
    right, unit, said = context.right, context.unit, context.said
    subject = "" if _continues_change(context, left) else head if len(head.split()) > 1 else context.subject
    base = subject
    if unit == "percent" and not context.is_of_whole() and (noun := context.noun_behind()) and _CHANGES.search(left):
        base = noun
    if _POINTS_BACK.search(left) or len(base.split()) < 2 or is_part(base):
        base = f"{_carried(context) or ''} {base if is_part(base) else ''}".strip() or base
    respect = _RESPECT.match(right.lstrip())
    if respect and not base.startswith(respect["what"]):
        base = f"{respect['what']} {re.sub(r'^(?:số lượng|giá trị|số) ', '', base)}"
    if unit == "percentage_point":
        base = _rate(base)
    if (beyond := _BEYOND.search(left)) and (_AIM.search(beyond[0] + right[:30])):
        return f"{base} {beyond[0].split()[0]} {_AIM.search(beyond[0] + right[:30])[0]}"  # type: ignore[index]
    compared = _COMPARED.search(right)
    tail = f" {compared[0]}" if compared else ""
    if unit == "times" and "gấp" in left[-20:] + context.lower[context.start : context.start + 3]:
        return f"{base} {'tăng ' if 'tăng' in left[-20:] else ''}gấp{tail}"
    return f"mức {context.direction} {base}{tail}"


def _continues_change(context: Context, left: str) -> bool:
    """Whether a change is of what the figure before was about: "tăng 42% về số lượng và 22% về giá trị"."""
    if not context.said.last:
        return False
    if context.unit == "times" and _TIMES_OF_BEFORE.search(left):
        return True
    return _ONLY_LINK.fullmatch(_CHANGE_WORDS.sub("", left)) is not None


# --- money and time ---------------------------------------------------------------------------------------------------


def _name_money(context: Context) -> str:
    left, said = context.left, context.said
    head = head_phrase(left)
    if context.kind == "change":
        return _name_change(context, left, tidy(head or ""))
    same = said.of_sort(context.unit)
    if _LED_TO.fullmatch(without_time(left)) and (led_from := said.last if context.previous_here else same):
        return led_from
    name = tidy(head) if head is not None else ""
    if not name and (found := _MONEY_RIGHT_BEFORE.search(left)):
        name = without_trail(found[0]) or found[0].split()[0]
    if len(name.split()) > 1 and not _SUM.fullmatch(name):
        return name
    if name:
        return f"{name} {_purpose(context, left, name)}"
    subject = context.subject
    if (same and len(subject.split()) < 2) or (context.previous_here and not subject):
        return _sum(same or said.last or "")
    right = _PER.sub("", context.right) if (per := _PER.match(context.right)) else context.right
    noun = clip(right)
    noun, verb = tidy(noun) if noun[:1].isspace() else "", context.verb
    if not verb and len(noun.split()) < 2:
        return _sum(subject)
    return f"{_sum(f'{verb} {noun}' if not _SUM.match(noun) else f'{noun} {verb}')} {'mỗi năm' if per and 'năm' in per[0] else ''}"


def _sum(phrase: str) -> str:
    return phrase if _SUM.match(phrase) else f"số tiền {phrase}"


def _purpose(context: Context, left: str, head: str) -> str:
    """What a bare "kinh phí" is for: the company, what follows the number, what is done before it, or what was spoken of."""
    if context.previous_here and context.said.last:
        return context.said.last
    if context.company:
        return f"của {context.company}"
    noun = context.noun_behind()
    if len(noun.split()) > 1:
        return noun
    before = last_piece(without_trail(without_time(without_names(left[: left.rfind(head.split()[0])]))))
    verb = last_match(_ACTION, before)
    thing = without_stand_ins(without_lead(before[verb.end() :] if verb else before))
    if 2 <= len(thing.split()) <= _LONGEST_ACTION and not is_part(thing):
        return thing
    return context.said.last or noun


def _name_time(context: Context) -> str:
    """How long something takes, or how often: "thời gian giải quyết", "số lần đi lại"."""
    left = context.lower[: context.start]
    head = tidy(head_phrase(context.left) or "")
    if context.kind == "change":
        return _name_change(context, context.left, head)
    taken = None
    for taken in _TIME_TAKEN.finditer(left):
        pass
    if len(head.split()) > 1:
        return head
    if taken is not None:
        return tidy(taken[0])
    if same := context.said.of_sort(context.unit):
        return same
    subject = context.subject
    if context.unit == "lần":
        return f"số lần {subject}"
    per = _PER.match(context.right)
    return f"thời gian {subject or context.said.last or ''} {per[0].replace('/', 'mỗi ') if per else ''}"


# --- counts -----------------------------------------------------------------------------------------------------------


def _name_count(context: Context) -> str:
    left, unit, said = context.left, context.unit.lower(), context.said
    head = head_phrase(left, near=True)
    if context.kind == "change":
        return _name_change(context, left, tidy(head or ""))
    if said.last and (said.counted == unit or said.last_sort != "count") and context.previous_here and _LED_TO.fullmatch(without_time(left)):
        return f"số {said.last}" if said.last.startswith(unit) else said.last
    is_rate = head is not None and head.startswith(("tỷ lệ", "tỉ lệ"))
    if head is not None and ("/" in unit if is_rate else len(head.split()) > 2 or unit in head):
        return tidy(head)
    behind = without_names(clip(context.right)).split()[:_LONGEST_COUNTED]
    if behind[:1] in (["đã"], ["đều"]):
        del behind[0]
    noun, size = tidy(f"{unit} {' '.join(behind)}"), len(unit.split())
    verb = context.verb if len(noun.split()) <= size + 4 else ""
    if len(noun.split()) <= size + 3 and (fuller := _fuller(context, unit)):
        noun = f"{fuller}{noun.removeprefix(unit)}"
    average = _AVERAGE.search(left[-60:])
    if len(noun.split()) <= size + 1 and _REACHES_COUNT.search(left.rstrip()):
        return f"số {noun} {_reached(left)}"
    name = f"số {noun} {verb} {average[0] if average else ''}"
    if len(name.split()) <= size + _SHORT_NAME:
        context.agent = _agent(context)
    return f"{name} {context.agent}"


def _reached(left: str) -> str:
    """What is done to or at the counted things: "triển khai hệ thống một cửa điện tử" of "cho 37 tỉnh"."""
    clause = without_trail(without_lead(without_time(without_names(last_piece(left)))))
    if len(clause.split()) > _LONGEST_ACTION:
        clause = verb_before(clause) or " ".join(clause.split()[1 - _LONGEST_ACTION :])
    return clause


def _agent(context: Context) -> str:
    """Who or what does it, where that is no name: "hệ thống thông tin", "phần mềm quản lý văn bản"."""
    subject = context.subject
    verb = context.verb
    if subject in verb:
        return ""
    agent = without_trail(subject.split(verb)[0]) if verb else subject
    agent = agent.partition(" do ")[0]
    return agent if len(agent.split()) <= _LONGEST_AGENT and not is_part(agent) else ""


def _fuller(context: Context, unit: str) -> str | None:
    """What the counted thing was called in full before: "trung tâm phục vụ hành chính công" of "3.139 trung tâm"."""
    if len(unit.split()) > 2:
        return None
    last = context.said.last
    if context.previous_here and last and last.startswith(unit) and _is_action(context.subject):
        return " ".join(last.split()[:_LONGEST_FULLER])
    end = context.previous_end if context.previous_here else context.start
    said = _last_word(unit, context.lower, 0, end)
    phrase = without_trail(clip(context.lower[said:end])).split() if said is not None else []
    return " ".join(phrase) if len(unit.split()) < len(phrase) <= _LONGEST_FULLER else None


def _is_action(subject: str) -> bool:
    """Whether no thing stands there, only what is done."""
    return not subject or _ACTION.search(subject) is not None


def _last_word(phrase: str, lower: str, start: int, end: int) -> int | None:
    """Where a phrase stands last within a stretch of text, as whole words and with a blank behind."""
    at = lower.rfind(phrase, start, end)
    while at >= 0:
        behind = at + len(phrase)
        if behind < end and lower[behind].isspace() and not (at and _is_letter(lower[at - 1])):
            return at
        at = lower.rfind(phrase, start, behind - 1)
    return None


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
