"""An index on the tests' Elasticsearch, new and empty for each test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import Connection, ElasticSettings


@pytest.fixture
def settings(elastic: ElasticSettings) -> ElasticSettings:
    return replace(elastic, prefix=f"{elastic.prefix}-own", tries=2)


@pytest.fixture
def index(settings: ElasticSettings) -> Iterator[ElasticIndex]:
    """A new and empty index of this test's own."""
    index = ElasticIndex(settings)
    index.clear()
    index.commit()
    yield index
    index.close()


@pytest.fixture
def cluster(settings: ElasticSettings) -> Iterator[Connection]:
    """What an administrator does behind our back."""
    connection = Connection(settings)
    yield connection
    connection.close()
