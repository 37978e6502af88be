"""New articles ─► what they match: each article is held against the subscriptions once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.alert_records import Condition, Match, Subscription, Unmatched
from index.base import Document, FigureEntry, Query
from index.errors import EngineError, QuerySyntaxError
from index.matching import Matcher
from index.query_names import Names
from monitor.alerts.asking import query_of
from monitor.alerts.conditions import figures_to_compare, met_by
from monitor.assembly import Desk, load_sources
from monitor.errors import MonitorError
from monitor.naming import all_topic_names, names_for

log = logging.getLogger(__name__)

BATCH = 200
"""Articles that are matched in one go; a kill costs so many, and they are matched again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """What a round of matching did."""

    articles: int = 0
    found: int = 0
    left: int = 0
    """Articles that wait on, since the index was away and a condition needs the figures of before."""


class Matching:
    """Holds new articles against the subscriptions. Keeps what it learnt of the queries, which take a while to read."""

    def __init__(self) -> None:
        self._made: tuple[object, Matcher, Mapping[str, str]] | None = None
        """What it was made from, and for each subscription that can't be read the reason."""

    def run(self, desk: Desk, now: datetime) -> Matched:
        """Match all that waits. A kill at any moment only repeats some of it.

        Subscriptions are read anew for articles that came after they were read last: somebody may have asked between.
        """
        alerts, mark, newest = desk.archive.alerts, 0, -1
        articles = found = left = 0
        asked = _Asked({}, Matcher({}))
        while waiting := alerts.unmatched(BATCH, after=mark):
            mark = waiting[-1].mark
            if mark > newest:
                newest = alerts.newest_mark()  # before the subscriptions: those that come later do not hear of these
                asked = self._asked(desk, now)
            matches, undecided = asked.match(desk, waiting, now)
            alerts.settle_matching(matches, [one.mark for one in waiting if one.mark not in undecided])
            articles += len(waiting) - len(undecided)
            found += len(matches)
            left += len(undecided)
        return Matched(articles=articles, found=found, left=left)

    def _asked(self, desk: Desk, now: datetime) -> _Asked:
        """The listening subscriptions, with a matcher of what they ask."""
        listening = desk.archive.alerts.listening()
        if not listening:
            return _Asked({}, Matcher({}))
        topics = all_topic_names(desk.archive)
        key = (tuple(map(_heart, listening)), tuple(topics.items()))
        if self._made is None or self._made[0] != key:
            names = names_for(load_sources(desk.config), stored=_EverySource, topics=lambda: topics)
            self._made = key, *_read(listening, names)
        _, matcher, unreadable = self._made
        _pause(desk, listening, unreadable, now)
        return _Asked({one.id: one for one in listening}, matcher)


class _Asked:
    """Some subscriptions, and what tells which of them an article answers."""

    def __init__(self, subscriptions: dict[str, Subscription], matcher: Matcher) -> None:
        self._subscriptions = subscriptions
        self._matcher = matcher

    def match(self, desk: Desk, waiting: Sequence[Unmatched], now: datetime) -> tuple[list[Match], set[int]]:
        """What was found, and the marks of articles on which the index has to be asked another time."""
        marks = {one.article_id: one.mark for one in waiting}
        found: list[Match] = []
        undecided: set[int] = set()
        for document in desk.archive.documents(list(marks)):
            try:
                found += self._match_one(desk, document, marks[document.id], now)
            except EngineError as e:
                log.warning("%s waits to be matched until the index can be asked: %s", document.url, e)
                undecided.add(marks[document.id])
        return found, undecided

    def _match_one(self, desk: Desk, document: Document, mark: int, now: datetime) -> list[Match]:
        found = []
        for key, tier in self._matcher.match(document):
            subscription = self._subscriptions[key]
            if mark <= subscription.hears_after:
                continue
            figures: tuple[int, ...] = ()
            if subscription.condition is not None:
                figures = met_by(subscription.condition, document, _earlier(desk, subscription.condition, document))
                if not figures:
                    continue
            found.append(Match(subscription_id=key, article_id=document.id, tier=tier, found_at=now, figures=figures))
        return found


def _earlier(desk: Desk, condition: Condition, document: Document) -> Sequence[FigureEntry]:
    asked = figures_to_compare(condition, document)
    return () if asked is None else desk.index.figures(asked)


def _heart(subscription: Subscription) -> tuple[object, ...]:
    """What a subscription's query is made from."""
    filters = (subscription.topics, subscription.places, subscription.sources)
    return subscription.id, subscription.query, filters, subscription.condition


def _read(listening: Iterable[Subscription], names: Names) -> tuple[Matcher, dict[str, str]]:
    """A matcher of what can be read, and why the others can't: a topic that was removed is no reason to stop the rest."""
    queries: dict[str, Query] = {}
    unreadable: dict[str, str] = {}
    for subscription in listening:
        try:
            queries[subscription.id] = query_of(subscription, names)
        except (QuerySyntaxError, MonitorError) as e:
            log.warning("subscription %s can't be read: %s", subscription.id, e)
            unreadable[subscription.id] = str(e)
    return Matcher(queries), unreadable


def _pause(desk: Desk, listening: Iterable[Subscription], unreadable: Mapping[str, str], now: datetime) -> None:
    """What can't be read is paused and says why, also when somebody has taken it up again as it was."""
    for subscription in listening:
        if subscription.state == "active" and (said := unreadable.get(subscription.id)) is not None:
            reason = f"câu tìm không còn đọc được: {said}"
            desk.archive.alerts.set_state(subscription.id, "paused", now, reason=reason)


class _EverySource:
    """Sources are good as they stand: they were looked up when the subscription was made."""

    def __contains__(self, _: object) -> bool:
        return True
