from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.archive import Archive
from index.base import Document, Index
from index.querying.query import parse_query
from index.records import NewArticle
from index.search import search
from tests.index.both_engines import ENGINES, opener
from tests.index.makers import NOON, an_annotation, an_article


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    index = opener(request.param, request, tmp_path)()
    yield index
    index.close()


def fill(archive: Archive, index: Index) -> None:
    titles = {"a": "Đắk Lắk công bố chỉ số", "b": "Dak Lak cong bo chi so", "c": "Huế công bố chỉ số"}
    items = [
        NewArticle(
            article=replace(an_article(path, title=title, lead="Sáng nay."), text=f"{title}. Hết."),
            annotation=an_annotation("admin_reform", places=("Đắk Lắk",)),
        )
        for path, title in titles.items()
    ]
    archive.store_articles(items, NOON)
    taken = archive.take_outbox()
    index.add(archive.documents([entry.article_id for entry in taken]))
    index.commit()
    archive.settle_outbox(taken)


def test_a_search_brings_articles_with_their_words_marked_in_their_own_text(archive: Archive, index: Index) -> None:
    fill(archive, index)

    page = search(index, archive, parse_query("Đắk Lắk"))

    assert (page.total, page.exact_total, page.cursor) == (2, 1, None)
    exact, folded = page.hits
    assert (exact.title, exact.tier, exact.url) == ("Đắk Lắk công bố chỉ số", "exact", "https://bao.example/a")
    assert (exact.source, exact.topics, exact.places, exact.published) == (
        "bao-a",
        ("admin_reform",),
        ("Đắk Lắk",),
        NOON,
    )
    assert (folded.title, folded.tier) == ("Dak Lak cong bo chi so", "folded")
    for hit in page.hits:
        assert [one.part for one in hit.highlights] == ["title", "body"]
        assert all(one.text[start:end] in ("Đắk Lắk", "Dak Lak") for one in hit.highlights for start, end in one.spans)
    assert {count.value: count.count for count in page.facets["topic"]} == {"admin_reform": 2}


def test_pages_go_on_where_the_last_one_ended(archive: Archive, index: Index) -> None:
    fill(archive, index)
    query = parse_query("cong bo")

    first = search(index, archive, query, limit=2, with_facets=False)
    second = search(index, archive, query, limit=2, after=first.cursor, with_facets=False)

    assert [len(first.hits), len(second.hits), second.cursor, second.facets] == [2, 1, None, {}]
    assert {hit.id for hit in first.hits} & {hit.id for hit in second.hits} == set()


def test_an_article_that_the_archive_lacks_is_counted_and_not_shown(archive: Archive, index: Index) -> None:
    fill(archive, index)
    index.add([Document(id="gone", url="", title="Công bố", text="", source="x")])
    index.commit()

    page = search(index, archive, parse_query("công bố"))

    assert (page.total, len(page.hits)) == (4, 3)
