"""What a page says of its article in its head: meta tags, JSON-LD, microdata, <title>, <link rel=canonical>."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.charset import squeeze, tidy
from crawlers.dates import Moment, read_date
from crawlers.urls import absolute_url

_TITLES = ("og:title", "twitter:title", "its_title", "dc.title", "dcterms.title", "title", "headline")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_AUTHORS = ("article:author", "author", "dc.creator", "dable:author", "cxenseparse:author", "parsely-author", "byl")
# Best first. A time of publication; a page's modification is no publication.
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "its_publication", "pubdate", "publishdate", "publish_date",
    "publish-date", "published_time", "article.published", "og:published_time", "og:pubdate", "cxenseparse:recs:publishtime",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dc.date", "dcterms.date",
    "datecreated", "article:published", "date", "pubdatetime", "citation_publication_date", "cms:publishdate",
)  # fmt: skip
_ARTICLE_TYPES = re.compile(r"Article$|Posting$|^Report$|^Review$")
_COMMENTS = re.compile(r"(?://|/\*)?[ \t]*(?:<!\[CDATA\[|\]\]>)(?:[ \t]*\*/)?|^\s*(?:<!--|/\*).*?(?:-->|\*/)", re.S)
_OFFICE = re.compile(
    r"(?:thanh tra|chi cục|tổng cục|cục|vụ|phòng|trung tâm|văn phòng|công an|kho bạc|hải quan|tòa án|toà án|liên đoàn|"
    r"liên minh|hiệp hội|mặt trận|tỉnh đoàn|thành đoàn|huyện đoàn|đoàn thanh niên|đảng (?:ủy|uỷ|bộ)|"
    r"(?:tỉnh|thành|huyện|quận|thị) (?:ủy|uỷ)|hđnd|bảo hiểm|bộ chỉ huy|xã|phường|thị trấn|thị xã|huyện|quận|tỉnh|thành phố|"
    r"hội(?= \w+ \w)|viện(?= \w+ \w)|trường (?:đại học|cao đẳng|thpt|thcs|tiểu học|mầm non|chính trị)|"
    r"ban (?:quản lý|tuyên giáo|tổ chức|dân vận|nội chính|chỉ đạo|dân tộc|thường trực))\b",
    re.I,
)
"""How an office's name begins; a person's does not."""
_NEWS_NAMES = re.compile(
    r"^(?:vnpt|viettel|fpt|nukeviet|vinades|joomla|wordpress|drupal|dotnetnuke|liferay)\b|"
    r"\b(?:admin\w*|administrator|quản trị\w*|editor|root|super ?user|user|webmaster|system|mod|demo|test|portal|"
    r"bbt|(?:ban )?bi[eê]n t[aậ]p(?: viên)?|"
    r"ban biên soạn|tòa soạn|báo|tạp chí|cổng thông tin|cổng ttđt|trang thông tin|website|sở|ubnd|ủy ban|uỷ ban|"
    r"đài|trung tâm|văn phòng|phòng|bộ|cục|"
    r"công ty|tập đoàn|online|news|nguồn|theo|tags?|chia sẻ|ảnh|copyright)\b|https?:|www\.|\.(?:vn|com|net|org)\b|"
    r"@|\d{2}",
    re.I,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageMeta:
    """What the head of a page states. Lists are in order of trust."""

    titles: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    host_name: str = ""
    """The site's registered name without what follows it: "baolaocai" of m.baolaocai.vn."""
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    dates: tuple[Moment, ...] = ()
    canonical_url: str | None = None
    is_article: bool = False
    """The page calls itself an article."""
    is_list: bool = False
    """The page calls itself a home page or a list."""
    body: str | None = field(default=None, repr=False)
    """JSON-LD's articleBody."""


def read_meta(tree: LexborHTMLParser, url: str, state: dict[str, Any] | None = None) -> PageMeta:
    """Read the head, and the article that the page hands to its script. The tree is left as it was."""
    tags = _meta_tags(tree)
    linked = list(_linked_data(tree))
    articles = [thing for thing in linked if _is_type(thing, _ARTICLE_TYPES)]
    if state is not None:
        articles.append(state)
    first_title = tree.css_first("title")
    titles = [
        *(_text(thing.get("headline")) for thing in articles),
        *(tags.get(name) for name in _TITLES),
        squeeze(first_title.text()) if first_title is not None else None,
    ]
    dates = [
        *(tags.get(name) for name in _DATES[:2]),
        *(_text(thing.get("datePublished")) for thing in articles),
        *(tags.get(name) for name in _DATES[2:]),
        *_microdata_dates(tree),
    ]
    authors = [
        *(name for thing in articles for name in _names(thing.get("author"))),
        *(tags.get(name) for name in _AUTHORS),
    ]
    return PageMeta(
        titles=_distinct(titles),
        site_names=_distinct([tags.get("og:site_name"), tags.get("application-name"), *_publishers(linked)]),
        host_name=_site(urlsplit(url).hostname).partition(".")[0],
        descriptions=_distinct(
            [*(tags.get(name) for name in _DESCRIPTIONS), *(_text(a.get("description")) for a in articles)]
        ),
        authors=_distinct(authors),
        dates=tuple(found for found in map(read_date, dates) if found is not None),
        canonical_url=_canonical(tree, tags, url),
        is_article=bool(articles) or tags.get("og:type", "").lower() in ("article", "news", "newsarticle"),
        is_list=not articles
        and any(_is_type(thing, re.compile("^(?:CollectionPage|ItemList|SearchResultsPage)$")) for thing in linked),
        body=next(
            (tidy(body) for thing in articles if isinstance(body := thing.get("articleBody"), str) and body.strip()),
            None,
        ),
    )


def is_person(name: str | None) -> bool:
    """Whether a name can be an author's: not a login, an office, an outlet, an address.

    >>> is_person("Nguyễn Minh Anh"), is_person("admin admin"), is_person("Báo Lào Cai")
    (True, False, False)
    """
    if not name or not 2 <= len(name) <= 60 or not name[0].isupper():
        return False
    return not (_NEWS_NAMES.search(name) or _OFFICE.match(name))


def is_office(name: str) -> bool:
    """Whether a name is an office's, in full.

    >>> is_office("Phòng Thống kê Tổng hợp"), is_office("Phòng TH")
    (True, False)
    """
    return len(name.split()) >= 4 and _OFFICE.match(name) is not None


def _meta_tags(tree: LexborHTMLParser) -> dict[str, str]:
    tags: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = squeeze(_unescaped(attributes.get("content")))
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _unescaped(text: str | None) -> str | None:
    """Portals write entities twice: "&amp;ocirc;"."""
    if text and "&" in text:
        return unescape(text)
    return text


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]'):
        written = node.text()
        text = _COMMENTS.sub("", written)
        if not text.strip():  # all of it stood in a comment, for the browsers of old
            text = written.strip().removeprefix("<!--").removesuffix("-->")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            data = _salvage(text)
        waiting = [data]
        seen = 0
        while waiting and seen < 500:
            seen += 1
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting.extend(thing)
            elif isinstance(thing, dict):
                yield thing
                waiting.extend(thing.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _salvage(text: str) -> dict[str, str]:
    """The few fields we need out of JSON that is broken, as quotes inside a headline break it."""
    found = {}
    for key in ("@type", "headline", "datePublished"):
        match = re.search(rf'"{key}"\s*:\s*"((?:[^"\\]|\\.)*)"\s*[,}}\n]', text)
        if match:
            found[key] = match.group(1).replace('\\"', '"')
    return found


def _is_type(thing: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    types = thing.get("@type")
    return any(isinstance(t, str) and pattern.search(t) for t in (types if isinstance(types, list) else [types]))


def _text(value: object) -> str | None:
    return squeeze(_unescaped(value)) or None if isinstance(value, str) else None


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [
        _text(v.get("name")) if isinstance(v, dict) and v.get("@type") != "Organization" else _text(v) for v in values
    ]
    return [name for name in names if name]


def _publishers(linked: list[dict[str, Any]]) -> Iterator[str | None]:
    for thing in linked:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict):
            yield _text(publisher.get("name"))
        if _is_type(thing, re.compile("^(?:WebSite|Organization|NewsMediaOrganization)$")):
            yield _text(thing.get("name"))


def _microdata_dates(tree: LexborHTMLParser) -> Iterator[str | None]:
    for node in tree.css("[itemprop=datePublished], time[pubdate], time.entry-date[datetime]"):
        attributes = node.attributes
        yield squeeze(attributes.get("datetime") or attributes.get("content") or node.text())


def _canonical(tree: LexborHTMLParser, tags: dict[str, str], url: str) -> str | None:
    """The address that the page says is its own; one that means the home page or another site says nothing."""
    node = tree.css_first("link[rel=canonical]")
    for href in (node.attributes.get("href") if node is not None else None, tags.get("og:url")):
        found = absolute_url(url, href)
        if found and _could_be_same(found, url):
            return found
    return None


def _could_be_same(canonical: str, url: str) -> bool:
    ours, theirs = urlsplit(url), urlsplit(canonical)
    above = ours.path == theirs.path or ours.path.startswith(theirs.path.rstrip("/") + "/")
    if above and not theirs.query and (ours.query or ours.path.rstrip("/") != theirs.path.rstrip("/")):
        return False  # a section, or the portal's one page for all articles
    return _site(ours.hostname) == _site(theirs.hostname)


def _site(host: str | None) -> str:
    """The registered name, roughly: m.baolaocai.vn and baolaocai.vn are one site."""
    labels = (host or "").split(".")
    size = 3 if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else 2
    return ".".join(labels[-size:])


def unaccented(text: str) -> str:
    """Letters and digits without their marks, as in a host's name.

    >>> unaccented("Báo Đồng Nai")
    'baodongnai'
    """
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalnum())


def _distinct(values: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
