"""Answers that are kept: given again as long as nothing changed, and never longer."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.tantivy import TantivyIndex
from monitor.kept import Kept
from tests.index.makers import a_document


@pytest.fixture
def index(tmp_path: Path) -> TantivyIndex:
    return TantivyIndex(tmp_path)


def commit_one(index: TantivyIndex, name: str) -> None:
    index.add([a_document(name)])
    index.commit()
    index.release()


def test_an_answer_is_worked_out_once_and_again_after_a_commit(index: TantivyIndex) -> None:
    kept = Kept(index)

    before = [kept.ask("how many", index.count) for _ in range(2)]
    worked = kept.ask("how many", lambda: pytest.fail("worked out again"))
    commit_one(index, "a")

    assert (*before, worked, kept.ask("how many", index.count)) == (0, 0, 0, 1)


def test_an_answer_that_is_none_is_kept_too_and_each_question_has_its_own(index: TantivyIndex) -> None:
    kept = Kept(index)

    kept.ask("nothing", lambda: None)

    assert kept.ask("nothing", lambda: 1) is None
    assert kept.ask("something", lambda: 2) == 2


def test_no_more_answers_are_kept_than_said_those_asked_for_last(index: TantivyIndex) -> None:
    kept = Kept(index, most=2)
    for question in ("a", "b", "a", "c"):
        kept.ask(question, lambda: "first")

    assert [kept.ask(question, lambda: "again") for question in ("c", "a", "b")] == ["first", "first", "again"]


def test_what_fails_is_not_kept(index: TantivyIndex) -> None:
    kept = Kept(index)
    with pytest.raises(ZeroDivisionError):
        kept.ask("x", lambda: 1 // 0)

    assert kept.ask("x", lambda: 1) == 1


def test_a_commit_in_the_middle_of_the_work_makes_the_next_one_work_again(index: TantivyIndex) -> None:
    kept = Kept(index)

    def count_and_commit() -> int:
        found = index.count()
        commit_one(index, "meanwhile")
        return found

    assert kept.ask("x", count_and_commit) == 0
    assert kept.ask("x", index.count) == 1


def test_those_who_ask_the_same_at_once_share_one_piece_of_work(index: TantivyIndex) -> None:
    kept, worked, asked = Kept(index), [], threading.Barrier(4, timeout=10)

    def ask() -> int:
        asked.wait()
        return kept.ask("x", work)

    def work() -> int:
        worked.append(1)
        return 7

    with ThreadPoolExecutor(4) as pool:
        answers = [one.result() for one in [pool.submit(ask) for _ in range(4)]]

    assert (answers, len(worked)) == ([7] * 4, 1)
