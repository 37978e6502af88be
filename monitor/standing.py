"""How official a source is for a figure: of the body the figure is about, of another public body, or of the press."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from crawlers.records import Source
from index.base import FigureEntry
from monitor.territory import is_part_of

Standing = Literal["issuer", "official", "press", "reprint"]
"""Most official first; "reprint" is an article copied from another that changed the figure."""
STANDINGS: tuple[Standing, ...] = ("issuer", "official", "press", "reprint")
_PUBLIC = frozenset(("province", "ministry", "agency", "government"))
_COUNTRY = "Việt Nam"


@dataclass(frozen=True, slots=True)
class Bench:
    """The known sources, asked for their standing. One that no catalogue knows is judged by its address."""

    sources: Mapping[str, Source]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Bench:
        return cls({source.id: source for source in sources})

    def standing(self, entry: FigureEntry) -> Standing:
        """What this source is for this figure: a province's portal issues its own figures, a ministry's the country's."""
        source = self.sources.get(entry.source)
        if source is None:
            return "official" if (urlsplit(entry.url).hostname or "").endswith(".gov.vn") else "press"
        if source.outlet not in _PUBLIC:
            return "press"
        entity = entry.metric.entity or ""
        if entity == _COUNTRY:
            return "issuer" if source.outlet in ("ministry", "agency", "government") else "official"
        return "issuer" if source.place and is_part_of(entity, source.place) else "official"

    def publisher(self, entry: FigureEntry) -> str:
        """Who stands behind a source: the sections of one outlet are one."""
        source = self.sources.get(entry.source)
        return source.organisation if source else entry.source

    def name(self, source_id: str) -> str:
        """What people call a source."""
        source = self.sources.get(source_id)
        return source.name if source else source_id
