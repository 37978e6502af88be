"""`monitor worker`: takes its share of the crawl and the analysis."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.config import read_config
from monitor.console import out, talk
from monitor.errors import MonitorError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(worker)


def worker(
    context: typer.Context,
    concurrency: Annotated[
        int | None, typer.Option(min=1, help="Số tiến trình phân tích; mặc định là số nhân của máy.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Trước đó, đưa các việc đã hỏng vào lại hàng đợi.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Chỉ hỏi có worker nào đang chạy không: mã 0 là có; không làm việc gì.")
    ] = False,
) -> None:
    """Cùng các máy khác thu thập và phân tích, qua hàng đợi trên PostgreSQL; dừng bằng Ctrl-C."""
    from monitor.parallel import cores

    config = read_config(context.obj)
    if not config.is_shared:
        raise MonitorError(
            "worker cần kho lưu trữ trên PostgreSQL. Đặt MONITOR_DATABASE_URL=postgresql://… trên mọi máy; với kho trong "
            "một tệp thì monitor crawl --watch và monitor reindex --annotate tự dùng hết các nhân của máy này"
        )
    from monitor.jobs.queue import open_queue
    from monitor.jobs.worker import run_worker

    if check:
        with open_queue(config) as queue:
            alive = queue.alive()
        if not alive:
            raise MonitorError(
                f"không tiến trình worker nào lên tiếng trong {config.dead_after} giây qua. Chạy: monitor worker"
            )
        out(f"{alive} tiến trình worker đang chạy.")
        return
    if again:
        with open_queue(config) as queue:
            out(f"{queue.retry_failed()} việc được đưa lại vào hàng đợi.")
    several = concurrency or cores()
    talk(f"Worker: 1 tiến trình thu thập, {several} tiến trình phân tích. Ctrl-C để dừng.")
    run_worker(config, concurrency=several)
