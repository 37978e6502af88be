"""Numbers out of Vietnamese prose: "gần 8 tỷ đồng", "10,817/12 điểm", "12-15%", "hai mươi mốt nghìn hồ sơ" ─► Number.

One regular expression finds the digits; all else looks only at the words around them. Dates, documents, levels and
other numbers that count nothing are left out (models/numbers/traps.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from models.numbers import amounts, traps
from models.numbers.parts import Prose, is_whole
from models.numbers.quantities import read_amount, read_hours
from models.numbers.rankings import goes_on_ranking
from models.numbers.ranks import NEXT_RANK, OF_ALL_RANKED, rank_words, read_rank, read_ratio
from models.numbers.sharing import share_in_lists
from models.numbers.units import read_unit
from models.numbers.words import find_word_numbers
from models.records import Number
from models.sought import DIGITS_RUN, digits_in
from models.text import unify_tones
from models.vocabulary import small_letters

_SECOND = re.compile(r"(?P<join>\s?[-–—]\s?|/|\s+đến\s+|\s+tới\s+)(?P<digits>\d+(?:[.,]\d+)*)")
_SECOND_LEADS = frozenset("-–—/đt")
# What goes on with a number that counts nothing counts nothing: "25-12", "phạt tiền từ 10 đến 20 triệu".
_RANGE = re.compile(r"(?:[-–]|\sđến\s)\d+(?:[.,]\d+)*(?=\s(?!năm|tháng)|$|[,;.)])(?!\s?%)")
_DAY_BEHIND, _LAST_DAY = re.compile(r"/\d{1,2}(?!\d)"), 31
# "0912 4xx 886": nobody counts so.
_CODE = re.compile(r"0\d{2,}")
_YEAR_DIGITS = 4
_RANGE_WORDS = ("đến", "tới")


def find_numbers(text: str) -> list[Number]:
    """All numbers of a text that measure or count something, in order. Offsets are those of `text`, which is NFC.

    `unit` is None where nothing behind the number says what it is.

    >>> [(n.value, n.unit, n.out_of) for n in find_numbers("Tỉnh xếp thứ 56/63, đạt 15,91% dịch vụ công mức độ 4.")]
    [(Decimal('56'), 'rank', Decimal('63')), (Decimal('15.91'), 'percent', None)]
    """
    return numbers_in(text, small_letters(unify_tones(text)))


def numbers_in(text: str, lower: str) -> list[Number]:
    """As find_numbers, for a text whose small letters (same length, tones unified) are at hand."""
    runs = digits_in(lower)
    prose = Prose(text, lower, amounts.is_english(runs, text))
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
    position, level_end, rank_end = 0, -1, -NEXT_RANK
    last: Number | None = None
    for run in runs:
        if run.start() >= position:
            match: re.Match[str] | None = run
        else:  # a shape or a number ended amid the run: what is left of it
            match = DIGITS_RUN.search(text, position, max(position, run.end()))
        if match is None:
            continue
        start, position = match.span()
        shape_end = traps.end_of_shape(text, start)
        if shape_end is not None and shape_end >= position:
            if number := read_hours(prose, start):
                yield number
            position = shape_end
            continue
        if (
            position - start == _YEAR_DIGITS
            and lower.startswith("năm ", start - 4)
            and text.startswith(("19", "20"), start)
        ):
            continue  # by far the commonest number of all
        if traps.is_glued(text, start, position) or traps.is_list_item(text, start):
            continue
        if level_end >= 0 and position - start == 1 and traps.follows_level(text, lower, level_end, start):
            level_end = position
            continue
        ranked_by = rank_words(prose, start, rank_end)
        if ranked_by is None and last and (number := goes_on_ranking(text, lower, last, start, position)):
            last, rank_end = number, position
            yield number
            continue
        if ranked_by is None and traps.is_label(prose, start, position):
            level_end = position
            continue
        number = _read_at(prose, match, ranked_by)
        if number is not None:
            last = number
            yield number
            position = max(position, number.end)
            if number.unit == "rank":
                rank_end = number.end
                if number.out_of is not None and (total := OF_ALL_RANKED.match(lower, number.end)):
                    position = total.end()
        elif range_of_none := _RANGE.match(text, position):
            position = range_of_none.end()


def _read_at(prose: Prose, match: re.Match[str], ranked_by: str | None) -> Number | None:
    """The number whose first digits are matched; None when it turns out to count nothing."""
    value = amounts.read_digits(match[0], english=prose.english)
    if value is None or _CODE.fullmatch(match[0]):
        return None
    start, end = match.span()
    lead = prose.text[end : end + 1]
    if lead == " ":
        lead = prose.text[end + 1 : end + 2]
    second = _SECOND.match(prose.text, end) if lead in _SECOND_LEADS or lead.isspace() else None
    other = amounts.read_digits(second["digits"], english=prose.english) if second else None
    if second is None or other is None:
        return _read_single(prose, start, end, value, ranked_by)
    if other <= _LAST_DAY and _DAY_BEHIND.match(prose.text, second.end()) and second["join"] != "/":
        return None  # "từ 28 đến 30/6"
    if second["join"] == "/":
        return read_ratio(prose, (start, second.end()), value, other, ranked_by)
    two_figures = ranked_by is not None and is_whole(value) and not is_whole(other)
    if not two_figures and _is_range(prose, start, second) and value < other:
        return read_amount(prose, start, second.end(), value, other)
    return _read_single(prose, start, end, value, ranked_by)


def _read_single(prose: Prose, start: int, end: int, value: Decimal, ranked_by: str | None) -> Number | None:
    rank = read_rank(prose, start, end, value, ranked_by) if ranked_by is not None else None
    return rank or read_amount(prose, start, end, value, None)


def _is_range(prose: Prose, start: int, second: re.Match[str]) -> bool:
    if traps.end_of_shape(prose.text, second.start("digits")) is not None or prose.text.startswith("/", second.end()):
        return False
    if second["join"].strip() in _RANGE_WORDS and prose.tokens_before(start, 1) in (["từ"], ["khoảng"]):
        return True
    return prose.text[second.end() : second.end() + 1] != "-" and _has_unit(prose, second.end())


def _has_unit(prose: Prose, end: int) -> bool:
    return amounts.SCALE.match(prose.lower, end) is not None or read_unit(prose.text, prose.lower, end).name is not None
