"""What was reported as stored or committed survives kill -9; what was not is never half there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.archive import open_archive
from index.base import Index
from index.querying.query import parse_query
from index.tantivy import TantivyIndex
from tests.index.makers import a_document, a_metric

ROOT = Path(__file__).parents[2]

STORE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawlers.records import FeedEntry
from index.archive import open_archive
from index.records import NewArticle, SourceState
from index.tantivy import TantivyIndex
from tests.index.makers import NOON, a_metric, an_annotation, an_article

folder = Path(sys.argv[1])
archive, index = open_archive(sys.argv[2]), TantivyIndex(folder / "index")
for number in range(100_000):
    entries = [FeedEntry(url=f"https://bao.example/{number}-{part}") for part in range(3)]
    archive.links.store_listing(SourceState(source_id="bao-a", last_status=str(number)), entries, NOON)
    item = NewArticle(
        article=an_article(f"{number}-0", title=f"Tin số {number}"),
        annotation=an_annotation(metrics=(a_metric(str(number)), a_metric("1", start=9))),
    )
    (stored,) = archive.store_articles([item], NOON)
    print("stored", number, stored.id, flush=True)
    if number % 5 == 4:
        taken = archive.take_outbox()
        index.add(archive.documents([entry.article_id for entry in taken]))
        index.commit()
        print("committed", number, "-", flush=True)
        archive.settle_outbox(taken)
"""


@pytest.mark.parametrize("reports", [3, 26, 57])
def test_what_was_reported_survives_kill_9_and_nothing_is_half_there(
    tmp_path: Path, archive_url: str, reports: int
) -> None:
    said = _run_until_killed(STORE, tmp_path, archive_url, reports)
    stored = [words[2] for words in said if words[0] == "stored"]
    committed = max((int(words[1]) + 1 for words in said if words[0] == "committed"), default=0)

    archive, index = open_archive(archive_url), TantivyIndex(tmp_path / "index")
    documents = {document.id: document for document in archive.all_documents()}
    found = {one.id for one in index.search(parse_query(""), limit=10_000).found}
    waiting = {entry.article_id for entry in archive.take_outbox(10_000)}
    state = archive.links.source_state("bao-a")
    counts = archive.counts()
    figures = index.figures(parse_query(""))
    archive.close()
    index.close()

    assert set(stored) <= set(documents)
    assert all(len(document.metrics) == 2 for document in documents.values())
    assert set(stored[:committed]) <= found <= set(documents)
    assert set(documents) <= found | waiting, "every article is in the index or waits for it"
    assert sorted(entry.article_id for entry in figures) == sorted([*found, *found]), "no article without its figures"
    assert state is not None
    assert sum(counts.links.values()) == 3 * (int(state.last_status or 0) + 1), "a source's state and links go together"


def _run_until_killed(program: str, folder: Path, archive_url: str, lines: int) -> list[list[str]]:
    command = [sys.executable, "-c", program, str(folder), archive_url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().split() for _ in range(lines)]
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read().splitlines()
    return said + [words for line in rest if len(words := line.split()) == 3]


COMMIT_HALF = """
import os, signal, sys
from pathlib import Path
from index.tantivy import TantivyIndex
from tests.index.makers import a_document, a_metric

index = TantivyIndex(Path(sys.argv[1]))
index.add([a_document("old", metrics=(a_metric("2"),)), a_document("new", metrics=(a_metric("3"), a_metric("4")))])
index.delete(["gone"])
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
setattr(getattr(index, sys.argv[2]), sys.argv[3], die)
index.commit()
"""


@pytest.mark.parametrize(
    ("part", "method", "is_sealed"),
    [
        ("_journal", "seal", False),
        ("_figures", "commit", True),
        ("_articles", "commit", True),
        ("_journal", "empty", True),
    ],
)
def test_a_kill_within_a_commit_leaves_all_of_it_or_none(
    tmp_path: Path, part: str, method: str, is_sealed: bool
) -> None:
    before = TantivyIndex(tmp_path)
    before.add([a_document("old", metrics=(a_metric("1"),)), a_document("gone", metrics=(a_metric("9"),))])
    before.commit()
    before.close()

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", COMMIT_HALF, str(tmp_path), part, method]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL

    after = TantivyIndex(tmp_path)
    committed = {"new": ["3", "4"], "old": ["2"]} if is_sealed else {"gone": ["9"], "old": ["1"]}
    assert _figures_by_article(after) == committed
    assert sorted(found.id for found in after.search(parse_query("")).found) == sorted(committed)

    after.add([a_document("next")])
    after.commit()
    assert after.count() == 3
    after.close()


def _figures_by_article(index: Index) -> dict[str, list[str]]:
    by_article: dict[str, list[str]] = {}
    for entry in index.figures(parse_query("")):
        by_article.setdefault(entry.article_id, []).append(str(entry.metric.value))
    return {key: sorted(values) for key, values in by_article.items()}
