"""The few figures that a story is told with, and what each of them was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from index.base import Document, FigureEntry, Highlight
from models.bodies.places import redrawn_on
from models.records import Metric, Period
from monitor.analytics import MERGER
from monitor.differences import is_rounded, is_same
from monitor.digests.views import Before, KeyFigure
from monitor.naming import indicator_name
from monitor.sameness import Told, group_of, is_one_thing, measure_of, published_day, read_told
from monitor.territory import is_part_of, today_of

MOST = 3
_NEWS = timedelta(days=366)
"""A value of a time that ended longer before its article is there to compare with."""
_OLDEST = timedelta(days=800)
"""A value of before stands beside one at most two years and a bit younger."""
_SHARES = frozenset(("rate", "point", "rank"))
"""What may be compared over periods of different length: the count of a year and that of a quarter may not."""
_LENGTH_SLACK = timedelta(days=4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """A figure that was published before, and when a digest of this subscription told it, if one did."""

    entry: FigureEntry
    told_at: datetime | None = None


Thing = tuple[str, str]
"""An indicator, and whose."""
ByThing = Mapping[Thing, Sequence[Earlier]]


def thing_of(metric: Metric) -> Thing:
    """What a figure is of; "" stands for no indicator and for nobody."""
    return metric.indicator or "", today_of(metric.entity or "")


def by_thing(earlier: Iterable[Earlier]) -> ByThing:
    """Earlier values of indicators, ready to be looked up."""
    found: defaultdict[Thing, list[Earlier]] = defaultdict(list)
    for one in earlier:
        if one.entry.metric.indicator and one.entry.metric.value is not None:
            found[thing_of(one.entry.metric)].append(one)
    return found


def key_figures(
    document: Document,
    sentence: Highlight | None,
    *,
    places: Collection[str],
    met: Collection[int],
    earlier: ByThing | None = None,
    own: Collection[str] = (),
) -> tuple[KeyFigure, ...]:
    """The figures of the catalogue that tell most, at most three, each of another thing.

    First those that met the subscription's condition; then results before targets, those of the sentence that matched,
    those of the places asked for (or of the article's first place), rates and ranks before counts, and the latest; one
    without a period is taken for as late as its article. What a reprint says, one of `own`, is not what was before.
    """
    ranking = _Ranking(document, sentence, tuple(places) or document.places[:1], frozenset(met))
    chosen: dict[tuple[str, str | None], tuple[int, Metric]] = {}
    for number, metric in sorted(_candidates(document, met), key=ranking.rank):
        chosen.setdefault((metric.indicator or metric.name, metric.entity), (number, metric))
    return tuple(
        KeyFigure(
            metric=metric, name=indicator_name(metric.indicator) if metric.indicator else metric.name,
            is_met=number in met, before=_before(entry_of(document, metric), earlier or {}, own),
        )
        for number, metric in list(chosen.values())[:MOST]
    )  # fmt: skip


def entry_of(document: Document, metric: Metric) -> FigureEntry:
    """A document's figure with where it stands."""
    return FigureEntry(
        article_id=document.id, url=document.url, source=document.source, published=document.published, metric=metric
    )


def _candidates(document: Document, met: Collection[int]) -> Iterator[tuple[int, Metric]]:
    published = published_day(document.published)
    for number, metric in enumerate(document.metrics):
        end = metric.period.end if metric.period else None
        is_news = end is None or published is None or published - end <= _NEWS
        told = metric.indicator and metric.kind != "change" and is_news
        if metric.value is not None and (told or number in met):
            yield number, metric


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What makes a figure of an article tell more than another."""

    document: Document
    sentence: Highlight | None
    places: Sequence[str]
    met: frozenset[int]

    def rank(self, found: tuple[int, Metric]) -> tuple[object, ...]:
        number, metric = found
        is_wanted = metric.entity is not None and any(is_part_of(metric.entity, place) for place in self.places)
        named = metric.period.end if metric.period else None
        end = named or published_day(self.document.published) or date.min
        return (
            number not in self.met, metric.kind != "achieved", not self._is_in_sentence(metric), not is_wanted,
            measure_of(metric) not in _SHARES, -end.toordinal(), number,
        )  # fmt: skip

    def _is_in_sentence(self, metric: Metric) -> bool:
        """Figures count their place from the lead, where there is one."""
        if self.sentence is None:
            return False
        shift = len(self.document.lead) + 2 if self.document.lead and self.sentence.part == "body" else 0
        start = shift + self.sentence.start
        return start <= metric.start and metric.end <= start + len(self.sentence.text)


# --- what it was before -----------------------------------------------------------------------------------------------


def _before(entry: FigureEntry, earlier: ByThing, own: Collection[str]) -> Before | None:
    """The latest value of the same thing before, where it was another one.

    Of a period that ended earlier; of the same length if there is one, and for counts only then. Where neither names a
    period, what the last digest told. Over the mergers of July 2025 nothing is compared.
    """
    candidates = earlier.get(thing_of(entry.metric), ())
    if not candidates or entry.metric.kind != "achieved":
        return None
    ours = read_told(entry)
    same = [
        one
        for one in candidates
        if one.entry.article_id not in (entry.article_id, *own)
        and group_of(ours.metric) == group_of(one.entry.metric)
        and is_one_thing(ours, read_told(one.entry))
    ]
    found = max((one for one in same if _is_before(ours, one)), key=lambda one: _lateness(ours, one), default=None)
    if found is None or is_same(entry.metric, found.entry.metric) or is_rounded(entry.metric, found.entry.metric):
        return None
    return Before(metric=found.entry.metric, told_at=None if entry.metric.period else found.told_at)


def _is_before(ours: Told, one: Earlier) -> bool:
    now, then = ours.metric.period, one.entry.metric.period
    if now is None or then is None:
        return now is None and then is None and one.told_at is not None
    if now.end is None or then.end is None or not timedelta() < now.end - then.end <= _OLDEST:
        return False
    if then.end < MERGER <= now.end and redrawn_on(ours.metric.entity or "") == MERGER:
        return False
    return measure_of(ours.metric) in _SHARES or _are_alike_long(now, then)


def _lateness(ours: Told, one: Earlier) -> tuple[bool, date, datetime]:
    now, then = ours.metric.period, one.entry.metric.period
    told = one.told_at or datetime.min.replace(tzinfo=UTC)
    if now is None or then is None:
        return True, date.min, told
    return _are_alike_long(now, then), then.end or date.min, told


def _are_alike_long(one: Period, other: Period) -> bool:
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return one.start is None and other.start is None
    return abs((one.end - one.start) - (other.end - other.start)) <= _LENGTH_SLACK
