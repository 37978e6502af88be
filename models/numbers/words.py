"""Numbers in words: "hai mươi mốt nghìn", "hai phần ba", "một nửa", "gấp đôi", "xếp thứ nhất"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from models.numbers import amounts
from models.numbers.parts import Prose, bound_of, make_number
from models.numbers.quantities import is_price
from models.numbers.units import is_pointed_at, read_unit
from models.records import Bound, Number
from models.sought import Sought
from models.vocabulary import alternatives, words

_TIMES = {word: Decimal(times) for word, times in amounts.DIGITS.items() if 2 <= times <= 10} | {
    "đôi": Decimal(2), "rưỡi": Decimal("1.5"),
}  # fmt: skip
_TIMES_WORD = re.compile(
    rf"gấp\s+(?:(?P<bound>hơn|gần|khoảng)\s+)?(?P<times>{alternatives(_TIMES)})(?:\s+lần)?(?!\s+rưỡi)(?!\w)"
)
_TIMES_BOUNDS: dict[str, Bound] = {"hơn": "over", "gần": "about", "khoảng": "about"}
_ORDINALS = amounts.DIGITS | {"nhất": 1, "nhì": 2, "một": 1}
_RANK_WORD = re.compile(
    r"(?:xếp|đứng|hạng|vị\s+trí)\s+(?P<rank>thứ\s+(?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?!\s+m[ưu]ơ?[iờ])\b"
    r"|(?:nhất|nhì)(?=\s+(?:cả|toàn|trong|về|khu|châu|thế|đông|trên|/)|\s*[,.;)]|$)|số\s+một\b)"
)
# "tụt năm bậc": the one unit of which a few in words are a figure.
_STEPS = re.compile(
    rf"(?:tăng|giảm|tụt|lên|xuống|vượt|thăng|nhảy)\s+(?:thêm\s+|tới\s+|liền\s+)?(?P<steps>(?P<count>{alternatives(amounts.DIGITS)})\s+bậc)$"
)
_A_FEW = re.compile(
    rf"(?<!\w)(?P<verb>có|còn|tại|gồm|với)\s(?P<count>{alternatives(_TIMES)})\s"
    r"(?P<body>(?:tỉnh|thành phố|địa phương|bộ|sở|huyện|xã|phường|đơn vị|cơ quan|lĩnh vực)\b)?"
)
# "hoạt động tại ba cơ sở, với 40 khoa": the others of the list are counted in digits.
_LIST_GOES_ON = re.compile(r"(?:\s[^\W\d]+){0,3}(?:,(?:\svới)?|\svà)\s(?:hơn\s|gần\s|khoảng\s)?\d[\d.]*\s[^\W\d]")
_SOME = tuple(
    f"{verb} {count} "
    for verb in ("có", "còn", "tại", "gồm", "với")
    for count in _TIMES
    if amounts.DIGITS.get(count, 10) < 10
)
# "Bắc Quang thứ ba (77,03 điểm)", "tụt từ thứ ba xuống thứ bảy", "thứ hai ASEAN": a place without "xếp".
_PLACE = re.compile(r" (?P<rank>thứ\s(?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))(?!\s[mt][ưu]ơ?[iờ])(?!\w)")
_MOVED_TO = re.compile(r"\b(?:tụt|rơi|lùi|vươn|nhảy|leo|bật|trở lại|thứ (?:\w+|\d+))(?: từ| xuống| lên| về)$")
_OF_REGION = re.compile(
    r"\s(?:thế giới|toàn cầu|asean|đông nam á|châu á|châu âu|cả nước|toàn quốc|toàn tỉnh|khu vực)\b"
)
_OF_SOMEBODY = re.compile(r"(?<![.\n] )(?<![^\W\d_])[A-ZĐÀÁÂÉÊÍÓÔÚĂĨŨƠƯẠ-Ỹ][\w.-]*$")
_PLACE_ENDS, _SPOKEN_OF = re.compile(r"\s?[(),;]|\.(?:\s|$)"), re.compile(r"\b(?:xếp|hạng|đứng|dẫn đầu|vị trí)\b")
_PLACES = tuple(
    f" thứ {word}" for word in ("nhất", "nhì", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
)
_CUES = (*_SOME, "gấp", " bậc", "xếp", "đứng", "hạng", "vị trí", *_PLACES)
_SIGNS = Sought(*amounts.SCALE_WORDS, *_CUES)
_GRADED = re.compile(
    r"(?:huân chương|huy chương|thương binh|bệnh viện|đô thị|chức danh|khách sạn|hạng mục|công trình|giải thưởng)[^.;,]{0,24}\shạng\s$"
)
_OF_ALL = re.compile(r"\s+(?:tổng\s+)?(?:số|trong số)(?=\s)")
_OF_RATE = re.compile(r"(?<=t[ỷỉ])\s(?:lệ|trọng|suất|giá)\b")
_NO_AMOUNT_AFTER = ("thứ", "tháng", "mùng")
_SMALLEST = 10
"""Below this a number word hardly ever is a statistic: "hai địa phương còn lại"."""


def find_word_numbers(prose: Prose, found: list[Number]) -> Iterator[Number]:
    """The figures written in words; `found` are those in digits, which are not read twice."""
    phrases = _SIGNS.found_in(prose.lower)
    scales = [start for start, which in phrases if which < len(amounts.SCALE_WORDS)]
    for match in amounts.find_words(prose.lower, scales):
        if number := _read_words(prose, match):
            yield number
    for cue, which in phrases:
        if which < len(amounts.SCALE_WORDS):
            continue
        if prose.lower.startswith(" thứ", cue):
            number = _read_place(prose, cue)
        elif prose.lower[cue] == " ":
            number = _read_steps(prose, cue)
        elif prose.lower[cue] == "g":
            number = _read_times(prose, cue, found)
        elif _A_FEW.match(prose.lower, cue):
            number = _read_few(prose, cue)
        else:
            number = _read_ordinal(prose, cue)
        if number is not None:
            yield number


def _read_times(prose: Prose, position: int, found: list[Number]) -> Number | None:
    match = _TIMES_WORD.match(prose.lower, position)
    if match is None or any(number.start < match.end() and match.start() < number.end for number in found):
        return None
    bound = _TIMES_BOUNDS.get(match["bound"]) or bound_of(prose, *match.span())
    return make_number(match.span(), _TIMES[match["times"]], "times", bound=bound)


def _read_steps(prose: Prose, position: int) -> Number | None:
    match = _STEPS.search(prose.lower, max(0, position - 24), position + len(" bậc"))
    return make_number(match.span("steps"), Decimal(amounts.DIGITS[match["count"]]), "bậc") if match else None


def _read_ordinal(prose: Prose, position: int) -> Number | None:
    match = _RANK_WORD.match(prose.lower, position)
    if match is None or is_grade(prose.lower, match.start("rank")):
        return None
    return make_number(match.span("rank"), Decimal(_ORDINALS[match["rank"].split()[-1]]), "rank")


def _read_place(prose: Prose, position: int) -> Number | None:
    """A rank in words behind somebody's name, or behind a fall or a rise."""
    match = _PLACE.match(prose.lower, position)
    if match is None:
        return None
    first = max(0, position - 120)
    first = max(first, prose.lower.rfind("\n", first, position) + 1)
    left = prose.lower[first:position]
    if left.endswith(("xếp", "đứng", "hạng", "vị trí", "lần", "kỳ", "ngày", "sáng", "chiều", "tối", "bậc")):
        return None
    is_place = _MOVED_TO.search(left) is not None
    if not is_place and _SPOKEN_OF.search(left):
        is_place = _OF_REGION.match(prose.lower, match.end()) is not None or (
            _PLACE_ENDS.match(prose.lower, match.end()) is not None
            and _OF_SOMEBODY.search(prose.text, max(first, position - 40), position) is not None
        )
    return make_number(match.span("rank"), Decimal(_ORDINALS[match["rank"].split()[-1]]), "rank") if is_place else None


def is_grade(lower: str, position: int) -> bool:
    """Whether "hạng" before a position is the class of a medal or a hospital, and ranks nobody."""
    return _GRADED.search(lower, max(0, position - 40), position) is not None


def _read_words(prose: Prose, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if _OF_RATE.match(prose.lower, end):
        return None  # "đến cuối năm tỷ lệ …"
    before = prose.tokens_before(start, 1)
    if before and (before[0] in words("before.vague") or before[0] in _NO_AMOUNT_AFTER):
        return None
    if match["half"] or match["part"]:
        return _read_part(prose, match)
    value = Decimal("0.5") if match["halved"] else amounts.read_words(match["amount"])
    if value is not None and match["halved"]:
        value *= amounts.scale_of(match["halved"])
    elif value is not None and (half := amounts.HALF.match(prose.lower, end)):
        value, end = value + amounts.half_of_last(match["amount"]), half.end()
    unit = read_unit(prose.text, prose.lower, end)
    if (
        value is None
        or value < _SMALLEST
        or unit.family in ("time", "idle", "none")
        or is_price(prose, start, unit, value)
    ):
        return None
    return make_number((start, unit.end), value, unit.name, bound=bound_of(prose, start, unit.end))


def _read_few(prose: Prose, position: int) -> Number | None:
    """ "mới có ba xã đạt chuẩn": the few bodies of which something is said."""
    match = _A_FEW.match(prose.lower, position)
    if match is None:
        return None
    start = match.start("count")
    unit = read_unit(prose.text, prose.lower, match.end("count"))
    if unit.family != "counted" or is_pointed_at(prose.lower, unit.end):
        return None
    is_listed = _LIST_GOES_ON.match(prose.lower, unit.end) is not None
    if not is_listed and (match["body"] is None or match["verb"] not in ("có", "còn")):
        return None
    return make_number((start, unit.end), Decimal(amounts.DIGITS[match["count"]]), unit.name)


def _read_part(prose: Prose, match: re.Match[str]) -> Number | None:
    """Hai phần ba số xã: 2 of 3 xã; một nửa: 1 of 2. Without a noun behind it the sentence says of what."""
    if match["part"] and match["whole"] not in amounts.DIGITS:
        return None
    of_all = _OF_ALL.match(prose.lower, match.end())
    unit = read_unit(prose.text, prose.lower, of_all.end() if of_all else match.end())
    is_named = unit.family in ("counted", "guessed")
    end = unit.end if is_named else match.end()
    bound = bound_of(prose, match.start(), end)
    if match["half"]:
        part, whole = Decimal(1), Decimal(2)
    else:
        part, whole = Decimal(amounts.DIGITS[match["part"]]), Decimal(amounts.DIGITS[match["whole"]])
    name = unit.name if is_named else None
    return make_number((match.start(), end), part, name, bound=bound, out_of=whole)
