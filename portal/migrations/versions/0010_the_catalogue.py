"""The catalogue of services, and what each database finds words with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "catalogue_service",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("imported", sa.Date(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Date(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_service")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_catalogue_service_source_source_id")),
    )
    op.create_index("ix_catalogue_service_name", "catalogue_service", ["name"])
    op.create_table(
        "catalogue_tag",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["catalogue_service.id"],
            name=op.f("fk_catalogue_tag_service_id_catalogue_service"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("service_id", "kind", "value", name=op.f("pk_catalogue_tag")),
    )
    op.create_index("ix_catalogue_tag_kind_value", "catalogue_tag", ["kind", "value"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE catalogue_words USING fts5("
            "name, words, tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
        )
    else:
        op.execute(
            "CREATE INDEX catalogue_words ON catalogue_service "
            "USING gin (to_tsvector('english', name || ' ' || words))"
        )


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE catalogue_words")
    op.drop_table("catalogue_tag")
    op.drop_table("catalogue_service")
