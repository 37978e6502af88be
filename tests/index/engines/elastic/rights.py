"""What an account must be allowed in Elasticsearch, and what not."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace

import pytest

from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.errors import AwayError
from index.querying.query import parse_query
from tests.index.engines.elastic.asking import fill, ids
from tests.index.makers import a_document, a_metric


def assert_can_do_all_that_a_monitor_does(allowed: ElasticSettings) -> None:
    """Make an index, write, search, rebuild, drop, look: in indices whose names begin with "monitor-"."""
    with closing(ElasticIndex(replace(allowed, prefix=f"monitor-{time.time_ns()}"))) as index:
        assert fill(index, a_document("a", metrics=(a_metric("30"),)), a_document("b")) == {}
        index.generations.begin()
        index.fill_next([a_document("a"), a_document("b")])
        index.generations.mark("b")
        index.generations.switch()
        assert index.generations.drop_old()
        index.delete(["b"])
        assert index.commit() == {}
        assert (ids(index, "tin"), index.figures(parse_query(""))) == (["a"], ())
        assert list(index._articles().sweep({"query": {"match_all": {}}, "sort": [{"id": "asc"}]}, 10))
        assert (index.state().health, bool(index.stamp())) == ("green", True)
        index.clear()
        index.commit()


def assert_reaches_no_other_index(allowed: ElasticSettings) -> None:
    with (
        closing(ElasticIndex(replace(allowed, prefix=f"khac-{time.time_ns()}"))) as other,
        pytest.raises(AwayError, match="không cho tài khoản này"),
    ):
        other.count()
