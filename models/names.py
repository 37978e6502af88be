"""What a figure is called, in the article's own words: the noun phrase before the number or behind it.

"tỷ lệ hồ sơ đúng hạn đạt 98%" ─► "tỷ lệ hồ sơ đúng hạn"; "82% hồ sơ nộp trực tuyến" ─► "tỷ lệ hồ sơ nộp trực tuyến";
"đã cấp 1.756 chữ ký" ─► "số chữ ký đã cấp".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.records import Kind, Number
from models.segments import (
    clip,
    head_phrase,
    last_piece,
    subject_before,
    tidy,
    verb_before,
    without_lead,
    without_time,
    without_trail,
)  # fmt: skip
from models.vocabulary import any_of, starts_of

_RATE_HEADS = ("tỷ lệ", "tỉ lệ", "tỷ trọng", "tỉ trọng", "chỉ số", "thị phần")
_COUNT_HEAD = re.compile(r"^(?:tổng số|số lượng|số)\s+")
_BEGINNING = re.compile(r"^(?:tổng số|số lượng|số tiền|số|tỷ lệ|mức tăng|mức giảm|mức(?! độ))\s+")
_RANK_BEGINNING = re.compile(r"^(?:xếp hạng|thứ hạng|số bậc (?:tăng|giảm) thứ hạng|mức (?:tăng|giảm)(?: điểm)?)\s+")
# Each way begins with a letter or mark of its own, which a search can skip to.
_ENDS_CLAUSE = re.compile(
    r";|!|\?|\n|\.(?=\s|$)|:(?=\s)|t(?<!\wt)(?:rong đó|rong khi|uy nhiên)(?!\w)|đ(?<!\wđ)ồng thời(?!\w)"
    r"|n(?<!\wn)hưng(?!\w)|s(?<!\ws)ong(?!\w)"
)
# Where the phrase ends that belongs to the figure before.
_NEXT_PHRASE = re.compile(
    r"[,;(:–]\s?|\s(?:và|với|còn|trong đó|trong khi|tăng|giảm|lên|xuống|đạt|chiếm|là|nhưng|so với|của|ở|gồm|vượt)(?=\s)"
    r"|\s?[–-]\s|\)"
)
_NEXT_FIGURE_MARKS = (", ", "; ", " và ", " (", " còn ", " với ")
_LINK = re.compile(r"^\s*(?:trong\s+)?(?:tổng\s+)?(?:số\s+)?(?:các\s+|những\s+)?")
_WHO_SET_IT = re.compile(
    r"của\s|đặt ra|đề ra|(?:chính phủ|thủ tướng|tỉnh|trung ương|ubnd|bộ|hđnd|quốc hội|đề án|kế hoạch|nghị quyết)\b[^,;.]{0,30}"
    r"\b(?:giao|đề ra|đặt ra|yêu cầu|quy định)\b"
)
_SAID_BEHIND = re.compile(
    r"\s*[:,–-]?\s*(?:đó |đây )?(?:cũng )?là\s+(?P<name>(?:tỷ lệ|số|tổng số|mức|số lượng|con số|chỉ số)\s[^,;.()]{6,90})"
)
_INDEX = re.compile(
    r"(?P<name>(?:bộ\s+)?chỉ\s+số\s+[^,;.:()\d]{3,80}?(?:\s*\([A-Za-z][\w -]{1,14}\))?"
    r"(?=\s*(?:[,;.:()]|$|\s(?:đạt|là|của|năm|xếp|đứng|tăng|giảm|do|với|trong|tiếp tục|vươn)\b))"
    r"|(?:bảng\s+)?xếp\s+hạng\s+(?!thứ|\d)(?:chỉ\s+số\s+)?[^,;.:()\d]{4,70}?"
    r"(?=\s*(?:[,;.:(]|$|\s(?:của|năm|đạt|là)\b)|\s*\d)"
    r"|\b(?:par\s?index|sipas|papi|pci|dti|ict\s?index|egdi|pii|pgi|ddci)\b)"
)
_INDEX_SIGNS = ("chỉ số", "xếp hạng", "index", "sipas", "papi", "pci", "dti", "egdi", "pii", "pgi", "ddci")
_RANKING = re.compile(r"^(?:bảng\s+)?xếp hạng\s+")
_ACRONYM = re.compile(r"\((?P<acronym>[a-z][\w -]{1,14})\)$")
_RANKED_IN = re.compile(
    r"\s*(?:tỉnh,? thành phố|tỉnh,? thành|địa phương|bộ,? ngành|quốc gia(?:,? vùng lãnh thổ)?)?"
    r"(?:\s+(?:cả nước|toàn quốc|trên cả nước|thế giới|toàn cầu))?"
    r"\s*(?:về|trong bảng xếp hạng|ở chỉ số|trong|theo)\s+(?P<what>[^,;.()\d]{4,80})"
)
_REGION = re.compile(
    r"\s*(?:ở\s+|tại\s+|trong\s+)?(?P<region>châu á|đông nam á|thế giới|toàn cầu|khu vực|asean|cả nước|toàn quốc)"
)
_RESPECT = re.compile(r"về\s+(?P<what>[^,;.()\d]{3,40}?)(?=\s*(?:[,;.()]|$|\s(?:và|so với|trong|nhưng)\b))")
_COMPARED = re.compile(
    r"so với\s+(?:cùng kỳ\s+)?(?:năm\s+\d{4}|năm\s+\w+|cuối năm \d{4}|cùng kỳ|tháng trước)"
)  # fmt: skip
# A target or an earlier value of the same thing: ", vượt chỉ tiêu (", "so với".
_REPEATS = re.compile(
    r"[\s,;(]*(?:và\s+)?(?:(?:cao hơn|thấp hơn|vượt|so với|bằng|hơn|còn)\s+)*(?:mức\s+)?"
    r"(?:chỉ tiêu|mục tiêu|yêu cầu|kế hoạch|con số)?"
    r"(?:\s+(?:năm|đề ra|đặt ra|giao|tỉnh giao|chính phủ giao|là|\d{4}))*\s*\(?\s*"
)
# Where a change led: "lên trên", ", đạt", "xuống còn".
_LED_TO = re.compile(
    r"(?:\s*so với[^,;]*)?[\s,(]*(?:và\s+)?(?:đã\s+)?(?:lên|đạt|còn|xuống|ở mức|từ)"
    r"(?:\s+(?:tới|đến|mức|còn|hơn|trên|gần|khoảng))*\s*"
)
_CHANGE_WORDS = re.compile(
    r"(?:tăng|giảm|cao hơn|thấp hơn)(?: thêm| tương ứng| lần lượt)*\s*(?:khoảng|hơn|gần|trên|tới|đến)?\s*$"
)
_ONLY_LINK = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40}?)?(?:so với[^,;()]{2,40})?\s*[,;]?\s*(?:và|còn|,|;|\()?\s*$")
_TIMES_OF_BEFORE = re.compile(r"[,(]\s*gấp\b[^,]*$")
_REACHES = re.compile(r"(?:đến|tới|cho|phủ|tại|trên)\s*(?:gần|hơn|khoảng|trên)?$")
_MONEY_RIGHT_BEFORE = re.compile(
    rf"(?:{any_of('leads.money')})(?:\s+(?:lên tới|lên đến|là|đạt|hơn|gần|khoảng|trên|lần lượt|tương ứng))*\s*$"
)
_AVERAGE = re.compile(r"(?<!\w)(?:trung bình|bình quân)(?:\s+(?:mỗi|một|1|hàng|hằng)\s+[^\W\d_]+)?(?=\W)")
_OWN_RATE = re.compile(r"nộp|trực tuyến|số hóa|thanh toán")
_SAYS_NOTHING = ("thành phố", "toàn tỉnh", "cả nước")
_MOST_SYLLABLES = 16
_LONGEST_COUNTED = 11
_LONGEST_FULLER = 10
_LONGEST_ACTION = 8


@dataclass(kw_only=True, slots=True)  # not frozen: that would make making one three times as slow
class Context:
    """A figure among its neighbours; offsets are those of `lower`, the whole text in small letters."""

    lower: str
    number: Number
    kind: Kind
    falls: bool
    sentence_start: int
    sentence_end: int
    previous_end: int
    """Where the figure before ends, or the sentence begins."""
    next_start: int
    """Where the next figure begins, or the sentence ends."""
    previous_name: str | None
    """What the figure before was about, without "số", "tỷ lệ", "mức tăng"."""
    previous_here: bool
    """Whether that figure stands in the same sentence."""
    is_named: bool
    """Whether what stands right before the number names somebody: "thành phố Lào Cai (56,2%)"."""
    company: str | None
    """A company that the figure is about; its name belongs to the figure's."""
    index: str | None
    """The index (PAR Index, "chỉ số …") spoken of last."""
    right: str = field(init=False)
    """What follows the number's unit, as far as it can belong to its name and not to the next figure's."""

    def __post_init__(self) -> None:
        self.right = self.lower[self.number.end : self.next_start]
        if self.next_start < self.sentence_end:
            cut = max([self.right.rfind(mark) for mark in _NEXT_FIGURE_MARKS])
            self.right = self.right[:cut] if cut >= 0 else self.right


def name_figure(context: Context) -> str:
    """What the figure is called; never empty."""
    unit = context.number.unit or ""
    if "là" in context.right and (said := _SAID_BEHIND.match(context.right)):
        name = tidy(clip(said["name"]))
    elif unit == "rank":
        name = _name_rank(context)
    elif unit == "bậc":
        name = f"số bậc {_direction(context)} thứ hạng {_short(_index_of(context))}"
    elif unit == "point":
        name = _name_points(context)
    elif unit in ("percent", "percentage_point", "times"):
        name = _name_share(context)
    elif unit in ("vnd", "usd"):
        name = _name_money(context)
    else:
        name = _name_count(context)
    cut = " ".join(name.split()[:_MOST_SYLLABLES]).strip(" ,;:-–.")
    return cut or (unit if " " in unit else "tỷ lệ" if unit == "percent" else "số liệu")


def base_of(name: str) -> str:
    """What a name is about, to be said again of the next figure.

    >>> base_of("mức tăng số lượng thẻ so với năm 2024")
    'số lượng thẻ'
    """
    name = name.partition(" so với")[0]
    beginning = _BEGINNING.match(name)
    return (name[beginning.end() :] if beginning else name).strip()


def index_signs(lower: str) -> list[int]:
    """Where words stand without which no index is spoken of: find_indices finds nothing in a stretch without any."""
    return starts_of(_INDEX_SIGNS, lower)


def find_indices(lower: str, start: int, end: int) -> list[tuple[int, str]]:
    """The indices that a stretch of text speaks of, each with its end: "chỉ số cải cách hành chính (par index)"."""
    found = _INDEX.finditer(lower, start, end)
    return [(match.end(), _RANKING.sub("", " ".join(match["name"].split()))) for match in found]


# --- the words around a number ----------------------------------------------------------------------------------------


def _left(context: Context) -> str:
    """What stands between the figure before (or the clause's begin) and the number."""
    segment = context.lower[context.previous_end : context.number.start]
    if context.previous_end > context.sentence_start:
        following = _NEXT_PHRASE.search(segment)
        segment = segment[following.start() :] if following else ""
    for boundary in _ENDS_CLAUSE.finditer(segment):
        if len(segment[boundary.end() :].split()) >= 2:
            return segment[boundary.end() :]
    return segment


def _noun_behind(context: Context) -> str:
    """The noun phrase right behind the number: "cơ quan nhà nước xử lý công việc trên môi trường mạng"."""
    right = context.right
    link = _LINK.match(right)
    noun = right[link.end() :] if link else right
    return clip(noun) if right[:1].isspace() and noun[:1].isalpha() and not _WHO_SET_IT.match(noun) else ""


def _direction(context: Context) -> str:
    return "giảm" if context.falls else "tăng"


# --- one way for each sort of figure ----------------------------------------------------------------------------------


def _name_share(context: Context) -> str:
    """Percentages and times."""
    left = _left(context)
    head = head_phrase(left)
    if context.kind == "change" or context.number.unit != "percent":
        return _name_change(context, left, head)
    noun = _noun_behind(context)
    is_noun = len(noun.split()) >= 2
    if context.previous_name and not is_noun and (_LED_TO.fullmatch(left) or _REPEATS.fullmatch(left)):
        return f"tỷ lệ {context.previous_name}"
    if head is not None and head.startswith(_RATE_HEADS):
        return tidy(head)
    if head is not None and not is_noun:
        return "tỷ lệ " + tidy(_COUNT_HEAD.sub("", head))
    if noun and (is_noun or _REACHES.search(left.rstrip())) and not noun.startswith(("so với", "về ")):
        return "tỷ lệ " + _with_reach(noun, left)
    return f"tỷ lệ {_without_noun(context, left) or noun}"


def _without_noun(context: Context, left: str) -> str:
    """What a bare percentage is a rate of: "(đạt 74,7%)", "khối tỉnh chỉ đạt 16,94%", "thị xã Sa Pa (47,9%)"."""
    subject = subject_before(left)
    size, in_brackets = len(subject.split()), left.rstrip().endswith("(")
    if context.previous_name is None:
        return subject
    if context.is_named:
        return context.previous_name
    if context.previous_here and not in_brackets and (size < 2 or subject == verb_before(left)):
        return f"{context.previous_name} {subject}"
    if size <= (3 if context.previous_here else 2) and not in_brackets and not _OWN_RATE.search(subject):
        return f"{context.previous_name} {subject}"
    return subject


def _with_reach(noun: str, left: str) -> str:
    """ "phủ sóng di động đến 100% số xã" ─► "xã phủ sóng di động"."""
    noun = tidy(noun)
    if len(noun.split()) > _LONGEST_ACTION or not _REACHES.search(left.rstrip()):
        return noun
    action = without_lead(without_time(last_piece(left)))
    if len(action.split()) > _LONGEST_ACTION:
        action = verb_before(without_trail(left)) or " ".join(action.split()[1 - _LONGEST_ACTION :])
    return f"{noun} {action}"


def _name_change(context: Context, left: str, head: str | None) -> str:
    right, unit = context.right, context.number.unit
    base = "" if _continues_change(context, left) else tidy(head) if head is not None else subject_before(left)
    if context.previous_name and (len(base.split()) < 2 or base in _SAYS_NOTHING):
        base = context.previous_name
    respect = _RESPECT.match(right.lstrip())
    if respect and not base.startswith(respect["what"]):
        base = f"{respect['what']} {re.sub(r'^(?:số lượng|giá trị|số) ', '', base)}"
    if unit == "percentage_point" and not base.startswith(_RATE_HEADS):
        base = f"tỷ lệ {base}"
    compared = _COMPARED.search(right)
    return f"mức {_direction(context)} {base}{' ' + compared[0] if compared else ''}"


def _continues_change(context: Context, left: str) -> bool:
    """Whether a change is of what the figure before was about: "tăng 42% về số lượng và 22% về giá trị"."""
    if not context.previous_name:
        return False
    if context.number.unit == "times" and _TIMES_OF_BEFORE.search(left):
        return True
    return _ONLY_LINK.fullmatch(_CHANGE_WORDS.sub("", left)) is not None


def _name_money(context: Context) -> str:
    left = _left(context)
    head = head_phrase(left)
    if context.kind == "change":
        return _name_change(context, left, head)
    if context.previous_name and _LED_TO.fullmatch(left):
        return context.previous_name
    if head is not None:
        name = tidy(head)
        return f"{name} của {context.company}" if len(name.split()) <= 3 and context.company else name
    if found := _MONEY_RIGHT_BEFORE.search(left):
        owner = f"của {context.company}" if context.company else None
        return f"{without_trail(found[0])} {(context.previous_name if context.previous_here else owner) or ''}"
    if context.previous_name and context.previous_here and not without_lead(without_trail(left)):
        return context.previous_name
    noun, verb = tidy(_noun_behind(context)), verb_before(left)
    if verb or len(noun.split()) >= 2:
        return f"số tiền {verb} {noun}"
    return f"số tiền {subject_before(left)}"


def _name_count(context: Context) -> str:
    left = _left(context)
    head = head_phrase(left, near=True)
    unit = (context.number.unit or "").lower()
    if context.kind == "change":
        return _name_change(context, left, head)
    if context.previous_name and _LED_TO.fullmatch(left):
        return context.previous_name
    is_rate = head is not None and head.startswith(("tỷ lệ", "tỉ lệ"))
    if head is not None and ("/" in unit if is_rate else len(head.split()) > 2 or unit in head):
        return tidy(head)
    behind = clip(context.right).split()[:_LONGEST_COUNTED]
    noun, size = tidy(f"{unit} {' '.join(behind)}"), len(unit.split())
    verb = verb_before(left) if len(noun.split()) <= size + 4 else ""
    if len(noun.split()) <= size + 3 and (fuller := _fuller(context, unit)):
        noun = f"{fuller}{noun.removeprefix(unit)}"
    average = _AVERAGE.search(left[-60:])
    return f"số {noun} {verb} {average[0] if average else ''}"


def _fuller(context: Context, unit: str) -> str | None:
    """What the counted thing was called in full before: "trung tâm phục vụ hành chính công" of "3.139 trung tâm"."""
    if len(unit.split()) > 2:
        return None
    if context.previous_here and context.previous_name and context.previous_name.startswith(unit):
        return " ".join(context.previous_name.split()[:_LONGEST_FULLER])
    end = context.previous_end if context.previous_here else context.number.start
    said = _last_word(unit, context.lower, context.sentence_start, end)
    phrase = without_trail(clip(context.lower[said:end])).split() if said is not None else []
    return " ".join(phrase) if len(unit.split()) < len(phrase) <= _LONGEST_FULLER else None


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


# --- indices: points and ranks ----------------------------------------------------------------------------------------


def _name_points(context: Context) -> str:
    left = _left(context)
    if context.kind == "change":
        return f"mức {_direction(context)} điểm {_short(_index_of(context))}"
    head = head_phrase(left)
    if head is not None and (not context.index or (head.startswith("chỉ số") and len(head.split()) > 3)):
        return tidy(head)
    return _index_of(context) or subject_before(left)


def _name_rank(context: Context) -> str:
    right = context.right
    region, ranked_in = _REGION.match(right), _RANKED_IN.match(right)
    name = tidy(clip(ranked_in["what"])) if ranked_in and not region else _index_of(context)
    return f"xếp hạng {_short(_RANK_BEGINNING.sub('', name))} {region['region'] if region else ''}"


def _index_of(context: Context) -> str:
    return context.index or _RANK_BEGINNING.sub("", context.previous_name or "")


def _short(index: str) -> str:
    """An index by its abbreviation, where the text gives one: "chỉ số PAR Index"."""
    found = _ACRONYM.search(index)
    return f"chỉ số {found['acronym']}" if found else index
