"""What people say of an article's topics: each correction is kept, the last of a topic holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from index.kept import outbox
from index.kept.documents import corrected_topics, is_current_annotation, is_current_version
from index.kept.tables import article_annotations, article_versions, articles, corrections
from index.records import Corrected, Correction

_COLUMNS = ("article_id", "topic", "was", "now", "who", "at", "note")


def correct(
    connection: Connection, key: str, said: dict[str, bool | None], *, who: str, note: str | None, now: datetime
) -> tuple[Correction, ...]:
    """Let the article carry topics, or not, or as the models say (None); what that changes, kept with who and when.

    What holds already is not said again. The article goes into the outbox. Unknown articles are left alone.
    """
    row = connection.execute(_current().where(articles.c.id == key)).one_or_none()
    if row is None:
        return ()
    before = dict(row.corrected or {})
    carried = set(_topics_of(row))
    changed = {topic: now_said for topic, now_said in said.items() if before.get(topic) is not now_said}
    made = tuple(
        Correction(
            article_id=key, topic=topic, was=topic in carried, now=verdict, who=who, at=now, note=note, url=row.url,
            title=row.title,
        )
        for topic, verdict in changed.items()
    )  # fmt: skip
    if not made:
        return ()
    connection.execute(insert(corrections), [{name: getattr(one, name) for name in _COLUMNS} for one in made])
    after = {topic: verdict for topic, verdict in (before | changed).items() if verdict is not None}
    connection.execute(update(articles).where(articles.c.id == key).values(corrected=after or None))
    outbox.mark(connection, [key])
    return made


def load_corrections(connection: Connection, key: str | None, limit: int | None) -> tuple[Correction, ...]:
    """All that was said, the newest first; of one article, or of all."""
    statement = (
        select(corrections, articles.c.url, article_versions.c.title)
        .join(articles, articles.c.id == corrections.c.article_id)
        .join(article_versions, is_current_version())
        .order_by(corrections.c.id.desc())
    )
    if key is not None:
        statement = statement.where(corrections.c.article_id == key)
    return tuple(map(_correction, connection.execute(statement.limit(limit))))


def load_corrected(connection: Connection) -> Iterator[Corrected]:
    """The articles about whose topics people have had a say, by id."""
    statement = _current().where(articles.c.corrected.is_not(None)).order_by(articles.c.id)
    for row in connection.execute(statement):
        yield Corrected(
            id=row.id,
            title=row.title,
            text=f"{row.lead}\n\n{row.text}" if row.lead else row.text,
            topics=corrected_topics(_topics_of(row, said=False), row.corrected),
            said=dict(row.corrected),
        )


def forget_topic(connection: Connection, topic: str, ids: Iterable[str]) -> None:
    """Drop what was said of a topic that is no more; the audit keeps it."""
    for key in ids:
        said = dict(connection.scalar(select(articles.c.corrected).where(articles.c.id == key)) or {})
        said.pop(topic, None)
        connection.execute(update(articles).where(articles.c.id == key).values(corrected=said or None))
        outbox.mark(connection, [key])


def _current() -> Select[Any]:
    about = (articles.c.id, articles.c.url, articles.c.corrected)
    words = (article_versions.c.title, article_versions.c.lead, article_versions.c.text)
    statement = select(*about, *words, article_annotations.c.topics).join(article_versions, is_current_version())
    return statement.outerjoin(article_annotations, is_current_annotation())


def _topics_of(row: Row[Any], *, said: bool = True) -> tuple[str, ...]:
    found = [one["topic"] for one in row.topics or ()]
    return corrected_topics(found, row.corrected if said else None)


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        article_id=row.article_id, topic=row.topic, was=row.was, now=row.now, who=row.who, at=row.at, note=row.note,
        url=row.url, title=row.title,
    )  # fmt: skip
