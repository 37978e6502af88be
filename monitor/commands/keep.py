"""Commands that keep things in order: reindex here; train, evaluate, topics, corrections and doctor beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.config import read_config
from monitor.console import out

if TYPE_CHECKING:
    pass


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from monitor.commands import corrections, doctor, topics, training

    training.register(app)
    app.command()(reindex)
    topics.register(app)
    corrections.register(app)
    doctor.register(app)


def reindex(
    context: typer.Context,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Gắn chủ đề và đọc số liệu lại từ đầu trước khi lập chỉ mục.")
    ] = False,
    processes: Annotated[int, typer.Option("--processes", "-p", min=1, help="Số tiến trình khi gắn lại.")] = 1,
) -> None:
    """Lập lại chỉ mục từ kho lưu trữ; chỉ mục cũ phục vụ đến khi chỉ mục mới xong."""
    from monitor.assembly import load_sources
    from monitor.rebuilding import annotate_again, rebuild

    config = read_config(context.obj)
    if annotate:
        places = {source.id: source.place for source in load_sources(config)}
        changed = annotate_again(config, processes=processes, places=places)
        out(f"Đã đọc lại {changed.read} bài, {changed.changed} bài đổi chủ đề hoặc số liệu.")
    out(f"Đã lập chỉ mục {rebuild(config)} bài.")
