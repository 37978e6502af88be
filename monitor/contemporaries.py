"""Figures of a group parted by time alone, cheaply: no two of different parts can be of one time, however they are linked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import timedelta

from monitor.sameness import RANK_DAYS, UNDATED_DAYS, Told, edition_of


def contemporaries(figures: Sequence[Told]) -> Iterator[list[Told]]:
    """Parts of a group, each in the order given. `is_one_time` (monitor/sameness.py) holds only within a part.

    Ranks of nobody knows when go with any edition of the same place, so a group that holds one stays whole.
    """
    is_rank = figures[0].metric.unit == "rank"
    if is_rank and any(told.period is None and told.day is None for told in figures):
        yield list(figures)
        return
    links = _Links(len(figures))
    _link_periods(figures, links)
    _link_days(figures, links, timedelta(days=RANK_DAYS if is_rank else UNDATED_DAYS))
    parts: defaultdict[int, list[Told]] = defaultdict(list)
    for number, told in enumerate(figures):
        parts[links.root(number)].append(told)
    yield from parts.values()


def _link_periods(figures: Sequence[Told], links: _Links) -> None:
    firsts: dict[Hashable, int] = {}
    for number, told in enumerate(figures):
        if told.period is not None:
            links.join(firsts.setdefault((told.period.start, told.period.end), number), number)
            if told.metric.unit == "rank" and (edition := edition_of(told.period)):
                links.join(firsts.setdefault(edition, number), number)


def _link_days(figures: Sequence[Told], links: _Links, near: timedelta) -> None:
    """A figure without a period is of one time with all that were published near it."""
    dated = sorted((told.day, number) for number, told in enumerate(figures) if told.day is not None)
    days = [day for day, _ in dated]
    done = 0  # all from the last stretch's start up to here are linked
    for day, number in dated:
        if figures[number].period is None:
            first = max(done, bisect_left(days, day - near))
            done = bisect_right(days, day + near) - 1
            for place in range(first, done):
                links.join(dated[place][1], dated[place + 1][1])


class _Links:
    """Numbers that belong together, as a forest."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, number: int) -> int:
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[max(one, other)] = min(one, other)
