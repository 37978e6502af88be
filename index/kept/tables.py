"""The archive's tables. A change here needs a migration; tests/index/test_archive.py compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)  # fmt: skip

from index.codec import storable
from index.moments import aware

HEAD = "0007"
"""The newest migration: an archive at this revision opens without loading Alembic, which takes 0.2 s."""


class UtcMoment(TypeDecorator[datetime]):
    """An aware time, kept in UTC. SQLite has no time zones, so there the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = aware(value).astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else aware(value).astimezone(UTC)


class StorableText(TypeDecorator[str]):
    """Text as it stands, but for what no database takes: lone surrogates and NUL become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = String(16)
_SERIAL = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER

sources = Table(
    "sources",
    metadata,
    Column("source_id", StorableText, primary_key=True),
    Column("etag", StorableText),
    Column("last_modified", StorableText),
    Column("body_hash", StorableText),
    Column("last_polled_at", UtcMoment),
    Column("last_success_at", UtcMoment),
    Column("last_status", StorableText),
    Column("failures_in_row", Integer, nullable=False),
    Column("next_due_at", UtcMoment),
    Column("newest_article_at", UtcMoment),
)

links = Table(
    "links",
    metadata,
    Column("url", StorableText, primary_key=True),
    Column("source_id", StorableText, nullable=False),
    Column("title", StorableText),
    Column("published_at", UtcMoment),
    Column("published_is_date", Boolean, nullable=False),
    Column("summary", StorableText),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", UtcMoment),
    Column("reason", StorableText),
    Column("found_at", UtcMoment, nullable=False),
    Index(None, "state", "found_at"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("source_id", StorableText, nullable=False),
    Column("url", StorableText, nullable=False, unique=True),
    Column("address", StorableText),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(32), nullable=False, index=True),
    Column("annotated_by", StorableText),
    Column("revision", Integer, nullable=False, server_default="0"),  # how often it went into the outbox
    Column("first_seen_at", UtcMoment, nullable=False),
    Column("checked_at", UtcMoment, nullable=False),
    Column("etag", StorableText),
    Column("last_modified", StorableText),
    Column("body_hash", StorableText),
    Column("cluster_id", _ID, index=True),
    Column("corrected", JSON(none_as_null=True)),  # topic → whether people say that it carries it; of `corrections`
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", _ID, ForeignKey("articles.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", StorableText, nullable=False),
    Column("lead", StorableText),
    Column("text", StorableText, nullable=False),
    Column("author", StorableText),
    Column("published_at", UtcMoment),
    Column("published_is_date", Boolean, nullable=False),
    Column("fetched_at", UtcMoment, nullable=False, index=True),
    Column("content_hash", String(32), nullable=False),
    Column("signature", LargeBinary),
    Column("number", _SERIAL, index=True),  # in the order in which versions were stored, over all writers
    Column("terms", LargeBinary),  # see index/terms.py; NULL where an older program stored the version
    Column("terms_version", Integer),
)

aliases = Table(
    "aliases",
    metadata,
    Column("url", StorableText, primary_key=True),
    Column("article_id", _ID, ForeignKey("articles.id"), nullable=False, index=True),
)

article_annotations = Table(
    "annotations",
    metadata,
    Column("article_id", _ID, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("model_version", StorableText, primary_key=True),
    Column("topics", JSON, nullable=False),
    Column("metrics", JSON, nullable=False),
    Column("places", JSON, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
    ForeignKeyConstraint(["article_id", "version"], ["article_versions.article_id", "article_versions.version"]),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("article_id", _ID, ForeignKey("articles.id"), nullable=False, index=True),
    Column("topic", StorableText, nullable=False),
    Column("was", Boolean, nullable=False),
    Column("now", Boolean),  # NULL: again what the models say
    Column("who", StorableText, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("note", StorableText),
)

own_topics = Table(
    "own_topics",
    metadata,
    Column("slug", StorableText, primary_key=True),
    Column("name", StorableText, nullable=False),
    Column("words", JSON, nullable=False),
    Column("examples", JSON, nullable=False),
    Column("weights", JSON, nullable=False),
    Column("bias", Float, nullable=False),
    Column("made_at", UtcMoment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("mark", _SERIAL, primary_key=True, autoincrement=True),
    Column("article_id", _ID, ForeignKey("articles.id"), nullable=False, unique=True),
    Column("refused", StorableText),  # why the index would not take this state, if it was asked
    sqlite_autoincrement=True,  # a mark is never given twice, or settling could hit a newer state
)

runs = Table(
    "runs",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("started_at", UtcMoment, nullable=False),
    Column("finished_at", UtcMoment),
    Column("counts", JSON, nullable=False),
    Column("kind", String(16), nullable=False, server_default="crawl"),
)

run_parts = Table(
    "run_parts",
    metadata,
    Column("run_id", _SERIAL, ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    Column("name", StorableText, primary_key=True),
    Column("counts", JSON, nullable=False),
    Column("is_done", Boolean, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("run_id", _SERIAL, ForeignKey("runs.id"), index=True),
    Column("source_id", StorableText, nullable=False),
    Column("url", StorableText, nullable=False),
    Column("reason", String(24), nullable=False),
    Column("message", StorableText, nullable=False),
    Column("at", UtcMoment, nullable=False),
)

# --- alerts; see index/standing/alert_archive.py

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", StorableText, primary_key=True),
    Column("name", StorableText, nullable=False),
    Column("owner", StorableText, nullable=False, index=True),
    Column("query", StorableText, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("places", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("condition", JSON(none_as_null=True)),
    Column("schedule", JSON, nullable=False),
    Column("every", String(8), nullable=False),  # of the schedule
    Column("quiet", JSON(none_as_null=True)),
    Column("timezone", StorableText, nullable=False),
    Column("language", String(8), nullable=False),
    Column("channels", JSON, nullable=False),
    Column("tells_silence", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", StorableText),
    Column("trouble", StorableText),
    Column("token", StorableText, nullable=False, unique=True),
    Column("made_at", UtcMoment, nullable=False),
    Column("confirmed_at", UtcMoment),
    Column("next_due_at", UtcMoment),
    Column("last_digest_at", UtcMoment),
    Column("hears_after", _SERIAL, nullable=False),  # a mark of `unmatched`: what came before it is not told
    Index(None, "state", "next_due_at"),
)

unmatched = Table(
    "unmatched",
    metadata,
    Column("mark", _SERIAL, primary_key=True, autoincrement=True),
    Column("article_id", _ID, ForeignKey("articles.id"), nullable=False, unique=True),
    Column("why", StorableText),  # NULL: its turn has not come yet
    sqlite_autoincrement=True,  # a mark is never given twice, or a subscription would take a new article for an old one
)

digests = Table(
    "digests",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("subscription_id", StorableText, ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("made_at", UtcMoment, nullable=False),
    Column("since", UtcMoment, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    Column("subscription_id", StorableText, ForeignKey("subscriptions.id"), primary_key=True),
    Column("article_id", _ID, ForeignKey("articles.id"), primary_key=True),
    Column("tier", String(8), nullable=False),
    Column("found_at", UtcMoment, nullable=False),
    Column("digest_id", _SERIAL, ForeignKey("digests.id"), index=True),  # NULL: still to be told
    Column("figures", JSON, nullable=False),
    Index(None, "subscription_id", "digest_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _SERIAL, primary_key=True, autoincrement=True),
    Column("digest_id", _SERIAL, ForeignKey("digests.id"), nullable=False, index=True),
    Column("subscription_id", StorableText, ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # of the channel
    Column("channel", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_tried_at", UtcMoment),
    Column("next_try_at", UtcMoment, nullable=False),
    Column("message_id", StorableText, nullable=False, unique=True),
    Column("answer", StorableText),
    Column("changed_at", UtcMoment, nullable=False),
    Index(None, "state", "next_try_at"),
)
