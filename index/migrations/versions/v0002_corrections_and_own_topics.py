"""People's corrections of topics, and the topics that they add."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("articles", sa.Column("corrected", sa.JSON))
    op.create_table(
        "corrections",
        sa.Column("id", _SERIAL, autoincrement=True, nullable=False),
        sa.Column("article_id", sa.String(16), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("was", sa.Boolean, nullable=False),
        sa.Column("now", sa.Boolean),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_corrections_article_id_articles"),
    )
    op.create_index("ix_corrections_article_id", "corrections", ["article_id"])
    op.create_table(
        "own_topics",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("examples", sa.JSON, nullable=False),
        sa.Column("weights", sa.JSON, nullable=False),
        sa.Column("bias", sa.Float, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_own_topics"),
    )
