"""What goes into the archive and comes out of it, beside the crawlers' and the models' own records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from crawlers.records import Article, FailureReason, Validators
from models.records import Annotation
from models.topics.own_topics import OwnExample, OwnTopic

LinkState = Literal["pending", "done", "failed"]
StoreStatus = Literal["new", "updated", "unchanged", "duplicate"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """How a source did when it was last asked, and when to ask again."""

    source_id: str
    validators: Validators = field(default_factory=Validators)
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_status: str | None = None
    """ "ok", "not_modified" or the reason of a failure."""
    failures_in_row: int = 0
    next_due_at: datetime | None = None
    newest_article_at: datetime | None = None
    """What a source is judged by: some answer well, and with articles that are years old."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An article that a listing named: still to be fetched, fetched, or given up."""

    url: str
    source_id: str
    title: str | None = None
    published: datetime | date | None = None
    summary: str | None = None
    state: LinkState = "pending"
    attempts: int = 0
    next_try_at: datetime | None = None
    reason: str | None = None
    found_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NewArticle:
    """An article to be stored, with what the models say of it."""

    article: Article
    annotation: Annotation
    listed_as: str | None = None
    """The link that led to it, where that is not the article's own address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An article's current version, for models that read it again: what they say is of this version and no other."""

    id: str
    version: int
    article: Article
    has_terms: bool = False
    """Whether the archive holds its terms as today's program makes them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """What became of one article: its id (for a duplicate, that of the article it repeats) and its one status."""

    id: str
    status: StoreStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What a person said of one topic of one article."""

    article_id: str
    topic: str
    was: bool
    """Whether the article carried it before."""
    now: bool | None
    """Whether it does now; None takes earlier corrections back, and the models decide again."""
    who: str
    at: datetime
    note: str | None = None
    url: str = ""
    title: str = ""
    """The article's, for showing; filled in when read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """An article about whose topics people have had a say, with what holds now."""

    id: str
    title: str
    text: str
    topics: tuple[str, ...]
    said: dict[str, bool]
    """Topic → what people say, without what the models say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedTopic:
    """A topic that a user added, with the examples it was taught."""

    topic: OwnTopic
    examples: tuple[OwnExample, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxEntry:
    """An article whose entry in the index is not committed yet."""

    article_id: str
    mark: int
    """Changes when the article does, so that settling an older state settles nothing newer."""
    refused: str | None = None
    """Why the index would not take this state when it was last asked."""


RunKind = Literal["crawl", "annotate"]
"""What a run does: crawl sources, or let the models read the whole archive again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One job over many articles from start to end; no end means that it was killed or still goes on."""

    id: int
    started_at: datetime
    finished_at: datetime | None = None
    counts: dict[str, int] = field(default_factory=dict)
    kind: RunKind = "crawl"


@dataclass(frozen=True, kw_only=True, slots=True)
class PartKey:
    """Names one part of a run that several workers share."""

    run_id: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RunPart:
    """A part of a run: what it has counted so far, and whether it is done."""

    name: str
    counts: dict[str, int]
    is_done: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PastFailure:
    """A failure as it was reported, in which run and when."""

    run_id: int | None
    source_id: str
    url: str
    reason: FailureReason
    message: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """What an archive lies in: "SQLite" or "PostgreSQL", its version, and where; the place may be shown to anyone."""

    name: str
    version: str
    at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveCounts:
    """What the archive holds, for `monitor doctor`."""

    articles: int
    versions: int
    annotations: int
    aliases: int
    clustered: int
    """Articles that have a near-duplicate."""
    links: dict[LinkState, int]
    outbox: int
    refused: int
    """Articles of the outbox that the index would not take."""
    sources: int
    failing_sources: int
    runs: int
    failures: int
