"""Sources, links, articles with their versions and annotations, outbox, runs and failures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)
_ID = sa.String(16)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _create_frontier()
    _create_articles()
    _create_annotations()
    _create_runs()


def _create_frontier() -> None:
    op.create_table(
        "sources",
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.Text),
        sa.Column("last_polled_at", _MOMENT),
        sa.Column("last_success_at", _MOMENT),
        sa.Column("last_status", sa.Text),
        sa.Column("failures_in_row", sa.Integer, nullable=False),
        sa.Column("next_due_at", _MOMENT),
        sa.Column("newest_article_at", _MOMENT),
        sa.PrimaryKeyConstraint("source_id", name="pk_sources"),
    )
    op.create_table(
        "links",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("published_at", _MOMENT),
        sa.Column("published_is_date", sa.Boolean, nullable=False),
        sa.Column("summary", sa.Text),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("reason", sa.Text),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_links"),
    )
    op.create_index("ix_links_state_found_at", "links", ["state", "found_at"])


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", _ID, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String(32), nullable=False),
        sa.Column("annotated_by", sa.Text),
        sa.Column("first_seen_at", _MOMENT, nullable=False),
        sa.Column("checked_at", _MOMENT, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body_hash", sa.Text),
        sa.Column("cluster_id", _ID),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("url", name="uq_articles_url"),
    )
    op.create_index("ix_articles_content_hash", "articles", ["content_hash"])
    op.create_index("ix_articles_cluster_id", "articles", ["cluster_id"])
    op.create_table(
        "article_versions",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("lead", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("published_at", _MOMENT),
        sa.Column("published_is_date", sa.Boolean, nullable=False),
        sa.Column("fetched_at", _MOMENT, nullable=False),
        sa.Column("content_hash", sa.String(32), nullable=False),
        sa.Column("signature", sa.LargeBinary),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_versions"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_versions_article_id"),
    )
    op.create_index("ix_article_versions_fetched_at", "article_versions", ["fetched_at"])
    op.create_table(
        "aliases",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_aliases"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_aliases_article_id"),
    )
    op.create_index("ix_aliases_article_id", "aliases", ["article_id"])


def _create_annotations() -> None:
    op.create_table(
        "annotations",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("model_version", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("metrics", sa.JSON, nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "version", "model_version", name="pk_annotations"),
        sa.ForeignKeyConstraint(
            ["article_id", "version"],
            ["article_versions.article_id", "article_versions.version"],
            name="fk_annotations_article_id_version",
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("mark", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_outbox"),
        sa.UniqueConstraint("article_id", name="uq_outbox_article_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_outbox_article_id"),
        sqlite_autoincrement=True,
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "failures",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("run_id", _SERIAL),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failures"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_failures_run_id"),
    )
    op.create_index("ix_failures_run_id", "failures", ["run_id"])
