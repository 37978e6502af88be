"""Commands that keep things in order: train, evaluate, reindex, doctor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.config import read_config
from monitor.console import out, progress, talk
from monitor.errors import MonitorError

if TYPE_CHECKING:
    from models.evaluation import TopicEvaluation


def register(app: typer.Typer) -> None:
    """Add the commands."""
    from monitor.commands import doctor

    app.command()(train)
    app.command()(evaluate)
    app.command()(reindex)
    doctor.register(app)


def train(
    output: Annotated[Path | None, typer.Option("--output", help="Ghi mô hình ra tệp khác.")] = None,
) -> None:
    """Huấn luyện bộ gắn chủ đề từ các đoạn văn trong models/data/topics; chạy lại cho đúng từng bit như cũ."""
    from models.corpus import load_corpus
    from models.evaluation import as_table
    from models.topics import MODEL_PATH
    from models.training import train as train_topics

    examples = load_corpus()
    talk(f"{len(examples)} đoạn văn; đang huấn luyện và chấm chéo …")
    trained = train_topics(examples)
    path = output or MODEL_PATH
    trained.classifier.save(path)
    out(as_table(trained.evaluations.passages))
    out(f"Danh sách cụm từ (mốc so sánh): macro F1 {trained.evaluations.baseline.macro_f1:.3f}")
    out(f"Đã ghi {path} ({path.stat().st_size / 1e6:.1f} MB). Gắn lại kho: monitor reindex --annotate")


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Thư mục có articles.jsonl và topics.jsonl; bỏ trống: tòa soạn minh họa."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Chấm chủ đề trên những bài mô hình chưa được học."""
    from models.evaluation import as_table

    result = _on_folder(folder) if folder else _on_newsroom()
    if as_json:
        topics = {
            name: {"precision": one.precision, "recall": one.recall, "f1": one.f1}
            for name, one in result.topics.items()
        }
        out(
            json.dumps({"topics": topics, "macro_f1": result.macro_f1, "ordinary_tagged": result.ordinary_tagged_share})
        )
    else:
        out(as_table(result))


def _on_newsroom() -> TopicEvaluation:
    """The demo's articles carry their writers' labels; no model is trained on them."""
    from models.annotation import annotate
    from models.evaluation import evaluate_topics
    from monitor.demo.newsroom import load_outlets

    articles = [article for outlet in load_outlets() for article in outlet.articles]
    with progress("Chấm", len(articles)) as bar:
        predicted = []
        for article in articles:
            text = f"{article.lead}\n\n{article.text}" if article.lead else article.text
            predicted.append([found.topic for found in annotate(text, title=article.title).topics])
            bar.advance()
    return evaluate_topics([article.topics for article in articles], predicted)


def _on_folder(folder: Path) -> TopicEvaluation:
    from models.annotation import annotate
    from models.evaluation import evaluate_topics

    articles, labels = _by_id(folder / "articles.jsonl"), _by_id(folder / "topics.jsonl")
    both = [key for key in labels if key in articles]
    if not both:
        raise MonitorError(f"{folder}: không có bài nào vừa có trong articles.jsonl vừa có trong topics.jsonl")
    with progress("Chấm", len(both)) as bar:
        predicted = []
        for key in both:
            annotation = annotate(str(articles[key]["text"]), title=str(articles[key].get("title") or ""))
            predicted.append([found.topic for found in annotation.topics])
            bar.advance()
    return evaluate_topics(
        [list(labels[key]["topics"]) for key in both],
        predicted,
        uncertain=[list(labels[key].get("uncertain") or ()) for key in both],
    )


def _by_id(path: Path) -> dict[str, dict[str, list[str]]]:
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as e:
        raise MonitorError(f"không đọc được {path} ({e})") from e
    return {str(row["id"]): row for row in rows}


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
