"""The database lets the trail of a case go once an entry after it says where it ended."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_SAID = (
    "SELECT 1 FROM audit AS later WHERE later.case_id = OLD.case_id "
    "AND later.place > OLD.place AND later.action = 'forget'"
)
_ONLY_GROWS = "BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END"
_TRIGGER = "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
_DROP = "DROP TRIGGER audit_no_delete"
_SQLITE = (_DROP, f"{_TRIGGER} WHEN NOT EXISTS ({_SAID}) {_ONLY_GROWS}")
_SQLITE_BEFORE = (_DROP, f"{_TRIGGER} {_ONLY_GROWS}")
_FUNCTION = "CREATE OR REPLACE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
_RAISE = "RAISE EXCEPTION 'the audit trail only grows';"
_UNLESS = f"IF TG_OP = 'DELETE' THEN IF EXISTS ({_SAID}) THEN RETURN OLD; END IF; END IF;"
_POSTGRESQL = (f"{_FUNCTION} $$ BEGIN {_UNLESS} {_RAISE} END $$",)
_POSTGRESQL_BEFORE = (f"{_FUNCTION} $$ BEGIN {_RAISE} END $$",)


def _run(sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)


def upgrade() -> None:
    """Go forward."""
    _run(_SQLITE, _POSTGRESQL)


def downgrade() -> None:
    """Go back."""
    _run(_SQLITE_BEFORE, _POSTGRESQL_BEFORE)
