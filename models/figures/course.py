"""How far the reading of an article's figures has come: what carries over from one sentence to the next."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from models.bodies import subjects
from models.bodies.entities import Entities
from models.figures import claims, headings
from models.figures.linking import Links
from models.naming import indices as index_names
from models.naming.capitals import abbreviations_in
from models.naming.hiding import cover_names
from models.naming.said import Said
from models.reading import Reading
from models.records import Metric
from models.times import overall_period, periods, timing
from models.times.writing import year_spoken_of
from models.vocabulary import small_letters

_BULLETS = ("-", "+", "•", "*")
_LEFT = ("company", "other", "abroad", "project", "own")


@dataclass(slots=True)
class Course:
    """How far the reading of an article has come, and what carries over from one sentence to the next."""

    text: str
    lower: str
    """The text in small letters, tones unified; of the same length."""
    title: str
    whom: Entities
    timing: timing.Timing
    mentions: list[periods.Mention]
    mention_starts: list[int]
    index_signs: list[int]
    target_signs: list[int]
    links: Links
    aims: bool
    """The title announces targets."""
    abbreviations: dict[str, str]
    """Of the title and of the sentences read, each by its small letters."""
    heading_aims: bool = False
    main_index: str | None = None
    """The one that the article is about: that which the title abbreviates, else the first of the text."""
    index: str | None = None
    said: Said = field(default_factory=Said)
    found: list[Metric] = field(default_factory=list)


def open_course(reading: Reading, title: str | None, published: date | None, source_place: str | None) -> Course:
    """What an article says of itself before its first sentence is read."""
    text, lower = reading.text, reading.lower
    mentions = periods.find_mentions(lower, published, year_spoken_of(title or ""))
    cast = subjects.cast_of(text, lower, reading.places, title=title, source_place=source_place, published=published)
    whole = overall_period.whole_period(title, published, mentions, lower)
    return Course(
        text=text, lower=lower, whom=Entities(lower=lower, cast=cast),
        timing=timing.Timing(lower, published, whole.reached, whole.aimed), mentions=mentions,
        mention_starts=[mention.start for mention in mentions], index_signs=index_names.index_signs(lower),
        target_signs=claims.target_signs(lower),
        abbreviations=abbreviations_in(title), title=small_letters(title or ""), links=Links(small_letters(title or "")),
        aims=title is not None and headings.sets_targets(title.lower()),
        index=(title_index := _index_of_title(title or "")),
        main_index=title_index if title_index and index_names.is_abbreviated(title_index) else None,
        said=Said(place_word="thứ hạng" if "thứ hạng" in lower else "xếp hạng"),
    )  # fmt: skip


def _index_of_title(title: str) -> str | None:
    lower = small_letters(title)
    if not index_names.index_signs(lower) and " về " not in lower:
        return None
    return index_names.index_of_title(cover_names(title, lower, ()))


def covered(course: Course, start: int, stop: int) -> str:
    """A sentence in small letters with the names of bodies covered, companies' left as they are."""
    bodies = course.whom.named(start, stop)
    spans = [(body.start - start, body.end - start) for body in bodies if body.kind not in _LEFT]
    return cover_names(course.text[start:stop], course.lower[start:stop], spans)


def holds(positions: list[int], start: int, stop: int) -> bool:
    """Whether one of the positions, which are in order, lies within a stretch."""
    first = bisect_left(positions, start)
    return first < len(positions) and positions[first] < stop


def enter_sentence(course: Course, start: int) -> None:
    """A new paragraph drops what the one before said; a list keeps the heading above it."""
    gap = course.lower[max(0, start - 3) : start]
    if start and "\n" not in gap:
        return
    course.whom.begin_paragraph()
    course.index = course.main_index or course.index
    course.timing.begin_paragraph()
    if gap.count("\n") > 1 and not course.lower.startswith(_BULLETS, start):
        course.heading_aims, course.timing.heading = False, None
