"""What is peculiar to the embedded engine: its lock, its files, its version."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from index.errors import EngineError, LockedError
from index.querying.query import parse_query
from index.tantivy import TantivyIndex
from tests.index.makers import a_document, a_metric

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
    root = Path(__file__).parents[3]
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


@pytest.mark.parametrize(
    "damage",
    ["no version", "cut meta", "no segments", "no figures", "empty figures", "no articles", "a file in its place"],
)
def test_a_damaged_index_says_how_to_make_it_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "index"
    index = TantivyIndex(path)
    index.add([a_document(metrics=(a_metric(),))])
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
        case "no figures" | "no articles":
            shutil.rmtree(path / damage.removeprefix("no "))
        case "empty figures":
            shutil.rmtree(path / "figures")
            (path / "figures").mkdir()
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


def test_a_start_that_was_killed_half_way_leaves_an_index_that_opens(tmp_path: Path) -> None:
    TantivyIndex(tmp_path).close()
    shutil.rmtree(tmp_path / "figures")
    TantivyIndex(tmp_path).close()

    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    (tmp_path / "version.json.77").write_bytes(b"{")
    assert TantivyIndex(tmp_path).count() == 0


def test_a_full_disk_says_what_to_do_and_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.add([a_document("a")])
    index.commit()
    index.close()
    journal = tmp_path / "journal.jsonl"
    journal.unlink()
    journal.symlink_to("/dev/full")

    with pytest.raises(EngineError, match="chỗ trống trên đĩa"):
        index.add([a_document("b", text="dài " * 50_000)])
    index.close()
    index.add([a_document("b")])
    with pytest.raises(EngineError, match="chỗ trống trên đĩa"):
        index.commit()
    index.close()

    journal.unlink()
    index.add([a_document("c")])
    index.commit()
    assert sorted(found.id for found in index.search(parse_query("")).found) == ["a", "c"]
    index.close()


def test_a_commit_that_another_process_could_not_end_is_ended_before_its_journal_is_written_anew(
    tmp_path: Path,
) -> None:
    opened_before, killed = TantivyIndex(tmp_path), TantivyIndex(tmp_path)
    killed.add([a_document("a", metrics=(a_metric(),))])
    killed._journal.seal()
    killed.close()

    opened_before.add([a_document("b")])
    opened_before.commit()

    assert sorted(found.id for found in opened_before.search(parse_query("")).found) == ["a", "b"]
    assert [entry.article_id for entry in opened_before.figures(parse_query(""))] == ["a"]
    opened_before.close()


def test_closing_an_index_whose_files_are_gone_is_quiet(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "index")
    index.add([a_document()])
    (tmp_path / "index").rename(tmp_path / "elsewhere")

    index.close()


def test_an_article_put_twice_into_an_empty_index_is_there_once_before_and_after_a_commit(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path)
    index.add([a_document("a", metrics=(a_metric("1"), a_metric("2", start=9))), a_document("b")])
    index.add([a_document("a", title="Mới", metrics=(a_metric("3"),))])
    index.delete(["b"])
    index.add([a_document("b")])
    index.commit()
    index.add([a_document("a", title="Mới hơn", metrics=(a_metric("4"),))])
    index.commit()

    assert index.count() == 2
    assert [str(entry.metric.value) for entry in index.figures(parse_query(""))] == ["4"]
    index.close()
