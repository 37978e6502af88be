"""The dates that a page shows around an article, and how far to trust each."""

from __future__ import annotations

import re
from datetime import datetime

from crawlers.block_names import is_clock_name, is_crumb_name, is_date_name
from crawlers.block_roles import common_block, is_named
from crawlers.dates import FoundDate, Moment, find_date, read_date
from crawlers.line_kinds import is_date_line, kind_of
from crawlers.markup import Block, Line, Outline
from crawlers.pages_around import text_start
from crawlers.pages_body import Place, weight

_MODIFIED = re.compile(r"cập nhật|updated|sửa|modified", re.I)
# "Kết quả tính đến ngày 30/6/2024": prose that tells of a date, not the day of publication
_DATE_TOLD = re.compile(r"\b(?:đến|tới|từ|trước|sau|kể từ)(?:\s+hết)?(?:\s+ngày)?\s*$", re.I)
_BEHIND_TITLE = re.compile(
    r"(?:ngày đăng|cập nhật|xuất bản|đăng (?:lúc|ngày)|thứ \w{2,4},?|chủ nhật,?)[\s:]*(?:ngày\s*)?$", re.I
)
_LABELLED_DATE = re.compile(r"(?:ngày|đăng|cập nhật|xuất bản|thời gian|publish|posted|date|lúc)", re.I)
# How far from an article its date may stand, in lines: above the title, below the text, among the text's last.
_LINES_ABOVE, _LINES_BELOW, _LAST_LINES = 12, 15, 3


def visible_dates(page: Outline, place: Place, title: range | None) -> list[tuple[Moment, bool]]:
    """Dates that the page shows around the article, most trusted first; True for one said to be of a change.

    Not the site's clock, not those of other articles, never one out of the text.
    """
    top = title.start if title else place.body.first
    start = text_start(page, place, title)
    common = common_block(place.body, top)
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
    named = is_named(line.block, is_date_name)
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
