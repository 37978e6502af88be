"""What an article says a figure is: a state, a target or a change."""

from __future__ import annotations

import re

from models.records import Kind, Number
from models.vocabulary import any_of, longest_suffix, words

_TARGET = re.compile(rf"(?<!\w)(?:{any_of('claims.target')})(?!\w)")
_ACHIEVED = re.compile(rf"(?<!\w)(?:{any_of('claims.achieved')})(?!\w)")
_BOUND_WORDS = re.compile(
    rf"(?:\s*(?:{'|'.join(any_of(f'bounds.{b}') for b in ('about', 'over', 'at_least', 'under', 'at_most'))}|tới|đến|là|với|\.\.\.|…|\())+\s*$"
)
_COMPARED = re.compile(r"so với|năm trước|cùng kỳ|năm ngoái")
_PAIR = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40})?\s*(?:,|và|;|, và)\s*(?:hơn|gần|khoảng|trên)?\s*")
_GOES_ON = re.compile(r"\s*(?:[,.;)]|về\s|và\s|$|so với|mỗi|/|trong|ở)")
_SIDE_CHANGE = re.compile(r"[,(]\s*(?:tăng|giảm)(?:\s+(?:thêm|hơn|gần|khoảng|trên|tới|đến))*\s*$")
_NOT_TARGET = re.compile(
    r"(?:vượt|hoàn thành|đạt|so với|bằng|cao hơn|thấp hơn|theo|thực hiện|xây dựng|ban hành|\d%)\s+(?:\w+\s+){0,2}?$"
)
_TARGET_VALUE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|ngưỡng)(?:\s+(?:là|đề ra|năm|đặt ra|giao|\w+ giao|\d{4}))*\s*(?:là\s*)?[(]?\s*$"
)


def direction_of(lower: str, sentence_start: int, number: Number) -> str | None:
    """ "rise" or "fall" when the words right before a number say that something grew or shrank by it."""
    before = lower[max(sentence_start, number.start - 60) : number.start]
    before = _BOUND_WORDS.sub("", before)
    tokens = before.replace("(", " ").replace(",", " , ").split()[-4:]
    rise, fall = longest_suffix(tokens, words("claims.rise")), longest_suffix(tokens, words("claims.fall"))
    if rise is None and fall is None:
        return (
            "rise"
            if number.unit == "times"
            and lower[number.start : number.end].startswith("gấp")
            and _is_growth(lower, number)
            else None
        )
    return "rise" if len(rise or "") >= len(fall or "") else "fall"


def _is_growth(lower: str, number: Number) -> bool:
    return _COMPARED.search(lower, number.end, number.end + 30) is not None


def kind_of(
    lower: str, sentence_start: int, number: Number, *, previous: tuple[Kind, int, str | None] | None, aims: bool
) -> Kind:
    """What the figure is. `previous` is the figure before it in the sentence: kind, end, unit; `aims` says that the
    article or the heading above speaks of targets."""
    left = lower[sentence_start : number.start]
    if _SIDE_CHANGE.search(left) and _COMPARED.search(lower, number.end, number.end + 12):
        return "change"
    if _is_target(left, aims=aims):
        return "target"
    if _TARGET_VALUE.search(left):
        return "target"
    if number.unit in ("percentage_point", "bậc") or direction_of(lower, sentence_start, number) is not None:
        return "change"
    if (
        number.unit == "times"
        and re.search(r"(?:tăng|giảm)\b[^,;]{0,25}$|gấp\s*(?:\w+\s*)?$", left)
        and (re.search(r"(?:tăng|giảm)\b[^,;]{0,25}$", left) or _is_growth(lower, number))
    ):
        return "change"
    if (
        previous is not None
        and previous[0] == "change"
        and previous[2] == number.unit
        and _goes_on(lower, previous[1], number)
    ):
        return "change"
    return "achieved"


def _goes_on(lower: str, previous_end: int, number: Number) -> bool:
    return (
        _PAIR.fullmatch(lower, previous_end, number.start) is not None and _GOES_ON.match(lower, number.end) is not None
    )


def _is_target(left: str, *, aims: bool) -> bool:
    last = None
    for last in _TARGET.finditer(left):
        pass
    if last is None:
        return aims and _ACHIEVED.search(left) is None
    if last[0] in ("mục tiêu", "chỉ tiêu", "kế hoạch", "yêu cầu") and _NOT_TARGET.search(left[: last.start()]):
        return _TARGET_VALUE.search(left) is not None
    return _ACHIEVED.search(left, last.end()) is None


def is_measured_against(left: str) -> bool:
    """Whether a target stands there only to be compared with: "vượt chỉ tiêu 20%", "so với mục tiêu 50%"."""
    return (
        _TARGET_VALUE.search(left) is not None
        and re.search(r"(?:vượt|so với|bằng|cao hơn|thấp hơn|đạt)\s+[^,;]{0,40}$", left) is not None
    )


def sets_targets(lower: str) -> bool:
    """Whether a title or a heading announces targets."""
    return (
        re.search(r"mục tiêu|phấn đấu|chỉ tiêu|kế hoạch (?:năm|giai đoạn)|\bsẽ\b|dự kiến", lower) is not None
        and re.search(r"vượt|hoàn thành|kết quả|đã đạt", lower) is None
    )
