"""Commands that hold figures against each other: conflicts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from monitor import shapes
from monitor.config import read_config
from monitor.console import add_row, out, table_console, talk, with_command
from monitor.spreadsheets import csv_lines
from monitor.telling import about_said, day_said, value_said
from monitor.words import DIFFERENCES, STANDINGS

if TYPE_CHECKING:
    from monitor.conflicts import Conflict, ConflictClaim
    from monitor.standing import Bench

EMPTY = (
    "Kho chưa có bài viết nên chưa có gì để so. Hãy chạy: monitor up để thu thập, hoặc monitor up --demo để xem thử."
)
NONE = "Không thấy số liệu nào mâu thuẫn."
NONE_BUT_ROUNDED = "Không thấy số liệu nào mâu thuẫn, kể cả do làm tròn."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(conflicts)


def conflicts(
    context: typer.Context,
    indicator: Annotated[
        str | None, typer.Option(help="Chỉ tiêu: mã, tên, hoặc vài từ trong tên gọi của số liệu.")
    ] = None,
    place: Annotated[str | None, typer.Option(help="Địa phương, bộ ngành.")] = None,
    with_rounding: Annotated[bool, typer.Option("--all", help="Kể cả những chỗ chỉ khác nhau do làm tròn.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Số mâu thuẫn in ra; mặc định là tất cả.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="In CSV, mỗi dòng một nguồn.")] = False,
) -> None:
    """Số liệu mâu thuẫn: cùng chỉ tiêu, cùng nơi, cùng kỳ mà các nguồn nói khác nhau, kèm lý do và câu gốc."""
    from monitor.assembly import load_sources, open_desk
    from monitor.disputes import read_conflicts
    from monitor.standing import Bench

    config = read_config(context.obj)
    sources = load_sources(config)
    with open_desk(config) as desk:
        stored = desk.index.count()
        found: Sequence[Conflict] = ()
        if stored:
            found = read_conflicts(desk, sources, indicator=indicator, place=place, with_rounding=with_rounding)
    shown = found[:limit]
    if as_json:
        out(shapes.dumps(shapes.conflicts_shape(shown)))
    elif as_csv:
        sys.stdout.writelines(csv_lines(shapes.CONFLICT_HEAD, shapes.conflict_rows(shown)))
    elif shown:
        _show(shown, Bench.of(sources), left=len(found) - len(shown))
    else:
        nothing = NONE_BUT_ROUNDED if with_rounding else NONE
        talk(with_command(nothing if stored else EMPTY, config.data))


def _show(conflicts: Sequence[Conflict], bench: Bench, *, left: int) -> None:
    console = table_console()
    for place, conflict in enumerate(conflicts, 1):
        console.print(Text(f"{place}. {about_said(conflict)}", style="bold"))
        console.print(Text(f"   {DIFFERENCES[conflict.reason]}", style="yellow"))
        table = Table("Giá trị", "Nguồn", "Loại nguồn", "Ngày", "Câu gốc", box=None, padding=(0, 2, 0, 0))
        table.columns[0].no_wrap = True
        for claim in conflict.claims:
            add_row(table, *_cells(claim, conflict, bench))
        console.print(table, soft_wrap=False)
        console.print()
    if left:
        console.print(f"Còn {left} mâu thuẫn nữa: bỏ --limit để xem tất cả.")


def _cells(claim: ConflictClaim, conflict: Conflict, bench: Bench) -> Sequence[str]:
    note = f" ({DIFFERENCES[claim.reason]})" if claim.reason and claim.reason != conflict.reason else ""
    copies = f" và {len(claim.copies)} bài đăng lại" if claim.copies else ""
    day = day_said(claim.published).rpartition(" ")[2] or "không rõ"
    told = f"{claim.sentence}\n{claim.url}"
    return value_said(claim) + note, bench.name(claim.source) + copies, STANDINGS[claim.standing], day, told
