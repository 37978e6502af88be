"""Ranks and ratios: "xếp thứ 12", "hạng 14 trong 103", "56/63", "62/83 nhiệm vụ", "10,817/12 điểm"."""

from __future__ import annotations

import re
from decimal import Decimal

from models.numbers import amounts
from models.numbers.parts import Prose, bound_of, is_whole, make_number
from models.numbers.seldom import part_of_season
from models.numbers.units import Unit, are_places, read_unit
from models.numbers.words import is_grade
from models.records import Number
from models.vocabulary import last_words, longest_suffix, words

_RATIO = re.compile(r"\d{1,3}/\d")
_RANK_NEAR = re.compile(r"\b(?:xếp|hạng|đứng|vị trí|thứ)\b[^.;:]{0,60}$")
# "1/4 số xã"
_NUMBER_OF = re.compile(r"\s(?:tổng\s)?số(?=\s[^\W\d_])")
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")
_DAY_BEFORE = (["đến"], ["từ"], ["trước"], ["sau"], ["hết"])
# "300 bác sĩ, trong đó 2/3 có bằng sau đại học"
AMONG_THEM = re.compile(r"\b(?:trong đó|trong số đó|trong số này)(?: có)?,?\s(?:có\s)?(?:khoảng\s|gần\s|hơn\s|tới\s)?$")
_SAID_OF_PART = re.compile(r"\s(?:có|là|được|đã|chưa|không|từng|thuộc|phải)\b")
_ONLY_DAYS_BEHIND = (["trước"], ["sau"], ["hết"])
_NAMED = ("counted", "guessed", "fixed", "few")
_RANK_LAST = last_words("before.rank")
_RANK_NOUNS = ("thứ", "hạng", "trí", "bậc", "số")
_RANKED_ONLY_BY_TOTAL = ("xếp", "đứng")
"""Before a number and a noun these rank nothing: "xếp 12 hồ sơ"; with a total, or nothing, they do: "xếp 12/63", "xếp 12."."""
_CLAUSE_ENDS = re.compile(r"[,;)](?!\d)|\.(?!\d)|$")
# "thứ 34 trong 63 tỉnh": the total of a rank.
OF_ALL_RANKED = re.compile(
    r"\s(?:trong|trên)\s(?:tổng\s)?(?:số\s)?(?P<total>\d{1,3})(?=\s(?!năm|tháng|ngày|lần|quý|kỳ)[^\W\d_])"
)
_LAST_RANK = 999
# "từ thứ 2 đến thứ 6" are days.
# "xếp sau Singapore (thứ 1), Malaysia (thứ 11)"
_ASIDE = re.compile(r"\(thứ \d{1,3}\)")
_WEEKDAYS = re.compile(r"[2-7]\s(?:đến|tới|-|–|hằng|hàng)\s(?:thứ|chủ|tuần)")
NEXT_RANK = 100
"""How far a rank may stand behind another to be one with no more than "thứ" before it."""


def rank_words(prose: Prose, start: int, rank_end: int) -> str | None:
    """The words right before a number that make it a rank: "xếp thứ", "vị trí thứ"; after another rank "thứ" is enough."""
    tokens = prose.tokens_before(start, 5)
    if not tokens or (tokens[-1] not in _RANK_LAST and not tokens[-1].endswith("thứ")):
        return None
    if tokens[-1].endswith("thứ"):
        if _RATIO.match(prose.lower, start):
            return "thứ"
        label = longest_suffix(tokens, words("before.label"))
        goes_on = start - rank_end < NEXT_RANK and "." not in prose.lower[rank_end:start]
        if label == "thứ" and (goes_on or _ASIDE.match(prose.lower, start - len("(thứ "))):
            return "thứ"
    if _WEEKDAYS.match(prose.lower, start):
        return None
    return longest_suffix(tokens, words("before.rank"))


def read_ratio(
    prose: Prose, span: tuple[int, int], value: Decimal, total: Decimal, words_before: str | None
) -> Number | None:
    """56/63, 62/83 nhiệm vụ, 10,817/12 điểm; a day and month are no ratio."""
    start, end = span
    if prose.text[end : end + 1] in ("/", "-") or not total:
        return None
    of_all = _NUMBER_OF.match(prose.lower, end)
    unit = read_unit(prose.text, prose.lower, of_all.end() if of_all else end)
    if words_before is not None:
        return make_number(span, value, "rank", out_of=total)
    if unit.family == "idle":
        unit = part_of_season(prose.lower, end) or unit
    if unit.name == "point" and is_whole(value) and are_places(prose.lower, start):
        unit = unit._replace(name="điểm", family="counted")
    if _is_date(prose, span, unit) or unit.name == "percent":
        return None
    if (
        unit.family in _NAMED
        or (unit.family == "symbol" and not is_whole(value))
        or (unit.family == "time" and value <= total and prose.text[end : end + 1].isspace())
    ):
        return make_number((start, unit.end), value, unit.name, bound=bound_of(prose, start, unit.end), out_of=total)
    bound = bound_of(prose, start, end)
    if not is_whole(value):
        return make_number(span, value, "point", bound=bound, out_of=total)
    before_name = prose.text[end : end + 1].isspace() and prose.text[end + 1 : end + 2].isupper()
    is_rank = before_name or _RANK_NEAR.search(prose.lower, max(0, start - 90), start)
    return make_number(span, value, "rank" if is_rank else None, bound="exact" if is_rank else bound, out_of=total)


def _is_date(prose: Prose, span: tuple[int, int], unit: Unit) -> bool:
    """Whether "26/8" is a day: a date word stands before it, or nothing says what it counts."""
    if not _DAY_AND_MONTH.fullmatch(prose.text, *span):
        return False
    if AMONG_THEM.search(prose.lower, max(0, span[0] - 30), span[0]) and _SAID_OF_PART.match(prose.lower, span[1]):
        return False
    tokens = prose.tokens_before(span[0], 3)
    if longest_suffix(tokens, words("before.date")) or tokens[-1:] in _ONLY_DAYS_BEHIND:
        return True
    if unit.family == "guessed" and tokens[-1:] in _DAY_BEFORE:
        return True
    if unit.family not in _NAMED:
        return _RANK_NEAR.search(prose.lower, max(0, span[0] - 90), span[0]) is None
    return unit.family != "counted" and tokens[-1:] in _DAY_BEFORE


def read_rank(prose: Prose, start: int, end: int, value: Decimal, words_before: str) -> Number | None:
    """ "xếp thứ 12", "hạng 9", "vị trí thứ 3 cả nước"; the word belongs to the quote."""
    may_rank = is_whole(value) and 0 < value <= _LAST_RANK
    if words_before in _RANKED_ONLY_BY_TOTAL and not _CLAUSE_ENDS.match(prose.lower, end):
        return None
    if not may_rank or prose.text[end : end + 1].isalpha() or is_grade(prose.lower, start):
        return None
    unit = read_unit(prose.text, prose.lower, end)
    is_of_a_year = unit.name == "năm" and prose.lower[unit.end + 1 : unit.end + 3] in ("19", "20")
    if (unit.family in ("fixed", "time") and not is_of_a_year) or amounts.SCALE.match(prose.lower, end):
        return None
    begin = prose.lower.rfind(words_before.split()[-1], 0, start) if words_before.endswith(_RANK_NOUNS) else start
    of_all = OF_ALL_RANKED.match(prose.lower, end)
    total = Decimal(of_all["total"]) if of_all else None
    return make_number((begin, end), value, "rank", out_of=total if total is not None and total >= value else None)
