"""A subscription's matches as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from markupsafe import Markup

from index.archive import Archive
from index.base import Document, Highlight, Query
from index.querying.highlight import Highlighter
from index.standing.alert_records import Subscription
from monitor.alerts.why import why_found
from monitor.telling import cut_marks, day_said
from monitor.web_values import marked
from monitor.words import HERE

MOST_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ElementTree.register_namespace("", _ATOM)


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntry:
    """One match as the feed tells it."""

    document: Document
    found_at: datetime
    source: str
    """What people call it."""
    why: tuple[Highlight, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """A feed as it is sent."""

    content: bytes
    etag: str
    """Strong, with its quotes."""


def read_entries(
    archive: Archive, subscription: Subscription, query: Query, sources: Mapping[str, str]
) -> tuple[FeedEntry, ...]:
    """The newest matches, as soon as they are found and whatever the schedule: a feed's readers have one of their own."""
    matches = {one.article_id: one for one in archive.alerts.matches(subscription.id, limit=MOST_ENTRIES)}
    highlighter = Highlighter(query)
    return tuple(
        FeedEntry(
            document=document, found_at=match.found_at, source=sources.get(document.source, document.source),
            why=why_found(document, highlighter, match.tier, match.figures),
        )
        for document in archive.documents(list(matches))
        for match in (matches[document.id],)
    )  # fmt: skip


def write_feed(subscription: Subscription, entries: Iterable[FeedEntry], *, address: str, base_url: str) -> Feed:
    """The feed at an address. Its ids and times are the same at each fetch, whatever the address."""
    told = list(entries)
    updated = max((entry.found_at for entry in told), default=subscription.made_at)
    root = _element(None, "feed", lang=subscription.language)
    _element(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, subscription.id)}")
    _element(root, "title", subscription.name)
    _element(root, "updated", _moment(updated))
    _element(_element(root, "author"), "name", "Theo dõi tin chính quyền số")
    ElementTree.SubElement(root, _name("link"), {"rel": "self", "href": address, "type": "application/atom+xml"})
    for entry in told:
        _add_entry(root, subscription, entry, base_url)
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Feed(content=content, etag=f'"{sha256(content).hexdigest()[:32]}"')


def _add_entry(root: ElementTree.Element, subscription: Subscription, entry: FeedEntry, base_url: str) -> None:
    document = entry.document
    element = _element(root, "entry")
    _element(element, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'{subscription.id}/{document.id}')}")
    _element(element, "title", document.title or "(không có tiêu đề)")
    _element(element, "updated", _moment(entry.found_at))
    if document.published is not None:
        _element(element, "published", _moment(document.published))
    _element(_element(element, "author"), "name", entry.source)
    is_web = document.url.startswith(("http://", "https://"))
    page = f"{base_url.rstrip('/')}/bai/{document.id}"
    ElementTree.SubElement(
        element, _name("link"), {"rel": "alternate", "href": _clean(document.url if is_web else page)}
    )
    if is_web:
        ElementTree.SubElement(element, _name("link"), {"rel": "related", "href": page, "title": "Số liệu trong bài"})
    summary = _element(element, "summary", _summary(entry))
    summary.set("type", "html")


def _summary(entry: FeedEntry) -> str:
    about = Markup("<p>{} · {}</p>").format(entry.source, day_said(entry.document.published) or "không rõ ngày")
    pieces = []
    for found in entry.why:
        before, behind = cut_marks(found.text, found.start)
        pieces.append(Markup("<p>{}{}{}</p>").format(before, marked(found.text, found.spans), behind))
    return str(Markup("").join([about, *pieces]))


def _element(parent: ElementTree.Element | None, name: str, text: str = "", *, lang: str = "") -> ElementTree.Element:
    made = ElementTree.Element(_name(name)) if parent is None else ElementTree.SubElement(parent, _name(name))
    if text:
        made.text = _clean(text)
    if lang:
        made.set("{http://www.w3.org/XML/1998/namespace}lang", lang)
    return made


def _name(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _clean(text: str) -> str:
    """What XML can hold: no controls, no halves of characters."""
    return _NOT_XML.sub("\ufffd", text)


def _moment(value: date | datetime) -> str:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(), HERE)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
