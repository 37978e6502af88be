"""`monitor alerts send`, `monitor alerts deliveries` and `monitor digest`: what goes out, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.table import Table

from monitor import shapes
from monitor.commands.alert_room import Room, open_room
from monitor.config import read_config
from monitor.console import add_row, out, table_console, talk, with_command
from monitor.errors import MonitorError
from monitor.telling import day_said

if TYPE_CHECKING:
    from monitor.alerts.scheduler import Round

AsJson = Annotated[bool, typer.Option("--json", help="In JSON.")]


class State(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


def register(app: typer.Typer) -> None:
    """Add the commands that belong to alerts."""
    app.command()(send)
    app.command()(deliveries)


def send(
    context: typer.Context,
    which: Annotated[str | None, typer.Argument(metavar="THEO_DÕI", help="Mã hoặc tên.")] = None,
    again: Annotated[
        int | None,
        typer.Option("--again", metavar="SỐ", help="Gửi lại lần gửi này (bị từ chối, hoặc không rõ đã đến)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Gửi ngay những gì chưa báo, không đợi đến giờ; với --again thì gửi lại một lần gửi, dù có thể thành hai bản."""
    if (which is None) == (again is None):
        raise MonitorError("nêu một theo dõi, hoặc --again SỐ của một lần gửi. Xem: monitor alerts deliveries")
    with open_room(context) as room:
        if which is not None:
            one = room.find(which)
            if one.state == "unconfirmed":
                _invite_again(room, which)
                return
            if one.state != "active":
                raise MonitorError(
                    f"“{one.name}” không chạy nên không gửi. Theo dõi tiếp: monitor alerts resume {one.id}"
                )
            key = one.id
        else:
            key = _free_again(room, again or 0)
        done = _send_now(room, key)
        troubles = _troubles(room)
    _report(done, troubles, as_json=as_json, nothing="Không có gì mới để gửi.")


def _invite_again(room: Room, which: str) -> None:
    from monitor.alerts.inviting import invite

    one = room.find(which)
    invite(room.desk, one, room.called, room.now)
    talk(f"Đã gửi lại thư xác nhận đến {one.owner}; tin chỉ được gửi khi họ xác nhận.")


def _free_again(room: Room, number: int) -> str:
    """Let a delivery wait again; whose it is."""
    alerts = room.desk.archive.alerts
    found = alerts.delivery(number)
    if found is None:
        raise MonitorError(f"không có lần gửi số {number}. Xem: monitor alerts deliveries")
    owner = alerts.subscription(found.subscription_id)
    if owner is None or owner.state != "active":
        raise MonitorError(
            f"theo dõi của lần gửi {number} không chạy. Theo dõi tiếp: monitor alerts resume {found.subscription_id}"
        )
    if alerts.send_again(number, room.now) is None:
        raise MonitorError(f"lần gửi {number} đã đến nơi hoặc còn đang chờ, không cần gửi lại")
    return found.subscription_id


def _send_now(room: Room, key: str) -> Round:
    from monitor.alerts.matching import Matching
    from monitor.alerts.posting import make_post
    from monitor.alerts.scheduler import send_now
    from monitor.indexing import catch_up

    catch_up(room.desk)
    return send_now(room.desk, key, room.now, matching=Matching(), post=make_post(room.desk.config))


def deliveries(
    context: typer.Context,
    which: Annotated[str | None, typer.Argument(metavar="THEO_DÕI", help="Chỉ của theo dõi này.")] = None,
    state: Annotated[list[State] | None, typer.Option(help="Chỉ trạng thái này; lặp lại được.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Số lần gửi mới nhất.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Các lần gửi, mới nhất trước: đến đâu, đã đến chưa, máy chủ nói gì."""
    from index.standing.alert_records import DeliveryState
    from monitor.alert_shapes import delivery_shape
    from monitor.alerts.saying import DELIVERIES, channel_said

    with open_room(context) as room:
        alerts = room.desk.archive.alerts
        key = None if which is None else room.find(which).id
        wanted = {one.value for one in state or ()}
        states = [known for known in get_args(DeliveryState) if known in wanted] if wanted else None
        found = alerts.deliveries(subscription_id=key, states=states, limit=limit)
        names = {one.id: one.name for one in alerts.subscriptions()}
    if as_json:
        out(shapes.dumps(list(map(delivery_shape, found))))
        return
    if not found:
        talk("Chưa có lần gửi nào như vậy.")
        return
    table = Table(
        "Số", "Khi nào", "Theo dõi", "Gửi đến", "Trạng thái", "Lần thử", "Máy chủ nói", box=None, pad_edge=False
    )
    for one in found:
        status = DELIVERIES[one.state] + (f", thử lại {day_said(one.next_try_at)}" if one.state == "waiting" else "")
        name = names.get(one.subscription_id, one.subscription_id)
        add_row(
            table, str(one.id), day_said(one.changed_at), name, channel_said(one.channel), status, str(one.attempts), one.answer or ""
        )  # fmt: skip
    table_console().print(table)
    if any(one.state == "unknown" for one in found):
        hint = "“Không rõ đã đến”: máy chủ không trả lời nên không tự gửi lại. Gửi lại: monitor alerts send --again SỐ"
        talk(with_command(hint, read_config(context.obj).data))


def digest(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Làm những gì đã đến hạn.")] = False,
    as_json: AsJson = False,
) -> None:
    """Một lượt điểm tin: tìm bài mới cho các theo dõi, soạn những điểm tin đến hạn và gửi đi. Dùng trong cron."""
    from monitor.alerts.matching import Matching
    from monitor.alerts.optin import forget_old
    from monitor.alerts.posting import make_post
    from monitor.alerts.scheduler import run_due
    from monitor.indexing import catch_up

    if not due:
        raise typer.BadParameter("nói rõ việc cần làm", param_hint="--due")
    with open_room(context) as room:
        catch_up(room.desk)
        forget_old(room.desk.archive.alerts, room.now)
        done = run_due(room.desk, room.now, matching=Matching(), post=make_post(room.desk.config))
        troubles = _troubles(room)
    _report(done, troubles, as_json=as_json, nothing="Chưa có gì đến hạn.")


def _troubles(room: Room) -> tuple[str, ...]:
    from monitor.alerts.checkup import troubles_said

    alerts = room.desk.archive.alerts
    return troubles_said(alerts, alerts.counts())


def _report(done: Round, troubles: tuple[str, ...], *, as_json: bool, nothing: str) -> None:
    """What a round did; exit 1 where something could not go out."""
    from monitor.alerts.saying import DELIVERIES

    states = done.sent.states
    if as_json:
        matched = {"articles": done.matched.articles, "found": done.matched.found, "left": done.matched.left}
        out(shapes.dumps({
            "matched": matched, "digests": done.digests, "deliveries": dict(states), "closed": dict(done.sent.closed),
            "busy": done.is_busy, "troubles": list(troubles),
        }))  # fmt: skip
    else:
        if done.matched.articles:
            out(f"Đã xem {done.matched.articles} bài mới: {done.matched.found} lượt khớp.")
        sent = ", ".join(f"{count} {DELIVERIES[state]}" for state, count in states.items())
        if done.digests or states:
            out(f"{done.digests} điểm tin mới; lượt gửi: {sent or 'không có'}.")
        elif not done.is_busy and not done.sent.closed:
            out(nothing)
    if done.is_busy:
        talk("Chương trình khác đang gửi (chẳng hạn monitor up), nên lượt này chỉ tìm bài. Không cần làm gì thêm.")
    for kind, said in done.sent.closed.items():
        talk(f"Chưa gửi được qua {kind}: {said}")
    for said in troubles:
        talk(f"Trục trặc: {said}")
    if troubles or done.sent.closed or states["refused"] or states["unknown"]:
        raise typer.Exit(1)
