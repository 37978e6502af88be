"""Digests on their way to people: each is given away at most once, and what could not be given is tried again.

The order within one delivery: the message is made, the receiver is spoken to until it waits for the text, `handing_over`
is committed, the text is given, the receiver's answer is committed. Killed before that note, the delivery still waits; killed after it,
nobody knows, and it is `unknown`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from index.errors import UnreadableError
from index.standing.alert_records import ChannelKind, Delivery, DeliveryState, Digest, Subscription
from monitor.alerts.parts import Post, Writer
from monitor.alerts.schedule import quiet_until
from monitor.alerts.trouble import trouble_said
from monitor.assembly import Desk
from monitor.errors import MonitorError
from monitor.mail import Answer, FolderMailer, Mailer, Outcome, WayClosedError
from monitor.webhook_bodies import make_body

log = logging.getLogger(__name__)
Written = TypeVar("Written")

BATCH = 50
GIVE_UP_AFTER = timedelta(days=2)
"""How long a receiver is asked again that will not take a message yet."""
MOST_TRIES = 40
"""… and how often, should a clock that jumps make that time endless."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=4)
CLOSED_PAUSE = timedelta(minutes=2)
"""How long a way is left in peace that is closed as a whole."""
UNREADABLE_PAUSE = timedelta(hours=1)
"""How long a delivery waits whose subscription can't be read."""
BROKEN_OFF = "chương trình bị ngắt khi đang chuyển thư, không rõ đã đến nơi chưa"


class NotDrawnError(Exception):
    """A digest could not be written."""


class NotOursError(Exception):
    """Somebody else has taken this delivery since it was read."""


@dataclass(kw_only=True, slots=True)
class Sent:
    """What became of the deliveries that were due."""

    states: Counter[DeliveryState] = field(default_factory=Counter)
    closed: dict[ChannelKind, str] = field(default_factory=dict)
    """Ways that are closed, and what to do."""
    is_cut_short: bool = False
    """There is more to send, and it was to end."""


def send_due(
    desk: Desk,
    post: Post,
    now: datetime,
    *,
    subscription_id: str | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Sent:
    """Send what waits and is due, until `is_over` says so. Only for who holds `archive.alerts.sender()`.

    With a subscription's id only what is for it is sent, quiet hours or not, since a person asks for it.
    """
    desk.archive.alerts.recover(now, answer=BROKEN_OFF)
    sender = _Sender(desk, post, now, is_asked_for=subscription_id is not None)
    seen: set[int] = set()
    try:
        while batch := desk.archive.alerts.due_deliveries(now, BATCH, subscription_id=subscription_id):
            fresh = [delivery for delivery in batch if delivery.id not in seen]
            if not fresh:
                break
            for delivery in fresh:
                if is_over():
                    sender.sent.is_cut_short = True
                    return sender.sent
                seen.add(delivery.id)
                sender.send(delivery)
    finally:
        sender.close()
    return sender.sent


class _Sender:
    def __init__(self, desk: Desk, post: Post, now: datetime, *, is_asked_for: bool) -> None:
        self._desk = desk
        self._alerts = desk.archive.alerts
        self._post = post
        self._now = now
        self._is_asked_for = is_asked_for
        self._mailer: Mailer | None = None
        self._handed: int | None = None
        """The last delivery of which it was noted that it is being given away."""
        self.sent = Sent()

    def close(self) -> None:
        if self._mailer is not None:
            self._mailer.close()

    def send(self, delivery: Delivery) -> None:
        """One try, and the note of how it ended."""
        kind = delivery.channel.kind
        try:
            subscription = self._alerts.subscription(delivery.subscription_id)
        except UnreadableError as e:
            self._alerts.put_off([delivery.id], self._now + UNREADABLE_PAUSE, self._now, answer=str(e))
            return
        digest = self._alerts.digest(delivery.digest_id)
        if subscription is None or digest is None or subscription.state != "active" or kind in self.sent.closed:
            return
        try:
            until = quiet_until(subscription.quiet, subscription.timezone, self._now)
            if until is not None and not self._is_asked_for:
                self._alerts.put_off([delivery.id], until, self._now)
                return
            answer = self._give(delivery, subscription, digest)
        except WayClosedError as e:
            log.warning("nothing can be sent by %s now: %s", kind, e)
            self.sent.closed[kind] = str(e)
            self._alerts.put_off_kind(kind, self._now + CLOSED_PAUSE, self._now, answer=str(e))
        except NotOursError:
            log.info("delivery %s was taken by another sender", delivery.id)
        except MonitorError as e:  # a template that can't be read: no try will mend it
            self._settle(delivery, Answer(outcome="never", said=str(e)))
        except NotDrawnError as e:  # one digest that can't be written must not stop those of the others
            log.exception("delivery %s", delivery.id)
            self._settle(delivery, Answer(outcome="later", said=f"chưa soạn được điểm tin này ({e})"))
        except (
            Exception
        ):  # nor one that can't be given; what was said may hold a webhook's key, so the log alone has it
            log.exception("delivery %s", delivery.id)
            outcome: Outcome = "unknown" if self._handed == delivery.id else "later"
            self._settle(delivery, Answer(outcome=outcome, said="lỗi khi gửi; xem nhật ký của chương trình"))
        else:
            self._settle(delivery, answer)

    def _give(self, delivery: Delivery, subscription: Subscription, digest: Digest) -> Answer:
        channel = delivery.channel

        def handing_over() -> None:
            if not self._alerts.hand_over(delivery.id, self._now):
                raise NotOursError
            self._handed = delivery.id

        def written(write: Writer[Written]) -> Written:
            uncertain = self._uncertain(delivery)
            try:
                return write(
                    self._desk, subscription, digest, message_id=delivery.message_id, now=self._now, uncertain=uncertain,
                    channel=channel,
                )  # fmt: skip
            except MonitorError:
                raise
            except Exception as e:
                raise NotDrawnError(trouble_said(e)) from e

        if channel.kind == "webhook":
            body = make_body(channel, written(self._post.write_values))
            return self._post.webhooks.call(
                channel, body, message_id=delivery.message_id, now=self._now, handing_over=handing_over
            )
        message = written(self._post.write_message)
        if channel.kind == "folder":
            try:
                return FolderMailer(Path(channel.address)).send(message, "", handing_over=handing_over)
            except WayClosedError as e:  # this folder's alone
                return Answer(outcome="later", said=str(e))
        return self._open_mailer().send(message, channel.address, handing_over=handing_over)

    def _open_mailer(self) -> Mailer:
        if self._mailer is None:
            try:
                self._mailer = self._post.open_mailer()
            except WayClosedError:
                raise
            except MonitorError as e:  # a setting that can't be read says nothing about the message
                raise WayClosedError(str(e)) from e
        return self._mailer

    def _uncertain(self, delivery: Delivery) -> Digest | None:
        """The digest before on the same channel, if it may not have arrived."""
        before = self._alerts.delivery_before(delivery)
        if before is None or before.state not in ("unknown", "refused"):
            return None
        return self._alerts.digest(before.digest_id)

    def _settle(self, delivery: Delivery, answer: Answer) -> None:
        state, said, next_try_at, pause = decide(delivery, answer, self._now)
        self._alerts.settle(delivery.id, state, self._now, answer=said, next_try_at=next_try_at, pause=pause)
        self.sent.states[state] += 1


def decide(delivery: Delivery, answer: Answer, now: datetime) -> tuple[DeliveryState, str, datetime | None, str | None]:
    """What an answer makes of a delivery: its state, what is kept of the answer, when to try again, why to pause."""
    match answer.outcome:
        case "taken":
            return "sent", answer.said, None, None
        case "unknown":
            return "unknown", answer.said, None, None
        case "never":
            return "refused", answer.said, None, None
        case "dead":
            return "refused", answer.said, None, f"{_said(delivery)} không nhận nữa: {answer.said}"
        case "later":
            first = delivery.first_tried_at or now
            if now - first >= GIVE_UP_AFTER or delivery.attempts + 1 >= MOST_TRIES:
                return "refused", f"{answer.said} (đã thử {delivery.attempts + 1} lần)", None, None
            wait = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 10), LONGEST_PAUSE)
            asked = timedelta(seconds=answer.wait or 0)
            return "waiting", answer.said, now + max(wait, asked), None


def _said(delivery: Delivery) -> str:
    """A channel as its owner knows it; a webhook's address may hold a bot's key."""
    return "webhook" if delivery.channel.kind == "webhook" else delivery.channel.address
