"""Conditions as people write them: "tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%", and back into words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.querying.query_names import Resolve
from index.standing.alert_records import Condition, Test
from models.figures.indicators import Indicator, all_indicators
from models.records import Kind
from models.text import fold, normalise
from monitor.alerts.condition_parts import is_rate, make_condition
from monitor.errors import MonitorError
from monitor.telling import number_said
from monitor.words import UNITS

HELP = (
    "Viết một trong các dạng: “tỷ lệ hồ sơ nộp trực tuyến của Lào Cai dưới 90%” (dưới, trên, không quá, ít nhất); "
    "“PAR Index của Lào Cai tụt hạng”; “SIPAS của Huế khác số đã công bố”; “tỷ lệ hồ sơ quá hạn của Huế thay đổi quá 5%”"
)
LONGEST = 300
_MOST_PLACE_WORDS = 8

# Over the folded text, which is as long as the text: people who type without diacritics are understood too.
_DIFFERS = re.compile(
    r"\b(?:khac|lech|trai|mau thuan)(?: (?:voi|so|lieu|con|nhung gi|gia tri|muc))* (?:da (?:duoc )?)?(?:cong bo|dua|neu)\b.*$"
    r"|\bmau thuan\b.*$"
)
_RANK_DROP = re.compile(r"\b(?:bi )?(?:tut|xuong|giam|rot|mat|ha)(?: thu)? (?:hang|bac)\b(?P<rest>.*)$")
_CHANGE = re.compile(r"\b(?:thay doi|bien dong|tang hoac giam|tang giam)\s*(?:qua|hon|tren|>)\s*(?=\d)")
_ONE_WAY = re.compile(r"\b(?:tang|giam) (?:qua|hon|tren)\s*(?=\d)")
_FROM_ON = re.compile(r"\btu (?P<number>\d.*?) tro (?P<way>len|xuong)\s*$")
_COMPARED: tuple[tuple[Test, str], ...] = (
    ("at_most", r"khong (?:qua|hon|vuot(?: qua)?)|toi da|nhieu nhat|<=|≤"),
    ("at_least", r"it nhat|toi thieu|khong (?:duoi|thap hon|kem|it hon)|>=|≥"),
    ("below", r"duoi|thap hon|nho hon|kem hon|it hon|<"),
    ("above", r"tren|cao hon|lon hon|nhieu hon|vuot(?: qua)?|hon|qua|>"),
)
_SIGN = re.compile("|".join(f"(?P<{test}>(?<!\\S)(?:{signs}))" for test, signs in _COMPARED))
_BEFORE_NUMBER = re.compile(r"\s*(?=-?\d)")
_LEADS = re.compile(r"^(?:(?:bao|canh bao|theo doi)\s+)?(?:(?:khi|neu)\s+)?(?:co\s+)?")
_TARGET = re.compile(r"^muc tieu\s+(?:ve\s+|cua chi tieu\s+)?")
_INDICATOR_WORD = re.compile(r"^(?:chi tieu|chi so|so lieu)\s+(?:ve\s+)?")
_TRAILS = re.compile(r"[\s,:]+(?:chi|moi|dat|o muc|muc|la|bi|con|co|da|se|xep|so voi ky truoc)?$|[\s,:]+$")
_BEHIND = re.compile(
    r"\s*(?:so )?(?:voi|trong|cho)?\s*(?:cung ky|cung thoi ky|ky truoc|lan truoc|nam truoc)?\s*[.!]*\s*$"
)
_LINKS = re.compile(r"\s+(?:cua|o|tai)(?=\s)")


@dataclass(frozen=True, slots=True)
class _Parted:
    """A phrase cut up: which test, the words before it, and the number behind it."""

    test: Test
    lead: str
    """All that stands before the test."""
    bound: str | None


def read_condition(words: str, resolve_indicator: Resolve, resolve_place: Resolve) -> Condition:
    """The condition that a Vietnamese phrase means, with or without diacritics.

    Raises MonitorError: what of it was understood, what was not, and what may be written.

    >>> from monitor.naming import indicator_slugs
    >>> condition = read_condition("chỉ tiêu hồ sơ đúng hạn của tỉnh Lào Cai dưới 90%", indicator_slugs, lambda name: ["Lào Cai"])
    >>> condition.test, condition.indicator, condition.place, condition.bound
    ('below', 'admin_reform.on_time_rate', 'Lào Cai', Decimal('90'))
    """
    text = " ".join(normalise(words).split())
    if not text:
        raise MonitorError(f"điều kiện đang trống. {HELP}")
    if len(text) > LONGEST:
        raise MonitorError(f"điều kiện dài quá {LONGEST} ký tự. {HELP}")
    parted = _part(text)
    kind, head = _kind_of(_without_verbs(parted.lead))
    indicator, place = _whose(head, resolve_indicator, resolve_place)
    if not indicator:
        raise MonitorError(f"chưa thấy tên chỉ tiêu trong “{text}”. {HELP}")
    try:
        return make_condition(
            parted.test, indicator=indicator, place=place, bound=parted.bound, kind=kind,
            resolve_indicator=resolve_indicator, resolve_place=resolve_place,
        )  # fmt: skip
    except MonitorError as e:
        understood = [
            f"chỉ tiêu “{indicator}”",
            *([f"của “{place}”"] if place else []),
            f"“{text[len(parted.lead) :]}”",
        ]
        raise MonitorError(f"{e}. (Đã tách thành: {', '.join(understood)})") from e


def _part(text: str) -> _Parted:
    plain = fold(text)
    plain, text = (plain, text) if len(plain) == len(text) else (plain, plain)
    if found := _DIFFERS.search(plain):
        return _Parted("differs", text[: found.start()], None)
    if found := _RANK_DROP.search(plain):
        if not _BEHIND.fullmatch(found["rest"]):
            raise MonitorError(
                f"chưa hiểu “{text[found.start('rest') :].strip()}” sau “tụt hạng”. Bỏ phần đó rồi thử lại"
            )
        return _Parted("rank_drop", text[: found.start()], None)
    if found := _CHANGE.search(plain):
        return _Parted("change_over", text[: found.start()], _number(text, plain, found.end()))
    if _ONE_WAY.search(plain):
        raise MonitorError(f"chưa phân biệt tăng với giảm. Viết “thay đổi quá …” cho cả hai chiều. {HELP}")
    if found := _FROM_ON.search(plain):
        test: Test = "at_least" if found["way"] == "len" else "at_most"
        return _Parted(test, text[: found.start()], text[found.start("number") : found.end("number")])
    return _part_compared(text, plain)


def _part_compared(text: str, plain: str) -> _Parted:
    signs = list(_SIGN.finditer(plain))
    for sign in reversed(signs):
        if (number := _BEFORE_NUMBER.match(plain, sign.end())) is not None and sign.lastgroup is not None:
            test = next(test for test, _ in _COMPARED if test == sign.lastgroup)
            return _Parted(test, text[: sign.start()], _number(text, plain, number.end()))
    if signs:
        sign = signs[-1]
        raise MonitorError(f"sau “{text[sign.start() : sign.end()]}” cần một con số, ví dụ: dưới 90%. {HELP}")
    raise MonitorError(f"chưa hiểu “{text}”: không thấy so sánh nào. {HELP}")


def _number(text: str, plain: str, start: int) -> str:
    """The number behind a sign, without "so với kỳ trước" behind it."""
    found = re.search(r"\s+so voi (?:cung ky|ky truoc|lan truoc|nam truoc)\s*[.!]*$", plain[start:])
    return text[start : start + found.start()] if found else text[start:].rstrip(" .!")


def _without_verbs(head: str) -> str:
    """The words before the test, without the verbs that lead up to it: "… chỉ đạt"."""
    while (found := _TRAILS.search(fold(head))) and found.start() < len(head):
        head = head[: found.start()]
    return head


def _kind_of(head: str) -> tuple[Kind, str]:
    head = head[_LEADS.match(fold(head)).end() :]  # type: ignore[union-attr]  # it may match nothing, and always matches
    if found := _TARGET.match(fold(head)):
        return "target", head[found.end() :]
    return "achieved", head


def _whose(head: str, resolve_indicator: Resolve, resolve_place: Resolve) -> tuple[str, str | None]:
    """Which part of the words is the indicator and which its place; a name may itself hold "của" or "ở"."""
    whole, linked, trailing = ([*ways] for ways in (_whole(head), _linked(head), _trailing(head)))
    for indicator, place in (*whole, *linked, *trailing):
        if resolve_indicator(indicator) and (place is None or resolve_place(place)):
            return indicator, place
    for indicator, place in linked:  # nothing fits: the place is wrong where the indicator is right …
        if resolve_indicator(indicator):
            return indicator, place
    known = [(indicator, place) for indicator, place in (*linked, *trailing) if place and resolve_place(place)]
    return known[0] if known else whole[0]  # … and the other way round


def _whole(head: str) -> Iterator[tuple[str, str | None]]:
    for name in _without_lead(head):
        yield name, None


def _linked(head: str) -> Iterator[tuple[str, str | None]]:
    """Cut at "của", the last one first."""
    for link in reversed(list(_LINKS.finditer(fold(head)))):
        for name in _without_lead(head[: link.start()]):
            yield name, head[link.end() :].strip()


def _trailing(head: str) -> Iterator[tuple[str, str | None]]:
    """The place as the last words, as many as can be."""
    words = head.split(" ")
    for count in range(min(_MOST_PLACE_WORDS, len(words) - 1), 0, -1):
        for name in _without_lead(" ".join(words[:-count])):
            yield name, " ".join(words[-count:])


def _without_lead(name: str) -> Iterator[str]:
    yield name
    if found := _INDICATOR_WORD.match(fold(name)):
        yield name[found.end() :]


# --- back into words --------------------------------------------------------------------------------------------------


def condition_said(condition: Condition) -> str:
    """A condition in words that `read_condition` reads as the same.

    >>> from decimal import Decimal
    >>> condition_said(Condition(test="below", indicator="admin_reform.on_time_rate", place="Huế", bound=Decimal(90)))
    'Tỷ lệ hồ sơ giải quyết đúng hạn và trước hạn của Huế dưới 90%'
    """
    indicator = all_indicators().get(condition.indicator)
    name = indicator.name if indicator else condition.indicator
    whose = f" của {condition.place}" if condition.place else ""
    of = f"Mục tiêu {name[:1].lower()}{name[1:]}" if condition.kind == "target" else name
    return f"{of}{whose} {_test_said(condition, indicator)}"


def _test_said(condition: Condition, indicator: Indicator | None) -> str:
    match condition.test:
        case "rank_drop":
            return "tụt hạng so với kỳ trước"
        case "differs":
            return "khác số đã công bố cho cùng kỳ"
        case "change_over":
            return f"thay đổi quá {_bound_said(condition, _change_unit(indicator))} so với kỳ trước"
        case "below":
            return f"dưới {_bound_said(condition, _level_unit(condition, indicator))}"
        case "at_most":
            return f"không quá {_bound_said(condition, _level_unit(condition, indicator))}"
        case "above":
            return f"trên {_bound_said(condition, _level_unit(condition, indicator))}"
        case "at_least":
            return f"ít nhất {_bound_said(condition, _level_unit(condition, indicator))}"


def _bound_said(condition: Condition, unit: str) -> str:
    said = number_said(condition.bound) if condition.bound is not None else "?"
    return f"{said}{'' if unit == '%' or not unit else ' '}{unit}"


def _change_unit(indicator: Indicator | None) -> str:
    if indicator and "rank" in indicator.units:
        return "bậc"
    return "điểm %" if indicator and is_rate(indicator) else "%"


def _level_unit(condition: Condition, indicator: Indicator | None) -> str:
    if condition.unit:
        return UNITS.get(condition.unit, condition.unit)
    units = indicator.units if indicator else ()
    if len(units) == 1 and units[0] != "rank":
        return UNITS.get(units[0], units[0])
    return ""
