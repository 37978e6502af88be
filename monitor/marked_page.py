"""Texts with their figures marked, as a page of its own, in the manner of spaCy's displacy.

displacy itself puts one short label behind a span and keeps spans from sharing a place; a figure has a value, a name, an
entity, a period and a kind, and "Bộ Y tế và Bộ Tài chính đều đạt 100%" is two figures in one place. So the page is ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from models.records import Annotation, Metric
from monitor.naming import indicator_name
from monitor.telling import period_said, value_said
from monitor.words import KINDS, MEASURES


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """One text and what the models said of it."""

    id: str | None
    title: str | None
    text: str
    annotation: Annotation


def render_page(texts: Iterable[Marked], topic_names: Mapping[str, str]) -> Iterator[str]:
    """The page, piece by piece as the texts come."""
    environment = Environment(
        loader=PackageLoader("monitor"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    kinds = [{"slug": slug, "name": name} for slug, name in KINDS.items()]
    shown = (_text(one, topic_names) for one in texts)
    yield from environment.get_template("marked.html").generate(kinds=kinds, texts=shown)


def _text(one: Marked, topic_names: Mapping[str, str]) -> dict[str, object]:
    metrics = sorted(one.annotation.metrics, key=lambda metric: (metric.start, metric.end))
    figures = [_figure(number, metric) for number, metric in enumerate(metrics, 1)]
    return {
        "id": one.id, "title": one.title, "figures": figures,
        "topics": [
            {"name": topic_names.get(found.topic, found.topic), "score": f"{found.score:.2f}".replace(".", ",")}
            for found in one.annotation.topics
        ],
        "pieces": list(_pieces(one.text, metrics, figures)),
    }  # fmt: skip


def _figure(number: int, metric: Metric) -> dict[str, object]:
    return {
        "number": number, "said": value_said(metric), "name": metric.name, "entity": metric.entity or "–",
        "period": period_said(metric.period), "kind": KINDS[metric.kind], "kind_slug": metric.kind,
        "indicator": indicator_name(metric.indicator) if metric.indicator else None,
        "measure": MEASURES.get(metric.unit, MEASURES["count"]),
    }  # fmt: skip


def _pieces(
    text: str, metrics: Sequence[Metric], figures: Sequence[Mapping[str, object]]
) -> Iterator[dict[str, object]]:
    """The text in pieces, each with the figures that stand there; one that overlaps another stands with it."""
    places: defaultdict[tuple[int, int], list[Mapping[str, object]]] = defaultdict(list)
    last: tuple[int, int] | None = None
    for metric, figure in zip(metrics, figures, strict=True):
        if last is None or metric.start >= last[1]:
            last = (metric.start, metric.end)
        places[last].append(figure)
    position = 0
    for (start, end), some in places.items():
        yield {"text": text[position:start], "figures": []}
        yield {"text": text[start:end], "figures": some}
        position = end
    yield {"text": text[position:], "figures": []}
