"""A page that lists articles ─► the articles it links to, without menus, sections, tags, pagers and other sites.

Without a pattern the reader looks at the shape of addresses: a site gives all its articles one kind (a long number at the
end, a date in the path, a slug of many words), and the links of that kind carry headlines. A kind whose links mostly
carry headlines is the articles'. Besides, links that stand in a row of their like with dates beside them are articles,
however short their addresses and headlines are.
"""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.charset import decode, squeeze
from crawlers.errors import ReadError
from crawlers.html_tree import parse_html
from crawlers.link_shapes import Tier, classify, trimmed
from crawlers.listing_kin import are_documents, beside_them, many_of_a_kind, of_their_kind, say_so_themselves
from crawlers.listing_rows import Link, find_rows
from crawlers.records import FeedEntry
from crawlers.urls import absolute_url

_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:menu\w*|nav\w*|topnav|mainmenu|megamenu|breadcrumb\w*|footer\w*|pag(?:er|ing|ination)\w*|"
    r"weblinks?|lienket|lien-ket|social|share|"
    r"languages?|topbar|toolbar|sitemap|login|tags?|hashtag|banner|qc|quangcao)(?:$|[\s_-])",
    re.I,
)
_CLICKABLE = "a[href], [onclick*='location'], [onclick*='window.open'], [data-href]"
_SCRIPTED = re.compile(
    r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*['"]([^'"\s]+)['"]"""
)
_ENOUGH = 3
_MOST_TEXTS = 8
"""What one address is called; a hostile page may call it thousands of things."""


def read_listing(
    content: bytes, url: str, *, link_pattern: str | None = None, content_type: str | None = None
) -> tuple[FeedEntry, ...]:
    """The articles that a page lists, absolute, once each, in the page's order; none if it lists none.

    With `link_pattern`, a regular expression, exactly the addresses in which it is found. Raises
    ReadError("empty") for a page without any link.
    """
    tree = parse_html(decode(content, content_type))
    elements = tree.css(_CLICKABLE)
    if not elements:
        raise ReadError("empty", "the page holds no links; it may be built by a script in the browser")
    places = _collect(elements, _base(tree, url), url, re.compile(link_pattern) if link_pattern else None)
    links = list(dict.fromkeys(link for link, _ in places))
    chosen = links if link_pattern else _articles(links, places)
    return tuple(FeedEntry(url=link.listed, title=link.title) for link in chosen)


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    return (absolute_url(url, base.attributes.get("href")) if base is not None else None) or url


def _collect(
    elements: list[LexborNode], base: str, url: str, pattern: re.Pattern[str] | None
) -> list[tuple[Link, LexborNode]]:
    """Every element that leads to what may be an article, with all that is said of its address."""
    links: dict[str, Link] = {}
    places = []
    own = trimmed(url)
    for element in elements:
        attributes = element.attributes
        listed = absolute_url(base, _target(attributes))
        if listed is None:
            continue
        url_meant = trimmed(listed)
        if pattern and not pattern.search(url_meant):
            continue
        link = links.get(url_meant)
        if link is None:
            address = classify(url_meant, own, forced=pattern is not None)
            if address is None:
                continue
            link = links[url_meant] = Link(address, listed=listed)
        link.listed = min(link.listed, listed, key=len)
        _take_texts(link, element, attributes)
        places.append((link, element))
    return places


def _target(attributes: dict[str, str | None]) -> str | None:
    """Where a click leads: an anchor's address, or what a script is told.

    >>> _target({"onclick": "window.location.href='/tin/lich-tiep-dan-12.html'"})
    '/tin/lich-tiep-dan-12.html'
    """
    href = (attributes.get("href") or "").strip()
    if href and not href.startswith(("#", "javascript:")):
        return href
    scripted = _SCRIPTED.search(attributes.get("onclick") or href)
    return scripted.group(1) if scripted else attributes.get("data-href")


def _take_texts(link: Link, element: LexborNode, attributes: dict[str, str | None]) -> None:
    text = squeeze(element.text(separator=" "))
    if element.tag != "a" and element.css_first("a[href]") is not None:
        text = ""  # a whole card that can be clicked; its anchor says the headline
    if len(link.texts) < _MOST_TEXTS:
        link.texts.extend(said for said in (text, squeeze(attributes.get("title"))) if said)
    node: LexborNode | None = element
    in_menu = False
    for _ in range(7):
        if node is None or node.tag == "body":
            break
        if node.tag in ("h1", "h2", "h3", "h4") and text and link.heading is None:
            link.heading = text
        in_menu = in_menu or node.tag in ("nav", "footer") or bool(_MENU_NAME.search(_names(node)))
        node = node.parent
    inner = element.css_first("h1, h2, h3, h4, h5, h6") if link.heading is None else None
    if inner is not None:
        link.heading = squeeze(inner.text()) or None
    link.in_menu = link.in_menu and in_menu


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _articles(links: list[Link], places: list[tuple[Link, LexborNode]]) -> list[Link]:
    """The links of the kinds that carry headlines, and those that stand in rows with dates beside them.

    Rows with summaries or pictures alone are believed where they are of a kind already known, or nothing else is found.
    """
    chosen, kinds = _by_kind(links)
    found = len(chosen)
    rows = list(find_rows(places))
    for row in rows:
        if row.says_when:
            chosen.update(
                link for link in row.headlines if not link.address.shape[0] or link.address.shape[1:] in kinds
            )
    for row in rows:
        if not chosen.issuperset(row.items) and row.says_more:
            chosen.update(link for link in row.headlines if found < _ENOUGH or link.address.shape[1:] in kinds)
    chosen.update(_like_rows(links, chosen))
    chosen.update(say_so_themselves(links))
    if len(chosen) < _ENOUGH:
        chosen.update(many_of_a_kind(links))
    chosen.update(of_their_kind(links, chosen))
    chosen.update(beside_them(rows, chosen))
    return [link for link in links if link in chosen]


def _by_kind(links: list[Link]) -> tuple[set[Link], set[tuple[str, ...]]]:
    """The links of the kinds that carry headlines; weaker kinds only where stronger ones give next to nothing."""
    groups: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        groups[link.address.shape].append(link)
    chosen: set[Link] = set()
    kinds: set[tuple[str, ...]] = set()
    for tier in ("number", "short_number", "slug"):
        # the site's own first: another of its hosts is believed only where it names articles in the same way
        for shape, group in sorted(groups.items(), key=lambda item: item[0][0]):
            if group[0].address.tier != tier or (shape[0] and shape[1:] not in kinds) or are_documents(group):
                continue
            articles = _articles_of_kind(group, tier)
            if articles:
                kinds.add(shape[1:])
            chosen.update(articles)
        if len(chosen) >= _ENOUGH:
            break
    return chosen, kinds


def _like_rows(links: list[Link], chosen: set[Link]) -> list[Link]:
    """Headlines outside the rows, as a list's first item is set larger, whose address stands beside those of the rows."""
    folders = {(link.address.shape, link.address.folder) for link in chosen if link.address.folder}
    return [
        link
        for link in links
        if link.has_headline and not link.in_menu and (link.address.shape, link.address.folder) in folders
    ]


def _articles_of_kind(group: list[Link], tier: Tier) -> list[Link]:
    if tier != "number":
        return [link for link in group if link.has_headline and link.address.slug_words >= 5 and not link.in_menu]
    headlines = sum(link.has_headline or link.address.slug_words >= 6 for link in group)
    if headlines * 2 < len(group):
        return [link for link in group if link.has_headline and link.address.slug_words >= 5 and not link.in_menu]
    sure = headlines * 10 >= len(group) * 7
    return [
        link
        for link in group
        if link.has_headline or link.address.slug_words >= 5 or (sure and not link.in_menu and link.title)
    ]
