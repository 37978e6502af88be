"""What an article says a figure is: a state, a target or a change."""

from __future__ import annotations

import re
from functools import cache

from models.records import Kind, Number
from models.vocabulary import last_match, longest_suffix, starts_of, whole_words, words

_TARGET = re.compile(whole_words("claims.target"))
_ACHIEVED = re.compile(whole_words("claims.achieved"))
_BACK, _MOST_TOKENS = 60, 8
_COMPARED = re.compile(r"so với|năm trước|cùng kỳ|năm ngoái")
_PAIR = re.compile(r"\s*(?:về\s+[^,;.()\d]{2,40})?\s*(?:,|và|;|, và)\s*(?:hơn|gần|khoảng|trên)?\s*")
_GOES_ON = re.compile(r"\s*(?:[,.;)]|về\s|và\s|$|so với|mỗi|/|trong|ở)")
_SIDE_CHANGE = re.compile(r"[,(]\s*(?:tăng|giảm)(?:\s+(?:thêm|hơn|gần|khoảng|trên|tới|đến))*\s*$")
# A target that something is held against, or a plan that is carried out: "vượt chỉ tiêu", "thực hiện kế hoạch".
_NOT_TARGET = re.compile(
    r"(?:vượt|hoàn thành|đạt|so với|bằng|cao hơn|thấp hơn|theo|thực hiện|xây dựng|ban hành|\d%)\s+(?:\w+\s+){0,2}?"
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu)(?:[^,;]{0,40}(?:đặt ra|đề ra))?$"
)
_GREW, _MANIFOLD = re.compile(r"(?:tăng|giảm)\b[^,;]{0,25}$"), re.compile(r"gấp\s*(?:\w+\s*)?$")
_VALUE_SIGNS = frozenset(("mục", "chỉ", "kế", "yêu", "ngưỡng"))
"""What _TARGET_VALUE begins with."""
_TARGET_VALUE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu|ngưỡng)(?:\s+(?:là|đề ra|năm|đặt ra|giao|\w+ giao|\d{4}))*\s*(?:là\s*)?[(]?\s*$"
)


def direction_of(lower: str, sentence_start: int, number: Number) -> str | None:
    """ "rise" or "fall" when the words right before a number say that something grew or shrank by it."""
    before = lower[max(sentence_start, number.start - _BACK) : number.start]
    tokens = before.replace("(", " ").replace(",", " , ").replace("…", " ").replace("...", " ").split()[-_MOST_TOKENS:]
    rises, changes, passing = words("claims.rise"), _changes(), _passing_words()
    while tokens:
        if change := longest_suffix(tokens, changes):
            return "rise" if change in rises else "fall"
        if tokens.pop() not in passing:
            break
    is_times = number.unit == "times" and lower.startswith("gấp", number.start)
    return "rise" if is_times and _is_growth(lower, number) else None


@cache
def _changes() -> frozenset[str]:
    return words("claims.rise") | words("claims.fall")


@cache
def _passing_words() -> frozenset[str]:
    """What may stand between "tăng" and its number: "tăng thêm khoảng", "giảm tới"."""
    bounds = (words(f"bounds.{bound}") for bound in ("about", "over", "at_least", "under", "at_most"))
    return frozenset(word for phrases in bounds for phrase in phrases for word in phrase.split()) | {
        "tới",
        "đến",
        "với",
    }


def _is_growth(lower: str, number: Number) -> bool:
    return _COMPARED.search(lower, number.end, number.end + 30) is not None


def kind_of(
    lower: str,
    sentence_start: int,
    number: Number,
    *,
    direction: str | None,
    previous: tuple[Kind, int, str | None] | None,
    may_aim: bool,
    aims: bool,
) -> Kind:
    """What the figure is.

    `direction` is what direction_of says of it, `previous` the figure before it in the sentence (kind, end, unit);
    `may_aim` says that one of target_signs stands before it in the sentence, `aims` that the article or the heading
    above speaks of targets.
    """
    left = lower[sentence_start : number.start]
    if (
        ("tăng" in left or "giảm" in left)
        and _SIDE_CHANGE.search(left)
        and _COMPARED.search(lower, number.end, number.end + 12)
    ):
        return "change"
    if _is_target(left, may_aim=may_aim, aims=aims):
        return "target"
    if may_aim and _TARGET_VALUE.search(left):
        return "target"
    if number.unit in ("percentage_point", "bậc") or direction is not None:
        return "change"
    if number.unit == "times" and (_GREW.search(left) or (_MANIFOLD.search(left) and _is_growth(lower, number))):
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


def target_signs(lower: str) -> list[int]:
    """Where words stand without which no sentence sets a target, unless its heading does."""
    return starts_of(_target_words(), lower)


@cache
def _target_words() -> tuple[str, ...]:
    return tuple(sorted({phrase.split()[0] for phrase in words("claims.target")} | _VALUE_SIGNS))


def _is_target(left: str, *, may_aim: bool, aims: bool) -> bool:
    last = last_match(_TARGET, left) if may_aim else None
    if last is None:
        return aims and _ACHIEVED.search(left) is None
    if _NOT_TARGET.search(left[: last.end()]):
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
