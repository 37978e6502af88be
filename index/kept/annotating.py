"""What models said of articles, put on the versions that they read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from index.codec import metric_to_json, topics_to_json
from index.database import batched, insert_into
from index.kept import outbox
from index.kept.documents import load_readable_annotations
from index.kept.frontier import Columns
from index.kept.tables import article_annotations, article_versions, articles
from index.records import Kept
from index.terms import pack
from models.records import Annotation


def annotation_columns(key: str, version: int, annotation: Annotation, now: datetime) -> Columns:
    return {
        "article_id": key,
        "version": version,
        "model_version": annotation.model_version,
        "topics": topics_to_json(annotation.topics),
        "metrics": list(map(metric_to_json, annotation.metrics)),
        "places": list(annotation.places),
        "made_at": now,
    }


def annotate(connection: Connection, items: Iterable[tuple[Kept, Annotation]], now: datetime) -> list[str]:
    """Put new annotations on the versions they were made from; those of other models are kept beside them. Whose they are."""
    done: list[str] = []
    annotated = {(kept.id, kept.version): annotation for kept, annotation in items}
    for some in batched([key for key, _ in annotated]):
        found = connection.execute(select(articles.c.id, articles.c.version).where(articles.c.id.in_(some)))
        rows = [row for row in found if (row.id, row.version) in annotated]  # the others have moved on meanwhile
        for row in rows:
            annotation = annotated[row.id, row.version]
            columns = annotation_columns(row.id, row.version, annotation, now)
            upsert = insert_into(connection, article_annotations).values(columns)
            keys = ["article_id", "version", "model_version"]
            connection.execute(upsert.on_conflict_do_update(index_elements=keys, set_=columns))
            current = update(articles).where(articles.c.id == row.id)
            connection.execute(current.values(annotated_by=annotation.model_version))
            if annotation.terms is not None:
                keep_terms(connection, row.id, row.version, annotation.terms)
        outbox.mark(connection, [row.id for row in rows])
        done += [row.id for row in rows]
    return done


def keep_terms(connection: Connection, key: str, version: int, terms: tuple[str, ...]) -> None:
    """Put terms on the version that they were made of. Two that do so at once write the same."""
    versions = article_versions.c
    statement = update(article_versions).where(versions.article_id == key, versions.version == version)
    packed, terms_version = pack(terms)
    connection.execute(statement.values(terms=packed, terms_version=terms_version))


def annotate_once(connection: Connection, items: Sequence[tuple[Kept, Annotation]], now: datetime) -> tuple[int, int]:
    """`annotate` for those that this model version has not read yet; how many they are, and how many say something new."""
    by_id = {kept.id: annotation for kept, annotation in items}
    read_by: dict[str, str | None] = {}
    for some in batched(list(by_id)):
        statement = select(articles.c.id, articles.c.annotated_by).where(articles.c.id.in_(some))
        read_by.update((row.id, row.annotated_by) for row in connection.execute(statement))
    left = [(kept, annotation) for kept, annotation in items if read_by.get(kept.id) != annotation.model_version]
    before = load_readable_annotations(connection, [kept.id for kept, _ in left])
    done = annotate(connection, left, now)
    return len(done), sum(says_else(before.get(key), by_id[key]) for key in done)


def says_else(before: Annotation | None, now: Annotation) -> bool:
    """Whether an annotation brings other topics or figures than the one before it."""
    if before is None:
        return True
    topics = {found.topic for found in before.topics} != {found.topic for found in now.topics}
    return topics or before.metrics != now.metrics
