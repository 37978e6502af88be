"""Units that are said once for several numbers: "1.168, 632 và 87 dịch vụ", "tiếp nhận 3.214 hồ sơ, trực tuyến 3.190"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from models.numbers import amounts
from models.numbers.parts import is_whole
from models.numbers.ranks import AMONG_THEM
from models.records import Number
from models.vocabulary import any_of, words

_BETWEEN_ITEMS = re.compile(r"\s?(?:,|;|và|đồng,|,?\s?và)\s?(?:hơn|gần|khoảng|trên)?\s?")
_BARE = re.compile(r"\d+(?:[.,]\d+)*")
_EACH = re.compile(r"(?:lần lượt|tương ứng)[^\d.;]{0,20}(?:[\d.,]+(?:,|\s?và)\s)*$")
_NEXT_RANK, _LAST_RANK = 60, 999
_RANK_ENDS = re.compile(r"\b(?:với|đạt|điểm|chỉ số|là|tăng|giảm|có|được|tổng)\b|,\s(?:tổng\s)?số\s[^\W\d]")
# How one item of an enumeration leads on to the next: ", cấp huyện", " và bộ công thương với", " xuống còn".
_TO_NEXT = re.compile(
    r"\s?(?:[,;)]|và\s|còn\s|hay\s|xuống\s|lên\s|trên tổng số\s|(?:của|cho|tại|ở)\s[^,;.]{0,30}\svà\s)"
)
_NEXT_IS_ANOTHER = re.compile(
    r"[.:]\s|\b(?:đạt|chiếm|tương ứng|tương đương|bằng|tỷ lệ|tỉ lệ|tức|trong đó|gồm|với số tiền|trị giá|bình quân|tăng|giảm|gấp)\b"
)
_FROM_BEFORE = re.compile(r"\s?[,;:()]|\s(?:và|nhưng|trong đó|gồm|đã|có|được|thì|là|với)\s|\s(?:của|do|cho)\s[^.]*,")
_NEW_SUBJECT = re.compile(r"[.!?]\s|\n")
_OF_ALL = re.compile(r"\s(?:trên|trong)\s(?:tổng\s(?:cộng\s|số\s)?(?:gần\s|hơn\s|khoảng\s)?)$")
# "9 trên 10 hồ sơ" is one figure, "1 trong 5 tỉnh" none.
_PART_OF = re.compile(r"\s(?:trên|trong)\s(?P<sum>tổng\s)?(?:số\s)?")
_SCALES_OF_MONEY = ("triệu", "tỷ", "tỉ")
_NOT_A_COUNT = re.compile(rf"(?<!\w)(?:{any_of('before.no_count')})\s*(?:\d+(?:,|\svà)\s)*$")
_NEW_SUM = re.compile(r"[;,]\s(?:tổng\s)?số\s|bằng\s$")
_GLUED = re.compile(r"[^\W\d_]|[°º_@/]")
_JOINING = tuple("-–/+")
_LONGEST_OF = len(" trong tổng số  ")
_FAR_NEXT, _FAR_BEFORE, _PERCENT = 80, 130, 100
_NO_DONORS = ("percent", "percentage_point", "times", "rank", "bậc")
_FIXED = ("percentage_point", "vnd", "usd", "rank", "times", "bậc")


def share_in_lists(lower: str, found: list[Number]) -> list[Number]:
    """In "1.168, 632 và 87 dịch vụ" the last unit is that of all; so is the rank of "86/193, 24/47 Châu Á"."""
    scale: Decimal | None = None
    for i in range(len(found) - 2, -1, -1):
        number, following = found[i], found[i + 1]
        if (
            _lacks_unit(number)
            and following.unit not in (None, "rank", "times")
            and _BETWEEN_ITEMS.fullmatch(lower, number.end, following.start)
        ):
            scale = _scale_said(lower, following) or scale
            found[i] = _in_the_scale_of(lower, number, following, scale)
        else:
            scale = None
    if any(number.unit is None for number in found):
        found = list(_with_wholes(lower, found))
    in_dollars = any(number.unit == "usd" for number in found)
    for i in range(1, len(found)):
        number, before = found[i], found[i - 1]
        if _lacks_unit(number) and before.unit == "rank" and _is_next_rank(lower, before, number):
            found[i] = replace(number, unit="rank")
        elif not in_dollars:
            continue
        elif _in_dollars(lower, number, found[max(0, i - 2) : i]):
            found[i] = replace(number, unit="usd")
        elif _in_dollars_behind(lower, before, number):
            found[i - 1] = replace(before, unit="usd")
    return found


def _with_wholes(lower: str, found: list[Number]) -> Iterator[Number]:
    """ "9 trên 10 hồ sơ" brought together to 9 out of 10; "8.950 trong tổng số 60.120 đối tượng" stay two of a kind."""
    merged = False
    for number, whole in zip_longest(found, found[1:]):
        if merged:
            merged = False
        elif (
            whole is not None and _lacks_unit(number) and whole.start - number.end < _LONGEST_OF
            and whole.out_of is None and whole.unit not in (None, *_NO_DONORS, *_FIXED, *words("after.time"))
            and number.value <= whole.value and is_whole(number.value)
            and (part := _PART_OF.fullmatch(lower, number.end, whole.start))
            and (number.value > 1 or lower.startswith(" trên", number.end))
        ):  # fmt: skip
            merged = part["sum"] is None
            yield (
                replace(number, end=whole.end, unit=whole.unit, out_of=whole.value)
                if merged
                else replace(number, unit=whole.unit)
            )
        else:
            yield number


def _is_next_rank(lower: str, before: Number, number: Number) -> bool:
    if (
        not is_whole(number.value)
        or number.value > _LAST_RANK
        or _GLUED.match(lower, number.end)
        or number.start - before.end > _NEXT_RANK
        or lower[number.start - 1] in _JOINING
        or lower[number.end : number.end + 1] in _JOINING
    ):
        return False
    return _RANK_ENDS.search(lower, before.end, number.start) is None


def _in_the_scale_of(lower: str, number: Number, following: Number, scale: Decimal | None) -> Number:
    """ "1.622,8 và 1.410 tỷ đồng": the scale too is said once, unless the first number would get out of all proportion."""
    if scale is None or not _BARE.fullmatch(lower, number.start, number.end):
        return replace(number, unit=following.unit)
    value = number.value * scale
    return replace(number, value=value if value <= 1000 * following.value else number.value, unit=following.unit)


def _scale_said(lower: str, number: Number) -> Decimal | None:
    """The scale word that stands behind a number's digits."""
    digits = _BARE.match(lower, number.start, number.end)
    scale = amounts.SCALE.match(lower, digits.end(), number.end) if digits else None
    return amounts.scale_of(scale["scale"]) if scale else None


def _in_dollars(lower: str, number: Number, before: list[Number]) -> bool:
    """Whether a sum without a currency goes on with one in dollars: "2,8 tỷ USD (tăng 9%), phần cứng 36 tỷ"."""
    if not _lacks_currency(lower, number):
        return False
    sums = [other for other in before if other.unit in ("usd", "vnd")]
    return (
        bool(sums) and sums[-1].unit == "usd" and number.start - sums[-1].end < _FAR_NEXT
        and _NEW_SUBJECT.search(lower, sums[-1].end, number.start) is None
    )  # fmt: skip


def _in_dollars_behind(lower: str, number: Number, following: Number) -> bool:
    """Whether the dollars said behind the second sum are those of both: "4,3 tỷ và 3 tỷ USD"."""
    return (
        following.unit == "usd"
        and _lacks_currency(lower, number)
        and _BETWEEN_ITEMS.fullmatch(lower, number.end, following.start) is not None
    )


def _lacks_currency(lower: str, number: Number) -> bool:
    return number.unit == "vnd" and lower.endswith(_SCALES_OF_MONEY, number.start, number.end)


# --- within a sentence ------------------------------------------------------------------------------------------------


def share_in_sentence(lower: str, sentence_start: int, numbers: list[Number]) -> list[Number]:
    """The numbers of a sentence; those without a unit get that of the item of the same list after or before them."""
    shared = list(numbers)
    for i in range(len(shared) - 2, -1, -1):
        if _lacks_unit(shared[i]):
            shared[i] = _unit_after(lower, sentence_start, shared[i], shared[i + 1]) or shared[i]
    for i in range(1, len(shared)):
        shared[i] = _from_before(lower, sentence_start, shared, i)
    return shared


def _lacks_unit(number: Number) -> bool:
    return number.unit is None and number.out_of is None


def _unit_after(lower: str, sentence_start: int, number: Number, following: Number) -> Number | None:
    """The number with the unit of the one that follows, when the two are items of one list."""
    between = lower[number.end : following.start]
    if following.unit is None or following.unit in ("rank", "times", "percentage_point", "bậc"):
        return None
    if not _may_share(lower, sentence_start, number, following):
        return None
    if len(between) > _FAR_NEXT or not _TO_NEXT.match(between) or _NEXT_IS_ANOTHER.search(between):
        return None
    if following.unit in ("vnd", "usd") and not _EACH.search(lower, sentence_start, number.start):
        return None
    return _in_the_scale_of(lower, number, following, _scale_said(lower, following))


def _from_before(lower: str, sentence_start: int, numbers: list[Number], i: int) -> Number:
    number = numbers[i]
    if number.unit is not None:
        return number
    if number.out_of is None:
        donor = _donor(lower, sentence_start, numbers, i)
    elif lower[number.start].isdigit():
        donor = _ratio_before(numbers[i - 1]) if i else None
        if donor is None and AMONG_THEM.search(lower, max(sentence_start, number.start - 30), number.start):
            donor = _whole_before(lower, number, numbers[:i])
    else:
        donor = _whole_before(lower, number, numbers[:i])
    return number if donor is None else replace(number, unit=donor.unit)


def _ratio_before(before: Number) -> Number | None:
    """ "mức hài lòng 17,1/18; thanh toán 8/10", "Nghệ An (460/460 xã), Sơn La (204/204)"."""
    return before if before.unit not in (None, "rank") and before.out_of is not None else None


def _whole_before(lower: str, number: Number, before: list[Number]) -> Number | None:
    """What a fraction in words is part of: "66 hồ sơ chậm, giảm hơn hai phần ba"."""
    counts = [other for other in before if other.unit not in (None, *_NO_DONORS, *words("after.time"))]
    return counts[-1] if counts and _NEW_SUM.search(lower, counts[-1].end, number.start) is None else None


def _donor(lower: str, sentence_start: int, numbers: list[Number], i: int) -> Number | None:
    """The nearest number before that counts things, when nothing between the two speaks of anything else."""
    number = numbers[i]
    for before in reversed(numbers[:i]):
        is_density = "/" in (before.unit or "")
        if before.unit in _NO_DONORS or before.unit in words("after.time") or (is_density and is_whole(number.value)):
            continue  # a density ("thuê bao/100 dân") is no count
        if before.unit is None or before.unit in _FIXED or number.start - before.end > _FAR_BEFORE:
            return None
        between = lower[before.end : number.start]
        if _NEW_SUBJECT.search(between) or not _FROM_BEFORE.search(between):
            return None
        return before if _may_share(lower, sentence_start, number, before) else None
    return None


def _may_share(lower: str, sentence_start: int, number: Number, other: Number) -> bool:
    """Whether a number may be of the same kind as another: a count is whole, a percentage at most a hundred."""
    if (
        _GLUED.match(lower, number.end)
        or lower[number.start - 1 : number.start] in _JOINING
        or (lower[number.end : number.end + 1] in _JOINING and lower[number.end + 1 : number.end + 2].isdigit())
        or _NOT_A_COUNT.search(lower, max(sentence_start, number.start - 16), number.start)
    ):
        return False
    if other.unit == "percent":
        return number.value <= _PERCENT and not is_whole(number.value)
    if other.unit == "point":
        return number.value <= max(other.out_of or _PERCENT, other.value)
    return is_whole(number.value) or not is_whole(other.value)


def with_totals(lower: str, numbers: list[Number]) -> Iterator[Number]:
    """ "1.012 trên tổng số 1.420 thủ tục" is 1,012 out of 1,420."""
    if len(numbers) < 2:
        yield from numbers
        return
    for i, number in enumerate(numbers):
        total = numbers[i + 1] if i + 1 < len(numbers) else None
        if (
            total is not None and number.out_of is None and number.unit not in (None, "percent", *_FIXED)
            and number.value <= total.value and is_whole(total.value) and total.unit not in ("percent", "vnd", "point")
            and _OF_ALL.fullmatch(lower, number.end, total.start)
        ):  # fmt: skip
            yield replace(number, out_of=total.value)
        else:
            yield number
