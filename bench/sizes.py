"""How many bytes an article and a figure take: in the archive (SQLite), in tantivy, in Elasticsearch without and with a copy.

    ./run.sh bench sizes [--count 10000]

Articles of 2,500 characters as in `bench/search.py`, once as they are and once with the figures that our models read in
them; what the second store takes more is the figures'. Three Elasticsearch nodes are started, with one copy of all.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bench.elastic_sides import bytes_on_disk
from bench.search import CHARACTERS, TODAY, make_articles
from index.archive import open_archive
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.records import NewArticle
from index.tantivy import TantivyIndex
from monitor.parallel import annotate_all
from tests.elastic_cluster import Cluster

_BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """Bytes of a whole store."""

    archive: int
    tantivy: int
    elastic: int
    copied: int
    """Elasticsearch with its copies."""


def main(arguments: list[str] | None = None, *, server: ElasticSettings | None = None) -> tuple[Sizes, Sizes]:
    """The sizes without figures and with them. `server` is a cluster that runs already; otherwise one is started."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many articles")
    count = parser.parse_args(arguments).count
    plain = list(make_articles(count))
    read = annotate_all((item.article for item in plain), {}, os.cpu_count() or 1 if count > _BATCH else 1)
    with_figures = [
        replace(item, annotation=replace(item.annotation, metrics=annotation.metrics))
        for item, annotation in zip(plain, read, strict=True)
    ]
    figures = sum(len(item.annotation.metrics) for item in with_figures if item.annotation)
    with tempfile.TemporaryDirectory() as folder, nullcontext(server) if server else running_cluster() as settings:
        sizes = [
            measure(Path(folder) / name, items, replace(settings, prefix=f"{settings.prefix}-{name}"))
            for name, items in (("plain", plain), ("figures", with_figures))
        ]
    report(sizes[0], sizes[1], count, figures)
    return sizes[0], sizes[1]


@contextmanager
def running_cluster() -> Iterator[ElasticSettings]:
    cluster = Cluster()
    try:
        cluster.start()
        cluster.wait()
        yield replace(cluster.settings("sizes"), replicas=1)
    finally:
        cluster.stop()


def measure(folder: Path, items: Sequence[NewArticle], settings: ElasticSettings) -> Sizes:
    (folder / "index").mkdir(parents=True)
    rest = iter(items)
    with (
        closing(open_archive(f"sqlite:///{folder}/archive.db")) as archive,
        closing(TantivyIndex(folder / "index")) as tantivy,
        closing(ElasticIndex(settings)) as elastic,
    ):
        while batch := list(islice(rest, _BATCH)):
            archive.store_articles(batch, TODAY)
        for index in (tantivy, elastic):
            index.add(archive.all_documents())
            refused = index.commit()
            assert not refused
        alone, copied = bytes_on_disk(elastic, settings.prefix)
    return Sizes(
        archive=size(folder) - size(folder / "index"),  # closed, so its log is in it
        tantivy=size(folder / "index"),
        elastic=alone,
        copied=copied,
    )


def size(path: Path) -> int:
    """Bytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def report(plain: Sizes, figured: Sizes, count: int, figures: int) -> None:
    print(f"{count:,} articles of {CHARACTERS:,} characters, {figures:,} figures; bytes on disk")
    print(f"{'':28} {'an article':>11} {'a figure':>9} {'with 5 figures':>15} {'with 14':>9}")
    for name, label in (
        ("archive", "archive, SQLite"), ("tantivy", "tantivy"), ("elastic", "Elasticsearch, no copy"),
        ("copied", "Elasticsearch, one copy"),
    ):  # fmt: skip
        article = getattr(plain, name) / count
        figure = (getattr(figured, name) - getattr(plain, name)) / max(figures, 1)
        print(f"{label:28} {article:11,.0f} {figure:9,.0f} {article + 5 * figure:15,.0f} {article + 14 * figure:9,.0f}")


if __name__ == "__main__":
    main()
