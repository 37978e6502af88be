"""Sitemaps, news sitemaps and sitemap indexes ─► entries, and the addresses of further sitemaps."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

from crawlers.charset import decode, squeeze
from crawlers.dates import Moment, read_date
from crawlers.errors import ReadError
from crawlers.feeds import xml_bytes
from crawlers.records import FeedEntry
from crawlers.urls import absolute_url

MAX_SIZE = 50 * 1024 * 1024
"""The protocol's own limit for an uncompressed sitemap."""
_ITEM = re.compile(r"<(?:\w+:)?(url|sitemap)>", re.I)
_FIELD = re.compile(r"<(?:\w+:)?([\w-]+)\b[^<>]*>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</", re.S)
_LONGEST_ITEM = 20_000
_FIELDS = frozenset(("loc", "lastmod", "publication_date", "title"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitemap:
    """The articles that a sitemap names, and the sitemaps that an index names."""

    entries: tuple[FeedEntry, ...] = ()
    sitemaps: tuple[FeedEntry, ...] = ()
    """`published` is when the sitemap was last changed, so that old ones need not be fetched."""


def read_sitemap(content: bytes, url: str, *, content_type: str | None = None) -> Sitemap:
    """Read a sitemap, gzipped or not; a plain list of addresses is one too.

    An entry's `published` is the news sitemap's publication date, else the day of the last change: some sites give
    nothing better. Raises ReadError("not_a_feed") for what is no sitemap, ReadError("bad_encoding") for broken gzip.
    """
    text = decode(_unzipped(content), content_type)
    if not text.strip():
        raise ReadError("not_a_feed", "nothing came instead of a sitemap")
    items = _items(text)
    if items is None:
        raise ReadError(
            "not_a_feed", "what came is no sitemap" + (": an HTML page" if "<html" in text[:2000].lower() else "")
        )
    found: dict[str, dict[str, FeedEntry]] = {"url": {}, "sitemap": {}}
    for kind, fields in items:
        address = absolute_url(url, unescape(fields.get("loc", "")))
        if address:
            entry = FeedEntry(url=address, title=squeeze(fields.get("title")) or None, published=_moment(fields))
            found[kind].setdefault(address, entry)
    return Sitemap(entries=tuple(found["url"].values()), sitemaps=tuple(found["sitemap"].values()))


def _unzipped(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    unzip = zlib.decompressobj(wbits=31)
    try:
        text = unzip.decompress(content, MAX_SIZE)
    except zlib.error as e:
        raise ReadError("bad_encoding", "the sitemap's gzip is broken") from e
    if unzip.unconsumed_tail:
        raise ReadError("too_large", f"the sitemap is larger than {MAX_SIZE // 1024 // 1024} MB unpacked")
    return text


def _items(text: str) -> list[tuple[str, dict[str, str]]] | None:
    if not text.lstrip().startswith("<"):
        lines = text.split()
        return [("url", {"loc": line}) for line in lines] if all(line.startswith("http") for line in lines) else None
    try:
        root = ElementTree.fromstring(xml_bytes(text))
    except ElementTree.ParseError:
        return _salvage(text)
    if _local(root.tag) not in ("urlset", "sitemapindex"):
        return None
    return [(_local(child.tag), _fields(child)) for child in root if _local(child.tag) in ("url", "sitemap")]


def _fields(item: ElementTree.Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for node in item.iter():
        name = _local(node.tag)
        # <image:loc> and <image:title> are those of a picture
        if name in _FIELDS and node.text and "image" not in node.tag and "video" not in node.tag:
            fields.setdefault(name, node.text.strip())
    return fields


def _salvage(text: str) -> list[tuple[str, dict[str, str]]] | None:
    """What can be read of XML that breaks off or is broken in the middle."""
    if not re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", text[:5000], re.I):
        return None
    items = []
    pieces = _ITEM.split(text)[1:]
    for kind, piece in zip(pieces[::2], pieces[1::2], strict=True):
        fields: dict[str, str] = {}
        for field in _FIELD.finditer(piece[:_LONGEST_ITEM]):
            if field.group(1) in _FIELDS:
                fields.setdefault(field.group(1), (field.group(2) or field.group(3) or "").strip())
        items.append((kind.lower(), fields))
    return items


def _moment(fields: dict[str, str]) -> Moment | None:
    return read_date(fields.get("publication_date")) or read_date(fields.get("lastmod"))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
