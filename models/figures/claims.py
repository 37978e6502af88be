"""What an article says a figure is: a state, a target or a change."""

from __future__ import annotations

import re
from functools import cache

from models.figures.asked import is_asked, is_to_come
from models.figures.rates import is_rate_of_change, without_aside
from models.records import Kind, Number
from models.sought import Sought
from models.times.shapes import NOW
from models.vocabulary import longest_suffix, whole_words, words

_TARGET = re.compile(whole_words("claims.target"))
_ACHIEVED = re.compile(whole_words("claims.achieved"))
_CARRIED_OUT = re.compile(r"[,;]\s*(?:đã )?thực hiện\s+(?:được |đạt )?$")
_BACK, _MOST_TOKENS = 60, 8
_COMPARED = re.compile(r"so với|năm trước|cùng kỳ|năm ngoái")
_MANIFOLD_OF = re.compile(
    r"\s*(?:so\b|cùng kỳ|(?:mức\s+)?(?:của\s+)?(?:(?:đầu |cuối )?năm|quý|tháng)\s+(?:[12i]|nay|ngoái|trước)|trước\b|kỳ\b|\w+ trước\b)"
)
_MORE_THAN_THEN = re.compile(
    r"(?:(?:cao|thấp|nhiều|ít|nhỉnh|lớn) )?hơn (?:so với )?"
    r"(?:cùng kỳ|(?:cùng kỳ )?(?:một )?năm (?:trước|ngoái|\d{4})|(?:kỳ|vụ|lần|đợt) trước"
    r"|(?:tháng|quý) (?:trước|[\divx]+(?:/\d{4})?)(?: năm (?:trước|ngoái))?)(?: (?:tới|đến|khoảng|gần|hơn))?\s+$"
)
# "Thu 863 tỷ đồng, mất 24% so với cùng kỳ", "(+20%)".
_GAINED = re.compile(r"\b(?:thêm|mất|sụt|bớt|hụt)\s+(?:(?:tới|đến|hơn|gần|khoảng|chừng)\s+)?$")
_SEEN_AGAINST = re.compile(r"\s*so với (?:cùng kỳ|năm|quý|tháng|kỳ|trước)")
_SIGNED = re.compile(r"[(:\s]\+$")
_INSTEAD_OF = re.compile(r"thay vì\s+(?:mức\s+|khoảng\s+|hơn\s+|gần\s+)*$")
_OF_PLAN = re.compile(r"\s*(?:so với\s+)?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)\b")
# What others reached: "cao hơn mức 80,9% của năm trước".
_LEVEL = re.compile(r"(?:cao|thấp|nhiều|ít|lớn) hơn\s+(?:con số|mức(?: bình quân| trung bình)?)\s+$")
# Who set it: "thấp hơn mức 70% tỉnh giao".
_SET_BY = re.compile(r"\s+(?:mà\s+)?(?:của\s+)?[^\W\d]+(?:\s[^\W\d]+){0,2}\s(?:giao|yêu cầu|đặt ra|đề ra|cho phép)\b")
# Not an aim: a ministry's name, requests and registrations that are counted.
_NO_AIM = re.compile(
    r"chỉ tiêu (?:này|trên)\b|kế hoạch\s*(?:và|-|–|&)\s*đầu tư|yêu cầu (?:được|tra|hỗ|của|dịch|cấp|xác|khai|truy|gửi)"
    r"|đăng ký(?! (?:thực|hoàn|chỉ|giảm|đạt|phấn|mục|cắt))"
)
_NO_AIM_BEHIND = re.compile(
    r"(?:\d|triệu|nghìn|ngàn|tỷ|lượt|số|hồ sơ|đơn|văn bản|phiếu|các|những|theo|đúng|đáp ứng)\s+$"
)
# "Hoàn thành 16/18 chỉ tiêu" counts them.
_COUNTED_AIMS = re.compile(r"(?:(?<!\d\d\d)\d|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười))\s+$")
# "Cứ 220 người dùng sẽ có một nạn nhân"
_EVERY = re.compile(r"\bcứ\s+[^,.;]*$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_ASSIGNS = re.compile(
    r"(?<!bàn )(?<!chuyển )(?<!được )\bgiao (?!\d|dịch|thông|diện|lưu|tiếp|nhận|ban|ca)[^;.]{0,60}?(?:năm \d{4}|tối thiểu|ít nhất|chỉ tiêu)"
)
_PAIR = re.compile(r"\s*(?:(?:về|so với)\s+[^,;.()\d]{2,40}?)?\s*(?:,|và|;|, và)\s*(?:hơn|gần|khoảng|trên)?\s*")
_GOES_ON = re.compile(
    r"\s*(?:[,.;)]|(?:về|giá trị|trị giá|số lượng|khối lượng|sản lượng)\b|và\s|$|so với|mỗi|/|trong|ở)"
)
_SIDE_CHANGE = re.compile(r"[,(]\s*(?:tăng|giảm)(?:\s+(?:thêm|hơn|gần|khoảng|trên|tới|đến))*\s*$")
# A target that something is held against, or a plan that is carried out: "vượt chỉ tiêu", "thực hiện kế hoạch".
_NOT_TARGET = re.compile(
    r"(?:vượt|hoàn thành|đạt|sớm hơn|so với|(?<!cao )bằng|cao hơn|thấp hơn|theo|thực hiện|triển khai|xây dựng|ban hành|\d%|lần)\s+"
    r"(?:\w+\s+){0,2}?"
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|yêu cầu)(?:[^,;]{0,40}(?:đặt ra|đề ra))?$"
)
# The plan itself speaks: "Theo kế hoạch, đến năm 2025 có".
_BY_PLAN = re.compile(r"^\W*theo (?:kế hoạch|mục tiêu|chỉ tiêu|yêu cầu),$")
_RISES_FROM = re.compile(
    r"\btừ\s+(?:mức\s+|vị\s+(?:trí\s+(?:thứ\s+)?)?|hạng\s+|thứ\s+|hơn\s+|gần\s+|khoảng\s+|trên\s+|dưới\s+)*$"
)
_TO_VALUE = re.compile(r"[^.,;:]{0,50}?(?<!trở\s)\b(?:lên|xuống|còn|(?:lùi|tụt|rơi|giảm|lui) về)\b[^.,;:\d]{0,25}\d")
_GREW, _MANIFOLD = re.compile(r"(?:tăng|giảm)\b[^,;]{0,25}$"), re.compile(r"(?:gấp|bằng)\s*(?:\w+\s*)?$")
# "Cao gấp 1,6 lần so với mức trung bình của thế giới" tells where one stands.
_ABOVE_OTHERS = re.compile(r"\b(?:cao|lớn|nhiều|nhanh|đắt|rộng|dài)\s+(?:gấp\s+)?(?:\w+\s+)?$")
_OTHERS = re.compile(
    r"\s*(?:so với\s+)?(?:mức\s+)?(?:trung bình|bình quân|mặt bằng|các\b|những\b|thế giới|cả nước|khu vực|vùng)"
)
_COUNTED_TOO = {
    "đăng ký": re.compile(r"\bđã\s+$"),
    "yêu cầu": _NO_AIM_BEHIND, "đề nghị": _NO_AIM_BEHIND, "chỉ tiêu": _COUNTED_AIMS, "mục tiêu": _COUNTED_AIMS,
}  # fmt: skip
_VALUE_SIGNS = frozenset(("mục", "chỉ", "kế", "yêu", "ngưỡng", "giao"))
"""What _TARGET_VALUE and _ASSIGNS begin with."""
# "Tăng mạnh nhất là cải cách thể chế, với 1,12 điểm"
_MOST_CHANGED = re.compile(
    r"\b(?P<way>tăng|giảm) (?:mạnh|nhiều|nhanh|sâu|cao|ít|chậm) nhất (?:là|thuộc về) [^,;.()]{3,60}"
    r"(?:,? với |\s?\()(?:thêm |bớt |tới |đến )?$"
)
_TARGET_VALUE = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch(?! (?:và|&|-|–) đầu tư)|yêu cầu|ngưỡng)"
    r"(?:\s+(?:là|đề ra|(?:cả |của )?năm|đặt ra|(?:\w+ ){0,3}giao|\d{4}))*"
    r"(?:\s*(?:là\s*)?[(]?|(?:\s+\w+){1,3}\s*[(]|(?:\s+\w+){1,3}\s+là)\s*$"
)


def direction_of(lower: str, sentence_start: int, number: Number) -> str | None:
    """ "rise" or "fall" when the words right before a number say that something grew or shrank by it."""
    before = lower[max(sentence_start, number.start - _BACK) : number.start]
    if number.unit == "percent":
        before = without_aside(lower, before, number)
    if number.value_max is not None:
        before = before.removesuffix("từ ")
    if "nhất " in before and (most := _MOST_CHANGED.search(before)):
        return "rise" if most["way"] == "tăng" else "fall"
    if before.rstrip(" (.…\n").rpartition(" ")[2].lstrip("(") not in _ends_of_direction():
        return "rise" if number.unit == "times" and _begins_growth(lower, number) else None
    tokens = before.replace("(", " ").replace(",", " , ").replace("…", " ").replace("...", " ").split()[-_MOST_TOKENS:]
    rises, changes, passing = words("claims.rise"), _changes(), _passing_words()
    while tokens:
        if change := longest_suffix(tokens, changes):
            return "rise" if change in rises else "fall"
        if tokens.pop() not in passing:
            break
    return "rise" if number.unit == "times" and _begins_growth(lower, number) else None


def _begins_growth(lower: str, number: Number) -> bool:
    return lower.startswith("gấp", number.start) and _is_growth(lower, number)


@cache
def _ends_of_direction() -> frozenset[str]:
    """The last words before a number that can belong to "tăng thêm khoảng"."""
    return _passing_words() | {phrase.split()[-1] for phrase in _changes()}


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


def is_starting_value(lower: str, number: Number) -> bool:
    """Whether things rose or fell from this value: "từ 15 ngày xuống còn 10 ngày"."""
    first = max(0, number.start - 30)
    if lower.find("từ", first, number.start) < 0 or _RISES_FROM.search(lower, first, number.start) is None:
        return False
    return _TO_VALUE.match(lower, number.end) is not None


def _is_growth(lower: str, number: Number) -> bool:
    if _COMPARED.search(lower, number.end, number.end + 30):
        return True
    return number.unit == "times" and _MANIFOLD_OF.match(lower, number.end) is not None


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
    if (beside := _kind_beside(lower, left, number)) is not None:
        return beside
    if may_aim and is_asked(left, number):
        return "achieved"
    if _is_target(left, may_aim=may_aim, aims=aims) or is_to_come(lower, left, number):
        return "target"
    if may_aim and _TARGET_VALUE.search(left):
        return "target"
    if _is_change(lower, left, number, direction):
        return "change"
    if previous is None or previous[0] != "change" or previous[2] != number.unit:
        return "achieved"
    return "change" if _goes_on(lower, previous[1], number) else "achieved"


def _kind_beside(lower: str, left: str, number: Number) -> Kind | None:
    """What the words right before a number and behind it say that it is, whatever the sentence aims at."""
    if (
        ("tăng" in left or "giảm" in left)
        and _SIDE_CHANGE.search(left)
        and _COMPARED.search(lower, number.end, number.end + 12)
    ):
        return "change"
    if is_starting_value(lower, number):
        return "achieved"
    back = len(left) - _BACK
    if left.endswith(("thực hiện ", "thực hiện được ", "thực hiện đạt ")) and _CARRIED_OUT.search(left, back):
        return "achieved"
    if "thay vì" in left and _INSTEAD_OF.search(left, back):
        return "achieved"
    if left.find("hơn", max(0, back)) >= 0:
        if _LEVEL.search(left, back):
            return "target" if _SET_BY.match(lower, number.end) else "achieved"
        if _MORE_THAN_THEN.search(left, back):
            return "change"
    if _SEEN_AGAINST.match(lower, number.end) and _GAINED.search(left, max(0, len(left) - 30)):
        return "change"
    if number.unit in ("percent", "percentage_point") and _SIGNED.search(left[-3:]):
        return "change"
    return "change" if left.endswith("vượt ") and _OF_PLAN.match(lower, number.end) else None


def _is_change(lower: str, left: str, number: Number, direction: str | None) -> bool:
    """Whether a figure that sets no aim says by how much something grew or fell."""
    if number.unit in ("percentage_point", "bậc") or direction is not None:
        return True
    if number.unit == "percent":
        return is_rate_of_change(lower, left, number)
    if number.unit != "times" or (_ABOVE_OTHERS.search(left) and _OTHERS.match(lower, number.end)):
        return False
    return _GREW.search(left) is not None or (_MANIFOLD.search(left) is not None and _is_growth(lower, number))


def _goes_on(lower: str, previous_end: int, number: Number) -> bool:
    return (
        _PAIR.fullmatch(lower, previous_end, number.start) is not None and _GOES_ON.match(lower, number.end) is not None
    )


def target_signs(lower: str) -> list[int]:
    """Where words stand without which no sentence sets a target, unless its heading does."""
    return _TARGET_WORDS.starts_in(lower)


_TARGET_WORDS = Sought(*{phrase.split()[0] for phrase in words("claims.target")} | _VALUE_SIGNS)


def _is_target(left: str, *, may_aim: bool, aims: bool) -> bool:
    if may_aim and ")" in left:
        left = _IN_BRACKETS.sub(_blank, left)
    last = _last_aim(left) if may_aim else None
    if last is None:
        return aims and not _is_done(left)
    if _NOT_TARGET.search(left[: last.end()]) and not _BY_PLAN.search(left[: last.end() + 1]):
        return _TARGET_VALUE.search(left) is not None
    return not _is_done(left, last.end())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def is_plan_aside(lower: str, number: Number) -> bool:
    """Whether a target stands in brackets beside what was reached: "93,8% (kế hoạch 85%)", "(27,4%, kế hoạch 35%)"."""
    opened = lower.rfind("(", max(0, number.start - _BACK), number.start)
    return opened >= 0 and lower.find(")", opened, number.start) < 0 and names_target(lower[opened : number.start])


def aims_aside(left: str, end: int) -> bool:
    """Whether a target that ends at `end` was set in brackets that are closed now: "93,8% (kế hoạch 85%); … 97%"."""
    opened = left.rfind("(", 0, end)
    return opened >= 0 and left.find(")", opened) >= end and names_target(left[opened:end])


def _is_done(left: str, start: int = 0) -> bool:
    """Whether words say that something is so already; the "hiện" of "thực hiện" does not."""
    return any(match[0] != "hiện" or NOW.match(left, match.start()) for match in _ACHIEVED.finditer(left, start))


def _last_aim(left: str) -> re.Match[str] | None:
    """The last words that set a target."""
    found = _ASSIGNS.search(left) if "giao" in left else None
    for match in _TARGET.finditer(left):
        counted = _COUNTED_TOO.get(match[0])
        is_counted = counted is not None and counted.search(left, max(0, match.start() - 10), match.start())
        if match[0] == "sẽ" and _EVERY.search(left, 0, match.start()):
            continue
        if not is_counted and not _NO_AIM.match(left, match.start()):
            found = match
    return found


def names_target(left: str) -> bool:
    """Whether words before a figure set a target or name one."""
    return _last_aim(left) is not None or _TARGET_VALUE.search(left) is not None


def is_measured_against(left: str) -> bool:
    """Whether a target stands there only to be compared with: "vượt chỉ tiêu 20%", "so với mục tiêu 50%"."""
    return (
        _TARGET_VALUE.search(left) is not None
        and re.search(r"(?:vượt|so với|bằng|cao hơn|thấp hơn|sớm hơn|đạt)\s+[^,;]{0,40}$", left) is not None
    )
