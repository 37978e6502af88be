"""Commands that bring articles in: up, crawl, ingest."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import SearchError
from monitor.config import Config, read_config
from monitor.console import command_for, out, progress, talk
from monitor.errors import MonitorError
from monitor.words import REASONS, STATUSES

if TYPE_CHECKING:
    from crawlers.http import Fetcher
    from crawlers.records import Source
    from monitor.assembly import Desk
    from monitor.demo.newsroom import Newsroom
    from monitor.pipeline import Summary

log = logging.getLogger(__name__)

DEMO_PATIENCE = 5.0
"""Seconds that the demo waits for the outlet that stalls."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from monitor.commands import ingest, sources, work

    app.command()(up)
    app.command()(crawl)
    work.register(app)
    ingest.register(app)
    sources.register(app)


def up(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="Tòa soạn minh họa kèm theo, không cần mạng.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Dừng sau khi thu thập, không mở trang tìm kiếm.")] = False,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng của trang tìm kiếm.")] = None,
    demo_port: Annotated[
        int | None, typer.Option(min=1, max=65500, help="Cổng đầu tiên của tòa soạn minh họa.")
    ] = None,
) -> None:
    """Việc chính: thu thập những gì đến hạn, rồi mở trang tìm kiếm."""
    from monitor.assembly import load_sources, make_fetcher, open_desk

    config = read_config(context.obj)
    if demo:
        config = config.model_copy(update={"data": config.data if context.obj else config.data / "demo"})
    with ExitStack() as stack:
        desk = stack.enter_context(open_desk(config))
        if demo:
            sources = _newsroom(config, demo_port, stack).sources
            fetcher = stack.enter_context(make_fetcher(config, patience=DEMO_PATIENCE, tries=1))
        else:
            sources = tuple(source for source in load_sources(config) if source.enabled)
            fetcher = stack.enter_context(make_fetcher(config))
        tell(_collect_here(desk, sources, fetcher, all_sources=True) if demo else collect(desk, sources, fetcher), desk)
        command = command_for(config.data)
        if once:
            if demo:
                talk("Địa chỉ của các bài minh họa chỉ mở được khi tòa soạn đang chạy (không có --once).")
            talk(f'Tìm thử: {command} search "hồ sơ trực tuyến" --place "Lào Cai"')
            return
        from monitor.serving import serve

        serve(
            desk,
            sources,
            port=port if port is not None else config.port,
            demo=demo,
            command=command,
            collect=lambda: _collect_unless_worked(desk, sources, fetcher),
        )


def _newsroom(config: Config, port: int | None, stack: ExitStack) -> Newsroom:
    """The bundled newsroom on the ports that this store knows it by, so that its articles keep their addresses."""
    from monitor.demo.newsroom import Newsroom

    mark = config.newsroom_mark
    if port is None:
        port = int(mark.read_text()) if mark.exists() else config.demo_port
    try:
        newsroom = stack.enter_context(Newsroom(port=port))
    except OSError as e:
        raise MonitorError(
            f"cổng {port} trở đi đang có chương trình khác dùng ({e.strerror}). Đóng chương trình đó, hoặc thêm --demo-port 9000"
        ) from e
    mark.write_text(str(port))
    return newsroom


def crawl(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Option("--source", help="Chỉ nguồn này; lặp lại được.")] = None,
    all_sources: Annotated[bool, typer.Option("--all", help="Mọi nguồn, kể cả chưa đến hạn.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Chạy mãi, hỏi mỗi nguồn khi đến hạn.")] = False,
) -> None:
    """Thu thập những nguồn đến hạn."""
    from monitor.assembly import load_sources, make_fetcher, open_desk

    config = read_config(context.obj)
    sources = _chosen(load_sources(config), source or ())
    with open_desk(config) as desk, make_fetcher(config) as fetcher:
        summary = collect(desk, sources, fetcher, all_sources=all_sources or bool(source))
        tell(summary, desk)
        if (
            not watch
            and summary.sources["failed"]
            and not (summary.sources["listed"] or summary.sources["not_modified"])
        ):
            talk("Không nguồn nào đọc được. Kiểm tra kết nối mạng của máy này trước, rồi từng nguồn: " + _hint(config))
            raise typer.Exit(1)
        while watch:
            rest(desk, sources)
            tell(collect(desk, sources, fetcher), desk)


def rest(desk: Desk, sources: Sequence[Source], *, sleep: Callable[[float], object] = time.sleep) -> None:
    """Until the first source is due; an index that was away is caught up with as soon as it is back."""
    from monitor.indexing import catch_up
    from monitor.pipeline import wait_until_due

    def look_after_the_index() -> None:
        try:
            catch_up(desk)
        except SearchError as e:  # the archive's server is away for a moment, say; the crawl will tell if it stays so
            log.warning("the index could not be looked after: %s", e)

    ids = {one.id for one in sources}
    states = [state for key, state in desk.archive.links.source_states().items() if key in ids]
    wait_until_due(states, meanwhile=look_after_the_index, sleep=sleep)


def _chosen(sources: Sequence[Source], ids: Sequence[str]) -> tuple[Source, ...]:
    known = {source.id: source for source in sources}
    for name in ids:
        if name not in known:
            raise MonitorError(f"không có nguồn “{name}”. Xem danh sách: monitor sources list")
    return tuple(known[name] for name in ids) if ids else tuple(source for source in sources if source.enabled)


def collect(desk: Desk, sources: Sequence[Source], fetcher: Fetcher, *, all_sources: bool = False) -> Summary:
    """Crawl what is due, with a progress bar: by the workers where there are some, else here."""
    if desk.config.is_shared:
        from monitor.jobs.sharing import crawl_by_workers, has_workers

        if has_workers(desk.config):
            return crawl_by_workers(desk, sources, all_sources=all_sources)
    return _collect_here(desk, sources, fetcher, all_sources=all_sources)


def _collect_unless_worked(desk: Desk, sources: Sequence[Source], fetcher: Fetcher) -> None:
    """Workers see to what falls due by themselves."""
    if desk.config.is_shared:
        from monitor.jobs.sharing import has_workers

        if has_workers(desk.config):
            return
    _collect_here(desk, sources, fetcher)


def _collect_here(desk: Desk, sources: Sequence[Source], fetcher: Fetcher, *, all_sources: bool = False) -> Summary:
    from monitor.pipeline import Run

    run = Run(desk, sources, now=datetime.now(UTC))
    jobs = run.jobs(all_sources=all_sources)
    with progress("Thu thập", len(jobs)) as bar:
        last_known = len(jobs)
        for _, known in run.drive(fetcher, jobs, workers=desk.config.workers):
            bar.grow(known - last_known)
            last_known = known
            bar.advance(said=_counts(run.summary.articles))
    return run.summary


def tell(summary: Summary, desk: Desk) -> None:
    """The run's summary: each source and each article once."""
    total = summary.articles.total()
    out(
        f"Nguồn: {summary.sources['listed']} có danh sách, {summary.sources['not_modified']} không đổi (304), "
        f"{summary.sources['failed']} lỗi."
    )
    out(f"Bài viết: {total}" + (f" ({_counts(summary.articles)})" if total else "") + ".")
    for failure in summary.failures:
        out(f"  ✗ {failure.source_id}: {REASONS[failure.reason]} – {failure.url}")
    if summary.reasons:
        reasons = ", ".join(f"{REASONS[reason]} {count}" for reason, count in summary.reasons.most_common())
        out(f"  Bài lỗi: {reasons}. Sẽ thử lại ở những lần sau.")
    counts = desk.archive.counts()
    out(f"Trong kho có {counts.articles} bài.")
    if summary.waits:
        talk(f"{counts.outbox} bài chờ vào chỉ mục: {summary.waits}")


def _counts(articles: object) -> str:
    assert isinstance(articles, dict)
    return ", ".join(f"{articles[status]} {word}" for status, word in STATUSES.items() if articles.get(status))


def _hint(config: Config) -> str:
    return f"{command_for(config.data)} sources check"
