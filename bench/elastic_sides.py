"""Two sides of the benchmark on Elasticsearch: our index, and the bare client that sends what ours sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from statistics import median
from typing import Any

import elasticsearch
import orjson
from elasticsearch.helpers import parallel_bulk

from bench.search import QUESTIONS, Question, measure
from index.base import Document
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.engines.elastic_writing import AT_ONCE
from index.querying.query import parse_query

BATCH = 2_000
WARM_UP = 2
"""Batches that are not counted: the server compiles itself meanwhile."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request that our index made: where to, and its body."""

    path: str
    body: bytes

    @property
    def lines(self) -> list[bytes]:
        return self.body.splitlines()


@dataclass(frozen=True, slots=True)
class Request:
    """A bulk request for the bare side's own index: its lines, and what they say."""

    index: str
    lines: list[bytes]
    pairs: list[tuple[Any, Any]]


@dataclass(slots=True)
class Bulk:
    """How long the same articles took either side."""

    articles: int = 0
    ours: float = 0
    bare: float = 0
    ratios: list[float] = field(default_factory=list)
    """Batch by batch."""


class Bare:
    """elasticsearch-py by its own methods, sending the very lines that ours sent."""

    def __init__(self, settings: ElasticSettings) -> None:
        self._client = elasticsearch.Elasticsearch(
            list(settings.urls), basic_auth=(settings.user or "", settings.password or ""),
            ca_certs=str(settings.ca_file), request_timeout=settings.timeout,
        )  # fmt: skip

    def bulk(self, requests: Sequence[Request], at_once: int, most: int) -> None:
        """The finished bodies, handed to the client's own helper in pairs of action and document."""
        for index, pairs in groupby(requests, attrgetter("index")):
            actions = chain.from_iterable(request.pairs for request in pairs)
            done = parallel_bulk(
                self._client, actions, thread_count=at_once, queue_size=1, chunk_size=BATCH, max_chunk_bytes=most,
                expand_action_callback=_as_it_is, index=index,
            )  # fmt: skip
            assert all(was_done for was_done, _ in done)

    def post(self, requests: Sequence[Request], at_once: int) -> None:
        """The finished bytes, request by request: nothing is left to do but to send them."""
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(self._post, requests))

    def _post(self, request: Request) -> None:
        reply = self._client.bulk(index=request.index, operations=request.lines)  # type: ignore[arg-type]  # as they are
        assert not reply["errors"]

    def search(self, lines: list[bytes]) -> Any:
        return self._client.msearch(searches=lines)["responses"]

    def refresh(self, *indices: str) -> None:
        self._client.indices.refresh(index=indices)

    def close(self) -> None:
        self._client.close()


def _as_it_is(pair: Any) -> Any:
    """Action and document, as the helper would have made them of one."""
    return pair


def bytes_on_disk(index: ElasticIndex, prefix: str) -> tuple[int, int]:
    """Of all indices with this prefix, without and with their copies; told by segment, as _stats lags by up to ten seconds."""
    ask = index._connection.ask
    ask("POST", f"/{prefix}-*/_flush")
    primaries = total = 0
    for part in ask("GET", f"/{prefix}-*/_segments")["indices"].values():
        for copies in part["shards"].values():
            for shard in copies:
                held = sum(segment["size_in_bytes"] for segment in shard["segments"].values())
                total += held
                primaries += held if shard["routing"]["primary"] else 0
    return primaries, total


@contextmanager
def recorded(index: ElasticIndex) -> Iterator[list[Sent]]:
    """What the index sends meanwhile."""
    client: Any = index._connection._open()
    really = client.perform_request
    sent: list[Sent] = []

    def perform_request(method: str, path: str, *, params: Any = None, headers: Any = None, body: Any = None) -> Any:
        sent.append(Sent(path, body or b""))
        return really(method, path, params=params, headers=headers, body=body)

    client.perform_request = perform_request
    try:
        yield sent
    finally:
        del client.perform_request


# --- writing


def write(
    documents: Iterable[Document],
    ours: ElasticIndex,
    bare: Bare,
    bare_prefix: str,
    *,
    at_once: int = AT_ONCE,
    as_bytes: bool = False,
) -> Bulk:
    """Batch by batch in turns, each made visible.

    The bare side is given the finished bodies and has `at_once` requests under way. With `as_bytes` they need not even be
    serialised.
    """
    bulk = Bulk()
    for number, batch in enumerate(in_batches(documents, BATCH)):
        with recorded(ours) as sent:
            began = time.perf_counter()
            ours.add(batch)
            ours.commit()
            our_time = time.perf_counter() - began
        requests = [_request(one, bare_prefix) for one in sent if one.path.endswith("/_bulk")]
        began = time.perf_counter()
        if as_bytes:
            bare.post(requests, at_once)
        else:
            bare.bulk(requests, at_once, ours._connection.settings.bulk_bytes)
        bare.refresh(f"{bare_prefix}-articles", f"{bare_prefix}-figures")
        bare_time = time.perf_counter() - began
        if number >= WARM_UP or len(batch) < BATCH:
            bulk.articles += len(batch)
            bulk.ours += our_time
            bulk.bare += bare_time
            bulk.ratios.append(our_time / bare_time)
    return bulk


def _request(sent: Sent, prefix: str) -> Request:
    lines = sent.lines
    said = [orjson.loads(line) for line in lines]
    part = "articles" if "-articles/" in sent.path else "figures"
    return Request(f"{prefix}-{part}", lines, list(zip(said[::2], said[1::2], strict=True)))


def in_batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# --- searching


@dataclass(frozen=True, slots=True)
class Row:
    """One question: how many it finds, and p50 and p99 in milliseconds of ours and of the bare client."""

    typed: str
    total: int
    ours: tuple[float, float]
    bare: tuple[float, float]

    @property
    def ratio(self) -> float:
        return self.ours[0] / self.bare[0]


def ask(index: ElasticIndex, question: Question) -> int:
    """Ten articles, how many there are, in two tiers, and the four facets."""
    return index.search(parse_query(question.typed), sort=question.sort).total


def search_alone(ours: ElasticIndex, bare: Bare, rounds: int) -> list[Row]:
    rows = []
    for question in QUESTIONS:
        total, sent = _sent_for(ours, question)
        calls = (partial(ask, ours, question), partial(_repeat, bare, sent))
        rows.append(Row(question.typed, total, *measure(calls, rounds)))
    return rows


def search_together(ours: ElasticIndex, bare: Bare, rounds: int, clients: int) -> list[Row]:
    """Every client asks all ten, each beginning with another; the sides take turns, round by round."""
    totals, requests = zip(*(_sent_for(ours, question) for question in QUESTIONS), strict=True)
    sides: tuple[list[Callable[[], object]], list[Callable[[], object]]] = (
        [partial(ask, ours, question) for question in QUESTIONS],
        [partial(_repeat, bare, sent) for sent in requests],
    )
    times: tuple[list[list[float]], list[list[float]]] = ([[] for _ in QUESTIONS], [[] for _ in QUESTIONS])
    with ThreadPoolExecutor(clients) as pool:
        for number in range(rounds + 1):
            for calls, taken in zip(sides, times, strict=True):
                for some in pool.map(partial(_ask_all, calls), range(clients)):
                    for place, milliseconds in some if number else ():
                        taken[place].append(milliseconds)
    return [
        Row(question.typed, total, _quantiles(our_times), _quantiles(bare_times))
        for question, total, our_times, bare_times in zip(QUESTIONS, totals, *times, strict=True)
    ]


def _sent_for(ours: ElasticIndex, question: Question) -> tuple[int, list[list[bytes]]]:
    with recorded(ours) as sent:
        total = ask(ours, question)
    return total, [one.lines for one in sent if one.path == "/_msearch"]


def _repeat(bare: Bare, requests: Sequence[list[bytes]]) -> None:
    for lines in requests:
        bare.search(lines)


def _ask_all(calls: Sequence[Callable[[], object]], first: int) -> list[tuple[int, float]]:
    order = [(first + place) % len(calls) for place in range(len(calls))]
    return [(place, _timed(calls[place]) * 1_000) for place in order]


def _quantiles(taken: list[float]) -> tuple[float, float]:
    return median(taken), sorted(taken)[min(len(taken) - 1, int(len(taken) * 0.99))]
