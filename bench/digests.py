"""A digest of 20 articles of the newsroom: what reading the stores, composing, rendering and writing the mail take."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from crawlers.records import Article
from index.records import NewArticle
from index.standing.alert_records import Channel, Digest, Match, Schedule, Subscription
from monitor.assembly import Desk, open_desk
from monitor.config import Config
from monitor.demo.newsroom import PORT, load_outlets
from monitor.digests.compose import compose
from monitor.digests.gathering import gather
from monitor.digests.message import write_message
from monitor.digests.render import render
from monitor.indexing import catch_up
from monitor.parallel import annotate_all

NOW = datetime(2026, 11, 28, tzinfo=UTC)
DAY = timedelta(days=1)
Made = TypeVar("Made")


@contextmanager
def told_desk(articles: int) -> Iterator[tuple[Desk, Subscription, Digest]]:
    """A store with the newsroom's articles, of which a digest of yesterday told as many as today's does."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data=Path(folder), base_url="https://theodoi.example.vn", mail_from="diem-tin@example.vn")
        with open_desk(config) as desk:
            config.newsroom_mark.write_text(str(PORT))
            found = list(_articles())
            annotations = annotate_all(found, {})
            items = [NewArticle(article=one, annotation=said) for one, said in zip(found, annotations, strict=True)]
            ids = [stored.id for stored in desk.archive.store_articles(items, NOW - 2 * DAY)]
            catch_up(desk)
            subscription = Subscription(
                id="s1", name="Hồ sơ trực tuyến", owner="lan", query='"hồ sơ" OR "trực tuyến"', token="t" * 43,
                schedule=Schedule(every="daily"), channels=(Channel(kind="mail", address="lan@example.vn"),),
                made_at=NOW - 3 * DAY,
            )  # fmt: skip
            desk.archive.alerts.add(subscription)
            _tell(desk, subscription, ids[articles : 2 * articles], NOW - DAY)
            yield desk, subscription, _tell(desk, subscription, ids[:articles], NOW)


def _articles() -> Iterator[Article]:
    for outlet in load_outlets():
        for article in outlet.articles:
            yield Article(
                url=f"https://{outlet.id}.example.vn/{article.slug}", title=article.title, lead=article.lead,
                text=article.text, published=article.published.astimezone(UTC), source_id=outlet.id.replace("-", "_"),
                fetched_at=NOW,
            )  # fmt: skip


def _tell(desk: Desk, subscription: Subscription, ids: list[str], at: datetime) -> Digest:
    alerts = desk.archive.alerts
    alerts.settle_matching(
        [Match(subscription_id=subscription.id, article_id=key, tier="exact", found_at=at) for key in ids], []
    )
    current = alerts.subscription(subscription.id)
    assert current is not None
    digest = alerts.cut(
        current, at, next_due_at=at + DAY, message_id=lambda digest, place: f"<{digest}.{place}@example.vn>"
    )
    assert digest is not None
    return digest


def best(rounds: int, work: Callable[[], Made]) -> tuple[float, Made]:
    """Milliseconds of CPU of the best round, and what it made."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        made = work()
        spent.append(1000 * (time.process_time() - start))
    return min(spent), made


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.digests", description=__doc__)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    with told_desk(options.articles) as (desk, subscription, digest):
        read, material = best(options.rounds, lambda: gather(desk, subscription, digest))
        composed, view = best(options.rounds, lambda: compose(material, now=NOW))
        rendered, made = best(options.rounds, lambda: render(view, with_chart=False))
        written, message = best(
            options.rounds,
            lambda: write_message(desk, subscription, digest, message_id="<1@example.vn>", now=NOW).as_bytes(),
        )
    print(
        f"{options.articles} articles in {view.total} stories, CPU time, best of {options.rounds} rounds, without a chart"
    )
    print(f"reading the stores     {read:6.1f} ms")
    print(f"composing              {composed:6.1f} ms")
    print(f"rendering              {rendered:6.1f} ms")
    print(f"composing + rendering  {composed + rendered:6.1f} ms   aim 60")
    print(
        f"the whole message      {written:6.1f} ms, {len(message) / 1000:.0f} kB, its HTML {len(made.html.encode()) / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
