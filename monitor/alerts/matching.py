"""New articles ─► what they match: each article is held against the subscriptions once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from index.base import Query
from index.errors import QuerySyntaxError
from index.querying.query_names import Names
from index.standing.alert_records import Subscription
from index.standing.matching import Matcher
from monitor.alerts.asked import Asked, Past
from monitor.alerts.asking import query_of
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
    """Articles that wait on for some of the subscriptions, since the index was away or something went wrong. Why stands in
    the archive."""


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
        asked, past = Asked({}, Matcher({})), Past(desk.index)
        while waiting := alerts.unmatched(BATCH, after=mark):
            mark = waiting[-1].mark
            if mark > newest:
                newest = alerts.newest_mark()  # before the subscriptions: those that come later do not hear of these
                asked = self._asked(desk, now)
            outcome = asked.match(desk.archive, past, waiting, now)
            found += alerts.settle_matching(outcome.matches, [one.mark for one in waiting], held_up=outcome.held_up)
            articles += len(waiting) - len(outcome.held_up)
            left += len(outcome.held_up)
        return Matched(articles=articles, found=found, left=left)

    def _asked(self, desk: Desk, now: datetime) -> Asked:
        """The listening subscriptions, with a matcher of what they ask."""
        listening = desk.archive.alerts.listening()
        if not listening:
            return Asked({}, Matcher({}))
        topics = all_topic_names(desk.archive)
        key = (tuple(map(_heart, listening)), tuple(topics.items()))
        if self._made is None or self._made[0] != key:
            names = names_for(load_sources(desk.config), stored=_EverySource, topics=lambda: topics)
            self._made = key, *_read(listening, names)
        _, matcher, unreadable = self._made
        _pause(desk, listening, unreadable, now)
        return Asked({one.id: one for one in listening}, matcher)


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
