"""The stores ─► what a digest is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache, partial
from itertools import islice

from crawlers.records import Source
from index.archive import Archive
from index.base import And, Document, Everything, FigureEntry, Filter, Query
from index.errors import EngineError, QuerySyntaxError
from index.standing.alert_records import Digest, Subscription
from monitor.alerts.asking import query_of
from monitor.assembly import Desk, load_sources
from monitor.config import Config
from monitor.digests.compose import Material
from monitor.errors import MonitorError
from monitor.naming import all_topic_names, names_for, stored_sources

_EARLIER = 60
"""Digests of before that are looked at: two months of daily ones."""
_TOLD_WITHIN = timedelta(days=14)
_MOST_TOLD = 100
"""Articles told of late that are compared word by word; older ones are found by the archive's clusters."""
_MOST_CLUSTERS = 300
_MOST_FIGURES = 500
"""Values of the same indicators and places, the newest first."""
_MOST_PLACES = 200


def gather(desk: Desk, subscription: Subscription, digest: Digest, *, uncertain: Digest | None = None) -> Material:
    """All that is known of a digest. An index that is away costs the comparisons with earlier values, and no digest."""
    archive = desk.archive
    earlier = archive.alerts.digests(subscription.id, before=digest.id, limit=_EARLIER)
    ids = [match.article_id for match in digest.matches]
    told = _told_ids(archive, ids, earlier, digest)
    documents = archive.documents([*ids, *told])
    sources = known_sources(desk.config)
    return Material(
        subscription=subscription, digest=digest, uncertain=uncertain, query=_query(desk, subscription, sources),
        documents={document.id: document for document in documents}, earlier=earlier,
        figures=_figures(desk, documents[: len(ids)]), sources=sources, states=archive.links.source_states(),
        topic_names=all_topic_names(archive), base_url=desk.config.base_url,
    )  # fmt: skip


def _told_ids(archive: Archive, ids: Sequence[str], earlier: Sequence[Digest], digest: Digest) -> list[str]:
    """Articles told before that these may repeat: those of late, and near-duplicates told however long ago."""
    told_at = {match.article_id: one.made_at for one in reversed(earlier) for match in one.matches}
    late = [
        match.article_id for one in earlier if digest.made_at - one.made_at <= _TOLD_WITHIN for match in one.matches
    ][:_MOST_TOLD]
    if earlier:
        late += [match.article_id for match in earlier[0].matches]
    copies = (
        (copy for key in ids[:_MOST_CLUSTERS] for copy in archive.reprints(key) if copy in told_at) if told_at else ()
    )
    return list(dict.fromkeys([*late, *copies]))


def _figures(desk: Desk, documents: Iterable[Document]) -> tuple[FigureEntry, ...]:
    """What else is known of what these articles measure."""
    metrics = [metric for document in documents for metric in document.metrics if metric.indicator and metric.entity]
    indicators = tuple(dict.fromkeys(metric.indicator for metric in metrics if metric.indicator))
    places = tuple(islice(dict.fromkeys(metric.entity for metric in metrics if metric.entity), _MOST_PLACES))
    if not indicators:
        return ()
    asked = [("indicator", indicators), ("place", places), ("kind", ("achieved",))]
    root = And(parts=tuple(Filter(field=field, values=values) for field, values in asked))
    try:
        return desk.index.figures(Query(typed="", root=root), limit=_MOST_FIGURES)
    except EngineError:
        return ()


def _query(desk: Desk, subscription: Subscription, sources: Sequence[Source]) -> Query:
    """What the sentences are marked by; a question that can't be read any more marks nothing."""
    stored, topics = partial(stored_sources, desk.index), partial(all_topic_names, desk.archive)
    names = names_for(sources, any_place=True, stored=stored, topics=topics)
    try:
        return query_of(subscription, names)
    except (QuerySyntaxError, MonitorError, EngineError):
        return Query(typed=subscription.query, root=Everything())


def known_sources(config: Config) -> tuple[Source, ...]:
    """`load_sources`, read anew when the user's own have changed: reading the catalogue takes 20 ms."""
    return _sources_at(config, *_stamps(config))


def _stamps(config: Config) -> Iterator[float]:
    for file in (config.sources_file, config.newsroom_mark):
        yield file.stat().st_mtime if file.exists() else 0.0


@lru_cache(maxsize=2)
def _sources_at(config: Config, *stamps: float) -> tuple[Source, ...]:
    return load_sources(config)
