"""When a subscription is due, and when nothing is to be sent. Pure: schedules and moments in, moments out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from index.standing.alert_records import QuietHours, Schedule, Subscription


def next_due(schedule: Schedule, timezone: str, after: datetime) -> datetime:
    """The first moment after `after` at which a subscription is due; an instant one is due at once.

    Days and hours are those of the clock on the wall. A time that the change to summer time skips is an hour later.

    >>> next_due(Schedule(every="daily", at=time(7)), "Asia/Ho_Chi_Minh", datetime(2026, 11, 28, 0, 0, tzinfo=UTC))
    datetime.datetime(2026, 11, 29, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if schedule.every == "instant":
        return after
    if schedule.every == "hourly":
        return _next_hour(after, ZoneInfo(timezone))
    zone = ZoneInfo(timezone)
    day = after.astimezone(zone).date()
    while True:
        moment = _moment(day, schedule.at, zone)
        if moment > after and (schedule.every == "daily" or day.weekday() == schedule.weekday):
            return moment
        day += timedelta(days=1)


def _next_hour(after: datetime, zone: ZoneInfo) -> datetime:
    """The next full hour on the wall; some zones are half an hour off."""
    local = after.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return after.astimezone(UTC) - past + timedelta(hours=1)


def quiet_until(quiet: QuietHours | None, timezone: str, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` falls into; None where it falls into none.

    >>> night = QuietHours(start=time(22), end=time(6))
    >>> quiet_until(night, "Asia/Ho_Chi_Minh", datetime(2026, 11, 28, 16, 0, tzinfo=UTC))
    datetime.datetime(2026, 11, 28, 23, 0, tzinfo=datetime.timezone.utc)
    >>> quiet_until(night, "Asia/Ho_Chi_Minh", datetime(2026, 11, 28, 23, 0, tzinfo=UTC))
    """
    if quiet is None or quiet.start == quiet.end:
        return None
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        start = _moment(day, quiet.start, zone)
        end = _moment(day if quiet.start < quiet.end else day + timedelta(days=1), quiet.end, zone)
        if start <= now < end:
            return end
    return None


def reckon(subscription: Subscription, after: datetime) -> datetime:
    """When a subscription is due after a moment, its quiet hours respected."""
    due = next_due(subscription.schedule, subscription.timezone, after)
    return quiet_until(subscription.quiet, subscription.timezone, due) or due


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
