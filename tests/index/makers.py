"""Makers of this floor's records, each with what a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from crawlers.records import Article
from index.base import Document
from models.records import Annotation, Metric, TopicScore

NOON = datetime(2024, 5, 20, 5, 0, tzinfo=UTC)


def a_metric(
    value: str | None = "30",
    *,
    indicator: str | None = "online_services.level4_rate",
    unit: str = "percent",
    entity: str | None = "Lào Cai",
    sentence: str = "Tỷ lệ hồ sơ trực tuyến đạt 30%.",
    name: str = "tỷ lệ hồ sơ trực tuyến",
    start: int = 0,
) -> Metric:
    return Metric(
        quote="30%", start=start, end=start + 3, sentence=sentence, name=name, indicator=indicator,
        value=None if value is None else Decimal(value), unit=unit, entity=entity,
    )  # fmt: skip


def a_document(
    id: str = "a",  # noqa: A002 - the record's own name for it
    *,
    title: str = "Một tin",
    lead: str | None = None,
    text: str = "",
    published: datetime | date | None = NOON,
    source: str = "bao-a",
    topics: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    metrics: tuple[Metric, ...] = (),
    revision: int = 0,
) -> Document:
    return Document(
        id=id, url=f"https://bao.example/{id}", title=title, lead=lead, text=text, published=published, source=source,
        topics=topics, places=places, metrics=metrics, revision=revision,
    )  # fmt: skip


def an_article(
    path: str = "a",
    *,
    title: str = "Một tin",
    lead: str | None = None,
    text: str = "Nội dung của bài viết.",
    published: datetime | date | None = NOON,
    source_id: str = "bao-a",
    fetched_at: datetime = NOON,
) -> Article:
    return Article(
        url=f"https://bao.example/{path}", title=title, lead=lead, text=text, published=published, source_id=source_id,
        fetched_at=fetched_at,
    )  # fmt: skip


def an_annotation(
    *topics: str, places: tuple[str, ...] = (), metrics: tuple[Metric, ...] = (), model_version: str = "1"
) -> Annotation:
    scores = tuple(TopicScore(topic=topic, score=0.9) for topic in topics)
    return Annotation(topics=scores, metrics=metrics, places=places, model_version=model_version)
