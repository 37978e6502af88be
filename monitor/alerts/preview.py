"""What an alert would have told in the last days, before anybody has to live with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from index.archive import Archive
from index.base import Document, FigureEntry, Highlight, Index, Query, Tier
from index.querying.highlight import Highlighter
from index.querying.query_names import Names
from index.standing.alert_records import Subscription
from index.standing.matching import Matcher
from monitor.alerts.asking import query_of
from monitor.alerts.conditions import figures_to_compare, met_by
from monitor.alerts.schedule import reckon
from monitor.alerts.why import why_found
from monitor.sameness import published_day

DAYS = 30
_PAGE = 500
_SHOWN = 5
_REMEMBERED = 64
"""Questions for figures of before whose answers are kept: most articles ask the same."""
_OFTEN = 20
"""Digests a day beyond which an alert had better be narrowed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviewedMatch:
    """An article that would have been told."""

    document: Document
    seen_at: datetime
    tier: Tier
    why: tuple[Highlight, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """How often an alert would have fired, and on what last."""

    since: datetime
    """30 days ago; later where the archive is younger."""
    is_whole: bool
    """Whether the archive reaches back all the days."""
    days: tuple[tuple[date, int], ...]
    """Every day with its articles, the oldest first, by the clock of the subscription."""
    articles: int
    digests: int
    last: tuple[PreviewedMatch, ...]
    """The newest first."""

    @property
    def is_flood(self) -> bool:
        """Whether there would be more digests than anybody reads."""
        return self.digests > _OFTEN * len(self.days)


def preview(
    archive: Archive, index: Index, subscription: Subscription, names: Names, now: datetime, *, shown: int = _SHOWN
) -> Preview:
    """Hold a subscription against the articles that came in the last 30 days, as the alert itself would have done.

    An article counts on the day on which it was fetched, whatever its own date; the index only narrows what is read.
    """
    since = now - timedelta(days=DAYS)
    seen = archive.seen_since(since)
    query = query_of(subscription, names)
    matches = sorted(_matches(archive, index, subscription, query, seen), key=_order)
    begun = archive.first_seen()
    first = max(since, begun) if begun is not None else since
    highlighter = Highlighter(query)
    return Preview(
        since=first, is_whole=begun is not None and begun <= since, articles=len(matches),
        days=_by_day(matches, first, now, ZoneInfo(subscription.timezone)),
        digests=count_digests(subscription, [one.seen_at for one in matches]),
        last=tuple(
            PreviewedMatch(
                document=one.document, seen_at=one.seen_at, tier=one.tier,
                why=why_found(one.document, highlighter, one.tier, one.figures),
            )
            for one in reversed(matches[-shown:] if shown else ())
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Match:
    document: Document
    seen_at: datetime
    tier: Tier
    figures: tuple[int, ...]


def _matches(
    archive: Archive, index: Index, subscription: Subscription, query: Query, seen: Mapping[str, datetime]
) -> Iterator[_Match]:
    matcher = Matcher({subscription.id: query})
    recall = lru_cache(maxsize=_REMEMBERED)(index.figures)
    for ids in _batches(_candidates(index, query, seen)):
        for document in archive.documents(ids):
            tier = next((tier for _, tier in matcher.match(document)), None)
            if tier is None:
                continue
            figures = _figures(recall, subscription, document, seen)
            if figures or subscription.condition is None:
                yield _Match(document, seen[document.id], tier, figures)


def _candidates(index: Index, query: Query, seen: Mapping[str, datetime]) -> Iterator[str]:
    """The articles of the time that a search finds; it finds all that an alert does, and more."""
    left = len(seen)
    cursor: str | None = None
    while left:
        page = index.search(query, limit=_PAGE, sort="newest", after=cursor, facets=())
        for found in page.found:
            if found.id in seen:
                left -= 1
                yield found.id
        if (cursor := page.cursor) is None:
            return


def _batches(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    batch: list[str] = []
    for key in ids:
        batch.append(key)
        if len(batch) == _PAGE:
            yield batch
            batch = []
    if batch:
        yield batch


def _figures(
    recall: Callable[[Query], Sequence[FigureEntry]],
    subscription: Subscription,
    document: Document,
    seen: Mapping[str, datetime],
) -> tuple[int, ...]:
    """The figures that met the condition when the article came: what came after it was not known then."""
    condition = subscription.condition
    if condition is None:
        return ()
    asked = figures_to_compare(condition, document)
    known = recall(asked) if asked is not None else ()
    moment = seen[document.id]
    earlier = [entry for entry in known if seen.get(entry.article_id, moment) <= moment]
    return met_by(condition, document, earlier)


def _order(match: _Match) -> tuple[datetime, date, str]:
    """As they came; of those that came together the last published last."""
    return match.seen_at, published_day(match.document.published) or date.min, match.document.id


def _by_day(matches: Iterable[_Match], since: datetime, now: datetime, zone: ZoneInfo) -> tuple[tuple[date, int], ...]:
    counts = Counter(one.seen_at.astimezone(zone).date() for one in matches)
    first, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    return tuple((day, counts[day]) for day in (first + timedelta(days=n) for n in range((last - first).days + 1)))


def count_digests(subscription: Subscription, moments: Sequence[datetime]) -> int:
    """How many digests articles found at these moments make, in order; the one that is still to come counts."""
    count = 0
    due: datetime | None = None
    for moment in moments:
        if due is None or moment > due:
            due = reckon(subscription, moment)
            count += 1
    return count
