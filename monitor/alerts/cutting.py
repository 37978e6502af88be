"""What is untold ─► digests, when their time has come."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from index.standing.alert_records import Digest, Subscription
from monitor.alerts.schedule import quiet_until, reckon
from monitor.alerts.trouble import trouble_said
from monitor.assembly import Desk
from monitor.config import Config

log = logging.getLogger(__name__)


def cut_due(desk: Desk, now: datetime) -> tuple[Digest, ...]:
    """Make the digests that are due; a subscription is due once, however many of its times have passed.

    In quiet hours it stays due until they end. One without news is told of the silence where it wants to be. What goes
    wrong with one is kept as its trouble, holds up no other, and it stays due.
    """
    alerts = desk.archive.alerts
    due = alerts.due_subscriptions(now)
    news = alerts.with_news() if due else frozenset()
    later: dict[str, datetime] = {}
    digests = []
    for subscription in due:
        try:
            made = _cut_one(desk, subscription, now, has_news=subscription.id in news)
        except Exception as e:  # noqa: BLE001 - logged; an archive that is away fails there once more, and ends the round
            _note_trouble(desk, subscription, e)
            continue
        if isinstance(made, Digest):
            digests.append(made)
        elif made is not None:
            later[subscription.id] = made
    if later:
        alerts.set_due(later)
    return tuple(digests)


def _cut_one(desk: Desk, subscription: Subscription, now: datetime, *, has_news: bool) -> Digest | datetime | None:
    """Its digest, or when it is due next where there is none to make, or neither where it stays due as it is."""
    latest = reckon(subscription, now)
    if subscription.next_due_at is None or subscription.next_due_at > latest:
        if latest > now:
            return latest
        desk.archive.alerts.set_due({subscription.id: latest})
        subscription = replace(subscription, next_due_at=latest)
    if subscription.next_due_at is None or subscription.next_due_at > now or is_quiet(subscription, now):
        return None
    if not has_news and not tells_silence(subscription):
        return latest
    return cut(desk, subscription, now, next_due_at=latest)


def _note_trouble(desk: Desk, subscription: Subscription, error: Exception) -> None:
    """Once with all that there is to say; it is tried at each round."""
    said = trouble_said(error)
    if said != subscription.trouble:
        log.warning("the digest of subscription %s can't be made: %s", subscription.id, said, exc_info=error)
        desk.archive.alerts.note_trouble(subscription.id, said)


def cut_now(desk: Desk, subscription: Subscription, now: datetime) -> Digest | None:
    """Make a digest of what is untold because a person asks for it; its next time stays as it is.

    None where there is nothing to tell, or the subscription is not active.
    """
    return cut(desk, subscription, now, next_due_at=subscription.next_due_at)


def cut(desk: Desk, subscription: Subscription, now: datetime, *, next_due_at: datetime | None) -> Digest | None:
    domain = message_domain(desk.config)
    return desk.archive.alerts.cut(
        subscription,
        now,
        next_due_at=next_due_at,
        message_id=lambda digest, place: f"<{digest}.{place}.{secrets.token_hex(6)}@{domain}>",
        even_if_empty=tells_silence(subscription),
    )


def tells_silence(subscription: Subscription) -> bool:
    """Whether a digest without news is sent. An instant one is never due without news."""
    return subscription.tells_silence and subscription.schedule.every != "instant"


def is_quiet(subscription: Subscription, now: datetime) -> bool:
    """Whether nothing is to be sent now."""
    return quiet_until(subscription.quiet, subscription.timezone, now) is not None


def message_domain(config: Config) -> str:
    """What our Message-IDs end with.

    >>> message_domain(Config(mail_from="Điểm tin <a@tinh.example>")), message_domain(Config(base_url="https://tin.example/x"))
    ('tinh.example', 'tin.example')
    """
    of_mail = (config.mail_address or "").rpartition("@")[2]
    domain = of_mail or urlsplit(config.base_url or "").hostname or "monitor.invalid"
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return "monitor.invalid"
