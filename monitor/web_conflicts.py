"""The page of contradictions: what is chosen, what can be chosen, and one page of what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from monitor.conflicts import Conflict
from monitor.disputes import UNLISTED, Disputes, of_indicator, of_place
from monitor.errors import MonitorError
from monitor.naming import indicator_name
from monitor.territory import today_of
from monitor.web_values import Named, conflict_values

PAGE = 20
CHOICES = 15
"""Values that can be chosen of each kind; those with most conflicts."""
_PATH = "/mau-thuan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What the page's address says."""

    indicator: str | None
    place: str | None
    with_rounding: bool
    page: int

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Chosen:
        page = parameters.get("trang", "")
        return cls(
            indicator=parameters.get("chi_tieu", "").strip() or None,
            place=parameters.get("noi", "").strip() or None,
            with_rounding=parameters.get("tat_ca") == "1",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def href(self, **changes: str | None) -> str:
        """The same page with something else chosen; it begins with the first page again."""
        now = {"chi_tieu": self.indicator, "noi": self.place, "tat_ca": "1" if self.with_rounding else None}
        kept = {name: value for name, value in (now | changes).items() if value}
        return f"{_PATH}?{urlencode(kept)}" if kept else _PATH


def page_values(disputes: Disputes, chosen: Chosen, named: Named) -> dict[str, object]:
    """What the template is given; `problem` says why nothing can be shown."""
    every = disputes.read(with_rounding=chosen.with_rounding)
    of_it = of_indicator(every, chosen.indicator) if chosen.indicator else every
    of_there = of_place(every, chosen.place) if chosen.place else every
    found = of_place(of_it, chosen.place) if chosen.place else of_it
    by_indicator = _facet(
        "Chỉ tiêu", [one.indicator or UNLISTED for one in of_there], chosen.indicator,
        label=_indicator_label, href=lambda value: chosen.href(chi_tieu=value),
    )  # fmt: skip
    by_place = _facet(
        "Địa phương, bộ ngành", [today_of(one.entity) for one in of_it if one.entity], chosen.place,
        label=str, href=lambda value: chosen.href(noi=value),
    )  # fmt: skip
    problem = _problem(disputes, chosen) if not found and (chosen.indicator or chosen.place) else None
    return _frame(chosen) | _part(found, chosen, named) | {"facets": [by_indicator, by_place], "problem": problem}


def empty_page(chosen: Chosen) -> dict[str, object]:
    """The same for a store without articles."""
    return _frame(chosen) | _part((), chosen, str) | {"facets": [], "problem": None}


def _frame(chosen: Chosen) -> dict[str, object]:
    about = [part for part in (chosen.indicator and _indicator_label(chosen.indicator), chosen.place) if part]
    toggle = chosen.href(tat_ca=None if chosen.with_rounding else "1")
    return {
        "about": " · ".join(about),
        "narrowed": bool(about),
        "with_rounding": chosen.with_rounding,
        "toggle": toggle,
    }


def _part(found: Sequence[Conflict], chosen: Chosen, named: Named) -> dict[str, object]:
    """One page; behind the last there is the last again."""
    number = min(chosen.page, max(1, -(-len(found) // PAGE)))
    shown = found[(number - 1) * PAGE : number * PAGE]
    return {
        "conflicts": [conflict_values(conflict, named) for conflict in shown],
        "total": len(found),
        "first": (number - 1) * PAGE + 1,
        "last": (number - 1) * PAGE + len(shown),
        "before": chosen.href(trang=str(number - 1)) if number > 1 else None,
        "next": chosen.href(trang=str(number + 1)) if number * PAGE < len(found) else None,
    }


def _problem(disputes: Disputes, chosen: Chosen) -> str | None:
    try:
        disputes.check(indicator=chosen.indicator, place=chosen.place)
    except MonitorError as e:
        return str(e)
    return None


def _facet(
    name: str,
    values: Iterable[str],
    chosen: str | None,
    *,
    label: Callable[[str], str],
    href: Callable[[str | None], str],
) -> dict[str, object]:
    counts = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    shown = counts[:CHOICES] + [pair for pair in counts[CHOICES:] if pair[0] == chosen]
    choices: Sequence[object] = [
        {
            "label": label(value),
            "count": count,
            "chosen": value == chosen,
            "href": href(None if value == chosen else value),
        }
        for value, count in shown
    ]
    return {"name": name, "choices": choices}


def _indicator_label(value: str) -> str:
    return "Ngoài danh mục" if value == UNLISTED else indicator_name(value)
