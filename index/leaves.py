"""The words and phrases of many questions, each once, and which of them stand in a document.

Phrases are found by one automaton each for the words as written and folded; words that may stand apart hang on the one of
them that is rarest, as far as that is known, and are only looked at where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import ahocorasick_rs

from index.base import Phrase, Term
from index.truth import ReadyDocument, Truth, Words, truth_of_words

Leaf = Term | Phrase


class Leaves:
    """Numbers words and phrases, and marks in a document those that are true of it."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.number = {leaf: number for number, leaf in enumerate(dict.fromkeys(leaves))}
        self._sides = [_Side(self.number, folded=folded) for folded in (False, True)]

    def mark(self, ready: ReadyDocument) -> None:
        """Put the numbers of all that stand in a document into its `true`."""
        exact, folded = self._sides
        exact.mark(ready, ready.exact)
        if folded:
            folded.mark(ready, ready.folded)

    def learn(self, ready: ReadyDocument) -> None:
        """See which words a document holds, for the next `settle`."""
        exact, folded = self._sides
        exact.learn(ready.exact)
        if folded:
            folded.learn(ready.folded)

    def settle(self) -> None:
        """Hang words that may stand apart on those that were held least."""
        for side in self._sides:
            side.settle()


class _Side:
    """All that is looked for in the words as written, or in the folded ones."""

    def __init__(self, numbers: dict[Leaf, int], *, folded: bool) -> None:
        mine = {leaf: number for leaf, number in numbers.items() if leaf.folded is folded}
        runs = {leaf: number for leaf, number in mine.items() if _is_run(leaf)}
        self._runs = list(runs.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            [f" {' '.join(leaf.words)} " for leaf in runs], implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )
        self._words = {
            leaf.words[0]: number for leaf, number in mine.items() if len(leaf.words) == 1 and leaf not in runs
        }
        self._apart = {leaf: number for leaf, number in mine.items() if len(leaf.words) > 1 and leaf not in runs}
        self._offers = frozenset(word for leaf in self._apart for word in leaf.words)
        self._held: Counter[str] = Counter()
        self._hanging: dict[str, list[tuple[frozenset[str], int]]] = {}
        self._near: dict[str, list[tuple[Truth, int]]] = {}
        self.settle()

    def __bool__(self) -> bool:
        return bool(self._runs or self._words or self._apart)

    def mark(self, ready: ReadyDocument, words: Words) -> None:
        true = ready.true
        if self._runs:
            found = self._automaton.find_matches_as_indexes(words.line, overlapping=True)
            true.update({self._runs[which] for which, _, _ in found})
        known = words.known
        true.update([self._words[word] for word in self._words.keys() & known])
        for word in self._hanging.keys() & known:
            true.update([number for wanted, number in self._hanging[word] if wanted <= known])
        for word in self._near.keys() & known:
            true.update([number for truth, number in self._near[word] if truth(ready)])

    def learn(self, words: Words) -> None:
        self._held.update(self._offers & words.known)

    def settle(self) -> None:
        self._hanging, self._near = {}, {}
        for leaf, number in self._apart.items():
            rarest = min(leaf.words, key=lambda word: (self._held[word], word))
            if isinstance(leaf, Phrase):
                self._near.setdefault(rarest, []).append((truth_of_words(leaf), number))
            else:
                self._hanging.setdefault(rarest, []).append((frozenset(leaf.words), number))


def _is_run(leaf: Leaf) -> bool:
    """Whether its words stand side by side, in order."""
    return isinstance(leaf, Phrase) and leaf.slop == 0 and len(leaf.words) > 1
