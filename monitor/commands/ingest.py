"""`monitor ingest`: articles from elsewhere get the same treatment as crawled ones."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.commands.read import load_line, open_lines
from monitor.config import read_config
from monitor.console import out, progress, talk
from monitor.words import STATUSES

if TYPE_CHECKING:
    from crawlers.records import Article


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl|-", help="Mỗi dòng: url, title, text, published, source.")
    ],
) -> None:
    """Đưa bài viết có sẵn vào kho: gắn chủ đề, đọc số liệu, lưu và lập chỉ mục như bài thu thập."""
    from monitor.assembly import load_sources, open_desk
    from monitor.keeper import Keeper

    config = read_config(context.obj)
    now = datetime.now(UTC)
    counts: Counter[str] = Counter()
    bad = 0
    with open_desk(config) as desk:
        keeper = Keeper(desk, now=now, places={source.id: source.place for source in load_sources(config)})
        with progress("Đưa vào kho") as bar:
            for number, line in enumerate(open_lines(file), 1):
                if not line.strip():
                    continue
                article, trouble = read_line(line, now)
                if trouble:
                    talk(f"dòng {number}: {trouble}")
                    bad += 1
                if article:
                    counts.update(stored.status for stored in keeper.add(article))
                bar.advance()
            counts.update(stored.status for stored in keeper.flush())
            keeper.finish()
        if keeper.waits:
            talk(f"{desk.archive.counts().outbox} bài chờ vào chỉ mục: {keeper.waits}")
    said = ", ".join(f"{counts[status]} {word}" for status, word in STATUSES.items() if counts[status])
    out(f"Bài viết: {counts.total()}" + (f" ({said})" if said else "") + ".")
    if bad:
        talk(f"{bad} dòng có vấn đề, xem ở trên.")
        raise typer.Exit(1)


def read_line(line: bytes, now: datetime) -> tuple[Article | None, str | None]:
    """The article on a line, and what is wrong with the line. A date that can't be read costs the date, not the article."""
    from crawlers import urls
    from crawlers.article_text import clean_text
    from crawlers.records import Article
    from models.text import normalise

    try:
        given = load_line(line)
    except ValueError as e:
        return None, f"không phải JSON ({e})"
    if not isinstance(given, dict):
        return None, "không phải một đối tượng JSON {…}"
    for name in ("url", "title", "text"):
        if not isinstance(given.get(name), str) or not given[name].strip():
            return None, f'thiếu "{name}"'
    if not urls.is_fetchable(given["url"], local=True):
        return None, f'"url" không phải địa chỉ web: {given["url"]!r}'
    published, trouble = _published(given.get("published"), now)
    title = " ".join(normalise(given["title"]).split())
    text = clean_text(normalise(given["text"]), title) or normalise(given["text"]).strip()
    source = given.get("source")
    article = Article(
        url=urls.canonical(given["url"]), title=title, text=text, published=published,
        source_id=source if isinstance(source, str) and source.strip() else str(urls.host(given["url"])), fetched_at=now,
    )  # fmt: skip
    return article, trouble


def _published(given: object, now: datetime) -> tuple[datetime | date | None, str | None]:
    from crawlers.crawl import believable
    from crawlers.dates import read_date

    if given is None:
        return None, None
    found = believable(read_date(given), now) if isinstance(given, str) else None
    return found, None if found else f'"published" không đọc được: {given!r}; bài được lưu không có ngày'
