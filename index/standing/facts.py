"""What many questions ask of an article, as numbered facts: a word stands in it, a run of words, a topic, a unit …

Which of them an article holds is found once for all questions: words and values by looking them up, runs of words by one
automaton over the article without diacritics; what was really written is then looked up where a run is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

import ahocorasick_rs

from index.base import And, Document, Filter, Node, Not, Or, Phrase, Term
from index.querying.tokens import fold_tokens
from index.standing.ready import Pieces, ReadyDocument

Leaf = Term | Phrase


class Facts:
    """Numbers what some trees ask for, and tells which of it is true of a document."""

    def __init__(self, trees: Iterable[Node]) -> None:
        numbers = count()
        words = {folded: defaultdict[str, int](numbers.__next__) for folded in (False, True)}
        self._values = defaultdict[tuple[str, str | None], int](numbers.__next__)
        runs = {folded: defaultdict[str, int](numbers.__next__) for folded in (False, True)}
        self._of: dict[Leaf, frozenset[int]] = {}
        for part in dict.fromkeys(part for tree in trees for part in _parts(tree)):
            if isinstance(part, Filter):
                for value in part.values:
                    self._values[part.field, value]  # numbered at first sight
            elif is_run(part):
                self._of[part] = frozenset([runs[part.folded][_line(part.words)]])
            else:
                self._of[part] = frozenset(map(words[part.folded].__getitem__, part.words))
        self._count = next(numbers)
        self._pieces = Pieces(_words_among(dict(words[False]), dict(words[True])))
        self._runs = _Runs(runs[False], runs[True])

    def of_words(self, leaf: Leaf) -> frozenset[int]:
        """What must be true for words to be found: that each of them stands there, or that they do as one run."""
        return self._of[leaf]

    def of_value(self, field: str, value: str) -> int:
        """That an article, or one of its figures, holds a value."""
        return self._values[field, value]

    def __len__(self) -> int:
        """All numbers are below this."""
        return self._count

    def ready(self, document: Document) -> ReadyDocument:
        """A document of which it is known which of these facts are true."""
        ready = ReadyDocument(document, self._pieces)
        ready.facts.update(self._runs.standing_in(ready))
        ready.facts.update(number for value in ready.values if (number := self._values.get(value)) is not None)
        return ready


def _words_among(
    exact: Mapping[str, int], folded: Mapping[str, int]
) -> Callable[[Sequence[str], Sequence[str]], Iterator[int]]:
    """The numbers of those tokens that somebody asks for."""

    def facts_of(tokens: Sequence[str], tokens_folded: Sequence[str]) -> Iterator[int]:
        for known, some in ((exact, tokens), (folded, tokens_folded)):
            yield from (known[token] for token in some if token in known)

    return facts_of


class _Runs:
    """Words side by side, in order."""

    def __init__(self, exact: Mapping[str, int], folded: Mapping[str, int]) -> None:
        spellings: dict[str, list[str]] = {run: [] for run in folded}
        for run in exact:
            spellings.setdefault(_line(fold_tokens(run.split())), []).append(run)
        self._exact = exact
        self._folded = [folded.get(run) for run in spellings]
        self._spellings = list(spellings.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(spellings), implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def standing_in(self, ready: ReadyDocument) -> Iterator[int]:
        """The numbers of the runs that a document holds, some of them more than once."""
        if not self._spellings:
            return
        exact, folded = ready.exact.line, ready.folded.line
        is_as_long = len(exact) == len(folded)  # no token grows without its diacritics, and hardly any shrinks
        for which, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            number = self._folded[which]
            if number is not None:
                yield number
            spelt = (exact[start:end],) if is_as_long else [run for run in self._spellings[which] if run in exact]
            for run in spelt:
                if run in self._exact:
                    yield self._exact[run]


def is_run(leaf: Leaf) -> bool:
    """Whether words must stand side by side, in order."""
    return isinstance(leaf, Phrase) and leaf.slop == 0 and len(leaf.words) > 1


def _line(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def words_in(node: Node) -> Iterator[Leaf]:
    """The words that a tree asks for or excludes."""
    return (part for part in _parts(node) if not isinstance(part, Filter))


def _parts(node: Node) -> Iterator[Leaf | Filter]:
    match node:
        case Term() | Phrase() | Filter():
            yield node
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _parts(part)
        case Not(part=part):
            yield from _parts(part)
