"""Articles stored a second by one, two and four processes at once, in a file and on PostgreSQL.

Only storing is measured: the articles (2,500 characters) come annotated, in batches of 32 as a crawl brings them. Of several
writers one has the turn and the others wait for it. PostgreSQL is this machine's, started for the run, with fsync on.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context

from crawlers.records import Article
from index.archive import open_archive
from index.records import NewArticle
from models.annotation import annotate
from monitor.keeper import BATCH
from tests.postgres_server import a_database, make_server

NOW = datetime(2026, 9, 1, tzinfo=UTC)
SENTENCE = "Đến hết tháng 8, tỷ lệ hồ sơ nộp trực tuyến của tỉnh Lào Cai đạt 82,5%, tăng 4 điểm % so với cùng kỳ."


def write(url: str, writer: int, articles: int) -> float:
    """Store so many new articles; the seconds that it took."""
    items = list(_articles(writer, articles))
    archive = open_archive(url)
    archive.store_articles(items[:1], NOW)  # connected, compiled
    began = time.perf_counter()
    for start in range(1, len(items), BATCH):
        archive.store_articles(items[start : start + BATCH], NOW)
    took = time.perf_counter() - began
    archive.close()
    return took


def _articles(writer: int, count: int) -> Iterator[NewArticle]:
    annotation = annotate(SENTENCE * 4, title="Dịch vụ công trực tuyến")
    chance = random.Random(writer)
    for number in range(count):
        words = " ".join(f"tiếng{word}" for word in chance.choices(range(5_000), k=260))
        article = Article(
            url=f"https://bao-{writer}.example/{number}", title=f"Tin {number}", text=f"{SENTENCE} {words}",
            published=NOW, source_id=f"bao-{writer}", fetched_at=NOW,
        )  # fmt: skip
        yield NewArticle(article=article, annotation=annotation)


@contextmanager
def databases() -> Iterator[dict[str, Callable[[], AbstractContextManager[str]]]]:
    """By name, what makes an empty archive's address that lasts as long as a context."""

    @contextmanager
    def a_file() -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/archive.db"

    server = make_server(fsync=True)
    try:
        server.start()
        server.wait()
        yield {"SQLite": a_file, "PostgreSQL": lambda: a_database(server, f"bench-{time.monotonic_ns()}")}
    finally:
        server.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=3_000, help="in all, shared by the writers")
    asked = parser.parse_args(arguments)
    with ExitStack() as stack:
        made = stack.enter_context(databases())
        pool = stack.enter_context(ProcessPoolExecutor(4, mp_context=get_context("spawn")))
        for name, make in made.items():
            for writers in (1, 2, 4):
                with make() as url:
                    open_archive(url).close()
                    each = asked.articles // writers
                    took = max(pool.map(write, [url] * writers, range(writers), [each] * writers))
                print(f"{name:<11} {writers} writers  {each * writers / took:7.0f} articles/s")


if __name__ == "__main__":
    main()
