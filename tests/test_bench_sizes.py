"""The benchmark of sizes still runs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench import sizes
from index.engines.elastic_client import ElasticSettings


def test_the_sizes_of_articles_and_figures_are_told_for_each_store_of_elastic_and_the_others(
    elastic: ElasticSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    server = replace(elastic, prefix=f"{elastic.prefix}-sizes")

    plain, figured = sizes.main(["--count", "30"], server=server)

    for store in ("archive", "tantivy", "elastic"):
        assert 30 * 1_000 < getattr(plain, store) < getattr(figured, store), store
    assert plain.copied >= plain.elastic
    assert "Elasticsearch, one copy" in capsys.readouterr().out
