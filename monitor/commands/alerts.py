"""`monitor alerts`: questions that stand, and what became of their answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from index.errors import UnreadableError
from monitor import shapes
from monitor.commands.alert_options import Options, with_options
from monitor.commands.alert_room import Room, open_room
from monitor.config import read_config
from monitor.console import add_row, command_for, out, table_console, talk, with_command
from monitor.errors import MonitorError
from monitor.telling import day_said

if TYPE_CHECKING:
    from index.standing.alert_records import Subscription, SubscriptionState

app = typer.Typer(
    name="alerts", help="Theo dõi tin: hỏi một lần, được báo mãi.", no_args_is_help=True, add_completion=False
)
AsJson = Annotated[bool, typer.Option("--json", help="In JSON.")]
Which = Annotated[str, typer.Argument(metavar="THEO_DÕI", help="Mã (hoặc phần đầu của mã), hay tên.")]
_LAST = 5
RUNNING: tuple[SubscriptionState, ...] = ("unconfirmed", "active", "paused")
"""What can still tell something."""


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    from monitor.commands import alert_sending

    alert_sending.register(app)
    parent.add_typer(app)
    parent.command()(alert_sending.digest)


@app.command()
@with_options
def add(
    context: typer.Context,
    options: Options,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Lưu mà không hỏi lại.")] = False,
    as_json: AsJson = False,
) -> None:
    """Thêm một theo dõi; cho xem trước 30 ngày qua rồi mới lưu."""
    from monitor.alerts.keeping import draw_keys, has_said_no, refuse_double
    from monitor.alerts.wishes import make_subscription

    wish = options.wish()
    with open_room(context) as room:
        alerts = room.desk.archive.alerts
        subscription = make_subscription(wish, room.names, now=room.now, keys=draw_keys())
        if wish.outside:
            _check_invitation(room)
            if has_said_no(alerts, subscription.owner):
                raise MonitorError(
                    f"{subscription.owner} đã từ chối một lần. Nếu họ đổi ý, họ tự đăng ký ở trang /theo-doi"
                )
        refuse_double(alerts, subscription)
        tried = _look(room, subscription, as_json=as_json)
        if not yes and sys.stdin.isatty() and not typer.confirm("Lưu theo dõi này?", default=True, err=True):
            talk("Chưa lưu gì.")
            raise typer.Exit(1)
        alerts.add(subscription)
        if as_json:
            made = _shape(room, subscription, with_secrets=True)
            out(shapes.dumps({"subscription": made, "preview": tried}))
        else:
            out(f"Đã lưu theo dõi {subscription.id} “{subscription.name}”.")
        _say_what_next(room, subscription, secret_given=wish.secret is not None, as_json=as_json)
        if wish.outside:
            _invite(room, subscription, asked_by=wish.owner or None)


@app.command()
@with_options
def preview(context: typer.Context, options: Options, as_json: AsJson = False) -> None:
    """Xem thử: trong 30 ngày qua sẽ báo bao nhiêu lần, về bài nào. Nhận mã của theo dõi đã lưu, hoặc các tùy chọn như add."""
    from monitor.alerts.keeping import draw_keys
    from monitor.alerts.wishes import make_subscription

    with open_room(context) as room:
        saved = _saved(room, options)
        subscription = saved or make_subscription(
            options.wish(somewhere=False), room.names, now=room.now, keys=draw_keys()
        )
        tried = _look(room, subscription, as_json=as_json)
    if as_json:
        out(shapes.dumps(tried))


def _saved(room: Room, options: Options) -> Subscription | None:
    """The saved one that is meant where nothing but its id or its whole name was typed."""
    if not options.query or not options.asks_nothing:
        return None
    try:
        return room.find(options.query)
    except MonitorError:
        return None


@app.command("list")
def list_alerts(
    context: typer.Context,
    owner: Annotated[str | None, typer.Option(metavar="AI", help="Chỉ của người này.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Cả những theo dõi đã hủy.")] = False,
    as_json: AsJson = False,
) -> None:
    """Các theo dõi: của ai, về gì, nhịp gửi, trạng thái."""
    from monitor.alerts.checkup import unreadable_said
    from monitor.alerts.saying import STATES, channel_said, not_made_said, watched_said, when_said

    with open_room(context) as room:
        alerts = room.desk.archive.alerts
        found = alerts.subscriptions(owner=owner, states=None if everything else RUNNING)
        unreadable = alerts.unreadable(owner=owner, ended=everything)
        for broken in unreadable:
            talk(with_command(f"Trục trặc: {unreadable_said(broken)}", room.desk.config.data))
        if as_json:
            out(shapes.dumps([_shape(room, one) for one in found]))
            return
        if not found and not unreadable:
            hint = (
                'Chưa có theo dõi nào. Thêm một: monitor alerts add "một cửa" --place "Lào Cai" --mail ban@example.vn'
            )
            talk(with_command(hint, room.desk.config.data))
            return
        table = Table("Mã", "Tên", "Theo dõi", "Nhịp gửi", "Gửi đến", "Của ai", "Trạng thái", box=None, pad_edge=False)
        for broken in unreadable:
            add_row(table, broken.id, broken.name, "", "", "", broken.owner, "không đọc được")
        for one in found:
            watched = "; ".join(said for _, said in watched_said(one, room.called))
            why = one.reason or (one.trouble and not_made_said(one.trouble))
            state = STATES[one.state] + (f" ({why})" if why else "")
            to = ", ".join(map(channel_said, one.channels))
            add_row(table, one.id, one.name, watched, when_said(one), to, one.owner, state)
        table_console().print(table)


@app.command()
def show(context: typer.Context, which: Which, as_json: AsJson = False) -> None:
    """Một theo dõi: hỏi gì, báo khi nào, đến đâu, những bài và những lần gửi gần nhất."""
    from monitor.alert_shapes import delivery_shape, held_up_shape, match_shape
    from monitor.alerts.optin import page_of
    from monitor.alerts.saying import DELIVERIES, STATES, channel_said, not_made_said, watched_said, when_said

    with open_room(context) as room:
        one, alerts = room.find(which), room.desk.archive.alerts
        matches = alerts.matches(one.id, limit=_LAST)
        deliveries = alerts.deliveries(subscription_id=one.id, limit=_LAST)
        held_up = alerts.held_up(_LAST)
        if as_json:
            lists = {
                "matches": list(map(match_shape, matches)), "deliveries": list(map(delivery_shape, deliveries)),
                "held_up": list(map(held_up_shape, held_up)),
            }  # fmt: skip
            out(shapes.dumps({**_shape(room, one), **lists}))
            return
        out(f"{one.id}  {one.name}")
        state = STATES[one.state] + (f": {one.reason}" if one.reason else "")
        rows = [
            *watched_said(one, room.called), ("Nhịp gửi", when_said(one)), ("Gửi đến", ", ".join(map(channel_said, one.channels))),
            ("Của ai", one.owner), ("Trạng thái", state), ("Lần tới", (day_said(one.next_due_at) or "–") if one.state == "active" else "–"),
            ("Gửi gần nhất", day_said(one.last_digest_at) or "chưa gửi"), ("Trang riêng", page_of(one, room.base_url)),
        ]  # fmt: skip
        if one.trouble:
            rows.append(("Trục trặc", not_made_said(one.trouble)))
        for label, said in rows:
            out(f"  {label}: {said}")
        shown = [match.article_id for match in matches] + [kept.article_id for kept in held_up]
        titles = {found.id: found.title for found in room.desk.archive.documents(shown, with_metrics=False)}
        for match in matches:
            told = "chờ gửi" if match.digest_id is None else f"trong điểm tin {match.digest_id}"
            out(f"  {day_said(match.found_at)}  {titles.get(match.article_id, match.article_id)} ({told})")
        for kept in held_up:
            out(f"  Chưa đối chiếu xong: {titles.get(kept.article_id, kept.article_id)} ({kept.why})")
        for sent in deliveries:
            out(f"  {day_said(sent.changed_at)}  {channel_said(sent.channel)}: {DELIVERIES[sent.state]}")


@app.command()
def pause(context: typer.Context, which: Which) -> None:
    """Tạm dừng; tin đến trong lúc dừng sẽ không được báo lại."""
    from monitor.alerts import keeping

    with open_room(context) as room:
        one = keeping.pause(room.desk.archive.alerts, room.find(which), room.now)
    out(f"Đã tạm dừng “{one.name}”.")
    talk(with_command(f"Theo dõi tiếp: monitor alerts resume {one.id}", read_config(context.obj).data))


@app.command()
def resume(context: typer.Context, which: Which) -> None:
    """Theo dõi tiếp cái đã tạm dừng, hoặc khôi phục cái đã hủy."""
    from monitor.alerts import keeping

    with open_room(context) as room:
        one = keeping.resume(room.desk.archive.alerts, room.find(which), room.now)
    out(f"Đang theo dõi “{one.name}”.")


@app.command()
def remove(context: typer.Context, which: Which) -> None:
    """Hủy một theo dõi; vẫn khôi phục được bằng resume."""
    from monitor.alerts import keeping

    with open_room(context) as room:
        try:
            one = room.find(which)
        except UnreadableError:
            keeping.remove_unreadable(room.desk.archive.alerts, which, room.now)
            out(f"Đã hủy {which}, theo dõi không đọc được.")
            return
        one = keeping.remove(room.desk.archive.alerts, one, room.now)
    out(f"Đã hủy “{one.name}”.")
    talk(with_command(f"Khôi phục: monitor alerts resume {one.id}", read_config(context.obj).data))


# --- parts of several commands ----------------------------------------------------------------------------------------


def _look(room: Room, subscription: Subscription, *, as_json: bool) -> shapes.Shape:
    """Say what is understood and what it would have found; the preview as JSON."""
    from monitor.alert_shapes import preview_shape
    from monitor.alerts.preview import preview as look
    from monitor.alerts.preview_text import preview_lines
    from monitor.alerts.saying import watched_said
    from monitor.indexing import catch_up

    catch_up(room.desk)
    found = look(room.desk.archive, room.desk.index, subscription, room.names, room.now)
    say = talk if as_json else out
    say("Theo dõi " + "; ".join(f"{label.lower()}: {said}" for label, said in watched_said(subscription, room.called)))
    for line in () if as_json else preview_lines(found, subscription, room.called.sources):
        out(line)
    return preview_shape(found)


def _shape(room: Room, subscription: Subscription, *, with_secrets: bool = False) -> shapes.Shape:
    from monitor.alert_shapes import subscription_shape

    return subscription_shape(subscription, base_url=room.base_url, with_secrets=with_secrets)


def _say_what_next(room: Room, subscription: Subscription, *, secret_given: bool, as_json: bool) -> None:
    from monitor.alerts.optin import page_of

    config, kinds = room.desk.config, {channel.kind for channel in subscription.channels}
    secrets = {channel.secret for channel in subscription.channels if channel.secret}
    for secret in () if as_json or secret_given else sorted(secrets):
        out(f"Khóa ký webhook (chỉ in một lần): {secret}")
    if "atom" in kinds and not as_json:
        out(f"Nguồn Atom: {page_of(subscription, room.base_url)}/diem-tin.atom")
    if "mail" in kinds and config.smtp_url is None:
        talk("Chưa đặt MONITOR_SMTP_URL nên thư sẽ chờ. Đặt nó, ví dụ smtps://nguoi-dung:mat-khau@thu.example.vn")
    talk(
        f"Tin được báo khi {command_for(config.data)} up đang chạy, hoặc mỗi lần chạy {command_for(config.data)} digest --due."
    )


def _check_invitation(room: Room) -> None:
    from monitor.alerts.inviting import can_invite

    if not can_invite(room.desk.config):
        raise MonitorError(
            "thư xác nhận cần MONITOR_SMTP_URL (máy chủ thư) và MONITOR_BASE_URL (địa chỉ trang này trên mạng). Đặt cả hai"
        )


def _invite(room: Room, subscription: Subscription, *, asked_by: str | None) -> None:
    from monitor.alerts.inviting import invite

    try:
        invite(room.desk, subscription, room.called, room.now, asked_by=asked_by)
    except MonitorError as e:
        raise MonitorError(f"{e}. Theo dõi đã lưu; gửi lại thư xác nhận: monitor alerts send {subscription.id}") from e
    talk(f"Đã gửi thư xác nhận đến {subscription.owner}; không xác nhận trong 7 ngày thì theo dõi này tự xóa.")
