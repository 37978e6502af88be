"""Sends the confirmation mail to an outside reader."""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid
from urllib.parse import urlsplit

from index.standing.alert_records import Subscription
from monitor.alerts.optin import write_confirmation
from monitor.alerts.saying import Called
from monitor.assembly import Desk, make_mailer
from monitor.config import Config
from monitor.errors import MonitorError


def can_invite(config: Config) -> bool:
    """Whether outside readers can sign up: mail goes out, and links in it lead back."""
    return config.smtp_url is not None and config.base_url is not None


def invite(
    desk: Desk, subscription: Subscription, called: Called, now: datetime, *, asked_by: str | None = None
) -> None:
    """Send the one mail that asks a reader whether they want this subscription.

    Raises MonitorError where it could not be sent for sure; what it asks about stays until it is forgotten.
    """
    base_url = desk.config.base_url
    if base_url is None:
        raise MonitorError(
            "chưa đặt MONITOR_BASE_URL nên thư xác nhận không có liên kết. Đặt nó, ví dụ https://tin.tinh.gov.vn"
        )
    host = urlsplit(base_url).hostname or "localhost"
    message = write_confirmation(
        subscription, called, base_url=base_url, now=now, asked_by=asked_by, message_id=make_msgid(domain=host),
        mail_from=desk.config.mail_from or f"Theo dõi tin <diem-tin@{host}>",
    )  # fmt: skip
    mailer = make_mailer(desk.config)
    try:
        answer = mailer.send(message, subscription.owner, handing_over=lambda: None)
    finally:
        mailer.close()
    if answer.outcome not in ("taken", "unknown"):
        raise MonitorError(f"máy chủ thư không nhận thư xác nhận cho {subscription.owner}: {answer.said}")
