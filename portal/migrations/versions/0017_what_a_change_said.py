"""The audit trail keeps, sealed, what a thing said before a change and after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("audit", sa.Column("said", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column("audit", "said")
