"""Figures ─► those of one thing at one time together, without holding each against every other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from index.base import FigureEntry
from monitor.contemporaries import contemporaries
from monitor.differences import digits_of
from monitor.sameness import Told, is_one_thing, is_one_time, rarest_words

_MOST_ASKED = 8
"""Figures of a thing that a further one is held against."""
_MOST_SHARED = 200
"""Things that are found by one word; a commoner word finds none further."""
_TELLING_DIGITS = 3


def gather(figures: Sequence[Told]) -> Iterator[list[FigureEntry]]:
    """The figures of a group parted by thing and time; those with a period of their own first, as they lead the others.

    Only what could be a contradiction is looked at: figures of two articles and more, with two values and more.
    """
    for some in contemporaries(figures):
        if could_differ(some):
            yield from ([told.entry for told in one] for one in _of_one_thing(some) if could_differ(one))


def could_differ(figures: Sequence[Told]) -> bool:
    first = figures[0]
    return any(told.entry.article_id != first.entry.article_id for told in figures) and any(
        _said(told) != _said(first) for told in figures
    )


def _said(told: Told) -> tuple[object, ...]:
    metric = told.metric
    return metric.value, metric.value_max, metric.out_of, metric.unit


def _of_one_thing(figures: Sequence[Told]) -> Iterator[list[Told]]:
    counts = Counter(word for told in figures for word in told.words)
    gathered: list[list[Told]] = []
    by_key: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for told in sorted(figures, key=_leading):
        keys = list(_keys(told, counts))
        near = dict.fromkeys(number for key in keys for number in by_key[key])
        number = _place_of(told, [(place, gathered[place][:_MOST_ASKED]) for place in near])
        if number is None:
            number = len(gathered)
            gathered.append([])
        gathered[number].append(told)
        for key in keys:
            if number not in (known := by_key[key]) and (key[0] == "slug" or len(known) < _MOST_SHARED):
                known.append(number)
    yield from gathered


def _leading(told: Told) -> tuple[bool, date, str, int]:
    return told.period is None, told.day or date.max, told.entry.article_id, told.metric.start


def _keys(told: Told, counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Under what a figure is found by those it may be one with."""
    metric = told.metric
    if metric.indicator:
        yield "slug", metric.indicator
    for word in rarest_words(told.words, counts):
        yield "word", word
    if metric.value is not None and (metric.out_of is not None or digits_of(metric.value) >= _TELLING_DIGITS):
        yield "digits", "".join(map(str, metric.value.normalize().as_tuple().digits))


def _place_of(told: Told, gathered: Sequence[tuple[int, Sequence[Told]]]) -> int | None:
    if told.metric.unit == "rank" and told.period is None and told.day is None:
        same = [number for number, some in gathered if any(_is_one_place(one, told) for one in some)]
        return same[0] if len(same) == 1 else None
    for number, some in gathered:
        if any(is_one_time(one, told) for one in some) and any(is_one_thing(one, told) for one in some):
            return number
    return None


def _is_one_place(one: Told, undated: Told) -> bool:
    """Whether a rank of nobody knows when is that of a known edition: no other edition has the same place."""
    return one.metric.value == undated.metric.value and is_one_thing(one, undated)
