"""Where a text names times: at the words and shapes of digits that the ways of models/times/words.py begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from models.sought import Sought, digits_in
from models.times.shapes import COUNTS_OF_MONTHS, DATES, YEARS, Way
from models.times.spans import Match
from models.times.words import WAYS

_FIRST_DIGITS = re.compile(
    r"""\d(?<![\w/.,-].)(?:(?=\d?\s?[/.-]\s?\d)(?P<dates>)|(?=\d?\s+(?:tháng|quý|năm)\b)(?P<counts>)
    |(?=0\d\d\b|9\d\d\b)(?P<years>))""",
    re.VERBOSE,
)
_FARTHEST_BEHIND = 60


def find_times(lower: str) -> Iterator[tuple[Match, Way]]:
    """The times named in a text in small letters, from the first to the last; none lies within another."""
    begins = [(start, _WAYS_OF[which]) for start, which in _BEGINNINGS.found_in(lower)]
    shapes = (_FIRST_DIGITS.match(lower, run.start()) for run in digits_in(lower))
    begins += [(match.start(), _digit_ways(match.lastgroup)) for match in shapes if match]
    end = 0
    for start, ways in sorted(begins, key=_position):
        if start < end or (start and lower[start - 1].isalnum()):
            continue
        for way in ways:
            match = way.pattern.match(lower, start)
            if match and (way.behind is None or way.behind.search(lower, max(0, start - _FARTHEST_BEHIND), start)):
                yield match, way
                end = match.end()
                break


def _position(begin: tuple[int, tuple[Way, ...]]) -> int:
    return begin[0]


def _phrases() -> list[str]:
    """What the ways begin with, the longer before the shorter; a blank may be two, or the end of a line."""
    begins = {phrase for way in WAYS if way.begins not in (DATES, COUNTS_OF_MONTHS, YEARS) for phrase in way.begins}
    spaced = {phrase.replace(" ", blank) for phrase in begins for blank in _BLANKS}
    return sorted(spaced, key=lambda phrase: (-len(phrase), phrase))


_BLANKS = (" ", "  ", "\n")
_BEGINNINGS = Sought(*_phrases())
_WAYS_OF = [tuple(way for way in WAYS if " ".join(phrase.split()) in way.begins) for phrase in _BEGINNINGS.phrases]
"""For each of them, the ways that begin with it."""


@cache
def _digit_ways(shape: str | None) -> tuple[Way, ...]:
    begins = {"dates": DATES, "counts": COUNTS_OF_MONTHS, "years": YEARS}[shape or "dates"]
    return tuple(way for way in WAYS if way.begins is begins)
