"""A store of the newsroom's articles with a subscription that has been told of them for a month, for tests and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from crawlers.records import Article
from index.base import Query
from index.querying.query import parse_query
from index.records import NewArticle, SourceState
from index.standing.alert_records import Channel, Digest, Match, Schedule, Subscription
from monitor.assembly import Desk, load_sources, open_desk
from monitor.config import Config
from monitor.demo.newsroom import PORT, load_outlets
from monitor.indexing import catch_up
from monitor.parallel import annotate_all
from tests.index.alert_makers import a_subscription

DAY = timedelta(days=1)
MORNING = datetime(2026, 1, 16, 0, 0, tzinfo=UTC)
"""Seven o'clock in Hà Nội, the morning after two outlets told of Huế's year."""
QUERY = '"hồ sơ trực tuyến" OR "dịch vụ công trực tuyến" OR "nộp trực tuyến"'
_PER_DAY = (1, 2, 0, 1, 1, 0, 3, 1, 0, 2, 0, 1, 2, 4, 1, 0, 1, 2, 1, 0, 2, 0, 1, 3, 1, 0, 2, 1, 2)
"""How many older articles were found on each of the days before."""


@contextmanager
def open_replay(folder: Path, *, base_url: str | None = "https://theodoi.example.vn") -> Iterator[Desk]:
    """The newsroom's articles in archive and index."""
    config = Config(data=folder, base_url=base_url, mail_from="Điểm tin <diem-tin@example.vn>")
    with open_desk(config) as desk:
        config.newsroom_mark.write_text(str(PORT))
        articles = list(_articles())
        places = {source.id: source.place for source in load_sources(config)}
        items = [
            NewArticle(article=article, annotation=annotation)
            for article, annotation in zip(articles, annotate_all(articles, places), strict=True)
        ]
        desk.archive.store_articles(items, MORNING - timedelta(days=31))
        catch_up(desk)
        for number, source in enumerate(load_sources(config)):
            desk.archive.links.save_source_state(_state(source.id, number))
        yield desk


def _articles() -> Iterator[Article]:
    for outlet in load_outlets():
        for article in outlet.articles:
            yield Article(
                url=f"https://{outlet.id}.example.vn{outlet.article_path(article)}", title=article.title,
                lead=article.lead, text=article.text, author=article.author, published=article.published.astimezone(UTC),
                source_id=outlet.id.replace("-", "_"), fetched_at=MORNING,
            )  # fmt: skip


def _state(source_id: str, number: int) -> SourceState:
    asked = MORNING - timedelta(minutes=20 + number)
    if source_id in ("cong_ninh_binh", "cong_ca_mau"):
        return SourceState(
            source_id=source_id, last_polled_at=asked, last_success_at=MORNING - timedelta(days=3, hours=5), failures_in_row=9,
            last_status="timeout" if source_id == "cong_ca_mau" else "not_a_feed",
        )  # fmt: skip
    return SourceState(
        source_id=source_id, last_polled_at=asked, last_success_at=asked, last_status="ok",
        newest_article_at=asked - timedelta(days=1),
    )  # fmt: skip


def a_daily(**fields: object) -> Subscription:
    """A subscription to online services, at seven every morning."""
    plain: dict[str, object] = {
        "name": "Dịch vụ công trực tuyến", "query": QUERY, "schedule": Schedule(every="daily"),
        "made_at": MORNING - timedelta(days=30), "channels": (Channel(kind="mail", address="lan@tinh.example"),),
    }  # fmt: skip
    return a_subscription(**{**plain, **fields})  # type: ignore[arg-type]


def matching(desk: Desk, query: Query) -> list[tuple[str, str]]:
    """Ids and tiers of what a question finds, those of the newest articles last."""
    found = desk.index.search(query, limit=200, sort="newest").found
    return [(one.id, one.tier) for one in reversed(found)]


def replay(desk: Desk, subscription: Subscription) -> list[Digest]:
    """Tell the newsroom's articles of before 2026 over a month, a few a day, and what came last on the last morning."""
    alerts = desk.archive.alerts
    alerts.add(subscription)
    found = matching(desk, parse_query(subscription.query))
    documents = {document.id: document for document in desk.archive.documents([key for key, _ in found])}
    late = [(key, tier) for key, tier in found if f"{documents[key].published}" < "2026-01"]
    last = [(key, tier) for key, tier in found if "2026-01" <= f"{documents[key].published}" < "2026-01-16"]
    late, last = late[:-2], late[-2:] + last
    left = iter(late)
    some = [list(islice(left, count)) for count in _PER_DAY]
    return [
        digest
        for day, told in enumerate([*some, last], 1)
        if (digest := tell(desk, subscription, told, MORNING - timedelta(days=30 - day)))
    ]


def tell(desk: Desk, subscription: Subscription, found: Sequence[tuple[str, str]], at: datetime) -> Digest | None:
    """Keep what was found, and put it into a digest."""
    alerts = desk.archive.alerts
    matches = [
        Match(
            subscription_id=subscription.id, article_id=key, tier="exact" if tier == "exact" else "folded", found_at=at
        )
        for key, tier in found
    ]
    alerts.settle_matching(matches, [])
    current = alerts.subscription(subscription.id)
    assert current is not None
    return alerts.cut(
        current, at, next_due_at=at + timedelta(days=1), message_id=lambda digest, place: f"<{digest}.{place}@a>"
    )
