"""Which lines of an article's body are its text: not those of boxes of other news, nor the captions of pictures."""

from __future__ import annotations

from crawlers.block_names import is_caption_name
from crawlers.line_kinds import kind_of
from crawlers.markup import Block, Line, Outline
from crawlers.pages_body import Place, weight

_LONGEST_LABEL = 60
_SHORTEST_LINK = 20
_FEWEST_PICTURES = 3


def is_caption(block: Block, root: Block) -> bool:
    """Whether a block within the body is the text under a picture."""
    while block is not root and block.parent is not None:
        if block.tag in ("figcaption", "figure") or is_caption_name(block.name):
            return True
        block = block.parent
    return False


def _boxes_of_others(page: Outline, body: Block) -> set[int]:
    """Lines of the boxes within the body that hold a heading of other news and nothing but links to them."""
    found: set[int] = set()
    for i in range(body.first, body.last):
        line = page.lines[i]
        if line.is_link and i not in found and len(line.text) >= _SHORTEST_LINK:
            found.update(_linked_box(page, body, line))
        if len(line.text) > _LONGEST_LABEL or kind_of(line.text) != "others":
            continue
        box: Block | None = line.block
        while box is not None and box is not body and box.last - box.first == 1:
            box = box.parent
        if box is None or box.holds(body):
            continue
        if all(other is line or other.is_link for other in page.lines_of(box)):
            found.update(range(box.first, box.last))
    return found


def _linked_box(page: Outline, body: Block, line: Line) -> range:
    """The lines of a box that is all one link, as a headline with a summary: other news set within the text."""
    box: Block | None = line.block
    while box is not None and box is not body and box.last - box.first == 1:
        box = box.parent
    if box is None or box.holds(body) or not all(other.is_link for other in page.lines_of(box)):
        return range(0)
    return range(box.first, box.last)


def article_lines(page: Outline, place: Place, skipped: set[int]) -> list[Line]:
    """The body's lines without boxes, captions, and the blocks already read as title or lead.

    Where nearly all of the prose stands below pictures, as in an essay of photographs, it is the text.
    """
    left_out = place.noise | skipped | _boxes_of_others(page, place.body)
    kept: list[Line] = []
    captions: set[int] = set()
    for i in range(place.body.first, place.body.last):
        if i in left_out:
            continue
        line = page.lines[i]
        kept.append(line)
        if is_caption(line.block, place.body):
            captions.add(id(line))
    told = sum(len(line.text) for line in kept if id(line) in captions)
    prose = sum(weight(line) for line in kept if id(line) not in captions)
    if len(captions) >= _FEWEST_PICTURES and prose * 2 < told:
        return kept
    return [line for line in kept if id(line) not in captions]
