"""The parts of the world, where a text tells of one: "của Đông Nam Á đạt 100 tỷ USD", "sáu nước ASEAN"; and "khu vực" for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.bodies.body import Body
from models.bodies.regions import TOLD_OF
from models.sought import Sought

_NAMES = {
    "châu á - thái bình dương": "Châu Á - Thái Bình Dương", "châu á-thái bình dương": "Châu Á - Thái Bình Dương",
    "đông nam á": "Đông Nam Á", "asean": "Đông Nam Á", "liên minh châu âu": "Liên minh châu Âu", "châu á": "Châu Á", "châu âu": "Châu Âu",
    "châu phi": "Châu Phi", "châu mỹ": "Châu Mỹ", "bắc mỹ": "Bắc Mỹ", "mỹ latinh": "Mỹ Latinh", "trung đông": "Trung Đông",
}  # fmt: skip
_PARTS = Sought(*_NAMES)
_SAME = Sought("khu vực")
# What is before the name and belongs to it: "sáu nước", "toàn khu vực", "các thị trường lớn nhất khu vực".
_LEAD = re.compile(
    r"(?:(?:toàn|khắp|cả) |(?:\d\d?|hai|ba|bốn|năm|sáu|bảy|tám|mười|các) (?:nước|quốc gia|thị trường|nền kinh tế)(?: lớn nhất)? )?"
    r"(?:(?:ở|tại|của|trong) )?(?:(?:khu vực|vùng|khối) )?$"
)
_NEAR = 300
_OF_ALL = re.compile(r"(?:toàn|khắp|cả|trung bình|bình quân|nước|quốc gia|thị trường|nền kinh tế|nhất)\s")
# "của châu Á", "tại khu vực châu Âu", or what opens a sentence.
_OF_IT = re.compile(r"(?:\b(?:của|ở|tại|trên|trong|trung bình|bình quân|mức|riêng)|[.;:\n])\s$|^$")
# Who is one of them, or only is compared, or goes there.
_BESIDE_IT = re.compile(
    r"(?:một trong|trong (?:số|nhóm|top|tốp)|thuộc"
    r"|với|cùng|từ|sang|đi|cho|đến|tới|vào|như|giữa|so|hơn|kém|khách|và|nhóm|nhất|đầu|qua|khắp)\s$"
)
_RANKED = re.compile(
    r"\b(?:thứ|hạng|top|tốp|nhất|nhì|nhóm|dẫn đầu|đứng đầu|hàng đầu|đầu|vị trí|trong số|một trong|duy nhất|cúp|giải)\b[^,;.:()\n]{0,40}$"
)
# "trong ASEAN ta đứng thứ 5"
_SCALE_FOR = re.compile(
    r",?\s(?:(?:ta|nước ta|việt nam)\s)?(?:(?:chỉ|đã|vẫn|cũng|hiện)\s)?(?:đứng |xếp |giữ )?(?:thứ|hạng|vị trí)\b"
)
_WORDS_OF = ("ở", "tại", "của", "trong")
_THE_SAME = re.compile(r"(?:trong|của)\s$")
# "Trong khu vực, Thái Lan đứng đầu" turns to others.
_ENDS = re.compile(r"(?=(?<!trong khu vực)[,.;]|, (?:bao )?gồm\b|\s(?:đã|có|đạt|là|vẫn|chỉ|còn|sẽ|tăng|giảm)\b)")
_NOT_A_NAME = re.compile(r"-?\d|-\d|\w")


def continents_in(lower: str) -> Iterator[Body]:
    """The parts of the world of which a text tells something itself, in order."""
    places = _parts(lower)
    if not places:
        return
    same = [(start, start + len("khu vực"), "") for start in _SAME.starts_in(lower)]
    last, end = "", 0
    for start, stop, name in sorted(places + same):
        if start < end:
            continue
        if name:
            last, end = name, stop
            first = _first_of(lower, start)
            if _is_told_of(lower, first, start, stop):
                yield Body(first, stop, name, "continent")
        elif last and start < end + _NEAR and _means_it(lower, start, stop):
            yield Body(start, stop, last, "continent")


def _means_it(lower: str, start: int, stop: int) -> bool:
    """Whether "khu vực" is the part of the world named before: "các quỹ trong khu vực còn giữ …"."""
    of_it = _THE_SAME.search(lower, max(0, start - 6), start) and _ENDS.match(lower, stop)
    return of_it is not None and not _RANKED.search(lower, max(0, start - 50), start)


def _parts(lower: str) -> list[tuple[int, int, str]]:
    """Where parts of the world are named: start, end, name; the longest of those that begin together first."""
    phrases = _PARTS.phrases
    found = ((start, -len(phrases[which]), phrases[which]) for start, which in _PARTS.found_in(lower))
    return [
        (start, start + len(phrase), _NAMES[phrase])
        for start, _, phrase in sorted(found)
        if not _NOT_A_NAME.match(lower, start + len(phrase)) and not lower[start - 1 : start].isalnum()
    ]


def _first_of(lower: str, start: int) -> int:
    """Where what belongs to a name begins."""
    lead = _LEAD.search(lower, max(0, start - 50), start)
    if lead is None:
        return start
    first = lead.start()
    word = lead[0].partition(" ")[0]
    return first + len(word) + 1 if word in _WORDS_OF else first  # "của châu Á" begins at the name


def _is_told_of(lower: str, first: int, start: int, stop: int) -> bool:
    before = max(0, first - 50)
    if _SCALE_FOR.match(lower, stop) or _BESIDE_IT.search(lower, before, first) or _RANKED.search(lower, before, first):
        return False
    return (
        _OF_IT.search(lower, before, first) is not None
        or _OF_ALL.match(lower, first) is not None
        or TOLD_OF.match(lower, stop) is not None
    )
