"""Why an article was found: the sentence that matched, with what matched marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawlers.records import join_lead
from index.base import Document, Highlight, Tier
from index.querying.highlight import Highlighter
from models.records import Metric


def why_found(
    document: Document, highlighter: Highlighter, tier: Tier, figures: Sequence[int] = ()
) -> tuple[Highlight, ...]:
    """The sentences of the figures that met a condition, else the pieces of the text that hold the words.

    An article whose title alone holds them shows its title.
    """
    metrics = [document.metrics[place] for place in figures if place < len(document.metrics)]
    if sentences := _merged(sentence for metric in metrics if (sentence := sentence_of(document, metric)) is not None):
        return sentences
    found = highlighter.highlight(document, tier)
    inside = tuple(one for one in found if one.part != "title")
    return inside or found


def _merged(sentences: Iterable[Highlight]) -> tuple[Highlight, ...]:
    """Each sentence once, with all that is marked in it."""
    spans: dict[Highlight, set[tuple[int, int]]] = {}
    for one in sentences:
        spans.setdefault(replace(one, spans=()), set()).update(one.spans)
    return tuple(replace(one, spans=tuple(sorted(marked))) for one, marked in spans.items())


def sentence_of(document: Document, metric: Metric) -> Highlight | None:
    """The sentence that a figure stands in, with the figure marked; None where the text has changed since."""
    text = join_lead(document.lead, document.text)
    start = text.rfind(metric.sentence, 0, metric.start + len(metric.sentence))
    if not metric.sentence or start < 0 or not start <= metric.start <= metric.end <= start + len(metric.sentence):
        return None
    shift = len(document.lead) + 2 if document.lead else 0
    in_body = start >= shift
    return Highlight(
        part="body" if in_body else "lead", text=metric.sentence, start=start - shift if in_body else start,
        spans=((metric.start - start, metric.end - start),),
    )  # fmt: skip
