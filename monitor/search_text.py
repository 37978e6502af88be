"""Options and facets ─► the query they stand for, so that CLI and web ask alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.base import And, DateRange, Everything, Filter, Node, Query
from index.querying.query import parse_query
from index.querying.query_names import Names
from index.querying.values import UnreadableValueError, read_date_range
from monitor.errors import MonitorError


def read_query(
    typed: str,
    names: Names,
    *,
    topics: Sequence[str] = (),
    places: Sequence[str] = (),
    sources: Sequence[str] = (),
    indicators: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> Query:
    """What was typed, narrowed by options; an option's values are alternatives, options add up.

    Raises QuerySyntaxError for what was typed, MonitorError for an option's value.
    """
    query = parse_query(typed, names)
    given = (("topic", topics, names.topic), ("place", places, names.place), ("source", sources, names.source))
    parts: list[Node] = [] if isinstance(query.root, Everything) else [query.root]
    for field, values, resolve in given:
        if values:
            found = [value for typed_value in values for value in _resolved(field, typed_value, resolve)]
            parts.append(Filter(field=field, values=tuple(dict.fromkeys(found))))
    if indicators:
        parts.append(Filter(field="indicator", values=tuple(indicators)))
    if since or until:
        parts.append(DateRange(since=since, until=until))
    if not parts:
        return query
    return replace(query, root=parts[0] if len(parts) == 1 else And(parts=tuple(parts)))


_SHOWN = {
    "topic": "chủ đề nào tên là", "place": "địa phương hay cơ quan nào tên là", "source": "nguồn nào tên là",
}  # fmt: skip


def _resolved(field: str, typed: str, resolve: object) -> Sequence[str]:
    assert callable(resolve)
    found: Sequence[str] = resolve(typed)
    if not found:
        raise MonitorError(f"không có {_SHOWN[field]} “{typed}”")
    return found


def read_days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The days that bound a search.

    Raises MonitorError for what is no day, and for bounds that are the wrong way round.
    """
    first, last = read_day(since, first=True), read_day(until, first=False)
    if first and last and first > last:
        raise MonitorError(f"ngày bắt đầu {since} đứng sau ngày kết thúc {until}. Hãy đổi chỗ hai ngày")
    return first, last


def read_day(typed: str | None, *, first: bool) -> date | None:
    """The first or last day of what was typed: a day, a month or a year.

    Raises MonitorError for what is none.
    """
    if typed is None:
        return None
    try:
        days = read_date_range(typed)
    except UnreadableValueError as e:
        raise MonitorError(str(e)) from e
    return days.since if first else days.until
