"""Numbers out of Vietnamese prose: "gần 8 tỷ đồng", "10,817/12 điểm", "12-15%", "hai mươi mốt nghìn hồ sơ" ─► Number.

One regular expression finds the digits; all else looks only at the words around them. Dates, documents, levels and
other numbers that count nothing are left out (models/traps.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from models import amounts, traps
from models.records import Bound, Number
from models.text import unify_tones
from models.units import Unit, is_pointed_at, read_unit
from models.vocabulary import longest_suffix, small_letters, words

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SECOND = re.compile(r"(?P<join>\s?[-–—]\s?|/|\s+đến\s+|\s+tới\s+)(?P<digits>\d+(?:[.,]\d+)*)")
_AGAIN = re.compile(
    r"(?P<join>\s?[-–—]\s?|\s+đến\s+|\s+tới\s+)(?P<digits>\d+(?:[.,]\d+)*)(?=\s?%|\s?(?:triệu|tỷ|tỉ|nghìn|ngàn)\b)"
)
_UPWARDS = re.compile(r"\s*(?:trở lên|trở đi)\b")
_DOWNWARDS = re.compile(r"\s*trở xuống\b")
_TIMES_WORD = re.compile(
    r"gấp\s+(?:(?P<bound>hơn|gần|khoảng)\s+)?(?P<times>đôi|rưỡi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s+lần)?(?!\s+rưỡi)(?!\w)"
)
_RANK_WORD = re.compile(
    r"(?P<rank>thứ\s+(?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|nhất|nhì)(?=\s+(?:cả|toàn|trong|về|khu|châu|thế|đông|trên|/)|\s*[,.;)]|$)"
)
_RANKED = re.compile(r"(?:xếp|đứng|hạng|vị trí)\s+$")
_RATIO = re.compile(r"\d{1,3}/\d")
_ORDINALS = {
    "nhất": 1,
    "nhì": 2,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_TIMES = {
    "đôi": Decimal(2),
    "rưỡi": Decimal("1.5"),
    "hai": Decimal(2),
    "ba": Decimal(3),
    "bốn": Decimal(4),
    "năm": Decimal(5),
    "sáu": Decimal(6),
    "bảy": Decimal(7),
    "tám": Decimal(8),
    "chín": Decimal(9),
    "mười": Decimal(10),
}
_LEADING = " \t\u00a0\"“”'‘’(*_~≈<>≥≤"
_BOUNDS: tuple[Bound, ...] = ("at_most", "at_least", "under", "over", "about")
_SIGNS: dict[str, Bound] = {">": "over", "<": "under", "≥": "at_least", "≤": "at_most", "~": "about", "≈": "about"}
_LAST_YEAR, _FIRST_YEAR = 2100, 1900
_RANK_NEAR = re.compile(r"\b(?:xếp|hạng|đứng|vị trí|thứ)\b[^.;:]{0,60}$")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, its small letters (same length), and its style of numbers."""

    text: str
    lower: str
    english: bool


def find_numbers(text: str) -> list[Number]:
    """All numbers of a text that measure or count something, in order. Offsets are those of `text`, which is NFC.

    `unit` is None where nothing behind the number says what it is.

    >>> [(n.value, n.unit, n.out_of) for n in find_numbers("Tỉnh xếp thứ 56/63, đạt 15,91% dịch vụ công mức độ 4.")]
    [(Decimal('56'), 'rank', Decimal('63')), (Decimal('15.91'), 'percent', None)]
    """
    return numbers_in(text, small_letters(unify_tones(text)))


def numbers_in(text: str, lower: str) -> list[Number]:
    """As find_numbers, for a text whose small letters (same length, tones unified) are at hand."""
    prose = _Text(text, lower, amounts.is_english(text))
    found = list(_find_digits(prose))
    found += _find_words(prose, found)
    found.sort(key=lambda number: number.start)
    return _share_units(prose, found)


def read_number(text: str) -> Number | None:
    """Read the first number in a Vietnamese phrase, scale word included.

    A dot groups thousands and a comma marks decimals, the reverse of English.
    None means that the phrase holds no number: absent is never zero.

    >>> read_number("tiếp nhận hơn 1,25 triệu hồ sơ").value
    Decimal('1250000.00')
    """
    return next(iter(find_numbers(text)), None)


# --- numbers in digits ------------------------------------------------------------------------------------------------


def _find_digits(prose: _Text) -> Iterator[Number]:
    text, lower = prose.text, prose.lower
    position, level_end = 0, -1
    while match := _DIGITS.search(text, position):
        start, position = match.span()
        shape_end = traps.end_of_shape(text, start)
        if shape_end is not None and shape_end >= position:
            position = shape_end
            continue
        if traps.is_glued(text, start, position) or traps.is_list_item(text, start):
            continue
        if level_end >= 0 and traps.follows_level(lower, level_end, start) and position - start == 1:
            level_end = position
            continue
        is_rank = _rank_words(lower, start)
        if is_rank is None and traps.is_label(text, lower, start, position):
            level_end = position
            continue
        number = _read_at(prose, match, is_rank)
        if number is not None:
            yield number
            position = max(position, number.end)


def _rank_words(lower: str, start: int) -> str | None:
    tokens = lower[max(0, start - 40) : start].replace("(", " ").split()[-5:]
    if tokens[-1:] == ["thứ"] and _RATIO.match(lower, start):
        return "thứ"
    return longest_suffix(tokens, words("before.rank"))


def _read_at(prose: _Text, match: re.Match[str], rank_words: str | None) -> Number | None:
    """The number whose first digits are matched; None when it turns out to count nothing."""
    text = prose.text
    value = amounts.read_digits(match[0], english=prose.english)
    if value is None:
        return None
    start, end = match.span()
    second = _SECOND.match(text, end)
    other: Decimal | None = None
    join = ""
    if second is not None and (other := amounts.read_digits(second["digits"], english=prose.english)) is not None:
        join = second["join"].strip()
        if join == "/":
            return _read_ratio(prose, start, second.end(), value, other, rank_words)
        if _is_range(prose, start, second, value, other):
            end = second.end()
        else:
            other = None
    if rank_words is not None and other is None and (rank := _read_rank(prose, start, end, value, rank_words)):
        return rank
    return _read_amount(prose, start, end, value, other)


def _is_range(prose: _Text, start: int, second: re.Match[str], value: Decimal, other: Decimal) -> bool:
    if other <= value or traps.end_of_shape(prose.text, second.start("digits")) is not None:
        return False
    if second["join"].strip() in ("đến", "tới"):
        return prose.lower[max(0, start - 12) : start].split()[-1:] in (["từ"], ["khoảng"]) or _has_unit(
            prose, second.end()
        )
    return prose.text[second.end() : second.end() + 1] not in ("-", "/") and _has_unit(prose, second.end())


def _has_unit(prose: _Text, end: int) -> bool:
    return amounts.SCALE.match(prose.lower, end) is not None or read_unit(prose.text, prose.lower, end).name is not None


def _read_ratio(
    prose: _Text, start: int, end: int, value: Decimal, total: Decimal, rank_words: str | None
) -> Number | None:
    """56/63, 62/83 nhiệm vụ, 10,817/12 điểm; a day and month are no ratio."""
    text, lower = prose.text, prose.lower
    if text[end : end + 1] in ("/", "-") or not total:
        return None
    unit = read_unit(text, lower, end)
    tokens = lower[max(0, start - 30) : start].split()[-3:]
    if rank_words is None and _could_be_date(text[start:end]):
        if (
            longest_suffix(tokens, words("before.date"))
            or unit.family not in ("counted", "fixed")
            and not _RANK_NEAR.search(lower, max(0, start - 90), start)
        ):
            return None
        if tokens and tokens[-1] in ("đến", "từ", "trước", "sau", "(") and unit.family != "counted":
            return None
    bound, start_of = _bound(prose, start, end)
    if rank_words is not None or (unit.family not in ("counted", "fixed") and value == value.to_integral_value()):
        if rank_words is None and not (
            _RANK_NEAR.search(lower, max(0, start - 90), start)
            or text[end : end + 1].isspace()
            and text[end + 1 : end + 2].isupper()
        ):
            return _number(start, end, value, None, total, bound)
        return _number(start, end, value, "rank", total, "exact")
    if unit.name is None or unit.family == "time":
        return _number(start, end, value, "point", total, bound) if value != value.to_integral_value() else None
    if unit.name == "percent":
        return None
    return _number(start, unit.end, value, unit.name, total, bound)


def _could_be_date(written: str) -> bool:
    day, _, month = written.partition("/")
    return (
        day.isdigit()
        and month.isdigit()
        and len(day) <= 2
        and 1 <= int(day) <= 31
        and len(month) <= 2
        and 1 <= int(month) <= 12
    )


def _read_rank(prose: _Text, start: int, end: int, value: Decimal, rank_words: str) -> Number | None:
    """ "xếp thứ 12", "hạng 9", "vị trí thứ 3 cả nước"; the word belongs to the quote."""
    if value != value.to_integral_value() or not 0 < value <= 999:
        return None
    if rank_words in ("xếp", "đứng", "đạt thứ", "từ thứ", "là thứ", "ở thứ") and not rank_words.endswith("thứ"):
        return None
    unit = read_unit(prose.text, prose.lower, end)
    if unit.family in ("fixed", "time") or amounts.SCALE.match(prose.lower, end):
        return None
    word = rank_words.split()[-1]
    quoted = prose.lower.rfind(word, 0, start)
    return _number(quoted, end, value, "rank", None, "exact")


def _read_amount(prose: _Text, start: int, end: int, value: Decimal, other: Decimal | None) -> Number | None:
    text, lower = prose.text, prose.lower
    scale = amounts.SCALE.match(lower, end)
    scaled = scale is not None and not (scale["scale"] == "k" and end == scale.start())
    if scale is not None and scaled:
        factor = amounts.scale_of(scale["scale"])
        other = other * factor if other is not None else None
        value, end = amounts.read_sum(lower, scale.end(), value, factor)
    unit = read_unit(text, lower, end)
    unit_end = unit.end if unit.name is not None else end
    if other is None and (again := _AGAIN.match(lower, unit_end)) and unit.name in ("percent", "vnd", "usd", None):
        return _read_long_range(prose, start, again, value)
    if not scaled and unit.family == "counted" and _is_english_count(text[start:end], value, prose):
        value = Decimal(text[start:end].replace(",", ""))
    bound, _ = _bound(prose, start, unit_end)
    if not _counts(prose, start, unit, value, other, scaled):
        return None
    if unit.name is None and scaled and _is_money(scale["scale"] if scale else "", lower, start, end):
        unit = replace(unit, name="vnd")
    return _number(start, unit_end, value, unit.name, None, bound, other)


def _is_english_count(digits: str, value: Decimal, prose: _Text) -> bool:
    """1,250 hồ sơ: a thing that is counted has no three decimals."""
    return not prose.english and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits) is not None and value > 1


def _is_money(scale: str, lower: str, start: int, end: int) -> bool:
    """179 tỷ stands for đồng; a million may be of anything, so đồng must be near."""
    if "tỷ" in scale or "tỉ" in scale:
        return "người" not in lower[end : end + 12]
    return "đồng" in lower[end : end + 40]


def _read_long_range(prose: _Text, start: int, again: re.Match[str], value: Decimal) -> Number | None:
    """12% - 15%, 20 tỷ đến 30 tỷ đồng."""
    other = amounts.read_digits(again["digits"], english=prose.english)
    if other is None:
        return None
    end = again.end()
    if scale := amounts.SCALE.match(prose.lower, end):
        other, end = other * amounts.scale_of(scale["scale"]), scale.end()
    unit = read_unit(prose.text, prose.lower, end)
    if other <= value:
        return None
    return _number(start, unit.end if unit.name else end, value, unit.name, None, _bound(prose, start, end)[0], other)


def _counts(prose: _Text, start: int, unit: Unit, value: Decimal, other: Decimal | None, scaled: bool) -> bool:
    """Whether this number measures something, as far as its neighbours tell."""
    lower = prose.lower
    tokens = lower[max(0, start - 30) : start].split()[-3:]
    if tokens and tokens[-1] in words("before.vague"):
        return False
    if unit.family == "idle" and not scaled:
        return False
    if unit.name == "times":
        return value != value.to_integral_value() or longest_suffix(tokens, words("before.gap")) is not None
    if unit.name in ("vnd", "usd") and longest_suffix(tokens, words("before.price")):
        return False
    if _is_year(prose.text, start, value, tokens) and (
        unit.family in ("none", "time") or longest_suffix(tokens, words("before.year"))
    ):
        return False
    if tokens and tokens[-1] in words("before.clock") and unit.family == "time":
        return False
    if (
        longest_suffix(tokens, words("before.date"))
        and unit.family not in ("fixed", "symbol")
        and not scaled
        and value <= 31
    ):
        return False
    if (
        longest_suffix(tokens, words("before.year"))
        and unit.family != "fixed"
        and not scaled
        and tokens[-1] != "mùa"
        and value < 100
    ):
        return False
    return not (unit.family == "counted" and not scaled and is_pointed_at(lower, unit.end))


def _is_year(text: str, start: int, value: Decimal, tokens: list[str]) -> bool:
    return (
        text[start : start + 4].isdigit() and _FIRST_YEAR <= value <= _LAST_YEAR and value == value.to_integral_value()
    )


def _bound(prose: _Text, start: int, end: int) -> tuple[Bound, int]:
    """What the words around a number make of it, and where those words start."""
    lower = prose.lower
    if _UPWARDS.match(lower, end):
        return "at_least", start
    if _DOWNWARDS.match(lower, end):
        return "at_most", start
    before = lower[max(0, start - 40) : start]
    sign = before.rstrip()[-1:]
    if sign in _SIGNS:
        return _SIGNS[sign], start
    tokens = before.rstrip(_LEADING).split()[-4:]
    bounds = _bounds()
    for first in range(len(tokens)):
        if (bound := bounds.get(" ".join(tokens[first:]))) is not None:
            return bound, start
    return "exact", start


@cache
def _bounds() -> dict[str, Bound]:
    return {phrase: bound for bound in _BOUNDS for phrase in words(f"bounds.{bound}")}


def _number(
    start: int,
    end: int,
    value: Decimal,
    unit: str | None,
    out_of: Decimal | None,
    bound: Bound,
    value_max: Decimal | None = None,
) -> Number:
    return Number(start=start, end=end, value=value, value_max=value_max, unit=unit, out_of=out_of, bound=bound)


# --- numbers in words -------------------------------------------------------------------------------------------------


def _find_words(prose: _Text, found: list[Number]) -> Iterator[Number]:
    lower = prose.lower
    for match in amounts.find_words(lower):
        if number := _read_words(prose, match):
            yield number
    for match in _TIMES_WORD.finditer(lower):
        if not any(number.start < match.end() and match.start() < number.end for number in found):
            bound: Bound = {"hơn": "over", "gần": "about", "khoảng": "about"}.get(match["bound"], "exact")  # type: ignore[assignment]
            if bound == "exact":
                bound = _bound(prose, match.start(), match.end())[0]
            yield _number(match.start(), match.end(), _TIMES[match["times"]], "times", None, bound)
    for match in _RANK_WORD.finditer(lower):
        if _RANKED.search(lower, max(0, match.start() - 9), match.start()):
            yield _number(*match.span(), Decimal(_ORDINALS[match["rank"].split()[-1]]), "rank", None, "exact")


def _read_words(prose: _Text, match: re.Match[str]) -> Number | None:
    lower, start, end = prose.lower, match.start(), match.end()
    before = lower[max(0, start - 14) : start].split()[-2:]
    if before and (before[-1] in words("before.vague") or before[-1] in ("thứ", "tháng", "mùng")):
        return None
    bound = _bound(prose, start, end)[0]
    if match["half"]:
        return _number(start, end, Decimal(50), "percent", None, bound)
    unit = read_unit(prose.text, lower, end if not match["part"] else _skip_of(lower, end))
    if match["part"]:
        whole = 100 if match["whole"] == "trăm" else amounts.DIGITS[match["whole"]]
        if whole == 100:
            return None
        unit_end = unit.end if unit.family == "counted" else end
        return _number(
            start, unit_end, Decimal(amounts.DIGITS[match["part"]]), unit.name or "times", Decimal(whole), bound
        )
    value = amounts.read_words(match["amount"])
    if value is None or value < 10 or unit.family in ("time", "idle", "none"):
        return None
    return _number(start, unit.end, value, unit.name, None, bound)


def _skip_of(lower: str, end: int) -> int:
    found = re.compile(r"\s+(?:tổng\s+)?(?:số|trong số)(?=\s)").match(lower, end)
    return found.end() if found else end


# --- lists ------------------------------------------------------------------------------------------------------------

_BETWEEN_ITEMS = re.compile(r"\s?(?:,|;|và|đồng,|,?\s?và)\s?(?:hơn|gần|khoảng|trên)?\s?")


def _share_units(prose: _Text, found: list[Number]) -> list[Number]:
    """In "1.168, 632 và 87 dịch vụ" the last unit is that of all; so is the rank of "86/193, 24/47 Châu Á"."""
    for i in range(len(found) - 2, -1, -1):
        number, following = found[i], found[i + 1]
        if (
            number.unit is None
            and number.out_of is None
            and following.unit is not None
            and following.unit not in ("rank", "times")
        ):
            if _BETWEEN_ITEMS.fullmatch(prose.lower, number.end, following.start):
                found[i] = replace(number, unit=following.unit)
    for i in range(1, len(found)):
        number, before = found[i], found[i - 1]
        if (
            number.unit is None
            and number.out_of is not None
            and before.unit == "rank"
            and number.start - before.end < 60
        ):
            found[i] = replace(number, unit="rank")
    return found
