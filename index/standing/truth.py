"""Whether a query's tree is true of one document: what both engines find, said of a single article without an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import assert_never

from index.base import And, DateRange, Everything, Filter, Node, Not, Or, Phrase, Term, ValueRange
from index.querying.trees import is_about_figures, same_figure
from index.standing.ready import ReadyDocument, Words
from models.records import Metric

Truth = Callable[[ReadyDocument], bool]
_FigureTruth = Callable[[Metric], bool]


def truth_of_words(node: Term | Phrase) -> Truth:
    """Whether a document holds words: all of them somewhere, or in their order."""
    words = node.words
    side = _folded if node.folded else _exact
    if isinstance(node, Term) or len(words) == 1:
        wanted = frozenset(words)
        return lambda document: wanted <= side(document).known
    if node.slop == 0:
        run = f" {' '.join(words)} "
        return lambda document: run in side(document).line
    reach = len(words) - 1 + node.slop
    return lambda document: side(document).holds_near(words, reach)


def _exact(document: ReadyDocument) -> Words:
    return document.exact


def _folded(document: ReadyDocument) -> Words:
    return document.folded


def truth_of(node: Node, of_words: Callable[[Term | Phrase], Truth] = truth_of_words) -> Truth:
    """A tree ─► whether it is true of a document; made once, asked often. `of_words` may know of words by other means."""
    if is_about_figures(node) and not isinstance(node, Not | Or | And):
        return _some_figure(_figure_truth(node))
    match node:
        case Everything():
            return lambda _: True
        case Term() | Phrase():
            return of_words(node)
        case Not(part=part):
            of_part = truth_of(part, of_words)
            return lambda document: not of_part(document)
        case And(parts=parts):
            return _conjunction(parts, of_words)
        case Or(parts=parts):
            truths = [truth_of(part, of_words) for part in parts]
            return lambda document: any(truth(document) for truth in truths)
        case Filter(field=field, values=values):
            among = frozenset((field, value) for value in values)
            return lambda document: not among.isdisjoint(document.values)
        case DateRange(since=since, until=until):
            return _truth_of_days(since or date.min, until or date.max)
        case ValueRange():
            raise AssertionError("a range of values is about figures")
        case _ as never:
            assert_never(never)


def _conjunction(parts: Sequence[Node], of_words: Callable[[Term | Phrase], Truth]) -> Truth:
    """What is asked of figures must be true of one and the same."""
    of_figures = same_figure(parts)
    truths = [truth_of(part, of_words) for part in parts if part not in of_figures]
    if of_figures:
        truths.append(_some_figure(_all_true([_figure_truth(part) for part in of_figures])))
    return lambda document: all(truth(document) for truth in truths)


def _truth_of_days(since: date, until: date) -> Truth:
    def truth(document: ReadyDocument) -> bool:
        day = document.day
        return day is not None and since <= day <= until

    return truth


# --- one figure -------------------------------------------------------------------------------------------------------


def _some_figure(truth: _FigureTruth) -> Truth:
    return lambda document: any(map(truth, document.document.metrics))


def _all_true(truths: Iterable[_FigureTruth]) -> _FigureTruth:
    every = list(truths)
    return lambda metric: all(truth(metric) for truth in every)


def _figure_truth(node: Node) -> _FigureTruth:
    match node:
        case Filter(field=field, values=wanted):
            read = attrgetter(field)
            return lambda metric: read(metric) in wanted
        case ValueRange(low=low, high=high):
            lowest = float("-inf") if low is None else float(low)
            highest = float("inf") if high is None else float(high)
            return lambda metric: metric.value is not None and lowest <= float(metric.value) <= highest
        case And(parts=parts):
            return _all_true([_figure_truth(part) for part in parts])
        case Or(parts=parts):
            truths = [_figure_truth(part) for part in parts]
            return lambda metric: any(truth(metric) for truth in truths)
        case Not(part=part):
            of_part = _figure_truth(part)
            return lambda metric: not of_part(metric)
        case _:
            raise AssertionError(f"{node} is not about figures")
