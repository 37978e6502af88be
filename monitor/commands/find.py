"""Commands that find again: search, figures, series."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from index.base import FigureEntry
from monitor import shapes
from monitor.config import read_config
from monitor.console import add_row, command_for, out, table_console, talk, with_command
from monitor.results import show_hits
from monitor.search_text import read_days
from monitor.spreadsheets import HIT_HEAD, csv_lines, hit_row
from monitor.telling import period_said, value_said
from monitor.words import KINDS


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
    limit: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Số bài in ra; mặc định 10, với --csv là tất cả.")
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Tìm bài viết: khớp đúng dấu trước, khớp khi bỏ dấu sau."""
    from index.search import search as find
    from monitor.assembly import load_sources, open_desk
    from monitor.indexing import catch_up
    from monitor.naming import all_topic_names, names_for, stored_sources
    from monitor.search_text import read_query

    config = read_config(context.obj)
    sources = load_sources(config)
    days = read_days(since, until)
    most = limit or (ALL if as_csv else 10)
    with open_desk(config) as desk:
        catch_up(desk)
        topics = all_topic_names(desk.archive)
        names = names_for(sources, stored=partial(stored_sources, desk.index), topics=lambda: topics)
        asked = read_query(
            query, names, topics=topic or (), places=place or (), sources=source or (), since=days[0], until=days[1]
        )
        page = find(desk.index, desk.archive, asked, limit=most, sort=sort.value)
        stored = desk.index.count() if not page.total else 0
    if as_json:
        out(shapes.dumps(shapes.hits_shape(page)))
    elif as_csv:
        _write_csv(HIT_HEAD, map(hit_row, page.hits))
    elif page.total:
        show_hits(page, {one.id: one.name for one in sources}, topics, typed_folded=asked.folded)
    else:
        talk(with_command(NOTHING if stored else EMPTY, config.data))


ALL = 10_000
"""The most hits that are written at once."""
NOTHING = (
    "Không có bài nào khớp. Thử bớt một từ, kiểm tra dấu và chính tả, bỏ ngoặc kép, "
    'hoặc dùng OR giữa các cách gọi: "mức độ 4" OR "toàn trình".'
)
EMPTY = "Kho chưa có bài viết. Hãy chạy: monitor up để thu thập, hoặc monitor up --demo để xem thử."


def _write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sys.stdout.writelines(csv_lines(head, rows))


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
    from monitor.naming import all_topic_names, names_for, stored_sources
    from monitor.search_text import read_query

    config = read_config(context.obj)
    days = read_days(since, until)
    with open_desk(config) as desk:
        topics = all_topic_names(desk.archive)
        stored = partial(stored_sources, desk.index)
        names = names_for(load_sources(config), any_place=True, stored=stored, topics=lambda: topics)
        asked = read_query(query, names, places=place or (), sources=source or (), since=days[0], until=days[1])
        found = desk.index.figures(asked, limit=limit)
    if as_json:
        out(shapes.dumps([shapes.figure_shape(entry) for entry in found]))
    elif as_csv:
        _write_csv(_FIGURE_HEAD, map(_figure_row, found))
    elif found:
        table = Table("Số liệu", "Chỉ tiêu", "Của ai", "Kỳ", "Loại", "Nguồn", box=None, pad_edge=False)
        for entry in found:
            m = entry.metric
            add_row(table, value_said(m), m.name, m.entity or "–", period_said(m.period), KINDS[m.kind], entry.source)
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
        m.entity, *period, entry.url, entry.source, shapes.local_time(entry.published), m.sentence,
    )  # fmt: skip


def series(
    context: typer.Context,
    indicator: Annotated[str | None, typer.Argument(help="Chỉ tiêu: mã hoặc tên.")] = None,
    place: Places = None,
    since: Since = None,
    until: Until = None,
    rollup: Annotated[bool, typer.Option("--rollup", help="Gộp các tỉnh cũ vào tỉnh mới, nếu cộng được.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Liệt kê các chỉ tiêu có số liệu.")] = False,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="FILE", help="Ghi danh mục mọi chỉ tiêu ra một tệp Markdown.")
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Một chỉ tiêu qua thời gian, mỗi điểm kèm nguồn; từ hai nơi trở lên (--place … --place …) thì đặt cạnh nhau."""
    if catalogue is not None:
        _write_catalogue(catalogue)
        return
    from monitor.assembly import load_sources, open_desk
    from monitor.naming import indicator_slugs, one_indicator, place_name, unknown_indicator
    from monitor.own_names import find_group, group_by_name
    from monitor.series_table import show_series
    from monitor.timeline import all_figures, indicators_with_figures, read_own_series, read_series

    config = read_config(context.obj)
    if listed or indicator is None:
        with open_desk(config) as desk:
            figures = all_figures(desk.index)
            for row in indicators_with_figures(figures):
                out(f"{row.slug}\t{row.name}\t{row.figures} số liệu, {row.places} nơi")
            for group in group_by_name(figures):
                if group.articles > 1:
                    out(f"–\t{group.name}\t{len(group.figures)} số liệu, {group.places} nơi")
        return
    slug = one_indicator(indicator) if indicator_slugs(indicator) else None
    wanted = tuple(place_name(typed) for typed in place or ())
    with open_desk(config) as desk:
        days = read_days(since, until)
        if slug is not None:
            found = read_series(desk.index, slug, places=wanted, since=days[0], until=days[1], rollup=rollup)
        elif (own := find_group(group_by_name(all_figures(desk.index)), indicator)) is not None:
            found = read_own_series(own, places=wanted, since=days[0], until=days[1], rollup=rollup)
        else:
            raise unknown_indicator(indicator)
    if as_json:
        out(shapes.dumps(shapes.series_shape(found)))
    elif as_csv:
        _write_csv(shapes.SERIES_HEAD, shapes.series_rows(found))
    elif found.places:
        show_series(found, side_by_side=len(wanted) > 1, sources={one.id: one.name for one in load_sources(config)})
    else:
        talk(
            f"Chưa có số liệu nào cho chỉ tiêu này. Xem những chỉ tiêu đã có: {command_for(config.data)} series --list"
        )


def _write_catalogue(path: Path) -> None:
    from monitor.indicators_report import write_report

    path.write_text(write_report(), encoding="utf-8")
    out(f"Đã ghi {path}")
