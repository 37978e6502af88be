"""The index's figures ─► series and lists of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index.base import Everything, FigureEntry, Filter, Index, Query
from models.figures import indicators
from monitor.analytics import Break, Series, build_series
from monitor.own_names import NameGroup
from monitor.rollup import roll_up
from monitor.territory import family_of


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorUse:
    """An indicator of the catalogue, and how much there is of it."""

    slug: str
    name: str
    figures: int
    places: int


def read_series(
    index: Index,
    slug: str,
    *,
    places: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    rollup: bool = False,
) -> Series:
    """All that is known of one indicator; the names it went by before are one line with it, and the break is told.

    With `rollup`, old provinces stand in the line of the one they went into, as far as their values can be summed.
    """
    slugs, catalogue = lineage(slug), indicators.all_indicators()
    query = Query(typed="", root=Filter(field="indicator", values=slugs))
    units = [unit for one in slugs if one in catalogue for unit in catalogue[one].units]
    wanted = [one for place in places for one in (family_of(place) if rollup else (place,))]
    series = build_series(
        slug, index.figures(query), places=wanted, since=since, until=until, renamed=_renamings(slugs), units=units
    )
    return roll_up(series, name=catalogue[slug].name if slug in catalogue else slug) if rollup else series


def read_own_series(
    group: NameGroup,
    *,
    places: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    rollup: bool = False,
) -> Series:
    """All that is known under alike names that are no indicator's; `Series.indicator` is the commonest of them."""
    wanted = [one for place in places for one in (family_of(place) if rollup else (place,))]
    series = build_series(group.name, group.figures, places=wanted, since=since, until=until)
    return roll_up(series, name=group.name) if rollup else series


def lineage(slug: str) -> tuple[str, ...]:
    """An indicator with all that it succeeded and that succeeded it: what goes into one series.

    >>> "online_services.level4_rate" in lineage("online_services.full_online_rate")
    True
    """
    catalogue = indicators.all_indicators()
    found = {slug}
    while True:
        before = {catalogue[one].succeeds for one in found if one in catalogue}
        after = {one.slug for one in catalogue.values() if one.succeeds in found}
        grown = found | {one for one in before if one} | after
        if grown == found:
            return tuple(sorted(found))
        found = grown


def _renamings(slugs: Sequence[str]) -> list[Break]:
    catalogue = indicators.all_indicators()
    found = []
    for slug in slugs:
        indicator = catalogue.get(slug)
        if indicator and indicator.succeeds and indicator.since:
            before = catalogue[indicator.succeeds].name
            found.append(Break(date=indicator.since, why=f"“{before}” được thay bằng “{indicator.name}”"))
    return found


def all_figures(index: Index) -> tuple[FigureEntry, ...]:
    """Every figure of an index, for what counts them."""
    return index.figures(Query(typed="", root=Everything()))


def indicators_with_figures(figures: Iterable[FigureEntry]) -> tuple[IndicatorUse, ...]:
    """The indicators of which there are figures, those with most first."""
    grouped: defaultdict[str, list[FigureEntry]] = defaultdict(list)
    for entry in figures:
        if entry.metric.indicator:
            grouped[entry.metric.indicator].append(entry)
    catalogue = indicators.all_indicators()
    uses = [
        IndicatorUse(
            slug=slug, name=catalogue[slug].name if slug in catalogue else slug, figures=len(entries),
            places=len({entry.metric.entity for entry in entries if entry.metric.entity}),
        )
        for slug, entries in grouped.items()
    ]  # fmt: skip
    return tuple(sorted(uses, key=lambda use: (-use.figures, use.name)))
