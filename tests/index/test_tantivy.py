"""What is peculiar to the embedded engine: its lock, its files, its version."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from index.errors import EngineError, LockedError
from index.query import parse_query
from index.tantivy import TantivyIndex
from tests.index.makers import a_document

HOLD = """
import sys
from pathlib import Path
from index.tantivy import TantivyIndex
from tests.index.makers import a_document
index = TantivyIndex(Path(sys.argv[1]))
index.add([a_document("theirs")])
index.commit()
print("holding", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_told_to_wait_and_may_still_read(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        index = TantivyIndex(tmp_path)

        with pytest.raises(LockedError, match="Chờ"):
            index.add([a_document("ours")])

        assert index.count() == 1
        holder.kill()

    index.add([a_document("ours")])
    index.commit()
    assert index.count() == 2
    index.close()


def test_two_writers_in_one_process_exclude_each_other_until_one_closes(tmp_path: Path) -> None:
    first, second = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    first.add([a_document("a")])

    with pytest.raises(LockedError):
        second.add([a_document("b")])

    first.close()
    second.add([a_document("b")])
    second.commit()
    assert [found.id for found in second.search(parse_query("")).found] == ["b"]
    second.close()


def test_an_index_of_another_version_is_recognised(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).close()
    (tmp_path / "version.json").write_bytes(orjson.dumps({"schema": 0, "tokens": 0}))

    with pytest.raises(EngineError, match="monitor reindex"):
        TantivyIndex(tmp_path)


@pytest.mark.parametrize("damage", ["no version", "cut meta", "no segments", "a file in its place"])
def test_a_damaged_index_says_how_to_make_it_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "index"
    index = TantivyIndex(path)
    index.add([a_document()])
    index.commit()
    index.close()
    _damage(path, damage)

    with pytest.raises(EngineError, match="monitor reindex"):
        TantivyIndex(path)


def _damage(path: Path, damage: str) -> None:
    match damage:
        case "no version":
            (path / "version.json").unlink()
        case "cut meta":
            meta = path / "articles" / "meta.json"
            meta.write_bytes(meta.read_bytes()[:20])
        case "no segments":
            for file in (path / "articles").glob("*.idx"):
                file.unlink()
        case _:
            shutil.rmtree(path)
            path.write_text("x")


def test_an_index_that_loses_its_files_while_open_says_so(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "index")
    shutil.rmtree(tmp_path / "index")

    with pytest.raises(EngineError, match="monitor reindex"):
        index.count()


def test_a_journal_cut_short_by_a_kill_is_forgotten(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.add([a_document("a")])
    index.commit()
    index.close()
    (tmp_path / "journal.jsonl").write_bytes(b'{"add":{"id":"b"')

    again = TantivyIndex(tmp_path)
    assert again.count() == 1
    again.add([a_document("c")])
    again.commit()
    assert again.count() == 2
    again.close()
