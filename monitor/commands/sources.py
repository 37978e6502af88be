"""`monitor sources`: the catalogue of outlets, and the user's own beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from crawlers.records import SourceKind
from monitor.config import Config, read_config
from monitor.console import add_row, out, progress, table_console, talk, with_command
from monitor.errors import MonitorError
from monitor.telling import ago_said, day_said
from monitor.words import EVIDENCE, REASONS

if TYPE_CHECKING:
    from crawlers.records import FeedEntry, Source
    from index.records import SourceState

commands = typer.Typer(help="Danh mục nguồn tin.", no_args_is_help=True, rich_markup_mode=None)
STALE_DAYS = 60
"""A source whose newest article is older than this is told apart: it answers, and brings nothing."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(commands, name="sources")


@commands.command("list")
def list_sources(
    context: typer.Context,
    place: Annotated[str | None, typer.Option(help="Chỉ của địa phương, bộ ngành này.")] = None,
    kind: Annotated[SourceKind | None, typer.Option(help="feed, listing hoặc sitemap.")] = None,
) -> None:
    """Các nguồn, kiểu, nơi, mức xác minh địa chỉ và lần gần nhất đọc được."""
    from monitor.assembly import load_sources
    from monitor.naming import place_name

    config = read_config(context.obj)
    wanted = place_name(place) if place else None
    states = _states(config)
    table = Table("Mã", "Tên", "Kiểu", "Nơi", "Địa chỉ", "Tình trạng", box=None, pad_edge=False)
    for source in load_sources(config):
        if (wanted is None or source.place == wanted) and (kind is None or source.kind == kind):
            state = _state_said(source, states.get(source.id))
            add_row(table, source.id, source.name, source.kind, source.place or "–", EVIDENCE[source.evidence], state)
    if table.row_count:
        table_console().print(table)
    talk(f"{table.row_count} nguồn.")


@commands.command()
def show(context: typer.Context, source: Annotated[str, typer.Argument(metavar="ID", help="Mã nguồn.")]) -> None:
    """Mọi điều biết về một nguồn."""
    from crawlers.sources import to_toml

    config = read_config(context.obj)
    found = _find(config, source)
    out(to_toml(found).rstrip())
    state = _states(config).get(found.id)
    if state is None:
        talk("Chưa lần nào được hỏi.")
        return
    talk(
        f"Hỏi lần cuối: {day_said(state.last_polled_at)}; kết quả: {state.last_status}; lỗi liên tiếp: {state.failures_in_row}."
    )
    talk(
        f"Bài mới nhất: {day_said(state.newest_article_at) or 'không rõ'}; hỏi lại lúc: {day_said(state.next_due_at)}."
    )


@commands.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="Địa chỉ RSS, trang danh sách hoặc sitemap.")],
    name: Annotated[str | None, typer.Option(help="Tên nguồn.")] = None,
    place: Annotated[str | None, typer.Option(help="Địa phương, bộ ngành chủ quản.")] = None,
    local: Annotated[bool, typer.Option("--local", help="Nguồn trong mạng nội bộ của chính bạn.")] = False,
) -> None:
    """Thêm một nguồn: tải thử, nhận ra kiểu, cho xem đọc được gì, rồi mới lưu."""
    from crawlers import sources as catalogue
    from crawlers import urls
    from monitor.assembly import load_sources
    from monitor.naming import place_name

    config = read_config(context.obj)
    known = load_sources(config)
    url = url if "://" in url else f"https://{url}"
    if not urls.is_fetchable(url, local=local):
        raise MonitorError(f"“{url}” không phải địa chỉ web. Viết như https://laocai.gov.vn/rss")
    for source in known:
        if urls.canonical(source.url) == urls.canonical(url):
            raise MonitorError(f"địa chỉ này đã có trong danh mục, mã {source.id}")
    named = name or str(urls.host(url) or url)
    draft = _draft(
        catalogue.make_id(named, taken=[source.id for source in known]), named, url, place and place_name(place), local
    )
    found, entries = _recognise(config, draft)
    _show_entries(entries)
    config.data.mkdir(parents=True, exist_ok=True)
    with config.sources_file.open("a", encoding="utf-8") as file:
        file.write(catalogue.to_toml(found) + "\n")
    out(
        with_command(
            f"Đã thêm {found.id} ({found.kind}). Thu thập ngay: monitor crawl --source {found.id}", config.data
        )
    )


@commands.command()
def check(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Bỏ trống: mọi nguồn đang bật.")] = None,
) -> None:
    """Tải thử từng nguồn (không lưu gì): đọc được bao nhiêu bài, bài mới nhất cách đây bao lâu."""
    from crawlers.crawl import Crawl, Listed, Poll
    from monitor.assembly import load_sources, make_fetcher

    config = read_config(context.obj)
    now = datetime.now(UTC)
    chosen = [_find(config, name) for name in source or ()] or [one for one in load_sources(config) if one.enabled]
    table = Table("Mã", "Kết quả", "Số bài", "Bài mới nhất", box=None, pad_edge=False)
    failed = 0
    with make_fetcher(config, tries=1) as fetcher, Crawl(fetcher, now=now, workers=config.workers) as crawl:
        for one in chosen:
            crawl.add(Poll(source=one))
        with progress("Kiểm tra nguồn", len(chosen)) as bar:
            for job, outcome in crawl.outcomes():
                if isinstance(outcome, Listed):
                    newest = _newest(outcome.entries)
                    age = ago_said(now - newest) if newest else "không ghi ngày"
                    stale = " (cũ)" if newest and (now - newest).days > STALE_DAYS else ""
                    add_row(
                        table,
                        job.source.id,
                        "đọc được" if outcome.entries else "rỗng",
                        str(len(outcome.entries)),
                        age + stale,
                    )
                else:
                    failed += 1
                    add_row(table, job.source.id, REASONS.get(getattr(outcome, "reason", ""), "lỗi"), "–", "–")
                bar.advance()
    table_console().print(table)
    if failed:
        talk(f"{failed}/{len(chosen)} nguồn không đọc được.")
        raise typer.Exit(1)


@commands.command("import")
def import_opml(context: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE.opml")]) -> None:
    """Thêm các nguồn từ một tệp OPML."""
    from crawlers import sources as catalogue
    from crawlers import urls
    from monitor.assembly import load_sources

    config = read_config(context.obj)
    try:
        found = catalogue.from_opml(file.read_bytes())
    except OSError as e:
        raise MonitorError(f"không mở được {file}: {e.strerror}. Kiểm tra lại đường dẫn.") from e
    known = load_sources(config)
    addresses = {urls.canonical(source.url) for source in known}
    taken = [source.id for source in known]
    added = 0
    config.data.mkdir(parents=True, exist_ok=True)
    with config.sources_file.open("a", encoding="utf-8") as stream:
        for source in found:
            if urls.canonical(source.url) not in addresses:
                named = replace(source, id=catalogue.make_id(source.id, taken=taken))
                taken.append(named.id)
                stream.write(catalogue.to_toml(named) + "\n")
                added += 1
    out(f"Đã thêm {added} nguồn; {len(found) - added} nguồn đã có sẵn.")


@commands.command()
def export(context: typer.Context) -> None:
    """In mọi nguồn dạng OPML."""
    from crawlers.sources import to_opml
    from monitor.assembly import load_sources

    out(to_opml(load_sources(read_config(context.obj))).rstrip())


def _find(config: Config, name: str) -> Source:
    from monitor.assembly import load_sources

    for source in load_sources(config):
        if source.id == name:
            return source
    raise MonitorError(f"không có nguồn “{name}”. Xem danh sách: monitor sources list")


def _states(config: Config) -> dict[str, SourceState]:
    """What is known of the sources, if there is an archive yet."""
    from index.archive import open_archive

    if config.database_url is None and not (config.data / "archive.db").exists():
        return {}
    archive = open_archive(config.archive_url)
    try:
        return archive.links.source_states()
    finally:
        archive.close()


def _state_said(source: Source, state: SourceState | None) -> str:
    if not source.enabled:
        return "tắt"
    if state is None:
        return "chưa hỏi"
    if state.failures_in_row:
        return f"lỗi {state.failures_in_row} lần: {REASONS.get(state.last_status or '', state.last_status or '')}"
    return f"bài mới nhất {day_said(state.newest_article_at) or 'không rõ ngày'}"


def _draft(identity: str, name: str, url: str, place: str | None, local: bool) -> Source:
    from crawlers.records import Source

    return Source(
        id=identity, name=name, organisation=place or name, url=url, kind="feed", outlet="province" if place else "press",
        place=place, evidence="proven", local=local,
    )  # fmt: skip


def _recognise(config: Config, draft: Source) -> tuple[Source, tuple[FeedEntry, ...]]:
    """The source with the kind that its address turns out to be, and what it lists.

    Raises MonitorError where nothing can be read as feed, sitemap or listing.
    """
    from crawlers.crawl import Listed, Poll, run_job
    from monitor.assembly import make_fetcher

    why = ""
    with make_fetcher(config, tries=1) as fetcher:
        for kind in ("feed", "sitemap", "listing"):
            source = replace(draft, kind=kind)
            outcome = run_job(Poll(source=source), fetcher, datetime.now(UTC))
            if isinstance(outcome, Listed) and outcome.entries:
                return source, outcome.entries
            why = REASONS.get(getattr(outcome, "reason", "empty"), "")
    raise MonitorError(f"không đọc được bài nào từ {draft.url} ({why}). Kiểm tra địa chỉ bằng trình duyệt")


def _show_entries(entries: tuple[FeedEntry, ...]) -> None:
    for entry in entries[:5]:
        talk(f"  {day_said(entry.published) or 'không rõ ngày'}  {entry.title or entry.url}")
    if len(entries) > 5:
        talk(f"  … và {len(entries) - 5} bài nữa")


def _newest(entries: tuple[FeedEntry, ...]) -> datetime | None:
    moments = [entry.published for entry in entries if isinstance(entry.published, datetime)]
    return max(moments, default=None)
