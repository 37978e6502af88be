"""Documents ─► Elasticsearch, in bulk requests of bounded size that wait when the cluster asks them to.

An article's id is its own, a figure's is its article's with a number, and each carries the document's revision as its
version: what is sent twice is written once, and of two writers the one with the newer state stays. Articles go first, and
only the figures of those that were taken follow, so nothing that was refused is half there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import elasticsearch

from index.base import Document
from index.codec import Json, dumps
from index.engines.elastic_client import Connection, pause
from index.engines.elastic_errors import DroppedError, GoneError, cause, passes, problem
from index.engines.elastic_generations import Target
from index.engines.elastic_schema import article_entry, figure_entries, figure_id
from index.errors import EngineError

AT_ONCE = 2
"""Bulk requests under way of one writer, while it makes the next."""
_OLDER = "version_conflict_engine_exception"
_WANTED = "items.*.status,items.*.error"
"""Of the answer to a bulk request, a tenth: the rest is not made by the cluster, sent or read."""
_TOO_LARGE = "lớn quá mức Elasticsearch nhận một lần (http.max_content_length)"


@dataclass(frozen=True, slots=True)
class _Operation:
    """One line or two of a bulk request."""

    id: str
    article: str
    lines: bytes


@dataclass(frozen=True, slots=True)
class _Known:
    """What the index holds of an article now, searchable or not."""

    version: int
    figures: int


def write(connection: Connection, target: Target, changes: Mapping[str, Document | None]) -> dict[str, str]:
    """Put documents in, and take out those that are None. What was refused, by article id, with why."""
    refused: dict[str, str] = {}
    left: set[str] = set()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bulk") as pool:
        # answered while the first articles are made, and before any is sent: afterwards it would tell of the new ones
        known = pool.submit(_known, connection, target, [key for key, one in changes.items() if not _is_first(one)])
        send = partial(_send, pool, connection, is_alias=target.is_alias, after=known)
        for operation, reason in send(target.articles, _articles(changes, known)):
            if reason == _OLDER:
                left.add(operation.article)
            elif reason:
                refused[operation.article] = reason
        taken = {key: document for key, document in changes.items() if key not in refused and key not in left}
        for operation, reason in send(target.figures, _figures(taken, known.result())):
            if reason and reason != _OLDER:
                refused[operation.article] = reason
    return refused


def _is_first(document: Document | None) -> bool:
    """Whether the archive hands an article's first state: the index holds none before it, or this very one."""
    return document is not None and document.revision == 1


def _known(connection: Connection, target: Target, ids: Sequence[str]) -> dict[str, _Known]:
    if not ids:
        return {}
    body = {"docs": [{"_id": key, "_source": ["figure_count"]} for key in ids]}
    found = connection.ask("POST", f"/{target.articles}/_mget", body)["docs"]
    for one in found:
        if "error" in one:  # without a status of its own: the index is gone, or the shard is nowhere now
            raise _not_its_fault(connection, 503, one["error"])
    return {one["_id"]: _Known(one["_version"], one["_source"].get("figure_count", 0)) for one in found if one["found"]}


def _articles(changes: Mapping[str, Document | None], known: Future[dict[str, _Known]]) -> Iterator[_Operation]:
    for key, document in changes.items():
        if document is not None:
            yield _index(key, key, document.revision, article_entry(document))
        elif key in known.result():
            yield _delete(key, key, known.result()[key].version)


def _figures(changes: Mapping[str, Document | None], known: Mapping[str, _Known]) -> Iterator[_Operation]:
    """All of an article's figures, and after them those that an earlier revision had more of."""
    for key, document in changes.items():
        before = known.get(key)
        count = 0
        if document is not None:
            for count, entry in enumerate(figure_entries(document), 1):
                yield _index(figure_id(key, count - 1), key, document.revision, entry)
        for number in range(count, before.figures if before else 0):
            version = document.revision if document else before.version if before else 0
            yield _delete(figure_id(key, number), key, version)


def _index(key: str, article: str, version: int, entry: Json) -> _Operation:
    return _Operation(key, article, _head("index", key, version) + dumps(entry) + b"\n")


def _delete(key: str, article: str, version: int) -> _Operation:
    return _Operation(key, article, _head("delete", key, version))


def _head(action: str, key: str, version: int) -> bytes:
    return dumps({action: {"_id": key, "version": version, "version_type": "external_gte"}}) + b"\n"


# --- sending


def _send(
    pool: Executor,
    connection: Connection,
    index: str,
    operations: Iterable[_Operation],
    *,
    is_alias: bool,
    after: Future[Any],
) -> Iterator[tuple[_Operation, str]]:
    """Each operation with why it was not done; "" where it was. The next ones are made while the cluster is at the last."""
    under_way: deque[Future[list[tuple[_Operation, str]]]] = deque()
    for chunk in _chunks(operations, connection.settings.bulk_bytes):
        after.result()
        if len(under_way) == AT_ONCE:
            yield from under_way.popleft().result()
        under_way.append(pool.submit(_send_chunk, connection, index, chunk, is_alias))
    while under_way:
        yield from under_way.popleft().result()


def _chunks(operations: Iterable[_Operation], most: int) -> Iterator[list[_Operation]]:
    chunk: list[_Operation] = []
    size = 0
    for operation in operations:
        if chunk and size + len(operation.lines) > most:
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += len(operation.lines)
    if chunk:
        yield chunk


def _send_chunk(
    connection: Connection, index: str, chunk: Sequence[_Operation], is_alias: bool
) -> list[tuple[_Operation, str]]:
    """What the cluster has no room for now is sent again, later and later; the rest is not."""
    waiting, done = list(chunk), list[tuple[_Operation, str]]()
    for number in range(1, connection.settings.tries + 1):
        try:
            items = _ask(connection, index, waiting, is_alias)
        except elasticsearch.ApiError as e:
            if e.status_code != 413:
                raise
            return done + _send_halves(connection, index, waiting, is_alias)
        except DroppedError:  # over TLS the node hangs up in the middle, and its 413 is never read
            connection.ask("GET", f"/{index}/_count")  # or it is away altogether
            return done + _send_halves(connection, index, waiting, is_alias)
        answers = list(zip(waiting, items, strict=True))
        done += [(operation, _reason(connection, item)) for operation, item in answers if not _is_busy(item)]
        busy = [(operation, item) for operation, item in answers if _is_busy(item)]
        if not busy:
            return done
        waiting = [operation for operation, _ in busy]
        if number < connection.settings.tries:
            time.sleep(pause(number))
    if len(waiting) == len(chunk) > 1 or any(item["status"] == 503 for _, item in busy):
        raise _not_its_fault(connection, busy[0][1]["status"], busy[0][1]["error"])
    # the others found room: these are too large ever to find it
    return done + [(operation, ": ".join(cause(item["error"]))) for operation, item in busy]


def _send_halves(
    connection: Connection, index: str, chunk: Sequence[_Operation], is_alias: bool
) -> list[tuple[_Operation, str]]:
    """A cluster, or a proxy before it, takes less at a time than we thought."""
    if len(chunk) == 1:
        return [(chunk[0], _TOO_LARGE)]
    middle = len(chunk) // 2
    halves = chunk[:middle], chunk[middle:]
    return [done for half in halves for done in _send_chunk(connection, index, half, is_alias)]


def _ask(connection: Connection, index: str, operations: Sequence[_Operation], is_alias: bool) -> list[Json]:
    lines = b"".join(operation.lines for operation in operations)
    # never makes an index by itself: an alias that a reindex has just taken away would come back as one
    reply = connection.ask("POST", f"/{index}/_bulk", lines, require_alias=is_alias, filter_path=_WANTED)
    return [next(iter(item.values())) for item in reply["items"]]


def _is_busy(item: Json) -> bool:
    return "error" in item and passes(item["status"], item["error"]["type"])


def _reason(connection: Connection, item: Json) -> str:
    if item["status"] < 300 or (item["status"] == 404 and "error" not in item):  # deleting what is not there
        return ""
    kind, reason = cause(item["error"])
    if kind == _OLDER:
        return _OLDER
    if item["status"] in (400, 413):
        return f"{kind}: {reason}"
    raise _not_its_fault(connection, item["status"], item["error"])


def _not_its_fault(connection: Connection, status: int, error: Any) -> EngineError:
    kind, reason = cause(error)
    return problem(status, kind, reason, connection.at) or GoneError(f"{kind}: {reason}")
