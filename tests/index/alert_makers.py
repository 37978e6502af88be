"""Makers of alerts' records, each with what a test does not care about filled in."""

from __future__ import annotations

from typing import Any

from index.archive import Archive
from index.records import NewArticle
from index.standing.alert_records import Channel, Schedule, Subscription
from tests.index.makers import NOON, an_annotation, an_article

MAIL = Channel(kind="mail", address="lan@tinh.example")


def a_subscription(
    id: str = "s1",  # noqa: A002 - the record's own name for it
    *,
    query: str = "chuyển đổi số",
    channels: tuple[Channel, ...] = (MAIL,),
    schedule: Schedule = Schedule(every="instant"),  # noqa: B008 - frozen
    **fields: Any,
) -> Subscription:
    plain = {"name": "Chuyển đổi số", "owner": "lan", "token": f"token-{id}", "made_at": NOON, **fields}
    return Subscription(id=id, query=query, channels=channels, schedule=schedule, **plain)


def store(archive: Archive, *paths: str, title: str = "Tin về chuyển đổi số", **fields: Any) -> list[str]:
    """Store new articles of these paths; their ids."""
    items = [NewArticle(article=an_article(path, title=title, **fields), annotation=an_annotation()) for path in paths]
    return [stored.id for stored in archive.store_articles(items, NOON)]
