"""A document as standing questions look at it: its tokens as both engines store them, its values, its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from index.base import MOST_SLOP, Document
from index.moments import local_day
from index.tokens import fold_tokens, tokens

_GAP = "|"
"""Between title, lead and body: no token is that."""


class ReadyDocument:
    """A document cut into tokens; what only some questions need is worked out when asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        title, lead, body = tokens(document.title), tokens(document.lead or ""), tokens(document.text)
        self._tokens = [*title, _GAP, *lead, _GAP, *body]
        self.facts: set[int] = set()
        """The numbers of what is known to be true of it, for whoever numbers such things."""

    @cached_property
    def exact(self) -> Words:
        return Words(self._tokens)

    @cached_property
    def folded(self) -> Words:
        return Words(fold_tokens(self._tokens))

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


class Words:
    """The tokens of a document, as they stand or folded."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        """In order, with a mark of ours between title, lead and body."""

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def line(self) -> str:
        """All of them, each between two spaces."""
        return f" {' '.join(self.words)} "

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
        for place, word in enumerate(self.words):
            gaps += word == _GAP
            places.setdefault(word, []).append(place + gaps * MOST_SLOP)
        return places
