"""How these tests fill an index and read it."""

from __future__ import annotations

from index.base import Document
from index.elastic import ElasticIndex
from index.querying.query import parse_query


def fill(index: ElasticIndex, *documents: Document) -> dict[str, str]:
    index.add(documents)
    return dict(index.commit())


def ids(index: ElasticIndex, typed: str = "") -> list[str]:
    return sorted(found.id for found in index.search(parse_query(typed), limit=1000).found)


def values(index: ElasticIndex) -> list[str]:
    return [str(entry.metric.value) for entry in index.figures(parse_query(""))]
