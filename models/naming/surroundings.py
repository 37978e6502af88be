"""What stands around a number: the words that its name is read from, and what the figures before it were about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from models.naming.hiding import without_names
from models.naming.segments import (
    NUMBER_OF,
    clip,
    goes_on_in_list,
    head_phrase,
    last_piece,
    subject_before,
    tidy,
    verb_before,
    without_stand_ins,
    without_time,
)
from models.records import Kind, Number
from models.vocabulary import any_of_many, words

_BEGINNING = re.compile(rf"^(?:tổng số|số lượng|số tiền|{NUMBER_OF}|tỷ lệ|mức tăng|mức giảm)\s+")
_COMPARED_TO = re.compile(r"\s+(?:(?:tăng\s+)?gấp|so với|vượt|còn thiếu|thiếu|kém|cao hơn|thấp hơn)(?=\s|$)")
_COMPARED_SIGNS = (" gấp", " so với", " vượt", "thiếu", " kém", "hơn")
# Each way begins with a letter or mark of its own, which a search can skip to.
_ENDS_CLAUSE = re.compile(
    r";|!|\?|\n|\.(?=\s|$)|:(?=\s)|t(?<!\wt)(?:rong đó|rong khi|uy nhiên)(?!\w)|đ(?<!\wđ)ồng thời(?!\w)"
    r"|n(?<!\wn)hưng(?!\w)|s(?<!\ws)ong(?!\w)"
)
# Where the phrase ends that belongs to the figure before.
_NEXT_PHRASE = re.compile(
    r"[,;(:–)]\s?|\s(?:[–-]\s|(?:và|với|còn|trong đó|trong khi|tăng|giảm|lên|xuống|đạt|chiếm|là|nhưng|so với|của|ở|gồm|vượt"
    r"|cho thấy|cho biết)(?=\s))|-\s"
)
_NEXT_FIGURE_MARKS = (", ", "; ", " và ", " (", " còn ", " với ")
_LINK = re.compile(r"^\s*(?P<whole>trong\s+(?:tổng\s+)?số\s|tổng\s)?\s*(?:số\s+(?!hóa|liệu|tiền))?(?:các\s+|những\s+)?")
_WHO_SET_IT = re.compile(
    r"của\s|đặt ra|đề ra|(?:chính phủ|thủ tướng|tỉnh|trung ương|ubnd|bộ|hđnd|quốc hội|đề án|kế hoạch|nghị quyết)\b[^,;.]{0,30}"
    r"\b(?:giao|đề ra|đặt ra|yêu cầu|quy định)\b"
)
_NO_NOUN = re.compile(
    r"(?:so|về|trở|và|còn|với|nhưng|tức|tương đương|đứng|xếp|vào|theo|mà|để|là|thì|như|trong|ở|tại|từ|do|vì|nhờ|hồi|tính|mỗi"
    r"|hàng|hằng|mới|cùng kỳ)(?!\w)|"
    r"(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu)(?!\w)"
)
_OR_MORE = re.compile(r"^\s*trở (?:lên|xuống)(?!\w)")
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:xếp|đứng|vươn lên|tăng|giảm|tụt|giữ|nằm|thứ|hạng|ở vị trí|vị trí|ở vị|là điểm sáng)(?!\w).*$"
)
_VALUE = re.compile(r"(?<!\w)\d+[.,/]\d[\d.,/]*(?:\s(?:nghìn|ngàn|triệu|tỷ))?(?!\w)")
_SPEAKS = re.compile(
    r"(?:nói|biết|rõ|thấy|hay|rằng|khẳng định|nhấn mạnh|công bố|nổi bật|sau|đơn vị|mục tiêu|kế hoạch|chỉ tiêu|báo cáo)\)?$"
)
_RULING = re.compile(
    r"^(?:theo|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|chiến lược|chương trình"
    r"|tính đến|qua rà soát|tại|từ|trong số|sau|cứ|có điều|điều (?:phải|này|đáng)|chúng ta|chúng tôi|nước ta)(?!\w)"
    r"|^(?:khu vực|phạm vi|bảng xếp hạng)$"
)
_PART = re.compile(rf"(?:{any_of_many('names.part')})(?!\w)")
_SAID = re.compile(
    rf"(?!(?:chi phí|thu nhập|giao dịch|lãi suất|gửi tiền)(?!\w))(?:{any_of_many('names.said_behind')}"
    rf"|{any_of_many('names.verb')})(?!\w)"
)
# Where a change led: "lên trên", ", đạt", "xuống còn".
_LED_TO = re.compile(
    r"(?:\s*so với[^,;]*)?[\s,(]*(?:và\s+)?(?:tức\s+)?(?:đã\s+)?(?:lên|đạt|còn|xuống|ở mức|từ|thay vì|so với|giảm còn)"
    r"(?:\s+(?:tới|đến|mức|còn|hơn|trên|gần|khoảng|chỉ|tối đa|dưới|quy định|chỉ còn))*\s*"
)
_LONGEST_COUNTED = 10
"""Words of the counted things that are said again by their unit alone."""
_LONGEST_HEADING = 8
_SAYS_NOTHING = ("tỷ lệ", "xếp hạng", "số liệu", "bậc tăng xếp hạng", "bậc giảm xếp hạng")
_MOST_KEPT = 3
"""Sentences after which what a figure was about is forgotten."""
_MOST_TOLD = 12
"""Figures of which it is remembered what they were about."""
_SORTS = {
    "percent": "share", "percentage_point": "share", "rank": "place", "point": "place", "bậc": "place",
    "vnd": "money", "usd": "money", "times": "change",
}  # fmt: skip


@dataclass(slots=True)
class Said:
    """What the figures read so far were about, without "số", "tỷ lệ", "mức tăng"; it changes from figure to figure."""

    last: str | None = None
    by_sort: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The last one of each sort of unit, and in which sentence."""
    last_sort: str | None = None
    index: tuple[str | None, int] = (None, 0)
    """The index spoken of last, and in which sentence."""
    counted: str | None = None
    """What was counted last: "hồ sơ"."""
    by_unit: dict[str, tuple[str, int]] = field(default_factory=dict)
    """What was counted in each unit last, in full ("trạm 5G" of "trạm"), and in which sentence."""
    done: str = ""
    """What is done to the things that were counted last: "tiếp nhận"."""
    sentence: int = 0
    told: list[tuple[str, str, int]] = field(default_factory=list)
    """What the last figures were about, each with its sort of unit and its sentence."""

    points_back: bool = False
    """Whether the row of figures that is being read points at as many that were told before."""

    def keep(self, name: str, unit: str, kind: Kind) -> None:
        """Remember a figure's name."""
        base, sort = base_of(name), "change" if kind == "change" else sort_of(unit)
        self.last_sort = sort
        self.told = [*self.told[1 - _MOST_TOLD :], (base, sort_of(unit), self.sentence)]
        if len(base.split()) > 1 and base not in _SAYS_NOTHING:
            self.last = base
            self.by_sort[sort] = base, self.sentence
        if sort == "count":
            self.counted = unit.lower()
            if len(unit.split()) < len(base.split()) <= _LONGEST_COUNTED and base.startswith(self.counted):
                self.by_unit[self.counted] = base, self.sentence

    def respective(self, unit: str, count: int, place: int) -> str | None:
        """What one of `count` figures in a row is about, where as many stand before them: "tăng lần lượt 3% và 5%"."""
        before = [(base, sort) for base, sort, sentence in self.told if sentence == self.sentence]
        before = before[: len(before) - place]
        if count < 2:
            return None
        same = [base for base, sort in before if sort == sort_of(unit)]
        found = same if len(same) >= count else [base for base, _ in before]
        return found[-count + place] if len(found) >= count else None

    def of_unit(self, unit: str, *, compares: bool) -> str | None:
        """What the things counted in a unit were called last: "trạm 5G" of "trạm".

        What is only said of them ("hồ sơ đã giải quyết") holds for a sentence, or for one that `compares` places.
        """
        base, sentence = self.by_unit.get(unit, ("", 0))
        if not compares and sentence < self.sentence and is_said(base[len(unit) :].strip()):
            return None
        return base if base and self.sentence - sentence <= _MOST_KEPT else None

    def pointed_at(self, unit: str, count: int, place: int) -> str | None:
        """As respective, of all that was told: "hai tỷ lệ này là 21% và 9%"."""
        before = self.told[: len(self.told) - place]
        recent = [base for base, sort, at in before if sort == sort_of(unit) and self.sentence - at <= _MOST_KEPT]
        found = list(dict.fromkeys(recent))
        return found[-count + place] if 2 <= count <= len(found) else None

    def speak_of(self, index: str) -> None:
        """Remember an index that the sentence speaks of."""
        self.index = index, self.sentence

    def of_share(self) -> str | None:
        """What a share without words of its own is of: the index spoken of, or what the last share was of."""
        (share, at), (index, spoken) = self.by_sort.get("share", (None, 0)), self.index
        found = index if share is None or spoken > at else share
        return found if self.sentence - max(at, spoken) <= _MOST_KEPT else None

    def of_sort(self, unit: str) -> str | None:
        """What the last figure of this sort of unit was about."""
        if (sort := sort_of(unit)) == "share":
            return self.of_share()
        base, sentence = self.by_sort.get(sort, (None, 0))
        return base if self.sentence - sentence <= _MOST_KEPT else None


@lru_cache(maxsize=1000)
def sort_of(unit: str) -> str:
    """What a unit measures: a share, a place among others, money, time, a count, or a size (then the unit itself)."""
    if (sort := _SORTS.get(unit)) is not None:
        return sort
    return unit.lower() if is_measured(unit) else "time" if unit in words("names.time_units") else "count"


def is_measured(unit: str) -> bool:
    """Whether a unit measures what stands in front of it: "diện tích 23 ha"."""
    return unit.lower() in words("names.measure_units")


def base_of(name: str) -> str:
    """What a name is about, to be said again of the next figure.

    >>> base_of("mức tăng số lượng thẻ so với năm 2024")
    'số lượng thẻ'
    """
    if any(map(name.__contains__, _COMPARED_SIGNS)):
        name = _COMPARED_TO.split(name, maxsplit=1)[0]
    beginning = _BEGINNING.match(name)
    return (name[beginning.end() :] if beginning else name).strip()


# Not slotted, as some of it is worked out when first asked for; not frozen, which would make it three times as slow.
@dataclass(kw_only=True)
class Context:
    """A figure among its neighbours; offsets are those of `lower`."""

    lower: str
    """The sentence in small letters, proper names covered (models/naming/hiding.py)."""
    number: Number
    unit: str
    kind: Kind
    falls: bool
    start: int
    end: int
    previous_end: int
    """Where the figure before ends; 0 for a sentence's first."""
    next_start: int
    """Where the next figure begins, or the sentence ends."""
    row_end: int
    """Where the last of the figures ends that stand in one row with this: "89%, 93% và 71% hồ sơ"."""
    row_next: int
    """Where the figure behind that row begins, or the sentence ends."""
    row_size: int
    """How many figures stand in that row."""
    row_place: int
    """Which of them this is, from 0."""
    aside: tuple[int, int, int] | None
    """Where brackets with other figures open and close behind this one, and where the next figure begins beyond them."""
    said: Said
    company: str | None
    """A company that the figure is about; its name belongs to the figure's."""
    index: str | None
    """The index (PAR Index, "chỉ số …") spoken of last."""
    index_end: int
    """Where it was spoken of in this sentence; -1 when before it."""
    agent: str = ""
    """Who does it or what holds it, at the end of the name that was found; what comes next is not said of it."""
    left: str = field(init=False)
    """What stands between the figure before (or the clause's begin) and the number."""
    right: str = field(init=False)
    """What follows the number's unit, as far as it can belong to its name and not to the next figure's."""

    def __post_init__(self) -> None:
        self.left = self._clause_before()
        self.right = self.lower[self.end : self.next_start]
        if self.row_end > self.end:
            self.right = self.lower[self.row_end : self.row_next]
            self.next_start = self.row_next
        elif self.aside and self.lower[self.aside[1] : self.aside[1] + 1].isspace():
            opening, closing, self.next_start = self.aside
            self.right = self.lower[self.end : opening].rstrip() + self.lower[closing : self.next_start]
        if "trở" in self.right[:6]:
            self.right = _OR_MORE.sub("", self.right)
        if self.next_start < len(self.lower):
            cut = max([_last_mark(self.right, mark) for mark in _NEXT_FIGURE_MARKS])
            self.right = self.right[:cut] if cut >= 0 else self.right

    @property
    def previous_here(self) -> bool:
        """Whether another figure stands before this one in the sentence."""
        return self.previous_end > 0

    @property
    def direction(self) -> str:
        """The word for the way that a change went."""
        return "giảm" if self.falls else "tăng"

    def _clause_before(self) -> str:
        segment = self.lower[self.previous_end : self.start]
        if self.previous_end:
            following = _NEXT_PHRASE.search(segment)
            segment = segment[following.start() :] if following else segment
        for boundary in _ENDS_CLAUSE.finditer(segment):
            if len(segment[boundary.end() :].split()) >= 2:
                return segment[boundary.end() :]
        return segment

    @cached_property
    def subject(self) -> str:
        """The noun phrase before the number's predicate; empty where only a name or "tỷ lệ này" stands there."""
        found = self.own_subject
        if self.company and found.startswith(self.company):
            found = without_stand_ins(found.removeprefix(self.company))
        if found or (self.previous_here and ";" not in self.lower[self.previous_end : self.start]):
            return found
        piece = last_piece(self.left)
        return _subject(self.left[: self.left.rfind(piece)]) if piece and piece != self.left else ""

    @cached_property
    def own_subject(self) -> str:
        """As `subject`, from behind the last comma only."""
        return _subject(self.left)

    @cached_property
    def heading(self) -> str:
        """What stands before the sentence's colon: "thị phần bán dẫn: ¤¤¤¤ chiếm 24%"; empty where it only says who speaks."""
        before, colon, _ = self.lower[: self.start].rpartition(": ")
        if not colon or self.previous_here or _SPEAKS.search(before):
            return ""
        before = without_time(without_names(before))
        found = tidy(head_phrase(before, bare=True) or "") or _subject(before)
        return "" if is_part(found) or len(found.split()) > _LONGEST_HEADING else found

    @cached_property
    def verb(self) -> str:
        """The verb phrase right before the number: "tích hợp lên cổng dịch vụ công quốc gia"."""
        return verb_before(without_time(without_names(self.left)))

    def is_led_to(self) -> bool:
        """Whether the number is where the one before led: "giảm từ 15 ngày xuống còn 7 ngày"."""
        return _LED_TO.fullmatch(without_time(self.left)) is not None

    def noun_behind(self) -> str:
        """The noun phrase right behind the number: "cơ quan nhà nước xử lý công việc trên môi trường mạng"."""
        right = self.right
        link = _LINK.match(right)
        noun = right[link.end() :] if link else right
        if not right[:1].isspace() or not noun[:1].isalpha() or _WHO_SET_IT.match(noun) or _NO_NOUN.match(noun):
            return ""
        return tidy(clip(noun))

    def is_of_whole(self) -> bool:
        """Whether the whole is named behind the number: "chiếm 55% tổng số điều kiện"."""
        link = _LINK.match(self.right)
        return link is not None and link["whole"] is not None


def _subject(left: str) -> str:
    subject = without_stand_ins(_TAKES_PLACE.sub("", subject_before(left)))
    return "" if _RULING.match(subject) else " ".join(_VALUE.sub("", subject).split())


def _last_mark(right: str, mark: str) -> int:
    """Where the mark stands last, -1 for nowhere; "với" is none in "so với" and "đối với"."""
    at = right.rfind(mark)
    while mark == " với " and at > 0 and right.endswith((" so", " đối"), 0, at):
        at = right.rfind(mark, 0, at)
    if mark == ", " and at == 0 and goes_on_in_list(right, at):
        return -1
    return at


def is_part(phrase: str) -> bool:
    """Whether a phrase names a part of a whole: "cấp huyện", "khối sở, ngành"."""
    return _PART.match(phrase) is not None and " ".join(phrase.split()[:2]) not in words("leads.nouns")


def is_said(phrase: str) -> bool:
    """Whether a phrase only says something of the counted things: "nộp trực tuyến"."""
    return _SAID.match(phrase) is not None
