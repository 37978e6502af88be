"""What docs/sizing.md says of snapshots and backups, done on a real Elasticsearch and a real archive."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.archive import open_archive
from index.elastic import ElasticIndex
from index.engines.elastic_client import ElasticSettings
from index.querying.query import parse_query
from index.records import NewArticle
from tests.index.makers import NOON, a_document, a_metric, an_annotation, an_article

ROOT = Path(__file__).parent.parent
TAKE, RESTORE, BACK_UP = re.findall(r"```bash\n(.*?)```", (ROOT / "docs" / "sizing.md").read_text("utf-8"), re.S)


def test_a_snapshot_of_elastic_is_taken_and_restored_as_the_docs_say(elastic: ElasticSettings) -> None:
    prefix = f"{elastic.prefix}-snapshot-{time.time_ns()}"
    with closing(ElasticIndex(replace(elastic, prefix=prefix))) as index:
        index.add([a_document("a", metrics=(a_metric("30"),)), a_document("b")])
        index.commit()

        run(TAKE, elastic, prefix)
        index.add([a_document("later")])
        index.commit()
        run(TAKE.splitlines()[0] + "\n" + RESTORE, elastic, prefix)

        assert sorted(found.id for found in index.search(parse_query("tin")).found) == ["a", "b"]
        assert len(index.figures(parse_query(""))) == 1
        assert index.state().health == "green"
        index.add([a_document("later")])
        assert index.commit() == {}
        assert index.count() == 3


def run(script: str, elastic: ElasticSettings, prefix: str) -> None:
    script = script.replace("monitor-", f"{prefix}-").replace("elastic:", f"{elastic.user}:")
    variables = {
        "ES": elastic.urls[0],
        "ELASTIC_PASSWORD": elastic.password or "",
        "CURL_CA_BUNDLE": str(elastic.ca_file),
    }
    done = subprocess.run(
        ["bash", "-euc", script],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_copy_of_the_archive_is_whole_though_it_is_made_while_the_monitor_works(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(open_archive(f"sqlite:///{tmp_path}/data/archive.db")) as archive:
        items = [NewArticle(article=an_article(name), annotation=an_annotation("security")) for name in "abc"]
        archive.store_articles(items, NOON)
        assert (tmp_path / "data" / "archive.db-wal").stat().st_size > 0, "its newest part is elsewhere"

        command = [sys.executable, *shlex.split(BACK_UP)[1:]]
        subprocess.run(command, cwd=tmp_path, check=True)

    with closing(open_archive(f"sqlite:///{tmp_path}/backup.db")) as copy:
        assert copy.counts().articles == 3
        assert [document.topics for document in copy.all_documents()] == [("security",)] * 3
