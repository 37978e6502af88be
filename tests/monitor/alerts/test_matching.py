"""New articles are held against the subscriptions once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from index.base import FigureEntry, Query
from index.errors import AwayError
from index.records import NewArticle, SavedTopic
from index.standing.alert_archive import AlertArchive
from index.standing.alert_records import Condition, Test
from models.records import Period
from models.topics.own_topics import OwnTopic
from monitor.alerts.matching import Matched, Matching
from monitor.assembly import Desk
from monitor.indexing import catch_up
from tests.index.alert_makers import a_subscription, store
from tests.index.makers import NOON, a_metric, an_annotation, an_article

LATER = NOON + timedelta(hours=1)
RATE = "online_services.level4_rate"


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

        def settle_matching(self, *given: Any, **named: Any) -> int:
            new = super().settle_matching(*given, **named)
            if not self.came:
                alerts.add(a_subscription("meanwhile"))
                self.came = tuple(store(desk.archive, "b"))
            return new

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


def test_while_the_index_is_away_only_the_alerts_wait_that_need_it(desk: Desk) -> None:
    alerts, matching = desk.archive.alerts, Matching()
    store_figure(desk, "before", "10", year=2023)
    catch_up(desk)
    matching.run(desk, NOON)
    for key in ("dropped", "changed"):
        test: Test = "rank_drop" if key == "dropped" else "change_over"
        condition = Condition(test=test, indicator="admin_reform.par_index_rank", bound=Decimal(3))
        alerts.add(a_subscription(key, query="", condition=condition))
    alerts.add(a_subscription("words", query="PAR Index"))
    drops = sorted(store_figure(desk, f"drop-{number}", f"2{number}", year=2024 + number) for number in (0, 1))
    (other,) = store(desk.archive, "other")
    away = _Away()

    for found_now in (2, 0):
        assert matching.run(replace(desk, index=away), NOON) == Matched(
            articles=1 if found_now else 0, found=found_now, left=2
        )
        assert (found(desk, "words"), found(desk, "dropped"), found(desk, "changed")) == (drops, [], [])
    assert away.asked == 2, "once a round, not for each article and alert"
    assert {one.article_id: one.why for one in alerts.held_up(10)} == dict.fromkeys(
        drops, "chờ máy tìm kiếm: máy tìm kiếm không trả lời"
    )

    cut = alerts.cut(alerts.subscriptions()[-1], NOON, next_due_at=None, message_id=lambda digest, _: f"<{digest}>")
    assert cut is not None
    assert matching.run(desk, LATER) == Matched(articles=2, found=4)
    assert (found(desk, "words"), found(desk, "dropped"), found(desk, "changed")) == (drops, drops, drops)
    assert alerts.untold("words") == (), "what was told while the index was away is not told again"
    assert other not in found(desk)


def test_who_asks_while_an_article_waits_does_not_hear_of_it(desk: Desk) -> None:
    alerts, matching = desk.archive.alerts, Matching()
    dropped = Condition(test="rank_drop", indicator="admin_reform.par_index_rank")
    alerts.add(a_subscription("dropped", query="", condition=dropped))
    old = store_figure(desk, "drop", "20", year=2024)
    matching.run(replace(desk, index=_Away()), NOON)
    alerts.add(a_subscription("later", query="PAR Index"))
    new = store_figure(desk, "new", "21", year=2024)

    catch_up(desk)
    matching.run(desk, LATER)

    assert alerts.unmatched(10) == ()
    assert old not in found(desk, "later")
    assert found(desk, "later") == [new]


class _Away:
    """An index on a cluster that does not answer."""

    def __init__(self) -> None:
        self.asked = 0

    def figures(self, query: Query) -> tuple[FigureEntry, ...]:
        self.asked += 1
        raise AwayError("máy tìm kiếm không trả lời")


# --- what can't be matched holds up nobody else


def break_metrics(desk: Desk, key: str, metrics: str) -> str:
    """Put something else in the place of an article's figures; what was there."""
    with desk.archive._engine.begin() as connection:
        where = {"key": key, "metrics": metrics}
        was = connection.scalar(text("SELECT metrics FROM annotations WHERE article_id = :key"), where)
        connection.execute(text("UPDATE annotations SET metrics = :metrics WHERE article_id = :key"), where)
    return str(was)


def test_an_article_that_can_not_be_read_holds_up_no_other_and_is_tried_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    matching = Matching()
    desk.archive.alerts.add(a_subscription())
    good, broken, last = store(desk.archive, "a", "b", "c")
    was = break_metrics(desk, broken, '[{"value": 1}]')

    assert matching.run(desk, NOON) == Matched(articles=2, found=2, left=1)
    assert matching.run(desk, NOON) == Matched(left=1)

    assert found(desk) == sorted([good, last])
    (waiting,) = desk.archive.alerts.held_up(10)
    assert waiting.article_id == broken
    assert (waiting.why or "").startswith("không đọc được bài: TypeError: Metric")
    assert len([record for record in caplog.records if record.exc_info]) == 1, "not at each round"
    break_metrics(desk, broken, was)
    assert matching.run(desk, LATER) == Matched(articles=1, found=1)
    assert desk.archive.alerts.held_up(10) == ()


def test_a_condition_that_can_not_be_judged_holds_up_no_other_alert(desk: Desk) -> None:
    alerts, matching = desk.archive.alerts, Matching()
    below = Condition(test="below", indicator=RATE, bound=Decimal(90))
    alerts.add(a_subscription("broken", query="", condition=replace(below, bound=Decimal("NaN"))))
    alerts.add(a_subscription("sound", query="", condition=below))
    alerts.add(a_subscription("words"))
    item = NewArticle(
        article=an_article(title="Tin về chuyển đổi số"), annotation=an_annotation(metrics=(a_metric("30"),))
    )
    (stored,) = desk.archive.store_articles([item], NOON)

    assert matching.run(desk, NOON) == Matched(found=2, left=1)
    assert (found(desk, "sound"), found(desk, "words")) == ([stored.id], [stored.id])
    (waiting,) = alerts.held_up(10)
    assert (waiting.why or "").startswith("theo dõi broken: ")

    alerts.change(a_subscription("broken", query="", condition=below))
    assert matching.run(desk, LATER) == Matched(articles=1, found=1)


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
