"""Two people's plans may be joined; a cost that both carry is kept once, with each one's part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _of(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    kept = to.partition(".")[0]
    return sa.ForeignKeyConstraint(
        [column], [to], name=op.f(f"fk_{table}_{column}_{kept}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "joint_terms",
        sa.Column("pair_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("age", sa.String(length=10), nullable=False),
        sa.Column("agrees", sa.String(length=16), nullable=True),
        sa.Column("advocate", sa.String(length=10), nullable=False),
        sa.Column("conflict", sa.String(length=10), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        _of("joint_terms", "case_id", "case_record.id"),
        _of("joint_terms", "pair_id", "pair.id"),
        sa.PrimaryKeyConstraint("pair_id", "case_id", name=op.f("pk_joint_terms")),
    )
    op.create_table(
        "shared_line",
        sa.Column("line_id", sa.String(length=22), nullable=False),
        sa.Column("pair_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("offered", sa.DateTime(), nullable=False),
        _of("shared_line", "case_id", "case_record.id"),
        _of("shared_line", "line_id", "plan_line.id"),
        _of("shared_line", "pair_id", "pair.id"),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_shared_line")),
    )
    op.create_index("ix_shared_line_pair_id", "shared_line", ["pair_id"])
    op.create_table(
        "shared_part",
        sa.Column("line_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("route", sa.String(length=60), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        _of("shared_part", "case_id", "case_record.id"),
        _of("shared_part", "line_id", "shared_line.line_id"),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_shared_part")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("shared_part")
    op.drop_index("ix_shared_line_pair_id", "shared_line")
    op.drop_table("shared_line")
    op.drop_table("joint_terms")
