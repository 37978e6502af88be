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
    from monitor.parallel import Text


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
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE|-", help="Thay cho JSON, ghi một trang HTML có số liệu được tô; - là in ra."),
    ] = None,
) -> None:
    """Gắn chủ đề và đọc số liệu: mỗi dòng vào một dòng JSON ra (không lưu trữ)."""
    if html and explain:
        raise typer.BadParameter("--explain chỉ đi với JSON, hãy bỏ --html hoặc --explain")
    jobs = _Jobs(file, processes)
    if html:
        _write_page(html, jobs)
    else:
        for job, annotation in jobs.annotated():
            shape = shapes.annotation_shape(job.get("id"), annotation)
            if explain:
                shape["why"] = _why(job, annotation)
            out(shapes.dumps(shape))
    if jobs.bad:
        talk(f"{jobs.bad} dòng không đọc được, {jobs.done} dòng đã phân tích.")
        raise typer.Exit(1)


class _Jobs:
    """The lines of a file and what the models say of each; bad ones are told and counted."""

    def __init__(self, file: Path | None, processes: int) -> None:
        self._file, self._processes = file, processes
        self.bad = self.done = 0

    def annotated(self) -> Iterator[tuple[dict[str, Any], Annotation]]:
        from monitor.parallel import annotate_texts

        given: deque[dict[str, Any]] = deque()
        with progress("Phân tích") as bar:
            for annotation in annotate_texts(self._texts(given), self._processes):
                self.done += 1
                yield given.popleft(), annotation
                bar.advance()

    def _texts(self, given: deque[dict[str, Any]]) -> Iterator[Text]:
        from monitor.parallel import Text

        for line, read in _lines(self._file):
            if isinstance(read, str):
                talk(f"dòng {line}: {read}")
                self.bad += 1
            else:
                given.append(read)
                yield Text(read["text"], read.get("title"), _day(read.get("published")))


def _write_page(file: Path, jobs: _Jobs) -> None:
    from monitor.marked_page import Marked, render_page
    from monitor.naming import topic_names

    texts = (
        Marked(id=_shown(job.get("id")), title=job.get("title"), text=job["text"], annotation=annotation)
        for job, annotation in jobs.annotated()
    )
    page = render_page(texts, topic_names())
    if str(file) == "-":
        for piece in page:
            sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    unfinished = file.with_name(f".{file.name}.part")
    try:
        with unfinished.open("wb") as stream:
            stream.writelines(piece.encode("utf-8", "replace") for piece in page)
        unfinished.replace(file)
    except OSError as e:
        raise MonitorError(f"không ghi được {file}: {e.strerror}. Kiểm tra lại đường dẫn và quyền ghi.") from e
    finally:
        unfinished.unlink(missing_ok=True)
    talk(f"Đã ghi {jobs.done} bài vào {file}. Mở bằng trình duyệt.")


def _shown(value: object) -> str | None:
    return None if value is None else str(value)


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
