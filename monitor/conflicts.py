"""Figures that contradict one another: one thing, one time, told with different values, and why they differ.

Claims of one conflict stand in the order of how official they are, then of time. An article's copies are no claims of
their own; figures of one article are not held against each other, since they are nearly always of parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from index.base import FigureEntry
from models.figures.indicators import all_indicators
from models.records import Bound, Kind, Metric, Period
from monitor.differences import Reason, is_rounded, is_same, reason_between
from monitor.gathering import gather
from monitor.parts import Mismatch, find_mismatches
from monitor.sameness import (
    FEWEST_WORDS,
    Told,
    group_of,
    is_one_thing,
    name_words,
    published_day,
    read_told,
)
from monitor.standing import STANDINGS, Bench, Standing

_MOST_VALUES = 6
"""A thing told with more values than this was not read as one thing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """An article that repeats a claim word for word."""

    article_id: str
    url: str
    source: str
    published: date | datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictClaim:
    """What one article says, its copies beside it."""

    article_id: str
    url: str
    source: str
    published: date | datetime | None
    sentence: str
    standing: Standing
    value: Decimal
    value_max: Decimal | None
    unit: str
    out_of: Decimal | None
    bound: Bound
    reason: Reason | None
    """Why it differs from the first claim, or the first that tells a total; None where it agrees with it."""
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """One thing of one entity at one time, told with different values."""

    indicator: str | None
    name: str
    entity: str | None
    period: Period | None
    kind: Kind
    reason: Reason
    """That of the most official claim that differs by more than rounding."""
    claims: tuple[ConflictClaim, ...]

    @property
    def newest(self) -> date:
        """The day of the last claim; the undated count as oldest."""
        return max((published_day(claim.published) or date.min for claim in self.claims), default=date.min)


def find_conflicts(
    figures: Iterable[FigureEntry], bench: Bench, *, copies: Mapping[str, str], with_rounding: bool = False
) -> tuple[Conflict, ...]:
    """The contradictions among some figures, those with the newest claim first.

    `copies` tells for an article that is a near-duplicate of others which cluster it belongs to. What differs by
    rounding alone is no conflict, and only told `with_rounding`.
    """
    told = [figure for figure in figures if figure.metric.value is not None]
    groups: defaultdict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for figure in told:
        if figure.metric.entity:
            groups[group_of(figure.metric)].append(read_told(figure))
    found = list(_false_percentages(told, bench, copies))
    for (entity, kind, measure), group in groups.items():
        aims = _Aims(groups.get((entity, "target", measure), ()) if kind == "achieved" else ())
        for one in gather(group):
            if conflict := _Trial(bench, copies).judge(one, aims):
                found.append(conflict)
    wanted = [conflict for conflict in found if with_rounding or conflict.reason != "rounding"]
    return tuple(
        sorted(wanted, key=lambda one: (-one.newest.toordinal(), one.entity or "", one.name, one.claims[0].url))
    )


def _false_percentages(figures: Sequence[FigureEntry], bench: Bench, copies: Mapping[str, str]) -> Iterator[Conflict]:
    """Each percentage that does not follow from the parts beside it; all articles that say so are its claims."""
    grouped: defaultdict[tuple[object, ...], list[Mismatch]] = defaultdict(list)
    for found in find_mismatches(figures):
        part, rate = found.part.metric, found.rate.metric
        grouped[(part.entity, part.unit, part.value, part.out_of, rate.value)].append(found)
    for same in grouped.values():
        trial = _Trial(bench, copies)
        parts, rates = (trial.merge([pair[side] for pair in same]) for side in (0, 1))
        lead = rates[0][0].metric
        yield Conflict(
            indicator=lead.indicator, name=_name_of([lead, same[0].part.metric]), entity=lead.entity, period=lead.period,
            kind=lead.kind, reason="parts",
            claims=(*(trial.claim(one, None) for one in parts), *(trial.claim(one, "parts") for one in rates)),
        )  # fmt: skip


# --- what the articles say, held against each other -------------------------------------------------------------------


class _Aims:
    """Targets of one entity in one measure, by the year they are for."""

    def __init__(self, targets: Iterable[Told]) -> None:
        self._by_year: defaultdict[int, list[Told]] = defaultdict(list)
        for told in targets:
            if told.metric.period and told.metric.period.end:
                self._by_year[told.metric.period.end.year].append(told)

    def of(self, lead: FigureEntry) -> frozenset[Decimal]:
        """What was aimed at for the year of the claims."""
        period = lead.metric.period
        of_year = self._by_year.get(period.end.year, ()) if period and period.end else ()
        result = read_told(lead)
        return frozenset(
            aim.metric.value for aim in of_year if aim.metric.value is not None and is_one_thing(result, aim)
        )


@dataclass(slots=True)
class _Trial:
    bench: Bench
    copies: Mapping[str, str]
    _reprints: set[str] = field(default_factory=set)
    """Articles that copy another and changed the figure."""

    def judge(self, figures: Sequence[FigureEntry], aims: _Aims) -> Conflict | None:
        """The conflict among the figures of one thing, or None where they agree."""
        merged = self.merge(self._one_each(figures))
        first = merged[0][0]
        anchor = next((one for one, *_ in merged if one.metric.out_of is not None), first)
        targets = aims.of(first)
        claims = [self.claim(claim, self._reason(anchor, claim[0], targets)) for claim in merged]
        reasons = [claim.reason for claim in claims if claim.reason]
        if not reasons or len({(c.value, c.value_max, c.out_of) for c in claims}) > _MOST_VALUES:
            return None
        lead, metrics = first.metric, [one.metric for one, *_ in merged]
        return Conflict(
            indicator=next((metric.indicator for metric in metrics if metric.indicator), None), name=_name_of(metrics),
            entity=lead.entity, period=next((own for one, *_ in merged if (own := read_told(one).period)), lead.period),
            kind=lead.kind, reason=next((reason for reason in reasons if reason != "rounding"), "rounding"),
            claims=tuple(claims),
        )  # fmt: skip

    def _one_each(self, figures: Sequence[FigureEntry]) -> list[FigureEntry]:
        """One figure an article. Of several, the one that another article tells too; else that of the likest name."""
        by_article: defaultdict[str, list[FigureEntry]] = defaultdict(list)
        for figure in figures:
            if not any(is_same(figure.metric, known.metric) for known in by_article[figure.article_id]):
                by_article[figure.article_id].append(figure)
        chosen = []
        for article_id, some in by_article.items():
            others = [one for other, their in by_article.items() if other != article_id for one in their]
            if one := _speaking_for(some, others):
                chosen.append(one)
        return chosen or list(figures[:1])

    def merge(self, said: Sequence[FigureEntry]) -> list[list[FigureEntry]]:
        """Claims with their copies behind them: an article, and its near-duplicates that say the same."""
        claims: list[list[FigureEntry]] = []
        for figure in sorted(said, key=self._order):
            kin = [claim for claim in claims if self._is_copy(claim[0], figure)]
            if same := next((claim for claim in kin if is_same(claim[0].metric, figure.metric)), None):
                same.append(figure)
                continue
            if kin:
                self._reprints.add(figure.article_id)
            claims.append([figure])
        return sorted(claims, key=lambda claim: self._order(claim[0]))

    def _is_copy(self, one: FigureEntry, other: FigureEntry) -> bool:
        cluster = self.copies.get(one.article_id)
        return cluster is not None and cluster == self.copies.get(other.article_id)

    def _standing(self, figure: FigureEntry) -> Standing:
        return "reprint" if figure.article_id in self._reprints else self.bench.standing(figure)

    def _order(self, figure: FigureEntry) -> tuple[int, date, str]:
        return STANDINGS.index(self._standing(figure)), published_day(figure.published) or date.max, figure.url

    def _reason(self, first: FigureEntry, other: FigureEntry, targets: Collection[Decimal]) -> Reason | None:
        early, late = published_day(first.published), published_day(other.published)
        one_body = self.bench.publisher(first) == self.bench.publisher(other) or (
            self._standing(first) == self._standing(other) == "issuer"
        )
        is_restated = (
            one_body
            and other.article_id not in self._reprints
            and early is not None
            and late is not None
            and early != late
        )
        return reason_between(first.metric, other.metric, targets=targets, is_restated=is_restated)

    def claim(self, claim: Sequence[FigureEntry], reason: Reason | None) -> ConflictClaim:
        figure, *rest = claim
        metric = figure.metric
        assert metric.value is not None  # `find_conflicts` lets none through
        return ConflictClaim(
            article_id=figure.article_id, url=figure.url, source=figure.source, published=figure.published,
            sentence=metric.sentence, standing=self._standing(figure), value=metric.value, value_max=metric.value_max,
            unit=metric.unit, out_of=metric.out_of, bound=metric.bound, reason=reason,
            copies=tuple(
                Copy(article_id=one.article_id, url=one.url, source=one.source, published=one.published) for one in rest
            ),
        )  # fmt: skip


def _name_of(metrics: Sequence[Metric]) -> str:
    """The catalogue's name, else the words of the most official claim, or of one that says more where they say too little."""
    catalogue = all_indicators()
    if slug := next((metric.indicator for metric in metrics if metric.indicator in catalogue), None):
        return catalogue[slug].name
    return next((metric.name for metric in metrics if len(name_words(metric)) >= FEWEST_WORDS), metrics[0].name)


def _speaking_for(some: Sequence[FigureEntry], others: Sequence[FigureEntry]) -> FigureEntry | None:
    """Which of an article's values of one thing is to be held against other articles'; None where that is not sure."""
    if len(some) == 1:
        return some[0]
    for agrees in (is_same, is_rounded):
        for one in some:
            if any(agrees(one.metric, other.metric) for other in others):
                return one
    names = {name_words(other.metric) for other in others}
    named = [one for one in some if name_words(one.metric) in names]
    return named[0] if len(named) == 1 else None
