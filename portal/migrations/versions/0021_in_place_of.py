"""A line of support may say what it is in place of, and what that would cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("instead", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("instead_quantity", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("instead_price", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        for name in ("instead_price", "instead_quantity", "instead"):
            batch_op.drop_column(name)
