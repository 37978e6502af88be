"""Digits and number words of a Vietnamese text as Decimals: "1.887", "15,91", "hai mươi mốt nghìn", "1 triệu 200 nghìn"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from models.vocabulary import alternatives

SCALES = {
    "trăm": Decimal(100), "nghìn": Decimal(1000), "ngàn": Decimal(1000), "vạn": Decimal(10_000), "triệu": Decimal(10**6),
    "tỷ": Decimal(10**9), "tỉ": Decimal(10**9), "nghìn tỷ": Decimal(10**12), "nghìn tỉ": Decimal(10**12), "ngàn tỷ": Decimal(10**12),
    "ngàn tỉ": Decimal(10**12),
    "trăm nghìn": Decimal(10**5), "trăm triệu": Decimal(10**8), "trăm tỷ": Decimal(10**11),
    "million": Decimal(10**6), "billion": Decimal(10**9), "trillion": Decimal(10**12),
    "chục nghìn": Decimal(10**4), "chục triệu": Decimal(10**7), "triệu tỷ": Decimal(10**15), "triệu tỉ": Decimal(10**15),
}  # fmt: skip
DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_SMALL_SCALES = {"trăm": 100, "mươi": 10}
_BIG_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}

# "tháng 5 tỷ lệ …" is no sum.
SCALE = re.compile(rf"\s?(?P<scale>{alternatives(SCALES)})\b(?!(?<=t[ỷỉ])\s+(?:lệ|trọng|suất|giá)\b)")
_SCALE_LETTERS = frozenset(phrase[0] for phrase in SCALES)
HALF = re.compile(r"\s?rưỡi\b")
_MORE = re.compile(rf"\s(?:lẻ\s)?(?P<digits>\d+(?:[.,]\d+)*)\s(?P<scale>{alternatives(SCALES)})\b")
_ONES = re.compile(r"\s(?P<ones>\d{3})(?=\s[^\W\d_]|[,;.)]?(?:\s|$))")
_GROUPED = {separator: re.compile(rf"[1-9]\d{{0,2}}(?:\{separator}\d{{3}})+") for separator in ".,"}
_TWO_GROUPS = {separator: re.compile(rf"\d{{1,3}}(?:\{separator}\d{{3}}){{2,}}") for separator in ".,"}
_NOT_THREE = {separator: re.compile(rf"\d+\{separator}(?:\d{{1,2}}|\d{{4,}})") for separator in ".,"}
_MEASURED = re.compile(r"\s?%|\s(?:triệu|tỷ|tỉ|nghìn|ngàn|million|billion)\b")


def is_english(runs: Iterable[re.Match[str]], text: str) -> bool:
    """Whether a text groups thousands with commas, as English does; decided from all the runs of digits that it holds.

    >>> from models.sought import digits_in
    >>> texts = "1,234,567 hồ sơ, đạt 98.5%", "1.234.567 hồ sơ, đạt 98,5%"
    >>> [is_english(digits_in(text), text) for text in texts]
    [True, False]
    """
    english = vietnamese = 0
    for match in runs:
        digits = match[0]
        if digits.isdigit():
            continue
        if _TWO_GROUPS[","].fullmatch(digits) or (
            _NOT_THREE["."].fullmatch(digits) and _MEASURED.match(text, match.end())
        ):
            english += 1
        elif _TWO_GROUPS["."].fullmatch(digits) or (
            _NOT_THREE[","].fullmatch(digits) and _MEASURED.match(text, match.end())
        ):
            vietnamese += 1
    return english > vietnamese


def read_digits(digits: str, *, english: bool = False) -> Decimal | None:
    """A run of digits, dots and commas as a number; None when it is none ("1.2.3").

    A dot groups thousands and a comma marks decimals, the reverse of English.

    >>> read_digits("1.887"), read_digits("15,91"), read_digits("0.667"), read_digits("1,234.5", english=True)
    (Decimal('1887'), Decimal('15.91'), Decimal('0.667'), Decimal('1234.5'))
    """
    group, point = (",", ".") if english else (".", ",")
    if group not in digits and point not in digits:
        return Decimal(digits)
    whole, found, rest = digits.partition(point)
    if _GROUPED[group].fullmatch(whole):
        whole = whole.replace(group, "")
    if found and whole.isdigit() and rest.isdigit():
        return Decimal(f"{whole}.{rest}")
    if not found and whole.isdigit():
        return Decimal(whole)
    return _read_other_style(digits, group, point)


def _read_other_style(digits: str, group: str, point: str) -> Decimal | None:
    """One number written in the other style amid a text: "98.5%", "1,234,567"."""
    whole, _, rest = digits.partition(group)
    if digits.count(group) == 1 and rest.isdigit() and (whole.isdigit() or _GROUPED[point].fullmatch(whole)):
        return Decimal(f"{whole.replace(point, '')}.{rest}")
    if _TWO_GROUPS[point].fullmatch(digits):
        return Decimal(digits.replace(point, ""))
    return None


def read_sum(text: str, position: int, value: Decimal, scale: Decimal) -> tuple[Decimal, int]:
    """What a scaled number goes on with: "1 triệu 200 nghìn", "2 tỷ rưỡi". Gives the sum and where it ends."""
    total = value * scale
    if half := HALF.match(text, position):
        return total + scale / 2, half.end()
    while (more := _MORE.match(text, position)) and SCALES[_squeeze(more["scale"])] < scale:
        part = read_digits(more["digits"])
        if part is None or part * SCALES[_squeeze(more["scale"])] >= scale:
            break
        scale = SCALES[_squeeze(more["scale"])]
        total, position = total + part * scale, more.end()
    if scale == 1000 and (ones := _ONES.match(text, position)):
        return total + Decimal(ones["ones"]), ones.end()
    return total, position


def _squeeze(words: str) -> str:
    return " ".join(words.split())


def scale_at(lower: str, position: int) -> re.Match[str] | None:
    """SCALE where one may stand; a glance at the first letter tells most of the others."""
    first = lower[position : position + 1]
    if first == " ":
        first = lower[position + 1 : position + 2]
    return SCALE.match(lower, position) if first in _SCALE_LETTERS or first.isspace() else None


def scale_of(words: str) -> Decimal:
    """The factor of a scale word as SCALE finds it."""
    return SCALES[_squeeze(words)]


# --- number words -----------------------------------------------------------------------------------------------------

_WORD = alternatives([*DIGITS, *_SMALL_SCALES, *_BIG_SCALES, "mười", "linh", "lẻ"])
SCALE_WORDS = ("trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "mươi", "phần", "nửa", "mười")
SCALE_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(SCALE_WORDS)})\b")
_DIGIT_BEFORE = re.compile(rf"(?<!\w)(?:{alternatives(DIGITS)})\s+$")
# How a digit word ends, or another blank behind it; "mười" and "nửa" need none before them.
_BEFORE_SCALE = frozenset(digit[-1] for digit in DIGITS) | frozenset(" \n\t\u00a0")
# A word number starts where a digit word and a scale word stand together, or mười and a digit; fractions and halves besides.
WORD_NUMBER = re.compile(
    rf"\b(?:(?P<part>{alternatives(DIGITS)})\s+phần\s+(?P<whole>(?!không\b){alternatives(DIGITS)}|trăm)"
    r"|(?P<half>(?:một|1)\s+nửa)|nửa\s+(?P<halved>triệu|tỷ|tỉ)"
    rf"|(?P<amount>(?:{alternatives(DIGITS)})(?:\s+(?:{_WORD}))+))\b"
)


def find_words(lower: str, positions: Iterable[int]) -> list[re.Match[str]]:
    """The numbers written in words, in order; `positions` are where SCALE_WORDS stand, which are rare."""
    found: list[re.Match[str]] = []
    for position in positions:
        if lower[position] not in "mn" and lower[max(0, position - 2) : position - 1] not in _BEFORE_SCALE:
            continue  # nine in ten: "phần mềm", "5 tỷ", "tỷ lệ"
        scale = SCALE_WORD.match(lower, position)
        if scale is None or (found and scale.start() < found[-1].end()):
            continue
        before = _DIGIT_BEFORE.search(lower, max(0, scale.start() - 8), scale.start())
        start = scale.start() if before is None else before.start()
        if (before or scale[0] in ("mười", "nửa")) and (match := WORD_NUMBER.match(lower, start)):
            found.append(match)
    return found


def half_of_last(phrase: str) -> Decimal:
    """What "rưỡi" adds to a number in words: half of its last scale, "mười hai nghìn" → 500."""
    return SCALES.get(phrase.split()[-1], Decimal(0)) / 2


def read_words(phrase: str) -> Decimal | None:
    """A number written in words; None when the words do not make one.

    >>> read_words("hai mươi mốt nghìn"), read_words("ba trăm linh năm"), read_words("hai ba")
    (Decimal('21000'), Decimal('305'), None)
    """
    total = section = 0
    digit: int | None = None
    for word in phrase.split():
        if word in _BIG_SCALES:
            section += digit or 0
            if not section:
                return None
            total += section * _BIG_SCALES[word]
            section, digit = 0, None
        elif word in _SMALL_SCALES:
            if digit is None:
                return None
            section, digit = section + digit * _SMALL_SCALES[word], None
        elif word in ("linh", "lẻ"):
            continue
        elif word == "mười":
            if digit is not None:
                return None
            section += 10
        elif digit is not None:
            return None
        else:
            digit = DIGITS[word]
    return Decimal(total + section + (digit or 0))
