"""What of a title's words is the title, as the page shows it and as its head states it."""

from __future__ import annotations

import re
from functools import lru_cache

from crawlers.line_kinds import is_date_line
from crawlers.markup import Outline
from crawlers.pages_body import plain
from crawlers.pages_meta import PageMeta
from crawlers.title_words import TITLE_PARTS, names_no_article

_SITE_JOIN = re.compile(r"\s+[-–—|»:·]+\s+|\s*\|\s*")
_DATE_BEHIND = re.compile(
    r"(?<=.{12})\s*[(\[]\s*(?:\d{1,2}[:hg]\d\d\W{1,4})?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()\[\]\w]*(?:\d{1,2}[:hg]\d\d(?::\d\d)?)?\s*[)\]]$"
)
_CLOCK = r"\d{1,2}[:hg]\d\d(?::\d\d)?(?:\s*[AP]M|\s*SA|\s*CH)?"
_DATE_GLUED = re.compile(
    r"(?<=.{12})[\s,(|–—-]*(?P<label>(?:(?:ngày (?:đăng|cập nhật)|đăng (?:lúc|ngày)|cập nhật(?: lúc| ngày)?|thứ \w{2,4}|"
    rf"chủ nhật)[\s:,-]*(?:ngày\s+)?)+)?(?P<clock_before>{_CLOCK}[\s,|–—-]*)?\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}"
    rf"(?P<clock>[\s,|–—-]*{_CLOCK})?(?:\s*\(?GMT\s?\+\s?7\)?)?\s*$",
    re.I,
)
_YEAR, _LONGEST_DATE = re.compile(r"[/.-](?:19|20)\d\d"), 40
_LONGEST_TITLE, _MOST_PARTS, _MOST_TITLES = 500, 8, 5


def title_text(page: Outline, lines: range | None, meta: PageMeta) -> str | None:
    """A title's text without the date that some portals set behind it: "Lịch tiếp công dân (12/10/2023)".

    A date without brackets is the title's own unless it has a label or a clock, or the head's title ends before it.
    """
    if lines is None:
        return None
    shown = [page.lines[i].text for i in lines]
    while len(shown) > 1 and is_date_line(shown[-1]):
        shown.pop()
    text = _DATE_BEHIND.sub("", " ".join(shown))
    glued = _DATE_GLUED.search(text) if _YEAR.search(text[-_LONGEST_DATE:]) else None
    if glued is None:
        return text
    sure = glued.group("label") or glued.group("clock") or glued.group("clock_before")
    before = text[: glued.start()].rstrip(" -–—|,(")
    return before if sure or plain(before) in parts_of(meta.titles) else text


def stated_title(meta: PageMeta) -> str | None:
    """What a page's head states without the site's name; None where it says but a section, as a listing then knows better."""
    best = next((title for title in meta.titles if not names_no_article(title)), None)
    if best is None:
        return None
    names = {plain(name) for name in meta.site_names}
    parts = _SITE_JOIN.split(best)
    while len(parts) > 1 and (plain(parts[-1]) in names or len(parts[0]) >= 25):
        parts.pop()
    return best[: best.rindex(parts[-1]) + len(parts[-1])] if len(parts) > 1 else parts[0]


@lru_cache(maxsize=4)
def parts_of(titles: tuple[str, ...]) -> set[str]:
    """What a title may say when the site's and the section's names are taken from its ends."""
    found: set[str] = set()
    for title in titles[:_MOST_TITLES]:
        pieces = TITLE_PARTS.split(title[:_LONGEST_TITLE], maxsplit=_MOST_PARTS)
        found.update(plain(" ".join(pieces[i:j])) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1))
    return found
