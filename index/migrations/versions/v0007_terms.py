"""A version of an article keeps its terms. Those stored before have none: whoever indexes them works them out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("article_versions", sa.Column("terms", sa.LargeBinary))
    op.add_column("article_versions", sa.Column("terms_version", sa.Integer))
