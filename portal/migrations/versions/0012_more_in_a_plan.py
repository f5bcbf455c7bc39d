"""More in a plan: times, two helpers at once, awards, streams, early signs, how money is held, doubts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _added() -> dict[str, tuple[sa.Column[Any], ...]]:
    """The new columns of each table, made anew: a column belongs to one table only."""
    return {
        "plan_line": (
            sa.Column("slots", sa.JSON(), nullable=False, server_default="[]"),
            sa.Column("workers", sa.Integer(), nullable=False, server_default="1"),
            sa.Column("source", sa.String(length=80), nullable=False, server_default=""),
            sa.Column("stream", sa.String(length=60), nullable=True),
            sa.Column("award_months", sa.String(length=12), nullable=True),
            sa.Column("longest_months", sa.String(length=12), nullable=True),
            sa.Column("payee", sa.String(length=20), nullable=True),
            sa.Column("same_home", sa.Boolean(), nullable=True),
            sa.Column("care_home_weeks", sa.String(length=12), nullable=True),
        ),
        "plan_text": (
            sa.Column("not_needed", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("changed", sa.DateTime(), nullable=True),
        ),
        "plan_setback": (
            sa.Column("signs", sa.Text(), nullable=True),
            sa.Column("worth", sa.String(length=12), nullable=True),
            sa.Column("worth_why", sa.Text(), nullable=True),
        ),
    }


def upgrade() -> None:
    """Go forward."""
    for table, columns in _added().items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.add_column(column)
    op.create_table(
        "plan_route",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_plan_route_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "route", name=op.f("pk_plan_route")),
    )
    op.create_table(
        "plan_exception",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("line_id", sa.String(length=22), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_plan_exception_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "line_id", name=op.f("pk_plan_exception")),
    )
    op.create_table(
        "disagreement",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("amount", sa.String(length=20), nullable=True),
        sa.Column("period", sa.String(length=12), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.Column("cost", sa.String(length=20), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_disagreement_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "about", name=op.f("pk_disagreement")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("disagreement")
    op.drop_table("plan_exception")
    op.drop_table("plan_route")
    for table, columns in _added().items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.drop_column(column.name)
