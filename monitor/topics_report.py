"""docs/topics-report.md: how the topic model was chosen and how far it holds, out of what `evaluate --report` measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.records import TOPIC_IDS
from models.topics.agreement import Agreement
from models.topics.comparison import Candidate, Step
from models.topics.evaluation import Bin, TopicEvaluation
from models.topics.ways import Tried, gain

_HEAD = """# Topics: which features, which model, and how far it holds

Printed by `./run.sh monitor evaluate --report docs/topics-report.md`; nothing here is typed by hand. Passages are scored by a
model that never saw their origin ({folds} folds); a topic's threshold comes from the other half of the origins. "Ordinary
tagged" is the share of passages or articles without a topic that got one.
"""
_CHOICE = """Passages alone do not choose well: the corpus seeks roundabout wording, press and portals say the standard terms. So the
shipped way is the one with the best mean of two macro F1: on passages out of fold, and on the whole articles of both sets
below. Here each is what would ship, with the thresholds that it would ship with."""
_CORE = TOPIC_IDS[:3]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """All that the report tells."""

    corpus: str
    """The corpus's hash."""
    passages: int
    ordinary: int
    folds: int
    candidates: Sequence[Candidate]
    ways: Sequence[Tried]
    """The shipped one first."""
    curve: Sequence[Step]
    agreement: Agreement | None
    calibration: Sequence[Bin]
    """Of all the whole articles."""
    articles: dict[str, tuple[TopicEvaluation, TopicEvaluation]]
    """Sets of whole articles: the phrase list's scores, and the shipped model's."""


def write_report(found: Measured) -> str:
    """The whole page, as Markdown."""
    parts = [
        _HEAD.format(folds=found.folds),
        f"Corpus `{found.corpus}`: {found.passages} passages, {found.ordinary} of them without a topic.",
        "## Features and models, on passages",
        *_table(
            ("features", "model", "macro F1", *_CORE, "ordinary tagged"),
            ((one.features, one.model, *_scores(one.result, _CORE)) for one in found.candidates),
        ),
        "## What is shipped",
        _CHOICE,
        *_table(
            ("features", "passages", "whole articles", "mean", *_CORE, "ordinary tagged"),
            (
                (one.name, f"{one.passages.macro_f1:.3f}", _macro(one), f"{one.quality:.4f}", *_core(one))
                for one in found.ways
            ),
        ),
        _verdict(found.ways),
        "## Would more passages help?",
        *_table(
            ("share of the passages learnt from", "passages", "macro F1"),
            ((f"{step.share:.0%}", str(step.passages), f"{step.macro_f1:.3f}") for step in found.curve),
        ),
        _advice(found.curve),
        "## Whole articles that no model was trained on",
    ]
    for name, (phrases, shipped) in found.articles.items():
        parts += [f"{name}:", *_table(("topic", "phrase list", "shipped", "articles"), _by_topic(phrases, shipped))]
    parts += [
        "## Does a probability mean what it says?",
        "On the same articles, each with each of the eight topics:",
        *_table(
            ("probability", "article and topic", "said on average", "right"),
            (_reliability(one) for one in found.calibration),
        ),
    ]
    if found.agreement is not None:
        parts += ["## Two people on the same passages", _agreement(found.agreement)]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return ["\n".join(f"| {line} |" for line in lines)]


def _scores(result: TopicEvaluation, topics: Sequence[str]) -> list[str]:
    each = [f"{result.topics[topic].f1:.3f}" for topic in topics]
    return [f"{result.macro_f1:.3f}", *each, _share(result)]


def _macro(one: Tried) -> str:
    return f"{one.articles.macro_f1:.3f}"


def _core(one: Tried) -> list[str]:
    """Of the whole articles."""
    return _scores(one.articles, _CORE)[1:]


def _verdict(ways: Sequence[Tried]) -> str:
    shipped, *others = ways
    best = max(others, key=lambda one: one.quality)
    if best.quality <= shipped.quality:
        return f"Shipped: {shipped.name}, the best of them."
    low, high = gain(best, shipped)
    said = f"{best.name.capitalize()} is {best.quality - shipped.quality:+.4f} (90% interval {low:+.4f} to {high:+.4f})"
    if low <= 0:
        return f"Shipped: {shipped.name}. None is better by more than chance: {said}."
    return f"Shipped: {shipped.name}. {said}: that is more than chance, and should be shipped instead."


def _share(result: TopicEvaluation) -> str:
    return f"{result.ordinary_tagged_share or 0:.1%}"


def _by_topic(phrases: TopicEvaluation, shipped: TopicEvaluation) -> Iterable[Sequence[str]]:
    for topic in TOPIC_IDS:
        one, other = phrases.topics[topic], shipped.topics[topic]
        yield topic, f"{one.f1:.3f}", f"{other.f1:.3f}", str(other.right + other.missed)
    yield "macro F1", f"{phrases.macro_f1:.3f}", f"{shipped.macro_f1:.3f}", ""
    yield "ordinary tagged", _share(phrases), _share(shipped), str(shipped.ordinary)


def _reliability(one: Bin) -> Sequence[str]:
    return f"{one.low:.2f} to {one.high:.2f}", str(one.count), f"{one.said:.3f}", f"{one.right:.3f}"


def _advice(curve: Sequence[Step]) -> str:
    gain = curve[-1].macro_f1 - curve[-2].macro_f1
    more = f"The last quarter of the passages brought {gain:+.3f}"
    return f"{more}: more of them would help." if gain >= 0.004 else f"{more}: more of the same would hardly help."


def _agreement(found: Agreement) -> str:
    each = ", ".join(f"{topic} {found.result.topics[topic].f1:.2f}" for topic in TOPIC_IDS)
    return (
        f"A second person labelled {found.passages} passages without seeing the first labels: macro F1 "
        f"{found.result.macro_f1:.3f} between the two, Cohen's kappa {found.kappa:.3f} ({each})."
    )
