"""Both engines, each with one empty index for a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.base import Everything, Index, Query
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.tantivy import TantivyIndex

Open = Callable[[], Index]
ENGINES = ("tantivy", "elastic")
"""A new engine joins the contract here."""


def opener(engine: str, request: pytest.FixtureRequest, folder: Path, *, of: str = "contract") -> Open:
    """Opens one and the same index, empty at first, as often as it is called."""
    if engine == "tantivy":
        return lambda: TantivyIndex(folder / "index")
    settings: ElasticSettings = request.getfixturevalue("elastic")
    chosen = replace(settings, prefix=f"{settings.prefix}-{of}")
    _empty(chosen)
    return lambda: ElasticIndex(chosen)


def _empty(settings: ElasticSettings) -> None:
    """Take all out: a new pair of indices takes a second, where this takes a twentieth."""
    index = ElasticIndex(settings)
    everything = Query(typed="", root=Everything())
    index.delete([found.id for found in index.search(everything, limit=10**9, facets=()).found])
    index.commit()
    index.close()
