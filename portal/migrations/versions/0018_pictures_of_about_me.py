"""A picture stands under a heading of About me."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    part = sa.Column("part", sa.String(length=40), nullable=False, server_default="about_also")
    with op.batch_alter_table("case_picture", schema=None) as batch_op:
        batch_op.add_column(part)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("case_picture", schema=None) as batch_op:
        batch_op.drop_column("part")
