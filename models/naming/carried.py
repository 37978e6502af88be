"""What a figure without words of its own is about, and what a rate of something is called."""

from __future__ import annotations

import re

from models.naming.hiding import COVER
from models.naming.segments import NUMBER_OF
from models.naming.surroundings import Context
from models.vocabulary import any_of_many

RATE = re.compile(rf"(?:{any_of_many('names.measure')})(?!\w)|(?:par index|sipas|papi|pci|dti|ict index|egdi)\b")
_AMOUNTS = ("doanh thu ", "thu nhập ")
"""Of these a percentage is a part, though they are measured, too."""
_COUNT_HEAD = re.compile(rf"^(?:tổng số|số lượng|{NUMBER_OF})\s+")
POINTS_BACK = re.compile(
    r"(?<!\w)(?<!trong )(?P<what>tỷ lệ|tỉ lệ|tỷ trọng|thị phần|chỉ tiêu|con số|chỉ số|kết quả|mức|số)"
    r"\s+(?:này|đó|ấy|trên(?=\s+\S)|nói trên)(?!\w)"
)

_BARE_GROWTH = re.compile(
    r"(?:tốc độ |mức )?tăng(?: trưởng)?(?: (?:ổn định|cao|mạnh|mạnh mẽ|nhanh|trung bình|bình quân|kép|dương|âm|khá|tốt|chung|đều))*"
)


def grown(context: Context, growth: str) -> str:
    """A growth with what grew, where it does not say so itself: "tốc độ tăng trưởng ổn định" of the subscribers told before."""
    thing = carried_topic(context) if _BARE_GROWTH.fullmatch(growth) else None
    return f"{growth} {thing}" if thing and "tăng" not in thing else growth


def rate(phrase: str) -> str:
    """ "tỷ lệ" before a phrase that does not say itself what is measured: "mức hài lòng", "chỉ số SIPAS"."""
    if phrase.startswith("xếp hạng "):
        phrase = phrase.removeprefix("xếp hạng ")
        return phrase if phrase.startswith("chỉ số") else f"chỉ số {phrase}"
    if phrase.startswith(_AMOUNTS):
        return f"tỷ lệ {phrase}"
    return phrase if RATE.match(phrase) else f"tỷ lệ {_COUNT_HEAD.sub('', phrase)}".strip()


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
