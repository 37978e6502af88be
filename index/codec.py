"""Records ─► JSON values and back, for the archive's columns and the index's stored entries. Decimals are strings."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import orjson

from index.base import Document, FigureEntry
from models.records import Metric, Period, TopicScore

Json = dict[str, Any]
_METRIC_FIELDS = tuple(field.name for field in fields(Metric))
_METRIC_NAMES = frozenset(_METRIC_FIELDS)
_AMOUNTS = ("value", "value_max", "out_of")


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """One character for one, so that offsets stay: no store takes a lone surrogate, and PostgreSQL takes no NUL.

    >>> storable("hỏng \\ud83d!")
    'hỏng �!'
    """
    return _UNSTORABLE.sub("\ufffd", text)


def dumps(values: Json | list[Any]) -> bytes:
    """JSON in UTF-8; what no store takes is replaced, which only costs time where it occurs."""
    try:
        return orjson.dumps(values)
    except orjson.JSONEncodeError:
        return orjson.dumps(_scrubbed(values))


def _scrubbed(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _scrubbed(item) for key, item in value.items()}
    return [_scrubbed(item) for item in value] if isinstance(value, list) else value


def metric_to_json(metric: Metric) -> Json:
    """
    >>> metric = Metric(quote="15,91%", start=0, end=6, sentence="15,91%", name="tỷ lệ", value=Decimal("15.91"), unit="percent")
    >>> metric_to_json(metric)["value"], metric_from_json(metric_to_json(metric)) == metric
    ('15.91', True)
    """
    values: Json = {name: getattr(metric, name) for name in _METRIC_FIELDS}
    for name in _AMOUNTS:
        values[name] = None if values[name] is None else str(values[name])
    period = metric.period
    values["period"] = (
        None if period is None else [period.start and period.start.isoformat(), period.end and period.end.isoformat()]
    )
    return values


def metric_from_json(values: Json) -> Metric:
    """The metric that `metric_to_json` was given. A field unknown to this version is left out."""
    is_known = _METRIC_NAMES.issuperset(values)
    known = {**values} if is_known else {name: value for name, value in values.items() if name in _METRIC_NAMES}
    for name in _AMOUNTS:
        amount = known.get(name)
        known[name] = None if amount is None else Decimal(amount)
    if known.get("period") is not None:
        start, end = known["period"]
        known["period"] = Period(start=start and date.fromisoformat(start), end=end and date.fromisoformat(end))
    return Metric(**known)


def topics_to_json(topics: tuple[TopicScore, ...]) -> list[Json]:
    return [{"topic": found.topic, "score": found.score} for found in topics]


def topics_from_json(values: list[Json]) -> tuple[TopicScore, ...]:
    return tuple(TopicScore(topic=found["topic"], score=found["score"]) for found in values)


def moment_to_json(moment: datetime | date | None) -> str | None:
    """
    >>> moment_from_json(moment_to_json(date(2024, 5, 31)))
    datetime.date(2024, 5, 31)
    """
    return None if moment is None else moment.isoformat()


def moment_from_json(value: str | None) -> datetime | date | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def document_to_json(document: Document) -> Json:
    return {
        "id": document.id,
        "url": document.url,
        "title": document.title,
        "lead": document.lead,
        "text": document.text,
        "published": moment_to_json(document.published),
        "source": document.source,
        "topics": list(document.topics),
        "places": list(document.places),
        "metrics": [metric_to_json(metric) for metric in document.metrics],
        "revision": document.revision,
        "terms": document.terms,
    }


def document_from_json(values: Json) -> Document:
    made = dict(values)
    made["published"] = moment_from_json(made["published"])
    made["topics"], made["places"] = tuple(made["topics"]), tuple(made["places"])
    made["metrics"] = tuple(metric_from_json(cast(Json, metric)) for metric in made["metrics"])
    made["terms"] = None if made.get("terms") is None else tuple(made["terms"])
    return Document(**made)


def figure_to_json(entry: FigureEntry) -> Json:
    return {
        "article_id": entry.article_id,
        "url": entry.url,
        "source": entry.source,
        "published": moment_to_json(entry.published),
        "metric": metric_to_json(entry.metric),
    }


def figure_from_json(values: Json) -> FigureEntry:
    published, metric = moment_from_json(values["published"]), metric_from_json(values["metric"])
    return FigureEntry(**{**values, "published": published, "metric": metric})
