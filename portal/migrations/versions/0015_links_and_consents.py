"""Two records may be linked; what each shows the other rests on a consent of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "pair",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
        sa.UniqueConstraint("code", name=op.f("uq_pair_code")),
    )
    op.create_table(
        "pair_side",
        sa.Column("pair_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("combine", sa.String(length=12), nullable=True),
        sa.Column("combine_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_pair_side_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_pair_side_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "case_id", name=op.f("pk_pair_side")),
    )
    op.create_index("ix_pair_side_case_id", "pair_side", ["case_id"])
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("pair_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("decided", sa.Text(), nullable=True),
        sa.Column("given", sa.DateTime(), nullable=False),
        sa.Column("withdrawn", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_consent_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_consent_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"])
    op.create_index("ix_consent_pair_id", "consent", ["pair_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_consent_pair_id", "consent")
    op.drop_index("ix_consent_case_id", "consent")
    op.drop_table("consent")
    op.drop_index("ix_pair_side_case_id", "pair_side")
    op.drop_table("pair_side")
    op.drop_table("pair")
