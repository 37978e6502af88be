"""What the crawlers hand up: sources, links, pages, articles and failures.

Times are aware UTC. A day published without a clock time is a `date`. None means unknown, never empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SourceKind = Literal["feed", "listing", "sitemap"]
OutletKind = Literal["province", "ministry", "agency", "government", "press", "provincial_press"]
Evidence = Literal["proven", "listed", "guessed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One address that lists articles, and whose it is."""

    id: str
    name: str
    url: str
    kind: SourceKind
    outlet: OutletKind
    organisation: str
    place: str | None = None
    """The canonical name of the place whose outlet this is ("Lào Cai", "Bộ Y tế"); None for national press."""
    evidence: Evidence = "listed"
    evidence_note: str | None = None
    link_pattern: str | None = None
    """A regular expression that an article's address matches; None lets the reader find articles by itself."""
    delay: float = 1.0
    """Seconds between two requests to this source's host, at least."""
    local: bool = False
    """Only a local source may live on a private or loopback network."""
    enabled: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicBody:
    """A province, ministry or agency of ministerial rank of today: whose outlet a source can be."""

    id: str
    name: str
    """Canonical: "Lào Cai", "TP Hồ Chí Minh", "Bộ Y tế"."""
    kind: Literal["province", "city", "ministry", "agency"]
    portal: str | None = None
    """The front page; None where it is not certain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEntry:
    """One article as a feed, a listing or a sitemap names it."""

    url: str
    title: str | None = None
    published: datetime | date | None = None
    summary: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?" with."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """Of the last body read; a 200 with the same hash is as good as a 304."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What one polite GET brought back."""

    url: str
    """The address after redirects."""
    content: bytes
    """Decompressed, never longer than the limit; b"" when not modified."""
    content_type: str | None = None
    fetched_at: datetime
    not_modified: bool = False
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageText:
    """What a reader reads on an article's page. None of it is ever guessed."""

    title: str | None = None
    lead: str | None = None
    text: str | None = None
    """The body: paragraphs parted by a blank line, without lead, byline and boilerplate; NFC."""
    author: str | None = None
    published: datetime | date | None = None
    canonical_url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One article as fetched and read."""

    url: str
    """Canonical: the same for every way that leads to this article. It need not open: some portals know only http."""
    address: str | None = None
    """Where it was fetched and opens, where that is not `url`."""
    title: str
    lead: str | None = None
    text: str
    author: str | None = None
    published: datetime | date | None = None
    source_id: str
    fetched_at: datetime
    validators: Validators = field(default_factory=Validators)

    @property
    def full_text(self) -> str:
        """Lead and body as one text: what the models read, and what their offsets count in."""
        return join_lead(self.lead, self.text)


FailureReason = Literal[
    "no_answer", "timeout", "too_large", "too_many_redirects", "forbidden_address", "robots", "http_error", "rate_limited",
    "bad_encoding", "not_a_feed", "empty", "not_an_article", "bad_input", "internal",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """Why something could not be read, in words that a person can act on."""

    source_id: str
    url: str
    reason: FailureReason
    message: str
    retry_after: float | None = None
    """Seconds the server asked us to wait."""


def join_lead(lead: str | None, text: str) -> str:
    """Lead and body as one text, a paragraph each.

    >>> join_lead("Sa-pô.", "Bài."), join_lead(None, "Bài.")
    ('Sa-pô.\\n\\nBài.', 'Bài.')
    """
    return f"{lead}\n\n{text}" if lead else text
