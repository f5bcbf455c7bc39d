"""Why a version of a plan was made, and the check codes printed on its pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("document", sa.Column("reason", sa.Text(), nullable=True))
    op.create_table(
        "document_code",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_document_code_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_document_code")),
    )
    op.create_index(op.f("ix_document_code_case_id"), "document_code", ["case_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("document_code")
    op.drop_column("document", "reason")
