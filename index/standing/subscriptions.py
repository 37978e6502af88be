"""Who asked for what, as it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, or_, select, update

from index.codec import Json
from index.database import batched
from index.errors import UnreadableError
from index.kept.tables import deliveries, matches, subscriptions, unmatched
from index.readable import UNREADABLE, read_each
from index.standing.alert_records import (
    Channel,
    Condition,
    Every,
    QuietHours,
    Schedule,
    Subscription,
    SubscriptionState,
    Unreadable,
)

_PLAIN = (
    "id", "name", "owner", "query", "timezone", "language", "tells_silence", "state", "reason", "trouble", "token",
    "made_at", "confirmed_at", "next_due_at", "last_digest_at",
)  # fmt: skip
_LISTS = ("topics", "places", "sources")


def is_listening() -> ColumnElement[bool]:
    """Active ones, and those that were paused by us (a dead address): what they miss is told when they go on."""
    paused_by_us = (subscriptions.c.state == "paused") & subscriptions.c.reason.is_not(None)
    return or_(subscriptions.c.state == "active", paused_by_us)


def _listens(state: SubscriptionState, reason: str | None) -> bool:
    return state == "active" or (state == "paused" and reason is not None)


def add(connection: Connection, subscription: Subscription) -> None:
    values = {**_columns(subscription), "hears_after": newest_mark(connection)}
    connection.execute(insert(subscriptions).values(values))


def change(connection: Connection, subscription: Subscription) -> None:
    """Everything that its owner may change; its state and what was sent stay."""
    values = _columns(subscription)
    for name in ("state", "reason", "token", "made_at", "confirmed_at", "last_digest_at"):
        del values[name]
    connection.execute(update(subscriptions).where(subscriptions.c.id == subscription.id).values(values))


def set_state(
    connection: Connection, key: str, state: SubscriptionState, *, reason: str | None, now: datetime
) -> Subscription | None:
    """The subscription as it is from now on; None where there is no such one, or none that can be read."""
    before = connection.execute(
        select(subscriptions.c.state, subscriptions.c.reason).where(subscriptions.c.id == key)
    ).first()
    if before is None:
        return None
    values: dict[str, Any] = {"state": state, "reason": reason}
    if state == "active" and before.state != "active":
        values["next_due_at"] = None
        if not _listens(before.state, before.reason):
            values["hears_after"] = newest_mark(connection)
        if before.state == "unconfirmed":
            values["confirmed_at"] = now
    connection.execute(update(subscriptions).where(subscriptions.c.id == key).values(values))
    if state == "ended":
        waiting = (deliveries.c.subscription_id == key) & (deliveries.c.state == "waiting")
        said = {"state": "refused", "answer": "đã hủy theo dõi trước khi gửi", "changed_at": now}
        connection.execute(update(deliveries).where(waiting).values(said))
    with suppress(UnreadableError):
        return load_one(connection, subscriptions.c.id == key)
    return None


def set_due(connection: Connection, moments: dict[str, datetime]) -> None:
    for key, moment in moments.items():
        connection.execute(
            update(subscriptions).where(subscriptions.c.id == key).values(next_due_at=moment, trouble=None)
        )


def note_trouble(connection: Connection, key: str, trouble: str) -> None:
    connection.execute(update(subscriptions).where(subscriptions.c.id == key).values(trouble=trouble))


def forget_unconfirmed(connection: Connection, made_before: datetime) -> int:
    old = (subscriptions.c.state == "unconfirmed") & (subscriptions.c.made_at < made_before)
    return connection.execute(delete(subscriptions).where(old)).rowcount


def newest_mark(connection: Connection) -> int:
    """The newest of the articles that wait to be matched. None waits: 0, for all that follow are newer."""
    return connection.scalar(select(func.max(unmatched.c.mark))) or 0


def load_due(connection: Connection, now: datetime) -> tuple[Subscription, ...]:
    """See AlertArchive.due_subscriptions."""
    due, every = subscriptions.c.next_due_at, subscriptions.c.every
    has_news = exists().where(matches.c.subscription_id == subscriptions.c.id, matches.c.digest_id.is_(None))
    is_due = (due <= now) & or_(every != "instant", has_news)
    too_far = [(every == name) & (due > now + longest) for name, longest in _LONGEST.items()]
    return load_all(connection, subscriptions.c.state == "active", or_(due.is_(None), is_due, *too_far))


_LONGEST: dict[Every, timedelta] = {
    "instant": timedelta(0), "hourly": timedelta(hours=1), "daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)
}  # fmt: skip
"""From one time to the next, at most: an hour longer where summer time ends."""


# --- reading ---


def load_one(connection: Connection, where: ColumnElement[bool]) -> Subscription | None:
    """UnreadableError where what is stored of it makes no sense."""
    try:
        row = connection.execute(select(subscriptions).where(where)).one_or_none()
        return None if row is None else subscription_of(row)
    except UNREADABLE as e:
        key = connection.scalar(select(subscriptions.c.id).where(where))
        raise UnreadableError(f"không đọc được theo dõi {key} trong kho lưu trữ ({type(e).__name__}: {e})") from e


def load_all(connection: Connection, *where: ColumnElement[bool]) -> tuple[Subscription, ...]:
    """By when they were made. Those of which what is stored makes no sense are left out: see `load_unreadable`."""
    statement = select(subscriptions).where(*where).order_by(*_ORDER)
    try:
        return tuple(map(subscription_of, connection.execute(statement)))
    except UNREADABLE:
        return tuple(_load_each(connection, where)[0])


def load_unreadable(connection: Connection, *where: ColumnElement[bool]) -> tuple[Unreadable, ...]:
    """Those that `load_all` leaves out."""
    wrong = _load_each(connection, where)[1]
    plain = select(*(subscriptions.c[name] for name in ("id", "name", "owner", "state")))
    rows = [connection.execute(plain.where(subscriptions.c.id == key)).one() for key in wrong]
    return tuple(
        Unreadable(id=row.id, name=row.name, owner=row.owner, state=row.state, error=wrong[row.id]) for row in rows
    )  # fmt: skip


_ORDER = (subscriptions.c.made_at, subscriptions.c.id)


def _load_each(
    connection: Connection, where: Sequence[ColumnElement[bool]]
) -> tuple[list[Subscription], dict[str, Exception]]:
    def load(keys: Sequence[str]) -> list[Subscription]:
        found: dict[str, Subscription] = {}
        for some in batched(keys):
            rows = connection.execute(select(subscriptions).where(subscriptions.c.id.in_(some)))
            found.update((row.id, subscription_of(row)) for row in rows)
        return [found[key] for key in keys]

    return read_each(load, connection.scalars(select(subscriptions.c.id).where(*where).order_by(*_ORDER)).all())


def subscription_of(row: Row[Any]) -> Subscription:
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    lists: dict[str, Any] = {name: tuple(getattr(row, name)) for name in _LISTS}
    return Subscription(
        **plain,
        **lists,
        condition=None if row.condition is None else _condition_from_json(row.condition),
        schedule=_schedule_from_json(row.schedule),
        quiet=None
        if row.quiet is None
        else QuietHours(**{key: time.fromisoformat(at) for key, at in row.quiet.items()}),
        channels=tuple(map(channel_from_json, row.channels)),
        hears_after=row.hears_after,
    )


# --- records ─► JSON and back ---


def _columns(subscription: Subscription) -> dict[str, Any]:
    condition, quiet, schedule = subscription.condition, subscription.quiet, subscription.schedule
    return {
        **{name: getattr(subscription, name) for name in _PLAIN},
        **{name: list(getattr(subscription, name)) for name in _LISTS},
        "condition": None if condition is None else _condition_to_json(condition),
        "schedule": {"every": schedule.every, "at": schedule.at.isoformat(), "weekday": schedule.weekday},
        "every": schedule.every,
        "quiet": None if quiet is None else {"start": quiet.start.isoformat(), "end": quiet.end.isoformat()},
        "channels": list(map(channel_to_json, subscription.channels)),
    }


def channel_to_json(channel: Channel) -> Json:
    return {field.name: getattr(channel, field.name) for field in fields(Channel)}


def channel_from_json(values: Json) -> Channel:
    return Channel(**values)


def _condition_to_json(condition: Condition) -> Json:
    values = {field.name: getattr(condition, field.name) for field in fields(Condition)}
    return {**values, "bound": None if condition.bound is None else str(condition.bound)}


def _condition_from_json(values: Json) -> Condition:
    bound = values["bound"]
    return Condition(**{**values, "bound": None if bound is None else Decimal(bound)})


def _schedule_from_json(values: Json) -> Schedule:
    return Schedule(every=values["every"], at=time.fromisoformat(values["at"]), weekday=values["weekday"])
