"""What sending is put together from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Protocol, TypeVar

from index.standing.alert_records import Channel, Digest, Subscription
from monitor.assembly import Desk
from monitor.mail import Mailer
from monitor.webhooks import WebhookCaller

Written = TypeVar("Written", covariant=True)


class Writer(Protocol[Written]):
    """Puts a digest into words for one of its channels.

    `uncertain` is the digest before it, where nobody knows whether that arrived. What it raises as MonitorError no try
    will mend.
    """

    def __call__(
        self,
        desk: Desk,
        subscription: Subscription,
        digest: Digest,
        *,
        message_id: str,
        now: datetime,
        uncertain: Digest | None,
        channel: Channel,
    ) -> Written: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """All that sending needs."""

    write_message: Writer[EmailMessage]
    write_values: Writer[Mapping[str, Any]]
    """For a webhook: "subject" and "text" at least; all of them go into our own JSON."""
    open_mailer: Callable[[], Mailer]
    """Raises MonitorError where there is no way for mail."""
    webhooks: WebhookCaller
