"""Numbers out of Vietnamese prose: "gần 8 tỷ đồng", "10,817/12 điểm", "12-15%", "hai mươi mốt nghìn hồ sơ" ─► Number.

One regular expression finds the digits; all else looks only at the words around them. Dates, documents, levels and
other numbers that count nothing are left out (models/traps.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from models import amounts, traps
from models.number_parts import Prose, bound_of, is_whole, make_number
from models.records import Number
from models.sharing import share_in_lists
from models.text import unify_tones
from models.units import Unit, is_pointed_at, read_unit
from models.vocabulary import any_of, longest_suffix, small_letters, words
from models.word_numbers import find_word_numbers, is_grade

_SECOND = re.compile(r"(?P<join>\s?[-–—]\s?|/|\s+đến\s+|\s+tới\s+)(?P<digits>\d+(?:[.,]\d+)*)")
# A range whose unit stands twice: "12% - 15%", "20 tỷ đến 30 tỷ đồng".
_AGAIN = re.compile(
    r"(?:\s?[-–—]\s?|\s+đến\s+|\s+tới\s+)(?:hơn\s|gần\s|khoảng\s)?(?P<digits>\d+(?:[.,]\d+)*)(?=\s?%|\s?(?:triệu|tỷ|tỉ|nghìn|ngàn)\b)"
)
_RANGE_WORDS = ("đến", "tới")
_RATIO = re.compile(r"\d{1,3}/\d")
_RANK_NEAR = re.compile(r"\b(?:xếp|hạng|đứng|vị trí|thứ)\b[^.;:]{0,60}$")
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")
_ENGLISH_COUNT = re.compile(r"[1-9]\d{0,2},\d{3}")
_VIETNAMESE_COUNT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_RANK_NOUNS = ("thứ", "hạng", "trí", "bậc", "số")
_RANKED_ONLY_BY_TOTAL = ("xếp", "đứng")
"""Before a number alone these rank nothing: "xếp 12 hồ sơ"; with a total they do: "xếp 12/63"."""
_NAMED = ("counted", "guessed", "fixed", "few")
_DAY_BEFORE = (["đến"], ["từ"], ["trước"], ["sau"], ["hết"])
_LAST_DAY, _TWO_DIGITS, _LAST_RANK = 31, 100, 999
_NEXT_RANK = 100
# "thứ 34 trong 63 tỉnh": the total of a rank.
_OF_ALL_RANKED = re.compile(r"\s(?:trong|trên)\s(?:tổng\s)?(?:số\s)?(?P<total>\d{1,3})(?=\s(?!năm|tháng|ngày|lần|quý|kỳ)[^\W\d_])")
_CURRENCY_BEFORE = re.compile(r"(?:(?P<usd>usd|us\$|\$)|(?P<vnd>vnđ|vnd)|(?P<eur>eur|€))\s?$")
# "giảm 1 giờ 20 phút": two measures of one time.
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>\d{1,2})\s?giờ\s(?P<minutes>\d{1,2})\sphút")
_TIME_GIVEN = re.compile(r"(?:giảm|rút ngắn|tăng|còn|mất|bình quân|trung bình|chỉ|hết|tiết kiệm|xuống)\s(?:còn\s|được\s|gần\s|khoảng\s|hơn\s)?$")
_PEOPLE = re.compile(r"\s?(?:người|dân|lượt)\b")
_MONEY = re.compile(r"\b(?:đầu tư|kinh phí|vốn|chi|tiền|ngân sách|doanh thu|giá trị|trị giá|tiết kiệm|lợi nhuận|lỗ|lãi|thuế|phí|đồng|thu)\b")
_SUM_OF_MONEY = re.compile(r"\b(?:phạt|trị giá|kinh phí|số tiền|vốn)\b[^.;,]{0,25}$")
_COUNTED_TIMES = re.compile(r"(?:số lần|số lượt|đi lại)\b[^.;]{0,70}$")
_FEW = 30
_FEE = re.compile(rf"(?<!\w)(?:{any_of('before.fee')})\b(?:[^.;\n]|\.\d)*$")
_SMALL_SUM = 1_000_000


def find_numbers(text: str) -> list[Number]:
    """All numbers of a text that measure or count something, in order. Offsets are those of `text`, which is NFC.

    `unit` is None where nothing behind the number says what it is.

    >>> [(n.value, n.unit, n.out_of) for n in find_numbers("Tỉnh xếp thứ 56/63, đạt 15,91% dịch vụ công mức độ 4.")]
    [(Decimal('56'), 'rank', Decimal('63')), (Decimal('15.91'), 'percent', None)]
    """
    return numbers_in(text, small_letters(unify_tones(text)))


def numbers_in(text: str, lower: str) -> list[Number]:
    """As find_numbers, for a text whose small letters (same length, tones unified) are at hand."""
    runs = list(amounts.DIGITS_RUN.finditer(text))
    prose = Prose(text, lower, amounts.is_english(runs))
    found = list(_find_digits(prose, runs))
    found += find_word_numbers(prose, found)
    found.sort(key=lambda number: number.start)
    return share_in_lists(lower, found)


def read_number(text: str) -> Number | None:
    """Read the first number in a Vietnamese phrase, scale word included.

    A dot groups thousands and a comma marks decimals, the reverse of English.
    None means that the phrase holds no number: absent is never zero.

    >>> read_number("tiếp nhận hơn 1,25 triệu hồ sơ").value
    Decimal('1250000.00')
    """
    return next(iter(find_numbers(text)), None)


def _find_digits(prose: Prose, runs: Iterable[re.Match[str]]) -> Iterator[Number]:
    text, lower = prose.text, prose.lower
    position, level_end, rank_end = 0, -1, -_NEXT_RANK
    for run in runs:
        if run.start() >= position:
            match: re.Match[str] | None = run
        else:  # a shape or a number ended amid the run: what is left of it
            match = amounts.DIGITS_RUN.search(text, position, max(position, run.end()))
        if match is None:
            continue
        start, position = match.span()
        shape_end = traps.end_of_shape(text, start)
        if shape_end is not None and shape_end >= position:
            if number := _read_hours(prose, start):
                yield number
            position = shape_end
            continue
        if traps.is_glued(text, start, position) or traps.is_list_item(text, start):
            continue
        if level_end >= 0 and position - start == 1 and traps.follows_level(text, lower, level_end, start):
            level_end = position
            continue
        rank_words = _rank_words(prose, start, rank_end)
        if rank_words is None and traps.is_label(text, lower, start, position):
            level_end = position
            continue
        number = _read_at(prose, match, rank_words)
        if number is not None:
            yield number
            position = max(position, number.end)
            if number.unit == "rank":
                rank_end = number.end


def _read_hours(prose: Prose, start: int) -> Number | None:
    """ "giảm 1 giờ 20 phút": 80 phút; a clock time otherwise."""
    time = _HOURS_AND_MINUTES.match(prose.lower, start)
    if time is None or _TIME_GIVEN.search(prose.lower, max(0, start - 24), start) is None:
        return None
    minutes = Decimal(time["hours"]) * 60 + Decimal(time["minutes"])
    return make_number(time.span(), minutes, "phút", bound=bound_of(prose, *time.span()))


def _rank_words(prose: Prose, start: int, rank_end: int) -> str | None:
    """The words right before a number that make it a rank: "xếp thứ", "vị trí thứ"; after another rank "thứ" is enough."""
    tokens = prose.tokens_before(start, 5)
    if tokens and tokens[-1].endswith("thứ"):
        if _RATIO.match(prose.lower, start):
            return "thứ"
        label = longest_suffix(tokens, words("before.label"))
        goes_on = start - rank_end < _NEXT_RANK and "." not in prose.lower[rank_end:start]
        if label == "thứ" and goes_on:
            return "thứ"
    return longest_suffix(tokens, words("before.rank"))


def _read_at(prose: Prose, match: re.Match[str], rank_words: str | None) -> Number | None:
    """The number whose first digits are matched; None when it turns out to count nothing."""
    value = amounts.read_digits(match[0], english=prose.english)
    if value is None:
        return None
    start, end = match.span()
    second = _SECOND.match(prose.text, end)
    other = amounts.read_digits(second["digits"], english=prose.english) if second else None
    if second is None or other is None:
        return _read_single(prose, start, end, value, rank_words)
    if second["join"] == "/":
        return _read_ratio(prose, (start, second.end()), value, other, rank_words)
    two_figures = rank_words is not None and is_whole(value) and not is_whole(other)
    if not two_figures and _is_range(prose, start, second) and value < other:
        return _read_amount(prose, start, second.end(), value, other)
    return _read_single(prose, start, end, value, rank_words)


def _read_single(prose: Prose, start: int, end: int, value: Decimal, rank_words: str | None) -> Number | None:
    rank = _read_rank(prose, start, end, value, rank_words) if rank_words is not None else None
    return rank or _read_amount(prose, start, end, value, None)


# --- ranges, ratios, ranks --------------------------------------------------------------------------------------------


def _is_range(prose: Prose, start: int, second: re.Match[str]) -> bool:
    if traps.end_of_shape(prose.text, second.start("digits")) is not None:
        return False
    if second["join"].strip() in _RANGE_WORDS and prose.tokens_before(start, 1) in (["từ"], ["khoảng"]):
        return True
    return prose.text[second.end() : second.end() + 1] not in ("-", "/") and _has_unit(prose, second.end())


def _has_unit(prose: Prose, end: int) -> bool:
    return amounts.SCALE.match(prose.lower, end) is not None or read_unit(prose.text, prose.lower, end).name is not None


def _read_ratio(
    prose: Prose, span: tuple[int, int], value: Decimal, total: Decimal, rank_words: str | None
) -> Number | None:
    """56/63, 62/83 nhiệm vụ, 10,817/12 điểm; a day and month are no ratio."""
    start, end = span
    if prose.text[end : end + 1] in ("/", "-") or not total:
        return None
    unit = read_unit(prose.text, prose.lower, end)
    if rank_words is not None:
        return make_number(span, value, "rank", out_of=total)
    if _is_date(prose, span, unit) or unit.name == "percent":
        return None
    if unit.family in _NAMED or (unit.family == "time" and value <= total and prose.text[end : end + 1].isspace()):
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
    tokens = prose.tokens_before(span[0], 3)
    if longest_suffix(tokens, words("before.date")):
        return True
    if unit.family == "guessed" and tokens[-1:] in _DAY_BEFORE:
        return True
    if unit.family not in _NAMED:
        return _RANK_NEAR.search(prose.lower, max(0, span[0] - 90), span[0]) is None
    return unit.family != "counted" and tokens[-1:] in _DAY_BEFORE


def _read_rank(prose: Prose, start: int, end: int, value: Decimal, rank_words: str) -> Number | None:
    """ "xếp thứ 12", "hạng 9", "vị trí thứ 3 cả nước"; the word belongs to the quote."""
    if not is_whole(value) or not 0 < value <= _LAST_RANK or prose.text[end : end + 1].isalpha() or rank_words in _RANKED_ONLY_BY_TOTAL:
        return None
    if is_grade(prose.lower, start):
        return None
    unit = read_unit(prose.text, prose.lower, end)
    if unit.family in ("fixed", "time") or amounts.SCALE.match(prose.lower, end):
        return None
    begin = prose.lower.rfind(rank_words.split()[-1], 0, start) if rank_words.endswith(_RANK_NOUNS) else start
    if (of_all := _OF_ALL_RANKED.match(prose.lower, end)) and (total := Decimal(of_all["total"])) >= value:
        return make_number((begin, of_all.end()), value, "rank", out_of=total)
    return make_number((begin, end), value, "rank")


# --- amounts ----------------------------------------------------------------------------------------------------------


def _read_amount(prose: Prose, start: int, end: int, value: Decimal, other: Decimal | None) -> Number | None:
    """A number with its scale and unit: "1,25 triệu hồ sơ", "12-15%"."""
    digits, scale = prose.text[start:end], amounts.SCALE.match(prose.lower, end)
    if scale is not None:
        factor = amounts.scale_of(scale["scale"])
        other = other * factor if other is not None else None
        value, end = amounts.read_sum(prose.lower, scale.end(), value, factor)
    unit = _unit_of(prose, start, end, value, scale["scale"] if scale else None)
    end = unit.end if unit.name is not None else end
    if other is None and (again := _AGAIN.match(prose.lower, end)) and unit.name in ("percent", "vnd", "usd", None):
        return _read_long_range(prose, start, again, value)
    if unit.family in ("counted", "guessed") and not prose.english and value > 1 and _ENGLISH_COUNT.fullmatch(digits) and not scale:
        value = Decimal(digits.replace(",", ""))  # 1,250 hồ sơ: a thing that is counted has no three decimals
    if unit.family == "counted" and prose.english and not scale and _VIETNAMESE_COUNT.fullmatch(digits):
        value = Decimal(digits.replace(".", ""))
    if not _counts(prose, start, unit, value, scaled=scale is not None):
        return None
    return make_number((start, end), value, unit.name, bound=bound_of(prose, start, end), value_max=other)


def _unit_of(prose: Prose, start: int, end: int, value: Decimal, scale: str | None) -> Unit:
    """The unit of an amount: what stands behind it, else the money that its scale or the sign before it stands for."""
    unit = read_unit(prose.text, prose.lower, end)
    if unit.family in ("none", "guessed", "idle", "time"):
        if currency := _CURRENCY_BEFORE.search(prose.lower, max(0, start - 4), start):
            return Unit(currency.lastgroup, end, "fixed")
        if scale is not None and _is_money(scale, prose.lower, start, end, guessed=unit.family == "guessed"):
            return Unit("vnd", end, "fixed")
    if unit.name == "times" and _COUNTED_TIMES.search(prose.lower, max(0, start - 90), start):
        return Unit("lần", unit.end, "counted")
    if unit.name == "point" and scale is None and _VIETNAMESE_COUNT.fullmatch(prose.text, start, end):
        return unit._replace(name="điểm", family="counted")
    if unit.family == "few":
        return unit._replace(family="counted") if scale or value >= _FEW else Unit(None, end, "idle")
    return unit


def _is_money(scale: str, lower: str, start: int, end: int, *, guessed: bool) -> bool:
    """179 tỷ stands for đồng; a million may be of anything, so đồng must be near."""
    if scale.endswith(("tỷ", "tỉ")):
        if guessed:
            return _MONEY.search(lower, max(0, start - 90), start) is not None
        return _PEOPLE.match(lower, end) is None
    if guessed:
        return False
    return "đồng" in lower[end : end + 40] or _SUM_OF_MONEY.search(lower, max(0, start - 50), start) is not None


def _read_long_range(prose: Prose, start: int, again: re.Match[str], value: Decimal) -> Number | None:
    other = amounts.read_digits(again["digits"], english=prose.english)
    if other is None:
        return None
    end = again.end()
    if scale := amounts.SCALE.match(prose.lower, end):
        other, end = other * amounts.scale_of(scale["scale"]), scale.end()
    unit = read_unit(prose.text, prose.lower, end)
    end = unit.end if unit.name else end
    if other <= value:
        return None
    return make_number((start, end), value, unit.name, bound=bound_of(prose, start, end), value_max=other)


def _counts(prose: Prose, start: int, unit: Unit, value: Decimal, *, scaled: bool) -> bool:
    """Whether this number measures something, as far as its neighbours tell."""
    tokens = prose.tokens_before(start, 3)
    if tokens and tokens[-1] in words("before.vague"):
        return False
    if unit.name == "times":
        return not is_whole(value) or longest_suffix(tokens, words("before.gap")) is not None
    if unit.name in ("vnd", "usd") and _is_price(prose, start, value, tokens, scaled=scaled):
        return False
    if scaled or unit.family == "fixed":
        return True
    if unit.family == "idle" or _is_time(prose, start, unit, value, tokens):
        return False
    return not (unit.family in ("counted", "guessed") and is_pointed_at(prose.lower, unit.end))


def _is_price(prose: Prose, start: int, value: Decimal, tokens: list[str], *, scaled: bool) -> bool:
    """Whether a sum is what one thing costs: "giá 1,6 triệu đồng", "lệ phí 50.000 đồng"."""
    if longest_suffix(tokens, words("before.price")):
        return True
    return not scaled and value < _SMALL_SUM and _FEE.search(prose.lower, max(0, start - 60), start) is not None


def _is_time(prose: Prose, start: int, unit: Unit, value: Decimal, tokens: list[str]) -> bool:
    """Whether a bare number is a year, a day of the month or an hour."""
    after_year_word = longest_suffix(tokens, words("before.year")) is not None
    if _YEAR.match(prose.text, start) and (unit.family in ("none", "time") or after_year_word):
        return True
    if unit.family == "time" and tokens and tokens[-1] in words("before.clock"):
        return True
    if value <= _LAST_DAY and unit.family != "symbol" and longest_suffix(tokens, words("before.date")):
        return True
    return after_year_word and value < _TWO_DIGITS and tokens[-1] != "mùa"
