"""What is done to subscriptions that are there: found by what a person types, paused, taken up again, ended."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import Subscription
from models.text import normalise
from monitor.alerts.wishes import Keys, is_asked_already
from monitor.errors import MonitorError

REMOVED = "người quản trị đã hủy"
"""Why a subscription ended that its reader did not end: only such a one may be restored without asking the reader."""
_SHORTEST_PREFIX = 3


def draw_keys() -> Keys:
    """What a new subscription is known by; nobody guesses a token. The secret is written as Standard Webhooks has it."""
    secret = f"whsec_{b64encode(secrets.token_bytes(24)).decode()}"
    return Keys(id=secrets.token_hex(4), token=secrets.token_urlsafe(24), secret=secret)


def refuse_double(alerts: AlertArchive, subscription: Subscription) -> None:
    """Raise MonitorError where the owner of a new subscription already gets the same at the same place."""
    known = alerts.subscriptions(owner=subscription.owner, states=("unconfirmed", "active", "paused"))
    if (same := is_asked_already(subscription, known)) is not None:
        raise MonitorError(f"đã có theo dõi y như vậy: {same.id} “{same.name}”. Xem: monitor alerts show {same.id}")


def find_subscription(alerts: AlertArchive, typed: str) -> Subscription:
    """The subscription that a person means by its id, the beginning of it, or its name.

    Raises MonitorError where there is none, or several, and UnreadableError where what is stored of it makes no sense.
    """
    key = _key(typed)
    if (found := alerts.subscription(key)) is not None:
        return found
    everyone = alerts.subscriptions()
    running = [one for one in everyone if one.state != "ended"]
    for some in (running, everyone):
        means = [one for one in some if _is_meant(one, key)]
        if len(means) == 1:
            return means[0]
        if means:
            raise MonitorError(f"“{key}” có thể là nhiều theo dõi, hãy dùng mã: {_listed(means)}")
    raise MonitorError(f"không có theo dõi nào là “{key}”. Xem danh sách: monitor alerts list --all")


def _key(typed: str) -> str:
    return " ".join(normalise(typed).split())


def _is_meant(subscription: Subscription, key: str) -> bool:
    begins = len(key) >= _SHORTEST_PREFIX and subscription.id.startswith(key)
    return begins or subscription.name.casefold() == key.casefold()


def _listed(some: Iterable[Subscription]) -> str:
    return "; ".join(f"{one.id} ({one.name})" for one in some)


def pause(alerts: AlertArchive, subscription: Subscription, now: datetime) -> Subscription:
    """Let it rest, as its owner wishes: what comes meanwhile is not told later.

    Raises MonitorError for one that is not running.
    """
    if subscription.state == "unconfirmed":
        raise MonitorError("theo dõi này chưa được người nhận xác nhận nên chưa gửi gì. Không cần tạm dừng")
    if subscription.state == "ended":
        raise MonitorError(f"theo dõi này đã hủy. Nhận lại: monitor alerts resume {subscription.id}")
    return _changed(alerts.set_state(subscription.id, "paused", now), subscription)


def resume(alerts: AlertArchive, subscription: Subscription, now: datetime) -> Subscription:
    """Take up again what was paused or ended; what came meanwhile is not told, unless we had paused it.

    Raises MonitorError for one that its reader has not confirmed, or has ended: that is for the reader to say.
    """
    if subscription.state == "unconfirmed":
        raise MonitorError("người nhận chưa xác nhận. Chỉ họ xác nhận được, bằng liên kết trong thư đã gửi")
    if subscription.state == "ended" and is_outside(subscription) and subscription.confirmed_at is None:
        raise MonitorError("người nhận chưa từng xác nhận theo dõi này. Mời họ lại: monitor alerts add … --outside")
    if subscription.state == "ended" and is_readers_own(subscription):
        raise MonitorError(
            "người nhận đã tự hủy. Chỉ họ nhận lại được, ở liên kết trong các thư cũ hoặc bằng cách đăng ký lại"
        )
    return _changed(alerts.set_state(subscription.id, "active", now), subscription)


def remove(alerts: AlertArchive, subscription: Subscription, now: datetime) -> Subscription:
    """End it. It stays in the archive, and `resume` brings it back."""
    reason = subscription.reason if subscription.state == "ended" else REMOVED
    return _changed(alerts.set_state(subscription.id, "ended", now, reason=reason), subscription)


def remove_unreadable(alerts: AlertArchive, typed: str, now: datetime) -> None:
    """End one that `find_subscription` found by its id and could not read."""
    alerts.set_state(_key(typed), "ended", now, reason=REMOVED)


def is_outside(subscription: Subscription) -> bool:
    """Whether it is an outside reader's, who owns it by a mail address."""
    return any(channel.kind == "mail" and channel.address == subscription.owner for channel in subscription.channels)


def is_readers_own(subscription: Subscription) -> bool:
    """Whether an outside reader ended it, who had confirmed it before."""
    return is_outside(subscription) and subscription.reason != REMOVED


def has_said_no(alerts: AlertArchive, address: str) -> bool:
    """Whether an outside reader answered a confirmation mail with no: such an address is not written to again."""
    return any(
        is_readers_own(one) and one.confirmed_at is None
        for one in alerts.subscriptions(owner=address, states=("ended",))
    )


def _changed(found: Subscription | None, before: Subscription) -> Subscription:
    return found if found is not None else replace(before, state="ended")
