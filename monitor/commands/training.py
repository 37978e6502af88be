"""`monitor train` and `monitor evaluate`: a topic model is made, and held to articles that no model ever learnt from."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import models
from monitor.config import Config, read_config
from monitor.console import out, progress, talk, with_command
from monitor.errors import MonitorError

CORPUS_PATH = Path(models.__file__).parent / "data" / "topics"

if TYPE_CHECKING:
    from models.figures.evaluation import FigureEvaluation
    from models.topics.classifier import TopicClassifier
    from models.topics.evaluation import TopicEvaluation
    from models.topics.held_out import HeldOut
    from models.topics.passage_model import Correction


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(train)
    app.command()(evaluate)


def train(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("--output", help="Ghi mô hình ra tệp khác.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Đưa vào dùng cả khi điểm kém hơn.")] = False,
    corpus: Annotated[
        Path, typer.Option("--corpus", metavar="DIR", help="Thư mục đoạn văn có nhãn (*.jsonl).", show_default=False)
    ] = CORPUS_PATH,
) -> None:
    """Huấn luyện bộ gắn chủ đề từ các đoạn văn có sẵn và những lần sửa trong kho; kém hơn thì không đưa vào dùng."""
    from models.topics.classifier import MODEL_PATH
    from models.topics.corpus import load_corpus
    from models.topics.evaluation import as_table
    from models.topics.training import STEPS
    from models.topics.training import train as train_topics

    config = read_config(context.obj)
    examples, corrections = load_corpus(corpus), _corrections(config)
    talk(f"{len(examples)} đoạn văn, {len(corrections)} bài đã sửa; huấn luyện và chấm chéo mất vài phút.")
    with progress("Huấn luyện", STEPS) as bar:
        trained = train_topics(examples, corrections, advance=bar.advance)
    out(as_table(trained.evaluations.passages))
    out(f"Danh sách cụm từ (mốc so sánh): macro F1 {trained.evaluations.baseline.macro_f1:.3f}")
    path = output or (config.model_path if corrections else MODEL_PATH)
    if not _serves(config, trained.classifier) and not force:
        out(
            with_command(
                "Điểm kém hơn mô hình đang dùng, nên chưa đưa vào dùng. Vẫn muốn dùng: monitor train --force",
                config.data,
            )
        )
        raise typer.Exit(1)
    trained.classifier.save(path)
    out(
        f"Đã ghi {path} ({path.stat().st_size / 1e6:.1f} MB)"
        + (", mô hình đang dùng từ nay." if output is None else ".")
    )
    _teach_own_topics(config)
    talk(with_command("Gắn lại kho theo mô hình mới: monitor reindex --annotate", config.data))


def _has_store(config: Config) -> bool:
    """Training makes none."""
    return config.database_url is not None or (config.data / "archive.db").exists()


def _teach_own_topics(config: Config) -> None:
    """Let the users' topics learn from what was corrected since they were made."""
    from monitor.assembly import open_desk
    from monitor.commands.topics import teach_again

    if not _has_store(config):
        return
    with open_desk(config) as desk:
        for topic in teach_again(desk):
            out(f"Chủ đề “{topic.name}” đã học lại từ bài mẫu và những lần sửa.")


def _corrections(config: Config) -> list[Correction]:
    from models.topics.passage_model import Correction

    if not _has_store(config):
        return []
    from contextlib import closing

    from index.archive import open_archive

    with closing(open_archive(config.archive_url)) as archive:
        return [Correction(title=one.title, text=one.text, said=one.said) for one in archive.corrected()]


def _serves(config: Config, new: TopicClassifier) -> bool:
    """Whether a new model is no worse than the one in service; both are told, on the same articles."""
    from models.errors import ModelError

    after = hold_to(new)
    out(f"Chấm trên {GATE}: macro F1 {after.macro_f1:.3f}, bài thường bị gắn {after.ordinary_tagged}/{after.ordinary}.")
    try:
        before = hold_to(_serving(config))
    except ModelError:
        return True  # there is none that serves
    out(
        f"Mô hình đang dùng: macro F1 {before.macro_f1:.3f}, bài thường bị gắn {before.ordinary_tagged}/{before.ordinary}."
    )
    return after.macro_f1 >= before.macro_f1 and after.ordinary_tagged <= before.ordinary_tagged


def _serving(config: Config) -> TopicClassifier:
    from models.topics.classifier import MODEL_PATH, TopicClassifier

    return TopicClassifier.load(config.model_path if config.model_path.exists() else MODEL_PATH)


GATE = "những bài không mô hình nào được học"


def hold_to(classifier: TopicClassifier) -> TopicEvaluation:
    """A model's scores on whole articles that none is trained on: the held-out ones, and the demo newsroom's."""
    from models.topics.held_out import evaluate_held_out, load_held_out

    return evaluate_held_out(classifier, load_held_out() + newsroom_articles())


def newsroom_articles() -> tuple[HeldOut, ...]:
    """The demo newsroom's articles with their writers' labels."""
    from models.topics.held_out import HeldOut
    from monitor.demo.newsroom import load_outlets

    return tuple(
        HeldOut(
            id=article.slug, title=article.title, text=f"{article.lead}\n\n{article.text}" if article.lead else article.text,
            topics=tuple(article.topics),
        )
        for outlet in load_outlets() for article in outlet.articles
    )  # fmt: skip


def _write_report(path: Path, processes: int) -> None:
    from models.annotation import classifier
    from models.topics.agreement import SECOND_PATH, measure_agreement
    from models.topics.comparison import STEPS, Comparison
    from models.topics.corpus import corpus_hash, load_corpus
    from models.topics.held_out import calibrate_held_out, evaluate_held_out, evaluate_phrase_list, load_held_out
    from models.topics.training import FOLDS
    from models.topics.ways import WAYS, try_ways
    from monitor.topics_report import Measured, write_report

    examples = load_corpus()
    sets = {
        "Held-out articles (models/data/held_out)": load_held_out(),
        "The demo newsroom": newsroom_articles(),
    }
    comparison, candidates, curve, ways = Comparison(examples), [], [], []
    with progress("So sánh", len(WAYS) + STEPS) as bar:
        for way in try_ways(examples, tuple(chain.from_iterable(sets.values())), processes):
            ways.append(way)
            bar.advance(said=way.name)
        for candidate in comparison.candidates():
            candidates.append(candidate)
            bar.advance(said=candidate.features)
        for step in comparison.learning_curve():
            curve.append(step)
            bar.advance()
    measured = Measured(
        corpus=corpus_hash(examples),
        passages=len(examples),
        ordinary=sum(not example.topics for example in examples),
        folds=FOLDS,
        candidates=candidates,
        ways=ways,
        curve=curve,
        calibration=calibrate_held_out(classifier(), load_held_out() + newsroom_articles()),
        agreement=measure_agreement(examples) if SECOND_PATH.exists() else None,
        articles={
            name: (evaluate_phrase_list(some), evaluate_held_out(classifier(), some)) for name, some in sets.items()
        },
    )
    path.write_text(write_report(measured), encoding="utf-8")
    out(f"Đã ghi {path}.")


def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="Thư mục có articles.jsonl, topics.jsonl và (nếu có) figures.jsonl; bỏ trống: những bài kèm theo.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE.md",
            help="So sánh các cách làm trên những đoạn văn có sẵn (vài phút), ghi ra tệp.",
        ),
    ] = None,
    processes: Annotated[int, typer.Option("--processes", "-p", min=1, help="Số tiến trình khi so sánh.")] = 1,
    errors: Annotated[int, typer.Option("--errors", min=0, help="In thêm từng ấy lỗi đọc số liệu.")] = 0,
) -> None:
    """Chấm chủ đề (và số liệu) trên những bài mô hình chưa được học."""
    from models.figures.evaluation import as_json as figure_scores
    from models.figures.evaluation import as_lines
    from models.topics.evaluation import as_table

    if report is not None:
        _write_report(report, processes)
        return

    result = _on_folder(folder) if folder else hold_to(_serving(read_config(context.obj)))
    figures = _figures_on(folder) if folder else None
    if as_json:
        topics = {
            name: {"precision": one.precision, "recall": one.recall, "f1": one.f1}
            for name, one in result.topics.items()
        }
        shape = {"topics": topics, "macro_f1": result.macro_f1, "ordinary_tagged": result.ordinary_tagged_share}
        out(json.dumps(shape if figures is None else {**shape, "figures": figure_scores(figures)}))
        return
    out(as_table(result))
    if figures is not None:
        out("\n".join(["", "Số liệu:", *as_lines(figures), *figures.errors[:errors]]))


def _on_folder(folder: Path) -> TopicEvaluation:
    from models.annotation import annotate
    from models.topics.evaluation import evaluate_topics

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


def _figures_on(folder: Path) -> FigureEvaluation | None:
    from models.figures.evaluation import evaluate_figures, join_labels

    if not (folder / "figures.jsonl").exists():
        return None
    texts, labels = (_by_id(folder / name).values() for name in ("articles.jsonl", "figures.jsonl"))
    return evaluate_figures(join_labels(texts, labels))


def _by_id(path: Path) -> dict[str, dict[str, Any]]:
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as e:
        raise MonitorError(f"không đọc được {path} ({e})") from e
    return {str(row["id"]): row for row in rows}
