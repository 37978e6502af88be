"""Which block of a page shows the article's title."""

from __future__ import annotations

import re
from itertools import takewhile

from crawlers.block_names import is_site_title, is_title_name
from crawlers.line_kinds import is_date_line, kind_of
from crawlers.markup import Block, Outline
from crawlers.pages_body import HEADINGS, Place, plain
from crawlers.pages_meta import PageMeta

_LAST_OF_BANNER = 12
"""The line above which a site sets its own name."""
_SITE_NAME = re.compile(
    r"(?:(?:cổng|trang) (?:thông tin|tin)|website|báo (?:điện tử )?[^\s,:]+(?: [^\s,:]+){0,3}$|"
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|sở|bộ|công an|tỉnh ủy|thành ủy|đảng bộ|huyện|xã|phường|"
    r"thành phố|tỉnh)\b"
    r"(?!.*\b(?:tổ chức|ban hành|xử phạt|triển khai|công bố|khai|họp|làm việc|tăng|giảm|đạt|đẩy|hoàn thành|"
    r"kiểm tra|tập huấn|ra mắt|tiếp|đưa|có)\b))",
    re.I,
)


def find_heading(page: Outline, meta: PageMeta, noise: frozenset[int]) -> Block | None:
    """The block that shows the title: it says what the head's titles say, or begin with."""
    stated = list(dict.fromkeys(map(plain, meta.titles)))
    outlets = {name for name in map(plain, [*meta.site_names, *_site_names_shown(page)]) if len(name) >= 4}
    stated += [title[len(name) :] for title in stated for name in outlets if title.startswith(name)]
    best: tuple[float, Block] | None = None
    for block in page.blocks:
        size = block.last - block.first
        if not 1 <= size <= 4 or (block.first in noise and block.tag != "h1"):
            continue
        is_heading = block.tag in HEADINGS or is_title_name(block.name) or block.itemprop in ("headline", "name")
        if not is_heading and block.tag not in ("div", "p", "span", "td", "a", "strong"):
            continue
        text = page.text_of(block)
        if not _may_say(text, stated):
            continue
        said = plain(text)
        if (
            len(said) < 8
            or said in outlets
            or any(line.text.endswith(".") for line in page.lines[block.first + 1 : block.last])
            or not any(_says_title(said, title) for title in stated)
        ):
            continue
        rank = len(said) + 30 * (block.tag == "h1") + 10 * is_heading
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


def find_title(page: Outline, place: Place) -> range | None:
    """The lines that show the title: the block that the head speaks of, unless that is the site's own name.

    Without one, the last heading before the body; or, where all is in one block, its bold first line.
    """
    heading = place.heading
    if heading is not None and not _is_site_name(page.text_of(heading)):
        return range(heading.first, heading.last)
    return (
        _heading_near(page, place)
        or _first_line_title(page, place)
        or (range(heading.first, heading.last) if heading else None)
    )


def _is_site_name(text: str) -> bool:
    return len(text.split()) <= 14 and _SITE_NAME.match(text) is not None


def _heading_near(page: Outline, place: Place) -> range | None:
    for named_only in (True, False):
        for block in reversed(page.blocks):
            if block.first >= block.last or block.last > place.body.first + 3 or place.body.first - block.last > 12:
                continue
            if block.last - block.first > 3 or block.holds(place.body):
                continue
            named = block.tag in HEADINGS[:4] or is_title_name(block.name)
            if (named or (not named_only and page.lines[block.first].is_bold)) and _reads_like_title(
                page.text_of(block)
            ):
                return range(block.first, block.last)
    return None


def _first_line_title(page: Outline, place: Place) -> range | None:
    for i in range(place.body.first, min(place.body.first + 3, place.body.last - 1)):
        line = page.lines[i]
        if line.is_bold and _reads_like_title(line.text) and not is_date_line(line.text):
            return range(i, i + 1)
    return None


def _reads_like_title(text: str) -> bool:
    if not 15 <= len(text) <= 250 or len(text.split()) < 4 or text.endswith((":", ".")):
        return False
    return kind_of(text) is None and not _is_site_name(text)
