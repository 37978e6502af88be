"""When a subscription is due, by the clock on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.standing.alert_records import Every, QuietHours, Schedule
from monitor.alerts.schedule import next_due, quiet_until, reckon
from tests.index.alert_makers import a_subscription

VIETNAM, PARIS, KATHMANDU = "Asia/Ho_Chi_Minh", "Europe/Paris", "Asia/Kathmandu"
NIGHT = QuietHours(start=time(22), end=time(6))


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("every", "at", "zone", "after", "due"),
    [
        ("instant", "07:00", VIETNAM, "2026-11-28 03:21", "2026-11-28 03:21"),
        ("hourly", "07:00", VIETNAM, "2026-11-28 03:21:05", "2026-11-28 04:00"),
        ("hourly", "07:00", VIETNAM, "2026-11-28 04:00", "2026-11-28 05:00"),
        ("hourly", "07:00", KATHMANDU, "2026-11-28 03:21", "2026-11-28 04:00"),
        ("daily", "07:00", VIETNAM, "2026-11-28 06:59:59", "2026-11-28 07:00"),
        ("daily", "07:00", VIETNAM, "2026-11-28 07:00", "2026-11-29 07:00"),
        ("daily", "00:00", VIETNAM, "2026-12-31 23:00", "2027-01-01 00:00"),
        ("weekly", "07:00", VIETNAM, "2026-11-28 12:00", "2026-11-30 07:00"),  # a Saturday; Monday is 0
        ("weekly", "07:00", VIETNAM, "2026-11-30 07:00", "2026-12-07 07:00"),
        ("daily", "07:00", PARIS, "2026-10-24 08:00", "2026-10-25 07:00"),  # summer time ends in between
        ("daily", "02:30", PARIS, "2026-10-24 03:00", "2026-10-25 02:30"),  # comes twice: the first counts
        ("daily", "02:30", PARIS, "2027-03-27 03:00", "2027-03-28 03:30"),  # is skipped: an hour later
        ("daily", "02:30", PARIS, "2027-03-28 03:30", "2027-03-29 02:30"),
    ],
)
def test_the_next_time_is_that_of_the_wall_clock(every: Every, at: str, zone: str, after: str, due: str) -> None:
    schedule = Schedule(every=every, at=time.fromisoformat(at))

    assert next_due(schedule, zone, local(after, zone)) == local(due, zone)


@given(
    every=st.sampled_from(["hourly", "daily", "weekly"]),
    at=st.times(),
    weekday=st.integers(0, 6),
    zone=st.sampled_from([VIETNAM, PARIS, KATHMANDU, "America/St_Johns", "Australia/Lord_Howe"]),
    after=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants it bare
)
def test_the_next_time_comes_after_and_no_later_than_one_period(
    every: Every, at: time, weekday: int, zone: str, after: datetime
) -> None:
    schedule = Schedule(every=every, at=at, weekday=weekday)
    longest = {"hourly": timedelta(hours=1), "daily": timedelta(hours=25), "weekly": timedelta(days=7, hours=1)}

    due = next_due(schedule, zone, after)

    assert timedelta(0) < due - after <= longest[every]
    assert next_due(schedule, zone, due - timedelta(microseconds=1)) == due, "reckoned from just before, it is the same"


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-28 21:59", None), ("2026-11-28 22:00", "2026-11-29 06:00"), ("2026-11-29 05:59", "2026-11-29 06:00"),
        ("2026-11-29 06:00", None), ("2026-11-29 12:00", None),
    ],
)  # fmt: skip
def test_quiet_hours_may_go_over_midnight(now: str, until: str | None) -> None:
    found = quiet_until(NIGHT, VIETNAM, local(now, VIETNAM))

    assert found == (until and local(until, VIETNAM))


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = local("2026-11-28 12:30", VIETNAM)

    assert quiet_until(QuietHours(start=time(12), end=time(13)), VIETNAM, noon) == local("2026-11-28 13:00", VIETNAM)
    assert quiet_until(QuietHours(start=time(12), end=time(12)), VIETNAM, noon) is None
    assert quiet_until(None, VIETNAM, noon) is None


def test_a_time_within_quiet_hours_waits_for_their_end() -> None:
    early = a_subscription(schedule=Schedule(every="daily", at=time(5)), quiet=NIGHT)
    instant = a_subscription(quiet=NIGHT)

    assert reckon(early, local("2026-11-28 12:00", VIETNAM)) == local("2026-11-29 06:00", VIETNAM)
    assert reckon(instant, local("2026-11-28 23:00", VIETNAM)) == local("2026-11-29 06:00", VIETNAM)
    assert reckon(instant, local("2026-11-28 12:00", VIETNAM)) == local("2026-11-28 12:00", VIETNAM)
