"""Commands that read without storing: extract and analyse."""

from __future__ import annotations

import json
import math
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawlers.errors import ReadError
from monitor import shapes
from monitor.console import out, progress, talk
from monitor.errors import MonitorError
from monitor.words import REASONS

if TYPE_CHECKING:
    from models.records import Annotation


MOST_REASONS = 3
"""Passages shown for each topic."""


class What(StrEnum):
    """What a saved file is."""

    PAGE = "page"
    FEED = "feed"
    LISTING = "listing"
    SITEMAP = "sitemap"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(extract)
    app.command()(analyse)


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Trang, kênh tin hoặc danh sách đã lưu.")],
    url: Annotated[str, typer.Option(help="Địa chỉ gốc của tệp.")] = "https://example.vn/",
    what: Annotated[What | None, typer.Option("--as", help="Tệp là gì; bỏ trống thì tự đoán.")] = None,
) -> None:
    """Cho xem bộ thu thập đọc được gì từ một tệp đã lưu (không dùng mạng, không lưu trữ)."""
    try:
        content = file.read_bytes()
    except OSError as e:
        raise MonitorError(f"không mở được {file}: {e.strerror}. Kiểm tra lại đường dẫn.") from e
    try:
        out(shapes.dumps(_extract(content, url, what or _guess(content))))
    except ReadError as e:
        raise MonitorError(f"{file}: {REASONS[e.reason]} ({e.message})") from e


def _extract(content: bytes, url: str, what: What) -> shapes.Shape:
    if what is What.FEED:
        from crawlers.feeds import read_items

        return shapes.feed_shape(read_items(content, url))
    if what is What.LISTING:
        from crawlers.listings import read_listing

        return shapes.links_shape(read_listing(content, url))
    if what is What.SITEMAP:
        from crawlers.sitemaps import read_sitemap

        sitemap = read_sitemap(content, url)
        return shapes.links_shape(sitemap.entries) | {"sitemaps": [nested.url for nested in sitemap.sitemaps]}
    from crawlers.pages import read_page

    return shapes.page_shape(read_page(content, url))


def _guess(content: bytes) -> What:
    head = content[:2000].lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        return What.SITEMAP
    return What.FEED if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) else What.PAGE


def analyse(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.jsonl|-", help="Mỗi dòng một bài: id, title, text.")
    ] = None,
    processes: Annotated[int, typer.Option("--processes", "-p", min=1, help="Số tiến trình.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Kèm lý do của từng chủ đề.")] = False,
) -> None:
    """Gắn chủ đề và đọc số liệu: mỗi dòng vào một dòng JSON ra (không lưu trữ)."""
    from monitor.parallel import Text, annotate_texts

    bad = 0
    given: deque[dict[str, Any]] = deque()

    def texts() -> Iterator[Text]:
        nonlocal bad
        for line, read in _lines(file):
            if isinstance(read, str):
                talk(f"dòng {line}: {read}")
                bad += 1
            else:
                given.append(read)
                yield Text(read["text"], read.get("title"), _day(read.get("published")))

    done = 0
    with progress("Phân tích") as bar:
        for annotation in annotate_texts(texts(), processes):
            job = given.popleft()
            shape = shapes.annotation_shape(job.get("id"), annotation)
            if explain:
                shape["why"] = _why(job, annotation)
            out(shapes.dumps(shape))
            done += 1
            bar.advance()
    if bad:
        talk(f"{bad} dòng không đọc được, {done} dòng đã phân tích.")
        raise typer.Exit(1)


def _why(job: Mapping[str, Any], annotation: Annotation) -> dict[str, object]:
    """For each topic the passages that carried it, with the words and phrases that weigh most."""
    from models.annotation import classifier
    from models.reading import cut_article, read

    article, aligned = cut_article(job.get("title"), None, job["text"]), read(job["text"]).aligned
    why: dict[str, object] = {}
    for found in annotation.topics:
        why[found.topic] = [
            {
                **_stretch(job["text"], aligned.origin(*reason.span)),
                "score": round(reason.score, 3),
                "terms": dict(reason.terms),
            }
            for reason in classifier().explain(article, found.topic)[:MOST_REASONS]
        ]
    return why


def _stretch(text: str, span: tuple[int, int]) -> dict[str, object]:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]}


def _lines(file: Path | None) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Each line's number with the object on it, or with the reason why it can't be read."""
    for number, line in enumerate(open_lines(file), 1):
        if line.strip():
            yield number, _object(line)


def open_lines(file: Path | None) -> Iterator[bytes]:
    """The lines of a file, or of standard input for None and "-"."""
    if file is None or str(file) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with file.open("rb") as stream:
            yield from stream
    except OSError as e:
        raise MonitorError(f"không mở được {file}: {e.strerror}. Kiểm tra lại đường dẫn.") from e


def load_line(line: bytes) -> object:
    """What stands on a line of JSON. Raises ValueError for all that is not strict JSON, however it is broken."""
    try:
        return json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as e:
        raise ValueError("lồng quá sâu") from e


def _refuse(name: str) -> object:
    raise ValueError(f"{name} không phải là số trong JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits)  # type: ignore[return-value]


def _object(line: bytes) -> dict[str, Any] | str:
    try:
        read = load_line(line)
    except ValueError as e:
        return f"không phải JSON ({e})"
    if not isinstance(read, dict):
        return "không phải một đối tượng JSON {…}"
    if not isinstance(read.get("text"), str):
        return 'thiếu "text", hoặc "text" không phải chuỗi'
    if not isinstance(read.get("title"), str | None):
        return '"title" không phải chuỗi'
    return read


def _day(value: object) -> date | None:
    """The day of an ISO date or time; a month alone ("2020-08") is its last day known: none."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None
