"""What the listening subscriptions ask, and which of them new articles answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from index.archive import Archive
from index.base import Document, FigureEntry, Index
from index.errors import AwayError, EngineError
from index.standing.alert_records import Condition, Match, Subscription, Unmatched
from index.standing.matching import Matcher
from monitor.alerts.conditions import figures_to_compare, met_by
from monitor.alerts.trouble import UNREADABLE_ARTICLE, trouble_said

log = logging.getLogger(__name__)


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What some articles came to."""

    matches: list[Match] = field(default_factory=list)
    held_up: dict[int, str] = field(default_factory=dict)
    """The marks of articles of which something is still to be decided, each with why. What could be is in `matches`."""


class Past:
    """The figures of before. An index that does not answer is asked once a round, or each article would wait for it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._away: AwayError | None = None

    def earlier(self, condition: Condition, document: Document) -> Sequence[FigureEntry]:
        """What a condition holds an article's figures against.

        Raises EngineError.
        """
        asked = figures_to_compare(condition, document)
        if asked is None:
            return ()
        if self._away is not None:
            raise self._away
        try:
            return self._index.figures(asked)
        except AwayError as e:
            self._away = e
            raise


class Asked:
    """Some subscriptions, and what tells which of them an article answers."""

    def __init__(self, subscriptions: Mapping[str, Subscription], matcher: Matcher) -> None:
        self._subscriptions = subscriptions
        self._matcher = matcher

    def match(self, archive: Archive, past: Past, waiting: Sequence[Unmatched], now: datetime) -> Outcome:
        """Hold articles against the subscriptions. What can't be done for one of either holds up no other."""
        outcome = Outcome()
        readable, unreadable = archive.readable_documents([one.article_id for one in waiting])
        documents = {document.id: document for document in readable}
        for one in waiting:
            troubles = _Troubles(one)
            if one.article_id in unreadable:
                troubles.note(UNREADABLE_ARTICLE, unreadable[one.article_id])
            elif one.article_id in documents:
                outcome.matches += self._match_one(documents[one.article_id], one.mark, past, now, troubles)
            if troubles.said:
                outcome.held_up[one.mark] = troubles.said
        return outcome

    def _match_one(
        self, document: Document, mark: int, past: Past, now: datetime, troubles: _Troubles
    ) -> Iterator[Match]:
        try:
            answered = tuple(self._matcher.match(document))
        except Exception as e:  # noqa: BLE001 - logged; a flaw that one article brings to light must not stop the others
            troubles.note("không đối chiếu được bài", e)
            return
        for key, tier in answered:
            subscription = self._subscriptions[key]
            if mark <= subscription.hears_after:
                continue
            try:
                figures = _figures(subscription.condition, document, past)
            except EngineError as e:
                troubles.note("chờ máy tìm kiếm", e)
            except Exception as e:  # noqa: BLE001 - logged; nor one that one subscription does
                troubles.note(f"theo dõi {key}", e)
            else:
                if subscription.condition is None or figures:
                    yield Match(subscription_id=key, article_id=document.id, tier=tier, found_at=now, figures=figures)


class _Troubles:
    """Why an article is to be tried again. What was not known of it before is logged with all that there is to say."""

    def __init__(self, of: Unmatched) -> None:
        self._of = of
        self._all: dict[str, None] = {}

    @property
    def said(self) -> str:
        return "; ".join(self._all)

    def note(self, what: str, error: Exception) -> None:
        said = f"{what}: {trouble_said(error)}"
        if said not in self._all and said not in (self._of.why or ""):
            details = None if isinstance(error, EngineError) else error
            log.warning("article %s waits to be matched: %s", self._of.article_id, said, exc_info=details)
        self._all[said] = None


def _figures(condition: Condition | None, document: Document, past: Past) -> tuple[int, ...]:
    return () if condition is None else met_by(condition, document, past.earlier(condition, document))
