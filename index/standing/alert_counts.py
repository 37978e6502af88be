"""How alerts stand, in numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, func, select

from index.kept import tables
from index.standing import subscriptions
from index.standing.alert_records import AlertCounts


def count(connection: Connection) -> AlertCounts:
    """See AlertCounts."""
    subscribed, found, sent = tables.subscriptions, tables.matches, tables.deliveries
    listening = select(subscribed.c.id).where(subscriptions.is_listening())
    untold = found.c.digest_id.is_(None) & found.c.subscription_id.in_(listening)
    troubled = (subscribed.c.state == "active") & subscribed.c.trouble.is_not(None)
    held_up = tables.unmatched.c.why.is_not(None)
    paused_by_us = (subscribed.c.state == "paused") & subscribed.c.reason.is_not(None)
    late = (sent.c.state == "waiting") & sent.c.answer.is_not(None)
    newest = select(sent.c.answer).where(late).order_by(sent.c.changed_at.desc()).limit(1)
    return AlertCounts(
        subscriptions=_by_state(connection, subscribed),
        paused_by_us=connection.scalar(select(func.count()).select_from(subscribed).where(paused_by_us)) or 0,
        unmatched=connection.scalar(select(func.count()).select_from(tables.unmatched)) or 0,
        held_up=connection.scalar(select(func.count()).select_from(tables.unmatched).where(held_up)) or 0,
        untold=connection.scalar(select(func.count()).select_from(found).where(untold)) or 0,
        deliveries=_by_state(connection, sent),
        troubled=connection.scalar(select(func.count()).select_from(subscribed).where(troubled)) or 0,
        late=connection.scalar(select(func.count()).select_from(sent).where(late)) or 0,
        last_answer=connection.scalar(newest),
    )


def _by_state(connection: Connection, table: Table) -> dict[Any, int]:
    rows = connection.execute(select(table.c.state, func.count().label("number")).group_by(table.c.state))
    return {row.state: row.number for row in rows}
