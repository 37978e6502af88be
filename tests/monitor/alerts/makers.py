"""A desk with subscriptions and articles, and small messages where the real ones are not what is tested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from index.standing.alert_records import Channel, Digest, Subscription
from monitor.alerts.parts import Post
from monitor.assembly import Desk, make_mailer, open_desk
from monitor.config import Config
from monitor.webhooks import WebhookCaller

SENDER = "diem-tin@tinh.example"


@contextmanager
def a_desk(folder: Path, *, smtp_port: int | None = None, **settings: Any) -> Iterator[Desk]:
    """A store of the test's own, whose mail goes to a server on this machine."""
    if smtp_port is not None:
        settings |= mail_settings(smtp_port)
    with open_desk(Config(data=folder, **settings)) as desk:
        yield desk


def mail_settings(port: int) -> dict[str, Any]:
    return {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": SENDER, "smtp_timeout": 5.0}


def a_post(desk: Desk, **parts: Any) -> Post:
    plain = {
        "write_message": plain_message, "write_values": plain_values, "open_mailer": lambda: make_mailer(desk.config),
        "webhooks": WebhookCaller(allow_private=True),
    }  # fmt: skip
    return Post(**{**plain, **parts})


def plain_message(
    desk: Desk, subscription: Subscription, digest: Digest, *, message_id: str, now: datetime, uncertain: Digest | None,
    channel: Channel,
) -> EmailMessage:  # fmt: skip
    """What it tells of stands in its text, an article's id a line."""
    message = EmailMessage()
    message["From"], message["Message-ID"] = SENDER, message_id
    message["To"] = channel.address or "ai@tinh.example"
    message["Subject"] = f"{subscription.name}: {len(digest.matches)}"
    doubt = f"kỳ {uncertain.id} có thể chưa đến\n" if uncertain else ""
    message.set_content(doubt + "".join(f"{match.article_id}\n" for match in digest.matches))
    return message


def plain_values(
    desk: Desk, subscription: Subscription, digest: Digest, *, message_id: str, now: datetime, uncertain: Digest | None,
    channel: Channel,
) -> dict[str, Any]:  # fmt: skip
    return {
        "subject": subscription.name,
        "text": str(len(digest.matches)),
        "articles": [m.article_id for m in digest.matches],
    }
