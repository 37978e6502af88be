"""How official a source is for a figure: of the body the figure is about, of another public body, or of the press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from crawlers import urls
from crawlers.records import PublicBody, Source
from crawlers.sources import load_places
from index.base import FigureEntry
from models.bodies.places import code_of
from monitor.territory import is_part_of

Standing = Literal["issuer", "official", "press", "reprint"]
"""Most official first; "reprint" is an article copied from another that changed the figure."""
STANDINGS: tuple[Standing, ...] = ("issuer", "official", "press", "reprint")
_PUBLIC = frozenset(("province", "ministry", "agency", "government"))
_COUNTRY = "Việt Nam"
_STATE = (".gov.vn", ".chinhphu.vn")


@dataclass(frozen=True, slots=True)
class Bench:
    """The known sources, asked for their standing. What came from elsewhere is judged by its address."""

    sources: Mapping[str, Source]
    by_host: Mapping[str, Source]
    """Hosts of one organisation each."""

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Bench:
        known = {source.id: source for source in sources}
        housed: defaultdict[str, dict[str, Source]] = defaultdict(dict)
        for source in known.values():
            housed[_host(source.url)].setdefault(source.organisation, source)
        return cls(known, {host: next(iter(by.values())) for host, by in housed.items() if len(by) == 1})

    def standing(self, entry: FigureEntry) -> Standing:
        """What this source is for this figure: a province's portal issues its own figures, a ministry's the country's."""
        source = self._source(entry.source, entry.url)
        if source is None:
            return _standing_at(_host(entry.url), entry.metric.entity or "")
        if source.outlet not in _PUBLIC:
            return "press"
        entity = entry.metric.entity or ""
        if entity == _COUNTRY:
            return "issuer" if source.outlet in ("ministry", "agency", "government") else "official"
        return "issuer" if source.place and is_part_of(entity, source.place) else "official"

    def publisher(self, entry: FigureEntry) -> str:
        """Who stands behind a source: the sections of one outlet are one."""
        return self.publisher_of(entry.source, entry.url)

    def publisher_of(self, source_id: str, url: str) -> str:
        """`publisher` of a whole article."""
        source = self._source(source_id, url)
        return source.organisation if source else source_id

    def is_public(self, source_id: str, url: str) -> bool:
        """Whether an article is published by a public body."""
        source = self._source(source_id, url)
        return source.outlet in _PUBLIC if source else f".{_host(url)}".endswith(_STATE)

    def name(self, source_id: str) -> str:
        """What people call a source."""
        source = self.sources.get(source_id)
        return source.name if source else source_id

    def _source(self, source_id: str, url: str) -> Source | None:
        return self.sources.get(source_id) or self.by_host.get(_host(url))


def _host(url: str) -> str:
    return (urls.host(url) or "").removeprefix("www.")


def _standing_at(host: str, entity: str) -> Standing:
    """What an outlet is by its address alone: laocai.gov.vn and soyte.laocai.gov.vn issue Lào Cai's figures.

    >>> [_standing_at(host, "Lào Cai") for host in ("soyte.laocai.gov.vn", "hue.gov.vn", "baolaocai.vn")]
    ['issuer', 'official', 'press']
    """
    if not f".{host}".endswith(_STATE):
        return "press"
    body = next((body for portal, body in _portals().items() if f".{host}".endswith(f".{portal}")), None)
    if entity == _COUNTRY:
        return "issuer" if body and body.kind in ("ministry", "agency") else "official"
    is_own = code_of(entity).replace("_", "") in host.split(".") or (body and is_part_of(entity, body.name))
    return "issuer" if is_own else "official"


@cache
def _portals() -> dict[str, PublicBody]:
    return {_host(body.portal): body for body in load_places() if body.portal}
