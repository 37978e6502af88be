"""Whom a figure is about and which days it covers: what its sentence says, else what the text before it said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from models import periods
from models.entities import Entities
from models.records import Kind, Number, Period

# Between a number and the time that belongs to it: "69,8% của năm 2023", "năm 2024 là 66,4%", "năm 2023 (8/63)".
_OF_TIME = re.compile(r"\s*(?:của|trong|vào|hồi|,?\s*đến)?\s*")
_TIME_IS = re.compile(r"\s*(?:là|đạt)\s*")
_TIME_BRACKET = re.compile(r"\s*\(\s*(?:là\s+|đạt\s+|xếp\s+)?(?:thứ\s+|hạng\s+)?")
_TIME_OF_NEXT = re.compile(r"\s*(?:là|đạt|có|chỉ|mới|con số)\b")
_RESPECTIVELY = re.compile(r"lần lượt|tương ứng|theo thứ tự")
_FARTHEST_TIME = 120
_MOST_INHERITED = 2
"""Sentences of one paragraph over which a time carries."""
_SHORTEST_SCOPE = 80
"""Days: a quarter or a year can be what a whole article is about; a month or a day cannot."""
_OPENING = 400


@dataclass(slots=True)
class Scope:
    """What an article has said so far of whom and when; it changes from sentence to sentence."""

    lower: str
    whom: Entities
    whole_period: Period | None
    """The time of the whole article, for sentences that say nothing."""
    period: Period | None = None
    period_age: int = _MOST_INHERITED

    # --- when ---------------------------------------------------------------------------------------------------------

    def period_of(
        self, mentions: list[periods.Mention], start: int, numbers: list[Number], i: int, kind: Kind
    ) -> Period | None:
        """The days that the i-th figure of a sentence covers; `mentions` are the sentence's times."""
        number = numbers[i]
        if mentions:
            if (beside := self._time_beside(mentions, number)) is not None:
                return known(beside.period)
            plain = [m for m in mentions if not m.is_compared]
            before = [m for m in plain if m.end <= number.start]
            if before:
                return self._respective(before, start, numbers, i) or known(before[-1].period)
            if (after := self._time_behind(plain, numbers, i)) is not None:
                return known(after.period)
        if self.period is not None and self.period_age < _MOST_INHERITED:
            return self.period
        if kind == "change" and self.whole_period is None and (year := _year_after(mentions)) is not None:
            self.period, self.period_age = year, 0
            return year
        return self.whole_period

    def _time_beside(self, mentions: list[periods.Mention], number: Number) -> periods.Mention | None:
        """The time that stands right beside a number and is its own, even where others are compared with it."""
        right = next((m for m in mentions if m.start >= number.end), None)
        if right is not None and right.period.end and _OF_TIME.fullmatch(self.lower, number.end, right.start):
            return right if not right.is_compared or self.lower[number.end : right.start].strip() == "của" else None
        left = [m for m in mentions if m.end <= number.start]
        if not left or left[-1].period.end is None:
            return None
        span = (left[-1].end, number.start)
        is_own = _TIME_BRACKET.fullmatch(self.lower, *span) if left[-1].is_compared else None
        return left[-1] if is_own or _TIME_IS.fullmatch(self.lower, *span) else None

    def _time_behind(self, plain: list[periods.Mention], numbers: list[Number], i: int) -> periods.Mention | None:
        number = numbers[i]
        for mention in plain:
            if mention.start >= number.end and not _TIME_OF_NEXT.match(self.lower, mention.end):
                is_near = mention.start - number.end < _FARTHEST_TIME
                return mention if is_near and all(n.start > mention.start for n in numbers[i + 1 :]) else None
        return None

    def _respective(self, before: list[periods.Mention], start: int, numbers: list[Number], i: int) -> Period | None:
        """ "Năm 2016 và 2017 lỗ lần lượt là 179 tỷ và 282 tỷ": the first year for the first number."""
        if len(before) < 2 or before[-1].start - before[-2].end > 6:
            return None
        if not _RESPECTIVELY.search(self.lower, start, numbers[i].start):
            return None
        place = 0
        for earlier, number in pairwise(numbers[: i + 1]):
            place = place + 1 if number.start - earlier.end <= 5 and earlier.start > before[-1].end else 0
        years = [m for m in before if before[-1].start - m.start < 40]
        return years[place].period if place < len(years) else None

    # --- from one sentence to the next --------------------------------------------------------------------------------

    def begin_paragraph(self) -> None:
        """A new paragraph speaks of somebody else, at another time."""
        self.whom.begin_paragraph()
        self.period_age += _MOST_INHERITED

    def end_sentence(self, start: int, stop: int, mentions: list[periods.Mention], *, has_figures: bool) -> None:
        """Keep what the next sentence inherits: the time, and the one with whom the sentence began."""
        plain = [m for m in mentions if not m.is_compared]
        self.period_age += 1
        if plain:
            self.period, self.period_age = (None if plain[-1].is_now else known(plain[-1].period)), 0
        elif not has_figures and self.whom.names_somebody(start, stop):
            self.period = None
        self.whom.end_sentence(start, stop, has_figures=has_figures)


def known(period: Period) -> Period | None:
    """A period that says something: "đến nay" of an undated article does not."""
    return None if period.start is None and period.end is None else period


def lies_ahead(period: Period | None, published: date | None) -> bool:
    """Whether a period lies after the article: "đến năm 2030" is an aim even where no word says so."""
    if period is None or period.end is None or published is None:
        return False
    return period.end.year > published.year and (period.start is None or period.start > published)


def whole_period(
    title: str | None, published: date | None, mentions: list[periods.Mention], length: int
) -> Period | None:
    """The time of a whole article: the one its title names, or the one that it opens with and never contradicts."""
    titled = [m for m in periods.find_mentions(title or "", (title or "").lower(), published) if not m.is_compared]
    if len(titled) == 1:
        return titled[0].period
    closed = [m for m in mentions if not m.is_compared and _is_closed(m.period)]
    if not closed or not closed[0].is_scope or closed[0].start > max(_OPENING, length // 5):
        return None
    first = closed[0].period
    return first if all(_agrees(m.period, first) for m in closed) else None


def _is_closed(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _SHORTEST_SCOPE


def _agrees(other: Period, first: Period) -> bool:
    """Whether a time lies within the first one or after it, as plans do."""
    assert other.start
    assert other.end
    assert first.start
    assert first.end
    return other.start > first.end or (first.start <= other.start and other.end <= first.end)


def _year_after(mentions: list[periods.Mention]) -> Period | None:
    """The year of "tăng 3% so với năm 2023", where nothing else says it: the one that follows."""
    for mention in reversed(mentions):
        start, end = mention.period.start, mention.period.end
        if mention.is_compared and start and end and (start.month, end.month) == (1, 12):
            return Period(start=date(end.year + 1, 1, 1), end=date(end.year + 1, 12, 31))
    return None
