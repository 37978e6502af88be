"""The outbox on its way into the index, and what is wrong with a single article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from index.querying.query import parse_query
from index.readable import UNREADABLE
from index.records import NewArticle
from models.annotation import model_version
from monitor.alerts.matching import Matching
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.indexing import CaughtUp, catch_up
from monitor.rebuilding import annotate_again, rebuild
from tests.index.alert_makers import a_subscription
from tests.index.makers import NOON, a_metric, an_annotation, an_article

NO_NUMBER = '[{"value": "ba mươi", "value_max": null, "out_of": null}]'
NO_LIST = "5"
NO_JSON = "{hỏng"
"""PostgreSQL takes nothing of the kind."""


@pytest.fixture
def config(archive_url: str, tmp_path: Path) -> Config:
    return Config(data=tmp_path / "store", database_url=SecretStr(archive_url))


@pytest.fixture
def desk(config: Config) -> Iterator[Desk]:
    with open_desk(config) as desk:
        yield desk


@pytest.fixture(params=[NO_NUMBER, NO_LIST])
def broken(request: pytest.FixtureRequest, desk: Desk) -> str:
    """The id of one of five articles: what is stored of its figures makes no sense."""
    is_sqlite = desk.archive.server().name == "SQLite"
    items = [
        NewArticle(
            article=an_article(f"{number}", title="Tin về chuyển đổi số", text=f"Bài {number}."),
            annotation=an_annotation(metrics=(a_metric(),)),
        )
        for number in range(5)
    ]
    stored = desk.archive.store_articles(items, NOON)
    damage(desk, stored[2].id, NO_JSON if is_sqlite and request.param == NO_LIST else request.param)
    return stored[2].id


def damage(desk: Desk, key: str, metrics: str) -> None:
    with desk.archive._engine.begin() as connection:
        statement = text("UPDATE annotations SET metrics = :metrics WHERE article_id = :key")
        connection.execute(statement, {"metrics": metrics, "key": key})


def test_an_article_that_makes_no_sense_waits_with_the_reason_while_the_others_are_indexed(
    desk: Desk, broken: str
) -> None:
    assert catch_up(desk) == CaughtUp(indexed=4, refused=1)

    (left,) = desk.archive.take_outbox(only_refused=True)
    assert left.article_id == broken
    assert (left.refused or "").startswith("không đọc được bài trong kho lưu trữ: ")
    assert desk.index.search(parse_query("")).total == 4

    damage(desk, broken, "[]")
    assert catch_up(desk) == CaughtUp(indexed=1)
    assert desk.archive.take_outbox() == ()


def test_whoever_asked_hears_of_the_others_meanwhile(desk: Desk, broken: str) -> None:
    desk.archive.alerts.add(a_subscription())
    with desk.archive._engine.begin() as connection:
        connection.execute(text("UPDATE subscriptions SET hears_after = 0"))
    catch_up(desk)

    matched = Matching().run(desk, NOON)

    assert (matched.articles, matched.found, matched.left) == (4, 4, 1)
    assert broken not in {match.article_id for match in desk.archive.alerts.matches("s1")}


def test_a_rebuilding_leaves_it_out_and_says_so(config: Config, desk: Desk, broken: str) -> None:
    desk.archive.settle_outbox(desk.archive.take_outbox())

    done = rebuild(config)

    assert (done.indexed, done.refused) == (4, 1)
    (left,) = desk.archive.take_outbox()
    assert (left.article_id, (left.refused or "")[:19]) == (broken, "không đọc được bài ")


def test_without_being_asked_for_what_is_wrong_all_documents_hide_nothing(desk: Desk, broken: str) -> None:
    wrong: dict[str, Exception] = {}

    assert len(list(desk.archive.all_documents(batch=2, unreadable=wrong))) == 4
    assert wrong.keys() == {broken}
    with pytest.raises(UNREADABLE):
        list(desk.archive.all_documents())


def test_reading_all_again_puts_a_new_annotation_in_the_place_of_one_that_makes_no_sense(
    config: Config, desk: Desk, broken: str
) -> None:
    read = annotate_again(config, processes=1, places={})

    assert read.read == 5
    assert len(list(desk.archive.all_documents())) == 5, "each can be read"
    assert desk.archive.annotations([broken])[broken].model_version == model_version()
