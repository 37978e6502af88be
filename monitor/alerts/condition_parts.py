"""A condition out of its parts: which indicator, whose, which test, and how much. Used by words and by flags alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.querying.query_names import Resolve
from index.standing.alert_records import Condition, Test
from models.figures.indicators import Indicator, all_indicators
from models.numbers.amounts import read_digits
from models.numbers.reading import read_number
from models.records import Kind, Number
from models.text import fold
from monitor.errors import MonitorError
from monitor.words import UNITS

WITH_BOUND: frozenset[Test] = frozenset(("below", "at_most", "above", "at_least", "change_over"))
_SHOWN = 8
_CURRENCIES = frozenset(("usd", "vnd"))
_WORDS_FOR = {"điểm": "point", "lần": "times", "bậc": "rank", "hạng": "rank", "thứ hạng": "rank"}
"""Words that are counted things elsewhere: "300 điểm phát sóng"."""
_SORT = re.compile(r"^(?:ty le|so|thu hang|diem|chi so) ")
_IN_PARENTHESIS = re.compile(r"\(([^)]+)\)$")
_BARE = re.compile(r"[+-]?\d[\d.,]*")
_LONGEST_NUMBER = 40


def make_condition(
    test: Test,
    *,
    indicator: str,
    place: str | None,
    bound: str | None,
    kind: Kind,
    resolve_indicator: Resolve,
    resolve_place: Resolve,
) -> Condition:
    """A condition from what a person typed for each of its parts.

    Raises MonitorError with what there is instead: no such indicator, several of them, no such place, a number in a unit
    that the indicator is not measured in.
    """
    number = _read_bound(bound) if bound is not None else None
    chosen = _choose(indicator, resolve_indicator(indicator), test, number)
    places = resolve_place(place) if place else ()
    if place and not places:
        raise MonitorError(f"không biết địa phương hay cơ quan “{place}”. Viết như “Lào Cai”, “TP.HCM” hay “Bộ Y tế”")
    unit = _unit_of(chosen, test, number)
    return Condition(
        test=test, indicator=chosen.slug, place=places[0] if places else None, kind=kind, unit=unit,
        bound=number.value if number and test in WITH_BOUND else None,
    )  # fmt: skip


def _read_bound(typed: str) -> Number:
    text = typed.strip()
    if _BARE.fullmatch(text) and len(text) <= _LONGEST_NUMBER and (value := read_digits(text.lstrip("+-"))) is not None:
        return Number(start=0, end=len(text), value=-value if text.startswith("-") else value)
    found = read_number(text) if len(text) <= 10 * _LONGEST_NUMBER else None
    if found is None or found.start or found.value_max is not None or found.out_of is not None:
        raise MonitorError(f"“{_shorten(text)}” không phải là một con số. Viết như 90, 90%, 15,91 hay 10 tỷ đồng")
    if rest := text[found.end :].strip(" .;"):
        raise MonitorError(f"chưa hiểu “{_shorten(rest)}” đứng sau {text[: found.end]}. Bỏ phần đó rồi thử lại")
    return replace(found, unit=_WORDS_FOR.get(found.unit or "", found.unit))


# --- which indicator --------------------------------------------------------------------------------------------------


def _choose(typed: str, slugs: Sequence[str], test: Test, number: Number | None) -> Indicator:
    """The one indicator that is meant, by its name, by what the test can be asked of, and by the number's unit."""
    catalogue = all_indicators()
    known = [catalogue[slug] for slug in slugs if slug in catalogue]
    if not known:
        raise MonitorError(f"không có chỉ tiêu “{_shorten(typed)}” trong danh mục. {_nearest(typed)}")
    if test == "rank_drop":
        return _one_of(typed, _ranks(typed, known))
    if len(known) > 1 and "hang" not in fold(typed).split():
        known = [one for one in known if "rank" not in one.units] or known
    if number is not None and number.unit and test != "change_over":
        known = [one for one in known if _is_measured_in(one, number.unit)] or known
    return _one_of(typed, known)


def _ranks(typed: str, known: Sequence[Indicator]) -> list[Indicator]:
    """Those of the named indicators that are ranks, else the ranks that belong to them."""
    catalogue = all_indicators()
    found = [one for one in known if "rank" in one.units]
    found = found or [catalogue[f"{one.slug}_rank"] for one in known if f"{one.slug}_rank" in catalogue]
    if not found:
        message = (
            f"“{_shorten(typed)}” không phải thứ hạng nên không tụt hạng được. Dùng “dưới N” hoặc “thay đổi quá N%”"
        )
        raise MonitorError(message)
    return found


def _one_of(typed: str, known: Sequence[Indicator]) -> Indicator:
    """Of several the one that goes by just this short name: "PAR Index" is not its parts."""
    if len(known) > 1:
        key = fold(typed).strip()
        known = [one for one in known if key in _short_names(one)] or known
    if len(known) == 1:
        return known[0]
    shown = "; ".join(f"{one.name} ({one.slug})" for one in known[:_SHOWN])
    more = f"; và {len(known) - _SHOWN} chỉ tiêu khác" if len(known) > _SHOWN else ""
    raise MonitorError(f"“{_shorten(typed)}” có thể là nhiều chỉ tiêu, hãy viết rõ một: {shown}{more}")


def _short_names(indicator: Indicator) -> Iterator[str]:
    """What people leave of a name: what stands in its parenthesis, or all but the word for what sort of figure it is."""
    name = fold(indicator.name)
    yield name
    yield _SORT.sub("", name)
    if found := _IN_PARENTHESIS.search(name):
        yield found[1]


def _nearest(typed: str) -> str:
    words = set(fold(typed).split())
    catalogue = all_indicators().values()
    scored = sorted(((len(words & set(fold(one.name).split())), one.name) for one in catalogue), reverse=True)
    near = [name for shared, name in scored[:3] if shared >= 2]
    return f"Gần giống: {'; '.join(near)}" if near else "Xem danh sách: monitor series --list"


# --- in which unit ----------------------------------------------------------------------------------------------------


def _unit_of(indicator: Indicator, test: Test, number: Number | None) -> str | None:
    """The unit that figures must be told in, where the indicator has several; checks the number's own."""
    said = number.unit if number else None
    if test == "change_over":
        _check_change(indicator, said)
        return None
    if said is not None and not _is_measured_in(indicator, said):
        shown = ", ".join(UNITS.get(unit, unit) for unit in indicator.units[:3])
        raise MonitorError(f"{indicator.name} tính bằng {shown}, không bằng {UNITS.get(said, said)}")
    if number is not None and said is None and set(indicator.units) >= _CURRENCIES:
        raise MonitorError(f"{indicator.name} có khi tính bằng đồng, có khi bằng USD. Viết rõ, ví dụ: dưới 10 tỷ đồng")
    return said if said in indicator.units and len(indicator.units) > 1 and said in UNITS else None


def _check_change(indicator: Indicator, said: str | None) -> None:
    is_rank = "rank" in indicator.units
    if is_rank and said not in (None, "rank"):
        raise MonitorError(f"{indicator.name} thay đổi theo bậc. Viết như: thay đổi quá 5 bậc")
    if not is_rank and said not in (None, "percent", "percentage_point"):
        raise MonitorError(
            f"mức thay đổi tính bằng % (với tỷ lệ là điểm %). Viết như: {indicator.name} thay đổi quá 5%"
        )


def _is_measured_in(indicator: Indicator, unit: str) -> bool:
    return unit in indicator.units or (unit not in UNITS and unit.startswith(indicator.units))


def is_rate(indicator: Indicator) -> bool:
    """Whether it changes by percentage points."""
    return "percent" in indicator.units


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
