"""Commands that keep things in order: reindex here; train, evaluate, topics, corrections and doctor beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.config import Config, read_config
from monitor.console import command_for, out, talk

if TYPE_CHECKING:
    from monitor.rebuilding import Rebuilt, Reread


class Engine(StrEnum):
    """Where the index lies."""

    TANTIVY = "tantivy"
    ELASTICSEARCH = "elasticsearch"


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
    all_again: Annotated[
        bool, typer.Option("--all-again", help="Với --annotate: đọc lại cả những bài mà mô hình này đã đọc.")
    ] = False,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, help="Số tiến trình khi gắn lại; mặc định mọi nhân.")
    ] = None,
    engine: Annotated[Engine | None, typer.Option(help="Máy tìm kiếm; mặc định là máy đang dùng.")] = None,
    drop: Annotated[
        bool, typer.Option("--drop-old", help="Chỉ bỏ những chỉ mục cũ còn giữ sau các lần lập lại; không lập lại.")
    ] = False,
) -> None:
    """Lập lại chỉ mục từ kho lưu trữ; chỉ mục cũ phục vụ đến khi chỉ mục mới xong."""
    from monitor.assembly import load_sources
    from monitor.rebuilding import keep_missing_terms

    config = read_config(context.obj)
    chosen = engine or (Engine.TANTIVY if config.elasticsearch_url is None else Engine.ELASTICSEARCH)
    if drop:
        _drop_old(config, chosen)
        return
    if annotate:
        places = {source.id: source.place for source in load_sources(config)}
        changed = _annotate(config, places, processes, all_again=all_again)
        out(f"Đã đọc lại {changed.read} bài, {changed.changed} bài đổi chủ đề hoặc số liệu.")
        keep_missing_terms(config)
    _rebuild(config, chosen)


def _annotate(config: Config, places: dict[str, str | None], processes: int | None, *, all_again: bool) -> Reread:
    """By the workers where there are some, else here."""
    from monitor.rebuilding import annotate_again

    if config.is_shared and processes is None and not all_again:
        from monitor.jobs.sharing import annotate_by_workers, has_workers

        if has_workers(config):
            return annotate_by_workers(config, places)
    return annotate_again(config, places=places, processes=processes, all_again=all_again)


def _rebuild(config: Config, engine: Engine) -> None:
    if engine is Engine.TANTIVY:
        from monitor.rebuilding import rebuild

        done = rebuild(config)
        out(f"Đã lập chỉ mục {done.indexed} bài.")
        _say_what_waits(config, done)
        return
    from monitor.rebuilding_elastic import rebuild_elastic

    done = rebuild_elastic(config)
    out(f"Đã lập chỉ mục {done.indexed} bài trên Elasticsearch{', tiếp lần chạy bị ngắt' if done.is_resumed else ''}.")
    _say_what_waits(config, done)
    if done.kept:
        talk(f"Còn giữ: {', '.join(done.kept)}. Bỏ chúng bằng: {command_for(config.data)} reindex --drop-old")


def _say_what_waits(config: Config, done: Rebuilt) -> None:
    if done.refused:
        talk(
            f"{done.refused} bài bị từ chối hoặc không đọc được, và chờ lần sau. Xem lý do: {command_for(config.data)} doctor"
        )


def _drop_old(config: Config, engine: Engine) -> None:
    if engine is Engine.TANTIVY:
        out("Chỉ mục nhúng không giữ bản cũ nào.")
        return
    from monitor.rebuilding_elastic import drop_old

    dropped = drop_old(config)
    out(f"Đã bỏ: {', '.join(dropped)}." if dropped else "Không có chỉ mục cũ nào để bỏ.")
