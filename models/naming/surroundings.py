"""What stands around a number: the words that its name is read from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from models.naming.hiding import COVER, without_names
from models.naming.kinds import is_part
from models.naming.said import Said
from models.naming.segments import (
    clip,
    goes_on_in_list,
    head_phrase,
    last_piece,
    subject_before,
    tidy,
    verb_before,
    without_stand_ins,
)
from models.naming.undated import without_time
from models.records import Kind, Number

# Each way begins with a letter or mark of its own, which a search can skip to.
_ENDS_CLAUSE = re.compile(
    r";|!|\?|\n|\.(?=\s|$)|:(?=\s)|t(?<!\wt)(?:rong (?:số )?đó|rong số (?:này|ấy)|rong khi|uy nhiên)(?!\w)|đ(?<!\wđ)ồng thời(?!\w)"
    r"|n(?<!\wn)hưng(?!\w)|s(?<!\ws)ong(?!\w)"
)
# Where the phrase ends that belongs to the figure before.
_NEXT_PHRASE = re.compile(
    r"[,;(:–)\s-](?:(?<=[,;(:–)])\s?|(?<=\s)(?:[–-]\s|(?:và|với|còn|trong đó|trong khi|tăng|giảm|lên|xuống|đạt|chiếm|là|nhưng"
    r"|so với|của|ở|gồm|vượt|cho thấy|cho biết)(?=\s))|(?<=-)\s)"
)
_NEXT_FIGURE_MARKS = (", ", "; ", " và ", " (", " còn ", " với ")
_LINK = re.compile(r"^\s*(?P<whole>trong\s+(?:tổng\s+)?số\s|tổng\s)?\s*(?:số\s+(?!hóa|liệu|tiền))?(?:các\s+|những\s+)?")
_WHO_SET_IT = re.compile(
    r"của\s|đặt ra|đề ra|(?:chính phủ|thủ tướng|tỉnh|trung ương|ubnd|bộ|hđnd|quốc hội|đề án|kế hoạch|nghị quyết)\b[^,;.]{0,30}"
    r"\b(?:giao|đề ra|đặt ra|yêu cầu|quy định)\b"
)
_NO_NOUN = re.compile(
    r"(?:so|về|trở|và|còn|với|nhưng|tức|tương đương|đứng|xếp|vào|theo|mà|để|là|thì|như|trong|ở|tại|từ|do|vì|nhờ|hồi|tính|mỗi"
    r"|hàng|hằng|mới|cùng kỳ|rơi|rớt|tụt|lùi|nhích|sụt|vọt)(?!\w)|"
    r"(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|dự toán|nhu cầu|định mức|(?:công suất|dung tích) thiết kế)(?!\w)"
)
_OR_MORE = re.compile(r"^\s*trở (?:lên|xuống)(?!\w)")
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:xếp|đứng|vươn lên|tăng|giảm|tụt|giữ|nằm|thứ|hạng|ở vị trí|vị trí|ở vị|là điểm sáng)(?!\w).*$"
)
_VALUE = re.compile(r"\d(?<!\w\d)\d*[.,/]\d[\d.,/]*(?:\s(?:nghìn|ngàn|triệu|tỷ))?(?!\w)")
_SPEAKS = re.compile(
    r"(?:nói|biết|rõ|thấy|hay|rằng|khẳng định|nhấn mạnh|công bố|nổi bật|sau|đơn vị|mục tiêu|kế hoạch|chỉ tiêu|báo cáo)\)?$"
)
_RULING = re.compile(
    r"^(?:(?:xét |tính |chia |phân )?theo|xét (?:về|riêng|từng)|nghị quyết|quyết định|chỉ thị|nghị định|thông tư|chiến lược|chương trình"
    r"|lần|tháng|hồi|như vậy|vậy|bỏ lại|dù"
    r"|trước (?:dịch|đây|khi)|tính đến|qua rà soát|tại|từ|trong số|sau|cứ|có điều|điều (?:phải|này|đáng)|chúng ta|chúng tôi|nước ta)(?!\w)"
    r"|^(?:khu vực|phạm vi|bảng xếp hạng)$"
)
# Where a change led: "lên trên", ", đạt", "xuống còn".
_LED_TO = re.compile(
    r"(?:\s*so với[^,;]*)?[\s,(]*(?:và\s+)?(?:tức\s+)?(?:(?:lần|đợt|kỳ) này\s+(?:chỉ\s+)?)?(?:đã\s+)?"
    r"(?:(?:rơi|tụt|lùi|sụt) (?:về|xuống|còn)|về|nay (?:là|đã là|còn|chỉ còn|đã|mới)"
    r"|lên|đạt|còn|xuống|ở mức|từ|thay vì|so với|giảm còn)"
    r"(?:\s+(?:tới|đến|mức|còn|hơn|trên|gần|khoảng|chỉ|tối đa|dưới|quy định|chỉ còn))*\s*"
)
_LED_FROM = re.compile(
    r",\s(?:tăng |giảm |cải thiện )?(?:so với|thay vì|từ)(?: mức| con số)?(?: khoảng| gần| hơn)?\s*$"
)
# Held against somebody else, not against an earlier time.
_THAN = re.compile(
    rf"(?<!\w)(?:(?:cao|thấp|nhiều|ít|nhanh|chậm)\s)?hơn\s(?:(?:mức|so với|của|tỉnh|huyện|phường|xã|thành phố|thị xã"
    rf"|sở|bộ|điểm)\s)*[{COVER}][^;\d]*$"
)
# What only explains a name, or lists those of whom it is told: "– một chỉ số quan trọng –", ", gồm A, B và C đạt".
_EXPLAINS = re.compile(
    r"\s[–—]\s[^–—;:\d]{6,90}\s[–—](?=\s)|,\s(?:bao gồm|gồm|trong đó có|kể cả|tức(?: là)?|nơi|như)\s[^;:()\d]{3,90}?"
    r"(?:,(?=\s(?:đã|đều|hiện|ước|mới|chỉ|đạt|là|tăng|giảm|chiếm|được)(?!\w))|(?=\s(?:đạt|tăng|giảm|chiếm)(?!\w)))"
)
# Right before a number, an earlier time that it is held against: "nhiều hơn vụ trước khoảng".
_THAN_BEFORE = re.compile(
    r"[\s,(]*(?:(?:và|nhưng|song|tức|cũng|vẫn|còn|đã|lại)\s)*"
    r"(?:(?:(?P<less>thấp|ít|chậm|nhỏ|rẻ|kém)|cao|nhiều|lớn|nhỉnh|nhanh|đắt|dài)\s)?(?<!\w)hơn\s(?:so với\s)?"
    r"(?P<than>(?:(?:cùng|cả|một|mức|giá|hồi|đầu|cuối|thời)\s)*(?:kỳ|năm|quý|tháng|tuần|vụ|mùa|đợt|phiên|khởi điểm|đỉnh điểm)"
    r"(?:\s(?!tới|đến|khoảng|gần|hơn|trên|chừng|chưa|tận)(?:[^\W\d]+|\d{4}|\d{1,2}/\d{4})){0,3})"
    r"(?:\s(?:tới|đến|khoảng|gần|hơn|trên|chừng|chưa|tận))*\s*$"
)
# "59% doanh nghiệp cho biết họ vẫn còn phải trả phí": the answer is what is told of those who give it.
_SAY_OF_THEMSELVES = re.compile(
    r"\scho biết(?: rằng| là)?(?: họ| mình)?(?: vẫn còn| vẫn)?(?=\s(?:có|đã|đang|sẽ|phải|không|chưa|từng|cần|bị|được)(?!\w))"
)
_LONGEST_HEADING = 8
_LONGEST_RATE = 16


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
    earlier: str
    """What the article says before this sentence, as far as it may say what is meant here."""
    agent: str = ""
    """Who does it or what holds it, at the end of the name that was found; what comes next is not said of it."""
    than: str = ""
    """The earlier time that a change is held against, where it stands before the number; `left` ends before it."""
    left: str = field(init=False)
    """What stands between the figure before (or the clause's begin) and the number."""
    right: str = field(init=False)
    """What follows the number's unit, as far as it can belong to its name and not to the next figure's."""

    def __post_init__(self) -> None:
        self.left = self._clause_before()
        if "–" in self.left or ", " in self.left:
            self.left = _EXPLAINS.sub(" ", self.left)
        if self.kind == "change" and "hơn" in self.left:
            self._cut_comparison()
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

    def _cut_comparison(self) -> None:
        if held := _THAN_BEFORE.search(self.left):
            self.left, self.than = self.left[: held.start()] + " ", held["than"]
            self.falls = self.falls or held["less"] is not None

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
        longest = _LONGEST_RATE if found.startswith(("tỷ lệ", "tỉ lệ", "số ")) else _LONGEST_HEADING
        return "" if is_part(found) or len(found.split()) > longest else found

    @cached_property
    def verb(self) -> str:
        """The verb phrase right before the number: "tích hợp lên cổng dịch vụ công quốc gia"."""
        return verb_before(without_time(without_names(self.left)))

    def is_led_to(self) -> bool:
        """Whether the number is where the one before led: "giảm từ 15 ngày xuống còn 7 ngày"."""
        return _LED_TO.fullmatch(without_time(self.left)) is not None or _LED_FROM.search(self.left) is not None

    def is_ahead(self) -> bool:
        """Whether the number says how far before or behind somebody else one is: "hơn ¤¤¤¤ 0,4 điểm"."""
        return "hơn" in self.left and _THAN.search(self.left) is not None

    def noun_behind(self) -> str:
        """The noun phrase right behind the number: "cơ quan nhà nước xử lý công việc trên môi trường mạng"."""
        right = self.right
        link = _LINK.match(right)
        noun = right[link.end() :] if link else right
        if not right[:1].isspace() or not noun[:1].isalpha() or _WHO_SET_IT.match(noun) or _NO_NOUN.match(noun):
            return ""
        return tidy(clip(_SAY_OF_THEMSELVES.sub("", noun, count=1) if " biết " in noun else noun))

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
