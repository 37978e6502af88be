"""Of an article's states in the index the newest is known, and why the index refused one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("articles", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("refused", sa.Text))
