"""What the archive keeps of alerts. Reached as `archive.alerts`; a method is one transaction, as in index/archive.py.

Laws, held by tests/index/standing/test_alert_archive.py and, over kill -9, by tests/monitor/alerts/test_faults.py:
1.  A new article is in `unmatched` from the transaction that stores it until the one that keeps the last of its matches.
    So each subscription gets it once: not when its words change, its topics are corrected, or models read it again.
2.  A subscription hears of the articles that come after it was made, confirmed or taken up again, told by marks and
    not by clocks. One that was paused by us and not by its owner goes on listening.
3.  A match is told in one digest and stays there. Its digest, the digest's deliveries and the time of the next digest
    are one transaction.
4.  A delivery goes waiting ─► handing_over ─► sent | refused | unknown, or back to waiting; see `Delivery`. Only a
    person brings one back that is refused or unknown.
5.  A subscription of which what is stored makes no sense is left out of all that is done for many, and told nothing; the
    others go on. It is `unreadable` until somebody mends or ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Engine, select

from index.database import reading, writing
from index.kept import tables
from index.standing import alert_counts, deliveries, matches, subscriptions
from index.standing.alert_lock import sender_lock
from index.standing.alert_records import (
    AlertCounts,
    ChannelKind,
    Delivery,
    DeliveryState,
    Digest,
    Match,
    Subscription,
    SubscriptionState,
    Unmatched,
    Unreadable,
)


class AlertArchive:
    """See the module's laws."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def sender(self) -> AbstractContextManager[bool]:
        """Be the only one who cuts and sends, over all processes; False where somebody else is."""
        return sender_lock(self._engine)

    # --- subscriptions

    def add(self, subscription: Subscription) -> None:
        """Keep a new subscription; it hears of articles that are stored from now on."""
        with writing(self._engine) as connection:
            subscriptions.add(connection, subscription)

    def change(self, subscription: Subscription) -> None:
        """Put what was asked for, how and when in the place of what it was; state, token and history stay."""
        with writing(self._engine) as connection:
            subscriptions.change(connection, subscription)

    def set_state(
        self, subscription_id: str, state: SubscriptionState, now: datetime, *, reason: str | None = None
    ) -> Subscription | None:
        """Confirm (unconfirmed ─► active), pause, take up again or end; None where there is no such subscription, or
        none that can be read (it is changed all the same).

        A reason says that it was not its owner's wish. What waits to be sent is held while it is paused, and is given
        up when it ends.
        """
        with writing(self._engine) as connection:
            return subscriptions.set_state(connection, subscription_id, state, reason=reason, now=now)

    def subscription(self, subscription_id: str) -> Subscription | None:
        """Raises UnreadableError."""
        with reading(self._engine) as connection:
            return subscriptions.load_one(connection, tables.subscriptions.c.id == subscription_id)

    def subscription_of_token(self, token: str) -> Subscription | None:
        with reading(self._engine) as connection:
            return subscriptions.load_one(connection, tables.subscriptions.c.token == token)

    def subscriptions(
        self, *, owner: str | None = None, states: Sequence[SubscriptionState] | None = None
    ) -> tuple[Subscription, ...]:
        """In the order in which they were made; without those that are `unreadable`, as everywhere."""
        where = [] if owner is None else [tables.subscriptions.c.owner == owner]
        if states is not None:
            where.append(tables.subscriptions.c.state.in_(states))
        with reading(self._engine) as connection:
            return subscriptions.load_all(connection, *where)

    def unreadable(self, *, owner: str | None = None, ended: bool = False) -> tuple[Unreadable, ...]:
        """The subscriptions of which what is stored makes no sense, and why; `ended` ones where they are asked for."""
        where = [] if owner is None else [tables.subscriptions.c.owner == owner]
        if not ended:
            where.append(tables.subscriptions.c.state != "ended")
        with reading(self._engine) as connection:
            return subscriptions.load_unreadable(connection, *where)

    def forget_unconfirmed(self, made_before: datetime) -> int:
        """Delete the subscriptions that nobody confirmed; how many there were."""
        with writing(self._engine) as connection:
            return subscriptions.forget_unconfirmed(connection, made_before)

    # --- matching

    def unmatched(self, limit: int, *, after: int = 0) -> tuple[Unmatched, ...]:
        """The new articles that wait longest to be matched. They stay until settled, so a kill forgets none."""
        with reading(self._engine) as connection:
            return matches.load_unmatched(connection, limit, after)

    def newest_mark(self) -> int:
        """The mark of the newest article that waits to be matched; 0 where none does."""
        with reading(self._engine) as connection:
            return subscriptions.newest_mark(connection)

    def listening(self) -> tuple[Subscription, ...]:
        """The subscriptions that new articles are held against."""
        with reading(self._engine) as connection:
            return subscriptions.load_all(connection, subscriptions.is_listening())

    def settle_matching(
        self, found: Sequence[Match], marks: Iterable[int], *, held_up: Mapping[int, str] = MappingProxyType({})
    ) -> int:
        """Keep what was found, and strike off the marks of the articles that were asked about; how many matches are new.

        Those that are held up, each with why, stay and are asked about again; what was found of them by then is not told
        twice for that, as a match that is there stays as it is.
        """
        with writing(self._engine) as connection:
            return matches.settle(connection, found, marks, held_up)

    def held_up(self, limit: int) -> tuple[Unmatched, ...]:
        """The newest articles that could not be held against all subscriptions, with why."""
        with reading(self._engine) as connection:
            return matches.load_held_up(connection, limit)

    def matches(self, subscription_id: str, *, limit: int | None = None) -> tuple[Match, ...]:
        """What was found for a subscription, the newest first."""
        with reading(self._engine) as connection:
            return matches.load(connection, tables.matches.c.subscription_id == subscription_id, limit=limit)

    def untold(self, subscription_id: str) -> tuple[Match, ...]:
        """What the next digest will tell of."""
        table = tables.matches
        with reading(self._engine) as connection:
            return matches.load(connection, table.c.subscription_id == subscription_id, table.c.digest_id.is_(None))

    def with_news(self) -> frozenset[str]:
        """The ids of the subscriptions that have something to tell."""
        table = tables.matches
        statement = select(table.c.subscription_id).where(table.c.digest_id.is_(None)).distinct()
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(statement))

    # --- digests

    def note_trouble(self, subscription_id: str, trouble: str) -> None:
        """Keep why a digest could not be made; `cut` and `set_due` forget it."""
        with writing(self._engine) as connection:
            subscriptions.note_trouble(connection, subscription_id, trouble)

    def due_subscriptions(self, now: datetime) -> tuple[Subscription, ...]:
        """The active ones whose time has come (instant ones only with news), or whose next time is to be reckoned anew.

        That is where there is none, and where it is further away than from one time to the next: the clock was set
        back. It may rightly be so far where quiet hours lie between.
        """
        with reading(self._engine) as connection:
            return subscriptions.load_due(connection, now)

    def set_due(self, moments: dict[str, datetime]) -> None:
        """Subscription id → when it is due next, where nothing is to be told."""
        with writing(self._engine) as connection:
            subscriptions.set_due(connection, moments)

    def cut(
        self,
        subscription: Subscription,
        now: datetime,
        *,
        next_due_at: datetime | None,
        message_id: Callable[[int, int], str],
        even_if_empty: bool = False,
    ) -> Digest | None:
        """Put all that is untold into a digest with its deliveries (law 3); None where there is nothing to tell.

        `message_id` makes one of the digest's id and the place of the channel. A subscription that is not active, or
        was cut or changed since it was read, is left alone.
        """
        with writing(self._engine) as connection:
            return deliveries.cut(
                connection, subscription, now=now, next_due_at=next_due_at, message_id=message_id,
                even_if_empty=even_if_empty,
            )  # fmt: skip

    def digest(self, digest_id: int) -> Digest | None:
        with reading(self._engine) as connection:
            found = matches.load_digests(connection, tables.digests.c.id == digest_id)
        return found[0] if found else None

    def digests(
        self, subscription_id: str, *, limit: int | None = None, before: int | None = None
    ) -> tuple[Digest, ...]:
        """A subscription's digests, the newest first; `before` is the id of one, whose predecessors are wanted."""
        where = [tables.digests.c.subscription_id == subscription_id]
        if before is not None:
            where.append(tables.digests.c.id < before)
        with reading(self._engine) as connection:
            return matches.load_digests(connection, *where, limit=limit)

    # --- deliveries

    def due_deliveries(self, now: datetime, limit: int, *, subscription_id: str | None = None) -> tuple[Delivery, ...]:
        """What may be sent now, the longest waiting first; what belongs to a paused subscription is held."""
        with reading(self._engine) as connection:
            return deliveries.load_due(connection, now, limit, subscription_id)

    def next_moment(self, now: datetime) -> datetime | None:
        """When something is due next; None where nothing is in sight."""
        with reading(self._engine) as connection:
            return deliveries.load_next_moment(connection, now)

    def hand_over(self, delivery_id: int, now: datetime) -> bool:
        """Note that the message is about to be given away. False: it is not ours to give."""
        with writing(self._engine) as connection:
            return deliveries.hand_over(connection, delivery_id, now)

    def settle(
        self,
        delivery_id: int,
        state: DeliveryState,
        now: datetime,
        *,
        answer: str,
        next_try_at: datetime | None = None,
        pause: str | None = None,
    ) -> None:
        """Note how a try ended, and, where the address is dead, pause the subscription for the reason given."""
        with writing(self._engine) as connection:
            deliveries.settle(
                connection, delivery_id, state, answer=answer, now=now, next_try_at=next_try_at, pause=pause
            )

    def recover(self, now: datetime, *, answer: str) -> tuple[int, ...]:
        """Make what a dead sender was handing over unknown; the ids. Only for who holds `sender`."""
        with writing(self._engine) as connection:
            return deliveries.recover(connection, now, answer)

    def put_off(self, ids: Sequence[int], until: datetime, now: datetime, *, answer: str | None = None) -> None:
        """Let deliveries wait, without that having been a try."""
        with writing(self._engine) as connection:
            deliveries.put_off(connection, ids, until, now, answer)

    def put_off_kind(self, kind: ChannelKind, until: datetime, now: datetime, *, answer: str) -> None:
        """Let all deliveries of a kind wait: the way that they go is closed."""
        with writing(self._engine) as connection:
            deliveries.put_off_kind(connection, kind, until, now, answer)

    def send_again(self, delivery_id: int, now: datetime) -> Delivery | None:
        """Let one wait again that is unknown or refused, as a person asks; None where it is neither."""
        with writing(self._engine) as connection:
            return deliveries.send_again(connection, delivery_id, now)

    def delivery(self, delivery_id: int) -> Delivery | None:
        with reading(self._engine) as connection:
            found = deliveries.load(connection, tables.deliveries.c.id == delivery_id)
        return found[0] if found else None

    def deliveries(
        self,
        *,
        subscription_id: str | None = None,
        states: Sequence[DeliveryState] | None = None,
        limit: int | None = None,
    ) -> tuple[Delivery, ...]:
        """The newest first."""
        table = tables.deliveries
        where = [] if subscription_id is None else [table.c.subscription_id == subscription_id]
        if states is not None:
            where.append(table.c.state.in_(states))
        with reading(self._engine) as connection:
            return deliveries.load(connection, *where, limit=limit)

    def delivery_before(self, delivery: Delivery) -> Delivery | None:
        """The last delivery before this one to the same address."""
        with reading(self._engine) as connection:
            return deliveries.load_before(connection, delivery)

    def counts(self) -> AlertCounts:
        with reading(self._engine) as connection:
            return alert_counts.count(connection)
