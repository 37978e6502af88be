"""Figures parted by time: no two of one time are ever parted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from index.base import FigureEntry
from models.records import Period
from monitor.contemporaries import contemporaries
from monitor.sameness import Told, is_one_time, read_told
from tests.monitor.makers import a_claim

FIRST = date(2024, 1, 1)
DAYS = st.one_of(st.none(), st.integers(0, 90).map(lambda days: FIRST + timedelta(days=days)))
PERIODS = st.sampled_from(
    [
        None,
        None,
        *(Period(start=date(year, 1, 1), end=date(year, month, 28)) for year in (2023, 2024) for month in (3, 11, 12)),
    ]
)


def told(published: date | None, period: Period | None, unit: str) -> Told:
    claim: FigureEntry = a_claim("1", published=published, period=period, unit=unit)
    return read_told(claim)


@given(st.sampled_from(["percent", "rank"]), st.lists(st.tuples(DAYS, PERIODS), min_size=1, max_size=14))
def test_what_is_of_one_time_is_never_parted(unit: str, times: list[tuple[date | None, Period | None]]) -> None:
    figures = [told(published, period, unit) for published, period in times]

    parts = list(contemporaries(figures))

    part_of = {id(one): number for number, part in enumerate(parts) for one in part}
    assert sorted(map(id, figures)) == sorted(part_of)
    for one, other in combinations(figures, 2):
        assert not is_one_time(one, other) or part_of[id(one)] == part_of[id(other)]


def test_what_lies_far_apart_is_parted_and_what_lies_between_links_it() -> None:
    days = [FIRST, FIRST + timedelta(days=10), FIRST + timedelta(days=2)]
    figures = [told(day, None, "percent") for day in days]

    assert [len(part) for part in contemporaries(figures)] == [2, 1]
    assert [
        len(part)
        for part in contemporaries([*figures, *(told(days[0] + timedelta(days=d), None, "percent") for d in (4, 6, 8))])
    ] == [6]


def test_figures_of_one_period_belong_together_whenever_they_were_published() -> None:
    year, quarter = (Period(start=FIRST, end=date(2024, month, 30)) for month in (12, 3))
    figures = [told(FIRST, year, "percent"), told(FIRST, quarter, "percent"), told(date(2025, 1, 1), year, "percent")]

    assert [len(part) for part in contemporaries(figures)] == [2, 1]


def test_a_rank_of_nobody_knows_when_keeps_all_ranks_together() -> None:
    ranks = [told(FIRST, None, "rank"), told(date(2020, 1, 1), None, "rank"), told(None, None, "rank")]

    assert [len(part) for part in contemporaries(ranks)] == [3]
