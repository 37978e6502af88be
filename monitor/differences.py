"""Two values of one thing ─► how they differ: not at all, by rounding, by a slip, or simply so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.records import Metric

Reason = Literal["restated", "rounding", "scale", "percent_points", "denominator", "target", "parts", "different"]
"""Why figures of one thing differ; docs/conflicts.md tells each, monitor/words.py names them."""

_NEAR = Decimal("0.05")
""" "gần 8 tỷ" may stand for 7,6, not for 7."""
_ONE_PERCENT = Decimal("0.01")
_SCALES = (Decimal(1000), Decimal(10) ** 6, Decimal(10) ** 9)
_COMMA_SLIPS = (Decimal(10), Decimal(100))
_SCALE_SLACK = Decimal("0.005")
_RATES = frozenset(("percent", "percentage_point"))
_LARGEST = Decimal(10) ** 30


@dataclass(frozen=True, slots=True)
class _Reach:
    """The values that a wording leaves open, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: _Reach) -> bool:
        return self.low <= other.high and other.low <= self.high


def is_same(one: Metric, other: Metric) -> bool:
    """Whether two figures say the same; a total that only one of them tells is no difference."""
    totals = {one.out_of, other.out_of} - {None}
    return (one.value, one.value_max) == (other.value, other.value_max) and len(totals) < 2 and _units_meet(one, other)


def _units_meet(one: Metric, other: Metric) -> bool:
    return (one.unit in _RATES) == (other.unit in _RATES) and (one.unit not in _RATES or one.unit == other.unit)


def is_rounded(one: Metric, other: Metric) -> bool:
    """Whether one is the other told more roughly: "gần 79%" of 78,4%, "hơn 403.000" of 403.118.

    Ranks are never rounded. An exact number stands for what rounds to it in its last place; one of a single figure and
    noughts, whose last place nobody knows, for what lies within one percent: 78% is 78,4%, but 80% is not.
    """
    if "rank" in (one.unit, other.unit) or not _units_meet(one, other) or len({one.out_of, other.out_of} - {None}) > 1:
        return False
    ours, theirs = _reach(one), _reach(other)
    if ours is None or theirs is None:
        return False
    return (
        ours.meets(_point(other))
        or theirs.meets(_point(one))
        or (_is_loose(one) and _is_loose(other) and ours.meets(theirs))
    )


def _is_loose(metric: Metric) -> bool:
    return metric.bound != "exact" or metric.value_max is not None


def _point(metric: Metric) -> _Reach:
    value = metric.value or Decimal(0)
    return _Reach(value, value if metric.value_max is None else metric.value_max)


def _reach(metric: Metric) -> _Reach | None:
    value = metric.value
    if value is None or abs(value) >= _LARGEST:
        return None
    if metric.value_max is not None:
        return _Reach(value, metric.value_max)
    step = step_of(value)
    near = min(step, abs(value) * _NEAR)
    match metric.bound:
        case "about":
            return _Reach(value - near, value + near)
        case "over":
            return _Reach(value, value + step)
        case "at_least":
            return _Reach(value, _LARGEST)
        case "under":
            return _Reach(value - step, value)
        case "at_most":
            return _Reach(Decimal(0), value)
        case "exact":
            return _rounded_reach(value, step)


def _rounded_reach(value: Decimal, step: Decimal) -> _Reach:
    half = step / 2
    if digits_of(value) < 2 and step > 1:
        half = min(half, abs(value) * _ONE_PERCENT)
    return _Reach(value - half, value + half)


def step_of(value: Decimal) -> Decimal:
    """The place of the last figure that is not nought: what a number may have been rounded to.

    >>> step_of(Decimal(403000)) == 1000, step_of(Decimal("78.40")) == Decimal("0.1")
    (True, True)
    """
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a figure is never NaN
    return Decimal(1).scaleb(exponent)


def digits_of(value: Decimal) -> int:
    """How many figures a number has, noughts behind left out: what tells a slip from a chance.

    >>> digits_of(Decimal("214600000")), digits_of(Decimal(10)), digits_of(Decimal("78.40"))
    (4, 1, 3)
    """
    return len(value.normalize().as_tuple().digits)


def slip_between(one: Metric, other: Metric) -> Reason | None:
    """The slip of the pen that makes one of the other, None where the numbers tell of none."""
    if one.value is None or other.value is None:
        return None
    if {one.unit, other.unit} == _RATES and one.value == other.value:
        return "percent_points"
    if one.value == other.value and None not in (one.out_of, other.out_of) and one.out_of != other.out_of:
        return "denominator"
    return "scale" if one.unit != "rank" and _is_scaled(one.value, other.value) else None


def _is_scaled(one: Decimal, other: Decimal) -> bool:
    """Whether one is 10, 100, 1.000, a million … times the other; by 10 and 100 only figure for figure."""
    small, large = sorted((abs(one), abs(other)))
    if not small or large >= _LARGEST:
        return False
    ratio = large / small
    if ratio in _COMMA_SLIPS:
        return digits_of(small) >= 2
    return any(abs(ratio / scale - 1) <= _SCALE_SLACK for scale in _SCALES)


def reason_between(first: Metric, later: Metric, *, targets: Collection[Decimal], is_restated: bool) -> Reason | None:
    """Why two figures of one thing differ, the surest reason that holds; None where they agree.

    `targets` are the values that were aimed at for the same time; `is_restated` says that the later figure comes from
    the body that told the first.
    """
    if is_same(first, later):
        return None
    if is_rounded(first, later):
        return "rounding"
    if slip := slip_between(first, later):
        return slip
    if first.kind == "achieved" and _is_one_a_target(first, later, targets):
        return "target"
    return "restated" if is_restated else "different"


def _is_one_a_target(one: Metric, other: Metric, targets: Collection[Decimal]) -> bool:
    return (one.value in targets) != (other.value in targets)
