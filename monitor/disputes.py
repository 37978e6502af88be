"""The stores' figures ─► their contradictions, narrowed to an indicator or a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawlers.records import Source
from index.base import Everything, FigureEntry, Query
from index.tokens import fold_tokens, tokens
from models.bodies.places import resolve
from monitor.assembly import Desk
from monitor.conflicts import Conflict, find_conflicts
from monitor.errors import MonitorError
from monitor.naming import indicator_slugs
from monitor.standing import Bench
from monitor.territory import today_of


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
    figures = desk.index.figures(Query(typed="", root=Everything()))
    if indicator:
        figures = tuple(_of_indicator(figures, indicator))
        if not figures:
            raise MonitorError(f"không có số liệu nào của chỉ tiêu “{indicator}”. Xem danh sách: monitor series --list")
    if place:
        figures = tuple(_of_place(figures, place))
        if not figures:
            raise MonitorError(f"không có số liệu nào của “{place}”. Viết như “Lào Cai”, “TP.HCM” hay “Bộ Y tế”")
    return find_conflicts(figures, Bench.of(sources), copies=desk.archive.clusters(), with_rounding=with_rounding)


def _of_indicator(figures: Sequence[FigureEntry], typed: str) -> Iterable[FigureEntry]:
    slugs = set(indicator_slugs(typed))
    words = tokens(typed)
    is_folded = fold_tokens(words) == words
    for figure in figures:
        slug = figure.metric.indicator
        if slug is not None:
            if slug in slugs or slug == typed:
                yield figure
        elif set(words) <= set(fold_tokens(tokens(figure.metric.name)) if is_folded else tokens(figure.metric.name)):
            yield figure


def _of_place(figures: Sequence[FigureEntry], typed: str) -> Iterable[FigureEntry]:
    known = resolve(typed)
    wanted = today_of(known.name if known else typed.strip())
    return (figure for figure in figures if figure.metric.entity and today_of(figure.metric.entity) == wanted)
