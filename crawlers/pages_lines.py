"""Which lines of an article's body are its text: not those of boxes of other news, nor the captions of pictures."""

from __future__ import annotations

from crawlers.block_names import is_caption_name
from crawlers.line_kinds import kind_of
from crawlers.markup import Block, Line, Outline
from crawlers.pages_body import Place, weight

_LONGEST_LABEL = 60
_SHORTEST_LINK = 20
_FEWEST_PICTURES = 3
_MOST_BOXES, _MOST_IN_BOX, _LONGEST_SUMMARY = 3, 5, 300


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
    teasers: list[range] = []
    for i in range(body.first, body.last):
        line = page.lines[i]
        if line.is_link and i not in found and len(line.text) >= _SHORTEST_LINK:
            found.update(_linked_box(page, body, line))
            teasers.append(_teaser_box(page, body, i))
        if len(line.text) > _LONGEST_LABEL or kind_of(line.text) != "others":
            continue
        box: Block | None = line.block
        while box is not None and box is not body and box.last - box.first == 1:
            box = box.parent
        if box is None or box.holds(body):
            continue
        if all(other is line or other.is_link for other in page.lines_of(box)):
            found.update(range(box.first, box.last))
    if sum(map(bool, teasers)) <= _MOST_BOXES:  # of more, the page is a list
        found.update(i for box in teasers for i in box)
    return found


def _linked_box(page: Outline, body: Block, line: Line) -> range:
    """The lines of a box that is all one link, as a headline with a summary: other news set within the text."""
    box: Block | None = line.block
    while box is not None and box is not body and box.last - box.first == 1:
        box = box.parent
    if box is None or box.holds(body) or not all(other.is_link for other in page.lines_of(box)):
        return range(0)
    return range(box.first, box.last)


def _teaser_box(page: Outline, body: Block, at: int) -> range:
    """The lines of a small box that begins with a linked headline, perhaps below a label, and goes on with its summary."""
    line = page.lines[at]
    if line.block.tag in ("p", "li") or line.text.endswith((".", ";")):
        return range(0)
    if at + 1 < body.last and _is_wholly_linked(page.lines[at + 1]) and _is_wholly_linked(line):
        return range(at, at + 2)  # a link around headline and summary
    box = _small_box(line.block, body)
    if box is None or box.last - box.first < 2:
        return range(0)
    is_labelled = kind_of(page.lines[box.first].text) == "others"
    rest = [other for other in page.lines_of(box) if not other.is_link]
    if box.first + is_labelled != at or sum(len(other.text) for other in rest) > _LONGEST_SUMMARY:
        return range(0)
    is_table = any(inner.tag == "td" for inner in (line.block, *line.block.ancestors()) if box.holds(inner))
    is_told = any(map(weight, rest))
    return range(box.first, box.last) if is_labelled or (is_told and not is_table) else range(0)


def _small_box(block: Block, body: Block) -> Block | None:
    """The widest block of few lines around another, within the body."""
    box = None
    around: Block | None = block
    while around is not None and around is not body and not around.holds(body):
        if around.last - around.first > _MOST_IN_BOX:
            break
        box = around
        around = around.parent
    return box


def _is_wholly_linked(line: Line) -> bool:
    return line.block.tag not in ("p", "li") and line.link_chars * 10 >= len(line.text) * 9


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
