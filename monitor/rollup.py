"""Old provinces put together under the one they became, where their values can be summed; where not, it is said why.

What was told of a province after the merger, for a time before it, may be of either territory: it stays a point of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from models.records import Bound
from monitor.analytics import MERGER, Break, Claim, Part, PlacePoints, Point, RollUp, Series, point_order
from monitor.sameness import published_day
from monitor.territory import parts_of, successor_of

_WHY_NOT = {
    "percent": "tỷ lệ phần trăm không cộng được: phải có tử số và mẫu số của từng tỉnh cũ",
    "percentage_point": "điểm phần trăm không cộng được",
    "point": "điểm số của từng tỉnh cũ không cộng được",
    "rank": "thứ hạng của từng tỉnh cũ không cộng được",
    "times": "số lần tăng, giảm không cộng được",
}
_MEASURES_OF_ONE = ("ngày", "giờ", "phút", "tháng", "năm", "km", "tuổi")
"""Counted things of which two provinces have no sum: a processing time."""
_HOW = "trước ngày 1/7/2025 là tổng của các tỉnh cũ có số liệu cùng kỳ"


def why_not(unit: str | None, name: str) -> str | None:
    """Why an indicator's values can't be summed over provinces (Vietnamese); None where they can.

    >>> why_not("hồ sơ", "Số hồ sơ tiếp nhận") is None, why_not("ngày", "Thời gian giải quyết")
    (True, 'thời gian, độ dài của từng tỉnh cũ không cộng được')
    """
    if unit in _WHY_NOT:
        return _WHY_NOT[unit]
    if unit is not None and ("/" in unit or any(word in name.lower() for word in ("bình quân", "trung bình"))):
        return "số bình quân không cộng được"
    if unit is not None and unit.split()[0] in _MEASURES_OF_ONE:
        return "thời gian, độ dài của từng tỉnh cũ không cộng được"
    return None


def roll_up(series: Series, *, name: str) -> Series:
    """The series with each old province's values in its successor's line. `name` is the indicator's, for averages.

    A province that only changed its name goes on with all its points, in any unit. Of merged ones the values of the same
    period and kind are summed; a part without a value, or with several that contradict, is named as missing.
    """
    lines = {line.place: line.points for line in series.places}
    _rename(lines)
    refused = why_not(series.unit, name)
    merged = tuple(dict.fromkeys(now for place in list(lines) if (now := _merged_into(place))))
    if refused is None:
        for now in merged:
            _merge(lines, now)
    ordered = tuple(PlacePoints(place=place, points=points) for place, points in sorted(lines.items()) if points)
    told = RollUp(possible=refused is None, why=refused or _HOW)
    summed = tuple(line.place for line in ordered if any(point.parts for point in line.points))
    breaks = tuple(sorted(_retold(series.breaks, ordered, summed), key=lambda change: (change.date, change.why)))
    return replace(series, places=ordered, breaks=breaks, rollup=told)


def _rename(lines: dict[str, tuple[Point, ...]]) -> None:
    for place in list(lines):
        now = successor_of(place)
        if now and len(parts_of(now)) == 1:
            lines[now] = _in_order([*lines.get(now, ()), *lines.pop(place)])


def _merged_into(place: str) -> str | None:
    """The province of today that is more than this old one was, if any."""
    now = successor_of(place) or place
    return now if len(parts_of(now)) > 1 else None


def _merge(lines: dict[str, tuple[Point, ...]], now: str) -> None:
    """Put sums of the old territories' points into the line of `now`, and take out what went into them."""
    told: defaultdict[tuple[object, ...], dict[str, list[Point]]] = defaultdict(dict)
    kept: list[Point] = []
    for part in parts_of(now):
        left = []
        for point in lines.pop(part, ()):
            if _is_of_old(point, renewed=part == now):
                told[point.period, point.kind].setdefault(part, []).append(point)
            else:
                left.append(point)
        if part == now:
            kept += left
        elif left:
            lines[part] = tuple(left)
    for by_part in told.values():
        if summed := _sum(by_part, parts_of(now)):
            kept.append(summed)
        for part, points in by_part.items():
            if len(points) > 1:  # which of them to sum nobody knows: the disagreement stays to be seen
                lines[part] = _in_order([*lines.get(part, ()), *points])
    lines[now] = _in_order([*lines.get(now, ()), *kept])


def _is_of_old(point: Point, *, renewed: bool) -> bool:
    """Whether a point is of a territory of before the merger; of a kept name only what was told before is surely so."""
    end = point.period.end if point.period else None
    if end is None or end >= MERGER:
        return False
    return not renewed or any(_told_before(claim.published) for claim in point.claims)


def _told_before(published: date | datetime | None) -> bool:
    day = published_day(published)
    return day is not None and day < MERGER


def _sum(by_part: dict[str, list[Point]], parts: Sequence[str]) -> Point | None:
    sure = {part: points[0] for part, points in by_part.items() if len(points) == 1}
    if not sure:
        return None
    points = [sure[part] for part in parts if part in sure]
    totals = [point.out_of for point in points]
    highest = [point.value if point.value_max is None else point.value_max for point in points]
    has_range = any(point.value_max is not None for point in points)
    return Point(
        period=points[0].period, value=_total(point.value for point in points), kind=points[0].kind,
        value_max=_total(highest) if has_range else None,
        out_of=_total(total for total in totals if total is not None) if None not in totals else None,
        bound=_bound([point.bound for point in points]), claims=tuple(_claims(points)),
        parts=tuple(Part(place=part, value=sure[part].value) for part in parts if part in sure),
        missing=tuple(part for part in parts if part not in sure),
    )  # fmt: skip


def _total(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _bound(bounds: Sequence[Bound]) -> Bound:
    """What can be said of a sum: "hơn" of one part is "hơn" of the whole, and what points both ways is "khoảng"."""
    inexact = set(bounds) - {"exact"}
    return inexact.pop() if len(inexact) == 1 else ("about" if inexact else "exact")


def _claims(points: Sequence[Point]) -> Iterator[Claim]:
    for point in points:
        yield from point.claims


def _in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=point_order))


def _retold(breaks: Sequence[Break], lines: Sequence[PlacePoints], summed: Sequence[str]) -> Iterator[Break]:
    """The breaks as they are after summing: a merged province's line goes on over the merger, as a sum before it."""
    for change in breaks:
        if change.date == MERGER and change.places:
            left = tuple(
                line.place
                for line in lines
                if line.place in change.places and line.place not in summed and _spans_merger(line)
            )
            if left:
                yield replace(change, places=left, why=f"địa giới thay đổi do sáp nhập: {', '.join(left)}")
        else:
            yield change
    if summed:
        yield Break(date=MERGER, why=f"{_HOW}: {', '.join(summed)}", places=tuple(summed))


def _spans_merger(line: PlacePoints) -> bool:
    ends = [point.period.end for point in line.points if point.period and point.period.end]
    return bool(ends) and min(ends) < MERGER <= max(ends)
