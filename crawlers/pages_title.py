"""Which block of a page shows the article's title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, takewhile

from crawlers.block_names import (
    is_crumb_name,
    is_section_name,
    is_site_title,
    is_title_name,
)
from crawlers.line_kinds import is_date_line, is_signature
from crawlers.markup import Block, Outline
from crawlers.pages_body import HEADINGS, Place, plain
from crawlers.pages_meta import PageMeta
from crawlers.title_score import Signs, may_be_title, title_score
from crawlers.title_text import parts_of
from crawlers.title_words import is_generic, is_site_name, names_no_article

_LAST_OF_BANNER = 12
"""The line above which a site sets its own name."""
_CRUMB_JOIN = re.compile(r"\s*[»>›/|]\s*")
_LONGEST_SECTION = 60
_LONGEST_MENU, _MOST_MENUS = 2_000, 50
_FURTHEST = 30
"""Lines above the text where a title may be."""
_WORDS_OF_TITLE = 8
_ENOUGH = 4


def find_heading(page: Outline, meta: PageMeta, noise: frozenset[int]) -> Block | None:
    """The block that shows the title: it says what the head's titles say, or begin with.

    None where the head names but the site or a section: what shows that is no guide to the text.
    """
    titles = [title for title in meta.titles if not names_no_article(title)]
    if not titles:
        return None
    stated = list(dict.fromkeys(map(plain, titles)))
    outlets = {name for name in map(plain, [*meta.site_names, *_site_names_shown(page)]) if len(name) >= 4}
    stated += [title[len(name) :] for title in stated for name in outlets if title.startswith(name)]
    parts = parts_of(meta.titles)
    longest = max(map(len, stated), default=0)
    best: tuple[float, Block] | None = None
    refused = -1  # the line last found to say no title: most boxes around it hold nothing else
    for block in page.blocks:
        size = block.last - block.first
        if not 1 <= size <= 4 or (block.first in noise and block.tag != "h1"):
            continue
        if size == 1 and block.first == refused:
            continue
        is_heading = block.tag in HEADINGS or is_title_name(block.name) or block.itemprop in ("headline", "name")
        if not is_heading and block.tag not in ("div", "p", "span", "td", "a", "strong"):
            continue
        text = page.text_of(block)
        if not _may_say(text, stated):
            refused = block.first if size == 1 else refused
            continue
        said = plain(text)
        if (
            len(said) < 8
            or said in outlets
            or any(line.text.endswith(".") for line in page.lines[block.first + 1 : block.last])
            or not any(_says_title(said, title) for title in stated)
        ):
            continue
        begins_only = len(said) * 2 < longest and said not in parts
        rank = len(said) + 30 * (block.tag == "h1") + 10 * is_heading - 40 * begins_only
        if best is None or rank > best[0]:
            best = rank, block
    return best[1] if best else None


def _site_names_shown(page: Outline) -> list[str]:
    """What the blocks called a site's name show, as a portal sets its own into the page's first <h1>."""
    top = takewhile(lambda block: block.first <= _LAST_OF_BANNER, page.blocks)
    return [
        page.lines[block.first].text
        for block in top
        if block.name and block.last - block.first == 1 and is_site_title(block.name)
    ]


def _may_say(text: str, titles: list[str]) -> bool:
    """Whether a text begins as one of the titles, or a part of it, may: long paragraphs need no closer look."""
    start = plain(text[:40])[:-1]  # what a last letter is in lower case may depend on the next
    return any(start in title or start.startswith(title) for title in titles)


def _says_title(said: str, title: str) -> bool:
    if title.startswith(said):
        return True
    return (len(said) * 2 > len(title) and said in title) or (
        len(title) > 24 and said.startswith(title) and len(said) < len(title) + 60
    )


def find_title(page: Outline, place: Place, meta: PageMeta, start: int) -> range | None:
    """The lines that show the title, above line `start`, with which the text begins.

    What the head of an article states is believed where the page shows it. Elsewhere the head may speak of the site or
    the section, so whatever may be a title above the text is weighed: by its tag and class, by the date beside it, by
    what the head and the breadcrumb say.
    """
    heading = place.heading
    if heading is not None and _is_sure(page, heading, meta):
        return range(heading.first, heading.last)
    best = _likeliest(page, place, meta, start)
    if best is not None:
        return _with_kicker(page, best, meta)
    return _first_line_title(page, place) or (range(heading.first, heading.last) if heading else None)


def _is_sure(page: Outline, heading: Block, meta: PageMeta) -> bool:
    """What the head says in full; the head of a page that it does not call an article may name but a section, in few
    words, and menus link to it."""
    text = page.text_of(heading)
    if is_site_name(text) or is_generic(text) or plain(text) not in parts_of(meta.titles):
        return False
    if meta.is_article or meta.dates:
        return True
    if len(text.split()) < _WORDS_OF_TITLE or is_section_name(heading.name):
        return False
    return not any(line.text == text and line.is_link for line in page.lines[: heading.first])


def _with_kicker(page: Outline, block: Block, meta: PageMeta) -> range:
    """A title's lines, with the line above or below where the head states the two as one title."""
    said = plain(page.text_of(block))
    stated = parts_of(meta.titles)
    if said in stated:
        return range(block.first, block.last)
    if block.first > 0 and plain(page.lines[block.first - 1].text) + said in stated:
        return range(block.first - 1, block.last)
    if block.last < len(page.lines) and said + plain(page.lines[block.last].text) in stated:
        return range(block.first, block.last + 1)
    return range(block.first, block.last)


def _likeliest(page: Outline, place: Place, meta: PageMeta, start: int) -> Block | None:
    """The block above the text that has most of a title, the first of equals; None if none has enough."""
    above = page.lines[:start]
    signs = Signs(
        start=start,
        stated=parts_of(meta.titles),
        crumbs=_crumb_ends(page, start),
        sites={name for name in map(plain, [*meta.site_names, *_site_names_shown(page)]) if name},
        rows=Counter(
            (block.tag, block.name)
            for block in page.blocks
            if block.last - block.first == 1 and page.lines[block.first].is_link
        ),
        menus=[plain(line.text[:_LONGEST_MENU]) for line in above if line.links > 1 and line.is_link][:_MOST_MENUS],
        linked=Counter(plain(line.text) for line in above if line.is_link and len(line.text) <= _LONGEST_SECTION),
    )
    best: tuple[int, Block] | None = None
    for block in chain(_blocks_above(page, place, start), _loose_titles(page, place, start)):
        score = title_score(page, block, signs)
        if score >= _ENOUGH and (best is None or score > best[0]):
            best = score, block
    return best[1] if best else None


def _blocks_above(page: Outline, place: Place, start: int) -> Iterator[Block]:
    """The small blocks above the text, but boxes of other things."""
    for block, inner in zip(page.blocks, [*page.blocks[1:], page.blocks[0]], strict=True):
        size = block.last - block.first
        if not 1 <= size <= 3 or block.last > start or start - block.first > _FURTHEST:
            continue
        if inner.parent is block and (inner.first, inner.last) == (block.first, block.last):
            continue  # but a box around the next
        if block.first in place.noise and block is not place.heading and not is_title_name(block.name):
            continue
        yield block


def _loose_titles(page: Outline, place: Place, start: int) -> Iterator[Block]:
    """Lines all in bold right above the date, in a block of their own each: "<b>Title</b><br>12/10/2023<br>Text"."""
    for i in range(max(0, start - _FURTHEST), min(start, len(page.lines) - 1)):
        line = page.lines[i]
        is_loose = line.is_bold and not line.links and line.block.last - line.block.first > 1
        if is_loose and i not in place.noise and is_date_line(page.lines[i + 1].text) and not is_signature(line.text):
            yield Block(tag="b", name="", parent=line.block, first=i, last=i + 1)


def _crumb_ends(page: Outline, start: int) -> set[str]:
    """What breadcrumbs say last, where that is no link."""
    found: set[str] = set()
    for block in page.blocks:
        if block.first < block.last <= start and block.name and is_crumb_name(block.name):
            line = page.lines[block.last - 1]
            end = _CRUMB_JOIN.split(line.text)[-1]
            if len(end) >= 15:
                found.add(plain(end))
    return found


def _first_line_title(page: Outline, place: Place) -> range | None:
    for i in range(place.body.first, min(place.body.first + 3, place.body.last - 1)):
        line = page.lines[i]
        words = len(line.text.split())
        if (
            line.is_bold
            and words >= 4
            and not line.text.endswith(".")
            and may_be_title(line.text, words)
            and not is_site_name(line.text)
        ):
            return range(i, i + 1)
    return None
