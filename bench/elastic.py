"""The monitor on Elasticsearch: ours next to the bare client that sends the same bodies; tantivy next to SQLite FTS5.

    ./run.sh bench elastic [--count 100000] [--rounds 30] [--clients 8] [--folder DIR] [--bulk] [--at-once 2] [--as-bytes]

It starts a server of its own (1 GB heap, TLS, one node), as the tests do. Articles and questions are those of
`bench/search.py`; all sides take turns within one run. At the end `monitor reindex` makes each index anew from the
archive, in a process of its own whose memory is watched. With --bulk only the writing to Elasticsearch is measured.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from bench.elastic_sides import Bare, Bulk, Row, bytes_on_disk, search_alone, search_together, write
from bench.fts5 import Fts5
from bench.search import QUESTIONS, TODAY, Question, make_articles, measure
from bench.sizes import size
from index.archive import Archive, open_archive
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.engines.elastic_writing import AT_ONCE
from index.querying.query import parse_query
from index.tantivy import TantivyIndex
from tests.elastic_server import make_server

ROOT = Path(__file__).parent.parent
HEAP = ("-Xms1g", "-Xmx1g")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reindexed:
    """A whole `monitor reindex` in a process of its own."""

    engine: str
    seconds: float
    peak_mb: float
    """Of the process that reads the archive and writes; Elasticsearch itself has its heap."""
    resident_mb: float
    """With the files it has mapped, the index's own among them, which the system takes back when it needs to."""
    bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """How long a side took to learn the articles, and what that takes on disk."""

    seconds: float
    bytes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """One question of tantivy, and of FTS5 with the same answer and with ten ids alone: p50 and p99 in milliseconds."""

    typed: str
    totals: tuple[int, int]
    ours: tuple[float, float]
    fts5: tuple[float, float]
    ids: tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """All that one run found out."""

    bulk: Bulk
    alone: list[Row] = field(default_factory=list)
    together: list[Row] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    built: tuple[Built, ...] = ()
    """tantivy and FTS5."""
    reindexed: list[Reindexed] = field(default_factory=list)


def main(arguments: list[str] | None = None, *, server: ElasticSettings | None = None) -> Measured:
    """`server` is one that runs already; otherwise one is started."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help="how many articles")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument(
        "--folder", type=Path, help="keep the archive here, and use it again; a temporary one otherwise"
    )
    parser.add_argument(
        "--at-once", type=int, default=AT_ONCE, help="bulk requests under way of the bare client; ours has 2"
    )
    parser.add_argument("--as-bytes", action="store_true", help="hand the bare client its bulk bodies serialised")
    parser.add_argument("--bulk", action="store_true", help="measure the writing to Elasticsearch and nothing else")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary, nullcontext(server) if server else running_server() as settings:
        kept = (options.folder or Path(temporary)) / f"articles-{options.count}"
        kept.mkdir(parents=True, exist_ok=True)
        measured = run(kept, Path(temporary), settings, options)
    report(measured, options)
    return measured


@contextmanager
def running_server() -> Iterator[ElasticSettings]:
    server = make_server(java_options=HEAP)
    try:
        server.start()
        server.wait()
        yield server.settings("bench")
    finally:
        server.stop()


def run(kept: Path, temporary: Path, settings: ElasticSettings, options: argparse.Namespace) -> Measured:
    with closing(fill_archive(kept, options.count)) as archive:
        bulk, alone, together = on_elastic(archive, settings, options)
        if options.bulk:
            return Measured(bulk=bulk)
        embedded, built = embedded_side_by_side(archive, temporary, options)
    return Measured(
        bulk=bulk, alone=alone, together=together, embedded=embedded, built=built,
        reindexed=[reindex(kept, settings, engine) for engine in ("tantivy", "elasticsearch")],
    )  # fmt: skip


def fill_archive(folder: Path, count: int) -> Archive:
    archive = open_archive(f"sqlite:///{folder}/archive.db")
    if archive.counts().articles < count:
        say(f"storing {count} articles …")
        articles = make_articles(count)
        while batch := list(islice(articles, 500)):
            archive.store_articles(batch, TODAY)
    return archive


def on_elastic(
    archive: Archive, settings: ElasticSettings, options: argparse.Namespace
) -> tuple[Bulk, list[Row], list[Row]]:
    other = replace(settings, prefix=f"{settings.prefix}-bare")
    with closing(ElasticIndex(settings)) as ours, closing(ElasticIndex(other)) as made, closing(Bare(settings)) as bare:
        ours.count()
        made.count()  # the bare side's indices are made as ours are
        say("writing to Elasticsearch …")
        bulk = write(
            archive.all_documents(), ours, bare, other.prefix, at_once=options.at_once, as_bytes=options.as_bytes
        )
        assert ours.count() == made.count() == options.count
        made.clear()
        made.commit()
        if options.bulk:
            return bulk, [], []
        say("searching in Elasticsearch …")
        alone = search_alone(ours, bare, options.rounds)
        return bulk, alone, search_together(ours, bare, options.rounds, options.clients)


def embedded_side_by_side(
    archive: Archive, folder: Path, options: argparse.Namespace
) -> tuple[list[Embedded], tuple[Built, Built]]:
    say("building tantivy and FTS5 …")
    (folder / "index").mkdir()
    with closing(TantivyIndex(folder / "index")) as index, closing(Fts5(folder / "fts5.db")) as fts5:
        began = time.perf_counter()
        index.add(archive.all_documents())
        index.commit()
        index.release()
        ours = Built(seconds=time.perf_counter() - began, bytes=size(folder / "index"))
        began = time.perf_counter()
        fts5.fill(archive.all_documents())
        theirs = Built(seconds=time.perf_counter() - began, bytes=size(fts5.file))
        return [_embedded(index, fts5, question, options.rounds) for question in QUESTIONS], (ours, theirs)


def _embedded(index: TantivyIndex, fts5: Fts5, question: Question, rounds: int) -> Embedded:
    def ours() -> int:
        return index.search(parse_query(question.typed), sort=question.sort).total

    calls = (ours, partial(fts5.answer, question), partial(fts5.ids, question))
    mine, theirs, ids = measure(calls, rounds)
    return Embedded(
        typed=question.typed, totals=(ours(), fts5.answer(question)), ours=mine, fts5=theirs, ids=ids
    )  # fmt: skip


_WATCHED = """
import re, sys, threading
from monitor.cli import run

def memory(name):
    return int(re.search(name + r":\\s+(\\d+)", open("/proc/self/status").read())[1])

def watch():
    global own
    while not done.wait(0.05):
        own = max(own, memory("RssAnon"))

own, done = 0, threading.Event()
watching = threading.Thread(target=watch)
watching.start()
code = run(sys.argv[1:])
done.set()
watching.join()
print(own, memory("VmHWM"))
sys.exit(code)
"""
"""Linux's own count of this very program: what the system tells of a child counts its parent's memory, too."""


def reindex(folder: Path, settings: ElasticSettings, engine: str) -> Reindexed:
    """Run the command as people do, and watch its memory."""
    say(f"monitor reindex --engine {engine} …")
    prefix = f"{settings.prefix}-reindexed"
    environment = {
        **os.environ, "MONITOR_ELASTICSEARCH_URL": settings.urls[0], "MONITOR_ELASTICSEARCH_USER": settings.user or "",
        "MONITOR_ELASTICSEARCH_PASSWORD": settings.password or "", "MONITOR_ELASTICSEARCH_CA_FILE": str(settings.ca_file),
        "MONITOR_ELASTICSEARCH_PREFIX": prefix, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-c", _WATCHED, "--data", str(folder), "reindex", "--engine", engine]
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - began
    own_kb, resident_kb = map(int, done.stdout.split()[-2:])
    if engine == "tantivy":
        on_disk = size(folder / "index")
    else:
        with closing(ElasticIndex(replace(settings, prefix=prefix))) as index:
            on_disk, _ = bytes_on_disk(index, prefix)
    return Reindexed(engine=engine, seconds=took, peak_mb=own_kb / 1024, resident_mb=resident_kb / 1024, bytes=on_disk)


def say(text: str) -> None:
    print(text, file=sys.stderr)


# --- telling


def report(measured: Measured, options: argparse.Namespace) -> None:
    bulk, count = measured.bulk, options.count
    print(f"{count:,} articles on Elasticsearch, ours next to the bare client sending the same bodies\n")
    print(
        f"bulk, one writer: ours {bulk.articles / bulk.ours:,.0f} articles/s, bare {bulk.articles / bulk.bare:,.0f};"
        f" time {bulk.ours / bulk.bare:.2f} times (median of {len(bulk.ratios)} batches {median(bulk.ratios):.2f})\n"
    )
    if options.bulk:
        return
    for clients, rows in ((1, measured.alone), (options.clients, measured.together)):
        _print_rows(rows, clients)
    _print_embedded(measured, count)
    print(f"\nmonitor reindex of {count:,} articles, in a process of its own")
    for one in measured.reindexed:
        memory = f"peak {one.peak_mb:4.0f} MB of its own, {one.resident_mb:4.0f} MB with mapped files"
        speed = f"{count / one.seconds:7,.0f} articles/s"
        print(f"{one.engine:14} {speed}  {memory}  {one.bytes / count:6,.0f} bytes an article on disk")


def _print_rows(rows: list[Row], clients: int) -> None:
    head = f"{clients} client{'s' if clients > 1 else ''}, ms p50/p99"
    print(f"{head:36} {'found':>7} {'ours':>15} {'bare':>15} {'ratio':>6}")
    for row in rows:
        columns = " ".join(f"{middle:7.2f}/{worst:7.2f}" for middle, worst in (row.ours, row.bare))
        print(f"{row.typed:36} {row.total:7} {columns} {row.ratio:6.2f}")
    for name, place in (("p50", 0), ("p99", 1)):
        ours, bare = sum(row.ours[place] for row in rows), sum(row.bare[place] for row in rows)
        print(f"all ten, {name}: {ours:.1f} ms against {bare:.1f} ms, ratio {ours / bare:.2f}")
    print()


def _print_embedded(measured: Measured, count: int) -> None:
    print(f"{'embedded, ms p50/p99':36} {'found':>13} {'tantivy':>15} {'FTS5':>15} {'FTS5, ten ids':>15}")
    for row in measured.embedded:
        columns = " ".join(f"{middle:7.2f}/{worst:7.2f}" for middle, worst in (row.ours, row.fts5, row.ids))
        print(f"{row.typed:36} {row.totals[0]:6}/{row.totals[1]:6} {columns}")
    sums = [
        sum(side(row)[0] for row in measured.embedded) for side in (lambda r: r.ours, lambda r: r.fts5, lambda r: r.ids)
    ]
    print(f"all ten, p50: tantivy {sums[0]:.1f} ms, FTS5 {sums[1]:.1f} ms, FTS5 with ten ids alone {sums[2]:.1f} ms")
    for name, built in zip(("tantivy", "FTS5"), measured.built, strict=True):
        print(
            f"{name:8} built at {count / built.seconds:,.0f} articles/s; {built.bytes / count:,.0f} bytes an article on disk"
        )


if __name__ == "__main__":
    main()
