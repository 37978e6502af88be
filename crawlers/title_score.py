"""How much of a title a block has: by its tag and class, by the date beside it, by what head and breadcrumb say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crawlers.block_names import (
    is_clock_name,
    is_crumb_name,
    is_large_name,
    is_lead_name,
    is_section_name,
    is_title_name,
)
from crawlers.dates import find_date
from crawlers.line_kinds import is_date_line, is_signature, kind_of
from crawlers.markup import Block, Outline
from crawlers.pages_body import plain
from crawlers.title_words import is_generic, is_site_name

_LOOKS = {"h1": 3, "h2": 3, "h3": 3, "h4": 3, "h5": 2, "h6": 2, "b": 2}
_NAMED = 4
_CLOSE = 5
_PLAIN_TITLE, _FEWEST_WORDS = 2, 5


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of the title before a candidate is weighed."""

    start: int
    stated: set[str]
    """What the head says, or a part of it."""
    crumbs: set[str]
    """What breadcrumbs end with."""
    sites: set[str]
    menus: list[str]
    """The lines above the text that are several links."""
    rows: Counter[tuple[str, str]]
    """How many blocks of a tag and name are all link: headlines of other news."""
    linked: Counter[str]
    """The short links above the text: sections, in menus and breadcrumbs."""


def title_score(page: Outline, block: Block, signs: Signs) -> int:
    """How much of a title a block has; 0 for what can't be one."""
    text = page.text_of(block)
    words = len(text.split())
    if not may_be_title(text, words) or is_crumb_name(block.name):
        return 0
    said = plain(text)
    looks = _looks_like_title(page, block)
    if text.endswith(".") and looks < _NAMED:
        return 0  # a sentence, unless its block is called a title
    if said in signs.sites:
        return 0
    if not (looks or said in signs.crumbs):
        looks = _PLAIN_TITLE * _stands_as_title(page, block, words)
        if not looks:
            return 0
    score = looks + _standing(page, block, signs.start) + _stated(block, said, signs) + 5 * (said in signs.crumbs)
    score += (words >= 6) + (words >= 9) - (words > 22) - 2 * (words < 4)
    is_link = page.lines[block.first].is_link
    links = signs.linked[said] - is_link or any(said in menu for menu in signs.menus)
    if is_link and said not in signs.stated:
        score -= 6 if signs.rows[block.tag, block.name] > 1 else 1
    score -= 6 * (links > 0) + 4 * is_site_name(text)
    return score - 2 * (text.isupper() and words <= 8)


def _stated(block: Block, said: str, signs: Signs) -> int:
    """What it counts that the head says the same: little for a heading called the page's or a section's."""
    if said not in signs.stated:
        return 0
    named = is_section_name(block.name) or (block.parent is not None and is_section_name(block.parent.name))
    return 2 if named else 4


def _stands_as_title(page: Outline, block: Block, words: int) -> bool:
    """Whether a line that nothing sets off, but for the date right below it, may be a title by where it stands."""
    line = page.lines[block.first]
    below = page.lines[block.last] if block.last < len(page.lines) else None
    if below is None or line.links or words < _FEWEST_WORDS or is_section_name(block.name):
        return False
    return is_date_line(below.text) and not is_clock_name(below.block.name) and not is_signature(line.text)


def may_be_title(text: str, words: int) -> bool:
    if not 8 <= len(text) <= 250 or words < 3 or text.endswith((":", ";")) or is_generic(text):
        return False
    return kind_of(text) is None and not is_date_line(text)


def _looks_like_title(page: Outline, block: Block) -> int:
    """By its tag, its name and that of the block that it fills."""
    names, tag_looks = [block.name], _LOOKS.get(block.tag, 0)
    around = block.parent
    while around is not None and around.last - around.first <= block.last - block.first + (len(names) == 1):
        names.append(around.name)
        if around.last - around.first == block.last - block.first:
            tag_looks = max(tag_looks, _LOOKS.get(around.tag, 0))
        around = around.parent
    looks = max(tag_looks, 2 * any(map(is_large_name, names)), int(page.lines[block.first].is_bold))
    if block.itemprop in ("headline", "name"):
        looks += 3
    if any(map(is_title_name, names)):
        looks += _NAMED
    if any(map(is_section_name, names)):
        looks -= 4
    if any(map(is_lead_name, names)):
        looks -= 4
    return max(looks, 0)


def _standing(page: Outline, block: Block, start: int) -> int:
    """By what is around it: a date just below or above, the text soon after."""
    below = [_shows_date(line.text) for line in page.lines[block.last : min(start, block.last + 2)]]
    above = block.first > 0 and _shows_date(page.lines[block.first - 1].text)
    around = block.parent
    while around is not None and around.last - around.first == block.last - block.first:
        around = around.parent
    in_column = around is not None and around.parent is not None and around.last > start
    return 2 * (any(below) or above) + (below[:1] == [True]) + (start - block.last <= _CLOSE) + in_column


def _shows_date(text: str) -> bool:
    return len(text) <= 120 and (found := find_date(text)) is not None and found.start <= 40
