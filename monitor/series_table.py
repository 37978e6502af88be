"""A series on a terminal: one place under another, or places side by side; a break is a line that nothing is drawn over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from models.records import Kind, Period
from monitor.analytics import Break, Claim, Point, Series, point_order, with_breaks
from monitor.console import add_row, table_console
from monitor.naming import indicator_name
from monitor.telling import day_said, period_said, point_said
from monitor.words import KINDS

_Row = tuple[Period | None, Kind]


def show_series(series: Series, *, side_by_side: bool, sources: Mapping[str, str]) -> None:
    """Print a series with its breaks and its sources. `sources` names them in the list under places side by side."""
    console = table_console()
    console.print(Text(indicator_name(series.indicator), style="bold"))
    if series.rollup and not series.rollup.possible:
        console.print(Text(f"  Không gộp được các tỉnh cũ: {series.rollup.why}."))
    for change in series.breaks:
        console.print(Text(f"  ⚠ {day_said(change.date)}: {change.why}"))
    if not side_by_side:
        console.print(_one_under_another(series))
        return
    notes: list[Claim] = []
    console.print(_side_by_side(series, notes))
    for number, claim in enumerate(notes, 1):
        about = ", ".join(part for part in (sources.get(claim.source, claim.source), day_said(claim.published)) if part)
        console.print(Text(f"[{number}] {about}: {claim.sentence}"))


def _one_under_another(series: Series) -> Table:
    table = Table("Nơi", "Kỳ", "Giá trị", "Loại", "Nguồn", box=None, pad_edge=False)
    for line in series.places:
        for found in with_breaks(line, series.breaks):
            if isinstance(found, Break):
                add_row(table, line.place, f"── {day_said(found.date)}", "──", "", "")
                continue
            claims = ", ".join(dict.fromkeys(claim.source for claim in found.claims))
            said = point_said(found, unit=series.unit)
            add_row(table, line.place, period_said(found.period), said, KINDS[found.kind], claims)
    return table


def _side_by_side(series: Series, notes: list[Claim]) -> Table:
    """A row for each period and kind, a column for each place; the figures in brackets lead to `notes`."""
    table = Table("Kỳ", *(line.place for line in series.places), box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rows: defaultdict[_Row, list[list[Point]]] = defaultdict(lambda: [[] for _ in series.places])
    for column, line in enumerate(series.places):
        for point in line.points:
            rows[point.period, point.kind][column].append(point)
    left, before = list(series.breaks), None
    for (period, kind), cells in sorted(rows.items(), key=lambda row: point_order(_any_of(row[1]))):
        end = period.end if period else None
        while before and end and left and left[0].date <= end:
            change = left.pop(0)
            if before < change.date:
                add_row(table, f"── {day_said(change.date)}", *_struck(series, change))
        said = period_said(period) + ("" if kind == "achieved" else f", {KINDS[kind]}")
        add_row(table, said, *(_cell(points, series.unit, notes) for points in cells))
        before = end or before
    return table


def _any_of(cells: Sequence[Sequence[Point]]) -> Point:
    return next(point for points in cells for point in points)


def _struck(series: Series, change: Break) -> list[str]:
    return ["──" if not change.places or line.place in change.places else "" for line in series.places]


def _cell(points: Sequence[Point], unit: str | None, notes: list[Claim]) -> str:
    said = []
    for point in points:
        numbers = [_number(claim, notes) for claim in point.claims]
        said.append(f"{point_said(point, unit=unit)} {''.join(f'[{number}]' for number in numbers)}")
    return " ≠ ".join(said)


def _number(claim: Claim, notes: list[Claim]) -> int:
    if claim not in notes:
        notes.append(claim)
    return notes.index(claim) + 1
