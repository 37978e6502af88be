"""Figures over time: one indicator, places side by side, every point with the claims it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from index.base import FigureEntry
from models.places import redrawn_on
from models.records import Bound, Kind, Period

MERGER = date(2025, 7, 1)
"""63 provinces became 34; a kept name is not a kept territory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One source's word for a point."""

    article_id: str
    url: str
    source: str
    published: date | datetime | None
    sentence: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One indicator over time."""

    indicator: str
    unit: str | None
    breaks: tuple[Break, ...]
    places: tuple[PlacePoints, ...]


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
    this indicator, the one that most figures have, at whatever place and time. `since` and `until`
    bound the end of the period. `renamed` are the days on which the indicator itself changed its name or definition.
    """
    stated = [figure for figure in figures if figure.metric.kind != "change"]
    unit = _unit(stated, units)
    kept = [figure for figure in stated if figure.metric.unit == unit and _is_wanted(figure, places, since, until)]
    grouped: defaultdict[str, list[FigureEntry]] = defaultdict(list)
    for figure in kept:
        grouped[figure.metric.entity or ""].append(figure)
    lines = tuple(PlacePoints(place=place, points=_points(group)) for place, group in sorted(grouped.items()))
    return Series(indicator=indicator, unit=unit, breaks=_breaks(lines, unit, renamed), places=lines)


def _unit(figures: Sequence[FigureEntry], units: Sequence[str]) -> str | None:
    fitting = [figure.metric.unit for figure in figures if not units or figure.metric.unit.startswith(tuple(units))]
    counted = Counter(fitting).most_common(1)
    return counted[0][0] if counted else None


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
    return tuple(sorted(points, key=_when))


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


def _when(point: Point) -> tuple[date, date, str, Decimal]:
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
    if min(ends) < MERGER <= max(ends):
        if unit == "rank":
            found.append(
                Break(date=MERGER, why="xếp hạng trên 63 tỉnh, thành phố trước ngày 1/7/2025, trên 34 từ ngày đó")
            )
        merged = [line.place for line in lines if redrawn_on(line.place) == MERGER]
        if merged:
            found.append(Break(date=MERGER, why=f"địa giới thay đổi do sáp nhập: {', '.join(merged)}"))
    return tuple(sorted(found, key=lambda change: change.date))
