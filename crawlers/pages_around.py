"""Where an article's text begins on its page, and what stands above it: the lead, and the lines that tell of the article."""

from __future__ import annotations

from crawlers.block_names import (
    is_date_name,
    is_lead_name,
    is_meta_name,
    is_section_name,
    is_title_name,
)
from crawlers.block_roles import is_author_block, is_named
from crawlers.dates import find_date
from crawlers.line_kinds import is_date_line, is_row_of_marks, is_signature, kind_of
from crawlers.markup import Block, Outline
from crawlers.pages_body import HEADINGS, Place, plain, weight
from crawlers.pages_lines import is_caption
from crawlers.pages_meta import PageMeta
from crawlers.title_words import is_generic

_LINES_ABOVE = 12
"""How far above the text, in lines, its lead may stand."""
_LONGEST_TITLE = 250


def find_lead(page: Outline, place: Place, title: range | None, meta: PageMeta) -> range | None:
    """The lines of the sa-pô: a block named so between heading and text, or a first paragraph that is set apart."""
    start = title.stop if title else max(0, place.body.first - 8)
    heading = plain(" ".join(page.lines[i].text for i in title)) if title else ""
    latest = max(place.body.first, start) + 5
    for block in page.blocks:
        if not start <= block.first < block.last or block.first > latest or block.last - block.first > 6:
            continue
        if block.holds(place.body) or block.first in place.noise:
            continue
        last = _without_links(page, block)
        text = " ".join(line.text for line in page.lines[block.first : last])
        if not 30 <= len(text) <= 1200 or page.lines[block.first].is_link:
            continue
        named = is_lead_name(block.name) or block.itemprop == "description"
        described = block.last <= place.body.first and any(_same_start(text, other) for other in meta.descriptions)
        if not (named or described) or kind_of(text) or plain(text) == heading:
            continue
        if _goes_on(page, place, block.last):
            return range(block.first, last)
    return _prose_before_body(page, place, title) or _bold_lead(page, place, start, heading)


def _prose_before_body(page: Outline, place: Place, title: range | None) -> range | None:
    """Sentences between heading and text are the lead, whatever their block is called."""
    if title is None or not 0 < place.body.first - title.stop <= _LINES_ABOVE:
        return None
    prose = [
        i
        for i in range(title.stop, place.body.first)
        if i not in place.noise and weight(page.lines[i]) >= 40 and _is_sentence(page.lines[i].text)
    ]
    if not prose or prose[-1] - prose[0] >= len(prose):
        return None
    return range(prose[0], prose[-1] + 1) if len(prose) <= 4 else None


def _is_sentence(text: str) -> bool:
    return (
        kind_of(text) is None
        and not is_signature(text)
        and (len(text) >= 80 or text.rstrip("”\"' ").endswith((".", "!", "?", "…")))
    )


def _without_links(page: Outline, block: Block) -> int:
    """Where a block ends without the linked lines at its end: ">> Other news" hangs below many a lead."""
    last = block.last
    while last > block.first + 1 and page.lines[last - 1].is_link:
        last -= 1
    return last


def _bold_lead(page: Outline, place: Place, start: int, heading: str) -> range | None:
    """A first paragraph wholly in bold, before text that is not."""
    for i in range(max(start, place.body.first), min(place.body.last, place.body.first + 8)):
        line = page.lines[i]
        if i in place.noise or kind_of(line.text) or is_caption(line.block, place.body) or plain(line.text) == heading:
            continue
        if not (line.is_bold or line.block.tag in ("h2", "h3")) or len(line.text) < 50 or not weight(line):
            return None
        following = [
            page.lines[j] for j in range(i + 1, place.body.last) if j not in place.noise and weight(page.lines[j])
        ]
        if not following or sum(other.is_bold for other in following) * 3 > len(following):
            return None
        return range(i, i + 1)
    return None


def _goes_on(page: Outline, place: Place, after: int) -> bool:
    return any(weight(page.lines[i]) for i in range(max(after, place.body.first), place.body.last))


def _same_start(text: str, other: str) -> bool:
    ours, theirs = plain(text), plain(other)
    size = min(len(ours), len(theirs), 80)
    return size >= 40 and ours[:size] == theirs[:size]


def text_start(page: Outline, place: Place, title: range | None) -> int:
    """The line with which the text begins: the first long one of the body, below the title.

    Where the title is not known yet, a long line that is set as one is not the text.
    """
    first = max(place.body.first, title.stop if title else 0)
    long_lines = (i for i in range(first, place.body.last) if i not in place.noise and weight(page.lines[i]) >= 80)
    return next(
        (
            i
            for i in long_lines
            if not is_row_of_marks(page.lines[i].text) and (title is not None or not _is_set_as_title(page, i))
        ),
        first,
    )


def _is_set_as_title(page: Outline, at: int) -> bool:
    """Whether a line is alone in a block called a title, or a heading or all bold beside the date."""
    line = page.lines[at]
    if len(line.text) > _LONGEST_TITLE or ". " in line.text or line.is_link:
        return False
    tags, names = [], []
    block: Block | None = line.block
    while block is not None and block.last - block.first == 1:
        tags.append(block.tag)
        names.append(block.name)
        block = block.parent
    if any(is_lead_name(name) or is_section_name(name) for name in names):
        return False
    if any(map(is_title_name, names)):
        return True
    if line.text.endswith(".") or not (line.is_bold or any(tag in HEADINGS for tag in tags)):
        return False
    return any(is_date_line(other.text) for other in [*page.lines[max(0, at - 1) : at], *page.lines[at + 1 : at + 3]])


def head_lines(page: Outline, place: Place, title: range | None) -> set[int]:
    """Lines within the body's block, above its text, that tell of the article: when, by whom, in which section."""
    start = text_start(page, place, title)
    found = set()
    for i in range(max(place.body.first, title.stop if title else 0), start):
        line = page.lines[i]
        about = (
            is_named(line.block, is_date_name) or is_named(line.block, is_meta_name) or is_author_block(line.block)
        ) and weight(line) < 80
        date_first = (shown := find_date(line.text)) is not None and shown.start <= 30 and weight(line) < 80
        if about or date_first or is_generic(line.text):
            found.add(i)
    if title is not None:
        found.update(range(place.body.first, title.start))
        heading = plain(" ".join(page.lines[i].text for i in title))
        found.update(i for i in range(max(place.body.first, title.stop), start) if plain(page.lines[i].text) == heading)
    return found
