"""What the archive keeps of alerts: who asked for what, what was found for them, and what became of each message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Literal

from index.base import Tier
from models.records import Kind

ChannelKind = Literal["mail", "webhook", "folder", "atom"]
Every = Literal["instant", "hourly", "daily", "weekly"]
Test = Literal["below", "at_most", "above", "at_least", "rank_drop", "differs", "change_over"]
SubscriptionState = Literal["unconfirmed", "active", "paused", "ended"]
DeliveryState = Literal["waiting", "handing_over", "sent", "refused", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """Where a subscriber's messages go."""

    kind: ChannelKind
    address: str = ""
    """A mail address, a webhook's URL, a folder for .eml files; nothing for a feed, which readers fetch."""
    secret: str | None = None
    """What a webhook's requests are signed with (HMAC-SHA256)."""
    template: str | None = None
    """The shape of a webhook's body: a name of ours ("telegram"), or JSON with placeholders; None is our own JSON."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """When a subscriber's messages are due, by the clock of the subscription's time zone."""

    every: Every
    at: time = time(7)
    """For daily and weekly ones."""
    weekday: int = 0
    """For weekly ones; Monday is 0."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietHours:
    """From `start` to `end` by the clock nothing is sent; over midnight where `end` is the earlier one."""

    start: time
    end: time


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What a figure of an article must be for the article to be told of."""

    test: Test
    indicator: str
    """A slug of the catalogue."""
    place: str | None = None
    """Whose figure; None is anybody's."""
    bound: Decimal | None = None
    """In base units; for change_over how much is too much (monitor/alerts/changes.py). None for rank_drop and differs."""
    unit: str | None = None
    """What the figure must be measured in, where the indicator is told in several units; None is any."""
    kind: Kind = "achieved"
    """Which figures count: results, or what is aimed at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """A question that stands, and how its answers are to be told."""

    id: str
    name: str
    owner: str
    """Who asked for it: an account's name, or an outside reader's mail address."""
    query: str = ""
    """In the one query language; nothing means every article that passes the filters."""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    condition: Condition | None = None
    schedule: Schedule
    quiet: QuietHours | None = None
    timezone: str = "Asia/Ho_Chi_Minh"
    language: Literal["vi", "en"] = "vi"
    channels: tuple[Channel, ...]
    tells_silence: bool = False
    """Whether a digest without news is sent too, saying why there is none."""
    state: SubscriptionState = "active"
    reason: str | None = None
    """Why it is paused or ended, where it was not its owner's wish."""
    trouble: str | None = None
    """Why its digest could not be made last time; that is tried again at each round."""
    token: str
    """Random; whoever knows it may confirm, pause and end this subscription, and read its feed."""
    made_at: datetime
    confirmed_at: datetime | None = None
    next_due_at: datetime | None = None
    """None: still to be reckoned from the schedule."""
    last_digest_at: datetime | None = None
    hears_after: int = 0
    """The mark of the newest article that was there before it; the archive sets it. See index/standing/alert_archive.py, law 2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """A subscription of which what is stored makes no sense: it is told nothing, and the others go on without it."""

    id: str
    name: str
    owner: str
    state: SubscriptionState
    error: Exception


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """An article found for a subscription: once, whatever becomes of the article later."""

    subscription_id: str
    article_id: str
    tier: Tier
    found_at: datetime
    digest_id: int | None = None
    """The digest that tells of it; None: still to be told."""
    figures: tuple[int, ...] = ()
    """Which of the article's figures met the condition, by their place in its annotation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What was put together for a subscriber at one time. It goes out once on each channel."""

    id: int
    subscription_id: str
    made_at: datetime
    since: datetime
    """When the digest before was made, or the subscription."""
    matches: tuple[Match, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One digest on one channel.

    waiting: to be sent at `next_try_at`. handing_over: the whole message is about to be given to the server, so from here on
    a crash leaves open whether it has it. sent: the server took it. refused: it never will. unknown: the server gave no answer,
    or we died before we had it; not sent again by itself, as a second copy is worse than one that a person has to ask for.
    """

    id: int
    digest_id: int
    subscription_id: str
    channel: Channel
    state: DeliveryState = "waiting"
    attempts: int = 0
    first_tried_at: datetime | None = None
    """When the receiver was first asked to take it; None where that has not been done yet."""
    next_try_at: datetime
    message_id: str
    """Stable, whatever the number of tries."""
    answer: str | None = None
    """What the server said last."""
    changed_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Unmatched:
    """A new article that has not been held against the subscriptions yet."""

    mark: int
    """Goes up with every new article, whatever the clock says."""
    article_id: str
    why: str | None = None
    """Why it has to wait on for some of them; None where its turn has not come yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertCounts:
    """How alerts stand, for `monitor doctor`."""

    subscriptions: dict[SubscriptionState, int]
    paused_by_us: int
    """Paused ones that have a reason: it was not their owner's wish."""
    unmatched: int
    held_up: int
    """Of these, articles that could not be held against all subscriptions."""
    untold: int
    """Matches of subscriptions that are listening and that no digest tells of yet."""
    deliveries: dict[DeliveryState, int]
    troubled: int
    """Active subscriptions whose digest could not be made."""
    late: int
    """Waiting deliveries that were tried in vain."""
    last_answer: str | None = None
    """What a receiver said of the newest of those."""
