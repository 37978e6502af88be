"""The time that an article as a whole is about: the one its title names, or the one that it opens with."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from models.figures.claims import names_target
from models.records import Period
from models.times.periods import Mention, find_mentions
from models.times.reach import bracket_end, known, lies_ahead

_EDITION = re.compile(r"(?:\b(?:chỉ số|xếp hạng|khảo sát)|index|papi|sipas)\b[^.;]*$")
_SHORTEST_SCOPE = 80
"""Days: a quarter or a year can be what a whole article is about; a month or a day cannot."""
_OPENING = 400


class Whole(NamedTuple):
    """The time of a whole article, for the figures of sentences that say nothing of when."""

    reached: Period | None
    """Of what was reached; None where the text opens with the time of a target: "đặt ra cho năm 2019"."""
    aimed: Period | None
    """Of targets."""


def whole_period(title: str | None, published: date | None, mentions: list[Mention], lower: str) -> Whole:
    """The time of a whole article: the one its title names, or the one that it opens with and never contradicts.

    Of a ranking the edition that the article opens with counts, whatever it says of editions before.
    """
    titled = [m for m in find_mentions((title or "").lower(), published) if not m.is_compared and not m.is_event]
    if titled:
        whole = known(max(titled, key=_length).period)
        return Whole(whole, whole)
    opening = _opening_time(published, mentions, lower)
    if opening is None:
        return Whole(None, None)
    sentence = max(lower.rfind(mark, 0, opening.start) for mark in (". ", "\n")) + 1
    return Whole(None if names_target(lower[sentence : opening.start]) else opening.period, opening.period)


def _opening_time(published: date | None, mentions: list[Mention], lower: str) -> Mention | None:
    closed = [m for m in mentions if _is_closed(m.period) and not (m.is_compared or m.is_past or m.is_event)]
    if not closed or not closed[0].is_scope or closed[0].start > max(_OPENING, len(lower) // 5):
        return None
    first = closed[0]
    if first.is_deadline or lies_ahead(first.period, published):
        return None
    if _EDITION.search(lower, max(0, first.start - 100), first.start):
        return first
    agree = all(_agrees(m.period, first.period, published) or bracket_end(lower, m) for m in closed)
    return first if agree else None


def _length(mention: Mention) -> int:
    start, end = mention.period.start, mention.period.end
    return (end - start).days if start and end else 0


def _is_closed(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _SHORTEST_SCOPE


def _agrees(other: Period, first: Period, published: date | None) -> bool:
    """Whether a time lies within the first one, ahead, as plans do, or before it, as what it is seen against does."""
    assert other.start
    assert other.end
    assert first.start
    assert first.end
    comes_after = other.start > first.end and (published is None or other.end >= published)
    return comes_after or other.end < first.start or (first.start <= other.start and other.end <= first.end)
