"""Whether what reads like a body is but teasers: pages that list articles are no articles."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from crawlers.line_kinds import kind_of
from crawlers.markup import Block, Line, Outline
from crawlers.pages_body import Place, weight

_FEWEST_CARDS = 4
_FEWEST_HEADLINES = 3
_LONGEST_TEASER = 400
"""Characters of prose below a headline; an article's text is longer, or has no linked headline above it."""
_MOST_PROSE, _MOST_OF_TEASERS = 1_500, 8_000
_LEVELS = 3
_MOST_BETWEEN, _LONGEST_MARK = 2, 3
"""Lines between a headline and its teaser, and words of such a line."""


def is_lost_among_others(place: Place) -> bool:
    """Whether the body is so small a share of the page's prose, without a heading, that it may be but a teaser."""
    return place.heading is None and place.share_of_all < 0.3 and place.prose < 600


def is_one_of_many(page: Outline, place: Place) -> bool:
    """Whether the body is but one teaser in a row of its like, as on a page that lists articles."""
    if place.prose > _MOST_PROSE:
        return False
    block: Block | None = place.body
    for _ in range(3):
        if block is None or block.parent is None or (place.heading and block.holds(place.heading)):
            return False
        alike = [b for b in page.blocks if b.parent is block.parent and (b.tag, b.name) == (block.tag, block.name)]
        teasers = [
            b for b in alike if any(line.is_link for line in page.lines_of(b)) and any(map(weight, page.lines_of(b)))
        ]
        if len(teasers) >= _FEWEST_CARDS and block in teasers:
            return True
        block = block.parent
    return False


def is_list_of_teasers(page: Outline, place: Place) -> bool:
    """Whether the body's first prose stands right below a linked headline, and nearly all short prose around it so.

    An article's text stands below a title that leads nowhere; the other news below it have no prose.
    """
    if place.prose > _MOST_OF_TEASERS:
        return False
    start = next((i for i in range(place.body.first, place.body.last) if weight(page.lines[i])), None)
    headline = None if start is None else _headline_above(page, start)
    if headline is None or (place.heading is not None and place.heading.first == headline):
        return False  # the latter is a title that leads to its own page
    block: Block | None = place.body
    for _ in range(_LEVELS):
        if block is None or block.parent is None:
            break
        found = _read_teasers(page, block, place.noise)
        if found.longest > _LONGEST_TEASER:
            return False
        if found.headlines >= _FEWEST_HEADLINES:
            return found.led * 10 >= found.runs * 8
        block = block.parent
    return False


def _headline_above(page: Outline, at: int) -> int | None:
    """The linked headline right above a line, but for a date or a counter."""
    above = range(at - 1, max(-1, at - 2 - _MOST_BETWEEN), -1)
    headline = next((i for i in above if _is_linked_headline(page.lines[i])), None)
    if headline is None:
        return None
    between = page.lines[headline + 1 : at]
    return headline if all(len(line.text.split()) <= _LONGEST_MARK or kind_of(line.text) for line in between) else None


@dataclass(slots=True)
class _Teasers:
    """What a block holds of them."""

    headlines: int = 0
    runs: int = 0
    """Stretches of prose."""
    led: int = 0
    """Those of them below a linked headline."""
    longest: int = 0
    """Characters of the longest."""


def _read_teasers(page: Outline, block: Block, noise: Set[int]) -> _Teasers:
    found = _Teasers()
    size = 0
    for i in range(block.first, block.last):
        line = page.lines[i]
        if i in noise:
            continue
        if _is_linked_headline(line):
            found.headlines += 1
            size = 0
        elif prose := weight(line):
            if not size:
                found.runs += 1
                found.led += _headline_above(page, i) is not None
            size += prose
            found.longest = max(found.longest, size)
    return found


def _is_linked_headline(line: Line) -> bool:
    return 1 <= line.links <= 2 and line.link_chars * 2 >= len(line.text) and len(line.text.split()) >= 3
