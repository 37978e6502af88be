"""Both engines next to one another over the newsroom's articles: the same articles in the same order, with the same scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from index.base import Document, FigureEntry, Group, Index, Query, Results, Sort, Span
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.querying.query import parse_query
from index.querying.tiers import tiers_of
from index.standing.matching import Matcher
from index.tantivy import TantivyIndex
from models.annotation import annotate
from models.text import fold
from monitor.demo.newsroom import load_outlets
from monitor.naming import names_for

SPANS: tuple[Span, ...] = get_args(Span)
GROUPS: tuple[Group | None, ...] = (None, *get_args(Group))
SAME = 1e-3
"""Scores closer than this are a tie; both engines reckon with 24 bits."""
WRITTEN = [
    # words
    "chuyển đổi số", "dịch vụ công trực tuyến", "hồ sơ", "báo", "bão", "bảo", "một cửa", "an toàn thông tin", "cải cách hành chính",
    "Huế", "Đắk Lắk", "Đăk Lăk", "Hà Nội", "tỉnh", "của", "và", "năm 2025", "không có từ này đâu", "camera", "trí tuệ nhân tạo",
    "chữ ký số", "hạ tầng số", "Đề án 06", "749/QĐ-TTg", "15%", "88,3%", "1.887", "2024", "63", "5G", "chuyển đổi đổi số số",
    # phrases, and near ones
    '"chuyển đổi số"', '"dịch vụ công trực tuyến"', '"hồ sơ trực tuyến"', '"một cửa"', '"an toàn thông tin mạng"', '"số hóa hồ sơ"',
    '"Ủy ban nhân dân tỉnh"', '"hồ sơ hồ sơ"', '"hồ sơ tuyến"~2', '"dịch công"~1', '"chuyển số"~3', '"tỷ lệ đạt"~6',
    '"hồ sơ trực tuyến đạt"~4', '"người dân doanh nghiệp"~3', '"tỉnh năm"~10', '"công dịch"~5',
    # OR, not, parentheses
    "hồ sơ OR camera", "báo OR bão", "cải cách OR hạ tầng", '"chữ ký số" OR "định danh điện tử"', "hồ sơ -trực", "số -báo",
    '-"dịch vụ công"', "-số", "(hồ sơ OR thủ tục) trực tuyến", "(chuyển đổi OR cải cách) -hạ", "hồ sơ AND NOT tuyến",
    '(camera OR "mạng xã hội") (tỉnh OR thành)', "hồ sơ OR (an toàn -mạng) OR bão", '"hồ sơ" -"trực tuyến" tỉnh', "-(hồ OR số)",
    '("một cửa" OR "trực tuyến") -topic:security', "báo cáo OR thống kê OR khảo sát",
    # abbreviations
    "DVC", "DVCTT", "TTHC", "CSDL", "ATTT", "CCHC", "CĐS", "UBND", "VBĐT", "UBND tỉnh", '"UBND tỉnh"', "DVCTT OR TTHC",
    # filters
    "", "topic:online_services", "topic:security OR topic:data_sharing", "chủ_đề:(security OR infrastructure)", "hồ sơ topic:admin_reform",
    'place:"Lào Cai"', 'nơi:"Huế" hồ sơ', "place:Quảng Ninh", "source:cong-hue", "nguồn:bo-y-te số", "-source:cong-hue số",
    "date:2025", "date:[2025-01-01 TO 2025-12-31] hồ sơ", "ngày:2026", "date:[* TO 2025-06-30]", "hồ sơ date:>=2026-01-01",
    'số topic:online_services place:"Huế"', "báo topic:security", "date:[* TO *] tỉnh",
    # figures
    "indicator:online_services.level4_rate", "chỉ_tiêu:online_services.full_online_rate", "value:[80 TO *]", "giá_trị:>=50 unit:%",
    "unit:percent kind:target", "kind:achieved", "hồ sơ value:[10 TO 90]", "-value:[80 TO *]", "unit:vnd", 'unit:"hồ sơ"', "kind:change số",
    "unit:rank value:[* TO 10]", "hồ sơ OR unit:usd", "unit:% -kind:target value:>=90", "(unit:vnd OR unit:usd) tỉnh", "value:[* TO *]",
    "unit:percent -hồ", 'kind:achieved place:"Huế"',
]  # fmt: skip


def folded(typed: str) -> str:
    """As some type it; the operators stay in capitals."""
    return re.sub(r"\b(or|and not|to)\b", lambda found: found[0].upper(), fold(typed))


QUESTIONS = list(
    dict.fromkeys([*WRITTEN, *map(folded, WRITTEN), *(f"{typed} -topic:security" for typed in WRITTEN[:30])])
)
NAMES = names_for([], any_place=True, stored=lambda: {outlet.id for outlet in load_outlets()})


def documents() -> Iterator[Document]:
    """Every article of the newsroom, and every fourth once more as some write, without diacritics."""
    for outlet in load_outlets():
        for number, article in enumerate(outlet.articles):
            found = annotate(article.text, title=article.title, published=None, source_place=outlet.place)
            document = Document(
                id=f"{outlet.id}-{number:02}", url=f"https://{outlet.id}.example/{number}", title=article.title,
                text=article.text, published=_published(number, article.published), source=outlet.id,
                topics=tuple(one.topic for one in found.topics), places=found.places, metrics=found.metrics,
            )  # fmt: skip
            yield document
            if number % 4 == 0:
                bare = replace(document, id=f"{document.id}-bare", title=fold(article.title), text=fold(article.text))
                yield replace(bare, metrics=())


def _published(number: int, published: object) -> datetime | None:
    assert isinstance(published, datetime)
    return None if number % 11 == 10 else published.astimezone(UTC)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, elastic: ElasticSettings) -> Iterator[dict[str, Index]]:
    both: dict[str, Index] = {
        "tantivy": TantivyIndex(tmp_path_factory.mktemp("index")),
        "elastic": ElasticIndex(replace(elastic, prefix=f"{elastic.prefix}-alike", shards=2)),
    }
    for index in both.values():
        index.clear()
        index.add(documents())
        index.commit()
        index.release()
    yield both
    for index in both.values():
        index.close()


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 150


@pytest.mark.parametrize("typed", QUESTIONS)
def test_elastic_finds_what_tantivy_finds_in_the_same_order(engines: dict[str, Index], typed: str) -> None:
    query = parse_query(typed, NAMES)

    by_score = {name: index.search(query, limit=1000) for name, index in engines.items()}
    by_date = {name: index.search(query, limit=1000, sort="newest") for name, index in engines.items()}

    assert_alike(by_score["tantivy"], by_score["elastic"])
    assert_alike(by_date["tantivy"], by_date["elastic"])
    assert [one.id for one in by_date["elastic"].found] == [one.id for one in by_date["tantivy"].found]


def assert_alike(ours: Results, theirs: Results) -> None:
    assert (theirs.total, theirs.exact_total, theirs.facets) == (ours.total, ours.exact_total, ours.facets)
    assert {(one.id, one.tier, one.published) for one in theirs.found} == {
        (one.id, one.tier, one.published) for one in ours.found
    }
    assert [one.tier for one in theirs.found] == [one.tier for one in ours.found]
    assert [one.score for one in theirs.found] == pytest.approx([one.score for one in ours.found], abs=SAME)
    scores = {one.id: one.score for one in ours.found}
    for one in theirs.found:  # so that only what ties may have changed its place
        assert one.score == pytest.approx(scores[one.id], abs=SAME), one.id


@pytest.mark.parametrize("typed", WRITTEN)
def test_elastic_finds_the_figures_that_tantivy_finds(engines: dict[str, Index], typed: str) -> None:
    found: dict[str, tuple[FigureEntry, ...]] = {}
    for name, index in engines.items():
        found[name] = index.figures(parse_query(typed, NAMES))

    assert found["elastic"] == found["tantivy"]


@pytest.mark.parametrize("typed", WRITTEN)
def test_elastic_counts_spans_and_terms_as_tantivy_does(engines: dict[str, Index], typed: str) -> None:
    query = parse_query(typed, NAMES)

    spans = {name: [index.histogram(query, by=by) for by in SPANS] for name, index in engines.items()}
    terms = {name: [index.common_terms(query, most=50, by=by) for by in GROUPS] for name, index in engines.items()}

    assert spans["elastic"] == spans["tantivy"]
    assert terms["elastic"] == terms["tantivy"]


@pytest.mark.parametrize("sort", ["relevance", "newest"])
@pytest.mark.parametrize("typed", ["hồ sơ", "bao OR so", "", "số -báo"])
def test_elastic_pages_as_tantivy_does(engines: dict[str, Index], typed: str, sort: Sort) -> None:
    query = parse_query(typed, NAMES)

    pages = {name: list(paged(index, query, sort)) for name, index in engines.items()}

    assert [len(page.found) for page in pages["elastic"]] == [len(page.found) for page in pages["tantivy"]]
    assert {one.id for page in pages["elastic"] for one in page.found} == {
        one.id for page in pages["tantivy"] for one in page.found
    }


def paged(index: Index, query: Query, sort: Sort) -> Iterator[Results]:
    page = index.search(query, limit=9, sort=sort)
    yield page
    while page.cursor:
        page = index.search(query, limit=9, sort=sort, after=page.cursor)
        yield page


def test_the_matcher_finds_what_both_engines_find(engines: dict[str, Index]) -> None:
    queries = {typed: parse_query(typed, NAMES) for typed in QUESTIONS}
    every = list(documents())
    matched: dict[str, dict[str, str]] = {typed: {} for typed in QUESTIONS}

    matcher = Matcher(queries)
    for document in every:
        for typed, tier in matcher.match(document):
            matched[typed][document.id] = tier

    for typed, query in queries.items():
        if tiers_of(query).fallback is None:  # what only other articles decide is no matter of one article
            found = {one.id: one.tier for one in engines["elastic"].search(query, limit=1000, facets=()).found}
            assert matched[typed] == found, typed
    assert sum(tiers_of(query).fallback is None for query in queries.values()) > 150
