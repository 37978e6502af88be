"""What a digest tells: each story once, in order, and what is different from the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from index.standing.alert_records import Schedule
from models.records import Period
from monitor.digests.compose import MOST_STORIES, compose
from monitor.digests.texts import plain
from monitor.digests.views import DigestView
from tests.monitor.digests.makers import (
    DAY,
    NOW,
    PORTAL,
    SOURCES,
    a_daily,
    a_digest,
    a_material,
    a_story,
    a_view,
    heard,
)
from tests.monitor.makers import a_claim


def told_by(view: DigestView) -> list[str]:
    return [story.article_id for story in view.stories]


def test_a_story_is_told_once_led_by_the_public_body_however_late_it_was() -> None:
    early, official, late = (
        a_story("a", about="x", source="bao_a", hours=9),
        a_story("c", about="x", source="cong", hours=2),
        a_story("b", about="x", source="bao_b", hours=5),
    )

    (story,) = a_view(early, official, late).stories

    assert story.article_id == "c"
    assert [copy.source for copy in story.copies] == ["Báo A", "Báo B"]
    assert story.publishers == 3


def test_among_the_press_the_earliest_leads_and_the_undated_never_does() -> None:
    undated, late, early = (
        a_story("a", about="x", published=None),
        a_story("b", about="x", source="bao_b", hours=2),
        a_story("c", about="x", hours=8),
    )

    (story,) = a_view(undated, late, early).stories

    assert story.article_id == "c"
    assert [copy.article_id for copy in story.copies] == ["b", "a"]


def test_two_sections_of_one_outlet_are_one_publisher() -> None:
    (story,) = a_view(a_story("a", about="x", source="bao_b"), a_story("b", about="x", source="bao_b_2")).stories

    assert (story.publishers, len(story.copies)) == (1, 1)


def test_an_unknown_source_at_a_state_address_is_public() -> None:
    state = replace(a_story("a", about="x", source="la"), url="https://soyte.laocai.gov.vn/a")

    (story,) = a_view(a_story("b", about="x", hours=9), state).stories

    assert story.article_id == "a"


def test_stories_that_more_tell_come_first_then_public_bodies_then_the_newest() -> None:
    view = a_view(
        a_story("old", hours=20), a_story("new", hours=1), a_story("undated", published=None),
        a_story("portal", source="cong", hours=22), a_story("twice", about="t", hours=23),
        a_story("again", about="t", source="bao_b", hours=22),
    )  # fmt: skip

    assert told_by(view) == ["twice", "portal", "new", "old", "undated"]
    assert (view.articles, view.publishers) == (6, 3)


def test_the_reprint_of_a_story_that_was_told_before_is_a_line_and_no_entry() -> None:
    told, again = a_story("told", about="x", hours=30), a_story("again", about="x", source="bao_b", hours=1)

    view = a_view(again, a_story("other"), told=[a_digest(told, number=8, days=1)], known=[told])

    assert told_by(view) == ["other"]
    (line,) = view.follow_ups
    assert (line.title, line.told_at, line.publishers) == ("Tin told về hồ sơ", NOW - DAY, 1)
    assert [copy.source for copy in line.copies] == ["Báo B"]


def test_a_story_was_told_when_it_was_told_first() -> None:
    first, second, third = (a_story(key, about="x", source="bao_b") for key in ("a", "b", "c"))
    told = [a_digest(second, number=8, days=1), a_digest(first, number=7, days=3)]

    (line,) = a_view(third, told=told, known=[first, second]).follow_ups

    assert line.told_at == NOW - 3 * DAY
    assert line.article_id == "a"


def test_the_sentence_that_matched_is_marked_and_a_met_condition_shows_its_figure_instead() -> None:
    sentence = "Đến nay, tỷ lệ ký số đạt 88%."
    text = f"Hồ sơ trực tuyến tăng. {sentence} Hết."
    at = text.index("88%")
    metric = replace(a_claim("88").metric, quote="88%", start=at, end=at + 3, sentence=sentence)
    document = a_story("a", text=text, title="Hồ sơ Lào Cai", metrics=(metric,))

    by_words = a_view(document).stories[0]
    by_figure = a_view(document, digest=a_digest(document, a=(0,))).stories[0]

    assert plain(by_words.title, opening="[", closing="]") == "[Hồ sơ] Lào Cai"
    assert plain(by_words.sentence, opening="[", closing="]") == "[Hồ sơ] trực tuyến tăng."
    assert plain(by_figure.sentence, opening="[", closing="]") == "Đến nay, tỷ lệ ký số đạt [88%]."
    assert [figure.is_met for figure in by_figure.figures] == [True]


def test_a_sentence_that_only_repeats_the_title_is_left_out() -> None:
    (story,) = a_view(a_story("a", title="Hồ sơ Lào Cai tăng", text="Hồ sơ Lào Cai tăng.")).stories

    assert story.sentence == ()


def test_a_digest_says_how_it_differs_from_the_one_before() -> None:
    spring, summer = (
        Period(start=date(2026, 4, 1), end=date(2026, 6, 30)),
        Period(start=date(2026, 7, 1), end=date(2026, 9, 30)),
    )
    before = a_story("before", hours=30, metrics=(a_claim("90.1", period=spring).metric,))
    news = [
        a_story("new", metrics=(a_claim("92.3", period=summer).metric,), topics=("security",)),
        a_story("other", topics=("security",)),
    ]

    delta = a_view(*news, told=[a_digest(before, number=8, days=1)], known=[before]).delta

    assert delta is not None
    assert (delta.last_at, delta.last_stories) == (NOW - DAY, 1)
    assert [(rising.topic, rising.count, rising.before) for rising in delta.rising] == [("An toàn", 2, 0)]
    (changed,) = delta.changed
    assert changed.before is not None
    assert (str(changed.metric.value), str(changed.before.metric.value)) == ("92.3", "90.1")


def test_the_first_digest_and_an_instant_alert_are_held_against_nothing() -> None:
    before = a_story("before", hours=30)
    instant = a_daily(schedule=Schedule(every="instant"))

    assert a_view(a_story("a")).delta is None
    told = [a_digest(before, number=8, days=1)]
    assert a_view(a_story("a"), told=told, known=[before], subscription=instant).delta is None


def test_a_digest_of_hundreds_tells_the_first_and_counts_the_rest() -> None:
    view = a_view(*(a_story(f"n{number}") for number in range(150)))

    assert len(view.stories) == MOST_STORIES
    assert view.total == 150
    assert view.addresses.search == "https://theodoi.example.vn/?q=h%E1%BB%93+s%C6%A1&sort=newest"


def test_an_article_that_the_archive_does_not_hold_is_passed_over() -> None:
    there, gone = a_story("there"), a_story("gone")

    assert told_by(a_view(there, digest=a_digest(gone, there))) == ["there"]


def test_an_empty_digest_says_that_the_sources_work() -> None:
    listening = a_view().listening

    assert listening is not None
    assert (listening.watched, listening.working, listening.stopped_since) == (4, 4, None)


def test_an_empty_digest_names_the_sources_that_are_silent_and_since_when() -> None:
    states = {
        "cong": heard(SOURCES[0], last_success_at=NOW - 3 * DAY, failures_in_row=1, last_status="timeout"),
        "bao_a": heard(SOURCES[1], newest_article_at=NOW - 30 * DAY),
        "bao_b": heard(SOURCES[2], failures_in_row=2, last_success_at=NOW - timedelta(hours=2)),
    }

    listening = a_view(states=states).listening

    assert listening is not None
    assert [(one.source, one.kind, one.since, one.reason) for one in listening.quiet] == [
        ("Cổng Lào Cai", "failing", NOW - 3 * DAY, "timeout"),
        ("Báo B – Công nghệ", "never", None, None),
        ("Báo A", "stale", NOW - 30 * DAY, None),
    ]


def test_that_nothing_was_collected_at_all_is_told_apart_from_no_news() -> None:
    states = {source.id: heard(source, last_polled_at=NOW - 2 * DAY) for source in SOURCES}

    listening = a_view(states=states).listening

    assert listening is not None
    assert listening.stopped_since == NOW - 2 * DAY


@pytest.mark.parametrize("wish", [{"sources": ("cong",)}, {"places": ("Lào Cai",)}])
def test_beside_news_only_the_silence_of_sources_that_were_asked_for_is_told(wish: dict[str, tuple[str, ...]]) -> None:
    states = {"cong": heard(PORTAL, failures_in_row=5)}

    for_all = a_view(a_story("a"), states=states)
    for_one = a_view(a_story("a"), states=states, subscription=a_daily(**wish))

    assert for_all.listening is None
    assert for_one.listening is not None
    assert [one.source for one in for_one.listening.quiet] == ["Cổng Lào Cai"]


def test_a_chart_is_there_for_a_month_of_news_and_not_for_a_few() -> None:
    told = [a_digest(a_story(f"d{day}"), number=100 - day, days=day) for day in range(1, 25)]

    bars = a_view(a_story("a"), a_story("b"), told=told).tallies

    assert (len(bars), bars[-1].count, bars[0].count) == (30, 2, 0)
    assert (bars[-1].start, bars[0].start) == (date(2026, 11, 28), date(2026, 10, 30))
    assert a_view(a_story("a"), told=told[:3]).tallies == ()
    assert a_view(a_story("a"), told=told, subscription=a_daily(schedule=Schedule(every="hourly"))).tallies == ()


def test_a_weekly_digest_counts_weeks_that_end_today() -> None:
    told = [a_digest(a_story(f"w{week}"), number=100 - week, days=7 * week) for week in range(1, 12)]
    weekly = a_daily(schedule=Schedule(every="weekly"), made_at=NOW - 200 * DAY)

    bars = a_view(a_story("a"), told=told, subscription=weekly).tallies

    assert [bar.count for bar in bars] == [1] * 12
    assert bars[-1].start == date(2026, 11, 22)


def test_the_same_material_gives_the_same_digest() -> None:
    material = a_material(*(a_story(f"n{number}") for number in range(5)))

    assert compose(material, now=NOW) == compose(material, now=NOW)


def test_without_an_address_of_its_own_a_monitor_sends_no_links_to_itself() -> None:
    view = a_view(a_story("a"), base_url=None)

    assert (view.addresses.search, view.addresses.manage, view.addresses.article("a")) == (None, None, None)
