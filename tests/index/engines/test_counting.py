"""Laws 8 and 9 of `Index`: articles counted by spans and by terms, next to searching for each count by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.base import And, DateRange, Document, Filter, Group, Index, Node, Query, Span, TermCounts
from index.errors import EngineError
from index.querying.query import parse_query
from models.terms import terms_in
from tests.index.both_engines import ENGINES, opener
from tests.index.makers import a_document, a_metric

SPANS: tuple[Span, ...] = get_args(Span)
GROUPS: tuple[Group | None, ...] = (None, *get_args(Group))
PHRASES = [
    "lừa đảo", "hộ chiếu điện tử", "dữ liệu", "Đề án 06", "VNeID", "Hà Nội", "cơ sở dữ liệu quốc gia", "sữa giả", "lừa đảo qua mạng",
    "du lieu", "cảnh báo, dữ liệu", "hộ tịch", "LỪA ĐẢO", "và của những",
]  # fmt: skip
MOMENTS = [
    None, date(2024, 1, 31), datetime(2024, 1, 31, 17, 0, tzinfo=UTC), datetime(2024, 1, 31, 16, 59, tzinfo=UTC),
    date(2024, 2, 4), date(2024, 2, 5), date(2023, 12, 31), date(1, 1, 1), date(9999, 12, 31),
]  # fmt: skip
QUESTIONS = [
    "", "lừa đảo", "lua dao", "dữ liệu", "du", "topic:security", "date:[2024-01-31 TO 2024-02-04]", "-term:VNeID", "không-có-gì",
    'term:"LỪA đảo" OR place:Huế', "indicator:x",
]  # fmt: skip
some_documents = st.lists(
    st.builds(
        lambda words, *rest: (" ".join(words), *rest),
        st.lists(st.sampled_from(PHRASES), max_size=4), st.lists(st.sampled_from(PHRASES), max_size=4), st.sampled_from(MOMENTS),
        st.sets(st.sampled_from(["security", "data_sharing"])), st.sets(st.sampled_from(["Huế", "Lào Cai"])),
    ),
    max_size=12,
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    return opener(request.param, request, tmp_path_factory.mktemp("index"), of="counting")()


def refill(index: Index, documents: Iterable[Document]) -> list[Document]:
    """Two commits, so that tantivy has two segments."""
    filled = list(documents)
    index.delete([found.id for found in index.search(parse_query(""), limit=10_000, facets=()).found])
    index.add(filled[::2])
    index.commit()
    index.add(filled[1::2])
    index.commit()
    index.release()
    return filled


def total(index: Index, query: Query, *filters: Node) -> int:
    narrowed = Query(typed=query.typed, root=And(parts=(query.root, *filters)), folded=query.folded)
    return index.search(narrowed, limit=0, facets=()).total


def as_filter(by: Group, value: str) -> Node:
    if by in ("topic", "place", "source"):
        return Filter(field=by, values=(value,))
    first = date.fromisoformat(value)
    return DateRange(since=first, until=last_day(first, by))


def last_day(first: date, by: str) -> date:
    if by == "day" or first.year == 9999:
        return first if by == "day" else date.max
    if by == "week":
        return first + timedelta(days=6)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


# --- law 8


@pytest.mark.parametrize("by", SPANS)
@pytest.mark.parametrize("typed", QUESTIONS)
def test_each_span_of_a_histogram_counts_what_its_days_find(index: Index, typed: str, by: Span) -> None:
    documents = refill(
        index,
        (
            a_document(f"{number:02}", title=PHRASES[number % 14], published=MOMENTS[number % 9], topics=("security",) * (number % 2))
            for number in range(40)
        ),
    )  # fmt: skip
    query = parse_query(typed)
    found = index.search(query, limit=100).found

    counted = index.histogram(query, by=by)

    dated = [one for one in found if one.published is not None]
    assert sum(span.count for span in counted) == len(dated) <= len(documents)
    assert [span.start for span in counted] == sorted({span.start for span in counted})
    for span in counted:
        assert span.count == total(index, query, DateRange(since=span.start, until=last_day(span.start, by)))


def test_days_are_those_of_vietnam_and_weeks_begin_on_monday(index: Index) -> None:
    moments = [datetime(2024, 5, 31, 16, 59, tzinfo=UTC), datetime(2024, 5, 31, 17, 0, tzinfo=UTC), date(2024, 6, 3)]
    refill(index, (a_document(f"{number}", published=moment) for number, moment in enumerate([*moments, None])))
    everything = parse_query("")

    counted = {by: [(span.start, span.count) for span in index.histogram(everything, by=by)] for by in SPANS}

    assert counted == {
        "day": [(date(2024, 5, 31), 1), (date(2024, 6, 1), 1), (date(2024, 6, 3), 1)],
        "week": [(date(2024, 5, 27), 2), (date(2024, 6, 3), 1)],
        "month": [(date(2024, 5, 1), 1), (date(2024, 6, 1), 2)],
    }


# --- law 9


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=some_documents, typed=st.sampled_from(QUESTIONS), by=st.sampled_from(GROUPS), most=st.integers(1, 30), at_least=st.integers(0, 4)
)  # fmt: skip
def test_term_counts_are_those_of_each_article_by_itself(
    index: Index, made: list[tuple[str, list[str], date, set[str], set[str]]], typed: str, by: Group | None, most: int, at_least: int
) -> None:  # fmt: skip
    documents = refill(
        index,
        (
            a_document(
                f"{number:02}", title=title, text=". ".join(text), published=published, topics=tuple(sorted(topics)),
                places=tuple(sorted(places)), source=f"bao-{number % 2}",
            )
            for number, (title, text, published, topics, places) in enumerate(made)
        ),
    )  # fmt: skip
    query = parse_query(typed)
    found = {one.id for one in index.search(query, limit=100).found}
    matching = [document for document in documents if document.id in found]

    common = index.common_terms(query, most=most, at_least=at_least, by=by)
    given_terms = index.term_counts(query, ["Lừa  Đảo", "hộ chiếu", "không ai viết", "\ud800"], by=by)

    assert [group.total for group in common] == [group.total for group in given_terms]
    for group, again in zip(common, given_terms, strict=True):
        inside = matching if by is None else [one for one in matching if is_in(index, one.id, query, by, group.group)]
        counts = Counter(term for one in inside for term in terms_in(one.title, one.lead, one.text))
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        assert as_pairs(group) == [pair for pair in ranked if pair[1] >= at_least][:most]
        assert group.total == len(inside) == total(index, query, *([as_filter(by, group.group)] if by else []))
        assert as_pairs(again) == [pair for pair in ranked if pair[0] in ("lừa đảo", "hộ chiếu")]


def test_terms_that_a_document_carries_go_in_as_they_are_and_others_are_made_of_its_text(index: Index) -> None:
    article = a_document("carries", title="Cảnh báo lừa đảo", revision=1)
    refill(
        index,
        [replace(article, terms=("sữa giả",)), replace(article, id="none", terms=()), replace(article, id="made")],
    )

    counts = index.term_counts(parse_query(""), ["sữa giả", "lừa đảo"])

    assert [as_pairs(group) for group in counts] == [[("lừa đảo", 1), ("sữa giả", 1)]]
    assert [one.id for one in index.search(parse_query('term:"sữa giả"')).found] == ["carries"]
    assert [one.id for one in index.search(parse_query('term:"lừa đảo"')).found] == ["made"]


def is_in(index: Index, article_id: str, query: Query, by: Group, value: str) -> bool:
    narrowed = And(parts=(query.root, as_filter(by, value)))
    found = index.search(Query(typed=query.typed, root=narrowed, folded=query.folded), limit=100, facets=()).found
    return any(one.id == article_id for one in found)


def as_pairs(group: TermCounts) -> list[tuple[str, int]]:
    return [(count.value, count.count) for count in group.terms]


def test_the_commonest_are_found_though_they_are_common_in_no_single_part(index: Index) -> None:
    def rare(segment: int) -> list[Document]:
        """2,000 terms that stand in three articles of one commit, and one that stands in two of each commit."""
        return [
            a_document(f"{segment}-{number}-{copy}", title=" ".join(f"zq{segment}x{number}n{word}" for word in range(100)))
            for number in range(20) for copy in range(3)
        ] + [a_document(f"{segment}-{copy}", title="lừa đảo") for copy in range(2)]  # fmt: skip

    refill(index, [])
    for segment in range(4):
        index.add(rare(segment))
        index.commit()
    index.release()

    (all_articles,) = index.common_terms(parse_query(""), most=1)

    assert as_pairs(all_articles) == [("lừa đảo", 8)]


def test_an_articles_terms_go_with_it(index: Index) -> None:
    refill(index, [a_document("a", title="Lừa đảo"), a_document("b", title="Lừa đảo")])
    index.add([a_document("a", title="Hộ chiếu")])
    index.delete(["b"])
    index.commit()

    (counted,) = index.common_terms(parse_query(""))

    assert as_pairs(counted) == [("hộ chiếu", 1)]


def test_a_term_finds_the_articles_that_hold_it_and_the_figures_whose_sentence_does(index: Index) -> None:
    refill(
        index,
        [
            a_document("a", title="Cảnh báo lừa đảo", metrics=(a_metric(sentence="30% vụ lừa đảo"), a_metric(start=9))),
            a_document("b", text="Lừa. Đảo."),
        ],
    )

    assert [one.id for one in index.search(parse_query('cụm_từ:"Lừa đảo"')).found] == ["a"]
    assert [entry.metric.sentence for entry in index.figures(parse_query('term:"lừa đảo"'))] == ["30% vụ lừa đảo"]


def test_more_groups_and_terms_than_an_engine_counts_at_once_are_refused_with_what_to_do(index: Index) -> None:
    refill(
        index,
        (
            a_document(f"{number:03}", title=" ".join(f"zq{number}x{word}" for word in range(160)), places=(f"Xã {number}",))
            for number in range(450)
        ),
    )  # fmt: skip

    with pytest.raises(EngineError, match="thu hẹp khoảng ngày"):
        index.common_terms(parse_query(""), most=10_000, by="place")
    with pytest.raises(ValueError, match="most"):
        index.common_terms(parse_query(""), most=10_001)
