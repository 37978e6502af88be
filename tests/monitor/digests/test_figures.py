"""Key figures: which of an article's many, and what each was before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from index.base import Highlight
from models.records import Metric, Period
from monitor.digests.figures import Earlier, by_thing, key_figures
from monitor.digests.views import Before
from tests.index.makers import a_document
from tests.monitor.makers import a_claim

RATE = "online_services.online_dossier_rate"
TOLD = datetime(2026, 11, 27, tzinfo=UTC)


def quarter(number: int, year: int = 2026) -> Period:
    first = date(year, 3 * number - 2, 1)
    last = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}[number]
    return Period(start=first, end=date(year, *last))


def a_figure(value: str, **fields: Any) -> Metric:
    return a_claim(value, article="new", published=date(2026, 11, 28), **{"period": quarter(3), **fields}).metric


def an_earlier(value: str, *, told_at: datetime | None = None, **fields: Any) -> Earlier:
    entry = a_claim(value, article=fields.pop("article", "old"), **{"period": quarter(2), **fields})
    return Earlier(entry=entry, told_at=told_at)


def before(figure: Metric, *earlier: Earlier, own: tuple[str, ...] = ()) -> Before | None:
    """What the one figure of an article is said to have been."""
    document = a_document("new", metrics=(figure,), published=date(2026, 11, 28))
    (found,) = key_figures(document, None, places=(), met=(0,), earlier=by_thing(earlier), own=own)
    return found.before


def value_before(figure: Metric, *earlier: Earlier) -> Decimal | None:
    found = before(figure, *earlier)
    return found and found.metric.value


def chosen(*figures: Metric, sentence: Highlight | None = None, **options: Any) -> list[str]:
    document = a_document(text="x" * 400, metrics=figures, places=("Huế",), published=date(2026, 11, 28))
    found = key_figures(document, sentence, **{"places": (), "met": (), **options})
    return [str(figure.metric.value) for figure in found]


def test_results_come_before_targets_then_what_stands_in_the_sentence_then_the_places_asked_for() -> None:
    sentence = Highlight(part="body", text="x" * 50, start=100, spans=())
    figures = (
        a_figure("1", kind="target", start=110, end=112, indicator="a.a"),
        a_figure("2", entity="Lào Cai", start=0, end=2, indicator="a.b"),
        a_figure("3", entity="Huế", start=300, end=302, indicator="a.c"),
        a_figure("4", entity="Lào Cai", start=120, end=122, indicator="a.d"),
    )

    assert chosen(*figures, sentence=sentence) == ["4", "3", "2"]
    assert chosen(*figures, sentence=sentence, places=("Lào Cai",)) == ["4", "2", "3"]


def test_what_met_the_condition_leads_and_is_told_even_where_the_catalogue_does_not_know_it() -> None:
    figures = (a_figure("1", indicator="a.a"), a_figure("2", indicator=None, kind="target"))

    assert chosen(*figures, met=(1,)) == ["2", "1"]


def test_figures_without_an_indicator_changes_and_unknown_values_are_left_to_the_article_s_page() -> None:
    unknown = Metric(quote="", start=0, end=0, sentence="", name="", indicator=RATE, value=None, unit="percent")

    assert chosen(a_figure("1", indicator=None), a_figure("2", kind="change"), unknown) == []


def test_what_was_more_than_a_year_ago_is_no_news() -> None:
    document = a_document(published=date(2026, 1, 14), metrics=(a_figure("66.4", period=quarter(4, 2024)),))

    assert key_figures(document, None, places=(), met=()) == ()
    assert len(key_figures(document, None, places=(), met=(0,))) == 1


def test_of_one_thing_the_latest_value_is_told_once() -> None:
    figures = (a_figure("80", period=quarter(1)), a_figure("85", period=quarter(2)), a_figure("85", period=quarter(2)))

    assert chosen(*figures) == ["85"]


def test_a_figure_counts_its_place_from_the_lead() -> None:
    figures = (a_figure("1", indicator="a.a", start=0, end=2), a_figure("92", start=12, end=14))
    document = a_document(lead="Sa-pô.", text="Bài 92.", metrics=figures, published=None)
    body = Highlight(part="body", text="Bài 92.", start=0, spans=())
    lead = Highlight(part="lead", text="Sa-pô.", start=0, spans=())

    leading = [key_figures(document, one, places=(), met=())[0].metric.value for one in (body, lead)]

    assert leading == [92, 1]


def test_the_value_of_the_period_before_is_told_where_it_differs() -> None:
    figure = a_figure("92.3")

    assert value_before(figure, an_earlier("90.1"), an_earlier("88", period=quarter(1))) == Decimal("90.1")
    assert value_before(figure, an_earlier("92.3")) is None
    assert value_before(figure, an_earlier("92")) is None  # the same, told more roughly


@pytest.mark.parametrize(
    "other",
    [
        {"entity": "Huế"},
        {"indicator": "online_services.full_online_rate", "name": "tỷ lệ toàn trình"},
        {"kind": "target"},
        {"period": None},
        {"period": quarter(4)},
        {"period": quarter(3)},
        {"period": quarter(1, 2023)},
        {"unit": "hồ sơ"},
        {"article": "new"},
    ],
    ids=str,
)
def test_a_value_of_another_thing_or_of_no_earlier_time_is_not_what_was_before(other: dict[str, Any]) -> None:
    assert before(a_figure("92.3"), an_earlier("90.1", **other)) is None


def test_a_count_is_only_held_against_one_of_as_long_a_time() -> None:
    counted = {"unit": "hồ sơ", "indicator": "online_services.online_dossiers", "name": "số hồ sơ nộp trực tuyến"}
    half = Period(start=date(2026, 1, 1), end=date(2026, 6, 30))

    assert before(a_figure("1200", **counted), an_earlier("2500", period=half, **counted)) is None
    assert value_before(a_figure("1200", **counted), an_earlier("1000", **counted)) == 1000
    assert value_before(a_figure("92.3"), an_earlier("80", period=half)) == 80


def test_a_place_is_not_held_against_itself_from_before_the_merger() -> None:
    new, old = quarter(3, 2025), quarter(2, 2025)

    assert (
        before(a_figure("92.3", entity="Lào Cai", period=new), an_earlier("90", entity="Lào Cai", period=old)) is None
    )
    assert before(a_figure("92.3", entity="Nghệ An", period=new), an_earlier("90", entity="Nghệ An", period=old))


def test_without_periods_only_what_a_digest_told_was_before() -> None:
    figure = a_figure("92.3", period=None)

    assert before(figure, an_earlier("90.1", period=None)) is None
    assert before(figure, an_earlier("90.1", period=None, told_at=TOLD)) == Before(
        metric=an_earlier("90.1", period=None).entry.metric, told_at=TOLD
    )


def test_what_a_reprint_says_is_not_what_was_before() -> None:
    assert before(a_figure("92.3"), an_earlier("90.1"), own=("old",)) is None
