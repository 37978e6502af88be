"""The topics that users added, with their examples."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from index.database import insert_into
from index.kept.tables import own_topics
from index.records import SavedTopic
from models.topics.own_topics import OwnExample, OwnTopic


def save_topic(connection: Connection, saved: SavedTopic, now: datetime) -> None:
    """Add a topic, or put it in the place of the one with its slug."""
    topic = saved.topic
    columns: dict[str, Any] = {
        "slug": topic.slug,
        "name": topic.name,
        "words": list(topic.words),
        "examples": [{"title": one.title, "text": one.text, "is_topic": one.is_topic} for one in saved.examples],
        "weights": [list(pair) for pair in topic.weights],
        "bias": topic.bias,
        "made_at": now,
    }
    upsert = insert_into(connection, own_topics).values(columns)
    connection.execute(upsert.on_conflict_do_update(index_elements=["slug"], set_=columns))


def remove_topic(connection: Connection, slug: str) -> None:
    connection.execute(delete(own_topics).where(own_topics.c.slug == slug))


def load_topics(connection: Connection) -> tuple[SavedTopic, ...]:
    """By slug."""
    return tuple(map(_saved, connection.execute(select(own_topics).order_by(own_topics.c.slug))))


def _saved(row: Row[Any]) -> SavedTopic:
    weights = tuple((str(name), float(weight)) for name, weight in row.weights)
    topic = OwnTopic(slug=row.slug, name=row.name, words=tuple(row.words), weights=weights, bias=row.bias)
    return SavedTopic(topic=topic, examples=tuple(OwnExample(**example) for example in row.examples))
