"""Figures over time: one indicator, places side by side, every point with the claims it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from index.base import FigureEntry
from models.bodies.places import redrawn_on
from models.records import Bound, Kind, Period

MERGER = date(2025, 7, 1)
"""63 provinces became 34; a kept name is not a kept territory."""


FIXED_UNITS = frozenset(("percent", "percentage_point", "point", "rank", "times", "vnd", "usd"))
"""What is no counted thing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One source's word for a point."""

    article_id: str
    url: str
    source: str
    published: date | datetime | None
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one old province adds to a point of its successor."""

    place: str
    value: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One value of one place for one period; sources that say the same stand together, others are a point of their own."""

    period: Period | None
    value: Decimal
    value_max: Decimal | None
    out_of: Decimal | None
    bound: Bound
    kind: Kind
    claims: tuple[Claim, ...]
    parts: tuple[Part, ...] = ()
    """The old provinces that the value is the sum of (monitor/rollup.py); empty where somebody told it as it is."""
    missing: tuple[str, ...] = ()
    """Old provinces that belong into that sum and of which no value is known, or several."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacePoints:
    """One place's points in the order of time; those without a period come last."""

    place: str
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A day across which the values can't be compared as they stand, and why (Vietnamese)."""

    date: date
    why: str
    places: tuple[str, ...] = ()
    """The places it holds for; empty for all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RollUp:
    """Whether old provinces could be put together under their successors; `why` says why not, or how (Vietnamese)."""

    possible: bool
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One indicator over time."""

    indicator: str
    unit: str | None
    breaks: tuple[Break, ...]
    places: tuple[PlacePoints, ...]
    rollup: RollUp | None = None
    """None where nobody asked for it."""


def build_series(
    indicator: str,
    figures: Iterable[FigureEntry],
    *,
    places: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    renamed: Sequence[Break] = (),
    units: Sequence[str] = (),
) -> Series:
    """Order one indicator's figures by place and period.

    Only figures in one unit are shown, since a rate and a count are not one line: of `units`, the catalogue's word for
    this indicator, the one that most figures have, at whatever place and time; a thing counted under a longer name
    ("hồ sơ thủ tục hành chính") is in that line too. `since` and `until`
    bound the end of the period. `renamed` are the days on which the indicator itself changed its name or definition.
    """
    stated = [figure for figure in figures if figure.metric.kind != "change"]
    unit = _unit(stated, units)
    kept = [
        figure for figure in stated
        if _is_in_unit(figure.metric.unit, unit, units) and _is_wanted(figure, places, since, until)
    ]  # fmt: skip
    grouped: defaultdict[str, list[FigureEntry]] = defaultdict(list)
    for figure in kept:
        grouped[figure.metric.entity or ""].append(figure)
    lines = tuple(PlacePoints(place=place, points=_points(group)) for place, group in sorted(grouped.items()))
    return Series(indicator=indicator, unit=unit, breaks=_breaks(lines, unit, renamed), places=lines)


def _unit(figures: Sequence[FigureEntry], units: Sequence[str]) -> str | None:
    fitting = [figure.metric.unit for figure in figures if not units or figure.metric.unit.startswith(tuple(units))]
    counted = Counter(fitting).most_common(1)
    return counted[0][0] if counted else None


def _is_in_unit(stated: str, unit: str | None, units: Sequence[str]) -> bool:
    return stated == unit or (
        unit is not None and not {stated, unit} & FIXED_UNITS and bool(units) and stated.startswith(tuple(units))
    )


def _is_wanted(figure: FigureEntry, places: Sequence[str], since: date | None, until: date | None) -> bool:
    metric = figure.metric
    if metric.value is None or not metric.entity or (places and metric.entity not in places):
        return False
    end = (metric.period.end or metric.period.start) if metric.period else None
    if since and (end is None or end < since):
        return False
    return not (until and (end is None or end > until))


def _points(figures: Sequence[FigureEntry]) -> tuple[Point, ...]:
    same: defaultdict[tuple[object, ...], list[FigureEntry]] = defaultdict(list)
    for figure in figures:
        m = figure.metric
        period = (m.period.start, m.period.end) if m.period else None
        same[(period, m.value, m.value_max, m.out_of, m.bound, m.kind)].append(figure)
    points = [_point(group) for group in same.values()]
    return tuple(sorted(points, key=point_order))


def _point(figures: Sequence[FigureEntry]) -> Point:
    metric = figures[0].metric
    claims: dict[str, Claim] = {}
    for figure in figures:
        claims.setdefault(
            figure.article_id,
            Claim(
                article_id=figure.article_id, url=figure.url, source=figure.source, published=figure.published,
                sentence=figure.metric.sentence,
            ),
        )  # fmt: skip
    assert metric.value is not None  # `_is_wanted` let none through
    return Point(
        period=metric.period, value=metric.value, value_max=metric.value_max, out_of=metric.out_of, bound=metric.bound,
        kind=metric.kind, claims=tuple(sorted(claims.values(), key=lambda claim: (_day(claim.published), claim.url))),
    )  # fmt: skip


def point_order(point: Point) -> tuple[date, date, str, Decimal]:
    """The order of time; those without a period come last."""
    period = point.period
    end = (period and (period.end or period.start)) or date.max
    start = (period and period.start) or date.min
    return end, start, point.kind, point.value


def _day(published: date | datetime | None) -> date:
    if published is None:
        return date.max
    return published.date() if isinstance(published, datetime) else published


def _breaks(lines: Sequence[PlacePoints], unit: str | None, renamed: Sequence[Break]) -> tuple[Break, ...]:
    ends = [point.period.end for line in lines for point in line.points if point.period and point.period.end]
    if not ends:
        return ()
    found = [change for change in renamed if min(ends) < change.date <= max(ends)]
    spans_merger = min(ends) < MERGER <= max(ends)
    if spans_merger and unit == "rank":
        found.append(Break(date=MERGER, why="xếp hạng trên 63 tỉnh, thành phố trước ngày 1/7/2025, trên 34 từ ngày đó"))
    merged = tuple(line.place for line in lines if redrawn_on(line.place) == MERGER)
    if spans_merger and merged:
        why = f"địa giới thay đổi do sáp nhập: {', '.join(merged)}"
        found.append(Break(date=MERGER, why=why, places=merged))
    if unit in _SCALES:
        found += _scale_changes(lines, _SCALES[unit])
    return tuple(sorted(found, key=lambda change: (change.date, change.why)))


_SCALES = {"rank": "số đơn vị được xếp hạng", "point": "thang điểm"}
_BEFORE_AND_AFTER = {frozenset((63, 34))}
"""Totals whose change the merger explains already."""


def _scale_changes(lines: Sequence[PlacePoints], name: str) -> list[Break]:
    """The days from which ranks or scores are out of another total than before; one break for places that share it."""
    places: defaultdict[tuple[date, int, int], list[str]] = defaultdict(list)
    for line in lines:
        scaled = [
            (point.period.end, int(point.out_of))
            for point in line.points
            if point.out_of and point.period and point.period.end
        ]
        for (earlier, before), (later, after) in pairwise(scaled):
            if earlier < later and before != after and not _is_told_by_merger(earlier, later, {before, after}):
                places[later, before, after].append(line.place)
    return [
        Break(date=day, why=f"{name} đổi từ {before} sang {after}: {', '.join(some)}", places=tuple(some))
        for (day, before, after), some in places.items()
    ]


def _is_told_by_merger(earlier: date, later: date, totals: set[int]) -> bool:
    return earlier < MERGER <= later and frozenset(totals) in _BEFORE_AND_AFTER


def with_breaks(line: PlacePoints, breaks: Sequence[Break]) -> Iterator[Point | Break]:
    """A line's points in order, with each break that it crosses standing between the points it parts."""
    left = [change for change in breaks if not change.places or line.place in change.places]
    before: date | None = None
    for point in line.points:
        end = point.period.end if point.period else None
        while before and end and left and left[0].date <= end:
            change = left.pop(0)
            if before < change.date:
                yield change
        yield point
        before = end or before
