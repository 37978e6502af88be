"""What Elasticsearch stores: index/engines/mapping.json, and a document's entries in it.

The tokens are ours, joined by spaces and cut there again: the same tokens at the same positions as in tantivy, and as many
of them in title, lead and body together, on which the scores depend.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import orjson

from index.base import MOST_SLOP, Document, FigureEntry
from index.codec import Json, figure_to_json, moment_to_json
from index.engines.cursors import UNDATED
from index.engines.elastic_client import ElasticSettings
from index.moments import local_day, local_month, seconds
from index.querying.tokens import TOKENS_VERSION, join_tokens
from index.terms import terms_of
from models.records import Metric
from models.terms import TERMS_VERSION

VERSION = {"schema": 2, "tokens": TOKENS_VERSION, "terms": TERMS_VERSION}
_MARK = "¶"
_GAP = f" {_MARK}" * (MOST_SLOP + 1) + " "
"""Between title, lead and body, so that no phrase reaches from one to the next: tokens that no text can hold."""
_LARGEST = 1.7e308
"""Elasticsearch takes no infinite number."""


@cache
def _file() -> Json:
    read: Json = orjson.loads((Path(__file__).parent / "mapping.json").read_bytes())
    return read


def template(part: str, settings: ElasticSettings) -> Json:
    """The index template of one part, "articles" or "figures"."""
    copies: Json = (
        {"index.auto_expand_replicas": "0-1"}
        if settings.replicas is None
        else {"index.number_of_replicas": settings.replicas}
    )
    chosen = {"index.number_of_shards": settings.shards, "index.refresh_interval": settings.refresh, **copies}
    return {
        "index_patterns": [f"{settings.prefix}-{part}-0*"],
        "priority": 200,
        "template": {"settings": _file()["settings"] | chosen, "mappings": _file()[part] | {"_meta": VERSION}},
    }


def article_entry(document: Document) -> Json:
    title = join_tokens(document.title)
    words, folded = _beside(title, join_tokens(document.lead or ""), join_tokens(document.text))
    entry = _moments(document.published) | {
        "id": document.id,
        "topic": _distinct(document.topics),
        "place": _distinct(document.places),
        "source": document.source,
        "term": terms_of(document),
        "words": words,
        "folded": folded,
        # an empty title counts among the titles too, when tantivy works out how long they are on the average
        "title": title[0] or _MARK,
        "folded_title": title[1] or _MARK,
        "figure": _distinct_figures(document.metrics),
        "figure_count": len(document.metrics),
    }
    if document.published is not None:
        entry["published"] = moment_to_json(document.published)
        entry["month"] = local_month(document.published)
    return entry


def figure_entries(document: Document) -> list[Json]:
    """One for each of a document's metrics, in their order."""
    return [_figure_entry(document, number, metric) for number, metric in enumerate(document.metrics)]


def figure_id(article_id: str, number: int) -> str:
    return f"{article_id}:{number}"


def _figure_entry(document: Document, number: int, metric: Metric) -> Json:
    figure = FigureEntry(
        article_id=document.id, url=document.url, source=document.source, published=document.published, metric=metric
    )
    words, folded = _beside(join_tokens(metric.sentence), join_tokens(metric.name))
    return _moments(document.published) | {
        "entry": figure_to_json(figure),
        "article": document.id,
        "start": metric.start,
        "number": number,
        "topic": _distinct(document.topics),
        "place": metric.entity,
        "source": document.source,
        **_facts(metric),
        "words": words,
        "folded": folded,
    }


def _facts(metric: Metric) -> Json:
    return {
        "indicator": metric.indicator,
        "unit": metric.unit,
        "kind": metric.kind,
        "value": None if metric.value is None else number(metric.value),
    }


def _distinct_figures(metrics: tuple[Metric, ...]) -> list[Json]:
    """What an article can be found by; figures alike in all of it are one."""
    return list({tuple(facts.values()): facts for facts in map(_facts, metrics)}.values())


def number(value: Decimal) -> float:
    """
    >>> number(Decimal("15.91")), number(Decimal("-1e999"))
    (15.91, -1.7e+308)
    """
    return min(max(float(value), -_LARGEST), _LARGEST)


def _moments(published: datetime | date | None) -> Json:
    if published is None:
        return {"order": UNDATED}
    return {"order": seconds(published), "day": local_day(published).toordinal()}


def _distinct(values: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(values))


def _beside(*parts: tuple[str, str]) -> tuple[str, str]:
    """Texts, each as written and folded, that no phrase joins."""
    return _GAP.join([words for words, _ in parts]), _GAP.join([folded for _, folded in parts])
