"""New articles are held against the subscriptions once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from index.alert_archive import AlertArchive
from index.alert_records import Condition
from index.base import FigureEntry, Query
from index.errors import AwayError
from index.records import NewArticle, SavedTopic
from models.records import Period
from models.topics.own_topics import OwnTopic
from monitor.alerts.matching import Matched, Matching
from monitor.assembly import Desk
from monitor.indexing import catch_up
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON, a_metric, an_annotation, an_article
from tests.monitor.alerts.makers import a_desk

LATER = NOON + timedelta(hours=1)
RATE = "online_services.level4_rate"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        yield desk


def store_figure(desk: Desk, path: str, value: str, *, year: int) -> str:
    """An article that tells a rank of Lào Cai in a year."""
    metric = a_metric(value, unit="rank", indicator="admin_reform.par_index_rank")
    metric = replace(
        metric, out_of=Decimal(63), period=Period(start=date(year, 1, 1), end=date(year, 12, 31)),
        sentence=f"PAR Index {year} xếp thứ {value}/63.", name="PAR Index",
    )  # fmt: skip
    item = NewArticle(
        article=an_article(path, title=f"PAR Index {year}", published=NOON.replace(year=year)),
        annotation=an_annotation(metrics=(metric,)),
    )
    (stored,) = desk.archive.store_articles([item], NOON)
    return stored.id


def found(desk: Desk, key: str = "s1") -> list[str]:
    return sorted(match.article_id for match in desk.archive.alerts.matches(key))


def test_an_article_matches_whoever_asked_for_it(desk: Desk) -> None:
    alerts = desk.archive.alerts
    alerts.add(a_subscription("words", query='"chuyển đổi số"'))
    alerts.add(a_subscription("source", query="", sources=("bao-b",)))
    alerts.add(a_subscription("other", query="bóng đá"))
    (a,), (b,) = store(desk.archive, "a"), store(desk.archive, "b", title="Tin khác", source_id="bao-b")

    assert Matching().run(desk, LATER) == Matched(articles=2, found=2)

    assert (found(desk, "words"), found(desk, "source"), found(desk, "other")) == ([a], [b], [])
    (match,) = alerts.matches("words")
    assert (match.tier, match.found_at, match.digest_id) == ("exact", LATER, None)
    assert alerts.unmatched(10) == ()


def test_what_waits_is_struck_off_where_nobody_asks(desk: Desk) -> None:
    store(desk.archive, "a", "b")

    assert Matching().run(desk, NOON) == Matched(articles=2)
    assert desk.archive.alerts.unmatched(10) == ()


def test_an_archive_of_before_and_articles_that_change_fire_nothing(desk: Desk) -> None:
    matching = Matching()
    (old,) = store(desk.archive, "old")
    desk.archive.alerts.add(a_subscription())
    matching.run(desk, NOON)
    store(desk.archive, "old", title="Tin về chuyển đổi số, đã sửa")
    desk.archive.correct(old, {"security": True}, who="lan", now=NOON)
    annotated = [(kept, an_annotation("security", model_version="2")) for kept in desk.archive.all_articles()]
    desk.archive.annotate(annotated, NOON)

    assert matching.run(desk, NOON) == Matched()
    assert found(desk) == []


def test_a_late_article_is_told_once_by_when_it_was_fetched(desk: Desk) -> None:
    matching = Matching()
    desk.archive.alerts.add(a_subscription())
    (late,) = store(desk.archive, "late", published=NOON - timedelta(days=7))

    assert [matching.run(desk, NOON).found for _ in range(2)] == [1, 0]
    assert found(desk) == [late]


def test_a_subscription_that_changes_or_comes_later_is_seen_by_the_next_round(desk: Desk) -> None:
    matching = Matching()
    desk.archive.alerts.add(a_subscription(query="bóng đá"))
    store(desk.archive, "a")
    matching.run(desk, NOON)

    desk.archive.alerts.change(a_subscription(query="chuyển đổi số"))
    desk.archive.alerts.add(a_subscription("s2"))
    (b,) = store(desk.archive, "b")
    matching.run(desk, NOON)

    assert (found(desk, "s1"), found(desk, "s2")) == ([b], [b])


def test_who_asks_while_a_round_goes_on_hears_of_what_comes_after_that(desk: Desk) -> None:
    alerts = desk.archive.alerts
    alerts.add(a_subscription("before"))
    (a,) = store(desk.archive, "a")

    class Interrupted(AlertArchive):
        """Somebody subscribes, and one more article comes, when the first ones have been matched."""

        came: tuple[str, ...] = ()

        def settle_matching(self, *given: Any) -> None:
            super().settle_matching(*given)
            if not self.came:
                alerts.add(a_subscription("meanwhile"))
                self.came = tuple(store(desk.archive, "b"))

    desk.archive.alerts = interrupted = Interrupted(alerts._engine)
    Matching().run(desk, NOON)

    (b,) = interrupted.came
    assert (found(desk, "before"), found(desk, "meanwhile")) == (sorted([a, b]), [b])


def test_a_condition_keeps_the_figures_that_met_it(desk: Desk) -> None:
    below = Condition(test="below", indicator=RATE, bound=Decimal(40))
    desk.archive.alerts.add(a_subscription(query="", condition=below))
    metrics = (a_metric("90"), a_metric("30", start=9))
    items = [
        NewArticle(article=an_article("low"), annotation=an_annotation(metrics=metrics)),
        NewArticle(article=an_article("high", text="Khác."), annotation=an_annotation(metrics=metrics[:1])),
    ]
    low, _ = (stored.id for stored in desk.archive.store_articles(items, NOON))

    Matching().run(desk, NOON)

    assert [(match.article_id, match.figures) for match in desk.archive.alerts.matches("s1")] == [(low, (1,))]


def test_a_figure_is_held_against_those_of_before_and_waits_while_the_index_is_away(tmp_path: Path) -> None:
    dropped = Condition(test="rank_drop", indicator="admin_reform.par_index_rank")
    with a_desk(tmp_path) as desk:
        store_figure(desk, "before", "10", year=2023)
        catch_up(desk)
        Matching().run(desk, NOON)
        desk.archive.alerts.add(a_subscription(query="", condition=dropped))
        desk.archive.alerts.add(a_subscription("s2", query="PAR Index"))
        drop, (other,) = store_figure(desk, "drop", "20", year=2024), store(desk.archive, "other")
        away = Desk(config=desk.config, archive=desk.archive, index=_Away())  # type: ignore[arg-type]

        assert Matching().run(away, NOON) == Matched(articles=1, left=1)
        assert [one.article_id for one in desk.archive.alerts.unmatched(10)] == [drop]

        assert Matching().run(desk, NOON) == Matched(articles=1, found=2)
        assert (found(desk, "s1"), found(desk, "s2")) == ([drop], [drop])
        assert other not in found(desk)


class _Away:
    """An index on a cluster that does not answer."""

    def figures(self, query: Query) -> tuple[FigureEntry, ...]:
        raise AwayError("máy tìm kiếm không trả lời")


@pytest.mark.parametrize("is_taken_up_again", [False, True])
def test_a_subscription_that_can_not_be_read_any_more_is_paused_and_stops_nobody_else(
    desk: Desk, is_taken_up_again: bool
) -> None:
    topic = OwnTopic(slug="cang-bien", name="Cảng biển", words=("cảng",), weights=(), bias=0.0)
    desk.archive.save_topic(SavedTopic(topic=topic), NOON)
    desk.archive.alerts.add(a_subscription("s1", topics=("cang-bien",)))
    desk.archive.alerts.add(a_subscription("s2"))
    desk.archive.remove_topic("cang-bien")
    store(desk.archive, "a")
    matching = Matching()

    assert matching.run(desk, NOON).found == 1
    if is_taken_up_again:
        desk.archive.alerts.set_state("s1", "active", NOON)
        store(desk.archive, "b")
        assert matching.run(desk, NOON).found == 1

    broken = desk.archive.alerts.subscription("s1")
    assert broken is not None
    assert broken.state == "paused"
    assert broken.reason == "câu tìm không còn đọc được: không có chủ đề nào tên là “cang-bien”"
