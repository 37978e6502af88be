"""Which figures of an article meet a subscription's condition. Only what is sure counts: what is not known meets nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.base import And, Document, FigureEntry, Filter, Query
from index.standing.alert_records import Condition
from models.records import Metric
from monitor.alerts.changes import has_changed, has_dropped
from monitor.alerts.reach import reach_of
from monitor.conflicts import Conflict, ConflictClaim, find_conflicts
from monitor.differences import is_rounded, is_same
from monitor.sameness import Told, is_one_thing, read_told
from monitor.standing import Bench
from monitor.territory import parts_of, today_of

COMPARING = frozenset(("rank_drop", "differs", "change_over"))
"""The tests that hold a figure against others."""
_NOBODY = Bench.of(())
"""Who is how official decides nothing here."""


def met_by(condition: Condition, document: Document, earlier: Sequence[FigureEntry]) -> tuple[int, ...]:
    """The figures of an article that meet a condition, by their places in `document.metrics`.

    `earlier` is what the index finds for `figures_to_compare`; a test that compares with nothing does without it. What an
    article tells of former times beside the latest is its background, and meets nothing but "differs".
    """
    asked = _asked(condition, document)
    if not asked:
        return ()
    others = [one for one in earlier if one.article_id != document.id and is_asked(condition, one.metric)]
    if condition.test == "differs":
        return _disputed(asked, others)
    told = {place: read_told(entry) for place, entry in asked.items()}
    latest = {place: one for place, one in told.items() if not _is_background(one, list(told.values()))}
    if condition.test in COMPARING:
        known = [*map(read_told, others), *told.values()]
        return tuple(place for place, one in latest.items() if _has_moved(condition, one, known))
    return tuple(place for place, one in latest.items() if _is_within(condition, one.metric))


def figures_to_compare(condition: Condition, document: Document) -> Query | None:
    """What to ask the index for before `met_by`: all figures of the same indicator and the same bodies. None: nothing.

    >>> from decimal import Decimal
    >>> condition = Condition(test="below", indicator="admin_reform.par_index", bound=Decimal(90))
    >>> figures_to_compare(condition, Document(id="1", url="", title="", text="", source="a")) is None
    True
    """
    if condition.test not in COMPARING:
        return None
    bodies = {entry.metric.entity for entry in _asked(condition, document).values()} - {None}
    names = sorted({name for body in bodies if body for name in _names_of(body)})
    if not names:
        return None
    parts = (Filter(field="indicator", values=(condition.indicator,)), Filter(field="place", values=tuple(names)))
    return Query(typed="", root=And(parts=parts))


def is_asked(condition: Condition, metric: Metric) -> bool:
    """Whether a figure is of the condition's indicator, body and kind, in its unit, and has a value."""
    return (
        metric.indicator == condition.indicator
        and metric.kind == condition.kind
        and metric.value is not None
        and (condition.unit is None or metric.unit == condition.unit)
        and (condition.place is None or today_of(metric.entity or "") == today_of(condition.place))
    )


def _asked(condition: Condition, document: Document) -> dict[int, FigureEntry]:
    return {
        place: FigureEntry(
            article_id=document.id, url=document.url, source=document.source, published=document.published, metric=metric
        )
        for place, metric in enumerate(document.metrics)
        if is_asked(condition, metric)
    }  # fmt: skip


def _names_of(body: str) -> tuple[str, ...]:
    """A body's name with those that it went by, where it only changed its name."""
    now = today_of(body)
    before = parts_of(now)
    return (body, now, *before) if len(before) == 1 else (body, now)


def _is_background(one: Told, all_told: Sequence[Told]) -> bool:
    """Whether the article tells the same thing for a later time too."""
    end = one.metric.period.end if one.metric.period else None
    return end is not None and any(
        (period := other.metric.period) is not None
        and period.end is not None
        and period.end > end
        and today_of(other.metric.entity or "") == today_of(one.metric.entity or "")
        and is_one_thing(one, other)
        for other in all_told
    )


def _is_within(condition: Condition, metric: Metric) -> bool:
    reach, bound = reach_of(metric), condition.bound
    if reach is None or bound is None:
        return False
    match condition.test:
        case "below":
            return reach.is_below(bound)
        case "at_most":
            return reach.is_at_most(bound)
        case "above":
            return reach.is_above(bound)
        case "at_least":
            return reach.is_at_least(bound)
        case _:
            return False


def _has_moved(condition: Condition, now: Told, known: Sequence[Told]) -> bool:
    if condition.test == "rank_drop":
        return has_dropped(now, known)
    return condition.bound is not None and has_changed(now, known, most=condition.bound)


# --- differs ----------------------------------------------------------------------------------------------------------


def _disputed(told: Mapping[int, FigureEntry], others: Sequence[FigureEntry]) -> tuple[int, ...]:
    """The figures of which another article tells another value, by more than rounding: as `monitor conflicts` says."""
    near = [other for other in others if any(_may_be_of_one_time(ours.metric, other.metric) for ours in told.values())]
    if not near:
        return ()
    found = find_conflicts([*told.values(), *near], _NOBODY, copies={})
    conflicts = [conflict for conflict in found if conflict.reason != "parts"]
    return tuple(
        place
        for place, ours in told.items()
        for conflict in conflicts
        if _claims(conflict, ours)
        and any(_differ(ours.metric, other.metric) and _claims(conflict, other) for other in near)
    )


def _may_be_of_one_time(one: Metric, other: Metric) -> bool:
    """A quick look, as most figures of an indicator are of other times: False is sure, True is not."""
    ours, theirs = one.period, other.period
    if ours is None or theirs is None or ours.start is None or theirs.start is None or one.unit == "rank":
        return True
    return ours == theirs


def _claims(conflict: Conflict, entry: FigureEntry) -> bool:
    return any(_is_claim_of(claim, entry) for claim in conflict.claims)


def _is_claim_of(claim: ConflictClaim, entry: FigureEntry) -> bool:
    metric = entry.metric
    return (claim.article_id, claim.sentence) == (entry.article_id, metric.sentence) and (
        (claim.value, claim.value_max, claim.unit, claim.out_of)
        == (metric.value, metric.value_max, metric.unit, metric.out_of)
    )


def _differ(one: Metric, other: Metric) -> bool:
    return not is_same(one, other) and not is_rounded(one, other)
