"""The kind of an address: what a site's articles share (a long number at the end, a date in the path, a key in the query),
and which addresses can't be an article's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

Tier = Literal["number", "short_number", "slug"]

_NOT_ARTICLES = frozenset((
    "tag", "tags", "tu-khoa", "keyword", "keywords", "chu-de", "chude", "topic", "topics", "event", "events",
    "su-kien-noi-bat", "dong-su-kien", "tac-gia", "author", "authors", "user", "users", "member", "thanh-vien",
    "rss", "feed", "feeds", "rssmain", "lien-he", "lienhe", "contact", "contact-us", "sitemap", "so-do-cong",
    "so-do-site", "login", "dang-nhap", "dang-ky", "register", "logout", "account", "search", "tim-kiem",
    "timkiem", "page", "trang", "gioi-thieu", "about", "quang-cao", "ads", "advertise", "toa-soan", "bao-gia",
    "hoi-dap", "faq", "category", "chuyen-muc", "chuyen-de", "danh-muc", "taxonomy", "comment", "comments", "share",
    "print", "in-bai-viet", "gui-mail", "wp-content", "wp-json", "wp-login", "wp-admin", "cdn-cgi", "static",
    "assets", "upload", "uploads", "images", "download", "vanban", "van-ban", "van-ban-phap-quy",
    "van-ban-moi", "thu-tuc", "thu-tuc-hanh-chinh", "thutuchanhchinh", "tthc", "laws", "legal", "newsletter",
    "thu-vien-anh", "archive", "archives", "lich-cong-tac", "privacy", "terms", "dieu-khoan", "gop-y",
))  # fmt: skip
_FOLDERS = frozenset(("page", "trang"))
"""Where some portals keep all that they show, articles too."""
_DOCUMENTS = re.compile(r"(?:van-?ban|thu-?tuc|he-thong-van-ban|du-thao)(?:$|[-_])", re.I)
"""How a section of documents begins; "van-ban-moi-ve-thue.html" at an address's end may be an article."""
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|xml|rss|css|js|ico|apk)$", re.I)
_PAGER = re.compile(
    r"(?:^|/)(?:p|page|trang)[-_/]?\d{1,4}(?:\.\w+)?/?$|^[^-]*(?:-[^-]+){0,4}-(?:page|trang)-?\d{1,4}(?:\.\w+)?/?$",
    re.I,
)
_PAGER_KEYS = re.compile(
    r"^(?:page|p|paged|trang|pageindex|currentpage|start|limitstart|offset|cur|delta|pageno|pagenum|pg|pn|_\w+_(?:cur|delta))$",
    re.I,
)
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|ref|source|src|gidzl|vn_source|vn_campaign|vn_medium)$", re.I)
_ID_KEY = re.compile(
    r"^(?:\w*(?:item|article|news|post|tin|bai|baiviet|content|entry|doc|nid|aid)_?id|id|nid|iditem|idtin|idnews|"
    r"(?:id|ma)_?(?:tin|bai|baiviet|tintuc)|dimension|urile)$",
    re.I,
)
_PORTLET_KEY = re.compile(r"^_\w+_(?:urltitle|\w*(?:entry|article|news|content|item)id|id)$", re.I)
"""How a Liferay portlet names the article that it shows: `_101_INSTANCE_kX3Q_urlTitle`."""
# What a script shows by its query: one of these values is the articles', another the sections'.
_PAGE_KEYS = frozenset(("option", "view", "task", "mod", "module", "op", "act", "action", "do", "cmd"))
_OTHER_FORMS = frozenset((
    ("print", "1"), ("tmpl", "component"), ("format", "pdf"), ("format", "feed"), ("task", "emailform"),
    ("p_p_lifecycle", "1"), ("p_p_lifecycle", "2"), ("ctl", "login"), ("ctl", "terms"), ("ctl", "privacy"),
    ("ctl", "register"), ("option", "com_user"), ("option", "com_users"), ("option", "com_contact"),
))  # fmt: skip
_LONG_NUMBER = re.compile(r"(?<!\d)(?P<before>(?:(?<=[-_/.])[a-z]{1,5}|^[a-z]{0,5}))?(?P<number>\d{5,})(?!\d)", re.I)
_SLUG_WORD = re.compile(r"[^\W\d_]+")
_ANY_NUMBER = re.compile(r"\d{1,18}")
_SHORT_NUMBER = re.compile(r"(?:^\d{1,4}-)|(?:[-_./](?P<before>[a-z]{0,5})\d{1,4}(?=\.\w+$|/?$))|^\d{1,4}$", re.I)
_DATED_PATH = re.compile(
    r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?/|/(?:19|20)\d\d[01]\d[0-3]\d/"
)
_PORTLET_PATH = re.compile(r"/-/(?:[\w-]+/){1,3}(?=[^/]*[a-z\d])|^/(?:[\w-]+/){0,2}w/(?=[^/-]+-)", re.I)
"""What Liferay shows in a portlet, or since 7.4 under /w/."""
_SHOWN_PORTLET = re.compile(r"/-/(?:journal_content|asset_publisher|blogs|view_content)/[\w-]+/[\w-]", re.I)
_SHOWING_SCRIPT = re.compile(
    r"(?:^|/)(?:(?:xem|doc|view|show|read|disp)?_?-?(?:tin|bai|baiviet|news|article|post|content)(?:-?(?:chi-?tiet|tuc))?|"
    r"(?:news|tin|bai|article|content)?_?-?(?:detail|chi-?tiet)s?(?:-?(?:tin|news|bai|baiviet|tintuc))?|disp-?form|story)"
    r"\.(?:aspx?|php|jsp|html?)$",
    re.I,
)
"""A script that shows what its query names: tin.asp?id=5120, NewsDetail.aspx?id=233."""
_SHOWING_QUERY = frozenset(
    f"{key}={value}"
    for key, values in {
        "view": ("article", "detail", "chitiet"),
        "op": ("viewst", "detail", "view", "viewnews"),
        "task": ("view", "detail"),
        "act": ("view", "detail", "viewnews"),
        "do": ("view", "detail", "viewnews"),
    }.items()
    for value in values
)
_DETAIL_PATH = re.compile(
    r"(?:^|/)(node|(?:tin-)?chi-?tiet(?:-?(?:tin|bai|bai-viet|tin-tuc))?|(?:news-?)?detail|view(?:news)?|article|post|"
    r"bai-viet)/(?:[^/]*[-_.])?\d+[a-z]?(?:[-_.][^/]*)?/?$|/((?:article|news|item|entry)id)/\d+(?:/[^/]*)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address and its kind."""

    url: str
    tier: Tier
    shape: tuple[str, ...]
    """What it has in common with the site's others; the first is "" for the site's own."""
    slug_words: int

    @property
    def is_shown(self) -> bool:
        """Whether it says itself that it shows one thing: a portlet's content, a node, a detail."""
        return self.shape[1] in ("portlet", "detail")

    @property
    def names_article(self) -> bool:
        """Whether it says so in any way: as above, by a script that shows, by a day in its path, as WordPress's post."""
        kind = self.shape[1]
        if kind != "query":
            return self.is_shown or kind == "dated"
        return (
            self.shape[-1] == "p"
            or not _SHOWING_QUERY.isdisjoint(self.shape[3:-1])
            or _SHOWING_SCRIPT.search(self.shape[2]) is not None
        )

    @property
    def number(self) -> int:
        """The number that tells it from its like; 0 for none."""
        if self.shape[1] not in ("query", "number", "short", "detail"):
            return 0
        parts = urlsplit(self.url)
        values = [value for key, value in parse_qsl(parts.query) if _ID_KEY.match(key)]
        told = values or [segment for segment in reversed(parts.path.split("/")) if segment]
        numbers = (_ANY_NUMBER.findall(value) for value in told)
        return next((int(found[-1] if not values else found[0]) for found in numbers if found), 0)

    @property
    def depth(self) -> int:
        return urlsplit(self.url).path.rstrip("/").count("/")

    @property
    def folder(self) -> str:
        return urlsplit(self.url).path.rpartition("/")[0]


def classify(address: str, own: str, *, forced: bool) -> Address | None:
    """The kind of an address on the page `own`, None for one that can't be an article's."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    query = [(key, value) for key, value in parse_qsl(parts.query) if value]
    if not forced and not _may_be_article(address, own, path, segments, query):
        return None
    last = segments[-1] if segments else ""
    slugs = [*segments, *(value for key, value in query if _names_article(key))]
    words = max((len(_SLUG_WORD.findall(slug)) for slug in slugs), default=0)
    tier, shape = _shape(path, segments, last, query, words)
    host = "" if parts.hostname == urlsplit(own).hostname else "other"
    return Address(address, tier, (host, *shape), words)


def _names_article(key: str) -> bool:
    return _ID_KEY.match(key) is not None or _PORTLET_KEY.match(key) is not None


def _may_be_article(address: str, own: str, path: str, segments: list[str], query: list[tuple[str, str]]) -> bool:
    if address == own or not _same_site(urlsplit(address).hostname or "", urlsplit(own).hostname or ""):
        return False
    if (not segments and not query) or _FILE.search(path) or _PAGER.search(path):
        return False
    kinds = {re.sub(r"\.\w+$", "", segment.lower()) for segment in segments} & _NOT_ARTICLES
    if kinds and not (kinds <= _FOLDERS and _is_numbered(segments, query)):
        return False
    if any(_DOCUMENTS.match(segment) for segment in segments[:-1]):
        return False
    if not _OTHER_FORMS.isdisjoint((key.lower(), value.lower()) for key, value in query):
        return False  # an article's page for the printer, a portlet's feed, a form
    if any(_PORTLET_KEY.match(key) for key, _ in query):
        return True
    if any(key == "p_p_id" for key, _ in query) and "/-/" not in path:
        return False  # a Liferay portlet's own state: its pager, its tabs
    if _is_post_by_number(path, query):
        return True
    return not any(_PAGER_KEYS.match(key) for key, _ in query)


def _is_numbered(segments: list[str], query: list[tuple[str, str]]) -> bool:
    """Whether an address holds an article's key: "/Trang/ChiTietTinTuc.aspx?nid=160900", "/trang/chi-tiet-tin-160900"."""
    by_query = any(_names_article(key) and value.isdigit() for key, value in query)
    return by_query or (bool(segments) and _LONG_NUMBER.search(segments[-1]) is not None)


def _is_post_by_number(path: str, query: list[tuple[str, str]]) -> bool:
    """ "/?p=1204": how WordPress names a post before anyone chooses better; "/tin?p=2" is a pager."""
    return (
        path in ("", "/", "/index.php")
        and len(query) == 1
        and re.fullmatch(r"p=\d{2,}", "=".join(query[0])) is not None
    )


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
    portlet = sorted(key.lower() for key, _ in query if _PORTLET_KEY.match(key))
    ids = sorted(key.lower() for key, value in query if _ID_KEY.match(key) and re.search(r"\d", value))
    if _is_post_by_number(path, query):
        ids = ["p"]
    if portlet:
        return "number", ("portlet", *portlet)
    if ids:
        return "number", ("query", path.lower() if words < 3 else ending, *pages, *ids)
    if _DATED_PATH.search(path) and (words >= 3 or len(_SLUG_WORD.findall(last)) >= 2):
        return "number", ("dated", ending)
    if _SHOWN_PORTLET.search(path):
        return "number", ("portlet",)
    for segment in reversed(segments):
        number = _LONG_NUMBER.search(segment)
        if number:
            place = "start" if number.start() == 0 else "end"
            return "number", ("number", (number.group("before") or "").lower(), place, ending, str(segment is last))
    detail = _DETAIL_PATH.search(path)
    if detail:
        return "number", ("detail", (detail.group(1) or detail.group(2)).lower(), ending)
    if _PORTLET_PATH.search(path):
        return "number", ("portlet",)
    short = _SHORT_NUMBER.search(last)
    if short:
        return "short_number", ("short", (short.group("before") or "").lower(), ending)
    return "slug", ("slug", ending)


def trimmed(url: str) -> str:
    """Without tracking parameters."""
    parts = urlsplit(url)
    if not parts.query or not any(_TRACKING.match(key) for key, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return url
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    return urlunsplit(parts._replace(query=urlencode(kept)))
