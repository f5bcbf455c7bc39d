"""A case that staff typed from a paper form waits for its person, who takes it over with a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("case_record", sa.Column("claim", sa.String(length=64), nullable=True))
    op.create_index("ix_case_record_claim", "case_record", ["claim"], unique=True)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_case_record_claim", "case_record")
    op.drop_column("case_record", "claim")
