"""Whether a query's tree is true of one document: what both engines find, said of a single article without an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import assert_never

from index.base import MOST_SLOP, And, DateRange, Document, Everything, Filter, Node, Not, Or, Phrase, Term, ValueRange
from index.moments import local_day
from index.tokens import fold_tokens, tokens
from index.trees import is_about_figures, same_figure
from models.records import Metric

_GAP = ["¶"] * (MOST_SLOP + 1)
"""Between title, lead and body: tokens that no text holds, more of them than any phrase leaves out."""


class ReadyDocument:
    """A document as trees look at it; what only some of them need is worked out when asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        title, lead, body = tokens(document.title), tokens(document.lead or ""), tokens(document.text)
        exact = title + _GAP + lead + _GAP + body
        self.exact = Words(exact)
        self.true: set[int] = set()
        """The numbers of words and phrases that are known to stand in it, for whoever numbers them."""
        self._tokens = exact

    @cached_property
    def folded(self) -> Words:
        return Words(fold_tokens(self._tokens))

    @cached_property
    def day(self) -> date | None:
        published = self.document.published
        return None if published is None else local_day(published)

    def values(self, field: str) -> Sequence[str | None]:
        """What the article, or any of its figures, holds in a field that can be filtered by."""
        match field:
            case "topic":
                return self.document.topics
            case "place":
                return self.document.places
            case "source":
                return (self.document.source,)
            case _:
                return [_of_figure(metric, field) for metric in self.document.metrics]


class Words:
    """The tokens of a document, as they stand or folded."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.known = frozenset(words)

    @cached_property
    def line(self) -> str:
        """All of them, each between two spaces."""
        return f" {' '.join(self._words)} "

    def holds_near(self, words: Sequence[str], reach: int) -> bool:
        """Whether the words stand in this order, the last at most `reach` places behind the first.

        From each place of the first word the nearest next one is taken: no other choice ends sooner.
        """
        at = self._places
        if any(word not in at for word in words):
            return False
        return any(self._ends_within(words, start, start + reach) for start in at[words[0]])

    def _ends_within(self, words: Sequence[str], start: int, last: int) -> bool:
        position = start
        for word in words[1:]:
            position = next((place for place in self._places[word] if place > position), last + 1)
            if position > last:
                return False
        return True

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            places.setdefault(word, []).append(place)
        return places


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
        case Filter(field=field, values=wanted):
            among = frozenset(wanted)
            return lambda document: not among.isdisjoint(document.values(field))
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
            return lambda metric: _of_figure(metric, field) in wanted
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


def _of_figure(metric: Metric, field: str) -> str | None:
    return {"indicator": metric.indicator, "unit": metric.unit, "kind": metric.kind}[field]
