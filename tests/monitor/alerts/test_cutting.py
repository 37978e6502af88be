"""Digests are made when their time has come: once, whatever the clock does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.standing.alert_records import Channel, QuietHours, Schedule
from monitor.alerts.cutting import cut_due, cut_now
from monitor.alerts.matching import Matching
from monitor.assembly import Desk
from tests.index.alert_makers import a_subscription, store
from tests.monitor.alerts.makers import a_desk

DAILY = Schedule(every="daily", at=time(7))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SEVEN = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
"""Seven in the morning in Vietnam."""


def subscribe(desk: Desk, key: str = "s1", *, now: datetime = SEVEN - HOUR, **fields: Any) -> None:
    desk.archive.alerts.add(a_subscription(key, made_at=now, **fields))
    cut_due(desk, now)  # reckons the first time


def news(desk: Desk, *paths: str) -> None:
    store(desk.archive, *paths)
    Matching().run(desk, SEVEN)


def cut_at(desk: Desk, *moments: datetime) -> list[int]:
    """How many digests are made at each of these moments."""
    return [len(cut_due(desk, moment)) for moment in moments]


def due_at(desk: Desk, key: str = "s1") -> datetime | None:
    subscription = desk.archive.alerts.subscription(key)
    assert subscription is not None
    return subscription.next_due_at


def test_a_daily_digest_is_made_at_its_time_and_once(desk: Desk) -> None:
    subscribe(desk, schedule=DAILY)
    news(desk, "a")

    assert cut_at(desk, SEVEN - timedelta(seconds=1), SEVEN, SEVEN, SEVEN + HOUR) == [0, 1, 0, 0]
    assert due_at(desk) == SEVEN + DAY


def test_an_instant_one_is_made_as_soon_as_there_is_news(desk: Desk) -> None:
    subscribe(desk)
    assert cut_at(desk, SEVEN) == [0]

    news(desk, "a")
    assert cut_at(desk, SEVEN, SEVEN) == [1, 0]
    news(desk, "b")
    assert cut_at(desk, SEVEN) == [1]


def test_one_that_is_new_and_instant_is_told_in_the_same_round(desk: Desk) -> None:
    desk.archive.alerts.add(a_subscription())
    news(desk, "a")

    assert cut_at(desk, SEVEN) == [1]


def test_after_a_long_downtime_it_is_due_once(desk: Desk) -> None:
    subscribe(desk, schedule=Schedule(every="hourly"))
    news(desk, "a")

    assert cut_at(desk, SEVEN + 30 * DAY, SEVEN + 30 * DAY) == [1, 0]
    assert due_at(desk) == SEVEN + 30 * DAY + HOUR


def test_a_clock_that_is_set_back_holds_no_digest(desk: Desk) -> None:
    subscribe(desk, schedule=DAILY, now=SEVEN + 400 * DAY)
    assert due_at(desk) == SEVEN + 401 * DAY
    news(desk, "a")

    assert cut_at(desk, SEVEN - HOUR, SEVEN) == [0, 1]
    assert due_at(desk) == SEVEN + DAY


def test_a_clock_that_is_set_back_tells_nothing_twice(desk: Desk) -> None:
    subscribe(desk, schedule=DAILY)
    news(desk, "a")

    assert cut_at(desk, SEVEN, SEVEN - HOUR, SEVEN) == [1, 0, 0]
    assert len(desk.archive.alerts.digests("s1")) == 1


@pytest.mark.parametrize(("tells", "made"), [(True, 1), (False, 0)])
def test_silence_is_told_to_who_wants_to_know_of_it(desk: Desk, tells: bool, made: int) -> None:
    subscribe(desk, schedule=DAILY, tells_silence=tells)

    assert cut_at(desk, SEVEN, SEVEN) == [made, 0]
    assert due_at(desk) == SEVEN + DAY


def test_an_instant_one_tells_no_silence(desk: Desk) -> None:
    subscribe(desk, tells_silence=True)
    news(desk, "a")

    assert cut_at(desk, SEVEN, SEVEN, SEVEN + DAY) == [1, 0, 0]


def test_in_quiet_hours_news_is_gathered_for_one_digest_after_them(desk: Desk) -> None:
    subscribe(desk, quiet=QuietHours(start=time(6), end=time(9)))
    news(desk, "a")
    assert cut_at(desk, SEVEN, SEVEN + HOUR) == [0, 0]
    news(desk, "b")

    assert cut_at(desk, SEVEN + 2 * HOUR, SEVEN + 2 * HOUR) == [1, 0]
    (digest,) = desk.archive.alerts.digests("s1")
    assert len(digest.matches) == 2


def test_a_person_may_have_it_now_and_again_at_its_time(desk: Desk) -> None:
    subscribe(desk, schedule=DAILY)
    news(desk, "a")
    subscription = desk.archive.alerts.subscription("s1")
    assert subscription is not None

    assert cut_now(desk, subscription, SEVEN - HOUR) is not None
    assert due_at(desk) == SEVEN
    assert cut_now(desk, subscription, SEVEN - HOUR) is None, "there is nothing left to tell"
    news(desk, "b")
    assert cut_at(desk, SEVEN) == [1]


def test_each_message_has_an_id_of_its_own_with_our_domain(tmp_path: Path) -> None:
    channels = (
        Channel(kind="mail", address="a@b.example"),
        Channel(kind="folder", address="/tmp/x"),
        Channel(kind="atom"),
    )
    with a_desk(tmp_path, mail_from="Điểm tin <diem-tin@tỉnh.example>") as desk:
        subscribe(desk, channels=channels)
        news(desk, "a")
        cut_due(desk, SEVEN)

        ids = [one.message_id for one in desk.archive.alerts.deliveries()]

    assert len(set(ids)) == 2
    assert all(one.isascii() and one.endswith("@xn--tnh-dlz.example>") for one in ids)


def test_one_that_can_not_be_reckoned_holds_up_no_other_and_is_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    subscribe(desk, "s1", schedule=DAILY)
    subscribe(desk, "s2", schedule=DAILY)
    sound = desk.archive.alerts.subscription("s1")
    assert sound is not None
    desk.archive.alerts.change(replace(sound, timezone="Châu Á/Hà Nội"))
    news(desk, "a")

    assert cut_at(desk, SEVEN, SEVEN + HOUR) == [1, 0]
    assert [digest.subscription_id for digest in desk.archive.alerts.digests("s2")] == ["s2"]
    broken = desk.archive.alerts.subscription("s1")
    assert broken is not None
    assert (broken.state, broken.trouble) == (
        "active",
        "ZoneInfoNotFoundError: 'No time zone found with key Châu Á/Hà Nội'",
    )
    assert desk.archive.alerts.counts().troubled == 1
    assert len([record for record in caplog.records if record.exc_info]) == 1, "not at each round"

    desk.archive.alerts.change(replace(broken, timezone=sound.timezone))
    assert cut_at(desk, SEVEN + HOUR, SEVEN + HOUR) == [1, 0]
    mended = desk.archive.alerts.subscription("s1")
    assert mended is not None
    assert mended.trouble is None
