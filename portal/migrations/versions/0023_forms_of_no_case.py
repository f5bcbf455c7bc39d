"""A form that was typed on a page of no case, such as those on which staff decide, can be kept too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("kept_form", schema=None) as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.String(length=32), nullable=True)


def downgrade() -> None:
    """Go back."""
    # An older version could not open them; they would be kept for an hour at most.
    op.execute("DELETE FROM kept_form WHERE case_id IS NULL")
    with op.batch_alter_table("kept_form", schema=None) as batch_op:
        batch_op.alter_column("case_id", existing_type=sa.String(length=32), nullable=False)
