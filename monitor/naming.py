"""Names as people write them ─► the values that queries and options mean, from the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from crawlers.records import Source
from index.archive import Archive
from index.base import Everything, Index, Query
from index.querying.query_names import Names, Resolve, resolver
from index.querying.tokens import fold_tokens, tokens
from models.bodies import places
from models.figures import indicators
from models.topics.phrases import load_topics
from monitor.errors import MonitorError


@cache
def topic_names() -> Mapping[str, str]:
    """Slug → what people call the topic."""
    return {topic.slug: topic.name for topic in load_topics()}


def all_topic_names(archive: Archive) -> Mapping[str, str]:
    """`topic_names`, and the topics that this store's users added."""
    return {**topic_names(), **{saved.topic.slug: saved.topic.name for saved in archive.own_topics()}}


def stored_sources(index: Index) -> frozenset[str]:
    """The ids of the sources whose articles are there, also those that no catalogue knows (any more)."""
    found = index.search(Query(typed="", root=Everything()), limit=1, facets=("source",))
    return frozenset(count.value for count in found.facets["source"])


def names_for(
    sources: Iterable[Source],
    *,
    any_place: bool = False,
    stored: Callable[[], Container[str]] = frozenset,
    topics: Callable[[], Mapping[str, str]] = topic_names,
) -> Names:
    """How the names in a query are resolved. `any_place` lets a place we do not know stand for itself; `stored` gives
    ids of sources that are good as they stand, `topics` all topics with their names."""
    known_source = resolver({source.id: [source.name, source.organisation] for source in sources})

    def source(typed: str) -> Sequence[str]:
        return known_source(typed) or ((typed,) if typed in stored() else ())

    def place(typed: str) -> Sequence[str]:
        found = places.resolve(typed)
        if found:
            return (found.name,)
        return (typed.strip(),) if any_place and typed.strip() else ()

    return Names(
        topic=lambda typed: resolver({slug: [name] for slug, name in topics().items()})(typed),
        place=place,
        source=source,
        indicator=indicator_slugs,
    )


def indicator_slugs(typed: str) -> Sequence[str]:
    """The indicators that a name means: by slug, by name or former name, else all whose names hold every word typed."""
    return _indicator_resolver()(typed) or tuple(_named_with(tokens(typed)))


@cache
def _indicator_resolver() -> Resolve:
    catalogue = indicators.all_indicators()
    return resolver({slug: [one.name, *(was.name for was in one.was)] for slug, one in catalogue.items()})


def _named_with(words: Sequence[str]) -> Iterator[str]:
    """The indicators whose name holds all these words; without diacritics where all were typed so."""
    folded = fold_tokens(words) == list(words)
    for slug, indicator in indicators.all_indicators().items():
        named = tokens(indicator.name)
        if words and set(words) <= set(fold_tokens(named) if folded else named):
            yield slug


def one_indicator(typed: str) -> str:
    """The slug of the one indicator that is meant.

    Raises MonitorError when there is none, or several; the message lists what was meant perhaps.
    """
    found = indicator_slugs(typed)
    if len(found) == 1:
        return found[0]
    catalogue = indicators.all_indicators()
    if not found:
        raise unknown_indicator(typed)
    shown = "; ".join(f"{slug} ({catalogue[slug].name})" for slug in found[:8])
    raise MonitorError(f"“{typed}” có thể là nhiều chỉ tiêu, hãy chọn một: {shown}")


def unknown_indicator(typed: str) -> MonitorError:
    """What to say where nothing goes by that name."""
    return MonitorError(f"không có chỉ tiêu “{typed}”. Xem danh sách: monitor series --list")


def place_name(typed: str) -> str:
    """The canonical name of a place given as an option.

    Raises MonitorError when we know no such place.
    """
    found = places.resolve(typed)
    if found is None:
        raise MonitorError(f"không biết địa phương hay cơ quan “{typed}”. Viết như “Lào Cai”, “TP.HCM” hay “Bộ Y tế”")
    return found.name


def indicator_name(slug: str) -> str:
    """What people call an indicator."""
    found = indicators.all_indicators().get(slug)
    return found.name if found else slug
