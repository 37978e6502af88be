"""What stands behind a number: percent, money, points, times, or the thing it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.numbers.nouns import end_of_listed, end_of_unlisted
from models.vocabulary import any_of, any_of_many, words

_FIXED = re.compile(
    r"(?P<percentage_point>\s?(?:%\s?điểm|điểm\s?%|điểm\s+phần\s+trăm|phần\s+trăm\s+điểm)(?!\w))"
    r"|(?P<percent>\s?%|\s+phần\s+trăm\b|\s?pct\b|\s+per\s?cent\b)"
    r"|(?P<vnd>\s?(?:đồng|vnđ|vnd|đ)(?![\w&]))(?!\s+(?:chí|bào|đội|nghiệp|hương|ruộng)\b)"
    r"|(?P<usd>\s?(?:usd|đô(?:\s?-?\s?la(?:\s+mỹ)?)?(?!\s+(?:thị|la|úc|canada|sing|hồng|hong|new|đài)\w*)|us\$|\$)(?!\w))"
    r"|(?P<times>\s+lần\b(?!\s+(?:đầu\s+tiên|thứ|lượt)\b))"
    rf"|(?P<point>\s?điểm\b(?!\s+(?:{any_of('after.no_score')})\b))"
)
_COUNTED = re.compile(rf"[^\S\n]*(?P<noun>{any_of_many('nouns.counted')})(?!\w)")
_CAPITALS = re.compile(r" [A-ZĐ]+(?:/[A-ZĐ]+)?(?<=[A-ZĐ/]{2})(?![\w/-])")
# A dimension is the size or the frequency of one thing, and no figure.
_SYMBOL = re.compile(
    r"\s?(?:(?P<dimension>[mgk]?hz|k?va?|[mc]m|[mk]b|mah|inch(?:es)?|mp|km/h|mmhg|mg|nm|cc|kcal|ppm|[x×]\s?\d)"
    r"|(?P<symbol>gbps|mbps|tbps|gbpb|gb|tb|km2|km²|km|m2|m²|m3|m³|ha|kg|[kmgt]wh|[mg]wp|[kmg]w|g))(?!\w)"
)
_TIME = re.compile(rf"\s?(?P<time>{any_of('after.time')})(?!\w)")
# What the three begin with, behind a blank or none; nothing begins with a mark. A glance is a tenth of a try.
_FIXED_LETTERS, _SYMBOL_LETTERS = frozenset("%đpvul$"), frozenset("mgkhvicxt×")
_TIME_LETTERS = frozenset(phrase[0] for phrase in words("after.time"))
_NO_UNIT = frozenset(("", *",.;:)-–/"))
_RATIO = re.compile(r"/\s?(?:\d+\s)?[^\W\d_]+(?:\s(?:dân|người|tháng|năm))?")
_PROPER = re.compile(r"\s+[A-ZĐÀÁÂÉÊÍÓÔÚĂĨŨƠƯẠ-Ỹ]")
_IDLE = re.compile(rf"\s+(?:(?P<few>{any_of_many('after.idle_when_few')})|{any_of_many('after.idle')})(?!\w)")
_DEMONSTRATIVE = re.compile(
    rf"\s+(?:(?!trong|do|theo|từ|sau|trước|nhờ|qua|khi|với|mức|loại|kiểu|dạng)[^\W\d_]+\s+){{0,2}}?(?:{any_of('after.demonstrative')})(?!\w)(?!\s+\d)"
)
_NOUN_GOES_ON = re.compile(rf",\s+(?P<noun>{any_of('leads.unit_goes_on')})(?!\w)")
# "còn 266 điểm trường, riêng Gia Lai có 14 điểm", "mạng lưới điểm thu lên tới 3.400 điểm": no points of an index.
_ARE_PLACES = re.compile(
    rf"(?:\d|\bsố|\bmạng lưới|\bcác)\s(?:điểm|trạm)\s(?!cầu thủ|số\b|của|trung bình)(?:{any_of('after.no_score')})\b(?![^.;]*\bchỉ số\b)"
)
_SLIPS = {"gbpb": "gbps"}


class Unit(NamedTuple):
    """A unit as it stands behind a number, and where it ends."""

    name: str | None
    end: int
    family: str = "none"
    """fixed, counted (a listed noun), guessed, symbol, time, capitals (an abbreviation), few (idle when few), idle or none."""


def read_unit(text: str, lower: str, position: int) -> Unit:
    """The unit behind a number that ends at `position`; `lower` is the text in small letters, of the same length."""
    first = lower[position : position + 1]
    if first in _NO_UNIT:
        return Unit(None, position)
    if first == " ":
        first = lower[position + 1 : position + 2]
    may_be_any = first.isspace()
    if (first in _FIXED_LETTERS or may_be_any) and (fixed := _FIXED.match(lower, position)):
        assert fixed.lastgroup is not None
        return Unit(fixed.lastgroup, fixed.end(), "fixed")
    if (first in _SYMBOL_LETTERS or may_be_any) and (symbol := _SYMBOL.match(lower, position)):
        if symbol["dimension"]:
            return Unit(None, position, "idle")
        return Unit(_SLIPS.get(symbol["symbol"], symbol["symbol"]), symbol.end(), "symbol")
    if (first in _TIME_LETTERS or may_be_any) and (time := _TIME.match(lower, position)):
        return Unit(time["time"], time.end(), "time")
    counted = _COUNTED.match(lower, position)
    idle = _IDLE.match(lower, position)
    if idle and lower.startswith("lần lượt", idle.start() + 1):
        return Unit(None, position)  # "xếp thứ 2 và 3 lần lượt là …"
    if idle and (not counted or counted.end() <= idle.end()):
        return Unit(" ".join(idle[0].split()), idle.end(), "few") if idle["few"] else Unit(None, position, "idle")
    if counted and (text[position : position + 1].isspace() or not text[position].isalpha()):
        return _counted_unit(text, lower, counted)
    return _read_unknown(text, lower, position)


def _counted_unit(text: str, lower: str, counted: re.Match[str]) -> Unit:
    end = end_of_listed(text, lower, counted.start("noun"), counted.end())
    if counted["noun"] == "giải" and end > counted.end():
        return Unit(None, counted.start())  # "đến 31/12 giải ngân ít nhất 95%"
    for _ in range(2):
        if not (more := _NOUN_GOES_ON.match(lower, end)) or _PROPER.match(text, more.end()):
            break
        end = more.end()
    if ratio := _RATIO.match(lower, end):
        end = ratio.end()
    noun = text[counted.start("noun") : end]
    return Unit(" ".join((noun if noun[1:].isupper() and len(noun) > 4 else _small(noun)).split()), end, "counted")


def _small(noun: str) -> str:
    """In small letters, but an abbreviation keeps its own: "Trạm BTS" → "trạm BTS"."""
    return " ".join(
        word if len(word) > 1 and word.isupper() and len(noun) > len(word) else word.lower() for word in noun.split()
    )


def _read_unknown(text: str, lower: str, position: int) -> Unit:
    """A noun that no list holds, up to the end of its word, or an abbreviation: "39 TCCUDVTT", "900 C/O"."""
    if text[position + 1 : position + 2].isupper():
        capitals = _CAPITALS.match(text, position)
        if capitals is None or capitals[0].strip() in words("after.no_abbreviation"):
            return Unit(None, position)
        return Unit(capitals[0].strip(), capitals.end(), "capitals")
    end = end_of_unlisted(text, lower, position)
    if end == position or (_PROPER.match(text, end) and " " not in lower[position:end].strip()):
        return Unit(None, position)
    return Unit(" ".join(text[position:end].split()), end, "guessed")


def are_places(lower: str, start: int) -> bool:
    """Whether the "điểm" that a number at `start` counts are the points of a network spoken of before."""
    return _ARE_PLACES.search(lower, max(0, start - 160), start) is not None


def is_pointed_at(lower: str, position: int) -> bool:
    """Whether a noun is one already spoken of: "32 địa phương" in "32 địa phương này"."""
    return _DEMONSTRATIVE.match(lower, position) is not None
