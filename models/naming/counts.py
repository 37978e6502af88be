"""What counts are called: "số hồ sơ tiếp nhận", "số xã có bộ phận một cửa"."""

from __future__ import annotations

import re
from functools import cache

from models.naming.beside import (
    MEMBERS,
    done_to_all,
    held_by,
    held_there,
    of_their_kind,
    plan_of,
    pointed_at,
    said_beyond,
    sort_before_colon,
    whole_of,
)
from models.naming.carried import rate
from models.naming.changes import name_change
from models.naming.hiding import without_names
from models.naming.kinds import base_of, is_measured, is_part, measures
from models.naming.nearest import last_word, named_before
from models.naming.segments import (
    clip,
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
from models.vocabulary import any_of, any_of_many, last_match, words

_REACHES_COUNT = re.compile(r"(?:đến|tới|cho|phủ|tại|trên|ở|với|của|ra|đối với)\s*(?:gần|hơn|khoảng|trên)?$")
_ACTION = re.compile(rf"(?<!\w)(?:{any_of_many('names.verb')}|có|gồm|là)(?!\w)")
_AVERAGE = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?:\s+(?:mỗi|một|1|hàng|hằng)\s+[^\W\d_]+)?(?=\W)")
_FRACTION = re.compile(r"(?:phần|nửa)(?!\w)")
_REACHES_WHAT = re.compile(r"\s(?:đều |đã |chưa |không |có )*đạt\s(?=[^\W\d])(?!hơn|trên|gần|khoảng|tỷ lệ \d|dưới|từ)")
_REMAINS = re.compile(r"(?:^|\s)còn(?: lại| tồn| tồn đọng| nợ)?(?: khoảng| gần| hơn| trên| chừng)?\s*$")
_ALSO = re.compile(r"\s*(?:,|và|, và|cùng|;)\s*(?:hơn |gần |trên |khoảng )?")
# Parts of which a count says by itself whose it is: "riêng lĩnh vực đất đai 7.800 hồ sơ".
_FIELD = re.compile(r"(?:lĩnh vực|mảng|khối(?! lượng)|cấp(?= (?:tỉnh|huyện|xã))|ngành|nhóm)\s\w|trung tâm$")
_PEOPLE = "dân số"
_PLACE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|cả nước)(?!\w)")
_PEOPLE_BEFORE = re.compile(
    r"(?<!\w)dân số(?: (?:là|đạt|đến|tới|còn|lên|khoảng|gần|hơn|trên|chừng|trung bình|bình quân|ước))*\s*$"
)
_LIVE_THERE = re.compile(rf"^[\s-]*(?:toàn )?{_PLACE.pattern}(?: ¤+)*(?: hiện)? có(?: hơn| trên| gần| khoảng)?\s*$")
_GROUP = re.compile(r"(?<!\w)(?:tổ|đội|nhóm|câu lạc bộ)(?:\s(?!ở|tại|được|với|gồm|đã|có|và|do|từ)[^\W\d]+){1,6}")
_LONGEST_GROUP = 6
_CUTS = re.compile(
    r"(?<!được )(?<!được cắt )(?P<how>cắt giảm|bãi bỏ|cắt bỏ|đơn giản hóa)(?: được| thêm| tối thiểu"
    r"| ít nhất| khoảng| hơn| gần| trên)*\s*$"
)
_BEYOND_VALUE = re.compile(
    rf"(?P<kinds>(?:, (?:{any_of('leads.unit_goes_on')}|thành))*) (?:đã |đều |vẫn |chỉ |mới )?(?P<how>(?:(?:đạt|vượt|chi"
    rf"|ở|có) )?(?:(?:trên|dưới|hơn|từ|vượt|mức|khoảng|chưa tới|chưa đến) )+|(?:cung cấp|hoàn thành|đạt) )"
    r"(?P<value>\d[\d.,]*(?:\s?(?:%|điểm))(?: trở (?:lên|xuống))?)"
)
# What is said of some of the things, behind their kind: "trung tâm đăng kiểm đang hoạt động".
_TOLD = re.compile(
    rf"\s(?:{any_of_many('names.verb')}|{any_of_many('names.said_behind')}|đang|vào|ở|của|cho|tại|do|mắc|chết|bị|nhiễm|hạng|về|trên|dự"
    r"|hợp lệ|[\d(,])(?!\w)|\s\d|,"
)
_OF_SO_MANY = re.compile(r"\s(?:của|ở|tại)\s\d")
_LONGEST_KIND = 5
_COMPARES = re.compile(r"(?:(?:nhiều|ít|cao|thấp) nhất|dẫn đầu|đứng đầu|(?<!trực )tiếp|kế|sau đó)(?!\w)")
_NEAR = 60
_LONGEST_PART = 3
_LONGEST_COUNTED = 11
_LONGEST_FULLER = 10
_LONGEST_ACTION = 10
_SHORT_NAME = 4
_LONGEST_AGENT = 10


def name_count(context: Context) -> str:
    """Counted things: "số hồ sơ tiếp nhận"."""
    name = _name_count(context)
    return of_their_kind(context, name) if context.unit == "người" else name


def _name_count(context: Context) -> str:
    left, unit, said = context.left, context.unit.lower(), context.said
    head = head_phrase(left, near=True, bare=is_measured(unit))
    if context.kind == "change" and (cuts := _CUTS.search(left)):
        context.agent = cuts["how"]
        return f"số {_noun(context, unit)} {context.agent}"
    if context.kind == "change":
        return name_change(context, left, tidy(head or ""))
    if (
        said.last
        and (said.counted == unit or said.last_sort != "count")
        and context.previous_here
        and context.is_led_to()
        and not (said.last_sort == "share" and is_part(unit))
    ):
        is_counted = said.last.startswith(unit) or (unit == "người" and not said.last.startswith(_PEOPLE))
        return f"số {said.last}" if is_counted else said.last
    if is_measured(unit) and (size_of := _size(context, tidy(head or ""))):
        return size_of
    is_rate = head is not None and head.startswith(("tỷ lệ", "tỉ lệ"))
    if head is not None and ("/" in unit if is_rate else len(head.split()) > 2 or unit in head):
        return tidy(head)
    return _name_by_noun(context, unit)


def _of_those_beyond(context: Context, unit: str) -> str | None:
    """How many are beyond a value: "số xã dưới 50% tỷ lệ hồ sơ trực tuyến" of "12 xã dưới 50%"."""
    if not is_part(unit) or (beyond := _BEYOND_VALUE.match(context.lower, context.row_end)) is None:
        return None
    said, is_share = context.said, "%" in beyond["value"]
    behind = context.lower[beyond.end() :]
    what = rate(tidy(clip(behind))) if is_share and behind[:1].isspace() else ""
    if len(what.split()) > 3:
        said.by_sort["share"] = base_of(what), said.sentence
    elif is_share:
        what = rate(said.of_share() or "")
    else:
        what = context.index or ""
    context.agent = f"{beyond['how']}{beyond['value']} {what}"
    return f"số {unit}{beyond['kinds'] or ''} {context.agent}"


def _name_by_noun(context: Context, unit: str) -> str:
    if name := _of_those_beyond(context, unit):
        return name
    if (plan := plan_of(context)) and (again := context.said.of_unit(unit, compares=True)):
        context.agent = plan
        return f"số {again} {plan}"
    if context.previous_here and (labelled := sort_before_colon(context, unit)):
        return labelled
    if unit == "người" and (
        context.own_subject.startswith(_PEOPLE)
        or _LIVE_THERE.search(context.left)
        or _PEOPLE_BEFORE.search(context.left)
    ):
        place = last_match(_PLACE, f"{context.earlier} {context.lower[: context.start]}")
        return f"{_PEOPLE} {place[0] if place else ''}"
    noun, size = _noun(context, unit), len(unit.split())
    length = len(noun.split())
    verb = context.verb if length <= size + 4 else ""
    if context.previous_here and (done := done_to_all(context, unit, noun.removeprefix(unit).strip())):
        return f"số {noun} {done}"
    remains = "còn" in context.left[-30:] and _REMAINS.search(context.left)
    if "mức độ" in context.left and context.own_subject.startswith("mức độ ") and "mức độ" not in noun:
        return f"số {unit} {context.own_subject}"
    if not remains and length <= size + 3 and (fuller := _fuller(context, unit, is_alone=length == size)):
        noun = f"{fuller}{noun.removeprefix(unit)}"
        length = len(noun.split())
    if length <= size + 4 and (held := held_there(context)):
        return f"số {noun} có {held}"
    if noun == unit == MEMBERS and (group := last_match(_GROUP, context.lower, 0, context.start)):
        return f"{_kind(context)} {noun} {' '.join(group[0].split()[:_LONGEST_GROUP])}"
    if noun == unit and not verb and not remains and (again := _again(context, unit)):
        return f"số {again}"
    if noun == unit and (held := held_by(context)):
        return f"số {unit} có {held}"
    if noun == unit and (pointed := pointed_at(context)):
        return f"số {pointed}" if pointed.startswith(unit) else f"số {unit} {pointed}"
    if length <= size + 1 and (known := _known_of_bare(context, verb)):
        return f"số {noun} {known}"
    context.said.done = verb
    measure = measures().get(unit)
    noun = f"{measure}{noun.removeprefix(unit)}" if measure else f"{_kind(context)} {noun}"
    goes_on = context.said.counted == unit and _ALSO.fullmatch(context.left) is not None
    before = context.lower[: context.start] if goes_on else context.left
    average = _AVERAGE.search(before[-_NEAR:]) if "bình" in before else None
    name = f"{noun} {verb} {average[0] if average else ''}"
    if len(name.split()) <= size + _SHORT_NAME:
        context.agent = _agent(context)
    if size <= 2 and name.strip() == f"số {unit}" and not context.agent and not is_part(unit) and unit != "người":
        return f"số {named_before(context.earlier, unit) or unit}"
    return f"{name} {context.agent}"


def _noun(context: Context, unit: str) -> str:
    """The counted thing with what follows it: "hồ sơ nộp trực tuyến"."""
    behind = without_names(_clip_behind(context.right)).split()[:_LONGEST_COUNTED]
    says_little = not without_trail(" ".join(behind)) or _OF_SO_MANY.match(context.right)
    if says_little and not context.verb and (beyond := said_beyond(context)):
        behind = without_names(beyond).split()[:_LONGEST_COUNTED]
    if behind[:1] == [","]:
        return tidy(f"{unit}, {' '.join(behind[1:])}")
    if behind[:1] in (["đã"], ["đều"]):
        del behind[0]
    noun = tidy(f"{unit} {' '.join(behind)}")
    return f"{unit} {behind[0]}" if noun == unit and behind in (["mới"], ["cũ"]) else noun


def _again(context: Context, unit: str) -> str | None:
    """What the things were called last of which only the unit is named, and whose they are: "¤¤¤¤ nhiều nhất với 210 ca"."""
    if unit not in context.said.by_unit:
        return None
    subject, compares = context.own_subject, _COMPARES.search(context.left) is not None
    is_whose = (compares and not _FIELD.match(subject)) or (len(subject.split()) <= _LONGEST_PART and is_part(subject))
    if subject and not is_whose and not (context.company and subject.startswith(context.company)):
        return None
    return context.said.of_unit(unit, compares=compares)


def _known_of_bare(context: Context, verb: str) -> str:
    """What else is known of things of which only the unit is named: what they belong to, or what is done to them."""
    said = context.said
    if context.previous_here and (whole := whole_of(context)):
        return whole
    if _REACHES_COUNT.search(context.left.rstrip()[-30:]):
        said.done = without_trail(without_stand_ins(_reached(context.left)))
        return said.done
    return said.done if context.previous_here and not verb and _ALSO.fullmatch(context.left) else ""


def _kind(context: Context) -> str:
    """A number in words may be a part: "một nửa hộ dân"."""
    is_part_of = context.lower[context.start].isalpha() and _FRACTION.search(context.lower, context.start, context.end)
    return "tỷ lệ" if is_part_of else "số"


def _clip_behind(right: str) -> str:
    """What is said of the counted things; a predicate right behind them is part of it: "tỉnh đạt chuẩn"."""
    reaches = _REACHES_WHAT.match(right)
    return reaches[0] + clip(right[reaches.end() :]) if reaches else clip(right)


def _size(context: Context, head: str) -> str | None:
    """What is so large or so fast: "diện tích nhà máy", or what the last number of this unit measured."""
    if head:
        return head
    same, subject = context.said.of_sort(context.unit), context.subject
    if same and subject and not is_part(subject):
        return f"{same.partition(' của ')[0]} {subject}"
    return same


def _reached(left: str) -> str:
    """What is done to or at the counted things: "triển khai hệ thống một cửa điện tử" of "cho 37 tỉnh"."""
    clause = without_trail(without_lead(without_time(without_names(last_piece(left)))))
    if len(clause.split()) > _LONGEST_ACTION:
        clause = verb_before(clause) or " ".join(clause.split()[1 - _LONGEST_ACTION :])
    return clause


def _agent(context: Context) -> str:
    """Who or what does it, where that is no name: "hệ thống thông tin", "phần mềm quản lý văn bản"."""
    subject, verb = context.own_subject, context.verb
    if subject in verb:
        return ""
    agent = without_trail(subject.split(verb)[0]) if verb else subject
    agent = agent.partition(" do ")[0]
    if f" {agent}".endswith(_only_leads()):
        return ""
    is_whose = not is_part(agent) or _FIELD.match(agent) is not None
    return without_trail(" ".join(agent.split()[:_LONGEST_AGENT])) if is_whose else ""


def _fuller(context: Context, unit: str, *, is_alone: bool) -> str | None:
    """What the counted thing was called in full before: "trung tâm phục vụ hành chính công" of "3.139 trung tâm".

    Where something is said of it ("88 hồ sơ quá hạn"), what was said of the ones before is left out: not `is_alone`.
    """
    if len(unit.split()) > 2:
        return None
    last = context.said.last
    if context.previous_here and last and last.startswith(unit) and is_action(context.subject):
        phrase = last.split()[:_LONGEST_FULLER]
    else:
        end = context.previous_end if context.previous_here else context.start
        said = last_word(unit, context.lower, 0, end)
        phrase = without_trail(clip(context.lower[said:end])).split() if said is not None else []
        phrase = phrase if len(unit.split()) < len(phrase) <= _LONGEST_FULLER else []
    if phrase and not is_alone and context.previous_here:
        phrase = _kind_in(_TOLD.split(" ".join(phrase), maxsplit=1)[0].split())
    return " ".join(phrase) if len(phrase) > len(unit.split()) or (phrase and is_alone) else None


def _kind_in(phrase: list[str]) -> list[str]:
    """The words of a phrase that say what kind of thing it is of: all, if they are few, else those of a known kind."""
    if len(phrase) <= _LONGEST_KIND:
        return phrase
    sizes = range(_LONGEST_KIND, 0, -1)
    return next((phrase[:size] for size in sizes if " ".join(phrase[:size]) in words("nouns.counted")), [])


@cache
def _only_leads() -> tuple[str, ...]:
    """With these ends who says it, or what brought it about: "rà soát cho thấy", "mưa lớn làm"."""
    return tuple(f" {word}" for word in (*words("names.says"), "làm", "khiến", "nhờ", "đáng lo"))


def is_action(subject: str) -> bool:
    """Whether no thing stands there, only what is done."""
    return not subject or _ACTION.search(subject) is not None
