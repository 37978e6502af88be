"""A page that lists articles ─► the articles it links to, without menus, sections, tags, pagers and other sites.

Without a pattern the reader looks at the shape of addresses: a site gives all its articles one kind (a long number at the
end, a date in the path, a slug of many words), and the links of that kind carry headlines. A kind whose links mostly
carry headlines is the articles'.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.charset import decode
from crawlers.errors import ReadError
from crawlers.markup import absolute_url, parse_html, squeeze
from crawlers.records import FeedEntry

Tier = Literal["number", "short_number", "slug"]

_NOT_ARTICLES = frozenset((
    "tag", "tags", "tu-khoa", "keyword", "keywords", "chu-de", "chude", "topic", "topics", "event", "events",
    "su-kien-noi-bat", "dong-su-kien", "tac-gia", "author", "authors", "user", "users", "member", "thanh-vien",
    "rss", "feed", "feeds", "rssmain", "lien-he", "lienhe", "contact", "contact-us", "sitemap", "so-do-cong",
    "so-do-site", "login", "dang-nhap", "dang-ky", "register", "logout", "account", "search", "tim-kiem",
    "timkiem", "page", "trang", "gioi-thieu", "about", "quang-cao", "ads", "advertise", "toa-soan", "bao-gia",
    "hoi-dap", "faq", "category", "chuyen-muc", "chuyen-de", "danh-muc", "comment", "comments", "share",
    "print", "in-bai-viet", "gui-mail", "wp-content", "wp-json", "wp-login", "wp-admin", "cdn-cgi", "static",
    "assets", "upload", "uploads", "images", "download", "vanban", "van-ban", "van-ban-phap-quy",
    "van-ban-moi", "thu-tuc", "thu-tuc-hanh-chinh", "thutuchanhchinh", "tthc", "laws", "legal", "newsletter",
    "thu-vien-anh", "archive", "archives", "lich-cong-tac", "privacy", "terms", "dieu-khoan",
))  # fmt: skip
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|xml|rss|css|js|ico|apk)$", re.I)
_PAGER = re.compile(
    r"(?:^|/)(?:p|page|trang)[-_/]?\d{1,4}(?:\.\w+)?/?$|^[^-]*(?:-[^-]+){0,4}-(?:page|trang)-?\d{1,4}(?:\.\w+)?/?$",
    re.I,
)
_PAGER_KEYS = re.compile(
    r"^(?:page|p|paged|trang|pageindex|currentpage|start|offset|cur|delta|pageno|_\w+_(?:cur|delta))$", re.I
)
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|ref|source|src|gidzl|vn_source|vn_campaign|vn_medium)$", re.I)
_ID_KEY = re.compile(
    r"^(?:\w*(?:item|article|news|post|tin|bai|baiviet|content|entry|doc|nid|aid)_?id|id|nid|iditem|idtin|idnews|"
    r"dimension|urile)$",
    re.I,
)
# What a script shows by its query: one of these values is the articles', another the sections'.
_PAGE_KEYS = frozenset(("option", "view", "task", "mod", "module", "op", "act", "action", "do", "cmd"))
_OTHER_FORMS = frozenset((("print", "1"), ("tmpl", "component"), ("format", "pdf"), ("task", "emailform")))
_LONG_NUMBER = re.compile(r"(?<!\d)(?P<before>(?:(?<=[-_/.])[a-z]{1,5}|^[a-z]{0,5}))?(?P<number>\d{5,})(?!\d)", re.I)
_SHORT_NUMBER = re.compile(r"(?:^\d{1,4}-)|(?:[-_./](?P<before>[a-z]{0,5})\d{1,4}(?=\.\w+$|/?$))|^\d{1,4}$", re.I)
_DATED_PATH = re.compile(
    r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?/|/(?:19|20)\d\d[01]\d[0-3]\d/"
)
_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:menu\w*|nav\w*|topnav|mainmenu|megamenu|breadcrumb\w*|footer\w*|pag(?:er|ing|ination)\w*|"
    r"weblinks?|lienket|lien-ket|social|share|"
    r"languages?|topbar|toolbar|sitemap|login|tags?|hashtag|banner|qc|quangcao)(?:$|[\s_-])",
    re.I,
)
_LIST_END = re.compile(
    r"^\W*(?:xem (?:thêm|tiếp|chi tiết|tất cả)|chi tiết|đọc (?:thêm|tiếp)|read more|trang (?:sau|trước|đầu|cuối)|"
    r"\d+|bình luận.*|\d+ bình luận)\W*$",
    re.I,
)
_ENOUGH = 3


@dataclass(eq=False, slots=True)
class _Link:
    """One address, with all that its links say."""

    url: str
    tier: Tier
    shape: tuple[str, ...]
    slug_words: int
    texts: list[str] = field(default_factory=list)
    heading: str | None = None
    in_menu: bool = True

    @property
    def title(self) -> str | None:
        if self.heading:
            return self.heading
        usable = [text for text in self.texts if not _LIST_END.match(text)]
        headlines = [text for text in usable if 20 <= len(text) <= 220]
        return headlines[0] if headlines else max(usable, key=len, default=None)

    @property
    def has_headline(self) -> bool:
        title = self.title or ""
        return len(title) >= 25 and len(title.split()) >= 5


def read_listing(
    content: bytes, url: str, *, link_pattern: str | None = None, content_type: str | None = None
) -> tuple[FeedEntry, ...]:
    """The articles that a page lists, absolute, once each, in the page's order; none if it lists none.

    With `link_pattern`, a regular expression, exactly the addresses in which it is found. Raises
    ReadError("empty") for a page without any link.
    """
    tree = parse_html(decode(content, content_type))
    anchors = tree.css("a[href]")
    if not anchors:
        raise ReadError("empty", "the page holds no links; it may be built by a script in the browser")
    links = _collect(anchors, _base(tree, url), url, re.compile(link_pattern) if link_pattern else None)
    chosen = list(links.values()) if link_pattern else _articles(list(links.values()))
    return tuple(FeedEntry(url=link.url, title=link.title) for link in chosen)


def _base(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    return (absolute_url(url, base.attributes.get("href")) if base is not None else None) or url


def _collect(anchors: list[LexborNode], base: str, url: str, pattern: re.Pattern[str] | None) -> dict[str, _Link]:
    links: dict[str, _Link] = {}
    own = _trimmed(url)
    for anchor in anchors:
        attributes = anchor.attributes
        address = absolute_url(base, attributes.get("href"))
        if address is None:
            continue
        address = _trimmed(address)
        if pattern and not pattern.search(address):
            continue
        link = links.get(address) or _classify(address, own, forced=pattern is not None)
        if link is None:
            continue
        links[address] = link
        _take_texts(link, anchor, attributes)
    return links


def _take_texts(link: _Link, anchor: LexborNode, attributes: dict[str, str | None]) -> None:
    text = squeeze(anchor.text(separator=" "))
    link.texts.extend(said for said in (text, squeeze(attributes.get("title"))) if said)
    node: LexborNode | None = anchor
    in_menu = False
    for _ in range(7):
        if node is None or node.tag == "body":
            break
        if node.tag in ("h1", "h2", "h3", "h4") and text and link.heading is None:
            link.heading = text
        in_menu = in_menu or node.tag in ("nav", "footer") or bool(_MENU_NAME.search(_names(node)))
        node = node.parent
    inner = anchor.css_first("h1, h2, h3, h4") if link.heading is None else None
    if inner is not None:
        link.heading = squeeze(inner.text()) or None
    link.in_menu = link.in_menu and in_menu


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _classify(address: str, own: str, *, forced: bool) -> _Link | None:
    """The kind of an address, None for one that can't be an article's."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    query = [(key, value) for key, value in parse_qsl(parts.query) if value]
    if not forced and not _may_be_article(address, own, path, segments, query):
        return None
    last = segments[-1] if segments else ""
    slugs = [*segments, *(value for key, value in query if _ID_KEY.match(key))]
    words = max((len(re.findall(r"[^\W\d_]+", slug)) for slug in slugs), default=0)
    tier, shape = _shape(path, segments, last, query, words)
    host = "" if parts.hostname == urlsplit(own).hostname else "other"
    return _Link(address, tier, (host, *shape), words)


def _may_be_article(address: str, own: str, path: str, segments: list[str], query: list[tuple[str, str]]) -> bool:
    if address == own or not _same_site(urlsplit(address).hostname or "", urlsplit(own).hostname or ""):
        return False
    if (not segments and not query) or _FILE.search(path) or _PAGER.search(path):
        return False
    if any(re.sub(r"\.\w+$", "", segment.lower()) in _NOT_ARTICLES for segment in segments):
        return False
    if any(key == "p_p_id" for key, _ in query) and "/-/" not in path:
        return False  # a Liferay portlet's own state: its pager, its tabs
    if not _OTHER_FORMS.isdisjoint(query):
        return False  # an article's page for the printer
    return not any(_PAGER_KEYS.match(key) for key, _ in query)


def _same_site(host: str, own: str) -> bool:
    """The same host, or for the press one of its sub-sites; below gov.vn each host is an office of its own.

    >>> _same_site("thethao.baomoi.example.vn", "example.vn"), _same_site("so.tinh.gov.vn", "tinh.gov.vn")
    (True, False)
    """
    host, own = host.removeprefix("www."), own.removeprefix("www.")
    if host == own:
        return True
    if own.endswith(".gov.vn"):
        return False
    labels = own.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in ("com", "net", "org", "edu", "info") else 2
    return host.endswith("." + ".".join(labels[-size:])) or host == ".".join(labels[-size:])


def _shape(
    path: str, segments: list[str], last: str, query: list[tuple[str, str]], words: int
) -> tuple[Tier, tuple[str, ...]]:
    suffix = re.search(r"\.\w{2,5}$", last)
    ending = suffix.group(0).lower() if suffix else ""
    pages = sorted(f"{key}={value}".lower() for key, value in query if key.lower() in _PAGE_KEYS)
    ids = sorted(key.lower() for key, value in query if _ID_KEY.match(key) and re.search(r"\d", value))
    if ids:
        return "number", ("query", path.lower() if words < 3 else ending, *pages, *ids)
    if _DATED_PATH.search(path) and words >= 3:
        return "number", ("dated", ending)
    for segment in reversed(segments):
        number = _LONG_NUMBER.search(segment)
        if number:
            place = "start" if number.start() == 0 else "end"
            return "number", ("number", (number.group("before") or "").lower(), place, ending, str(segment is last))
    short = _SHORT_NUMBER.search(last)
    if short:
        return "short_number", ("short", (short.group("before") or "").lower(), ending)
    return "slug", ("slug", ending)


def _articles(links: list[_Link]) -> list[_Link]:
    """The links of the kinds that carry headlines; weaker kinds only where stronger ones give next to nothing."""
    groups: dict[tuple[str, ...], list[_Link]] = defaultdict(list)
    for link in links:
        groups[link.shape].append(link)
    chosen: set[int] = set()
    kinds: set[tuple[str, ...]] = set()
    for tier in ("number", "short_number", "slug"):
        # the site's own first: another of its hosts is believed only where it names articles in the same way
        for shape, group in sorted(groups.items(), key=lambda item: item[0][0]):
            if group[0].tier != tier or (shape[0] and shape[1:] not in kinds):
                continue
            articles = _articles_of_kind(group, tier)
            if articles:
                kinds.add(shape[1:])
            chosen.update(id(link) for link in articles)
        if len(chosen) >= _ENOUGH:
            break
    return [link for link in links if id(link) in chosen]


def _articles_of_kind(group: list[_Link], tier: Tier) -> list[_Link]:
    if tier != "number":
        return [link for link in group if link.has_headline and link.slug_words >= 5 and not link.in_menu]
    headlines = sum(link.has_headline or link.slug_words >= 6 for link in group)
    if headlines * 2 < len(group):
        return [link for link in group if link.has_headline and link.slug_words >= 5 and not link.in_menu]
    sure = headlines * 10 >= len(group) * 7
    return [
        link
        for link in group
        if link.has_headline or link.slug_words >= 5 or (sure and not link.in_menu and link.title)
    ]


def _trimmed(url: str) -> str:
    """Without tracking parameters."""
    parts = urlsplit(url)
    if not parts.query or not any(_TRACKING.match(key) for key, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return url
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    return urlunsplit(parts._replace(query=urlencode(kept)))
