"""The names that a page shows around an article as those of its authors."""

from __future__ import annotations

import re

from crawlers.block_roles import common_block, is_author_block, is_flush_right
from crawlers.line_kinds import is_date_line, is_signature, kind_of
from crawlers.markup import Line, Outline
from crawlers.pages_around import text_start
from crawlers.pages_body import Place, weight
from crawlers.title_words import is_generic

_AUTHOR_LINE = re.compile(
    r"^\W*(?:(?:tác giả(?: bài viết)?|người viết|phóng viên|bút danh)\s*:|viết bởi\s*:?)\s*(\S.{1,50})$", re.I
)
_CAPITAL = r"[A-ZÀ-ỸĐ][\w.'’]*"
_NAME_ALONE = re.compile(
    rf"{_CAPITAL}(?:[ -]+{_CAPITAL}){{1,6}}(?:\s*\([^()]{{2,20}}\))?|(?:Ban|Nhóm|Tổ|PV|Phóng viên) \w.{{2,30}}"
)
"""Of several with a dash between them, perhaps with their desk in brackets: "Thu Hà - Lê Nam (VP Tây Bắc)"."""
_NAME_AND_DATE = re.compile(rf"({_CAPITAL}(?: {_CAPITAL}){{2,4}})[\s,|–—-]+(?=\d{{1,2}}[/:h.-]\d)")
"""A name of three words: of two it may be a place, "Hà Nội 12/5/2024"."""
_LONGEST_NAMES, _LINES_SIGNED = 60, 3


def find_authors(page: Outline, place: Place, title: range | None) -> list[str]:
    """Names in blocks called author, or after the word, around the article."""
    common = common_block(place.body, title.start if title else place.body.first)
    found = []
    for block in page.blocks:
        if common.first <= block.first < common.last and block.first < block.last and is_author_block(block):
            found.append(page.lines[block.first].text)
    for line in page.lines[common.first : common.last]:
        labelled = _AUTHOR_LINE.match(line.text)
        if labelled:
            found.append(labelled.group(1))
    found.extend(_names_by_date(page, place, title))
    found.extend(_names_below(page, place))
    return found


def _names_below(page: Outline, place: Place) -> list[str]:
    """A name that stands flush right soon after the text, as a signature in a row of its own does."""
    found = []
    for line in page.lines[place.body.last : place.body.last + _LINES_SIGNED]:
        if weight(line) >= 60 or kind_of(line.text) == "others":
            break
        block = line.block
        if (is_flush_right(block) or (block.parent is not None and is_flush_right(block.parent))) and is_signature(
            line.text
        ):
            found.append(line.text)
    return found


def _names_by_date(page: Outline, place: Place, title: range | None) -> list[str]:
    """Names that stand beside the date below the title, within the same block."""
    if title is None:
        return []
    found = []
    for i in range(title.stop, text_start(page, place, title)):
        line = page.lines[i]
        name = line.text.strip(" -–—|•·,")
        before_date = _NAME_AND_DATE.match(line.text)
        if before_date and is_date_line(line.text[before_date.end(1) :]):
            found.append(before_date.group(1))
        if line.links or not 4 <= len(name) <= _LONGEST_NAMES or not _NAME_ALONE.fullmatch(name) or is_generic(name):
            continue
        neighbours = [page.lines[j] for j in (i - 1, i + 1) if title.stop <= j < len(page.lines)]
        if any(is_date_line(other.text) and _are_side_by_side(line, other) for other in neighbours):
            found.append(name)
    return found


def _are_side_by_side(line: Line, other: Line) -> bool:
    return line.block in (other.block, other.block.parent) or line.block.parent is other.block.parent
