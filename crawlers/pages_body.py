"""Where on a page the article is: its heading, its body, its date, its author.

All of it is read from an outline (crawlers.markup): lines of text, and blocks that hold ranges of lines. The body is
the block whose lines weigh most as prose, nearest after the heading; a class name can help a block but never decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from itertools import accumulate

from crawlers.block_names import (
    is_body_name,
    is_comment_name,
    is_date_name,
    is_footer_name,
    is_noise_name,
    is_tool_name,
)
from crawlers.markup import Block, Line, Outline

_NOISE_TAGS = frozenset(("footer", "nav", "aside", "dialog"))
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PARAGRAPHS = frozenset(
    ("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "li", "span", "strong", "b", "em", "i", "font")
)
_NO_LETTERS = re.compile(r"\W+")
_SOME_PROSE = 200
"""Characters of prose below a heading that make a column of what holds both."""
_LITTLE_PROSE = 200
"""Characters of prose below which a page with teasers is taken for a list of them."""
_WHOLE_PROSE = 600
"""Characters of prose in a block called the body that make it the whole body."""
_CARD_TAGS = frozenset(("article", "div", "li", "section", "td", "tr", "dl", "table"))
_FEWEST_CARDS, _LARGEST_CARD = 4, 5
_SENTENCE = re.compile(r"[.!?…:;,]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where the article stands on its page."""

    body: Block
    heading: Block | None
    noise: frozenset[int]
    """Indexes of the lines that belong to boxes around or inside the article."""
    prose: int
    """Characters of prose in the body."""
    share: float
    """How much of the page's prose that is, teasers of other articles aside."""
    share_of_all: float
    """How much it is of all."""


def plain(text: str | None) -> str:
    """Letters and digits only, for comparing what two places of a page say."""
    return _NO_LETTERS.sub("", (text or "").lower())


def noisy_lines(page: Outline, heading: Block | None = None) -> frozenset[int]:
    """Lines in boxes whose class or tag says that they are not the article.

    A box that holds most of the page's prose is no box, whatever it is called: "content-with-sidebar". Nor is one that
    holds the article's heading and prose below it: "sidebar-1" is a column.
    """
    prose = [0, *accumulate(weight(line) for line in page.lines)]
    noise: set[int] = set()
    covered = 0
    for block in page.blocks:
        # in document order what ends within a box is within it: a menu's hundred entries need no look
        if block.first == block.last or block.last <= covered:
            continue
        if not (block.tag in _NOISE_TAGS or is_noise_name(block.name)):
            continue
        if is_tool_name(block.name) and is_date_name(block.name):
            continue  # "block_timer_share": each of its parts says what it is
        if heading is not None and block.holds(heading) and prose[block.last] - prose[heading.last] >= _SOME_PROSE:
            continue
        if prose[block.last] - prose[block.first] <= _most_of_prose(block) * prose[-1] or prose[-1] == 0:
            noise.update(range(block.first, block.last))
            covered = block.last
    return frozenset(noise)


def teaser_lines(page: Outline) -> set[int]:
    """Lines of the cards that tease other articles: four blocks of one kind in a row, each a linked headline with a
    short text. Their prose is not the article's, however much of it there is."""
    cards: dict[tuple[int, str, str], list[Block]] = defaultdict(list)
    for block in page.blocks:
        size = block.last - block.first
        if (2 if block.tag != "li" else 1) <= size <= _LARGEST_CARD and block.tag in _CARD_TAGS:
            cards[id(block.parent), block.tag, block.name].append(block)
    found: set[int] = set()
    for row in cards.values():
        if len(row) < _FEWEST_CARDS:
            continue
        teasers = [block for block in row if any(map(_is_headline, page.lines_of(block)))]
        if len(teasers) >= _FEWEST_CARDS and len(teasers) * 4 >= len(row) * 3:
            found.update(i for block in teasers for i in range(block.first, block.last))
    return found


def _is_headline(line: Line) -> bool:
    """A linked headline, alone or with the short text that it teases with."""
    return line.link_chars >= 20 and line.link_chars * 4 >= len(line.text)


def _most_of_prose(box: Block) -> float:
    """The share of a page's prose above which a box is no box."""
    if box.tag == "footer" or is_footer_name(box.name):
        return 1.0
    return 0.9 if is_comment_name(box.name) else 0.5


def find_body(page: Outline, heading: Block | None, noise: frozenset[int]) -> Place | None:
    """The block that holds the article's text; None when nothing on the page reads like prose."""
    sums = _sums(page, noise)
    if sums[-1] == 0:
        return None
    teasers = teaser_lines(page)
    without = _sums(page, noise | teasers) if teasers else sums
    if without[-1] < _LITTLE_PROSE:
        without, teasers = sums, set()  # teasers are all that the page has
    best = _heaviest(page, without, heading, noise)
    if without is not sums and without[best.last] - without[best.first] < _LITTLE_PROSE:
        without, teasers = sums, set()
        best = _heaviest(page, without, heading, noise)
    best = _widen(page, best, heading, without)
    prose = without[best.last] - without[best.first]
    return Place(
        body=best,
        heading=heading,
        noise=noise | teasers,
        prose=prose,
        share=prose / without[-1],
        share_of_all=prose / sums[-1],
    )


def _sums(page: Outline, ignored: Set[int]) -> list[int]:
    """How much prose stands before each line."""
    return [0, *accumulate(0 if i in ignored else weight(line) for i, line in enumerate(page.lines))]


def _heaviest(page: Outline, sums: list[int], heading: Block | None, noise: frozenset[int]) -> Block:
    """The block with the most prose close above it, by where it stands."""
    scores: dict[Block, float] = defaultdict(float)
    for i, line in enumerate(page.lines):
        prose = sums[i + 1] - sums[i]
        if not prose:
            continue
        block = line.block
        if block.parent and (block.tag in _PARAGRAPHS or block.last - block.first == 1):
            block = block.parent
        for share in (1.0, 0.5, 0.25):
            scores[block] += prose * share
            if block.parent is None:
                break
            block = block.parent
    return max(scores, key=lambda block: scores[block] * _favour(page, block, heading, noise))


def _favour(page: Outline, block: Block, heading: Block | None, noise: frozenset[int]) -> float:
    """How likely a block is the body by its name, by its links and by where the heading is."""
    favour = 1.0
    if block.itemprop == "articleBody":
        favour *= 3
    elif is_body_name(block.name):
        favour *= 1.6
    if block.tag in ("ul", "ol", "body"):
        favour *= 0.5
    if heading is not None:
        if block.last <= heading.first:
            favour *= 0.2
        elif block.first >= heading.first:
            near = next((i for i, above in enumerate(block.ancestors()) if above.holds(heading)), 9)
            favour *= 2.2 - 0.15 * min(near, 8)
    lines = [line for i, line in enumerate(page.lines[block.first : block.last], block.first) if i not in noise]
    chars = sum(len(line.text) for line in lines) or 1
    linked = sum(line.link_chars for line in lines)
    return favour * max(0.1, 1 - 1.2 * linked / chars)


def _widen(page: Outline, body: Block, heading: Block | None, sums: list[int]) -> Block:
    """Go up while the parent holds clearly more of the same text and little else."""
    while body.parent is not None and body.parent.parent is not None and _holds_more(page, body, heading, sums):
        body = body.parent
    return body


def _holds_more(page: Outline, body: Block, heading: Block | None, sums: list[int]) -> bool:
    """Whether the block around the body is a better body."""
    parent = body.parent
    assert parent is not None
    have = sums[body.last] - sums[body.first]
    before, after = sums[body.first] - sums[parent.first], sums[parent.last] - sums[body.last]
    others = [*page.lines[parent.first : body.first], *page.lines[body.last : parent.last]]
    chars = sum(len(line.text) for line in others)
    linked = sum(line.link_chars for line in others)
    if not others:
        return heading is None or not parent.holds(heading)
    if linked > 0.3 * chars or before + after > 3 * have:
        return False
    whole = have >= _WHOLE_PROSE and (body.itemprop == "articleBody" or is_body_name(body.name))
    if heading is not None and not body.holds(heading) and (whole or parent.holds(heading)):
        # what stands before the body there is heading and lead: only a second part of the text is worth going up for
        parts = sum(weight(line) > 0 for line in page.lines[heading.last : body.first])
        return after > 0.4 * have or (parts > 1 and before > 0.5 * have)
    if before + after >= 0.1 * have:
        return before + after >= 40
    if linked > 0.2 * chars:
        return False
    return before + after >= 40 or all(line.block.tag in ("td", "th", "p") and not line.links for line in others)


def weight(line: Line) -> int:
    """Characters of prose in a line: what is not linked, and reads like sentences."""
    size = len(line.text)
    if size < 30:
        return 0  # most lines of a page are a menu's: this comes first
    free = size - line.link_chars
    if free < 30 or line.link_chars > free:
        return 0
    if size < 80 and not _SENTENCE.search(line.text):
        return free // 4
    return min(free, 1500)
