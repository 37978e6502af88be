"""What stands around an article's body on its page: title, lead, dates, authors."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from crawlers.block_names import (
    is_author_name,
    is_clock_name,
    is_crumb_name,
    is_date_name,
    is_lead_name,
    is_meta_name,
    is_right_name,
    is_section_name,
    is_title_name,
)
from crawlers.dates import FoundDate, Moment, find_date, read_date
from crawlers.line_kinds import is_date_line, is_row_of_marks, is_signature, kind_of
from crawlers.markup import Block, Line, Outline
from crawlers.pages_body import HEADINGS, Place, plain, weight
from crawlers.pages_lines import is_caption
from crawlers.pages_meta import PageMeta
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
_MODIFIED = re.compile(r"cập nhật|updated|sửa|modified", re.I)
# "Kết quả tính đến ngày 30/6/2024": prose that tells of a date, not the day of publication
_DATE_TOLD = re.compile(r"\b(?:đến|tới|từ|trước|sau|kể từ)(?:\s+hết)?(?:\s+ngày)?\s*$", re.I)
_BEHIND_TITLE = re.compile(
    r"(?:ngày đăng|cập nhật|xuất bản|đăng (?:lúc|ngày)|thứ \w{2,4},?|chủ nhật,?)[\s:]*(?:ngày\s*)?$", re.I
)
_LABELLED_DATE = re.compile(r"(?:ngày|đăng|cập nhật|xuất bản|thời gian|publish|posted|date|lúc)", re.I)
# How far from an article its date may stand, in lines: above the title, below the text, among the text's last.
_LINES_ABOVE, _LINES_BELOW, _LAST_LINES, _LINES_SIGNED = 12, 15, 3, 3
_LONGEST_TITLE, _LONGEST_NAMES = 250, 60


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


def visible_dates(page: Outline, place: Place, title: range | None) -> list[tuple[Moment, bool]]:
    """Dates that the page shows around the article, most trusted first; True for one said to be of a change.

    Not the site's clock, not those of other articles, never one out of the text.
    """
    top = title.start if title else place.body.first
    start = text_start(page, place, title)
    common = _common_block(place.body, top)
    ranked: list[tuple[int, int, Moment, bool]] = []
    for i in _lines_near(common, place.body, top, start):
        line = page.lines[i]
        found = _date_of(line)
        if found is None or is_clock_name(line.block.name):
            continue
        rank = _date_rank(page, i, top, start, place, found)
        if rank is not None:
            ranked.append(
                (rank, top - i if i < top else i, found.value, bool(_MODIFIED.search(line.text[: found.start])))
            )
    ranked.sort(key=lambda entry: entry[:2])
    return [(value, modified) for _, _, value, modified in ranked]


def _lines_near(common: Block, body: Block, top: int, start: int) -> list[int]:
    """The lines where an article's date can stand: from a little above its title to its text, and around its end."""
    before = range(max(common.first, top - _LINES_ABOVE), min(start, common.last))
    after = range(max(start, body.last - _LAST_LINES), min(body.last + _LINES_BELOW, common.last))
    return [*before, *after]


def _date_of(line: Line) -> FoundDate | None:
    """The date that a short line shows or, in a <time>, states."""
    if line.is_link or len(line.text) > 160:
        return None
    stated = read_date(line.block.when) if line.block.when else None
    if stated is not None:
        return FoundDate(value=stated, start=0, end=len(line.text))
    found = find_date(line.text)
    return None if found and _DATE_TOLD.search(line.text[: found.start]) else found


def _date_rank(page: Outline, i: int, top: int, start: int, place: Place, found: FoundDate) -> int | None:
    """How far to trust the date of a line, 0 best; None for one that is not the article's."""
    line = page.lines[i]
    named = _named(line.block, is_date_name)
    labelled = found.start < 40 and _LABELLED_DATE.search(line.text[: found.start]) is not None
    alone = is_date_line(line.text) or _is_date_beside_link(line, found)
    if i == top and _is_behind(line.text, found, labelled=bool(_BEHIND_TITLE.search(line.text[: found.start]))):
        return 1
    if top <= i < start:
        early = found.start <= 30 and weight(line) < 80
        return 0 if (named or alone or labelled or early) and (i not in place.noise or named) else None
    if i < top and top - i <= 5 and _is_crumb_with_date(line, found):
        return 1
    if i in place.noise and not (i < top and alone and is_date_name(line.block.name)):
        return None
    if not (named or alone or labelled):
        return None
    if i < top:
        return 1 if top - i <= (_LINES_ABOVE if named else 5) else None
    if i >= place.body.last:
        return 2 if (labelled or named) and i - place.body.last < _LINES_BELOW else None
    return 2 if alone and i >= place.body.last - _LAST_LINES else None


def _is_behind(title: str, found: FoundDate, *, labelled: bool) -> bool:
    """Whether a date stands behind a title, within its block: in brackets, or at its end with a clock or a label."""
    if title[found.start - 1 : found.start] in ("(", "["):
        return True
    return found.start > 12 and len(title) - found.end <= 3 and (isinstance(found.value, datetime) or labelled)


def _is_date_beside_link(line: Line, found: FoundDate) -> bool:
    """ "14/05/2014 - 07:30 Khuyến học", where the section can be clicked: no other word is beside the date."""
    beside = len(line.text) - line.link_chars - found.end
    return bool(line.links) and line.link_chars <= 40 and abs(beside) <= 3 and is_date_line(line.text[: found.end])


def _is_crumb_with_date(line: Line, found: FoundDate) -> bool:
    """ "Trang chủ › Tin tức › 22/04/2021, 14:05"."""
    return len(line.text) - found.end <= 3 and (is_crumb_name(line.block.name) or kind_of(line.text) == "crumb")


def find_authors(page: Outline, place: Place, title: range | None) -> list[str]:
    """Names in blocks called author, or after the word, around the article."""
    common = _common_block(place.body, title.start if title else place.body.first)
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


def is_flush_right(block: Block) -> bool:
    return block.is_right or is_right_name(block.name)


def is_author_block(block: Block) -> bool:
    return block.itemprop == "author" or (block.last - block.first <= 2 and is_author_name(block.name))


def _named(block: Block, is_name: Callable[[str], bool]) -> bool:
    """Whether a block or one of the two around it is called so."""
    around: Block | None = block
    for _ in range(3):
        if around is None:
            return False
        if around.tag == "time" or is_name(around.name):
            return True
        around = around.parent
    return False


def _common_block(body: Block, top: int) -> Block:
    """The smallest block around the title's line and the body, and a little more."""
    common = body
    while common.parent is not None and common.first > top:
        common = common.parent
    for _ in range(2 if common is body else 1):
        common = common.parent or common
    return common


def head_lines(page: Outline, place: Place, title: range | None) -> set[int]:
    """Lines within the body's block, above its text, that tell of the article: when, by whom, in which section."""
    start = text_start(page, place, title)
    found = set()
    for i in range(max(place.body.first, title.stop if title else 0), start):
        line = page.lines[i]
        about = (
            _named(line.block, is_date_name) or _named(line.block, is_meta_name) or is_author_block(line.block)
        ) and weight(line) < 80
        date_first = (shown := find_date(line.text)) is not None and shown.start <= 30 and weight(line) < 80
        if about or date_first or is_generic(line.text):
            found.add(i)
    if title is not None:
        found.update(range(place.body.first, title.start))
        heading = plain(" ".join(page.lines[i].text for i in title))
        found.update(i for i in range(max(place.body.first, title.stop), start) if plain(page.lines[i].text) == heading)
    return found
