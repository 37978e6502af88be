"""How alerts stand, and what to do where they do not go well: for `monitor doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import AlertCounts, SubscriptionState, Unreadable
from monitor.alerts.trouble import trouble_said
from monitor.assembly import make_mailer
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.smtp import SmtpMailer

Looked = tuple[bool | None, str, str]
"""Whether it is in order (None: worth a look), what was looked at, and what there is to say."""


def look_at_alerts(config: Config, alerts: AlertArchive) -> Iterator[Looked]:
    """The subscriptions, what is under way, and the way that mail takes."""
    counts = alerts.counts()
    yield _subscriptions(counts, troubles_said(alerts, counts))
    if counts.deliveries:
        yield _deliveries(counts)
    has_mail = any(
        channel.kind == "mail" for one in alerts.subscriptions(states=("active",)) for channel in one.channels
    )
    if has_mail or config.smtp_url is not None:
        yield _mail(config)
    if has_mail and config.base_url is None:
        said = "chưa đặt, nên thư không có liên kết để xác nhận và hủy nhận tin. Đặt MONITOR_BASE_URL"
        yield None, "Địa chỉ trang web", said


_STATES: dict[SubscriptionState, str] = {
    "active": "đang chạy",
    "unconfirmed": "chờ xác nhận",
    "paused": "tạm dừng",
    "ended": "đã hủy",
}


def troubles_said(alerts: AlertArchive, counts: AlertCounts) -> tuple[str, ...]:
    """What goes wrong again and again in matching and making digests, and why; nothing of it is lost."""
    said = []
    if counts.held_up:
        newest = "".join(f" (mới nhất: {one.article_id}, {one.why})" for one in alerts.held_up(1))
        said.append(f"{counts.held_up} bài chưa đối chiếu xong, được thử lại mỗi lượt{newest}")
    if counts.troubled:
        said.append(
            f"{counts.troubled} theo dõi chưa soạn được điểm tin, được thử lại mỗi lượt; lý do xem ở: monitor alerts list"
        )
    said += map(unreadable_said, alerts.unreadable())
    return tuple(said)


def unreadable_said(one: Unreadable) -> str:
    """That a subscription is left out, and what to do."""
    return (
        f"theo dõi {one.id} “{one.name}” của {one.owner} không đọc được trong kho lưu trữ nên bị bỏ qua "
        f"({trouble_said(one.error)}). Thêm lại, rồi bỏ bản hỏng: monitor alerts remove {one.id}"
    )


def _subscriptions(counts: AlertCounts, troubles: Sequence[str]) -> Looked:
    if not counts.subscriptions:
        return True, "Theo dõi", "chưa có. Thêm: monitor alerts add"
    known = ((counts.subscriptions.get(state, 0), word) for state, word in _STATES.items())
    said = ", ".join(f"{count} {word}" for count, word in known if count)
    if counts.untold:
        said += f"; {counts.untold} tin khớp chưa đến giờ báo"
    if new := counts.unmatched - counts.held_up:
        said += f"; {new} bài mới chờ đối chiếu ở lượt tới"
    if counts.paused_by_us:
        said += f"; {counts.paused_by_us} bị dừng vì có trục trặc, lý do xem ở: monitor alerts list"
    said = "; ".join((said, *troubles))
    return None if counts.paused_by_us or troubles else True, "Theo dõi", said


def _deliveries(counts: AlertCounts) -> Looked:
    number = counts.deliveries
    parts = [f"{number.get('sent', 0)} đã gửi"]
    if waiting := number.get("waiting", 0) + number.get("handing_over", 0):
        parts.append(f"{waiting} đang chờ")
    if counts.late:
        parts.append(f"trong đó {counts.late} chưa gửi được và sẽ được thử lại, lý do gần nhất: {counts.last_answer}")
    if refused := number.get("refused", 0):
        parts.append(f"{refused} bị từ chối (monitor alerts deliveries --state refused)")
    if unknown := number.get("unknown", 0):
        parts.append(
            f"{unknown} không rõ đã đến nơi, không tự gửi lại (monitor alerts deliveries --state unknown, rồi monitor alerts "
            "send --again SỐ nếu người nhận chưa có)"
        )
    return None if counts.late or refused or unknown else True, "Gửi tin", "; ".join(parts)


def _mail(config: Config) -> Looked:
    """Speak to the mail server as for a message, and send none."""
    try:
        mailer = make_mailer(config)
        if isinstance(mailer, SmtpMailer):
            mailer.greet()
            mailer.close()
            return True, "Máy chủ thư", f"trả lời tốt; thư gửi từ {config.mail_address}"
    except MonitorError as e:
        return False, "Máy chủ thư", str(e)
    return True, "Máy chủ thư", "chưa dùng: thư được ghi thành tệp .eml trong thư mục"
