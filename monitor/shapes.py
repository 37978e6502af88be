"""Records ─► the JSON shapes that other programs rely on (docs/glossary.md), and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crawlers.records import FeedEntry, PageText
from index.base import FigureEntry, HitPage
from models.records import Annotation, Metric, Period
from monitor.analytics import Point, Series
from monitor.conflicts import Conflict, ConflictClaim
from monitor.words import HERE

if TYPE_CHECKING:
    from crawlers.feeds import FeedItem

Shape = dict[str, Any]
LARGEST = Decimal(10) ** 30


def dumps(shape: object) -> str:
    """Strict JSON on one line; Vietnamese stays readable, and what UTF-8 can't carry is escaped.

    >>> dumps({"tỉnh": "Huế"}), dumps("\\ud83d")
    ('{"tỉnh": "Huế"}', '"\\\\ud83d"')
    """
    line = json.dumps(shape, ensure_ascii=False, allow_nan=False)
    return line if line.isascii() or _is_utf8(line) else json.dumps(shape, allow_nan=False)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where the amount is whole.

    >>> number(Decimal("8E+9")), number(Decimal("15.91")), number(None)
    (8000000000, 15.91, None)
    """
    if value is None:
        return None
    if abs(value) >= LARGEST:  # more digits than Python turns into text, and than anybody means
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def day_or_time(value: date | datetime | None) -> str | None:
    """ISO, in the zone that the value carries; a day stays a day."""
    return value.isoformat() if value is not None else None


def local_time(value: date | datetime | None) -> str | None:
    """ISO in Vietnam's zone, in which days are counted; a day stays a day.

    >>> from datetime import UTC
    >>> local_time(datetime(2024, 4, 18, 23, 15, tzinfo=UTC)), local_time(date(2024, 4, 19))
    ('2024-04-19T06:15:00+07:00', '2024-04-19')
    """
    return day_or_time(value.astimezone(HERE) if isinstance(value, datetime) else value)


def period_shape(period: Period | None) -> Shape | None:
    """{"start", "end"}, each an ISO day or null."""
    if period is None:
        return None
    return {"start": day_or_time(period.start), "end": day_or_time(period.end)}


def metric_shape(metric: Metric) -> Shape:
    """One figure of `analyse`."""
    return {
        "quote": metric.quote, "start": metric.start, "end": metric.end, "sentence": metric.sentence,
        "indicator": metric.indicator, "name": metric.name,
        "value": number(metric.value), "value_max": number(metric.value_max), "unit": metric.unit,
        "out_of": number(metric.out_of), "bound": metric.bound, "kind": metric.kind, "entity": metric.entity,
        "period": period_shape(metric.period),
    }  # fmt: skip


def annotation_shape(article_id: object, annotation: Annotation) -> Shape:
    """One line of `analyse`."""
    return {
        "id": article_id,
        "topics": [{"topic": topic.topic, "score": round(topic.score, 4)} for topic in annotation.topics],
        "metrics": [metric_shape(metric) for metric in annotation.metrics],
    }


def page_shape(page: PageText) -> Shape:
    """`extract` of a page."""
    return {
        "title": page.title, "lead": page.lead, "text": page.text, "author": page.author,
        "published": day_or_time(page.published), "canonical_url": page.canonical_url,
    }  # fmt: skip


def feed_shape(entries: Iterable[FeedItem]) -> Shape:
    """`extract` of a feed."""
    return {
        "items": [
            {
                "title": entry.title,
                "url": entry.url,
                "published": day_or_time(entry.published),
                "summary": entry.summary,
            }
            for entry in entries
        ]
    }


def links_shape(entries: Iterable[FeedEntry]) -> Shape:
    """`extract` of a listing or a sitemap."""
    return {"links": [entry.url for entry in entries]}


def hits_shape(page: HitPage) -> Shape:
    """`search --json`."""
    return {
        "total": page.total,
        "exact_total": page.exact_total,
        "hits": [
            {
                "id": hit.id, "url": hit.url, "title": hit.title, "published": local_time(hit.published),
                "source": hit.source, "topics": list(hit.topics), "places": list(hit.places), "tier": hit.tier,
                "highlights": [
                    {"part": found.part, "text": found.text, "start": found.start, "spans": [list(span) for span in found.spans]}
                    for found in hit.highlights
                ],
            }
            for hit in page.hits
        ],
        "facets": {name: {count.value: count.count for count in counts} for name, counts in page.facets.items()},
        "cursor": page.cursor,
    }  # fmt: skip


def figure_shape(entry: FigureEntry) -> Shape:
    """One line of `figures --json`: the figure with the article it stands in."""
    return {
        "article": entry.article_id, "url": entry.url, "source": entry.source, "published": local_time(entry.published),
        **metric_shape(entry.metric),
    }  # fmt: skip


def series_shape(series: Series) -> Shape:
    """`series --json`."""
    return {
        "indicator": series.indicator,
        "unit": series.unit,
        "breaks": [
            {"date": day_or_time(found.date), "why": found.why, "places": list(found.places)} for found in series.breaks
        ],
        "places": [
            {"place": line.place, "points": [_point_shape(point) for point in line.points]} for line in series.places
        ],
        **({"rollup": {"possible": series.rollup.possible, "why": series.rollup.why}} if series.rollup else {}),
    }


def _point_shape(point: Point) -> Shape:
    return {
        "period": period_shape(point.period), "value": number(point.value), "value_max": number(point.value_max),
        "out_of": number(point.out_of), "bound": point.bound, "kind": point.kind,
        "claims": [
            {
                "url": claim.url, "source": claim.source, "published": local_time(claim.published),
                "sentence": claim.sentence,
            }
            for claim in point.claims
        ],
        **({"parts": [{"place": part.place, "value": number(part.value)} for part in point.parts]} if point.parts else {}),
        **({"missing": list(point.missing)} if point.missing else {}),
    }  # fmt: skip


SERIES_HEAD = (
    "place", "start", "end", "value", "value_max", "unit", "out_of", "bound", "kind", "parts", "missing", "url", "source",
    "published", "sentence",
)  # fmt: skip


def series_rows(series: Series) -> Iterator[Sequence[object]]:
    """`series --csv`: one row per claim; a sum stands in the row of each claim that it rests on."""
    for line in series.places:
        for point in line.points:
            period = (point.period.start, point.period.end) if point.period else (None, None)
            for claim in point.claims:
                yield (
                    line.place, *period, number(point.value), number(point.value_max), series.unit, number(point.out_of),
                    point.bound, point.kind, ";".join(part.place for part in point.parts), ";".join(point.missing),
                    claim.url, claim.source, local_time(claim.published), claim.sentence,
                )  # fmt: skip


def conflicts_shape(conflicts: Iterable[Conflict]) -> list[Shape]:
    """`conflicts --json`."""
    return [
        {
            "indicator": conflict.indicator, "name": conflict.name, "entity": conflict.entity,
            "period": period_shape(conflict.period), "kind": conflict.kind, "reason": conflict.reason,
            "claims": [_claim_shape(claim) for claim in conflict.claims],
        }
        for conflict in conflicts
    ]  # fmt: skip


def _claim_shape(claim: ConflictClaim) -> Shape:
    return {
        "value": number(claim.value), "value_max": number(claim.value_max), "unit": claim.unit,
        "out_of": number(claim.out_of), "bound": claim.bound, "reason": claim.reason, "standing": claim.standing,
        "url": claim.url, "source": claim.source, "published": local_time(claim.published), "sentence": claim.sentence,
        "copies": [
            {"url": copy.url, "source": copy.source, "published": local_time(copy.published)} for copy in claim.copies
        ],
    }  # fmt: skip


CONFLICT_HEAD = (
    "conflict", "reason", "indicator", "name", "entity", "start", "end", "kind", "value", "value_max", "unit", "out_of",
    "bound", "differs_by", "standing", "url", "source", "published", "copies", "sentence",
)  # fmt: skip


def conflict_rows(conflicts: Iterable[Conflict]) -> Iterator[Sequence[object]]:
    """`conflicts --csv`: one row per claim, those of one conflict under one number."""
    for place, conflict in enumerate(conflicts, 1):
        period = (conflict.period.start, conflict.period.end) if conflict.period else (None, None)
        for claim in conflict.claims:
            yield (
                place, conflict.reason, conflict.indicator, conflict.name, conflict.entity, *period, conflict.kind,
                number(claim.value), number(claim.value_max), claim.unit, number(claim.out_of), claim.bound, claim.reason,
                claim.standing, claim.url, claim.source, local_time(claim.published), len(claim.copies), claim.sentence,
            )  # fmt: skip
