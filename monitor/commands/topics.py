"""`monitor topics`: topics of the user's own, beside the eight that the model knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from monitor import shapes
from monitor.commands.read import load_line, open_lines
from monitor.config import read_config
from monitor.console import add_row, out, progress, table_console, talk, with_command
from monitor.errors import MonitorError
from monitor.telling import day_said

if TYPE_CHECKING:
    from index.records import SavedTopic
    from models.topics.own_topics import OwnExample, OwnTopic
    from monitor.assembly import Desk

_NEWEST, _HEAVIEST = 5, 12
_MANY, _TOO_COMMON = 20, 1 / 3
"""A topic that more than a third of the articles get tells nothing apart; of a few articles that may be chance."""
app = typer.Typer(
    name="topics", help="Chủ đề của riêng bạn, bên cạnh tám chủ đề có sẵn.", no_args_is_help=True, add_completion=False
)


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="TÊN", help='Ví dụ: "Trợ lý ảo".')],
    words: Annotated[
        list[str] | None, typer.Option("--words", help="Từ khóa, cách nhau bằng dấu phẩy; bỏ trống thì dùng tên.")
    ] = None,
    examples: Annotated[
        Path | None,
        typer.Option(
            "--examples", metavar="FILE.jsonl|-", help='Bài mẫu: mỗi dòng {"title", "text", "topic": true|false}.'
        ),
    ] = None,
) -> None:
    """Thêm một chủ đề (hoặc sửa chủ đề cùng tên): chạy ngay từ từ khóa, có bài mẫu thì tốt hơn; gắn lại cả kho."""
    from index.records import SavedTopic
    from models.topics.own_topics import make_topic
    from monitor.assembly import open_desk

    typed = [word for group in words or () for word in group.split(",") if word.strip()]
    if words and not typed:
        raise MonitorError("--words không có từ khóa nào. Viết như: --words 'trợ lý ảo, chatbot'")
    with open_desk(read_config(context.obj)) as desk:
        topic = make_topic(name, typed)
        _refuse_shipped_name(topic)
        before = {saved.topic.slug: saved for saved in desk.archive.own_topics()}.get(topic.slug)
        if before is not None and not typed:
            topic = replace(topic, words=before.topic.words)
        given, bad = _read_examples(examples)
        shown = dict.fromkeys([*(before.examples if before else ()), *given])
        saved = SavedTopic(topic=topic, examples=tuple(shown))
        if shown or any(topic.slug in one.said for one in desk.archive.corrected()):
            saved = replace(saved, topic=teach(desk, saved))
        desk.archive.save_topic(saved, datetime.now(UTC))
        changed = "" if before is None else "đã sửa: "
        out(f"Chủ đề “{topic.name}” ({topic.slug}): {changed}{len(topic.words)} từ khóa, {len(shown)} bài mẫu.")
        _retag(desk, topic.slug)
        _say_what_next(desk, saved)
    if bad:
        talk(f"{bad} dòng bài mẫu không đọc được, xem ở trên.")
        raise typer.Exit(1)


@app.command("list")
def list_topics(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Các chủ đề có sẵn và của riêng bạn, mỗi chủ đề có bao nhiêu bài."""
    from index.base import Everything, Query
    from monitor.assembly import open_desk
    from monitor.indexing import catch_up
    from monitor.naming import topic_names

    with open_desk(read_config(context.obj)) as desk:
        catch_up(desk)
        facets = desk.index.search(Query(typed="", root=Everything()), limit=1, facets=("topic",)).facets
        counts = {count.value: count.count for count in facets["topic"]}
        own = desk.archive.own_topics()
    rows: list[shapes.Shape] = [
        {"topic": slug, "name": name, "own": False, "words": [], "examples": 0, "articles": counts.get(slug, 0)}
        for slug, name in topic_names().items()
    ]
    for saved in own:
        topic, taught = saved.topic, len(saved.examples)
        rows.append({
            "topic": topic.slug, "name": topic.name, "own": True, "words": list(topic.words), "examples": taught,
            "articles": counts.get(topic.slug, 0),
        })  # fmt: skip
    if as_json:
        out(shapes.dumps(rows))
        return
    table = Table("Mã", "Tên", "Số bài", "Từ khóa", "Bài mẫu", box=None)
    for row in rows:
        said = ", ".join(row["words"]) if row["own"] else "có sẵn"
        add_row(table, row["topic"], row["name"], str(row["articles"]), said, str(row["examples"] or ""))
    table_console().print(table)


@app.command()
def show(
    context: typer.Context, topic: Annotated[str, typer.Argument(metavar="CHỦ_ĐỀ", help="Mã hoặc tên chủ đề của bạn.")]
) -> None:
    """Một chủ đề của bạn: từ khóa, bài mẫu, những từ đã học được và các bài mới nhất."""
    from index.base import Filter, Query
    from index.search import search
    from monitor.assembly import open_desk
    from monitor.indexing import catch_up

    with open_desk(read_config(context.obj)) as desk:
        catch_up(desk)
        saved = find_own(desk, topic)
        query = Query(typed="", root=Filter(field="topic", values=(saved.topic.slug,)))
        found = search(desk.index, desk.archive, query, limit=_NEWEST, sort="newest", with_facets=False)
    yes = sum(example.is_topic for example in saved.examples)
    out(f"{saved.topic.name} ({saved.topic.slug})")
    out(f"Từ khóa: {', '.join(saved.topic.words)}")
    out(f"Bài mẫu: {yes} bài thuộc chủ đề, {len(saved.examples) - yes} bài không thuộc.")
    if saved.topic.weights:
        heaviest = sorted(saved.topic.weights, key=lambda item: -item[1])[:_HEAVIEST]
        out(f"Từ bài mẫu học thêm: {', '.join(name.replace('_', ' ') for name, weight in heaviest if weight > 0)}")
    out(f"{found.total} bài được gắn" + (", mới nhất:" if found.hits else "."))
    for hit in found.hits:
        out(f"  {day_said(hit.published) or 'không rõ ngày'}  {hit.title}")


@app.command()
def remove(
    context: typer.Context, topic: Annotated[str, typer.Argument(metavar="CHỦ_ĐỀ", help="Mã hoặc tên chủ đề của bạn.")]
) -> None:
    """Bỏ một chủ đề của bạn, ở cả những bài đã gắn; lịch sử sửa vẫn còn."""
    from monitor.assembly import open_desk

    with open_desk(read_config(context.obj)) as desk:
        saved = find_own(desk, topic)
        desk.archive.remove_topic(saved.topic.slug)
        out(f"Đã bỏ chủ đề “{saved.topic.name}”.")
        _retag(desk, saved.topic.slug)


def _refuse_shipped_name(topic: OwnTopic) -> None:
    """Two topics of one name could not be told apart."""
    from monitor.naming import topic_names

    for slug, name in topic_names().items():
        if name.casefold() == topic.name.casefold():
            raise MonitorError(f"“{name}” là tên của chủ đề có sẵn {slug}. Hãy đặt tên khác")


def find_own(desk: Desk, typed: str) -> SavedTopic:
    """The user's topic of this slug or name. MonitorError lists those there are."""
    from models.topics.own_topics import make_topic

    own = {saved.topic.slug: saved for saved in desk.archive.own_topics()}
    from models.errors import TopicError

    try:
        slug = typed if typed in own else make_topic(typed, [typed]).slug
    except TopicError:
        slug = ""  # the name of one that comes with the program, or no name at all
    if slug not in own:
        known = ", ".join(own) or "chưa có chủ đề nào"
        raise MonitorError(f"không có chủ đề nào của bạn tên là “{typed}” (đang có: {known})")
    return own[slug]


def teach(desk: Desk, saved: SavedTopic) -> OwnTopic:
    """The topic with what its examples and people's corrections teach; as it was where they are too few."""
    from models.errors import TopicError
    from models.topics.corpus import load_corpus
    from models.topics.own_topics import OwnExample
    from models.topics.own_training import learn
    from models.topics.tagging import tagger_of
    from monitor.tagging import read_tagging

    slug = saved.topic.slug
    said = (one for one in desk.archive.corrected() if slug in one.said)
    corrected = [OwnExample(title=one.title, text=one.text, is_topic=one.said[slug]) for one in said]
    extractor = tagger_of(read_tagging(desk.config, desk.archive)).classifier.extractor
    try:
        return learn(saved.topic, [*saved.examples, *corrected], load_corpus(), extractor)
    except TopicError as e:
        talk(f"Chưa học từ bài mẫu: {e}. Tạm chỉ dùng từ khóa.")
        return saved.topic


def teach_again(desk: Desk) -> list[OwnTopic]:
    """Let each user's topic learn anew from its examples and from people's corrections; those that there was something for."""
    corrected = {topic for one in desk.archive.corrected() for topic in one.said}
    taught = []
    for saved in desk.archive.own_topics():
        if saved.examples or saved.topic.slug in corrected:
            topic = teach(desk, saved)
            if topic != saved.topic:
                desk.archive.save_topic(replace(saved, topic=topic), datetime.now(UTC))
                taught.append(topic)
    return taught


def _read_examples(file: Path | None) -> tuple[list[OwnExample], int]:
    """The examples of a file, and the number of lines that could not be read (each is told)."""
    if file is None:
        return [], 0
    found: list[OwnExample] = []
    bad = 0
    for number, read in _examples(file):
        if isinstance(read, str):
            talk(f"dòng {number}: {read}")
            bad += 1
        else:
            found.append(read)
    return found, bad


def _examples(file: Path) -> Iterator[tuple[int, OwnExample | str]]:
    from models.topics.own_topics import OwnExample

    for number, line in enumerate(open_lines(file), 1):
        if not line.strip():
            continue
        try:
            given = load_line(line)
        except (json.JSONDecodeError, ValueError) as e:
            yield number, f"không phải JSON ({e})"
            continue
        if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not given["text"].strip():
            yield number, 'thiếu "text"'
        elif not isinstance(given.get("topic", True), bool) or not isinstance(given.get("title", ""), str):
            yield number, '"topic" phải là true hoặc false, "title" phải là chuỗi'
        else:
            yield (
                number,
                OwnExample(title=given.get("title", ""), text=given["text"], is_topic=given.get("topic", True)),
            )


def _retag(desk: Desk, slug: str) -> None:
    from monitor.indexing import catch_up
    from monitor.tagging import read_tagging, retag

    total = desk.archive.counts().articles
    with progress("Gắn lại", total) as bar:
        done = retag(desk.archive, read_tagging(desk.config, desk.archive), slug, advance=bar.advance)
    catch_up(desk)
    out(
        f"Đã xem lại {done.read} bài: {done.changed} bài thay đổi ({done.gained} bài được gắn, {done.lost} bài bỏ gắn)."
    )
    if done.read >= _MANY and done.gained > done.read * _TOO_COMMON:
        share = f"{done.gained / done.read:.0%}"
        hint = "từ khóa có lẽ quá thường gặp. Thêm lại cùng tên với từ khóa khác, hoặc bỏ đi: monitor topics remove"
        talk(with_command(f"{share} số bài được gắn: {hint} {slug}", desk.config.data))


def _say_what_next(desk: Desk, saved: SavedTopic) -> None:
    talk(with_command(f"Tìm thử: monitor search --topic {saved.topic.slug}", desk.config.data))
    if not saved.examples:
        hint = "Chủ đề chính xác hơn khi có bài mẫu (--examples), hoặc sửa từng bài: monitor corrections add"
        talk(with_command(hint, desk.config.data))
