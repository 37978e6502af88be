"""One question's two tiers as two shelves, read page after page in the same way from either engine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

from index.base import Count, Found
from index.engines.cursors import Place


class Shelf(Protocol):
    """One tier's articles, in order."""

    @property
    def total(self) -> int: ...

    def after(self, place: Place, limit: int) -> list[tuple[float, Found]]:
        """The articles that follow `place`, with the key that each is ordered by."""
        ...


S = TypeVar("S", bound=Shelf)


class TwoShelves(ABC, Generic[S]):
    """The exact and the folded tier of one question."""

    exact: S

    @property
    @abstractmethod
    def folded(self) -> S | None:
        """None where there is no folded tier. Not asked for before the exact one is used up."""

    @property
    def total(self) -> int:
        return self.exact.total + (self.folded.total if self.folded else 0)

    def page(self, place: Place, limit: int) -> tuple[tuple[Found, ...], Place]:
        """The next articles, and how far the pages have come with them."""
        given: list[Found] = []
        if place.tier == "exact" and limit:
            place = _take(self.exact, place, limit, given)
        if len(given) < limit and self.folded:
            begun = place if place.tier == "folded" else Place(tier="folded", by_date=place.by_date)
            place = _take(self.folded, begun, limit - len(given), given)
        return tuple(given), place

    def has_more(self, place: Place) -> bool:
        if place.tier == "folded":
            return self.folded is not None and place.offset < self.folded.total
        return place.offset < self.total


def _take(shelf: Shelf, place: Place, limit: int, given: list[Found]) -> Place:
    ranked = shelf.after(place, limit)
    if not ranked:
        return place
    given += (found for _, found in ranked)
    key, last = ranked[-1]
    return Place(tier=place.tier, by_date=place.by_date, offset=place.offset + len(ranked), key=key, id=last.id)


def sum_counts(answers: Iterable[Iterable[Mapping[str, Any]]]) -> tuple[Count, ...]:
    """A facet's buckets, as both engines answer them, added up over the shelves: the most frequent first, equals by name."""
    sums: dict[str, int] = {}
    for buckets in answers:
        for bucket in buckets:
            sums[bucket["key"]] = sums.get(bucket["key"], 0) + bucket["doc_count"]
    ordered = sorted(sorted(sums.items()), key=itemgetter(1), reverse=True)
    return tuple([Count(value=value, count=count) for value, count in ordered])
