"""Versioned indices behind aliases: which serve, which are being built beside them, and how one takes the other's place.

A generation is a pair, monitor-articles-000001 and monitor-figures-000001. Two aliases name the pair that serves, two more
with "-next" at the end the pair that a reindex fills, so that whoever writes meanwhile writes to both.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from index.codec import Json
from index.engines.elastic_client import Connection
from index.engines.elastic_errors import AlreadyThereError
from index.engines.elastic_schema import VERSION, template
from index.errors import EngineError, LockedError

PARTS = ("articles", "figures")
_NEXT = "-next"


@dataclass(frozen=True, slots=True)
class Target:
    """A pair of indices to write to or to read, by whatever names."""

    articles: str
    figures: str
    is_alias: bool = True


class Generations:
    """The pairs of one prefix on one cluster. Its state lies on the cluster alone, for any number of processes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._prefix = connection.settings.prefix
        self._checking = threading.Lock()
        self._shards: int | None = None
        self.serving = self._target()
        self.next = self._target(_NEXT)

    @property
    def shards(self) -> int:
        """Of how many shards the serving articles consist. It is made now if there is none."""
        return self._checked()

    def check(self) -> None:
        """Make what is missing; EngineError where what is there is of another version or damaged."""
        self._checked()

    def targets(self) -> tuple[Target, ...]:
        """Where a document is to be written now. To be asked after reading the document and before writing it: then a
        reindex that has begun since reads the archive later than this writer did, and misses nothing."""
        self.check()
        return (self.serving, self.next) if self.next.articles in self._aliases() else (self.serving,)

    def names(self) -> tuple[list[str], list[str]]:
        """The indices that serve, and those beside them."""
        serving = self._serving_indices()
        return serving, sorted(set(self._indices()) - set(serving))

    # --- building the next pair

    def begin(self) -> str:
        """Go on with the pair that is being built, or begin one; the id of the last article that is surely in it."""
        found = self._aliases().get(self.next.articles, [])
        if found:
            meta = self._meta(found[0])
            if {name: meta.get(name) for name in VERSION} == VERSION:
                self._create(_number(found[0]), suffix=_NEXT)  # a kill may have come between the pair's two
                return str(meta.get("built_to", ""))
            self._remove(self._pair(found[0]))  # begun by another version of this program
        self._create(self._latest() + 1, suffix=_NEXT)
        return ""

    def mark(self, built_to: str) -> None:
        """All articles up to this id are in the pair that is being built."""
        body = {"_meta": VERSION | {"built_to": built_to}}
        self._connection.ask("PUT", f"/{self.next.articles}/_mapping", body)

    def switch(self) -> None:
        """Let the pair that was built serve, all in one step. The old one is kept, unless it is empty."""
        aliases = self._aliases()
        actions: list[Json] = []
        for serving, following in self._both():
            if following not in aliases:
                raise LockedError("chỉ mục đang dựng không còn: một lệnh reindex khác đã xong. Xem: monitor doctor")
            actions += [{"remove": {"index": index, "alias": serving}} for index in aliases.get(serving, ())]
            for index in aliases[following]:
                actions += [
                    {"remove": {"index": index, "alias": following}},
                    {"add": {"index": index, "alias": serving}},
                ]
        self._connection.ask("POST", f"/{self.next.articles},{self.next.figures}/_refresh")
        was_empty = self._is_empty()
        self._act(actions)
        if was_empty:
            self.drop_old()

    def drop_old(self) -> list[str]:
        """Remove the pairs that neither serve nor are being built; their names."""
        used = {index for indices in self._aliases().values() for index in indices}
        old = sorted(set(self._indices()) - used)
        self._remove(old)
        return old

    def fresh(self) -> Target:
        """A new and empty pair that no alias names yet."""
        number = self._latest() + 1
        self._create(number, suffix=None)
        articles, figures = (self._index(part, number) for part in PARTS)
        return Target(articles, figures, is_alias=False)

    def replace(self, fresh: Target) -> None:
        """Let a pair serve, and remove all others, in one step."""
        kept = {"articles": fresh.articles, "figures": fresh.figures}
        actions: list[Json] = [{"add": {"index": kept[part], "alias": self._alias(part)}} for part in PARTS]
        actions += [{"remove_index": {"index": index}} for index in self._indices() if index not in kept.values()]
        self._act(actions)

    # --- what is there

    def _checked(self) -> int:
        with self._checking:
            if self._shards is None:
                self._shards = self._look()
            return self._shards

    def _look(self) -> int:
        aliases = self._aliases()
        if not all(self._alias(part) in aliases for part in PARTS):
            self._make_first(aliases)
        found = self._connection.ask("GET", f"/{self.serving.articles},{self.serving.figures}", flat_settings=True)
        for name, index in found.items():
            meta = index["mappings"].get("_meta", {})
            if {key: meta.get(key) for key in VERSION} != VERSION:
                said = f"Chỉ mục {name} trên Elasticsearch {self._connection.at} do phiên bản khác tạo ra"
                raise EngineError(f"{said}. Chạy `monitor reindex` để dựng lại từ kho lưu trữ")
        return max(int(index["settings"]["index.number_of_shards"]) for index in found.values())

    def _make_first(self, aliases: dict[str, list[str]]) -> None:
        """The first pair of all. Of two processes that start at once either's will do."""
        latest = self._latest()
        if latest > 1 or (self.serving.articles in aliases and not self._is_empty()):
            said = f"Chỉ mục trên Elasticsearch {self._connection.at} bị hỏng: thiếu tên {self._prefix}-articles"
            raise EngineError(f"{said} hoặc -figures. Chạy `monitor reindex` để dựng lại từ kho lưu trữ")
        self._create(1, suffix="")

    def _create(self, number: int, *, suffix: str | None) -> None:
        for part in PARTS:
            name = f"{self._prefix}-{part}"
            self._connection.ask("PUT", f"/_index_template/{name}", template(part, self._connection.settings))
            body: Json = {} if suffix is None else {"aliases": {name + suffix: {}}}
            self._create_index(self._index(part, number), body)

    def _create_index(self, name: str, body: Json) -> None:
        try:
            self._connection.ask("PUT", f"/{name}", body)
        except AlreadyThereError:
            return

    def _is_empty(self) -> bool:
        if self.serving.articles not in self._aliases():
            return False
        return int(self._connection.ask("GET", f"/{self.serving.articles}/_count")["count"]) == 0

    def _indices(self) -> list[str]:
        """All of ours, whatever serves."""
        return sorted(self._named())

    def _aliases(self) -> dict[str, list[str]]:
        """Alias ─► its indices."""
        found: dict[str, list[str]] = {}
        for index, aliases in self._named().items():
            for alias in aliases:
                found.setdefault(alias, []).append(index)
        return found

    def _named(self) -> dict[str, list[str]]:
        pattern = ",".join(f"{self._prefix}-{part}-0*" for part in PARTS)
        found: dict[str, Any] = self._connection.ask("GET", f"/{pattern}/_alias", expand_wildcards="all")
        return {index: sorted(said["aliases"]) for index, said in found.items()}

    def _serving_indices(self) -> list[str]:
        aliases = self._aliases()
        return [index for part in PARTS for index in aliases.get(self._alias(part), ())]

    def _latest(self) -> int:
        return max(map(_number, self._indices()), default=0)

    def _meta(self, index: str) -> Json:
        found = self._connection.ask("GET", f"/{index}/_mapping")
        meta: Json = found[index]["mappings"].get("_meta", {})
        return meta

    def _act(self, actions: list[Json]) -> None:
        self._connection.ask("POST", "/_aliases", {"actions": actions})

    def _remove(self, indices: list[str]) -> None:
        for index in indices:
            self._connection.ask("DELETE", f"/{index}", ignore_unavailable=True)

    # --- names

    def _target(self, suffix: str = "") -> Target:
        articles, figures = (self._alias(part) + suffix for part in PARTS)
        return Target(articles, figures)

    def _both(self) -> list[tuple[str, str]]:
        return [(self._alias(part), self._alias(part) + _NEXT) for part in PARTS]

    def _alias(self, part: str) -> str:
        return f"{self._prefix}-{part}"

    def _index(self, part: str, number: int) -> str:
        return f"{self._prefix}-{part}-{number:06}"

    def _pair(self, articles: str) -> list[str]:
        return [self._index(part, _number(articles)) for part in PARTS]


def _number(index: str) -> int:
    """
    >>> _number("monitor-articles-000012")
    12
    """
    return int(index.rpartition("-")[2])
