"""Alerts keep why an article could not be matched, and why a digest could not be made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("unmatched", sa.Column("why", sa.Text))
    op.add_column("subscriptions", sa.Column("trouble", sa.Text))
