"""What a round of alerts is put together from. Each part is made elsewhere; monitor/alerts/joined.py puts in the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Protocol, TypeVar

from index.alert_records import Digest, Subscription
from index.base import Document, Query, Tier
from monitor.assembly import Desk
from monitor.mail import Mailer
from monitor.webhooks import WebhookCaller


class Matches(Protocol):
    """Tells which of many queries an article answers, and in which tier."""

    def match(self, document: Document) -> Iterator[tuple[str, Tier]]: ...


MakeMatcher = Callable[[Mapping[str, Query]], Matches]


Written = TypeVar("Written", covariant=True)


class Writer(Protocol[Written]):
    """Puts a digest into words. `uncertain` is the digest before it, where nobody knows whether that arrived."""

    def __call__(
        self,
        desk: Desk,
        subscription: Subscription,
        digest: Digest,
        *,
        message_id: str,
        now: datetime,
        uncertain: Digest | None,
    ) -> Written: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """All that sending needs."""

    write_message: Writer[EmailMessage]
    write_values: Writer[Mapping[str, Any]]
    """For a webhook: "subject" and "text" at least; all of them go into our own JSON."""
    open_mailer: Callable[[], Mailer]
    """Raises WayClosedError where there is no way for mail."""
    webhooks: WebhookCaller
