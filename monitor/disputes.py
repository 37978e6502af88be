"""The stores' figures ─► their contradictions, narrowed to an indicator or a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawlers.records import Source
from index.base import And, Everything, FigureEntry, Filter, Node, Or, Query, Term
from index.engines.garbage import held_back
from index.querying.tokens import fold_tokens, tokens
from models.bodies.places import resolve
from monitor.assembly import Desk
from monitor.conflicts import Conflict, find_conflicts
from monitor.errors import MonitorError
from monitor.kept import Kept
from monitor.naming import indicator_slugs
from monitor.standing import Bench
from monitor.territory import family_of, today_of

UNLISTED = "-"
"""In place of an indicator: what no catalogue knows."""


def read_conflicts(
    desk: Desk,
    sources: Iterable[Source],
    *,
    indicator: str | None = None,
    place: str | None = None,
    with_rounding: bool = False,
) -> tuple[Conflict, ...]:
    """What contradicts what. `indicator` is a slug, a name, or words of the name of what no catalogue knows.

    Raises MonitorError when no figure is of this indicator or of this place.
    """
    figures = _read_figures(desk, indicator, place)
    with held_back():
        return find_conflicts(figures, Bench.of(sources), copies=desk.archive.clusters(), with_rounding=with_rounding)


class Disputes:
    """All contradictions of a running program's stores, kept while nothing changes, and narrowed as often as one likes."""

    def __init__(self, desk: Desk, sources: Sequence[Source], kept: Kept) -> None:
        self._desk = desk
        self._sources = sources
        self._kept = kept

    def read(self, *, with_rounding: bool) -> tuple[Conflict, ...]:
        """Rounding included or not; copies that were found meanwhile count at once."""
        copies = frozenset(self._desk.archive.clusters().items())
        found = self._kept.ask(
            ("conflicts", copies), lambda: read_conflicts(self._desk, self._sources, with_rounding=True)
        )
        return found if with_rounding else tuple(conflict for conflict in found if conflict.reason != "rounding")

    def check(self, *, indicator: str | None, place: str | None) -> None:
        """Raises MonitorError when no figure is of this indicator or of this place."""
        _read_figures(self._desk, None if indicator == UNLISTED else indicator, place)


def of_indicator(conflicts: Iterable[Conflict], typed: str) -> tuple[Conflict, ...]:
    """Those of an indicator by its slug or name, or with these words in their name; `UNLISTED` for all of no indicator."""
    if typed == UNLISTED:
        return tuple(conflict for conflict in conflicts if conflict.indicator is None)
    is_wanted = _Wanted(typed)
    return tuple(conflict for conflict in conflicts if is_wanted(conflict.indicator, conflict.name))


def of_place(conflicts: Iterable[Conflict], typed: str) -> tuple[Conflict, ...]:
    wanted = _place(typed)
    return tuple(conflict for conflict in conflicts if conflict.entity and today_of(conflict.entity) == wanted)


# --- reading only what was asked for ----------------------------------------------------------------------------------


def _read_figures(desk: Desk, indicator: str | None, place: str | None) -> Sequence[FigureEntry]:
    """The index gives somewhat more than was asked for: it looks for words in the sentences, too."""
    is_wanted = _Wanted(indicator) if indicator else None
    parts = [is_wanted.node] if is_wanted else []
    if place:
        parts.append(Filter(field="place", values=_names_of(_place(place))))
    root = And(parts=tuple(parts)) if parts else Everything()
    figures: Sequence[FigureEntry] = desk.index.figures(Query(typed=indicator or "", root=root))
    if is_wanted:
        figures = [one for one in figures if is_wanted(one.metric.indicator, one.metric.name)]
        if not figures and not (
            place and desk.index.figures(Query(typed=indicator or "", root=is_wanted.node), limit=1)
        ):
            raise MonitorError(f"không có số liệu nào của chỉ tiêu “{indicator}”. Xem danh sách: monitor series --list")
    if place and not figures:
        raise MonitorError(f"không có số liệu nào của “{place}”. Viết như “Lào Cai”, “TP.HCM” hay “Bộ Y tế”")
    return figures


class _Wanted:
    """Whether an indicator, or a name that has none, is what was typed."""

    def __init__(self, typed: str) -> None:
        self._slugs = {typed, *indicator_slugs(typed)}
        words = tokens(typed)
        self._words = set(words)
        self._is_folded = fold_tokens(words) == words

    def __call__(self, slug: str | None, name: str) -> bool:
        if slug is not None:
            return slug in self._slugs
        words = tokens(name)
        return self._words <= set(fold_tokens(words) if self._is_folded else words)

    @property
    def node(self) -> Node:
        """Finds all figures that may be wanted."""
        by_slug = Filter(field="indicator", values=tuple(sorted(self._slugs)))
        if not self._words:
            return Everything()
        return Or(parts=(by_slug, Term(words=tuple(sorted(self._words)), folded=self._is_folded)))


def _place(typed: str) -> str:
    known = resolve(typed)
    return today_of(known.name if known else typed.strip())


def _names_of(place: str) -> tuple[str, ...]:
    """All that a place was ever called, as long as only the name changed."""
    return tuple(dict.fromkeys(name for name in (place, *family_of(place)) if today_of(name) == place))
