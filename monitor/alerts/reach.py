"""What a figure's wording leaves open: "hơn 90" is more than 90, "khoảng 90" may be less, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.records import Metric
from monitor.differences import step_of

_NEAR = Decimal("0.05")
""" "khoảng 8 tỷ" may stand for 7,6, not for 7 (as in monitor/differences.py)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """The values that a figure may have. None is no end; an open end is itself not among them."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def is_below(self, bound: Decimal) -> bool:
        """Whether it is surely less."""
        return self.high is not None and (self.high < bound or (self.high == bound and self.high_open))

    def is_at_most(self, bound: Decimal) -> bool:
        """Whether it is surely no more."""
        return self.high is not None and self.high <= bound

    def is_above(self, bound: Decimal) -> bool:
        """Whether it is surely more."""
        return self.low is not None and (self.low > bound or (self.low == bound and self.low_open))

    def is_at_least(self, bound: Decimal) -> bool:
        """Whether it is surely no less."""
        return self.low is not None and self.low >= bound


def reach_of(metric: Metric) -> Reach | None:
    """What a figure may be; None where its value is not known.

    A round number told with "hơn" or "dưới" stays within its last place that is not nought: "hơn 80%" is below 90%,
    "hơn 90%" is not below 95% for sure.

    >>> metric = Metric(quote="", start=0, end=0, sentence="", name="", value=Decimal(90), unit="percent", bound="over")
    >>> reach_of(metric).is_below(Decimal(90)), reach_of(metric).is_above(Decimal(90))
    (False, True)
    """
    value = metric.value
    if value is None:
        return None
    if metric.value_max is not None:
        return Reach(low=min(value, metric.value_max), high=max(value, metric.value_max))
    step = step_of(value)
    match metric.bound:
        case "exact":
            return Reach(low=value, high=value)
        case "about":
            near = min(step, abs(value) * _NEAR)
            return Reach(low=value - near, high=value + near)
        case "over":
            return Reach(low=value, high=value + step, low_open=True, high_open=True)
        case "at_least":
            return Reach(low=value, high=None)
        case "under":
            return Reach(low=value - step, high=value, low_open=True, high_open=True)
        case "at_most":
            return Reach(low=None, high=value)


def least_gap(one: Reach, other: Reach) -> Decimal:
    """How far two figures lie apart at least; nought where they may be the same, or where that is not known."""
    if one.high is not None and other.low is not None and one.high < other.low:
        return other.low - one.high
    if other.high is not None and one.low is not None and other.high < one.low:
        return one.low - other.high
    return Decimal(0)
