"""More than 10,000 of everything, which is where Elasticsearch by itself stops counting and listing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from index.base import Index
from index.querying.query import parse_query
from tests.index.both_engines import ENGINES, opener
from tests.index.makers import a_document, a_metric


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = opener(request.param, request, tmp_path_factory.mktemp("many"), of="many")()
    yield index
    index.close()


def test_more_than_ten_thousand_are_counted_listed_and_paged_to_the_end_by_date(index: Index) -> None:
    count, query = 10_050, parse_query("tin")
    index.add(a_document(f"{n:05}", title="Tin", published=date(2024, 1, 1 + n % 28)) for n in range(count))
    index.commit()

    results = index.search(query, limit=count, facets=("source",))
    newest = index.search(query, limit=9_000, sort="newest", facets=())
    rest = index.search(query, limit=9_000, sort="newest", facets=(), after=newest.cursor)

    assert (results.total, len({found.id for found in results.found})) == (count, count)
    assert [found.id for found in results.found] == sorted(found.id for found in results.found)
    assert results.facets["source"][0].count == count
    assert len({found.id for found in (*newest.found, *rest.found)}) == count
    assert rest.cursor is None


def test_more_than_ten_thousand_figures_are_listed_in_order(index: Index) -> None:
    metrics = tuple(a_metric(str(number), start=number) for number in range(3_400))
    index.add(a_document(name, metrics=metrics) for name in "abc")
    index.commit()

    found = index.figures(parse_query("hồ sơ value:[* TO 3390]"))

    assert len(found) == 3 * 3_391
    assert [(entry.article_id, entry.metric.start) for entry in found[3_390:3_392]] == [("a", 3_390), ("b", 0)]
