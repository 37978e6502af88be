"""Figures ─► the same, with the names that the model would rather have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from models.reading import Reading
from models.records import Metric
from models.text import Span
from models.wording.choosing import names_for
from models.wording.laying import Figure
from models.wording.weights import Weights


def reword(metrics: Sequence[Metric], reading: Reading, title: str | None, weights: Weights) -> list[Metric]:
    """`metrics` are in the order of the text, which is the reading's, and so are their offsets."""
    starts = [start for start, _ in reading.sentences]
    spans: list[Span] = [reading.sentences[max(0, bisect_right(starts, metric.start) - 1)] for metric in metrics]
    figures = [
        Figure(metric.start, metric.end, span, metric.unit, metric.kind, metric.name)
        for metric, span in zip(metrics, spans, strict=True)
    ]
    names = names_for(reading.text, title or "", reading.sentences, figures, weights)
    return [replace(metric, name=name) if name else metric for metric, name in zip(metrics, names, strict=True)]
