"""Whether no news means that nothing was published, or that nobody could be heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from crawlers.records import Source
from index.records import SourceState
from index.standing.alert_records import Subscription
from monitor.digests.views import Listening, Quiet, QuietKind

_UNHEARD = timedelta(hours=24)
"""A source that gave no good answer for so long is failing, whatever the number of tries."""
_FAILURES = 3
_STALE = timedelta(days=14)
"""One whose newest article is older than this publishes nothing, or shows us none."""
_ORDER: Sequence[QuietKind] = ("failing", "never", "stale")


def watched_sources(subscription: Subscription, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Those that a subscription names; else the outlets of the places it names; else all that are enabled."""
    enabled = [source for source in sources if source.enabled]
    named = [source for source in enabled if source.id in subscription.sources]
    local = [source for source in enabled if source.place in subscription.places and source.place]
    return tuple(named or local or enabled)


def names_its_sources(subscription: Subscription, watched: Iterable[Source]) -> bool:
    """Whether a subscription watches some sources in particular, so that their silence is told beside news too."""
    return all(source.id in subscription.sources or source.place in subscription.places for source in watched)


def listen(
    watched: Sequence[Source], states: Mapping[str, SourceState], *, since: datetime, now: datetime
) -> Listening:
    """How the watched sources do. A source may have failed a time or two: that alone is not silence."""
    quiet = [found for source in watched if (found := _quiet(source, states.get(source.id), now))]
    asked = [state.last_polled_at for source in watched if (state := states.get(source.id)) and state.last_polled_at]
    last = max(asked, default=None)
    return Listening(
        watched=len(watched),
        quiet=tuple(sorted(quiet, key=lambda one: (_ORDER.index(one.kind), one.source))),
        stopped_since=last if last is not None and last < since else None,
    )


def _quiet(source: Source, state: SourceState | None, now: datetime) -> Quiet | None:
    if state is None or state.last_polled_at is None:
        return Quiet(source=source.name, kind="never", since=None)
    heard = state.last_success_at
    if state.failures_in_row >= _FAILURES or (state.failures_in_row and (heard is None or now - heard > _UNHEARD)):
        return Quiet(source=source.name, kind="failing", since=heard, reason=state.last_status)
    newest = state.newest_article_at
    if newest is not None and now - newest > _STALE:
        return Quiet(source=source.name, kind="stale", since=newest)
    return None
