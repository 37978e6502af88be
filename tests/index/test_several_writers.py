"""Several processes write to one archive: statuses, duplicates, clusters and revisions come out as if all were one."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from typing import NamedTuple

import psycopg
import pytest

from crawlers.records import FeedEntry
from index import postgres as postgres_rules
from index.archive import Archive, open_archive
from index.errors import ArchiveError
from index.records import NewArticle, PartKey, SourceState
from tests.databases import unique_name
from tests.index.makers import NOON, an_annotation, an_article
from tests.postgres_server import PostgresServer, a_database

WRITERS = 4
LATER = NOON + timedelta(hours=1)


def a_text(number: int, writer: int = 0) -> str:
    """A text that resembles no other number's; each writer's differs by a few words."""
    words = random.Random(number).choices(range(2_000), k=80)
    return " ".join(f"tiếng{word}" for word in words) + f" theo báo {writer}"


@pytest.fixture(scope="module")
def writers() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        yield pool


def store_all(url: str, writer: int, run_id: int) -> Counter[str]:
    """Store the same forty articles as everybody, in an order of one's own, each in a transaction of its own."""
    archive = open_archive(url)
    numbers = list(range(40))
    random.Random(writer).shuffle(numbers)
    counts: Counter[str] = Counter()
    for number in numbers:
        item = NewArticle(article=an_article(f"{number}", text=a_text(number)), annotation=an_annotation("security"))
        part = PartKey(run_id=run_id, name=f"{writer}")
        counts.update(one.status for one in archive.store_articles([item], NOON, since=NOON, part=part))
    archive.runs.finish_part(PartKey(run_id=run_id, name=f"{writer}"), LATER)
    archive.close()
    return counts


def test_an_article_that_all_bring_is_new_once(
    archive_url: str, archive: Archive, writers: ProcessPoolExecutor
) -> None:
    run_id = archive.runs.start(NOON, parts=[f"{writer}" for writer in range(WRITERS)])

    told = list(writers.map(store_all, [archive_url] * WRITERS, range(WRITERS), [run_id] * WRITERS))

    counts = archive.counts()
    assert sum(told, Counter()) == {"new": 40, "duplicate": 40 * (WRITERS - 1)}
    assert (counts.articles, counts.versions, counts.annotations, counts.outbox) == (40, 40, 40, 40)
    assert {document.revision for document in archive.all_documents()} == {1}
    (run,) = archive.runs.latest()
    assert (run.counts, run.finished_at) == ({"new": 40, "duplicate": 120}, LATER)


def reprint_all(url: str, writer: int) -> None:
    archive = open_archive(url)
    for number in range(10):
        article = an_article(f"{writer}/{number}", text=a_text(number, writer), source_id=f"bao-{writer}")
        archive.store_articles([NewArticle(article=article, annotation=an_annotation())], NOON)
    archive.close()


def test_reprints_that_different_processes_bring_share_a_cluster(
    archive_url: str, archive: Archive, writers: ProcessPoolExecutor
) -> None:
    list(writers.map(reprint_all, [archive_url] * WRITERS, range(WRITERS)))

    clusters = archive.clusters()
    assert len(clusters) == 10 * WRITERS
    assert set(Counter(clusters.values()).values()) == {WRITERS}


def change_all(url: str, writer: int) -> None:
    archive = open_archive(url)
    for number in range(10):
        text = f"Bản {number} của người {writer}."
        archive.store_articles([NewArticle(article=an_article(text=text), annotation=an_annotation())], LATER)
    archive.close()


def test_changes_by_several_are_versions_one_after_another(
    archive_url: str, archive: Archive, writers: ProcessPoolExecutor
) -> None:
    list(writers.map(change_all, [archive_url] * WRITERS, range(WRITERS)))

    (document,) = archive.all_documents()
    texts = [version.text for version in archive.versions(document.id)]
    assert len(set(texts)) == len(texts) == 10 * WRITERS == document.revision
    assert len(archive.take_outbox()) == 1


def settle_all(url: str) -> list[str]:
    archive = open_archive(url)
    settled = []
    while entries := archive.take_outbox(5):
        settled += [entry.article_id for entry in entries]
        archive.settle_outbox(entries)
    archive.close()
    return settled


def test_an_outbox_that_several_empty_loses_nothing(
    archive_url: str, archive: Archive, writers: ProcessPoolExecutor
) -> None:
    stored = archive.store_articles(
        [NewArticle(article=an_article(f"{n}", text=a_text(n)), annotation=an_annotation()) for n in range(60)], NOON
    )

    settled = list(writers.map(settle_all, [archive_url] * WRITERS))

    assert {key for some in settled for key in some} == {one.id for one in stored}
    assert archive.take_outbox() == ()


def list_all(url: str, writer: int) -> int:
    archive = open_archive(url)
    state = SourceState(source_id=f"bao-{writer}")
    entries = [FeedEntry(url=f"https://bao.example/{number}") for number in range(50)]
    new = archive.links.store_listing(state, entries, NOON)
    archive.close()
    return new


def test_a_link_that_several_list_at_once_is_new_once(
    archive_url: str, archive: Archive, writers: ProcessPoolExecutor
) -> None:
    new = list(writers.map(list_all, [archive_url] * WRITERS, range(WRITERS)))

    assert sorted(new) == [0] * (WRITERS - 1) + [50]
    assert len(archive.links.pending(NOON)) == 50


def test_a_part_that_is_finished_twice_is_counted_once_and_a_run_ends_with_its_last_part(archive: Archive) -> None:
    run_id = archive.runs.start(NOON, kind="annotate", parts=["a", "b"])
    first, second = PartKey(run_id=run_id, name="a"), PartKey(run_id=run_id, name="b")

    archive.runs.count_in_part(first, {"read": 3})
    archive.runs.finish_part(first, LATER)
    archive.runs.finish_part(first, LATER)
    assert archive.runs.latest()[0].finished_at is None
    archive.runs.count_in_part(second, {"read": 2, "changed": 1})
    archive.runs.finish_part(second, LATER)

    (run,) = archive.runs.latest(kind="annotate")
    assert (run.counts, run.finished_at) == ({"read": 5, "changed": 1}, LATER)
    assert [part.is_done for part in archive.runs.parts(run_id)] == [True, True]
    assert archive.runs.latest(kind="crawl") == ()


# --- PostgreSQL alone


class Held(NamedTuple):
    """An archive, the same for one who waits a twentieth of a second only, and the session that keeps both waiting."""

    archive: Archive
    hurried: Archive
    other: psycopg.Connection


@pytest.fixture
def held(postgres: PostgresServer) -> Iterator[Held]:
    """An archive for which another session holds the writers' lock."""
    with a_database(postgres, unique_name("held")) as url:
        archive = open_archive(url)
        hurried = open_archive(f"{url}?options=-c%20lock_timeout%3D50ms")
        with psycopg.connect(url) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [postgres_rules.WRITER])
            yield Held(archive=archive, hurried=hurried, other=other)
        hurried.close()
        archive.close()


def test_readers_go_on_while_another_writes(held: Held) -> None:
    assert held.archive.counts().articles == 0


def test_a_writer_waits_for_the_one_before_it(held: Held) -> None:
    waiting = threading.Thread(target=held.archive.runs.start, args=[NOON])
    waiting.start()
    _wait_for_a_waiter(held.other)
    assert held.archive.runs.latest() == ()

    held.other.commit()
    waiting.join()

    assert len(held.archive.runs.latest()) == 1


def test_a_writer_that_waits_too_long_is_told_so(held: Held) -> None:
    with pytest.raises(ArchiveError, match="ghi quá lâu"):
        held.hurried.runs.start(NOON)

    assert held.archive.runs.latest() == ()


def _wait_for_a_waiter(other: psycopg.Connection) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    ends = time.monotonic() + 30
    while other.execute(waiting).fetchone() != (1,):
        assert time.monotonic() < ends, "nobody waits for the lock"
