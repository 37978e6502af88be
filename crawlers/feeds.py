"""RSS 0.9–2.0, RDF and Atom bytes ─► entries, in the feed's order.

A time keeps the zone that the feed states; one without a zone is Vietnamese time.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import feedparser
from selectolax.lexbor import LexborHTMLParser

from crawlers.charset import decode, squeeze
from crawlers.dates import Moment, read_date
from crawlers.errors import ReadError
from crawlers.markup import outline
from crawlers.records import FeedEntry
from crawlers.urls import absolute_url

_LOOKS_LIKE_FEED = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|RDF|channel)\b", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^<>\[]|\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\])*>", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});)")
_HTML_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w{1,30});", re.I)
_XML_ENTITIES = frozenset(("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"))
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_TAG = re.compile(r"<[a-zA-Z/!]")
_HEAD_SIZE = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedItem:
    """One item as the feed has it; a junk item has nothing at all."""

    url: str | None
    title: str | None
    published: Moment | None
    summary: str | None


def read_feed(content: bytes, url: str, *, content_type: str | None = None) -> tuple[FeedEntry, ...]:
    """The articles that a feed names. An item that leads nowhere is dropped; an empty feed gives no entries.

    Raises ReadError("not_a_feed") for anything else, saying what came.
    """
    return tuple(
        FeedEntry(url=item.url, title=item.title, published=item.published, summary=item.summary)
        for item in read_items(content, url, content_type=content_type)
        if item.url is not None
    )


def read_items(content: bytes, url: str, *, content_type: str | None = None) -> tuple[FeedItem, ...]:
    """Every item of a feed, also those that lead nowhere; raises as `read_feed` does."""
    text = decode(content, content_type)
    _refuse_others(text)
    parsed = feedparser.parse(io.BytesIO(xml_bytes(text)), sanitize_html=False, resolve_relative_uris=False)
    items = tuple(item for entry in parsed.entries if not _is_empty(item := _item(entry, url)))
    is_whole = parsed.get("version") and not parsed.get("bozo")
    if not is_whole and not any(item.url for item in items):
        raise ReadError("not_a_feed", "XML that is neither RSS nor Atom came, or it is too damaged to read")
    return items


def _is_empty(item: FeedItem) -> bool:
    return item.url is None and item.title is None and item.summary is None


def _refuse_others(text: str) -> None:
    head = text[:_HEAD_SIZE].lstrip("\ufeff \t\r\n")
    if not head:
        raise ReadError("not_a_feed", "nothing came")
    if _LOOKS_LIKE_FEED.search(text[: _HEAD_SIZE * 10]) and not re.match(r"<!doctype html|<html", head, re.I):
        return
    if head[0] in "{[":
        raise ReadError("not_a_feed", "JSON came instead of a feed")
    if re.search(r"<!doctype html|<html|<head|<body|<script", head, re.I):
        title = re.search(r"<title[^>]*>([^<]{1,200})", text, re.I)
        shown = f' ("{squeeze(unescape(title.group(1)))}")' if title else ""
        raise ReadError("not_a_feed", f"an HTML page came instead of a feed{shown}")
    if head[0] == "<":
        name = re.search(r"<([a-zA-Z][\w:.-]*)", head)
        raise ReadError(
            "not_a_feed", f"XML came that is no feed (<{name.group(1)}>)" if name else "XML came that is no feed"
        )
    raise ReadError("not_a_feed", "plain text came instead of a feed")


def xml_bytes(text: str) -> bytes:
    """Make of it XML that a strict parser takes: no DTD, so no entity bombs; no bare ampersand; no control characters."""
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1), count=1)
    text = _CONTROL.sub("", text)
    if "&" in text:
        pieces = _CDATA.split(text)
        pieces[::2] = [_repair_entities(piece) for piece in pieces[::2]]
        text = "".join(pieces)
    return b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")


def _repair_entities(piece: str) -> str:
    piece = _BARE_AMPERSAND.sub("&amp;", piece)
    return _HTML_ENTITY.sub(lambda match: _xml_entity(match.group(0)), piece)


def _xml_entity(entity: str) -> str:
    """XML knows five names; the others, HTML's, become their letters."""
    if entity in _XML_ENTITIES or entity.startswith("&#"):
        return entity
    letters = unescape(entity)
    return letters if letters != entity else entity.replace("&", "&amp;")


def _item(item: Any, feed_url: str) -> FeedItem:
    title = _plain_text(item.get("title")) or None
    return FeedItem(url=_link(item, feed_url), title=title, published=_published(item), summary=_summary(item))


def _link(item: Any, feed_url: str) -> str | None:
    guid = item.get("id") if item.get("guidislink", True) else None
    links = [
        item.get("feedburner_origlink"),
        item.get("link"),
        *(linked.get("href") for linked in item.get("links", [])),
        guid,
    ]
    for link in links:
        link = squeeze(link)
        if link and (link == squeeze(item.get("link")) or "/" in link):
            found = absolute_url(feed_url, unescape(link) if "&amp;" in link else link)
            if found:
                return found
    return None


def _published(item: Any) -> Moment | None:
    stated = set(item.keys())  # asking feedparser for a key that is not there makes it guess from another
    for key in ("published", "created", "updated"):
        found = read_date(squeeze(item[key])) if key in stated else None
        if found is not None:
            return found
    return None


def _plain_text(value: str | None) -> str:
    """A title's text: feeds put entities into CDATA, and tags."""
    text = value or ""
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    if _TAG.search(text):
        text = LexborHTMLParser(text).text(separator=" ")
    return squeeze(text)


def _summary(item: Any) -> str | None:
    """The description's prose, without its picture and the list of related news that some feeds put into it."""
    value = item.get("summary") or next((c.get("value") for c in item.get("content", [])), None)
    if not value:
        return None
    if "&lt;" in value or not _TAG.search(value):
        value = unescape(value)
    if not _TAG.search(value):
        return squeeze(unescape(value)) or None
    lines = outline(LexborHTMLParser(value)).lines
    prose = [line for line in lines if not (line.links and line.is_link)]
    if not prose:
        prose = lines[:1]
    return squeeze(" ".join(line.text for line in prose if line.block.tag != "li")) or None
