"""Subscriptions, what was found for them, and what became of each message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ID = sa.String(16)


def upgrade() -> None:
    _make_subscriptions()
    _make_unmatched()
    _make_digests()
    _make_matches()
    _make_deliveries()


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("condition", sa.JSON),
        sa.Column("schedule", sa.JSON, nullable=False),
        sa.Column("every", sa.String(8), nullable=False),
        sa.Column("quiet", sa.JSON),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("tells_silence", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("confirmed_at", _MOMENT),
        sa.Column("next_due_at", _MOMENT),
        sa.Column("last_digest_at", _MOMENT),
        sa.Column("hears_after", _SERIAL, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("token", name="uq_subscriptions_token"),
    )
    op.create_index("ix_subscriptions_owner", "subscriptions", ["owner"])
    op.create_index("ix_subscriptions_state_next_due_at", "subscriptions", ["state", "next_due_at"])


def _make_unmatched() -> None:
    op.create_table(
        "unmatched",
        sa.Column("mark", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_unmatched"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_unmatched_article_id_articles"),
        sa.UniqueConstraint("article_id", name="uq_unmatched_article_id"),
        sqlite_autoincrement=True,
    )


def _make_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("subscription_id", sa.Text, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_digests_subscription_id_subscriptions"
        ),
    )
    op.create_index("ix_digests_subscription_id", "digests", ["subscription_id"])


def _make_matches() -> None:
    op.create_table(
        "matches",
        sa.Column("subscription_id", sa.Text, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("tier", sa.String(8), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("digest_id", _SERIAL),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "article_id", name="pk_matches"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_matches_subscription_id_subscriptions"
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_matches_article_id_articles"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_matches_digest_id_digests"),
    )
    op.create_index("ix_matches_digest_id", "matches", ["digest_id"])
    op.create_index("ix_matches_subscription_id_digest_id", "matches", ["subscription_id", "digest_id"])


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("digest_id", _SERIAL, nullable=False),
        sa.Column("subscription_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("channel", sa.JSON, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("first_tried_at", _MOMENT),
        sa.Column("next_try_at", _MOMENT, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_deliveries_digest_id_digests"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="fk_deliveries_subscription_id_subscriptions"
        ),
        sa.UniqueConstraint("message_id", name="uq_deliveries_message_id"),
    )
    op.create_index("ix_deliveries_digest_id", "deliveries", ["digest_id"])
    op.create_index("ix_deliveries_subscription_id", "deliveries", ["subscription_id"])
    op.create_index("ix_deliveries_state_next_try_at", "deliveries", ["state", "next_try_at"])
