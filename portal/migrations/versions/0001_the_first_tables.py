"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("passphrase", sa.String(length=200), nullable=False),
        sa.Column("made", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
    )
    op.create_table(
        "audit",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_audit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scheme_kept",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("first_used", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_scheme_kept")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("email_key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("email_key", name=op.f("pk_sign_in_attempt")),
    )
    op.create_table(
        "case_record",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("pack_id", sa.String(length=60), nullable=False),
        sa.Column("pack_version", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_case_record_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_record_reference")),
    )
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.create_index("ix_case_record_account_id", ["account_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_answer_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "question", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "choice",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_choice_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "topic", name=op.f("pk_choice")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_document_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_document_case_id_number")),
    )
    op.create_table(
        "money_told",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_money_told_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_money_told")),
    )
    op.create_table(
        "page_read",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_page_read_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "page", name=op.f("pk_page_read")),
    )
    op.create_table(
        "plan_line",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("made_with", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("quantity", sa.String(length=20), nullable=True),
        sa.Column("price", sa.String(length=20), nullable=True),
        sa.Column("every", sa.String(length=12), nullable=True),
        sa.Column("route", sa.String(length=60), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_plan_line_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_line")),
        sa.UniqueConstraint("case_id", "made_with", name=op.f("uq_plan_line_case_id_made_with")),
    )
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.create_index("ix_plan_line_case_id_place", ["case_id", "place"], unique=False)

    op.create_table(
        "plan_need",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("met_by", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_plan_need_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "outcome", name=op.f("pk_plan_need")),
    )
    op.create_table(
        "plan_setback",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("made_with", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("then", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_plan_setback_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_setback")),
        sa.UniqueConstraint("case_id", "made_with", name=op.f("uq_plan_setback_case_id_made_with")),
    )
    with op.batch_alter_table("plan_setback", schema=None) as batch_op:
        batch_op.create_index("ix_plan_setback_case_id_place", ["case_id", "place"], unique=False)

    op.create_table(
        "plan_text",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_plan_text_case_id_case_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "part", name=op.f("pk_plan_text")),
    )
    op.create_table(
        "told_budget",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("scheme_id", sa.String(length=60), nullable=False),
        sa.Column("scheme_version", sa.String(length=40), nullable=False),
        sa.Column("scheme_hash", sa.String(length=64), nullable=False),
        sa.Column("weekly", sa.String(length=20), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_told_budget_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scheme_hash"], ["scheme_kept.hash"], name=op.f("fk_told_budget_scheme_hash_scheme_kept")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_budget")),
    )
    with op.batch_alter_table("told_budget", schema=None) as batch_op:
        batch_op.create_index("ix_told_budget_case_id_id", ["case_id", "id"], unique=False)

    op.create_table(
        "budget_override",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("told_id", sa.Integer(), nullable=False),
        sa.Column("weekly", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_record.id"],
            name=op.f("fk_budget_override_case_id_case_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["told_id"],
            ["told_budget.id"],
            name=op.f("fk_budget_override_told_id_told_budget"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_override")),
    )
    with op.batch_alter_table("budget_override", schema=None) as batch_op:
        batch_op.create_index("ix_budget_override_case_id_id", ["case_id", "id"], unique=False)
        batch_op.create_index("ix_budget_override_told_id", ["told_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("held", sa.String(length=32), nullable=True),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_visit_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["held"], ["case_record.id"], name=op.f("fk_visit_held_case_record"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_visit")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index("ix_visit_seen", ["seen"], unique=False)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_seen")

    op.drop_table("visit")
    with op.batch_alter_table("budget_override", schema=None) as batch_op:
        batch_op.drop_index("ix_budget_override_told_id")
        batch_op.drop_index("ix_budget_override_case_id_id")

    op.drop_table("budget_override")
    with op.batch_alter_table("told_budget", schema=None) as batch_op:
        batch_op.drop_index("ix_told_budget_case_id_id")

    op.drop_table("told_budget")
    op.drop_table("plan_text")
    with op.batch_alter_table("plan_setback", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_setback_case_id_place")

    op.drop_table("plan_setback")
    op.drop_table("plan_need")
    with op.batch_alter_table("plan_line", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_line_case_id_place")

    op.drop_table("plan_line")
    op.drop_table("page_read")
    op.drop_table("money_told")
    op.drop_table("document")
    op.drop_table("choice")
    op.drop_table("answer")
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.drop_index("ix_case_record_account_id")

    op.drop_table("case_record")
    op.drop_table("sign_in_attempt")
    op.drop_table("scheme_kept")
    op.drop_table("audit")
    op.drop_table("account")
