"""Lists of bodies: "A, B và C lần lượt đạt 9, 8 và 7%", "A và B đều đạt 100%"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from models.bodies.body import Body
from models.records import Number
from models.text import Span
from models.vocabulary import last_match

_SIGNS = ("lần lượt", "tương ứng", "theo thứ tự")
_RESPECTIVELY = re.compile("|".join(_SIGNS))
_OF_OWNER = re.compile(r"(?:\s(?!và\b)[^\W\d_]+){0,5}?\scủa\s(?:tỉnh |thành phố |tp\.? ?|công ty |hãng |ngân hàng )?")
_NEXT_NUMBER = re.compile(r"\s*(?:[^\W\d]+\s?){0,3}(?:,\s*và|,|;|và)\s*(?:(?:hạng|thứ|vị trí|ở|đạt)\s*)*")
_NEXT_BODY = re.compile(r"[^\n]{0,45}?(?:,|;|\svà|\scùng)\s[^\n]{0,30}")
# What a list may say of each of its bodies: "Huế (92%), Đà Nẵng (91%) và Cần Thơ".
_ASIDE = r"(?:\s?\([^()\n]{1,30}\))?"
_ONLY_ASIDE = re.compile(rf"{_ASIDE}\s*")
_LISTED = re.compile(rf"{_ASIDE}(?:,|;|\s(?:và|cùng(?: với)?))\s+(?:(?:tỉnh|thành phố|tp\.?)\s+)?")
_LEADS = r"(?:các |hai |ba |đội tuyển |đội |tỉnh |thành phố |tp\.? ?|huyện |đại diện )*"
_IS_HELD_BY = re.compile(
    r"\s*(?:(?:trong|trên|của|ở|tại|toàn|cả)\s[^,;:.()\d\n]{2,40}\s)?"
    rf"(?:và (?:thứ |hạng )?\d+ )?(?:lần lượt )?(?:là|thuộc về|gọi tên)\s{_LEADS}"
)
# "đứng thứ 2 tỉnh Hải Dương đạt 90,1%", "thứ 3: Huế (88%)": with the result behind the name.
_STANDS_BEFORE = re.compile(rf"(?:\s?:)?\s{_LEADS}")
_RESULT_BEHIND = re.compile(r"(?:\s(?:đạt|được|với|có)|\s\()\s?(?:trên |hơn |gần |khoảng )?\d")
_NUMBER = re.compile(r"\d[\d.,]*")
_ALL = re.compile(r"\s+(?:cùng|đều)\b")
_LAST_LISTED = re.compile(rf"{_ASIDE},?\s(?:và|cùng)\s")
_THESE = re.compile(
    r"(?:đơn vị|địa phương|tỉnh|huyện|bộ|sở|xã|phường|ngân hàng|doanh nghiệp|thành phố|nơi)(?: này| trên| nói trên)"
)
_FARTHEST_BACK, _NEAR, _FARTHEST_PAIR = 400, 25, 30
_PAUSE = re.compile(r"[,;:.(\d]")

_PEERS = {
    "district": ("huyện", "quận", "thị xã", "thành phố", "địa phương"),
    "commune": ("xã", "phường", "huyện", "quận", "thị xã", "địa phương"),
}
_PARTS = ("district", "commune", "department", "province", "ministry", "company", "other", "abroad")


def tells_in_turn(lower: str, start: int, stop: int) -> bool:
    """Whether a stretch of text may give several bodies a number each: "lần lượt"."""
    told = lower[start:stop]
    return any(map(told.__contains__, _SIGNS))


def trailing_list(lower: str, named: list[Body]) -> list[Body]:
    """The bodies at the end of a list of bodies that are coordinated: "Huế và Đà Nẵng"."""
    first = len(named) - 1
    if first < 1 or not (_LAST_LISTED.match(lower, named[-2].end) or _ALL.match(lower, named[-1].end)):
        return named[-1:]
    while first > 0 and _LISTED.fullmatch(lower, named[first - 1].end, named[first].start):
        first -= 1
    return named[max(0, first) :]


def respective(lower: str, bodies: list[Body], sentence: Span, numbers: Sequence[Number], i: int) -> Body | None:
    """The body that the i-th number of a sentence is of, where numbers are told of several bodies in turn."""
    sign = last_match(_RESPECTIVELY, lower, sentence[0], numbers[i].start)
    if sign is None:
        return None
    place, count = _place_in_run(lower, numbers, i, sign.end())
    if count < 2:
        return _first_told(lower, bodies, sentence, sign.span()) if numbers[i].start - sign.end() < _NEAR else None
    told = _told(lower, bodies, sentence, sign.start(), count)
    return told[place] if told else None


def paired_with(lower: str, named: list[Body], numbers: Sequence[Number], i: int) -> Body | None:
    """The body of a list that the i-th number is of, where as many numbers follow it: "Huế và Đà Nẵng xếp thứ 2 và thứ 3"."""
    place, count = _place_in_run(lower, numbers, i, named[-1].end)
    together = trailing_list(lower, [body for body in named if body.end <= numbers[i - place].start])
    if count < 2 or len(together) != count:
        return None
    between = lower[together[-1].end : numbers[i - place].start]
    return together[place] if len(between) < _FARTHEST_PAIR and not _PAUSE.search(between) else None


def ranked_behind(lower: str, here: list[Body], numbers: Sequence[Number], i: int) -> Body | None:
    """Whose rank is told before they are named: "xếp thứ 2 và thứ 3 lần lượt là Huế và Đà Nẵng", "thứ 4 là Cần Thơ"."""
    if numbers[i].unit != "rank":
        return None
    place, count = _place_in_run(lower, numbers, i, numbers[0].start)
    last = numbers[i - place + count - 1]
    own = next((body for body in here if body.start >= numbers[i].end), None)
    if own is not None and own.end <= last.start and _IS_HELD_BY.fullmatch(lower, numbers[i].end, own.start):
        return own
    if own is not None and _tells_result(lower, own, numbers[i].end):
        return own
    behind = [body for body in here if body.start >= last.end and body.kind != "own"]
    if not behind or not _IS_HELD_BY.fullmatch(lower, last.end, behind[0].start):
        return None
    held = 1
    while held < len(behind) and _LISTED.fullmatch(lower, behind[held - 1].end, behind[held].start):
        held += 1
    if held >= count:
        return behind[place]
    return behind[0] if place == count - 1 else None


def owned_in_turn(lower: str, here: list[Body], numbers: Sequence[Number], i: int) -> Body | None:
    """Whose a figure is in a sentence that tells several first and their owners behind: "27% doanh thu của A và 19% của B"."""
    own = _owner(lower, here, numbers, i)
    if own is None:
        return None
    others = (_owner(lower, here, numbers, j) for j in (i - 1, i + 1) if 0 <= j < len(numbers))
    return own if any(other is not None and other.name != own.name for other in others) else None


def _owner(lower: str, here: list[Body], numbers: Sequence[Number], i: int) -> Body | None:
    own = next((body for body in here if body.start >= numbers[i].end), None)
    if own is None or own.kind == "own" or not _OF_OWNER.fullmatch(lower, numbers[i].end, own.start):
        return None
    return own


def _tells_result(lower: str, own: Body, end: int) -> bool:
    """Whether a body stands right behind a rank, with a result of its own: "thứ 2 tỉnh Hải Dương đạt 90,1%"."""
    return bool(_STANDS_BEFORE.fullmatch(lower, end, own.start) and _RESULT_BEHIND.match(lower, own.end))


def _first_told(lower: str, bodies: list[Body], sentence: Span, sign: Span) -> Body | None:
    """The first of a list of bodies that ends where "lần lượt" stands: the number behind it is that one's."""
    named = [b for b in bodies if sentence[0] <= b.start and b.end <= sign[0] and b.kind not in ("own", "country")]
    together = trailing_list(lower, named) if named else []
    return together[0] if len(together) > 1 and _ONLY_ASIDE.fullmatch(lower, together[-1].end, sign[0]) else None


def _place_in_run(lower: str, numbers: Sequence[Number], i: int, after: int) -> tuple[int, int]:
    """Where a number stands among those listed with it, and how many they are."""
    first = last = i
    while first > 0 and numbers[first - 1].start >= after and _follows(lower, numbers[first - 1], numbers[first]):
        first -= 1
    while last + 1 < len(numbers) and _follows(lower, numbers[last], numbers[last + 1]):
        last += 1
    return i - first, last - first + 1


def _follows(lower: str, number: Number, following: Number) -> bool:
    return _NEXT_NUMBER.fullmatch(lower, number.end, following.start) is not None


def _told(lower: str, bodies: list[Body], sentence: Span, position: int, count: int) -> list[Body] | None:
    """The last `count` bodies before a position, which a list holds; those of the sentence before if "bốn đơn vị này"."""
    refers_back = _THESE.search(lower, sentence[0], position) is not None
    start = sentence[0] - _FARTHEST_BACK if refers_back else sentence[0]
    named: list[Body] = []
    for body in bodies:
        if (
            start <= body.start
            and body.end <= position
            and body.kind not in ("own", "country")
            and body.role != "within"
        ):
            named.append(body)
    told = named[-count:]
    if len(told) < count or len({body.name for body in told}) < count:
        return None
    return told if refers_back or all(_is_listed(lower[a.end : b.start]) for a, b in pairwise(told)) else None


def _is_listed(between: str) -> bool:
    """Whether two bodies belong to one list, each with a number of its own perhaps."""
    return _NEXT_BODY.fullmatch(between) is not None and len(_NUMBER.findall(between)) < 2


def sets_side_by_side(named: list[Body]) -> bool:
    """Whether a sentence tells of several of a kind in turn: the next goes on about whom they belong to."""
    told = {(body.kind, body.name) for body in named if not body.is_source and body.kind in _PARTS}
    return len(told) > len({kind for kind, _ in told})


def counts_peers(body: Body, number: Number) -> bool:
    """Whether a figure counts bodies such as the one named before it: "huyện A 89 điểm; có 4/18 địa phương dưới 70"."""
    peers = _PEERS.get(body.kind)
    return peers is not None and number.out_of is not None and (number.unit or "").startswith(peers)
