"""Days and months as Vietnam counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""No summer time since 1975: a fixed offset is the whole time zone, and needs no tz database on the machine."""


def local_day(moment: datetime | date) -> date:
    """The day on which a moment falls in Vietnam.

    >>> local_day(datetime(2024, 5, 31, 17, 0, tzinfo=UTC))
    datetime.date(2024, 6, 1)
    """
    if not isinstance(moment, datetime):
        return moment
    try:
        return aware(moment).astimezone(VIETNAM).date()
    except OverflowError:  # the last hours of the year 9999
        return moment.date()


def local_month(moment: datetime | date) -> str:
    """
    >>> local_month(date(2024, 5, 31))
    '2024-05'
    """
    return local_day(moment).isoformat()[:7]


def seconds(moment: datetime | date) -> int:
    """Where a moment stands in time, to sort by; a day without a clock time counts from its start in Vietnam."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=VIETNAM)
    return int((aware(moment) - _EPOCH).total_seconds())


def aware(moment: datetime) -> datetime:
    """A time without a zone is taken as UTC, the only kind that the records promise."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
