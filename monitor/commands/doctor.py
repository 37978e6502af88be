"""`monitor doctor`: is everything in order, and what to do where it is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from crawlers.errors import CrawlError
from index.base import IndexState
from index.errors import AwayError, SearchError
from index.records import ArchiveCounts
from models.errors import ModelError
from monitor.config import Config, read_config
from monitor.console import out, with_command
from monitor.telling import ago_said, day_said, number_said

TASKS = ("crawl", "annotate")
"""What a job that failed for good is recorded under, in the place of a source."""
LEAST_FREE = 1_000_000_000
"""Bytes of free disk below which the doctor worries."""
PACKAGES = (
    "underthesea", "underthesea_core", "scikit-learn", "numpy", "spacy", "trafilatura", "courlan", "selectolax", "feedparser", "httpcore",
    "certifi", "protego",
    "sqlalchemy", "alembic", "psycopg", "procrastinate", "tantivy", "elasticsearch", "luqum", "rensa", "ahocorasick_rs", "typer", "rich",
    "pydantic-settings", "starlette", "uvicorn", "jinja2", "orjson", "brotli", "zstandard",
)  # fmt: skip


class Finding(NamedTuple):
    """One thing looked at: whether it is in order (None: worth a look), and what there is to say."""

    is_good: bool | None
    about: str
    said: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(
    context: typer.Context,
    licences: Annotated[bool, typer.Option("--licences", help="In giấy phép của các gói đang dùng.")] = False,
) -> None:
    """Kiểm tra mọi thứ: thư mục, kho lưu trữ, chỉ mục, mô hình, nguồn tin; nói cần làm gì."""
    if licences:
        for name in PACKAGES:
            out(f"{name}\t{_licence(name)}")
        return
    config = read_config(context.obj)
    findings = list(_look(config))
    for found in findings:
        out(with_command(f"{_MARKS[found.is_good]} {found.about}: {found.said}", config.data))
    if any(found.is_good is False for found in findings):
        raise typer.Exit(1)


_MARKS = {True: "✓", False: "✗", None: "!"}


def _look(config: Config) -> Iterator[Finding]:
    yield _disk(config.data)
    yield _model(config)
    yield _sources(config)
    if config.database_url is None and not (config.data / "archive.db").exists():
        yield Finding(True, "Kho lưu trữ", "chưa có; sẽ được tạo ở lần thu thập đầu tiên (monitor up)")
        return
    yield from _stores(config)


def _disk(folder: Path) -> Finding:
    existing = next(parent for parent in (folder.resolve(), *folder.resolve().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    said = f"{folder}, còn trống {number_said(Decimal(free // 10**8) / 10)} GB"
    return Finding(
        free >= LEAST_FREE,
        "Thư mục",
        said if free >= LEAST_FREE else f"{said}. Hãy dọn bớt hoặc chọn nơi khác bằng --data",
    )


def _model(config: Config) -> Finding:
    from models.topics.classifier import MODEL_PATH, TopicClassifier

    own = config.model_path.exists()
    try:
        report = TopicClassifier.load(config.model_path if own else MODEL_PATH).report
    except ModelError as e:
        return Finding(False, "Mô hình", f"{e}. Hãy chạy: monitor train")
    learnt = f"học từ {report.get('examples', '?')} đoạn văn"
    if corrections := report.get("corrections"):
        learnt += f" và {corrections} bài đã sửa"
    return Finding(True, "Mô hình", f"{'của kho này' if own else 'kèm theo chương trình'}, {learnt}")


def _sources(config: Config) -> Finding:
    from monitor.assembly import load_sources

    try:
        sources = load_sources(config)
    except CrawlError as e:
        return Finding(False, "Danh mục nguồn", f"{e}. Sửa tệp {config.sources_file}")
    enabled = sum(source.enabled for source in sources)
    return Finding(True, "Danh mục nguồn", f"{len(sources)} nguồn, {enabled} đang bật")


def _stores(config: Config) -> Iterator[Finding]:
    from index.archive import open_archive
    from monitor.alerts.checkup import look_at_alerts
    from monitor.assembly import open_desk

    try:
        archive = open_archive(config.archive_url)
        server, counts, states = archive.server(), archive.counts(), archive.links.source_states()
        runs = archive.runs.latest(1, kind="crawl")
        alerts = [Finding(*looked) for looked in look_at_alerts(config, archive.alerts)]
        archive.close()
    except SearchError as e:
        yield Finding(False, "Kho lưu trữ", str(e))
        return
    yield Finding(True, "Cơ sở dữ liệu", f"{server.name} {server.version}, tại {server.at}")
    said = f"{counts.articles} bài, {counts.versions} phiên bản, {counts.links.get('pending', 0)} liên kết chờ đọc"
    yield Finding(True, "Kho lưu trữ", said)
    if config.is_shared:
        yield from _queue(config)
    if runs:
        ended = (
            day_said(runs[0].finished_at) if runs[0].finished_at else "chưa kết thúc hoặc bị ngắt; lần sau sẽ làm tiếp"
        )
        yield Finding(True, "Lần chạy gần nhất", f"bắt đầu {ago_said(datetime.now(UTC) - runs[0].started_at)}, {ended}")
    failing = [state.source_id for state in states.values() if state.failures_in_row >= 3]
    shown = ", ".join(failing[:5]) + (" …" if len(failing) > 5 else "")
    yield Finding(
        None if failing else True,
        "Nguồn lỗi từ 3 lần liền",
        f"{shown}. Xem: monitor sources check" if failing else "không có",
    )
    yield from alerts
    try:
        with open_desk(config) as desk:
            state, indexed = desk.index.state(), desk.index.count()
            refused = desk.archive.take_outbox(1, only_refused=True)
    except AwayError as e:
        yield Finding(False, "Máy tìm kiếm", f"{e}. {counts.outbox} bài đang chờ vào chỉ mục")
        return
    except SearchError as e:
        yield Finding(False, "Chỉ mục", str(e) if "monitor reindex" in str(e) else f"{e}. Lập lại: monitor reindex")
        return
    yield _engine(state)
    yield _index(indexed, counts)
    if refused:
        said = f"{counts.refused} bài chưa vào được chỉ mục và được thử lại mỗi lần; lý do của bài đầu: {refused[0].refused}"
        yield Finding(None, "Bài bị từ chối", said)


def _queue(config: Config) -> Iterator[Finding]:
    from index.archive import open_archive
    from monitor.errors import MonitorError
    from monitor.jobs.queue import open_queue

    try:
        with open_queue(config) as queue:
            state = queue.state()
    except MonitorError as e:
        yield Finding(False, "Hàng đợi", str(e))
        return
    said = f"{state.waiting} việc chờ, {state.running} việc đang làm, {state.failed} việc hỏng; {state.alive} tiến trình worker"
    if state.oldest is not None:
        said += f"; việc chờ lâu nhất vào {ago_said(datetime.now(UTC) - state.oldest)}"
    stuck = state.waiting > 0 and state.alive == 0
    yield Finding(not stuck, "Hàng đợi", f"{said}. Không ai làm: chạy monitor worker" if stuck else said)
    if state.failed:
        with closing(open_archive(config.archive_url)) as archive:
            why = [past.message for past in archive.runs.failures(limit=1_000) if past.source_id in TASKS]
        reason = f"lý do của việc gần nhất: {why[0]}. " if why else ""
        yield Finding(None, "Việc hỏng", f"{reason}Sửa nguyên nhân rồi làm lại: monitor worker --again")


_HEALTH = {"green": "tốt", "yellow": "thiếu bản sao", "red": "thiếu dữ liệu: có máy trong cụm không hoạt động"}


def _engine(state: IndexState) -> Finding:
    if state.engine == "tantivy":
        return Finding(True, "Máy tìm kiếm", f"tantivy {state.version} nhúng sẵn, tại {state.at}")
    said = f"Elasticsearch {state.version} tại {state.at}, {_HEALTH[state.health]}; chỉ mục: {', '.join(state.parts)}"
    return Finding({"green": True, "yellow": None, "red": False}[state.health], "Máy tìm kiếm", said)


def _index(indexed: int, counts: ArchiveCounts) -> Finding:
    behind = counts.articles - indexed
    if 0 <= behind <= counts.outbox:
        waiting = f", {counts.outbox} bài chờ vào ở lần thu thập hoặc tìm kiếm tới" if counts.outbox else ""
        return Finding(True, "Chỉ mục", f"{indexed} bài{waiting}")
    return Finding(False, "Chỉ mục", f"{indexed} bài, lệch {behind} bài so với kho. Chạy: monitor reindex")


def _licence(name: str) -> str:
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return "chưa cài"
    declared = [line.rpartition(":: ")[2] for line in found.get_all("Classifier") or () if line.startswith("License")]
    return str(found.json.get("license_expression") or found.json.get("license") or ", ".join(declared) or "không ghi")
