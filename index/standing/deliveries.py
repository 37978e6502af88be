"""Digests on their way: one row a digest and channel, changed before and after anything is given to a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, literal, or_, select, update

from index.database import batched
from index.kept.tables import UtcMoment, deliveries, digests, subscriptions
from index.standing import matches
from index.standing.alert_records import ChannelKind, Delivery, DeliveryState, Digest, Subscription
from index.standing.subscriptions import channel_from_json, channel_to_json

CLOCK_SLACK = timedelta(minutes=5)
"""By so much a clock may be corrected without anything being tried again for it."""
_LOOKED_BACK = 50
"""How many earlier deliveries are looked through for the last one on the same channel."""


# --- cutting ---


def cut(
    connection: Connection,
    subscription: Subscription,
    *,
    now: datetime,
    next_due_at: datetime | None,
    message_id: Callable[[int, int], str],
    even_if_empty: bool,
) -> Digest | None:
    """Put what is untold into a digest, with a delivery for each channel, and set when the next one is due.

    None where there is nothing to tell, or where the subscription has moved on since it was read.
    """
    due = subscriptions.c.next_due_at
    is_as_read = due.is_(None) if subscription.next_due_at is None else due == subscription.next_due_at
    mine = (subscriptions.c.id == subscription.id) & (subscriptions.c.state == "active") & is_as_read
    if not connection.execute(update(subscriptions).where(mine).values(next_due_at=next_due_at, trouble=None)).rowcount:
        return None
    if not even_if_empty and not matches.count_untold(connection, subscription.id):
        return None
    before = subscription.last_digest_at or subscription.confirmed_at or subscription.made_at
    values = {"subscription_id": subscription.id, "made_at": now, "since": min(before, now)}
    made = connection.execute(insert(digests).values(values)).inserted_primary_key
    assert made is not None
    key = int(made[0])
    matches.tell(connection, subscription.id, key)
    connection.execute(update(subscriptions).where(subscriptions.c.id == subscription.id).values(last_digest_at=now))
    rows = [
        {
            "digest_id": key, "subscription_id": subscription.id, "kind": channel.kind,
            "channel": channel_to_json(channel), "state": "waiting", "attempts": 0, "next_try_at": now,
            "message_id": message_id(key, place), "changed_at": now,
        }
        for place, channel in enumerate(subscription.channels)
        if channel.kind != "atom"
    ]  # fmt: skip
    if rows:
        connection.execute(insert(deliveries), rows)
    return matches.load_digests(connection, digests.c.id == key)[0]


# --- the steps of one delivery ---


def load_due(connection: Connection, now: datetime, limit: int, subscription_id: str | None) -> tuple[Delivery, ...]:
    """What may be sent now, the longest waiting first; of active subscriptions.

    What was last changed in the future waits no longer: the clock was set back, and its next try may be far away.
    """
    is_due = or_(deliveries.c.next_try_at <= now, deliveries.c.changed_at > now + CLOCK_SLACK)
    statement = (
        select(deliveries)
        .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .where(deliveries.c.state == "waiting", is_due, subscriptions.c.state == "active")
        .order_by(deliveries.c.next_try_at, deliveries.c.id)
    )
    if subscription_id is not None:
        statement = statement.where(subscriptions.c.id == subscription_id)
    return tuple(map(_delivery, connection.execute(statement.limit(limit))))


def load_next_moment(connection: Connection, now: datetime) -> datetime | None:
    """The first moment after `now` at which a subscription or a delivery is due."""
    due, tried = subscriptions.c.next_due_at, deliveries.c.next_try_at
    moments = (
        connection.scalar(select(func.min(due)).where(subscriptions.c.state == "active", due > now)),
        connection.scalar(select(func.min(tried)).where(deliveries.c.state == "waiting", tried > now)),
    )
    return min(filter(None, moments), default=None)


def hand_over(connection: Connection, key: int, now: datetime) -> bool:
    """Note that the message is about to be given away; False where somebody else has taken this delivery."""
    waiting = (deliveries.c.id == key) & (deliveries.c.state == "waiting")
    values = {"state": "handing_over", "changed_at": now, "first_tried_at": _first(now)}
    return bool(connection.execute(update(deliveries).where(waiting).values(values)).rowcount)


def settle(
    connection: Connection,
    key: int,
    state: DeliveryState,
    *,
    answer: str,
    now: datetime,
    next_try_at: datetime | None,
    pause: str | None,
) -> None:
    """Note how a try ended. `pause` is why its subscription is to be paused."""
    open_ones = (deliveries.c.id == key) & deliveries.c.state.in_(("waiting", "handing_over", "unknown"))
    values: dict[str, Any] = {
        "state": state, "answer": answer, "changed_at": now, "first_tried_at": _first(now),
        "attempts": deliveries.c.attempts + 1,
    }  # fmt: skip
    if next_try_at is not None:
        values["next_try_at"] = next_try_at
    connection.execute(update(deliveries).where(open_ones).values(values))
    if pause is not None:
        of = select(deliveries.c.subscription_id).where(deliveries.c.id == key).scalar_subquery()
        active = (subscriptions.c.id == of) & (subscriptions.c.state == "active")
        connection.execute(update(subscriptions).where(active).values(state="paused", reason=pause))


def recover(connection: Connection, now: datetime, answer: str) -> tuple[int, ...]:
    """What a sender left behind when it died: nobody knows whether the server has it. A file is written again."""
    left = deliveries.c.state == "handing_over"
    ids = tuple(connection.scalars(select(deliveries.c.id).where(left, deliveries.c.kind != "folder")))
    lost = {"state": "unknown", "answer": answer, "changed_at": now, "attempts": deliveries.c.attempts + 1}
    connection.execute(update(deliveries).where(left, deliveries.c.kind != "folder").values(lost))
    connection.execute(update(deliveries).where(left).values(state="waiting", changed_at=now))
    return ids


def put_off(connection: Connection, ids: Sequence[int], until: datetime, now: datetime, answer: str | None) -> None:
    """Let these wait, without that having been a try. `answer` is why, where a person may have to do something."""
    values: dict[str, Any] = {"next_try_at": until, "changed_at": now}
    if answer is not None:
        values["answer"] = answer
    for some in batched(ids):
        waiting = deliveries.c.id.in_(some) & (deliveries.c.state == "waiting")
        connection.execute(update(deliveries).where(waiting).values(values))


def put_off_kind(connection: Connection, kind: ChannelKind, until: datetime, now: datetime, answer: str) -> None:
    """Let all wait that would go the same way."""
    waiting = (deliveries.c.kind == kind) & (deliveries.c.state == "waiting") & (deliveries.c.next_try_at <= until)
    values = {"next_try_at": until, "changed_at": now, "answer": answer}
    connection.execute(update(deliveries).where(waiting).values(values))


def send_again(connection: Connection, key: int, now: datetime) -> Delivery | None:
    """Let a delivery wait again that is unknown or refused; None where it is neither."""
    over = (deliveries.c.id == key) & deliveries.c.state.in_(("unknown", "refused"))
    values = {"state": "waiting", "attempts": 0, "first_tried_at": None, "next_try_at": now, "changed_at": now}
    if not connection.execute(update(deliveries).where(over).values(values)).rowcount:
        return None
    return load(connection, deliveries.c.id == key)[0]


def _first(now: datetime) -> ColumnElement[Any]:
    return func.coalesce(deliveries.c.first_tried_at, literal(now, UtcMoment()))


# --- reading ---


def load(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Delivery, ...]:
    """The newest first."""
    statement = select(deliveries).where(*where).order_by(deliveries.c.id.desc()).limit(limit)
    return tuple(map(_delivery, connection.execute(statement)))


def load_before(connection: Connection, delivery: Delivery) -> Delivery | None:
    """The last delivery before this one to the same place."""
    earlier = (deliveries.c.subscription_id == delivery.subscription_id) & (deliveries.c.digest_id < delivery.digest_id)
    same_kind = deliveries.c.kind == delivery.channel.kind
    for one in load(connection, earlier, same_kind, limit=_LOOKED_BACK):
        if one.channel.address == delivery.channel.address:
            return one
    return None


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id, digest_id=row.digest_id, subscription_id=row.subscription_id, channel=channel_from_json(row.channel),
        state=row.state, attempts=row.attempts, first_tried_at=row.first_tried_at, next_try_at=row.next_try_at,
        message_id=row.message_id, answer=row.answer, changed_at=row.changed_at,
    )  # fmt: skip
