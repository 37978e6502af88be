"""An article's page ─► its title, lead, text, author, time and address."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from crawlers.article_text import body_of, clean_text
from crawlers.block_roles import is_author_block, is_flush_right
from crawlers.charset import tidy, to_utf8
from crawlers.dates import LOCAL, Moment
from crawlers.errors import ReadError
from crawlers.html_tree import parse_html
from crawlers.line_kinds import is_signature
from crawlers.markup import Block, Line, Outline, outline
from crawlers.page_state import read_state
from crawlers.pages_around import find_lead, head_lines, text_start
from crawlers.pages_authors import find_authors
from crawlers.pages_body import Place, find_body, noisy_lines, plain
from crawlers.pages_dates import visible_dates
from crawlers.pages_lines import article_lines
from crawlers.pages_lists import is_list_of_teasers, is_lost_among_others, is_one_of_many
from crawlers.pages_meta import PageMeta, is_office, is_person, read_meta, unaccented
from crawlers.pages_title import find_heading, find_title
from crawlers.records import PageText
from crawlers.title_text import stated_title, title_text

__all__ = ["clean_text", "read_page"]

_SHORTEST = 60
_LONGEST_NAME = 60
_MOST_HANGING = 6
_UNSURE_SHARE = 0.35
"""Below this share of the page's prose a body is worth a second reading, which costs 10 ms."""
_LARGEST_FOR_SECOND = 1_000_000
_ENDS_LIKE_PROSE = re.compile(r"[.!?…:;]\W*$")
_BULLET_LINK = re.compile(
    r"^\W*(?:>>|»|xem thêm|đọc thêm|xem tiếp|mời (?:độc giả|bạn đọc|quý vị)|tin liên quan|bài liên quan|liên quan)",
    re.I,
)
_ONLINE = re.compile(r"^báo\s+|\s+(?:online|điện tử)$|\.(?:vn|com|net|org)(?:\.vn)?$", re.I)
_ROLE = r"(?:tác giả|(?:viết|đăng|thực hiện) bởi|người viết|bài(?: viết)?|tin|ảnh|video|đồ họa|thực hiện|phóng viên|pv|ctv|biên tập|by|bởi)"
_NAME_JOIN = re.compile(r"\s+[-–—,]\s+|,\s+")
_NAME_IN_CREDIT = re.compile(rf"^\W*{_ROLE}(?:\s*(?:[,&/+-]|và)\s*{_ROLE})*\s*(?::|\.|(?<=by)|(?<=bởi))\s*", re.I)


def read_page(content: bytes, url: str, *, content_type: str | None = None) -> PageText:
    """Read one article's page.

    1. the head: titles, dates, author as the site states them; 2. the heading that shows one of those titles;
    3. the body: the block that weighs most as prose near that heading; 4. lead, date and author around it;
    5. the body's lines without boxes, and without the heads and tails that `article_text` knows.

    Raises ReadError("not_an_article") for a page that has no prose, or is a list of other articles.
    """
    markup = to_utf8(content, content_type)
    if not markup.strip():
        raise ReadError("not_an_article", "the page is empty")
    tree = parse_html(markup)
    meta = read_meta(tree, url, read_state(markup))
    page = outline(tree)
    noise = noisy_lines(page)
    heading = find_heading(page, meta, noise)
    if heading is not None and heading.first in noise:
        noise = noisy_lines(page, heading)
    place = find_body(page, heading, noise)
    if place is None or (meta.body and place.prose * 3 < len(meta.body)):
        return _from_linked_data(meta)
    if (
        is_one_of_many(page, place)
        or (is_lost_among_others(place) and not _is_announced(page, place, meta))
        or (not meta.is_article and is_list_of_teasers(page, place))
    ):
        raise ReadError("not_an_article", "the page is a list of other articles")
    return _read(page, place, meta, markup)


def _read(page: Outline, place: Place, meta: PageMeta, markup: bytes) -> PageText:
    heading = find_title(page, place, meta, text_start(page, place, None))
    lead = find_lead(page, place, heading, meta)
    lines = article_lines(page, place, {*(heading or ()), *(lead or ()), *head_lines(page, place, heading)})
    _refuse_list(lines, meta)
    body, signed = _paragraphs(_until_author(lines))
    if place.share < _UNSURE_SHARE and len(markup) < _LARGEST_FOR_SECOND:
        body = _second_opinion(markup, body, sure=heading is not None and heading.stop <= place.body.first)
    text = "\n\n".join(body)
    lead_text = _text_of(page, lead)
    if len(text) + len(lead_text or "") < _SHORTEST:
        raise ReadError("not_an_article", "the page holds too little text to be an article")
    names = find_authors(page, place, heading)
    return PageText(
        title=title_text(page, heading, meta) or stated_title(meta),
        lead=lead_text,
        text=text or None,
        author=_author(meta, [*signed, *names], names),
        published=_published(meta.dates, visible_dates(page, place, heading)),
        canonical_url=meta.canonical_url,
    )


def _is_announced(page: Outline, place: Place, meta: PageMeta) -> bool:
    """Whether title and date stand above the text; a teaser's title leads elsewhere."""
    title = find_title(page, place, meta, text_start(page, place, None))
    if title is None or any(page.lines[i].links for i in title):
        return False
    return bool(visible_dates(page, place, title))


def _from_linked_data(meta: PageMeta) -> PageText:
    """A page that a script builds in the browser may still hold its text in JSON-LD."""
    text = clean_text(_text_of_markup(meta.body or ""), meta.titles[0] if meta.titles else None)
    if len(text) < _SHORTEST:
        raise ReadError("not_an_article", "no text on the page reads like prose")
    return PageText(
        title=stated_title(meta),
        text=text,
        author=_author(meta, [], []),
        published=_published(meta.dates, []),
        canonical_url=meta.canonical_url,
    )


def _text_of_markup(text: str) -> str:
    if "</" not in text and "<br" not in text:
        return text
    return "\n".join(line.text for line in outline(parse_html(text)).lines)


def _second_opinion(markup: bytes, ours: list[str], *, sure: bool) -> list[str]:
    """Where the body is only a small share of the page's prose, see what trafilatura takes it to be.

    Its reading is taken when it holds ours and much more, or when ours has no heading above it and little text.
    """
    import trafilatura  # 0.35 s, which every command would pay and few pages need

    try:
        extracted = trafilatura.extract(markup.decode(), fast=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return ours  # it trips over odd markup; a second opinion may be missing
    theirs = [tidy(line.strip()) for line in (extracted or "").splitlines() if line.strip()]
    theirs = [line for line, kept in zip(theirs, body_of(theirs), strict=True) if kept]
    whole = plain("".join(theirs))
    agreed = sum(len(line) for line in ours if plain(line) in whole)
    size, other_size = sum(map(len, ours)), sum(map(len, theirs))
    holds_ours = agreed * 10 >= size * 8
    if other_size > 1.5 * size and (holds_ours or (not sure and size < 400)):
        return theirs
    return ours


def _text_of(page: Outline, lines: range | None) -> str | None:
    return " ".join(page.lines[i].text for i in lines) if lines else None


def _until_author(lines: list[Line]) -> list[Line]:
    """Without the few lines, no prose, that hang below the author's: what a site asks of its readers."""
    for i in range(len(lines) - 1, max(0, len(lines) - 1 - _MOST_HANGING), -1):
        after = lines[i + 1 :]
        if any(len(line.text) >= _SHORTEST and _ENDS_LIKE_PROSE.search(line.text) for line in after):
            break
        is_name = is_author_block(lines[i].block) and len(lines[i].text) <= _LONGEST_NAME
        if is_name or (_is_set_as_signature(lines[i]) and is_signature(lines[i].text)):
            return lines[: i + 1]
    return lines


def _paragraphs(lines: list[Line]) -> tuple[list[str], list[str]]:
    """The body's paragraphs, and the names it is signed with, best first."""
    lines = [line for line in lines if not _is_related_link(line)]
    signed: list[str] = []
    while len(lines) > 1 and _is_set_as_signature(lines[-1]):
        signed.insert(0, lines.pop().text)
    rows = _join_cells(lines)
    keep = body_of(rows)
    last = max((i for i, kept in enumerate(keep) if kept), default=-1)
    signed = [row for row in rows[last + 1 : last + 4] if is_signature(row)] + signed
    return [row for row, kept in zip(rows, keep, strict=True) if kept], signed


def _is_set_as_signature(line: Line) -> bool:
    """A short last line set apart as names are: flush right, in a block called author, or all bold or slanted."""
    if len(line.text) > _LONGEST_NAME or (_ENDS_LIKE_PROSE.search(line.text) and not is_signature(line.text)):
        return False
    block = line.block
    apart = (
        is_flush_right(block) or is_author_block(block) or (block.parent is not None and is_author_block(block.parent))
    )
    return apart or (is_signature(line.text) and (line.is_bold or line.is_slanted))


def _is_related_link(line: Line) -> bool:
    """A paragraph that is nothing but a link to other news."""
    if not line.links:
        return False
    if _BULLET_LINK.match(line.text):
        return line.link_chars * 2 > len(line.text)
    return line.is_link and len(line.text) > 20 and not line.text.endswith((".", ";"))


def _join_cells(lines: list[Line]) -> list[str]:
    """Lines as text; the cells of a table's row become one line."""
    rows: list[str] = []
    last: Block | None = None
    for line in lines:
        cell = _small_cell(line)
        if cell is not None and last is not None and cell is not last and cell.parent is last.parent:
            rows[-1] += " | " + line.text
        else:
            rows.append(line.text)
        last = cell
    return rows


def _small_cell(line: Line) -> Block | None:
    """The cell that a line fills alone; a layout's cells hold many lines."""
    block: Block | None = line.block
    for _ in range(2):
        if block is None or block.last - block.first != 1 or len(line.text) > 200:
            return None
        if block.tag in ("td", "th"):
            return block
        block = block.parent
    return None


def _refuse_list(lines: list[Line], meta: PageMeta) -> None:
    linked = sum(line.link_chars for line in lines)
    chars = sum(len(line.text) for line in lines)
    headlines = sum(line.is_link and len(line.text) > 25 for line in lines)
    if meta.is_article:
        return
    if (headlines >= 4 and linked * 4 > chars) or (meta.is_list and headlines >= 3):
        raise ReadError("not_an_article", "the page is a list of other articles")


def _author(meta: PageMeta, shown: list[str], by_office: list[str]) -> str | None:
    """The first name that is a person's: a signature, a block called author, or what the head states.

    Without one, the office that a block called author names; what the head calls the author then is but the site.
    """
    outlets = {unaccented(name) for name in (*meta.site_names, meta.host_name) if name}
    for candidate in [*shown, *meta.authors]:
        name = _bare_name(candidate)
        if name and is_person(name) and not outlets & {unaccented(name), unaccented(_ONLINE.sub("", name))}:
            return name
    return next((name for candidate in by_office if (name := _bare_name(candidate)) and is_office(name)), None)


def _bare_name(name: str) -> str | None:
    if re.match(r"\W*(?:nguồn|theo)\b", name, re.I):
        return None
    name = _NAME_IN_CREDIT.sub("", name)
    name = re.sub(r"\s*\([^()]*\)\s*$", "", name).strip(" .,;:-–—*_/|()")
    person, _, office = _NAME_JOIN.sub("\n", name, count=1).partition("\n")
    return (person if office and is_person(person) and not is_person(office) else name) or None


def _published(stated: tuple[Moment, ...], shown: list[tuple[Moment, bool]]) -> Moment | None:
    """When it came out, by the day of its readers: an instant stated in UTC is told in Vietnamese time."""
    found = _best_date(stated, shown)
    return found.astimezone(LOCAL) if isinstance(found, datetime) and not found.utcoffset() else found


def _best_date(stated: tuple[Moment, ...], shown: list[tuple[Moment, bool]]) -> Moment | None:
    """What the head states, with the clock and the zone that the page shows where the two differ only in that."""
    visible = [value for value, modified in shown if not modified] or [value for value, _ in shown]
    if not stated:
        return visible[0] if visible else None
    best = stated[0]
    for seen in [*visible, *stated[1:]]:
        if not isinstance(seen, datetime):
            continue
        if not isinstance(best, datetime):
            return seen if seen.date() == best else best
        if seen.utcoffset() != LOCAL.utcoffset(None):
            continue
        if abs(seen - best) < timedelta(minutes=1):
            return best.astimezone(LOCAL)
        if abs(seen.replace(tzinfo=None) - best.replace(tzinfo=None)) < timedelta(minutes=1):
            return best.replace(tzinfo=LOCAL)
    return best
