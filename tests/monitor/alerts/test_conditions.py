"""Which figures of an article meet a condition: what is sure, of the right body, kind and time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from index.base import Document, FigureEntry
from index.standing.alert_records import Condition
from models.records import Metric, Period
from monitor.alerts.conditions import figures_to_compare, met_by
from tests.monitor.makers import a_claim

RATE = "online_services.online_dossier_rate"
RANK = "admin_reform.par_index_rank"
COUNT = "online_services.online_dossier_count"
BEFORE = Period(start=date(2023, 1, 1), end=date(2023, 12, 31))


def a_condition(test: Any, bound: str | None = None, **fields: Any) -> Condition:
    plain: dict[str, Any] = {"indicator": RATE, "place": "Lào Cai"}
    return Condition(test=test, bound=Decimal(bound) if bound else None, **{**plain, **fields})


def an_article(*figures: FigureEntry, published: date | None = date(2025, 1, 5)) -> Document:
    metrics = tuple(figure.metric for figure in figures)
    return Document(
        id="new", url="https://new.vn/", title="", text="", source="bao_n", published=published, metrics=metrics
    )


def a_rank(value: str, out_of: str | None = "63", **fields: Any) -> FigureEntry:
    told = {"name": "thứ hạng PAR Index", "indicator": RANK, "unit": "rank", "sentence": f"PAR Index xếp thứ {value}."}
    return a_claim(value, out_of=out_of, **{**told, **fields})


def a_count(value: str, **fields: Any) -> FigureEntry:
    told = {"name": "số hồ sơ nộp trực tuyến", "indicator": COUNT, "unit": "hồ sơ", "sentence": f"Có {value} hồ sơ."}
    return a_claim(value, **{**told, **fields})


# --- below, above and their like ---


@pytest.mark.parametrize(
    ("value", "bound", "test", "limit", "is_met"),
    [
        ("89.9", "exact", "below", "90", True),
        ("90", "exact", "below", "90", False),
        ("90", "exact", "at_most", "90", True),
        ("90", "over", "below", "90", False),
        ("90", "over", "below", "95", False),
        ("80", "over", "below", "90", True),
        ("90", "under", "below", "90", True),
        ("90", "at_most", "below", "90", False),
        ("90", "at_most", "at_most", "90", True),
        ("90", "about", "below", "92", False),
        ("85", "about", "below", "90", True),
        ("90", "at_least", "below", "99", False),
        ("90", "over", "above", "90", True),
        ("90", "exact", "above", "90", False),
        ("90", "at_least", "at_least", "90", True),
        ("90", "at_most", "above", "10", False),
    ],
)
def test_a_figure_counts_only_where_its_wording_leaves_no_doubt(
    value: str, bound: str, test: str, limit: str, is_met: bool
) -> None:
    article = an_article(a_claim(value, bound=bound))

    assert bool(met_by(a_condition(test, limit), article, ())) is is_met


def test_a_range_must_lie_below_as_a_whole() -> None:
    article = an_article(a_claim("85", value_max="92"), a_claim("80", value_max="85"))

    assert met_by(a_condition("below", "90"), article, ()) == (1,)


def test_a_target_and_a_change_are_no_result_unless_they_are_asked_for() -> None:
    article = an_article(a_claim("80", kind="target"), a_claim("3", kind="change"), a_claim("85"))

    assert met_by(a_condition("below", "90"), article, ()) == (2,)
    assert met_by(a_condition("below", "90", kind="target"), article, ()) == (0,)


def test_what_is_not_known_meets_nothing() -> None:
    metric = Metric(
        quote="nhiều",
        start=0,
        end=5,
        sentence="",
        name="",
        indicator=RATE,
        value=None,
        unit="percent",
        entity="Lào Cai",
    )
    article = Document(id="new", url="", title="", text="", source="a", metrics=(metric,))

    assert met_by(a_condition("below", "90"), article, ()) == ()


def test_another_place_and_another_indicator_do_not_count() -> None:
    article = an_article(a_claim("80", entity="Yên Bái"), a_claim("80", indicator=COUNT), a_claim("80", entity=None))

    assert met_by(a_condition("below", "90"), article, ()) == ()
    assert met_by(a_condition("below", "90", place=None), article, ()) == (0, 2)


def test_a_place_that_only_changed_its_name_is_the_same_place() -> None:
    article = an_article(a_claim("80", entity="Thừa Thiên Huế"))

    assert met_by(a_condition("below", "90", place="Huế"), article, ()) == (0,)


def test_a_unit_that_was_asked_for_leaves_the_others_out() -> None:
    article = an_article(a_claim("5", unit="usd"), a_claim("5", unit="vnd"))

    assert met_by(a_condition("below", "90", unit="vnd"), article, ()) == (1,)


def test_what_an_article_tells_of_former_times_is_background() -> None:
    article = an_article(a_claim("72", period=BEFORE), a_claim("95"))

    assert met_by(a_condition("below", "90"), article, ()) == ()


# --- rank_drop ---


def test_a_higher_number_is_a_worse_rank() -> None:
    worse, better = an_article(a_rank("20")), an_article(a_rank("11"))
    earlier = [a_rank("15", article="old", period=BEFORE)]
    condition = a_condition("rank_drop", indicator=RANK)

    assert met_by(condition, worse, earlier) == (0,)
    assert met_by(condition, better, earlier) == ()


def test_a_lower_score_is_a_worse_one() -> None:
    told = {"indicator": "admin_reform.par_index", "name": "PAR Index", "unit": "point"}
    earlier = [a_claim("88", article="old", period=BEFORE, **told)]
    condition = a_condition("rank_drop", indicator="admin_reform.par_index")

    assert met_by(condition, an_article(a_claim("86", **told)), earlier) == (0,)
    assert met_by(condition, an_article(a_claim("89", **told)), earlier) == ()


def test_a_rank_of_63_and_one_of_34_are_not_compared() -> None:
    after = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))
    article = an_article(a_rank("25", "34", period=after), published=date(2026, 4, 20))
    earlier = [a_rank("15", "63", article="old", published=date(2025, 4, 20))]

    assert met_by(a_condition("rank_drop", indicator=RANK), article, earlier) == ()


def test_ranks_that_tell_no_total_are_not_compared_across_the_mergers() -> None:
    after = Period(start=date(2025, 1, 1), end=date(2025, 12, 31))
    article = an_article(a_rank("25", None, period=after), published=date(2026, 4, 20))
    across = [a_rank("15", None, article="old", published=date(2025, 4, 20))]
    before = an_article(a_rank("25", None), published=date(2025, 4, 20))
    same_side = [a_rank("15", None, article="old", period=BEFORE, published=date(2024, 4, 20))]

    assert met_by(a_condition("rank_drop", indicator=RANK), article, across) == ()
    assert met_by(a_condition("rank_drop", indicator=RANK), before, same_side) == (0,)


def test_a_rank_is_held_against_the_latest_edition_before_it() -> None:
    far = Period(start=date(2022, 1, 1), end=date(2022, 12, 31))
    earlier = [a_rank("9", article="far", period=far), a_rank("21", article="old", period=BEFORE)]

    assert met_by(a_condition("rank_drop", indicator=RANK), an_article(a_rank("20")), earlier) == ()


def test_the_rank_of_the_year_before_may_stand_in_the_article_itself() -> None:
    article = an_article(a_rank("20"), a_rank("15", period=BEFORE))

    assert met_by(a_condition("rank_drop", indicator=RANK), article, ()) == (0,)


def test_another_word_on_the_same_edition_is_no_drop() -> None:
    earlier = [a_rank("15", article="old")]
    undated = [a_rank("15", article="old", period=None, published=date(2024, 12, 20))]
    condition = a_condition("rank_drop", indicator=RANK)

    assert met_by(condition, an_article(a_rank("20")), earlier) == ()
    assert met_by(condition, an_article(a_rank("20")), undated) == ()
    assert met_by(condition, an_article(a_rank("20")), ()) == ()


def test_an_old_rank_that_is_told_late_is_not_held_against_a_newer_one() -> None:
    article = an_article(a_rank("20", period=BEFORE))
    newer = [a_rank("15", article="newer")]

    assert met_by(a_condition("rank_drop", indicator=RANK), article, newer) == ()


def test_where_articles_differ_on_what_was_before_most_of_them_are_believed() -> None:
    earlier = [
        a_rank("25", article="wrong", period=BEFORE, published=date(2024, 6, 1)),
        a_rank("15", article="one", period=BEFORE, published=date(2024, 4, 1)),
        a_rank("15", article="two", period=BEFORE, published=date(2024, 4, 2)),
    ]

    assert met_by(a_condition("rank_drop", indicator=RANK), an_article(a_rank("20")), earlier) == (0,)


# --- differs ---


def test_another_value_for_the_same_time_differs() -> None:
    article = an_article(a_claim("88.3"), a_claim("70", name="tỷ lệ khác", indicator=None))
    earlier = [a_claim("92.1", article="old")]

    assert met_by(a_condition("differs"), article, earlier) == (0,)


@pytest.mark.parametrize(
    "earlier",
    [
        a_claim("88.3", article="old"),
        a_claim("88", article="old"),
        a_claim("90", article="old", bound="under", sentence="Dưới 90%."),
        a_claim("92.1", article="old", period=BEFORE),
        a_claim("92.1", article="old", entity="Yên Bái"),
        a_claim("92.1", article="old", kind="target"),
        a_claim("92.1", article="new"),
    ],
    ids=["same", "rounded", "bounded", "another time", "another place", "a target", "the article itself"],
)
def test_what_agrees_or_is_of_something_else_does_not_differ(earlier: FigureEntry) -> None:
    assert met_by(a_condition("differs"), an_article(a_claim("88.3")), [earlier]) == ()


def test_a_body_that_restates_its_own_figure_differs() -> None:
    article = an_article(a_claim("88.3", sentence="Tỷ lệ hồ sơ nộp trực tuyến là 88,3%."), published=date(2025, 3, 1))
    earlier = [a_claim("92.1", article="old", source="bao_n")]

    assert met_by(a_condition("differs"), article, earlier) == (0,)


# --- change_over ---


def test_rates_change_by_percentage_points_and_in_both_directions() -> None:
    earlier = [a_claim("90", article="old", period=BEFORE)]
    condition = a_condition("change_over", "5")

    assert met_by(condition, an_article(a_claim("96")), earlier) == (0,)
    assert met_by(condition, an_article(a_claim("84")), earlier) == (0,)
    assert met_by(condition, an_article(a_claim("95")), earlier) == ()


def test_counts_change_by_shares_of_what_was_before() -> None:
    earlier = [a_count("1000", article="old", period=BEFORE)]
    condition = a_condition("change_over", "5", indicator=COUNT)

    assert met_by(condition, an_article(a_count("1051")), earlier) == (0,)
    assert met_by(condition, an_article(a_count("1050")), earlier) == ()


def test_a_count_of_nine_months_is_not_held_against_one_of_a_year() -> None:
    nine = Period(start=date(2024, 1, 1), end=date(2024, 9, 30))
    nine_before = Period(start=date(2023, 1, 1), end=date(2023, 9, 30))
    year = a_count("2000", article="old", period=BEFORE)
    same = a_count("1000", article="older", period=nine_before)
    condition = a_condition("change_over", "5", indicator=COUNT)

    assert met_by(condition, an_article(a_count("1010", period=nine)), [year]) == ()
    assert met_by(condition, an_article(a_count("1010", period=nine)), [year, same]) == ()
    assert met_by(condition, an_article(a_count("1200", period=nine)), [year, same]) == (0,)


def test_a_territory_that_grew_is_not_held_against_what_it_was() -> None:
    after = Period(start=date(2026, 1, 1), end=date(2026, 12, 31))
    article = an_article(a_claim("80", period=after), published=date(2027, 1, 5))
    kept = an_article(a_claim("80", period=after, entity="Nghệ An"), published=date(2027, 1, 5))

    assert met_by(a_condition("change_over", "5"), article, [a_claim("95", article="old")]) == ()
    assert met_by(
        a_condition("change_over", "5", place="Nghệ An"), kept, [a_claim("95", article="old", entity="Nghệ An")]
    ) == (0,)


def test_a_change_that_the_wording_leaves_in_doubt_is_none() -> None:
    earlier = [a_claim("90", article="old", period=BEFORE)]

    assert met_by(a_condition("change_over", "5"), an_article(a_claim("96", bound="about")), earlier) == ()
    assert met_by(a_condition("change_over", "5"), an_article(a_claim("97", bound="about")), earlier) == (0,)


# --- what is asked of the index ---


def test_only_tests_that_compare_ask_the_index_and_only_for_articles_with_such_a_figure() -> None:
    condition = a_condition("differs", place=None)
    query = figures_to_compare(condition, an_article(a_claim("80", entity="Thừa Thiên Huế")))

    assert query is not None
    assert "Huế" in str(query.root)
    assert "Thừa Thiên Huế" in str(query.root)
    assert figures_to_compare(condition, an_article(a_claim("80", indicator=COUNT))) is None
    assert figures_to_compare(a_condition("below", "90"), an_article(a_claim("80"))) is None
