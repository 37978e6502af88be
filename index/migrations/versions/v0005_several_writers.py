"""Versions are numbered in the order in which they were stored, and a run can be shared out in parts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("article_versions", sa.Column("number", _SERIAL))
    op.execute(
        "UPDATE article_versions SET number = numbered.number FROM"
        " (SELECT article_id, version, row_number() OVER (ORDER BY fetched_at, article_id, version) AS number"
        "  FROM article_versions) AS numbered"
        " WHERE article_versions.article_id = numbered.article_id AND article_versions.version = numbered.version"
    )
    op.create_index("ix_article_versions_number", "article_versions", ["number"])
    op.add_column("runs", sa.Column("kind", sa.String(16), nullable=False, server_default="crawl"))
    op.create_table(
        "run_parts",
        sa.Column("run_id", _SERIAL, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("is_done", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_run_parts"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_parts_run_id_runs"),
    )
