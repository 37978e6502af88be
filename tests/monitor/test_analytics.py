"""Series: points in time's order, claims kept apart where they differ, breaks told and never drawn over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from index.base import FigureEntry
from models.records import Kind, Metric, Period
from monitor.analytics import Break, build_series, with_breaks


def a_figure(
    value: str,
    year: int,
    *,
    entity: str = "Lào Cai",
    article: str = "a1",
    unit: str = "percent",
    kind: Kind = "achieved",
    out_of: int | None = None,
) -> FigureEntry:
    metric = Metric(
        quote=value, start=0, end=len(value), sentence=f"Đạt {value}.", name="tỷ lệ hồ sơ trực tuyến", value=Decimal(value),
        unit=unit, kind=kind, entity=entity, out_of=None if out_of is None else Decimal(out_of),
        period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
    )  # fmt: skip
    return FigureEntry(
        article_id=article, url=f"https://{article}.vn", source=article, published=date(year + 1, 1, 5), metric=metric
    )


def test_points_stand_in_the_order_of_their_periods() -> None:
    figures = [a_figure("82.4", 2024), a_figure("21.6", 2020), a_figure("60", 2022)]

    series = build_series("rate", figures)

    assert [str(point.value) for point in series.places[0].points] == ["21.6", "60", "82.4"]


def test_two_sources_that_agree_make_one_point_and_two_that_differ_make_two() -> None:
    figures = [
        a_figure("92.7", 2025, article="portal"),
        a_figure("92.7", 2025, article="paper"),
        a_figure("97.2", 2025, article="other"),
    ]

    points = build_series("rate", figures).places[0].points

    assert [[claim.source for claim in point.claims] for point in points] == [["paper", "portal"], ["other"]]


def test_one_article_that_says_it_twice_is_one_claim() -> None:
    points = build_series("rate", [a_figure("50", 2023), a_figure("50", 2023)]).places[0].points

    assert [len(point.claims) for point in points] == [1]


def test_changes_and_other_units_are_not_part_of_the_line() -> None:
    figures = [
        a_figure("50", 2023),
        a_figure("55", 2024),
        a_figure("5", 2024, kind="change"),
        a_figure("900", 2024, unit="hồ sơ"),
    ]

    series = build_series("rate", figures)

    assert series.unit == "percent"
    assert [str(point.value) for point in series.places[0].points] == ["50", "55"]


def test_places_and_days_narrow_a_series() -> None:
    figures = [a_figure("50", 2022), a_figure("55", 2024), a_figure("70", 2024, entity="Huế")]

    series = build_series("rate", figures, places=["Lào Cai"], since=date(2023, 1, 1))

    assert [(line.place, len(line.points)) for line in series.places] == [("Lào Cai", 1)]


def test_a_rank_of_63_and_a_rank_of_34_are_parted_by_a_break() -> None:
    figures = [a_figure("17", 2020, unit="rank", out_of=63), a_figure("12", 2025, unit="rank", out_of=34)]

    breaks = build_series("par", figures).breaks

    assert breaks[0].date == date(2025, 7, 1)
    assert any("34" in found.why for found in breaks)


def test_a_merged_province_is_named_in_the_break_and_an_unchanged_one_is_not() -> None:
    both = [a_figure("50", 2023), a_figure("80", 2026), a_figure("70", 2026, entity="Nghệ An")]

    breaks = build_series("rate", both).breaks

    assert len(breaks) == 1
    assert "Lào Cai" in breaks[0].why
    assert "Nghệ An" not in breaks[0].why


def test_a_renaming_is_told_only_where_the_points_span_it() -> None:
    renamed = [Break(date=date(2022, 6, 21), why="mức độ 4 thành toàn trình")]

    within = build_series("rate", [a_figure("31", 2020), a_figure("60", 2023)], renamed=renamed)
    after = build_series("rate", [a_figure("60", 2023), a_figure("70", 2024)], renamed=renamed)

    assert [found.why for found in within.breaks] == ["mức độ 4 thành toàn trình"]
    assert after.breaks == ()


def test_no_figures_make_an_empty_series() -> None:
    series = build_series("rate", [])

    assert (series.unit, series.places, series.breaks) == (None, (), ())


def test_a_thing_counted_under_a_longer_name_is_in_the_line() -> None:
    figures = [
        a_figure("900", 2023, unit="hồ sơ"),
        a_figure("950", 2024, unit="hồ sơ thủ tục hành chính"),
        a_figure("7", 2024, unit="trạm"),
    ]

    series = build_series("received", figures, units=["hồ sơ"])

    assert (series.unit, [str(point.value) for point in series.places[0].points]) == ("hồ sơ", ["900", "950"])


def test_another_total_of_a_rank_or_scale_of_a_score_is_a_break() -> None:
    ranks = [
        a_figure("5", 2019, entity="Bộ Y tế", unit="rank", out_of=19),
        a_figure("3", 2022, entity="Bộ Y tế", unit="rank", out_of=17),
    ]
    scores = [a_figure("10.8", 2019, unit="point", out_of=12), a_figure("86.2", 2022, unit="point", out_of=100)]

    assert [found.why for found in build_series("par", ranks).breaks] == [
        "số đơn vị được xếp hạng đổi từ 19 sang 17: Bộ Y tế"
    ]
    assert [found.why for found in build_series("par", scores).breaks] == ["thang điểm đổi từ 12 sang 100: Lào Cai"]


def test_two_totals_told_of_one_year_are_no_break() -> None:
    figures = [a_figure("24", 2020, unit="rank", out_of=24), a_figure("24", 2020, unit="rank", out_of=47, article="b")]

    assert build_series("egdi", figures).breaks == ()


def test_a_break_stands_between_the_points_it_parts_and_only_in_the_lines_it_holds_for() -> None:
    figures = [
        a_figure(value, year, entity=place)
        for place in ("Lào Cai", "Nghệ An")
        for value, year in (("50", 2023), ("80", 2026))
    ]

    series = build_series("rate", figures)

    shapes = [
        ["break" if isinstance(one, Break) else str(one.value) for one in with_breaks(line, series.breaks)]
        for line in series.places
    ]
    assert shapes == [["50", "break", "80"], ["50", "80"]]
