"""A case has a kind: somebody's with needs, or a carer's."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("case_record", sa.Column("kind", sa.String(10), nullable=False, server_default="adult"))


def downgrade() -> None:
    """Go back."""
    op.drop_column("case_record", "kind")
