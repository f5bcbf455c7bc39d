"""A person asks if it is necessary to pay somebody close, and an officer may say no."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "payee_request",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.String(length=22), nullable=False),
        sa.Column("payee", sa.String(length=20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_payee_request_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_request")),
        sa.UniqueConstraint("case_id", "line_id", name=op.f("uq_payee_request_case_id_line_id")),
    )
    with op.batch_alter_table("plan_exception", schema=None) as batch_op:
        batch_op.add_column(sa.Column("necessary", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("payee", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("plan_exception", schema=None) as batch_op:
        batch_op.drop_column("payee")
        batch_op.drop_column("necessary")
    op.drop_table("payee_request")
