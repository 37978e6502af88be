"""A document as standing questions look at it: its tokens as both engines store them, its values, its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from index.base import MOST_SLOP, Document
from index.moments import local_day
from index.querying.tokens import LONGEST_TOKEN, fold_tokens, tokens

_GAP = "|"
"""Between title, lead and body: no token is that."""


Piece = tuple[str, str, tuple[int, ...]]
"""What stands between two spaces: its tokens, a space behind each, the same folded, and the numbers of facts that they are."""
_MOST_PIECES = 60_000


class Pieces(dict[str, Piece]):
    """What stands between two spaces ─► what it is to questions. Cut once and remembered: texts say the same again and again."""

    def __init__(self, facts_of: Callable[[Sequence[str], Sequence[str]], Iterable[int]] = lambda *_: ()) -> None:
        """`facts_of` tells what some tokens, and the same without diacritics, are."""
        self._facts_of = facts_of

    def __missing__(self, text: str) -> Piece:
        exact = tokens(text)
        folded = fold_tokens(exact)
        piece = _line(exact), _line(folded), tuple(self._facts_of(exact, folded))
        if len(self) < _MOST_PIECES and len(text) <= LONGEST_TOKEN:
            self[text] = piece
        return piece


class ReadyDocument:
    """A document cut into tokens; what only some questions need is worked out when asked for."""

    def __init__(self, document: Document, pieces: Pieces | None = None) -> None:
        """`pieces` of who numbers facts, and to whom they matter."""
        self.document = document
        self.facts: set[int] = set()
        """The numbers of what is known to be true of it: of its words so far."""
        known = Pieces() if pieces is None else pieces
        parts = [self._cut(part, known) for part in (document.title, document.lead or "", document.text)]
        self.exact, self.folded = (Words(f" {f'{_GAP} '.join(side)}") for side in zip(*parts, strict=True))

    def _cut(self, text: str, pieces: Pieces) -> tuple[str, str]:
        cut = text.split()
        if not cut:
            return "", ""
        exact, folded, facts = zip(*map(pieces.__getitem__, cut), strict=True)
        self.facts.update(chain.from_iterable(facts))
        return "".join(exact), "".join(folded)

    @cached_property
    def day(self) -> date | None:
        published = self.document.published
        return None if published is None else local_day(published)

    @cached_property
    def values(self) -> frozenset[tuple[str, str | None]]:
        """What the article, or any of its figures, holds in the fields that can be filtered by."""
        document = self.document
        held: list[tuple[str, str | None]] = [("source", document.source)]
        held += [("topic", topic) for topic in document.topics]
        held += [("place", place) for place in document.places]
        for metric in document.metrics:
            held += (("indicator", metric.indicator), ("unit", metric.unit), ("kind", metric.kind))
        return frozenset(held)


def _line(words: Iterable[str]) -> str:
    return "".join(f"{word} " for word in words)


class Words:
    """The tokens of a document, as they stand or folded."""

    def __init__(self, line: str) -> None:
        self.line = line
        """In order, each between two spaces, with a mark of ours between title, lead and body."""

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.line.split())

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
        """Title, lead and body lie further apart than any phrase may reach."""
        places: dict[str, list[int]] = {}
        gaps = 0
        for place, word in enumerate(self.line.split()):
            gaps += word == _GAP
            places.setdefault(word, []).append(place + gaps * MOST_SLOP)
        return places
