"""Articles as the archive gives them back: as documents for the index, as versions, with what the models said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select

from crawlers.records import Article, Validators
from index.base import Document
from index.codec import metric_from_json, topics_from_json
from index.database import batched
from index.kept.frontier import moment_of
from index.kept.tables import article_annotations, article_versions, articles
from index.readable import read_each
from index.records import Kept
from index.terms import unpack
from models.records import Annotation
from models.terms import TERMS_VERSION


def is_current_version() -> Any:
    """Joins an article to its newest version."""
    return and_(article_versions.c.article_id == articles.c.id, article_versions.c.version == articles.c.version)


def is_current_annotation() -> Any:
    """Joins an article to what its newest models said of its newest version."""
    return and_(
        article_annotations.c.article_id == articles.c.id,
        article_annotations.c.version == articles.c.version,
        article_annotations.c.model_version == articles.c.annotated_by,
    )


def _documents(*, with_metrics: bool) -> Select[Any]:
    columns = [
        articles.c.id,
        articles.c.url,
        articles.c.address,
        articles.c.source_id,
        articles.c.cluster_id,
        articles.c.corrected,
        articles.c.revision,
        article_versions.c.title,
        article_versions.c.lead,
        article_versions.c.text,
        article_versions.c.published_at,
        article_versions.c.published_is_date,
        article_annotations.c.topics,
        article_annotations.c.places,
    ]
    if with_metrics:
        columns += (article_annotations.c.metrics, article_versions.c.terms, article_versions.c.terms_version)
    return (
        select(*columns)
        .join(article_versions, is_current_version())
        .outerjoin(article_annotations, is_current_annotation())
    )


# Built once, ids and all: SQLAlchemy finds what it compiled for the same statement sooner than for an equal one.
_IDS = articles.c.id.in_(bindparam("ids", expanding=True))
_BY_ID = {with_metrics: _documents(with_metrics=with_metrics).where(_IDS) for with_metrics in (True, False)}


def load_documents(connection: Connection, ids: Sequence[str], *, with_metrics: bool) -> tuple[Document, ...]:
    """The articles of these ids, in the order of the ids; unknown ones are left out."""
    found: dict[str, Document] = {}
    for some in batched(ids):
        rows = connection.execute(_BY_ID[with_metrics], {"ids": some})
        found.update((row.id, _document(row, with_metrics)) for row in rows)
    return tuple(found[key] for key in ids if key in found)


def load_readable(connection: Connection, ids: Sequence[str]) -> tuple[list[Document], dict[str, Exception]]:
    """As load_documents, and what is wrong with those of which the rows make no sense."""
    return read_each(partial(load_documents, connection, with_metrics=True), ids)


def load_ids_after(connection: Connection, last_id: str, limit: int) -> Sequence[str]:
    """The next articles by id: reading all of them this way holds no cursor open and little memory."""
    statement = select(articles.c.id).where(articles.c.id > last_id).order_by(articles.c.id).limit(limit)
    return connection.scalars(statement).all()


def load_seen_since(connection: Connection, since: datetime) -> dict[str, datetime]:
    """The articles that were first seen at this time or later, each with when."""
    statement = select(articles.c.id, articles.c.first_seen_at).where(articles.c.first_seen_at >= since)
    return {row.id: row.first_seen_at for row in connection.execute(statement)}


def load_first_seen(connection: Connection) -> datetime | None:
    first: datetime | None = connection.scalar(select(func.min(articles.c.first_seen_at)))
    return first


def count_after(connection: Connection, last_id: str) -> int:
    return connection.scalar(select(func.count()).select_from(articles).where(articles.c.id > last_id)) or 0


def count_unread(connection: Connection, model_version: str) -> int:
    statement = select(func.count()).select_from(articles)
    return connection.scalar(statement.where(articles.c.annotated_by.is_distinct_from(model_version))) or 0


_LACKS_TERMS = article_versions.c.terms_version.is_distinct_from(TERMS_VERSION)


def count_without_terms(connection: Connection) -> int:
    statement = select(func.count()).select_from(articles).join(article_versions, is_current_version())
    return connection.scalar(statement.where(_LACKS_TERMS)) or 0


def _document(row: Row[Any], with_metrics: bool) -> Document:
    return Document(
        id=row.id,
        url=row.address or row.url,
        title=row.title,
        lead=row.lead,
        text=row.text,
        published=moment_of(row),
        source=row.source_id,
        topics=corrected_topics([found["topic"] for found in row.topics or ()], row.corrected),
        places=tuple(row.places or ()),
        metrics=tuple(map(metric_from_json, row.metrics or ())) if with_metrics else (),
        revision=row.revision,
        terms=unpack(row.terms, row.terms_version) if with_metrics else None,
    )


def corrected_topics(found: Iterable[str], said: Mapping[str, bool] | None) -> tuple[str, ...]:
    """What the models found, with what people said of it: theirs come first, as they are certain.

    >>> corrected_topics(["security", "infrastructure"], {"infrastructure": False, "data_sharing": True})
    ('data_sharing', 'security')
    """
    if not said:
        return tuple(found)
    confirmed = [topic for topic, carries in said.items() if carries]
    return (*confirmed, *(topic for topic in found if topic not in said))


def load_articles_after(
    connection: Connection,
    last_id: str,
    limit: int,
    up_to: str | None = None,
    *,
    unread_by: str | None = None,
    without_terms: bool = False,
) -> tuple[Kept, ...]:
    statement = _article_rows().where(articles.c.id > last_id).order_by(articles.c.id).limit(limit)
    if up_to is not None:
        statement = statement.where(articles.c.id <= up_to)
    if unread_by is not None:
        statement = statement.where(articles.c.annotated_by.is_distinct_from(unread_by))
    if without_terms:
        statement = statement.where(_LACKS_TERMS)
    rows = connection.execute(statement)
    return tuple(map(_kept, rows))


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=row.id, version=row.version, article=_article(row), has_terms=row.terms_version == TERMS_VERSION
    )  # fmt: skip


def load_ends(connection: Connection, size: int) -> tuple[str, ...]:
    """The id of each article that is the last of so many, by id; the last of all too."""
    place = func.row_number().over(order_by=articles.c.id)
    numbered = select(articles.c.id, place.label("place")).subquery()
    last = select(func.max(articles.c.id)).scalar_subquery()
    statement = select(numbered.c.id).where((numbered.c.place % size == 0) | (numbered.c.id == last))
    return tuple(connection.scalars(statement.order_by(numbered.c.id)))


def load_versions(connection: Connection, key: str) -> tuple[Article, ...]:
    """An article as it stood at each fetch that found it changed, oldest first."""
    every = article_versions.c.article_id == articles.c.id
    statement = _article_rows(every).where(articles.c.id == key).order_by(article_versions.c.version)
    return tuple(map(_article, connection.execute(statement)))


def load_annotations(connection: Connection, ids: Sequence[str]) -> dict[str, Annotation]:
    """What the newest models said of the current versions, by id; people's corrections left out."""
    found: dict[str, Annotation] = {}
    for some in batched(ids):
        statement = select(article_annotations).join(articles, is_current_annotation()).where(articles.c.id.in_(some))
        found.update((row.article_id, _annotation(row)) for row in connection.execute(statement))
    return found


def load_readable_annotations(connection: Connection, ids: Sequence[str]) -> dict[str, Annotation]:
    """As load_annotations, without those that make no sense: models that read the articles again put theirs in their place."""
    found, _ = read_each(lambda some: list(load_annotations(connection, some).items()), ids)
    return dict(found)


def _annotation(row: Row[Any]) -> Annotation:
    return Annotation(
        topics=topics_from_json(row.topics),
        metrics=tuple(map(metric_from_json, row.metrics)),
        places=tuple(row.places),
        model_version=row.model_version,
    )


def load_cluster(connection: Connection, key: str) -> tuple[str, ...]:
    """The ids of the near-duplicates of an article, itself included; empty where it has none."""
    cluster = select(articles.c.cluster_id).where(articles.c.id == key).scalar_subquery()
    statement = select(articles.c.id).where(articles.c.cluster_id == cluster)
    return tuple(connection.scalars(statement.order_by(articles.c.first_seen_at, articles.c.id)))


def load_clusters(connection: Connection) -> dict[str, str]:
    """Each article that has near-duplicates ─► the cluster it is in with them."""
    statement = select(articles.c.id, articles.c.cluster_id).where(articles.c.cluster_id.is_not(None))
    return {row.id: row.cluster_id for row in connection.execute(statement)}


def _article_rows(versions: Any = None) -> Select[Any]:
    join = is_current_version() if versions is None else versions
    return select(articles, article_versions).join(article_versions, join)


def _article(row: Row[Any]) -> Article:
    return Article(
        url=row.url,
        address=row.address,
        title=row.title,
        lead=row.lead,
        text=row.text,
        author=row.author,
        published=moment_of(row),
        source_id=row.source_id,
        fetched_at=row.fetched_at,
        validators=Validators(etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash),
    )
