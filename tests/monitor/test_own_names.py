"""Figures outside the catalogue: alike names are one group, which can be followed over time."""

from __future__ import annotations

from datetime import date

import pytest

from models.records import Period
from monitor.own_names import find_group, group_by_name
from monitor.timeline import read_own_series
from tests.monitor.makers import a_claim

NAMES = (
    "số điểm truy cập Wi-Fi miễn phí", "số điểm truy cập Wi-Fi miễn phí trên địa bàn", "điểm truy cập Wi-Fi miễn phí của Huế",
)  # fmt: skip


def wifi(number: int, name: str, **fields: object) -> object:
    return a_claim(str(100 + number), article=f"a{number}", name=name, indicator=None, unit="điểm", **fields)


def test_alike_names_are_one_group_known_by_the_commonest() -> None:
    figures = [wifi(n, name, entity="Huế") for n, name in enumerate((*NAMES, NAMES[0]))]
    other = a_claim("7", article="b", name="số trạm quan trắc nước mặt tự động", indicator=None, unit="trạm")

    first, second = group_by_name([*figures, other])  # type: ignore[list-item]

    assert (first.name, len(first.figures), first.articles, first.places) == (NAMES[0], 4, 4, 1)
    assert second.name == "số trạm quan trắc nước mặt tự động"


def test_what_has_an_indicator_is_a_change_or_says_too_little_is_in_no_group() -> None:
    figures = [
        a_claim("1"), a_claim("2", indicator=None, kind="change"), a_claim("3", indicator=None, name="số người", unit="người")
    ]  # fmt: skip

    assert group_by_name(figures) == []


def test_a_rate_and_a_count_of_one_name_are_two_groups() -> None:
    names = {"name": "hộ dân dùng đồng hồ nước thông minh", "indicator": None}

    assert len(group_by_name([a_claim("40", **names), a_claim("1200", unit="hộ", **names)])) == 2


@pytest.mark.parametrize("typed", ["điểm Wi-Fi miễn phí truy cập", "wi-fi miễn phí"])
def test_a_group_is_found_by_its_name_or_by_words_of_it(typed: str) -> None:
    groups = group_by_name([wifi(1, NAMES[0])])  # type: ignore[list-item]

    found = find_group(groups, typed)

    assert found is not None
    assert found.name == NAMES[0]


@pytest.mark.parametrize("typed", ["", "số", "trạm quan trắc"])
def test_what_no_name_holds_finds_nothing(typed: str) -> None:
    assert find_group(group_by_name([wifi(1, NAMES[0])]), typed) is None  # type: ignore[list-item]


def test_a_group_makes_a_series() -> None:
    years = [Period(start=date(year, 1, 1), end=date(year, 12, 31)) for year in (2022, 2023)]
    (group,) = group_by_name([wifi(n, NAMES[n], period=year) for n, year in enumerate(years)])  # type: ignore[list-item]

    series = read_own_series(group)

    assert (series.indicator, series.unit) == (min(NAMES[:2], key=len), "điểm")
    assert [point.value for point in series.places[0].points] == [100, 101]
