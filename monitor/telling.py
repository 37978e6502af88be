"""Values, days and periods in the words of a Vietnamese reader."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from models.records import Bound, Kind, Period
from monitor.analytics import Point
from monitor.words import BOUNDS, HERE, KINDS, UNITS


class Valued(Protocol):
    """A metric or a point of a series."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def value_max(self) -> Decimal | None: ...
    @property
    def out_of(self) -> Decimal | None: ...
    @property
    def bound(self) -> Bound: ...


class About(Protocol):
    """A conflict, or whatever else is of something, someone and some time."""

    @property
    def name(self) -> str: ...
    @property
    def entity(self) -> str | None: ...
    @property
    def period(self) -> Period | None: ...
    @property
    def kind(self) -> Kind: ...


def number_said(value: Decimal) -> str:
    """A number as Vietnamese write it.

    >>> number_said(Decimal("1234567.5")), number_said(Decimal("8E+9")), number_said(Decimal("15.91"))
    ('1.234.567,5', '8 tỷ', '15,91')
    """
    for scale, word in ((Decimal(10) ** 9, " tỷ"), (Decimal(10) ** 6, " triệu")):
        if value >= scale and (value / scale * 1000) % 1 == 0 and value >= 10 * Decimal(10) ** 6:
            return _grouped(value / scale) + word
    return _grouped(value)


def _grouped(value: Decimal) -> str:
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


def value_said(metric: Valued, *, unit: str | None = None) -> str:
    """A figure with its bound, scale and unit.

    >>> from models.records import Metric
    >>> value_said(Metric(quote="", start=0, end=0, sentence="", name="", value=Decimal(12), unit="rank", out_of=Decimal(63)))
    '12/63'
    """
    if metric.value is None:
        return "không rõ"
    unit = unit or getattr(metric, "unit", None) or ""
    said = number_said(metric.value)
    if metric.value_max is not None:
        said += f"–{number_said(metric.value_max)}"
    if metric.out_of is not None:
        said += f"/{number_said(metric.out_of)}"
    shown = UNITS.get(unit, unit)
    tail = "" if unit == "rank" and metric.out_of is not None else shown
    return f"{BOUNDS[metric.bound]}{said}{'' if tail == '%' or not tail else ' '}{tail}"


def point_said(point: Point, *, unit: str | None) -> str:
    """A point of a series; one that is a sum with its parts, and with what is missing from it."""
    said = value_said(point, unit=unit)
    if point.parts:
        said += f" = {' + '.join(f'{part.place} {number_said(part.value)}' for part in point.parts)}"
    return f"{said} (thiếu {', '.join(point.missing)})" if point.missing else said


def day_said(moment: date | datetime | None) -> str:
    """Day and, where known, clock time in Vietnam; "" for None.

    >>> day_said(date(2024, 5, 31))
    '31/5/2024'
    """
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        here = moment.astimezone(HERE)
        return f"{here.hour:02}:{here.minute:02} {here.day}/{here.month}/{here.year}"
    return f"{moment.day}/{moment.month}/{moment.year}"


def period_said(period: Period | None) -> str:
    """A period in its shortest name.

    >>> period_said(Period(start=date(2024, 1, 1), end=date(2024, 6, 30)))
    '6 tháng đầu năm 2024'
    >>> period_said(Period(start=None, end=date(2024, 5, 31))), period_said(None)
    ('đến 31/5/2024', '–')
    """
    if period is None or (period.start is None and period.end is None):
        return "–"
    if period.start is None or period.end is None:
        return f"đến {day_said(period.end)}" if period.end else f"từ {day_said(period.start)}"
    return _named(period.start, period.end) or f"{day_said(period.start)}–{day_said(period.end)}"


def about_said(about: About) -> str:
    """What something is about, on one line: of what, whose, for when, and what kind where it is no result.

    >>> from models.records import Metric
    >>> aim = {"entity": "Huế", "kind": "target", "value": None, "unit": "percent"}
    >>> about_said(Metric(quote="", start=0, end=0, sentence="", name="tỷ lệ ký số", **aim))
    'Tỷ lệ ký số · Huế · mục tiêu'
    """
    period = period_said(about.period)
    kind = "" if about.kind == "achieved" else KINDS[about.kind]
    parts = (about.name[:1].upper() + about.name[1:], about.entity or "", "" if period == "–" else period, kind)
    return " · ".join(part for part in parts if part)


def _named(start: date, end: date) -> str | None:
    """The name of whole months: a year, a half, a quarter, months, several years."""
    if start == end:
        return day_said(start)
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return None
    if start.year != end.year:
        return f"{start.year}–{end.year}" if (start.month, end.month) == (1, 12) else None
    months = end.month - start.month + 1
    if months == 12:
        return f"năm {start.year}"
    if months == 1:
        return f"tháng {start.month}/{start.year}"
    if months == 3 and start.month % 3 == 1:
        return f"quý {['I', 'II', 'III', 'IV'][start.month // 3]}/{start.year}"
    return f"{months} tháng đầu năm {start.year}" if start.month == 1 else f"tháng {start.month}–{end.month}/{end.year}"


def ago_said(age: timedelta) -> str:
    """How long ago, roughly.

    >>> ago_said(timedelta(hours=30))
    '1 ngày trước'
    """
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 0)} phút trước"
    return f"{minutes // 60} giờ trước" if minutes < 24 * 60 else f"{minutes // (24 * 60)} ngày trước"


def cut_marks(text: str, start: int) -> tuple[str, str]:
    """What stands before and behind a piece of a text that begins at `start`, where it does not begin or end a sentence.

    >>> cut_marks("đốc Sở cho biết, tỷ lệ", 12), cut_marks("Tỷ lệ đạt 82%.", 0)
    (('… ', ' …'), ('', ''))
    """
    before = "… " if start and text[:1].islower() else ""
    return before, "" if text.rstrip()[-1:] in '.!?…:;”"' else " …"
