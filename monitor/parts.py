"""Percentages that do not follow from the parts beside them: "62/83 nhiệm vụ, đạt 70%"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from index.base import FigureEntry
from models.records import Metric
from monitor.differences import step_of

_FROM_PART = re.compile(r"[^\d;]{0,60}?(?:đạt|chiếm|bằng|tương đương|tương ứng|tỷ lệ|tỉ lệ|\(|=)[^\d;]{0,20}")
_OTHER_RATE = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|so với|trong khi|còn|kế hoạch|mục tiêu|chỉ tiêu|trong đó|riêng)(?!\w)"
)
_SLACK = Decimal("0.05")
"""Percentage points that are always allowed: whoever rounds twice is off by so much."""


class Mismatch(NamedTuple):
    """A part of a whole, and the percentage beside it that is another."""

    part: FigureEntry
    rate: FigureEntry


def find_mismatches(figures: Iterable[FigureEntry]) -> Iterator[Mismatch]:
    """Every percentage told right behind a part of a whole, "a/b", that it is not."""
    by_article: defaultdict[str, list[FigureEntry]] = defaultdict(list)
    for figure in figures:
        by_article[figure.article_id].append(figure)
    for some in by_article.values():
        some.sort(key=lambda figure: figure.metric.start)
        yield from (Mismatch(one, next_one) for one, next_one in _neighbours(some) if not _follows(one, next_one))


def _neighbours(figures: Sequence[FigureEntry]) -> Iterator[tuple[FigureEntry, FigureEntry]]:
    """A part and the percentage that is said of it."""
    for one, behind in pairwise(figures):
        part, rate = one.metric, behind.metric
        if _is_part(part) and _is_rate(rate) and part.kind == rate.kind:
            between = _between(part, rate)
            if between is not None and _FROM_PART.fullmatch(between) and not _OTHER_RATE.search(between):
                yield one, behind


def _is_part(metric: Metric) -> bool:
    return (
        metric.unit not in ("rank", "point")
        and bool(metric.out_of)
        and metric.value is not None
        and metric.bound == "exact"
    )


def _is_rate(metric: Metric) -> bool:
    """A percentage told as such; "từ 75% trở lên" is a threshold that the parts reached."""
    is_told = metric.bound in ("exact", "about", "over") and metric.value_max is None
    return metric.unit == "percent" and metric.value is not None and is_told


def _between(part: Metric, rate: Metric) -> str | None:
    """What stands between two figures of one sentence; None where they are not, or it can't be told."""
    if part.sentence != rate.sentence:
        return None
    shift = rate.start - part.start
    for found in re.finditer(re.escape(part.quote), part.sentence):
        start = found.start() + shift
        if part.sentence[start : start + len(rate.quote)] == rate.quote:
            return part.sentence[found.end() : start].lower()
    return None


def _follows(one: FigureEntry, behind: FigureEntry) -> bool:
    part, rate = one.metric, behind.metric
    assert part.value is not None
    assert part.out_of
    assert rate.value is not None
    exact = 100 * part.value / part.out_of
    if rate.bound == "over":
        return exact >= rate.value - _SLACK
    last_place = min(step_of(rate.value), Decimal(1))
    allowed = last_place if rate.bound == "exact" else max(last_place, rate.value * _SLACK)
    return abs(exact - rate.value) <= allowed + _SLACK
