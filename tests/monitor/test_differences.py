"""How two values differ: rounding is told from slips, and slips from real differences."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.differences import is_rounded, is_same, reason_between
from tests.monitor.makers import a_claim


def reason(
    one: str, other: str, *, targets: tuple[str, ...] = (), is_restated: bool = False, **fields: Any
) -> str | None:
    first = {key: value[0] if isinstance(value, tuple) else value for key, value in fields.items()}
    second = {key: value[1] if isinstance(value, tuple) else value for key, value in fields.items()}
    return reason_between(
        a_claim(one, **first).metric, a_claim(other, **second).metric,
        targets=[Decimal(value) for value in targets], is_restated=is_restated,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fine", "rough", "bound"),
    [
        ("78.4", "78", "exact"),
        ("15.91", "15.9", "exact"),
        ("9.4", "9", "exact"),
        ("99.6", "100", "exact"),
        ("403118", "403000", "over"),
        ("7600000000", "8000000000", "about"),
        ("78.4", "80", "about"),
        ("92.7", "90", "over"),
        ("92.7", "85", "at_least"),
        ("0.4", "1", "under"),
        ("12", "15", "at_most"),
    ],
)
def test_a_number_told_more_roughly_is_rounded(fine: str, rough: str, bound: str) -> None:
    assert reason(fine, rough, bound=("exact", bound)) == "rounding"
    assert reason(rough, fine, bound=(bound, "exact")) == "rounding"


@pytest.mark.parametrize(
    ("one", "other", "bound"),
    [
        ("78.4", "80", "exact"),
        ("78.4", "74.8", "exact"),
        ("8300000000", "8000000000", "exact"),
        ("78.4", "80", "over"),
        ("7000000000", "8000000000", "about"),
        ("2034", "2040", "exact"),
        ("20", "21", "exact"),
    ],
)
def test_a_number_that_does_not_round_to_the_other_differs(one: str, other: str, bound: str) -> None:
    assert reason(one, other, bound=("exact", bound)) == "different"


def test_a_range_holds_what_lies_within_it() -> None:
    assert reason("13", "12", value_max=(None, "15")) == "rounding"
    assert reason("16", "12", value_max=(None, "15")) == "different"


def test_ranks_are_never_rounded() -> None:
    assert reason("24", "24.4", unit="rank") == "different"


@pytest.mark.parametrize(
    ("one", "other", "unit"),
    [
        ("214600000", "214600000000", "vnd"),
        ("2318", "2318000", "hồ sơ"),
        ("92.7", "9.27", "percent"),
        ("8300000", "8298000000", "vnd"),
    ],
)
def test_the_same_figures_on_another_scale_are_a_slip(one: str, other: str, unit: str) -> None:
    assert reason(one, other, unit=unit) == "scale"


def test_ten_times_a_round_number_is_no_slip() -> None:
    assert reason("10", "100") == "different"


def test_the_slips_that_units_and_totals_tell() -> None:
    assert reason("7.7", "7.7", unit=("percent", "percentage_point"), kind="change") == "percent_points"
    assert reason("24", "24", unit="rank", out_of=("24", "47")) == "denominator"
    assert reason("24", "24", unit="rank", out_of=(None, "47")) is None


def test_a_value_that_was_aimed_at_is_told_as_such() -> None:
    assert reason("72.1", "80", targets=("80",)) == "target"
    assert reason("80", "72.1", targets=("80",), is_restated=True) == "target"
    assert reason("72.1", "74", targets=("80",)) == "different"


def test_a_later_value_of_the_same_body_is_a_restatement_unless_the_numbers_tell_more() -> None:
    assert reason("72.1", "73.4", is_restated=True) == "restated"
    assert reason("72.1", "721", is_restated=True) == "scale"
    assert reason("72.1", "72", is_restated=True) == "rounding"


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(AMOUNTS, AMOUNTS)
def test_it_does_not_matter_which_is_asked_first(one: Decimal, other: Decimal) -> None:
    first, second = a_claim(str(one)).metric, a_claim(str(other)).metric

    assert is_same(first, second) == is_same(second, first) == (one == other)
    assert is_rounded(first, second) == is_rounded(second, first)
    assert reason(str(one), str(other)) == reason(str(other), str(one))


@given(st.decimals(min_value=10, max_value=99, places=3))
def test_what_python_rounds_is_rounding(value: Decimal) -> None:
    rounded = round(value, 1)

    assert rounded == value or reason(str(value), str(rounded)) == "rounding"
