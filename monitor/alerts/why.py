"""Why an article was found: the sentence that matched, with what matched marked."""

from __future__ import annotations

from collections.abc import Sequence

from index.base import Document, Highlight, Tier
from index.highlight import Highlighter
from models.records import Metric


def why_found(
    document: Document, highlighter: Highlighter, tier: Tier, figures: Sequence[int] = ()
) -> tuple[Highlight, ...]:
    """The sentences of the figures that met a condition, else the pieces of the text that hold the words.

    An article whose title alone holds them shows its title.
    """
    metrics = [document.metrics[place] for place in figures if place < len(document.metrics)]
    if metrics:
        return tuple(dict.fromkeys(_sentence(document, metric) for metric in metrics))
    found = highlighter.highlight(document, tier)
    inside = tuple(one for one in found if one.part != "title")
    return inside or found


def _sentence(document: Document, metric: Metric) -> Highlight:
    """A figure's sentence; its own offsets count from the lead, so the number is looked for in the sentence."""
    at = metric.sentence.find(metric.quote)
    span = ((at, at + len(metric.quote)),) if at >= 0 and metric.quote else ()
    start = max(0, document.text.find(metric.sentence))
    return Highlight(part="body", text=metric.sentence, start=start, spans=span)
