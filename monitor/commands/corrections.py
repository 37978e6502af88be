"""`monitor corrections`: people say which topics an article carries; it holds at once, and is learnt from."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from monitor import shapes
from monitor.commands.read import load_line, open_lines
from monitor.config import read_config
from monitor.console import add_row, out, table_console, talk, with_command
from monitor.errors import MonitorError
from monitor.telling import day_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.records import Correction
    from monitor.assembly import Desk

app = typer.Typer(
    name="corrections", help="Sửa chủ đề của bài viết; hiệu lực ngay, có lưu vết và được học lại.", no_args_is_help=True,
    add_completion=False,
)  # fmt: skip
Who = Annotated[str | None, typer.Option("--who", help="Người sửa; bỏ trống thì lấy tên đăng nhập máy.")]
VERDICTS: Mapping[bool | None, str] = {True: "có", False: "không", None: "theo mô hình"}


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app)


@app.command()
def add(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="BÀI", help="Mã hoặc địa chỉ của bài.")],
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Bài có chủ đề này; lặp lại được.")] = None,
    without: Annotated[list[str] | None, typer.Option("--not", help="Bài không có chủ đề này; lặp lại được.")] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", help="Bỏ lần sửa chủ đề này, lại theo mô hình; lặp lại được.")
    ] = None,
    who: Who = None,
    note: Annotated[str | None, typer.Option("--note", help="Lý do.")] = None,
) -> None:
    """Sửa chủ đề của một bài: --topic security --not infrastructure."""
    from monitor.assembly import open_desk
    from monitor.indexing import catch_up
    from monitor.naming import all_topic_names

    config = read_config(context.obj)
    with open_desk(config) as desk:
        names = all_topic_names(desk.archive)
        said = _verdicts(names, topic or (), without or (), undo or ())
        made = desk.archive.correct(
            find_article(desk, article), said, who=who or _me(), now=datetime.now(UTC), note=note
        )
        catch_up(desk)
    for one in made:
        out(_told(one, names))
    if not made:
        out("Bài đã như vậy từ trước, không có gì để sửa.")
    else:
        talk(with_command("Để mô hình học theo: monitor train", config.data))


@app.command("list")
def list_corrections(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="Số lần sửa mới nhất.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Các lần sửa, mới nhất trước: ai, khi nào, từ gì thành gì."""
    from monitor.assembly import open_desk
    from monitor.naming import all_topic_names

    config = read_config(context.obj)
    with open_desk(config) as desk:
        found = desk.archive.corrections(limit=limit)
        names = all_topic_names(desk.archive)
    if as_json:
        out(shapes.dumps([_shape(one) for one in found]))
        return
    if not found:
        talk(
            with_command("Chưa có lần sửa nào. Sửa một bài: monitor corrections add BÀI --topic … --not …", config.data)
        )
        return
    table = Table("Khi nào", "Ai", "Bài", "Chủ đề", "Sửa", "Lý do", box=None)
    for one in found:
        topic = names.get(one.topic, one.topic)
        add_row(table, day_said(one.at) or "", one.who, one.title, topic, _change(one), one.note or "")
    table_console().print(table)


@app.command()
def export(context: typer.Context) -> None:
    """Xuất mọi lần sửa ra stdout, mỗi dòng một JSON, cũ nhất trước; nhập lại bằng import."""
    from monitor.assembly import open_desk

    with open_desk(read_config(context.obj)) as desk:
        for one in reversed(desk.archive.corrections()):
            out(shapes.dumps(_shape(one)))


@app.command("import")
def import_corrections(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl|-", help="Như export ghi ra.")],
    who: Who = None,
) -> None:
    """Nhập các lần sửa; những gì đã đúng như vậy thì bỏ qua, dòng hỏng được báo số dòng."""
    from monitor.assembly import open_desk
    from monitor.indexing import catch_up
    from monitor.naming import all_topic_names

    made = same = older = bad = 0
    with open_desk(read_config(context.obj)) as desk:
        names = all_topic_names(desk.archive)
        known = desk.archive.corrections()
        there = {_mark(one) for one in known}
        newest = {(one.article_id, one.topic): one.at for one in reversed(known)}
        for number, read in _lines(file):
            one = read if isinstance(read, str) else _read(desk, read, names, who or _me())
            if isinstance(one, str):
                talk(f"dòng {number}: {one}")
                bad += 1
                continue
            if _mark(one) in there:
                same += 1
                continue
            if (later := newest.get((one.article_id, one.topic))) is not None and later > one.at:
                older += 1  # what was said last holds, whoever's file is read in when
                continue
            done = desk.archive.correct(one.article_id, {one.topic: one.now}, who=one.who, now=one.at, note=one.note)
            made, same = made + len(done), same + (not done)
        catch_up(desk)
    behind = f"; {older} lần cũ hơn lần sửa đang có, bỏ qua" if older else ""
    out(f"Đã nhập {made} lần sửa; {same} lần đã có từ trước{behind}.")
    if bad:
        talk(f"{bad} dòng không nhập được, xem ở trên.")
        raise typer.Exit(1)


def find_article(desk: Desk, typed: str) -> str:
    """The id of the article that is meant by its id or address. MonitorError says what to type."""
    from crawlers import urls

    if desk.archive.document(typed) is not None:
        return typed
    found = desk.archive.find_id(typed) or (desk.archive.find_id(urls.canonical(typed)) if "/" in typed else None)
    if found is None:
        raise MonitorError(f"không có bài “{typed}” trong kho. Lấy mã (id) hoặc địa chỉ từ monitor search … --json")
    return found


def _read(desk: Desk, given: Mapping[str, Any], names: Mapping[str, str], me: str) -> Correction | str:
    """The correction on a line, or what is wrong with it."""
    from index.records import Correction

    if trouble := _check(given, names):
        return trouble
    try:
        key = find_article(desk, str(given.get("url") or given.get("id") or ""))
    except MonitorError:
        return "không có bài này trong kho"
    return Correction(
        article_id=key, topic=given["topic"], was=False, now=given["now"], who=given.get("who") or me, at=_when(given),
        note=given.get("note"),
    )  # fmt: skip


def _mark(one: Correction) -> tuple[object, ...]:
    """What makes it the same one when a list is read in twice."""
    return one.article_id, one.topic, one.now, one.who, one.at


def _verdicts(
    names: Mapping[str, str], carried: Sequence[str], without: Sequence[str], undone: Sequence[str]
) -> dict[str, bool | None]:
    said: dict[str, bool | None] = {}
    for verdict, topics in ((True, carried), (False, without), (None, undone)):
        for typed in topics:
            slug = _slug(names, typed)
            if said.setdefault(slug, verdict) is not verdict:
                raise MonitorError(f"chủ đề {slug} được nêu hai lần, khác nhau. Chỉ nêu một lần")
    if not said:
        raise MonitorError("chưa nói sửa gì. Thêm --topic CHỦ_ĐỀ, --not CHỦ_ĐỀ hoặc --undo CHỦ_ĐỀ")
    return said


def _slug(names: Mapping[str, str], typed: str) -> str:
    from index.querying.query_names import resolver

    found = resolver({slug: [name] for slug, name in names.items()})(typed)
    if not found:
        raise MonitorError(f"không có chủ đề nào tên là “{typed}”. Các chủ đề: {', '.join(names)}")
    return found[0]


def _told(one: Correction, names: Mapping[str, str]) -> str:
    return f"{one.title}: {names.get(one.topic, one.topic)}: {_change(one)}"


def _change(one: Correction) -> str:
    """What people see; they may also say that the models are right, and then that is learnt from."""
    said = VERDICTS[one.now]
    return f"xác nhận {said}" if one.was is one.now else f"{VERDICTS[one.was]} → {said}"


def _shape(one: Correction) -> shapes.Shape:
    return {
        "url": one.url, "title": one.title, "topic": one.topic, "was": one.was, "now": one.now, "who": one.who,
        "at": shapes.local_time(one.at), "note": one.note,
    }  # fmt: skip


def _lines(file: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, line in enumerate(open_lines(file), 1):
        if not line.strip():
            continue
        try:
            given = load_line(line)
        except ValueError as e:
            yield number, f"không phải JSON ({e})"
            continue
        yield number, given if isinstance(given, dict) else "không phải một đối tượng JSON {…}"


def _check(given: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """What is wrong with a line, or None."""
    if given.get("topic") not in names:
        return f'"topic" phải là một trong: {", ".join(names)}'
    if "now" not in given or not isinstance(given["now"], bool | None):
        return '"now" phải là true, false hoặc null'
    if any(not isinstance(given.get(name), str | None) for name in ("who", "note", "at", "url", "id")):
        return '"who", "note", "at", "url" phải là chuỗi'
    return None


def _when(given: Mapping[str, Any]) -> datetime:
    try:
        when = datetime.fromisoformat(given.get("at") or "")
    except ValueError:
        return datetime.now(UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "không rõ"
