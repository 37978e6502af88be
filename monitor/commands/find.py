"""Commands that find again: search, figures, series."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from index.base import FigureEntry, Hit, HitPage
from monitor import shapes
from monitor.config import read_config
from monitor.console import out, table_console, talk
from monitor.errors import MonitorError
from monitor.telling import day_said, period_said, value_said
from monitor.words import FACETS, KINDS


class Order(StrEnum):
    """How hits are ordered."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


Since = Annotated[str | None, typer.Option(metavar="NGÀY", help="Từ ngày (2024-05-31, 31/5/2024, 2024).")]
Until = Annotated[str | None, typer.Option(metavar="NGÀY", help="Đến hết ngày.")]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="In CSV.")]
Places = Annotated[list[str] | None, typer.Option("--place", help="Địa phương, bộ ngành; lặp lại được.")]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="Chủ đề; lặp lại được.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Nguồn; lặp lại được.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(figures)
    app.command()(series)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Câu tìm, ví dụ: "một cửa" topic:admin_reform nơi:"Lào Cai"')] = "",
    topic: Topics = None,
    place: Places = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    sort: Annotated[Order, typer.Option(help="Thứ tự.")] = Order.RELEVANCE,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Số bài in ra.")] = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Tìm bài viết: khớp đúng dấu trước, khớp khi bỏ dấu sau."""
    from index.search import search as find
    from monitor.assembly import load_sources, open_desk
    from monitor.naming import names_for
    from monitor.search_text import read_query

    config = read_config(context.obj)
    names = names_for(load_sources(config))
    asked = read_query(
        query, names, topics=topic or (), places=place or (), sources=source or (),
        since=read_day(since, first=True), until=read_day(until, first=False),
    )  # fmt: skip
    with open_desk(config) as desk:
        page = find(desk.index, desk.archive, asked, limit=limit, sort=sort.value)
        stored = desk.index.count() if not page.total else 0
    if as_json:
        out(shapes.dumps(shapes.hits_shape(page)))
    elif as_csv:
        _write_csv(("id", "url", "title", "published", "source", "topics", "places", "tier"), map(_hit_row, page.hits))
    else:
        _show(page, query, stored)


def read_day(typed: str | None, *, first: bool) -> date | None:
    """The first or last day of what was typed: a day, a month or a year.

    Raises MonitorError for what is none.
    """
    if typed is None:
        return None
    from index.values import UnreadableValueError, read_date_range

    try:
        days = read_date_range(typed)
    except UnreadableValueError as e:
        raise MonitorError(str(e)) from e
    return days.since if first else days.until


def _hit_row(hit: Hit) -> Sequence[object]:
    published = shapes.day_or_time(hit.published)
    return hit.id, hit.url, hit.title, published, hit.source, ";".join(hit.topics), ";".join(hit.places), hit.tier


def _write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)


def _show(page: HitPage, query: str, stored: int) -> None:
    from monitor.naming import topic_names

    console = table_console()
    if not page.total:
        talk(
            "Không có bài nào khớp." if stored else "Kho chưa có bài viết. Hãy chạy: monitor up, hoặc monitor up --demo"
        )
        return
    folded = page.total - page.exact_total
    console.print(f"{page.total} bài" + (f", trong đó {folded} bài chỉ khớp khi bỏ dấu" if folded else ""))
    for hit in page.hits:
        console.print()
        mark = "  (khớp khi bỏ dấu)" if hit.tier == "folded" else ""
        console.print(Text(hit.title, style="bold"), Text(mark, style="yellow"), sep="")
        named = ", ".join(topic_names().get(slug, slug) for slug in hit.topics)
        about = [day_said(hit.published) or "không rõ ngày", hit.source, named, ", ".join(hit.places)]
        console.print(Text(" · ".join(part for part in about if part), style="dim"))
        for highlight in hit.highlights:
            if highlight.part != "title":
                snippet = Text(highlight.text.replace("\n", " "))
                for start, end in highlight.spans:
                    snippet.stylize("bold underline", start, end)
                console.print("  ", snippet, sep="")
        console.print(Text(f"  {hit.url}", style="blue"))
    console.print()
    for name, counts in page.facets.items():
        if counts:
            values = [(topic_names().get(count.value, count.value), count.count) for count in counts[:8]]
            shown = ", ".join(f"{value} {count}" for value, count in values)
            console.print(Text(f"{FACETS[name]}: ", style="bold"), Text(shown), sep="")


def figures(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Câu tìm trong số liệu, ví dụ: hồ sơ trực tuyến value:[80 TO *]")] = "",
    place: Places = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="Số dòng in ra.")] = 50,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Tìm số liệu: mỗi dòng một con số, của ai, kỳ nào, trong câu nào."""
    from monitor.assembly import load_sources, open_desk
    from monitor.naming import names_for
    from monitor.search_text import read_query

    config = read_config(context.obj)
    asked = read_query(
        query, names_for(load_sources(config), any_place=True), places=place or (), sources=source or (),
        since=read_day(since, first=True), until=read_day(until, first=False),
    )  # fmt: skip
    with open_desk(config) as desk:
        found = desk.index.figures(asked, limit=limit)
    if as_json:
        out(shapes.dumps([shapes.figure_shape(entry) for entry in found]))
    elif as_csv:
        _write_csv(_FIGURE_HEAD, map(_figure_row, found))
    elif found:
        table = Table("Số liệu", "Chỉ tiêu", "Của ai", "Kỳ", "Loại", "Nguồn", box=None, pad_edge=False)
        for entry in found:
            m = entry.metric
            table.add_row(value_said(m), m.name, m.entity or "–", period_said(m.period), KINDS[m.kind], entry.source)
        table_console().print(table)
    else:
        talk("Không có số liệu nào khớp.")


_FIGURE_HEAD = (
    "indicator", "name", "value", "value_max", "unit", "out_of", "bound", "kind", "entity", "start", "end", "url", "source",
    "published", "sentence",
)  # fmt: skip


def _figure_row(entry: FigureEntry) -> Sequence[object]:
    m = entry.metric
    period = (m.period.start, m.period.end) if m.period else (None, None)
    return (
        m.indicator, m.name, shapes.number(m.value), shapes.number(m.value_max), m.unit, shapes.number(m.out_of), m.bound, m.kind,
        m.entity, *period, entry.url, entry.source, shapes.day_or_time(entry.published), m.sentence,
    )  # fmt: skip


def series(
    context: typer.Context,
    indicator: Annotated[str | None, typer.Argument(help="Chỉ tiêu: mã hoặc tên.")] = None,
    place: Places = None,
    since: Since = None,
    until: Until = None,
    listed: Annotated[bool, typer.Option("--list", help="Liệt kê các chỉ tiêu có số liệu.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Một chỉ tiêu qua thời gian, các địa phương cạnh nhau, mỗi điểm kèm nguồn."""
    from monitor.assembly import open_desk
    from monitor.naming import one_indicator, place_name
    from monitor.timeline import indicators_with_figures, read_series

    config = read_config(context.obj)
    if listed or indicator is None:
        with open_desk(config) as desk:
            for row in indicators_with_figures(desk.index):
                out(f"{row.slug}\t{row.name}\t{row.figures} số liệu, {row.places} nơi")
        return
    slug = one_indicator(indicator)
    wanted = tuple(place_name(typed) for typed in place or ())
    with open_desk(config) as desk:
        found = read_series(
            desk.index, slug, places=wanted, since=read_day(since, first=True), until=read_day(until, first=False)
        )
    if as_json:
        out(shapes.dumps(shapes.series_shape(found)))
    elif as_csv:
        _write_csv(
            ("place", "start", "end", "value", "value_max", "unit", "out_of", "bound", "kind", "url", "sentence"),
            shapes.series_rows(found),
        )
    else:
        _show_series(found)


def _show_series(found: object) -> None:
    from monitor.analytics import Series
    from monitor.naming import indicator_name

    assert isinstance(found, Series)
    console = table_console()
    if not found.places:
        talk("Chưa có số liệu nào cho chỉ tiêu này. Xem những chỉ tiêu đã có: monitor series --list")
        return
    console.print(Text(indicator_name(found.indicator), style="bold"))
    for change in found.breaks:
        console.print(f"  ⚠ {day_said(change.date)}: {change.why}")
    table = Table("Nơi", "Kỳ", "Giá trị", "Loại", "Nguồn", box=None, pad_edge=False)
    for line in found.places:
        for point in line.points:
            claims = ", ".join(dict.fromkeys(claim.source for claim in point.claims))
            table.add_row(
                line.place, period_said(point.period), value_said(point, unit=found.unit), KINDS[point.kind], claims
            )
    console.print(table)
