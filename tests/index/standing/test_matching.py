"""The matcher next to both engines: each article that a search finds is matched by its question, in the same tier, and no other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from index.base import And, Document, Filter, Index, Not, Query, Tier
from index.querying.query import parse_query
from index.querying.query_names import Names
from index.querying.tiers import tiers_of
from index.standing.matching import Matcher
from index.standing.ready import ReadyDocument
from index.standing.truth import truth_of
from models.records import TOPIC_IDS, Metric
from models.text import fold
from tests.index.both_engines import ENGINES, opener
from tests.index.makers import a_document, a_metric

WORDS = (
    *("báo", "bão", "bảo", "bao", "hồ", "sơ", "ho", "so", "số", "chuyển", "đổi", "chuyen", "doi", "Đắk", "Lắk", "Đăk"),
    *("Lăk", "hoà", "hòa", "1.887", "1887", "15,91", "UBND", "DVC", "công", "dịch", "vụ", "tỉnh", "TTHC", "749/QĐ-TTg"),
    *("Huế", "x", "İx", "Straße", "ho\u0300a", "ba\u0301o", "sơ\ud83dx", "a" * 70 + "x", "a" * 70 + "y"),
)  # fmt: skip
PLACES, SOURCES = ("Huế", "Lào Cai", "Bộ Y tế"), ("bao-a", "cong-b")
SEEDS = range(3)


def some_words(rng: random.Random, most: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, most)))


def some_document(rng: random.Random, number: int) -> Document:
    published: list[datetime | date | None] = [
        None, date(2025, 6, 30), datetime(2025, 6, 30, 17, tzinfo=UTC), date(2026, 1, 1) + timedelta(rng.randint(0, 60)),
    ]  # fmt: skip
    text = rng.choice(
        ["", "🙂 ▪ …", *[". ".join(some_words(rng, 6) for _ in range(rng.randint(1, 5))) for _ in range(9)]]
    )
    return a_document(
        f"{number:03}", title=some_words(rng, 4), lead=rng.choice([None, some_words(rng, 4)]), text=text,
        published=rng.choice(published), source=rng.choice(SOURCES), topics=tuple(rng.sample(TOPIC_IDS, rng.randint(0, 2))),
        places=tuple(rng.sample(PLACES, rng.randint(0, 2))),
        metrics=tuple(some_metric(rng, place) for place in range(rng.randint(0, 3))),
    )  # fmt: skip


def some_metric(rng: random.Random, place: int) -> Metric:
    return replace(
        a_metric(rng.choice(["10", "80", "91.5", "1887"]), start=place), unit=rng.choice(["percent", "vnd", "hồ sơ"]),
        kind=rng.choice(["achieved", "target", "change"]), indicator=rng.choice([None, "a.rate", "b.rank"]),
        value=rng.choice([None, Decimal(10), Decimal("91.5"), Decimal(1887)]),
    )  # fmt: skip


def some_query(rng: random.Random, depth: int = 2) -> str:
    kind = rng.randint(0, 11 if depth else 6)
    match kind:
        case 0 | 1:
            return some_words(rng, 3)
        case 2:
            return f'"{some_words(rng, 3)}"'
        case 3:
            return f'"{some_words(rng, 3)}"~{rng.randint(0, 2)}'
        case 4 | 5:
            return rng.choice(FILTERS)
        case 6:
            return fold(some_words(rng, 2))
        case 7:
            return f"({some_query(rng, depth - 1)} OR {some_query(rng, depth - 1)})"
        case 8:
            return f"({some_query(rng, depth - 1)}) -({some_query(rng, depth - 1)})"
        case 9:
            return f"-({some_query(rng, depth - 1)})"
        case _:
            return f"({some_query(rng, depth - 1)}) {some_query(rng, depth - 1)}"


FILTERS = (
    "topic:security", "topic:(data_sharing OR admin_reform)", "place:Huế", 'place:"Bộ Y tế"', "source:bao-a", "-source:cong-b",
    "date:2025", "date:[2025-07-01 TO *]", "date:[* TO *]", "date:30/6/2025", "unit:percent", "kind:target", "indicator:a.rate",
    "value:[50 TO *]", "value:[* TO *]", "unit:vnd value:[* TO 50]", "unit:percent -kind:target", "-value:[80 TO *]",
    "(unit:vnd OR kind:change) value:>=10",
)  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = opener(request.param, request, tmp_path_factory.mktemp("matching"), of="matching")()
    yield index
    index.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_an_article_is_matched_as_it_would_be_found(index: Index, seed: int) -> None:
    hold_both_together(index, seed)


@settings(max_examples=3, deadline=None, phases=[Phase.generate])
@given(st.integers(min_value=len(SEEDS), max_value=2**64))
def test_articles_and_questions_that_nobody_has_tried_are_matched_as_they_would_be_found(
    index: Index, seed: int
) -> None:
    """Other ones at each run, but on CI; the seed of what fails is printed."""
    hold_both_together(index, seed)


def hold_both_together(index: Index, seed: int) -> None:
    rng = random.Random(seed)
    documents = [some_document(rng, number) for number in range(60)]
    queries = {typed: parse_query(typed, Names()) for typed in {some_query(rng) for _ in range(400)}}
    index.clear()
    index.add(documents)
    index.commit()

    matched = matches_of(Matcher(queries), documents)

    for typed, query in queries.items():
        assert matched.get(typed, {}) == found_by(index, query, documents), typed
    assert sum(map(len, matched.values())) > 400


def matches_of(matcher: Matcher, documents: list[Document]) -> dict[str, dict[str, Tier]]:
    found: dict[str, dict[str, Tier]] = {}
    for document in documents:
        for key, tier in matcher.match(document):
            assert found.setdefault(key, {}).setdefault(document.id, tier) == tier
    return found


def found_by(index: Index, query: Query, documents: list[Document]) -> dict[str, Tier]:
    """As a search finds them, without what it falls back on because no article of all holds the words as typed."""
    found: dict[str, Tier] = {
        one.id: one.tier for one in index.search(query, limit=1000, sort="newest", facets=()).found
    }
    tiers = tiers_of(query)
    if tiers.fallback is None or any(truth_of(tiers.words)(ReadyDocument(document)) for document in documents):
        return found
    runs = truth_of(tiers.folded or tiers.exact)
    by_runs = {document.id for document in documents if runs(ReadyDocument(document))}
    return {key: tier for key, tier in found.items() if tier == "exact" or key in by_runs}


def test_a_question_asked_by_many_is_answered_to_each() -> None:
    matcher = Matcher({key: parse_query("chuyển đổi số") for key in "abc"})

    found = dict(matcher.match(a_document("1", title="Chuyển đổi số ở xã")))

    assert found == {"a": "exact", "b": "exact", "c": "exact"}


def test_a_lone_word_is_never_matched_in_another_spelling() -> None:
    matcher = Matcher({"bão": parse_query("bão"), "Đắk Lắk": parse_query("Đắk Lắk")})

    found = dict(matcher.match(a_document("1", title="Báo chí ở Đăk Lăk")))

    assert found == {"Đắk Lắk": "folded"}


def test_nobody_asking_is_answered_by_nothing() -> None:
    assert list(Matcher({}).match(a_document("1", title="Chuyển đổi số"))) == []


def test_letters_that_shrink_without_their_diacritics_do_not_shift_what_was_written() -> None:
    queries = {typed: parse_query(typed) for typed in ('"Đắk Lắk"', '"Đăk Lăk"', '"i Đắk"')}

    found = dict(Matcher(queries).match(a_document("1", title="İ Đắk Lắk")))

    assert found == {'"Đắk Lắk"': "exact", '"Đăk Lăk"': "folded", '"i Đắk"': "folded"}


def test_sides_of_an_or_beside_words_are_held_against_one_figure() -> None:
    """An OR of exclusions asks for a figure, as an exclusion by itself does not."""
    queries = {typed: parse_query(typed) for typed in ("x (-unit:percent OR -kind:target)", "x -unit:percent", "x")}

    found = dict(Matcher(queries).match(a_document("1", title="x")))

    assert found == {"x -unit:percent": "exact", "x": "exact"}


def test_a_filter_without_values_lets_nothing_through() -> None:
    nowhere = Filter(field="place", values=())
    word = parse_query("x").root
    queries = {
        "with words": Query(typed="", root=And(parts=(word, nowhere))), "alone": Query(typed="", root=nowhere),
        "excluded": Query(typed="", root=And(parts=(word, Not(part=nowhere)))),
    }  # fmt: skip

    found = dict(Matcher(queries).match(a_document("1", title="x")))

    assert found == {"excluded": "exact"}


@pytest.mark.parametrize("text", ["", "\ud83d", "ho\u0300a bi\u0300nh", "¶ ¶", "a" * 500])
def test_odd_texts_break_nothing(text: str) -> None:
    queries = {typed: parse_query(typed) for typed in ("hòa bình", '"hòa bình"~3', "-x", "topic:security")}

    found = dict(Matcher(queries).match(a_document("1", title=text, text=text)))

    assert ("hòa bình" in found) == ("\u0300" in text)
    assert found["-x"] == "exact"
