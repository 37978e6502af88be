"""A round of alerts: match what is new, cut what is due, send what waits; and the thread that does so in time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.alerts.cutting import cut_due, cut_now
from monitor.alerts.matching import Matched, Matching
from monitor.alerts.optin import forget_old
from monitor.alerts.parts import Post
from monitor.alerts.sending import Sent, send_due
from monitor.assembly import Desk

log = logging.getLogger(__name__)

EVERY = 20.0
"""Seconds between two looks at what is due, at most."""
FORGET_EVERY = timedelta(days=1)
"""How often subscriptions are looked for that nobody confirmed."""
PATIENCE = 60.0
"""Seconds that a round of the thread sends before it looks again at what is new."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """What a round did."""

    matched: Matched
    digests: int = 0
    sent: Sent
    is_busy: bool = False
    """Another process is sending, so that nothing was cut or sent here."""


def run_due(
    desk: Desk, now: datetime, *, matching: Matching, post: Post, is_over: Callable[[], bool] = lambda: False
) -> Round:
    """Do all that is due now: match, cut, send. Safe to be killed at any moment, and to be run by several at once.

    `is_over` is asked before each message.
    """
    matched = matching.run(desk, now)
    with desk.archive.alerts.sender() as is_ours:
        if not is_ours:
            return Round(matched=matched, sent=Sent(), is_busy=True)
        digests = cut_due(desk, now)
        sent = send_due(desk, post, now, is_over=is_over)
    return Round(matched=matched, digests=len(digests), sent=sent)


def send_now(desk: Desk, subscription_id: str, now: datetime, *, matching: Matching, post: Post) -> Round:
    """Tell one subscription what is new for it, because a person asks: whatever its schedule and quiet hours say."""
    matched = matching.run(desk, now)
    with desk.archive.alerts.sender() as is_ours:
        if not is_ours:
            return Round(matched=matched, sent=Sent(), is_busy=True)
        subscription = desk.archive.alerts.subscription(subscription_id)
        digest = None if subscription is None else cut_now(desk, subscription, now)
        sent = send_due(desk, post, now, subscription_id=subscription_id)
    return Round(matched=matched, digests=int(digest is not None), sent=sent)


class Scheduler:
    """Does rounds until it is stopped, each at the next moment at which something is due, or sooner.

    It goes by what the archive says is due and asks the clock anew each time, so that neither a restart nor a clock
    that is set changes what is sent.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        matching: Matching,
        post: Post,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._desk = desk
        self._matching = matching
        self._post = post
        self._clock = clock
        self._forgot_at: datetime | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="alerts", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float = 5.0) -> None:
        """Do no further round; the one that is under way may end."""
        self._stop.set()
        self._thread.join(patience)

    def _run(self) -> None:
        wait = 0.0
        while not self._stop.wait(wait):
            try:
                now = self._clock()
                self._forget(now)
                done = run_due(
                    self._desk, now, matching=self._matching, post=self._post, is_over=self._over_after(PATIENCE)
                )
                wait = 0.0 if done.sent.is_cut_short else self._until_next()
            except Exception:  # one round of a long-running job: the next one goes on
                log.exception("this round of alerts failed; the next one goes on")
                wait = EVERY

    def _over_after(self, seconds: float) -> Callable[[], bool]:
        end = time.monotonic() + seconds
        return lambda: self._stop.is_set() or time.monotonic() >= end

    def _forget(self, now: datetime) -> None:
        """Once a day, and whenever the clock was set back."""
        if self._forgot_at is None or not timedelta(0) <= now - self._forgot_at < FORGET_EVERY:
            forget_old(self._desk.archive.alerts, now)
            self._forgot_at = now

    def _until_next(self) -> float:
        now = self._clock()
        moment = self._desk.archive.alerts.next_moment(now)
        return EVERY if moment is None else min(EVERY, max(0.1, (moment - now).total_seconds()))
