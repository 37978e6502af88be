"""What the reader's own page says, in the language of the subscription."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from index.standing.alert_records import Subscription
from monitor.alerts.optin import CONFIRM_WITHIN, Action
from monitor.telling import day_said
from monitor.words import HERE

Language = Literal["vi", "en"]
ACTIONS: Mapping[Language, Mapping[Action, str]] = {
    "vi": {"confirm": "Xác nhận", "pause": "Tạm dừng", "resume": "Nhận lại", "end": "Hủy theo dõi"},
    "en": {"confirm": "Confirm", "pause": "Pause", "resume": "Resume", "end": "Unsubscribe"},
}
LABELS: Mapping[Language, Mapping[str, str]] = {
    "vi": {"when": "Nhịp gửi", "to": "Gửi đến", "feed": "Nguồn Atom", "open": "mở", "kind": "Theo dõi tin", "not_me": "Không phải tôi"},
    "en": {"when": "Sent", "to": "To", "feed": "Atom feed", "open": "open", "kind": "News alert", "not_me": "Not me"},
}  # fmt: skip


def state_said(subscription: Subscription) -> str:
    """Where it stands, and what comes next."""
    vi = subscription.language == "vi"
    match subscription.state:
        case "unconfirmed":
            until = day_said((subscription.made_at + CONFIRM_WITHIN).astimezone(HERE).date())
            if vi:
                return f"Chưa xác nhận. Bấm “Xác nhận” để bắt đầu nhận tin; nếu không, đăng ký này tự hết hiệu lực ngày {until}."
            return f"Not confirmed yet. Press “Confirm” to receive news; if you do not, the request lapses on {until}."
        case "active":
            next_at = day_said(subscription.next_due_at) if subscription.next_due_at else ""
            if vi:
                return "Đang theo dõi." + (f" Lần gửi tới, nếu có tin: {next_at}." if next_at else "")
            return "Active." + (f" Next mail, if there is news: {next_at} (Vietnam time)." if next_at else "")
        case "paused":
            why = f": {subscription.reason}" if subscription.reason else ""
            return f"Đang tạm dừng{why}." if vi else f"Paused{why}."
        case "ended":
            return "Đã hủy. Bạn sẽ không nhận thêm thư nào." if vi else "Ended. No further mail will come."
