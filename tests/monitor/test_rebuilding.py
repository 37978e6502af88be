"""The index is made anew beside the old one, and no moment of that loses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import text

from crawlers.records import Article
from index.errors import LockedError
from index.querying.query import parse_query
from index.tantivy import TantivyIndex
from models.annotation import model_version
from models.terms import terms_in
from monitor.assembly import Desk, open_desk
from monitor.cli import run
from monitor.config import Config
from monitor.keeper import Keeper
from monitor.rebuilding import annotate_again, rebuild
from monitor.swapping import NEW, OLD
from tests.fakes import NOON
from tests.index.makers import an_annotation

TEXT = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 88,3%, tăng 7,7 điểm % so với năm 2024."


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = Config(data=tmp_path)
    with open_desk(config) as desk:
        keeper = Keeper(desk, now=NOON)
        for number in range(3):
            url = f"https://a.vn/tin-{number}.html"
            keeper.add(Article(url=url, title=f"Tin {number}", text=TEXT, source_id=f"s{number}", fetched_at=NOON))
        keeper.flush()
        keeper.index()
    return config


@pytest.fixture
def desk(config: Config) -> Iterator[Desk]:
    with open_desk(config) as desk:
        yield desk


def count(config: Config) -> int:
    with open_desk(config) as desk:
        return desk.index.search(parse_query("hồ sơ")).total


def test_a_thrown_away_index_is_made_anew_from_the_archive(config: Config) -> None:
    for file in (config.index_folder / "articles").iterdir():
        file.unlink()

    assert rebuild(config).indexed == 3
    assert count(config) == 3


def test_the_doctor_advises_once_to_make_an_index_of_another_version_anew(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    (config.index_folder / "version.json").write_text('{"schema": 0}')

    assert run(["--data", str(config.data), "doctor"]) == 1

    (said,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗ Chỉ mục")]
    assert said.count("reindex") == 1


def test_an_index_that_another_process_writes_to_is_left_alone(config: Config, desk: Desk) -> None:
    desk.index.add(desk.archive.all_documents())

    with pytest.raises(LockedError):
        rebuild(config)

    desk.index.commit()
    assert desk.index.count() == 3


def test_of_two_rebuildings_at_once_the_second_is_told_to_wait_and_spoils_nothing(config: Config) -> None:
    half_made = config.data / NEW
    half_made.mkdir()

    with FileLock(config.data / "reindex.lock"), pytest.raises(LockedError, match="đang chạy"):
        rebuild(config)

    assert half_made.exists()
    assert rebuild(config).indexed == 3
    assert not half_made.exists()


@pytest.mark.parametrize("left_over", [NEW, OLD])
def test_a_kill_between_the_two_renames_is_put_right_by_the_next_start(config: Config, left_over: str) -> None:
    config.index_folder.rename(config.data / left_over)

    assert count(config) == 3


def test_the_writer_is_free_again_after_each_round(config: Config, desk: Desk) -> None:
    keeper = Keeper(desk, now=NOON)
    keeper.add(Article(url="https://a.vn/x", title="Tin mới", text=TEXT + " Thêm.", source_id="x", fetched_at=NOON))
    keeper.flush()
    keeper.index()

    with closing(TantivyIndex(config.index_folder)) as other:
        other.add(())  # takes the writer, or raises LockedError


def test_reading_again_with_the_same_models_changes_nothing(config: Config) -> None:
    reread = annotate_again(config, processes=1, places={}, all_again=True)

    assert (reread.read, reread.changed) == (3, 0)


def test_what_these_models_have_read_is_left_out(config: Config, desk: Desk) -> None:
    (kept, *_) = desk.archive.all_articles()
    desk.archive.annotate([(kept, an_annotation(model_version="another"))], NOON)

    first = annotate_again(config, places={})
    second = annotate_again(config, places={})

    assert ((first.read, first.changed), second.read) == ((1, 1), 0)
    assert desk.archive.count_unread(model_version()) == 0


def test_what_is_kept_has_its_terms_with_it(desk: Desk) -> None:
    keeper = Keeper(desk, now=NOON)
    lead, body = "Cảnh báo lừa đảo.", "Sữa giả tràn lan. Sữa giả ở Huế."
    keeper.add(Article(url="https://a.vn/y", title="Tin mới", lead=lead, text=body, source_id="x", fetched_at=NOON))
    (stored,) = keeper.flush()

    (document,) = desk.archive.documents([stored.id])

    assert document.terms == terms_in("Tin mới", lead, body)
    assert {"lừa đảo", "sữa giả"} <= set(document.terms)


def test_reading_again_keeps_the_terms_of_articles_that_had_none(config: Config, desk: Desk) -> None:
    before = [document.terms for document in desk.archive.all_documents()]
    forget_terms(desk)

    annotate_again(config, processes=2, places={}, all_again=True)

    assert [document.terms for document in desk.archive.all_documents()] == before != [None] * 3


def test_reindexing_works_without_terms_and_with_annotate_keeps_them_where_these_models_have_read_all(
    config: Config, desk: Desk
) -> None:
    before = [document.terms for document in desk.archive.all_documents()]
    forget_terms(desk)
    desk.index.release()

    assert run(["--data", str(config.data), "reindex"]) == 0
    with open_desk(config) as again:
        assert again.index.search(parse_query('term:"hồ sơ"')).total == 3
    assert [document.terms for document in desk.archive.all_documents()] == [None] * 3, "it only reads the archive"

    assert run(["--data", str(config.data), "reindex", "--annotate"]) == 0
    assert [document.terms for document in desk.archive.all_documents()] == before


def forget_terms(desk: Desk) -> None:
    """As an older program left it."""
    with desk.archive._engine.begin() as connection:
        connection.execute(text("UPDATE article_versions SET terms = NULL, terms_version = NULL"))


def test_several_processes_say_what_one_says(config: Config, desk: Desk) -> None:
    before = list(desk.archive.all_documents())

    reread = annotate_again(config, processes=2, places={}, all_again=True)

    assert (reread.read, reread.changed) == (3, 0)
    assert [document.metrics for document in desk.archive.all_documents()] == [one.metrics for one in before]
