"""Makers of what a digest is made from; name what matters to the test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from crawlers.records import Source
from index.base import Document
from index.querying.query import parse_query
from index.records import SourceState
from index.standing.alert_records import Digest, Match, Schedule, Subscription
from monitor.digests.compose import Material, compose
from monitor.digests.views import DigestView
from tests.fakes import a_source
from tests.index.alert_makers import a_subscription
from tests.index.makers import a_document

NOW = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
"""Seven o'clock in Hà Nội."""
DAY = timedelta(days=1)
PORTAL = a_source(id="cong", name="Cổng Lào Cai", organisation="Lào Cai", outlet="province", place="Lào Cai")
SOURCES = (
    PORTAL,
    a_source(id="bao_a", name="Báo A", organisation="Báo A"),
    a_source(id="bao_b", name="Báo B", organisation="Báo B"),
    a_source(id="bao_b_2", name="Báo B – Công nghệ", organisation="Báo B"),
)


def a_text(about: str) -> str:
    """A text of its own, long enough to be told from others."""
    return " ".join(f"Câu {about} {word} nói rằng {about}{word} {word}{about} đã xong." for word in map(str, range(12)))


def a_story(key: str, *, about: str = "", source: str = "bao_a", hours: float = 1, **fields: Any) -> Document:
    """An article of some hours ago; those about the same are reprints of one another."""
    about = about or key
    plain = {"title": f"Tin {key} về hồ sơ", "text": a_text(about), "published": NOW - timedelta(hours=hours), **fields}
    return a_document(key, source=source, **plain)


def a_digest(*documents: Document, number: int = 9, days: int = 0, **figures: tuple[int, ...]) -> Digest:
    """A digest of these articles, made some days ago; `figures` are those that met a condition, by article."""
    at = NOW - days * DAY
    matches = tuple(
        Match(
            subscription_id="s1", article_id=document.id, tier="exact", found_at=at, digest_id=number,
            figures=figures.get(document.id, ()),
        )
        for document in documents
    )  # fmt: skip
    return Digest(id=number, subscription_id="s1", made_at=at, since=at - DAY, matches=matches)


def a_daily(**fields: Any) -> Subscription:
    plain = {
        "query": "hồ sơ",
        "name": "Hồ sơ trực tuyến",
        "schedule": Schedule(every="daily"),
        "made_at": NOW - 40 * DAY,
    }
    return a_subscription(**{**plain, **fields})


def heard(source: Source, **fields: Any) -> SourceState:
    """A source that answered lately and published yesterday."""
    plain = {"last_polled_at": NOW, "last_success_at": NOW, "last_status": "ok", "newest_article_at": NOW - DAY}
    return SourceState(source_id=source.id, **{**plain, **fields})


def a_material(
    *documents: Document,
    told: Sequence[Digest] = (),
    known: Sequence[Document] = (),
    digest: Digest | None = None,
    subscription: Subscription | None = None,
    **fields: Any,
) -> Material:
    """What a digest of these articles is made from. `known` are articles that digests of before told."""
    subscription = subscription or a_daily()
    plain: dict[str, Any] = {
        "sources": SOURCES, "states": {source.id: heard(source) for source in SOURCES}, "topic_names": {"security": "An toàn"},
        "base_url": "https://theodoi.example.vn", **fields,
    }  # fmt: skip
    return Material(
        subscription=subscription, digest=digest or a_digest(*documents), query=parse_query(subscription.query),
        documents={document.id: document for document in (*documents, *known)}, earlier=tuple(told), **plain,
    )  # fmt: skip


def a_view(*documents: Document, **fields: Any) -> DigestView:
    return compose(a_material(*documents, **fields), now=NOW)
