"""What a digest tells, as values: the mail, a webhook's body and a feed's entries are all made from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from index.base import Tier
from index.standing.alert_records import Schedule
from models.records import Metric

QuietKind = Literal["failing", "never", "stale"]
"""Can't be reached; was never asked yet; answers, and has published nothing for long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a text, clean and on one line, and whether it is what was searched for."""

    text: str
    marked: bool = False


Marked = tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """The value that a figure had before, and where that is known from."""

    metric: Metric
    told_at: datetime | None = None
    """When an earlier digest told it, where neither value names its period."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyFigure:
    """A figure of a story that stands for an indicator of the catalogue."""

    metric: Metric
    name: str
    """The indicator's, as the catalogue has it."""
    is_met: bool = False
    """Whether it is what met the subscription's condition."""
    before: Before | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """Another article that tells the same story."""

    article_id: str
    url: str | None
    source: str
    published: datetime | date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One entry: the article that leads, and those that tell the same."""

    article_id: str
    url: str | None
    """Where people read it; None where the address is none of the web."""
    title: Marked
    source: str
    published: datetime | date | None
    tier: Tier
    sentence: Marked
    """The sentence that matched; empty where the article has no text."""
    figures: tuple[KeyFigure, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    copies: tuple[Copy, ...]
    """The earliest first."""
    publishers: int
    """How many organisations tell it, the leading article's included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """A story that an earlier digest told, and who has printed it since."""

    article_id: str
    url: str | None
    title: str
    told_at: datetime
    copies: tuple[Copy, ...]
    publishers: int
    """How many organisations came to those that told it then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rising:
    """A topic with clearly more stories than last time."""

    topic: str
    count: int
    before: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """What is different from the digest before."""

    last_at: datetime
    last_stories: int
    rising: tuple[Rising, ...]
    changed: tuple[KeyFigure, ...]
    """Key figures whose value was another one before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiet:
    """A source from which nothing comes."""

    source: str
    kind: QuietKind
    since: datetime | None
    """failing: its last good answer; stale: its newest article."""
    reason: str | None = None
    """failing: what went wrong last, a key of monitor.words.REASONS."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listening:
    """How the sources do that a subscription watches."""

    watched: int
    quiet: tuple[Quiet, ...]
    """Those that fail first."""
    stopped_since: datetime | None = None
    """When any of them was last asked, if that was before this digest's time: then nothing was collected at all."""

    @property
    def working(self) -> int:
        return self.watched - len(self.quiet)


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncertain:
    """The digest before, of which nobody knows whether it arrived."""

    made_at: datetime
    articles: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many articles matched in one day, or in the week that begins on it."""

    start: date
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """Where the links of a digest lead; None where the monitor has no address of its own on the web."""

    base: str | None = None
    search: str | None = None
    """The subscription's question on the search page."""
    manage: str | None = None
    """Where it is paused and ended."""
    feed: str | None = None

    def article(self, article_id: str) -> str | None:
        """An article's own page, with all its figures."""
        return f"{self.base}/bai/{article_id}" if self.base else None


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestView:
    """All that a digest tells, in the order in which it is read."""

    name: str
    """The subscription's, on one line."""
    language: Literal["vi", "en"]
    zone: ZoneInfo
    schedule: Schedule
    made_at: datetime
    since: datetime
    articles: int
    publishers: int
    stories: tuple[Story, ...]
    left_out: int
    """Stories beyond those shown, which the link to the search leads to."""
    follow_ups: tuple[FollowUp, ...]
    delta: Delta | None
    listening: Listening | None
    tallies: tuple[Tally, ...]
    """Empty where a chart would say nothing."""
    uncertain: Uncertain | None
    addresses: Addresses

    @property
    def total(self) -> int:
        """How many new stories there are."""
        return len(self.stories) + self.left_out
