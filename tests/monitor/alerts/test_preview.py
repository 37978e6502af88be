"""A preview counts what the alert would have told, on the days on which the articles came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.records import Article
from index.standing.alert_records import Subscription
from monitor.alerts.matching import Matching
from monitor.alerts.preview import Preview, count_digests, preview
from monitor.alerts.wishes import Keys, Wish, make_subscription
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.naming import names_for
from monitor.pipeline import Keeper
from tests.fakes import a_source

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
NAMES = names_for([a_source(id="cong_hue", name="Cổng Huế")], topics=lambda: {"security": "An toàn thông tin"})
Came = Callable[..., None]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(Config(data=tmp_path)) as desk:
        yield desk


@pytest.fixture
def came(desk: Desk) -> Came:
    """Let an article come so many days ago."""

    def come(title: str, text: str, *, days_ago: float, published: datetime | None = None) -> None:
        moment = NOW - timedelta(days=days_ago)
        keeper = Keeper(desk, now=moment, places={"cong_hue": "Huế"})
        url = f"https://hue.vn/{abs(hash((title, text)))}.html"
        keeper.add(
            Article(url=url, title=title, text=text, source_id="cong_hue", fetched_at=moment, published=published)
        )
        keeper.flush()
        keeper.index()

    return come


def wished(**fields: Any) -> Subscription:
    wish = Wish(**{"folders": ["."], "owner": "lan", **fields})
    return make_subscription(wish, NAMES, now=NOW, keys=Keys(id="a1", token="t", secret="s"))


def looked(desk: Desk, **fields: Any) -> Preview:
    return preview(desk.archive, desk.index, wished(**fields), NAMES, NOW)


def test_articles_count_on_the_day_they_came_and_not_on_their_own_date(desk: Desk, came: Came) -> None:
    came("Mở đầu", "Bài đầu tiên trong kho.", days_ago=60)
    came("Một cửa số", "Huế mở rộng mô hình một cửa.", days_ago=3, published=datetime(2026, 5, 1, tzinfo=UTC))
    came("Một cửa cũ", "Mô hình một cửa của năm trước.", days_ago=31, published=NOW)
    came("Mưa lớn", "Mưa lớn kéo dài ở miền núi.", days_ago=3)

    found = looked(desk, query="một cửa")

    assert (found.articles, found.digests, found.is_whole) == (1, 1, True)
    assert dict(found.days)[date(2026, 11, 25)] == 1
    assert len(found.days) == 31
    assert [one.document.title for one in found.last] == ["Một cửa số"]


def test_the_sentence_that_matched_is_shown_with_the_words_marked(desk: Desk, came: Came) -> None:
    came("Tin vắn", "Mưa lớn kéo dài. Huế mở rộng mô hình một cửa điện tử.", days_ago=1)

    (why,) = looked(desk, query='"một cửa"').last[0].why

    assert "Huế mở rộng" in why.text
    assert [why.text[start:end] for start, end in why.spans] == ["một cửa"]


def test_a_condition_shows_the_sentence_of_the_figure_that_met_it(desk: Desk, came: Came) -> None:
    sentence = "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 88,3%."
    came("Huế đạt 88,3%", f"{sentence} Mưa lớn kéo dài.", days_ago=1)
    came("Huế đạt 92%", "Năm 2024, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 92%.", days_ago=2)

    below = looked(desk, when="tỷ lệ hồ sơ nộp trực tuyến của Huế dưới 90%")

    assert [one.why[0].text for one in below.last] == [sentence]
    assert [below.last[0].why[0].text[a:b] for a, b in below.last[0].why[0].spans] == ["88,3%"]


def test_a_sentence_of_several_figures_is_shown_once_with_each_marked_where_it_stands(desk: Desk, came: Came) -> None:
    sentence = "Giải ngân đạt 80%, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 80%, của Lào Cai đạt 70%."
    came("Hai tỉnh", sentence, days_ago=1)

    (why,) = looked(desk, when="tỷ lệ hồ sơ nộp trực tuyến dưới 90%").last[0].why

    assert (why.text, why.spans) == (
        sentence,
        tuple((at, at + 3) for at in (sentence.rindex("80%"), sentence.index("70%"))),
    )


def test_a_figure_is_held_against_what_was_known_when_it_came(desk: Desk, came: Came) -> None:
    came("Huế đạt 92%", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 92%.", days_ago=5)
    came("Huế đạt 81%", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 81%.", days_ago=2)

    found = looked(desk, when="tỷ lệ hồ sơ nộp trực tuyến của Huế khác số đã công bố")

    assert [one.document.title for one in found.last] == ["Huế đạt 81%"]


def test_a_young_archive_says_since_when_it_counts(desk: Desk, came: Came) -> None:
    came("Một cửa", "Mô hình một cửa.", days_ago=4)

    found = looked(desk, query="một cửa")

    assert not found.is_whole
    assert found.since == NOW - timedelta(days=4)
    assert len(found.days) == 5


def test_an_empty_archive_is_told_as_such(desk: Desk) -> None:
    found = looked(desk, query="một cửa")

    assert (found.articles, found.digests, found.last) == (0, 0, ())


def test_digests_are_counted_on_the_schedule() -> None:
    hours = [NOW - timedelta(hours=hour, minutes=-10) for hour in (50, 49, 26, 25, 2, 1)]

    counts = {every: count_digests(wished(every=every), hours) for every in ("instant", "hourly", "daily", "weekly")}

    assert counts == {"instant": 6, "hourly": 6, "daily": 3, "weekly": 1}


def test_quiet_hours_put_instant_alerts_together() -> None:
    night = [datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in (16, 18, 20)]  # 23:00, 01:00, 03:00

    assert count_digests(wished(every="instant", quiet="22:00-06:00"), night) == 1


WISHES: list[dict[str, Any]] = [
    {"query": ""},
    {"query": "một cửa"},
    {"query": '"một cửa" OR bão'},
    {"query": "Huế -bão"},
    {"query": "mot cua"},
    {"query": "hồ sơ", "places": ["Huế"]},
    {"topics": ["security"]},
    {"sources": ["cong_hue"], "query": "hồ sơ -2026"},
    {"when": "tỷ lệ hồ sơ nộp trực tuyến của Huế dưới 90%"},
    {"when": "tỷ lệ hồ sơ nộp trực tuyến của Huế khác số đã công bố"},
    {"when": "tỷ lệ hồ sơ nộp trực tuyến thay đổi quá 5%", "query": "Huế"},
]
NEWS = [
    ("Một cửa", "Huế mở rộng mô hình một cửa, báo chí đưa tin về bão."),
    ("Huế đạt 92%", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 92%."),
    ("Huế đạt 81%", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 81%."),
    ("Huế năm 2026", "Năm 2026, tỷ lệ hồ sơ nộp trực tuyến của Huế đạt 99%."),
    (
        "An toàn thông tin",
        "Diễn tập ứng cứu sự cố an toàn thông tin mạng, chống tấn công mã độc, lộ lọt dữ liệu cá nhân.",
    ),
    ("Mot cua", "Mot cua dien tu o vung cao."),
]


def test_it_counts_what_the_alert_itself_would_have_found(desk: Desk, came: Came) -> None:
    alerts, matching = desk.archive.alerts, Matching()
    for number, fields in enumerate(WISHES):
        alerts.add(replace(wished(**fields), id=f"w{number}", token=f"t{number}"))
    for number, (title, text) in enumerate(NEWS):
        came(title, text, days_ago=10 - number)
        matching.run(desk, NOW)

    really = [len(alerts.matches(f"w{number}")) for number in range(len(WISHES))]
    previewed = [looked(desk, **fields).articles for fields in WISHES]

    assert previewed == really
    assert really[0] == len(NEWS)
    assert [0 < count < len(NEWS) for count in really[1:]] == [True] * (len(WISHES) - 1), really
