"""A figure held against the one before it: of one thing, of one body, of an earlier time, and on one scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from models.bodies.places import redrawn_on, resolve
from models.figures.indicators import all_indicators
from monitor.alerts.reach import Reach, least_gap, reach_of
from monitor.analytics import MERGER
from monitor.sameness import Told, group_of, is_one_thing, is_one_time, measure_of

_MINISTRIES_MERGED = date(2025, 3, 1)
_MONTH_DAYS = 30.44
_FEW_DAYS = 20
_POINTS = frozenset(("rate", "rank"))
"""What differs by points and places; all else by shares of what was before."""


def has_dropped(now: Told, others: Iterable[Told]) -> bool:
    """Whether a figure is worse than the one before it, by what the catalogue says is better; False where it does not say."""
    before = figure_before(now, others)
    indicator = all_indicators().get(now.metric.indicator or "")
    if before is None or indicator is None or indicator.rising_is_good is None:
        return False
    ours, theirs = _reaches(now, before)
    less, more = (ours, theirs) if indicator.rising_is_good else (theirs, ours)
    return less.high is not None and more.low is not None and less.high < more.low


def has_changed(now: Told, others: Iterable[Told], *, most: Decimal) -> bool:
    """Whether a figure lies further from the one before it than `most`, in either direction.

    Rates differ in percentage points ("từ 90% lên 96%" is 6), ranks in places, all else in percent of what was before.
    """
    before = figure_before(now, others)
    if before is None or before.metric.value is None:
        return False
    gap = least_gap(*_reaches(now, before))
    if measure_of(now.metric) in _POINTS:
        return gap > most
    return gap > abs(before.metric.value) * most / 100


def _reaches(now: Told, before: Told) -> tuple[Reach, Reach]:
    ours, theirs = reach_of(now.metric), reach_of(before.metric)
    assert ours is not None  # `figure_before` lets no figure without a value through
    assert theirs is not None
    return ours, theirs


def figure_before(now: Told, others: Iterable[Told]) -> Told | None:
    """The figure of the latest earlier time that this one may be held against; None where nobody told one.

    Where articles differ on it, the one that most of them tell, and of as many the last that was published.
    """
    if now.metric.value is None or now.metric.entity is None:
        return None
    earlier = [other for other in others if _is_before(other, now) and _is_comparable(other, now)]
    if not earlier:
        return None
    latest = max(earlier, key=_when)
    told: defaultdict[tuple[Decimal | None, Decimal | None], list[Told]] = defaultdict(list)
    for other in earlier:
        if other is latest or is_one_time(other, latest):
            told[other.metric.value, other.metric.value_max].append(other)
    some = max(told.values(), key=lambda same: (len({one.entry.article_id for one in same}), _newest(same)))
    return max(some, key=lambda one: one.day or date.min)


def _newest(some: Sequence[Told]) -> date:
    return max(one.day or date.min for one in some)


def _when(told: Told) -> date:
    """The last day that a figure speaks of; one without a period speaks of the day it was published."""
    return (told.period.end if told.period else told.day) or date.min


def _is_before(other: Told, now: Told) -> bool:
    if date.min in (_when(other), _when(now)) or is_one_time(other, now):
        return False
    if now.metric.unit == "rank" and (other.period is None) != (now.period is None):
        # one says its edition and one does not: only their days of publishing can be compared
        return other.day is not None and now.day is not None and other.day < now.day
    return _when(other) < _when(now)


def _is_comparable(other: Told, now: Told) -> bool:
    ours, theirs = now.metric, other.metric
    if theirs.value is None or group_of(ours) != group_of(theirs) or not is_one_thing(now, other):
        return False
    if ours.unit == "rank":
        return _is_one_scale(now, other)
    redrawn = redrawn_on(ours.entity or "")
    if redrawn is not None and _side(now, redrawn) != _side(other, redrawn):
        return False  # a kept name is not a kept territory
    return measure_of(ours) in ("rate", "point") or _length(now) == _length(other)


def _is_one_scale(now: Told, other: Told) -> bool:
    """A rank of 63 and one of 34 are not compared; where a total is not told, none across the mergers."""
    totals = (now.metric.out_of, other.metric.out_of)
    if None not in totals:
        return totals[0] == totals[1]
    place = resolve(now.metric.entity or "")
    merged = {"province": MERGER, "ministry": _MINISTRIES_MERGED}.get(place.kind) if place else None
    return merged is None or (
        _side(now, merged) == _side(other, merged) and _published(now, merged) == _published(other, merged)
    )


def _side(told: Told, day: date) -> bool:
    return _when(told) >= day


def _published(told: Told, day: date) -> bool | None:
    return None if told.day is None else told.day >= day


def _length(told: Told) -> tuple[str, int] | None:
    """How long a time a count is of: nine months are held against nine months. None is a state, as it stood on a day."""
    period = told.period
    if period is None or period.start is None or period.end is None:
        return None
    days = (period.end - period.start).days + 1
    return ("days", days) if days < _FEW_DAYS else ("months", round(days / _MONTH_DAYS))
