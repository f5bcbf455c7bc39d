"""Passports: what a person lets others see and do in their case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "helper_grant",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("given", sa.DateTime(), nullable=False),
        sa.Column("accepted", sa.DateTime(), nullable=True),
        sa.Column("revoked", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("basis", sa.String(length=20), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("basis_state", sa.String(length=10), nullable=True),
        sa.Column("basis_said", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_helper_grant_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_helper_grant_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_grant")),
        sa.UniqueConstraint("case_id", "account_id", name=op.f("uq_helper_grant_case_id_account_id")),
        sa.UniqueConstraint("code", name=op.f("uq_helper_grant_code")),
    )
    op.create_index("ix_helper_grant_account_id", "helper_grant", ["account_id"])
    op.create_index("ix_helper_grant_basis_state", "helper_grant", ["basis_state"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_helper_grant_basis_state", "helper_grant")
    op.drop_index("ix_helper_grant_account_id", "helper_grant")
    op.drop_table("helper_grant")
