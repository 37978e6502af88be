"""The laws of index/standing/alert_archive.py, in each database in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from index.archive import Archive
from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import Channel, Condition, Digest, Match, QuietHours, Schedule, Subscription
from tests.index.alert_makers import MAIL, a_subscription, store
from tests.index.makers import NOON

LATER = NOON + timedelta(hours=1)
WEBHOOK = Channel(kind="webhook", address="https://nhan.example/", secret="bí mật", template="telegram")


@pytest.fixture
def alerts(archive: Archive) -> AlertArchive:
    return archive.alerts


def a_match(article_id: str, subscription_id: str = "s1") -> Match:
    return Match(subscription_id=subscription_id, article_id=article_id, tier="exact", found_at=NOON)


def match_all(alerts: AlertArchive, *subscription_ids: str) -> None:
    """Settle all that is unmatched as found for these subscriptions."""
    waiting = alerts.unmatched(100)
    found = [a_match(one.article_id, key) for one in waiting for key in subscription_ids]
    alerts.settle_matching(found, [one.mark for one in waiting])


def name_message(digest_id: int, place: int) -> str:
    return f"<{digest_id}.{place}@test>"


def cut(
    alerts: AlertArchive, subscription: Subscription, now: datetime = NOON, *, even_if_empty: bool = False
) -> Digest | None:
    return alerts.cut(
        subscription, now, next_due_at=now + timedelta(days=1), message_id=name_message, even_if_empty=even_if_empty
    )


# --- subscriptions


def test_a_subscription_comes_back_as_it_was_given(alerts: AlertArchive) -> None:
    given = a_subscription(
        topics=("security",), places=("Lào Cai",), sources=("bao-a",),
        condition=Condition(test="below", indicator="x.y", place="Lào Cai", bound=Decimal("90.5")),
        schedule=Schedule(every="weekly", at=time(6, 30), weekday=4), quiet=QuietHours(start=time(22), end=time(6)),
        channels=(MAIL, WEBHOOK), tells_silence=True, language="en", timezone="Europe/Paris", state="unconfirmed",
    )  # fmt: skip

    alerts.add(given)

    assert alerts.subscription("s1") == given
    assert alerts.subscription_of_token("token-s1") == given
    assert alerts.subscriptions(owner="lan") == (given,)
    assert alerts.subscriptions(states=["active"]) == alerts.subscriptions(owner="ai đó") == ()
    assert (alerts.subscription("khác"), alerts.subscription_of_token("khác")) == (None, None)


def test_changing_a_subscription_leaves_its_state_and_its_token(alerts: AlertArchive) -> None:
    alerts.add(a_subscription())
    alerts.set_state("s1", "paused", NOON)

    alerts.change(a_subscription(query="an toàn thông tin", token="khác", state="ended"))

    assert alerts.subscription("s1") == a_subscription(query="an toàn thông tin", state="paused")


def test_confirming_notes_when_and_lets_the_next_digest_be_reckoned(alerts: AlertArchive) -> None:
    alerts.add(a_subscription(state="unconfirmed", next_due_at=LATER))

    confirmed = alerts.set_state("s1", "active", LATER)

    assert confirmed == a_subscription(confirmed_at=LATER)
    assert alerts.set_state("không có", "active", LATER) is None


def test_what_nobody_confirmed_is_forgotten_after_a_while(alerts: AlertArchive) -> None:
    alerts.add(a_subscription("s1", state="unconfirmed"))
    alerts.add(a_subscription("s2", state="unconfirmed", made_at=LATER))
    alerts.add(a_subscription("s3"))

    assert alerts.forget_unconfirmed(LATER) == 1
    assert [one.id for one in alerts.subscriptions()] == ["s3", "s2"]


# --- law 1: each new article is asked about once


def test_only_a_new_article_waits_to_be_matched(archive: Archive) -> None:
    (key,) = store(archive, "a")
    assert [one.article_id for one in archive.alerts.unmatched(10)] == [key]

    match_all(archive.alerts)
    store(archive, "a")
    store(archive, "a", title="Tin đã sửa về chuyển đổi số")
    archive.correct(key, {"security": True}, who="lan", now=NOON)
    archive.annotate(
        [(kept, annotation) for kept in archive.all_articles() if (annotation := archive.annotation(key))], NOON
    )

    assert archive.alerts.unmatched(10) == ()


def test_a_match_that_is_found_again_stays_as_it_was(archive: Archive) -> None:
    (key,) = store(archive, "a")
    archive.alerts.add(a_subscription())
    archive.alerts.settle_matching([a_match(key)], [])
    told = cut(archive.alerts, a_subscription())
    assert told is not None

    archive.alerts.settle_matching([a_match(key)], [one.mark for one in archive.alerts.unmatched(10)])

    assert archive.alerts.matches("s1") == (replace(a_match(key), digest_id=told.id),)
    assert archive.alerts.untold("s1") == archive.alerts.unmatched(10) == ()


# --- law 2: who hears of what


def test_a_subscription_hears_of_what_comes_after_it_whatever_the_clock_says(archive: Archive) -> None:
    store(archive, "a", "b")
    archive.alerts.add(a_subscription(made_at=datetime(2000, 1, 1, tzinfo=UTC)))
    store(archive, "c")

    heard = _heard(archive.alerts)

    assert heard == {"s1": 1}


def test_marks_go_on_rising_when_all_has_been_matched(archive: Archive) -> None:
    store(archive, "a", "b")
    archive.alerts.add(a_subscription("s1"))
    match_all(archive.alerts)
    archive.alerts.add(a_subscription("s2"))
    store(archive, "c")

    assert _heard(archive.alerts) == {"s1": 1, "s2": 1}


def test_who_pauses_misses_what_comes_meanwhile_and_who_was_paused_by_us_does_not(archive: Archive) -> None:
    for key in ("active", "by-owner", "by-us", "ended"):
        archive.alerts.add(a_subscription(key))
    archive.alerts.add(a_subscription("unconfirmed", state="unconfirmed"))
    archive.alerts.set_state("by-owner", "paused", NOON)
    archive.alerts.set_state("by-us", "paused", NOON, reason="hộp thư không còn")
    archive.alerts.set_state("ended", "ended", NOON)
    assert {one.id for one in archive.alerts.listening()} == {"active", "by-us"}

    store(archive, "a")
    for key in ("by-owner", "by-us", "ended", "unconfirmed"):
        archive.alerts.set_state(key, "active", NOON)

    assert _heard(archive.alerts) == {"active": 1, "by-owner": 0, "by-us": 1, "ended": 0, "unconfirmed": 0}


def _heard(alerts: AlertArchive) -> dict[str, int]:
    """How many of the waiting articles each listening subscription is told of."""
    waiting = alerts.unmatched(100)
    return {one.id: sum(article.mark > one.hears_after for article in waiting) for one in alerts.listening()}


# --- law 3: digests


def test_a_digest_takes_what_is_untold_and_makes_a_delivery_for_each_channel(archive: Archive) -> None:
    subscription = a_subscription(channels=(MAIL, Channel(kind="atom"), WEBHOOK))
    archive.alerts.add(subscription)
    ids = store(archive, "a", "b")
    match_all(archive.alerts, "s1")
    assert archive.alerts.with_news() == {"s1"}

    digest = cut(archive.alerts, subscription, LATER)

    assert digest is not None
    assert (digest.made_at, digest.since) == (LATER, NOON)
    assert sorted(match.article_id for match in digest.matches) == sorted(ids)
    sent = archive.alerts.deliveries(subscription_id="s1")
    assert [(one.channel, one.message_id) for one in sent] == [(WEBHOOK, "<1.2@test>"), (MAIL, "<1.0@test>")]
    assert archive.alerts.digest(digest.id) == digest
    after = archive.alerts.subscription("s1")
    assert after is not None
    assert (after.last_digest_at, after.next_due_at) == (LATER, LATER + timedelta(days=1))
    assert archive.alerts.with_news() == frozenset()


def test_nothing_to_tell_makes_no_digest_unless_silence_is_told(archive: Archive) -> None:
    subscription = a_subscription()
    archive.alerts.add(subscription)

    assert cut(archive.alerts, subscription) is None
    after = archive.alerts.subscription("s1")
    assert after is not None
    assert after.next_due_at == NOON + timedelta(days=1)

    empty = cut(archive.alerts, after, LATER, even_if_empty=True)
    assert empty is not None
    assert empty.matches == ()
    assert [one.digest_id for one in archive.alerts.deliveries()] == [empty.id]


def test_a_subscription_that_was_cut_or_paused_since_it_was_read_is_left_alone(archive: Archive) -> None:
    subscription = a_subscription()
    archive.alerts.add(subscription)
    store(archive, "a")
    match_all(archive.alerts, "s1")

    assert cut(archive.alerts, subscription) is not None
    assert cut(archive.alerts, subscription, even_if_empty=True) is None
    archive.alerts.set_state("s1", "paused", NOON)
    paused = archive.alerts.subscription("s1")
    assert paused is not None
    assert cut(archive.alerts, paused, even_if_empty=True) is None
    assert len(archive.alerts.digests("s1")) == len(archive.alerts.deliveries()) == 1


def test_digests_follow_one_another_without_gap(archive: Archive) -> None:
    archive.alerts.add(a_subscription())
    for hour, path in enumerate("abc"):
        store(archive, path)
        match_all(archive.alerts, "s1")
        subscription = archive.alerts.subscription("s1")
        assert subscription is not None
        cut(archive.alerts, subscription, NOON + timedelta(hours=hour + 1))

    third, second, first = archive.alerts.digests("s1")
    assert (first.since, second.since, third.since) == (NOON, first.made_at, second.made_at)
    assert [len(one.matches) for one in (first, second, third)] == [1, 1, 1]
    assert archive.alerts.digests("s1", before=third.id, limit=1) == (second,)


def test_those_are_due_whose_time_has_come_or_must_be_reckoned_anew(archive: Archive) -> None:
    moments = {
        "instant": NOON, "instant-future": NOON + timedelta(seconds=1), "hourly": NOON, "hourly-next": LATER,
        "hourly-far": LATER + timedelta(minutes=1), "weekly-next": NOON + timedelta(days=7),
        "daily-far": NOON + timedelta(days=2), "never": None,
    }  # fmt: skip
    for key, moment in moments.items():
        schedule = Schedule(every=key.split("-")[0] if moment else "daily")  # type: ignore[arg-type]
        archive.alerts.add(a_subscription(key, schedule=schedule, next_due_at=moment))
    archive.alerts.add(a_subscription("paused", state="paused", next_due_at=NOON, schedule=Schedule(every="daily")))

    due = {one.id for one in archive.alerts.due_subscriptions(NOON)}
    store(archive, "a")
    match_all(archive.alerts, "instant")

    assert due == {"instant-future", "hourly", "hourly-far", "daily-far", "never"}
    assert {one.id for one in archive.alerts.due_subscriptions(NOON)} == due | {"instant"}


# --- law 4: deliveries


@pytest.fixture
def delivery_id(archive: Archive) -> int:
    archive.alerts.add(a_subscription())
    store(archive, "a")
    match_all(archive.alerts, "s1")
    cut(archive.alerts, a_subscription())
    (delivery,) = archive.alerts.due_deliveries(NOON, 10)
    return delivery.id


def test_only_one_can_hand_a_delivery_over(alerts: AlertArchive, delivery_id: int) -> None:
    assert alerts.hand_over(delivery_id, LATER)
    assert not alerts.hand_over(delivery_id, LATER)
    assert alerts.due_deliveries(LATER, 10) == ()

    in_vietnam = LATER.astimezone(timezone(timedelta(hours=7))) + timedelta(hours=1)
    alerts.settle(delivery_id, "sent", in_vietnam, answer="250 OK")

    sent = alerts.delivery(delivery_id)
    assert sent is not None
    assert (sent.state, sent.answer, sent.attempts) == ("sent", "250 OK", 1)
    assert (sent.first_tried_at, sent.changed_at) == (LATER, in_vietnam)
    assert alerts.send_again(delivery_id, LATER) is None, "what has arrived is not sent again"


def test_what_a_dead_sender_was_handing_over_is_unknown_until_a_person_sends_it_again(
    alerts: AlertArchive, delivery_id: int
) -> None:
    alerts.hand_over(delivery_id, NOON)

    assert alerts.recover(LATER, answer="bị ngắt") == (delivery_id,)
    lost = alerts.delivery(delivery_id)
    assert lost is not None
    assert (lost.state, lost.answer) == ("unknown", "bị ngắt")
    assert alerts.due_deliveries(LATER, 10) == ()

    again = alerts.send_again(delivery_id, LATER)

    assert again is not None
    assert (again.message_id, again.attempts) == (lost.message_id, 0)
    assert alerts.due_deliveries(LATER, 10) == (again,)


def test_a_delivery_that_was_put_off_is_due_later_and_at_once_when_the_clock_was_set_back(
    alerts: AlertArchive, delivery_id: int
) -> None:
    alerts.settle(delivery_id, "waiting", LATER, answer="451 sau", next_try_at=LATER + timedelta(days=300))

    assert alerts.due_deliveries(LATER + timedelta(days=299), 10) == ()
    assert len(alerts.due_deliveries(LATER + timedelta(days=300), 10)) == 1
    assert len(alerts.due_deliveries(NOON, 10)) == 1


def test_waiting_for_the_way_to_open_is_no_try(alerts: AlertArchive, delivery_id: int) -> None:
    alerts.put_off_kind("webhook", LATER, NOON, answer="khác loại")
    assert len(alerts.due_deliveries(NOON, 10)) == 1

    alerts.put_off_kind("mail", LATER, NOON, answer="máy chủ thư không trả lời")

    assert alerts.due_deliveries(NOON, 10) == ()
    (put_off,) = alerts.due_deliveries(LATER, 10)
    assert (put_off.attempts, put_off.first_tried_at, put_off.answer) == (0, None, "máy chủ thư không trả lời")
    assert (alerts.counts().late, alerts.counts().last_answer) == (1, "máy chủ thư không trả lời")


def test_the_first_try_is_noted_whatever_the_zone_of_the_clock(alerts: AlertArchive, delivery_id: int) -> None:
    alerts.hand_over(delivery_id, LATER.astimezone(timezone(timedelta(hours=7))))

    found = alerts.delivery(delivery_id)
    assert found is not None
    assert found.first_tried_at == LATER


def test_a_dead_address_pauses_its_subscription_which_holds_what_waits(alerts: AlertArchive, delivery_id: int) -> None:
    alerts.settle(delivery_id, "refused", LATER, answer="550 5.1.1", pause="hộp thư không còn")

    paused = alerts.subscription("s1")
    assert paused is not None
    assert (paused.state, paused.reason) == ("paused", "hộp thư không còn")
    alerts.send_again(delivery_id, LATER)
    assert alerts.due_deliveries(LATER, 10) == ()

    alerts.set_state("s1", "active", LATER)
    assert [one.id for one in alerts.due_deliveries(LATER, 10)] == [delivery_id]


def test_whoever_leaves_gets_nothing_that_still_waits(alerts: AlertArchive, delivery_id: int) -> None:
    alerts.set_state("s1", "ended", LATER)

    given_up = alerts.delivery(delivery_id)
    assert given_up is not None
    assert (given_up.state, given_up.answer) == ("refused", "đã hủy theo dõi trước khi gửi")


def test_the_delivery_before_is_that_to_the_same_address(archive: Archive, delivery_id: int) -> None:
    second = archive.alerts.subscription("s1")
    assert second is not None
    archive.alerts.change(replace(second, channels=(WEBHOOK, MAIL)))
    cut(archive.alerts, second, LATER, even_if_empty=True)
    webhook, mail = (
        archive.alerts.deliveries(subscription_id="s1", states=["waiting"], limit=2)[place] for place in (1, 0)
    )

    before = archive.alerts.delivery_before(mail)
    assert before is not None
    assert before.id == delivery_id
    assert archive.alerts.delivery_before(webhook) is None


def test_the_next_moment_is_the_first_at_which_anything_is_due(alerts: AlertArchive, delivery_id: int) -> None:
    tomorrow = NOON + timedelta(days=1)
    assert alerts.next_moment(NOON) == tomorrow, "the subscription is"

    alerts.put_off([delivery_id], LATER, NOON)

    assert alerts.next_moment(NOON) == LATER
    assert alerts.next_moment(tomorrow) is None


def test_there_is_one_sender_at_a_time(alerts: AlertArchive) -> None:
    with alerts.sender() as first, alerts.sender() as second:
        assert (first, second) == (True, False)
    with alerts.sender() as third:
        assert third


def test_the_counts_say_how_alerts_stand(archive: Archive, delivery_id: int) -> None:
    archive.alerts.add(a_subscription("s2", state="paused", reason="hộp thư không còn"))
    store(archive, "b")
    match_all(archive.alerts, "s1", "s2")
    store(archive, "c")
    archive.alerts.hand_over(delivery_id, NOON)
    archive.alerts.recover(NOON, answer="bị ngắt")

    counts = archive.alerts.counts()

    assert (counts.subscriptions, counts.paused_by_us) == ({"active": 1, "paused": 1}, 1)
    assert (counts.unmatched, counts.untold) == (1, 2)
    assert (counts.deliveries, counts.late, counts.last_answer) == ({"unknown": 1}, 0, None)
