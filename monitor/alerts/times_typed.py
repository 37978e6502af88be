"""When to be told, as people type it: "07:00", "thứ hai", "22:00-06:00" ─► a schedule and quiet hours."""

from __future__ import annotations

import re
from datetime import time
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from index.standing.alert_records import Every, QuietHours, Schedule
from models.text import fold
from monitor.errors import MonitorError
from monitor.words import HERE

DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERED = re.compile(r"(?:thu\s*|t)?([2-7])")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.hg]|giờ)\s*(\d{2})?|(\d{1,2})")
_EVERY = {"ngay": "instant", "hang gio": "hourly", "hang ngay": "daily", "hang tuan": "weekly"}


def read_every(typed: str) -> Every:
    """How often; in English or Vietnamese.

    >>> read_every("daily"), read_every("hằng tuần")
    ('daily', 'weekly')
    """
    wanted = _EVERY.get(fold(typed.strip()), typed.strip().lower())
    for every in get_args(Every):
        if every == wanted:
            return every  # type: ignore[no-any-return]  # get_args can't say that these are our four words
    raise MonitorError(
        f"“{typed}” không phải nhịp gửi. Chọn: instant (ngay), hourly (hằng giờ), daily (hằng ngày), weekly (hằng tuần)"
    )


def read_schedule(every: Every, *, at: str | None, weekday: str | None) -> Schedule:
    """A schedule; a clock time or day where none is used is refused, not forgotten."""
    if at is not None and every not in ("daily", "weekly"):
        raise MonitorError("giờ gửi (--at) chỉ dùng với --every daily hoặc weekly")
    if weekday is not None and every != "weekly":
        raise MonitorError("ngày trong tuần (--weekday) chỉ dùng với --every weekly")
    plain = Schedule(every=every)
    return Schedule(
        every=every,
        at=read_clock(at) if at is not None else plain.at,
        weekday=read_weekday(weekday) if weekday is not None else plain.weekday,
    )


def read_clock(typed: str) -> time:
    """A clock time.

    >>> read_clock("7h30"), read_clock("07:00"), read_clock("22")
    (datetime.time(7, 30), datetime.time(7, 0), datetime.time(22, 0))
    """
    found = _CLOCK.fullmatch(typed.strip().lower())
    hour, minute = (int(found[1] or found[3]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise MonitorError(f"“{typed}” không phải giờ trong ngày. Viết như 07:00")
    return time(hour, minute)


def read_weekday(typed: str) -> int:
    """A day of the week, Monday is 0; in Vietnam Monday is the second.

    >>> read_weekday("thứ hai"), read_weekday("T6"), read_weekday("CN"), read_weekday("Monday")
    (0, 4, 6, 0)
    """
    key = " ".join(fold(typed).split())
    for number, (name, english) in enumerate(zip(DAYS, _ENGLISH, strict=True)):
        if key in (fold(name), english, english[:3]):
            return number
    if found := _NUMBERED.fullmatch(key):
        return int(found[1]) - 2
    if key == "cn":
        return 6
    raise MonitorError(f"“{typed}” không phải ngày trong tuần. Viết như “thứ hai”, “T2” hay “CN”")


def read_quiet(typed: str | None) -> QuietHours | None:
    """Quiet hours; over midnight where the end is the earlier one.

    >>> read_quiet("22:00-06:00")
    QuietHours(start=datetime.time(22, 0), end=datetime.time(6, 0))
    """
    if typed is None or not typed.strip():
        return None
    ends = re.split(r"\s*(?:[-–—]|\bđến\b)\s*", typed.strip())
    if len(ends) != 2:
        raise MonitorError(f"“{typed}” không phải khoảng giờ. Viết như 22:00-06:00")
    start, end = map(read_clock, ends)
    if start == end:
        raise MonitorError("giờ yên tĩnh bắt đầu và kết thúc cùng lúc, tức là không bao giờ gửi. Sửa một đầu")
    return QuietHours(start=start, end=end)


def read_timezone(typed: str | None) -> str:
    """The name of a time zone."""
    name = typed.strip() if typed else HERE.key
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as e:
        raise MonitorError(f"không có múi giờ “{name}”. Viết như Asia/Ho_Chi_Minh") from e


def read_language(typed: str) -> Literal["vi", "en"]:
    """The language of what we write ourselves; articles stay as they are."""
    match typed.strip().lower():
        case "vi":
            return "vi"
        case "en":
            return "en"
    raise MonitorError(f"chưa có ngôn ngữ “{typed}”. Chọn vi hoặc en")
