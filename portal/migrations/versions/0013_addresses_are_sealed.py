"""Email addresses of accounts are sealed, and found by what tells nothing of them."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from portal.keys import ACCOUNTS
from portal.sealing import KEYS, found_by, open_own, seal_own

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_account = sa.table("account", sa.column("id"), sa.column("email", sa.Text), sa.column("email_key", sa.Text))
Turn = Callable[[Session, str, str], dict[str, str]]


def _place(key: str) -> str:
    return f"account.email {key}"


def _seal(session: Session, email: str, key: str) -> dict[str, str]:
    hidden = found_by(session, key)
    return {"email": seal_own(session, ACCOUNTS, _place(hidden), email), "email_key": hidden}


def _open(session: Session, email: str, key: str) -> dict[str, str]:
    opened = str(open_own(session, ACCOUNTS, _place(key), email))
    return {"email": opened, "email_key": opened.strip().casefold()}


def _all_rows(turn: Turn) -> None:
    line = op.get_bind()
    rows = line.execute(sa.select(_account)).all()
    if not rows:
        return
    config = op.get_context().config
    keyring = config.attributes.get("keyring") if config is not None else None
    if keyring is None:
        raise RuntimeError("addresses can only be sealed with the keys: run portal upgrade")
    with Session(line, info={KEYS: keyring}) as session:
        for row in rows:
            changed = sa.update(_account).where(_account.c.id == row.id)
            session.execute(changed.values(**turn(session, row.email, row.email_key)))
        session.flush()


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(length=254), type_=sa.Text())
    with op.batch_alter_table("mail_link", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.String(length=254), type_=sa.Text())
    # Links to change an address were not sealed; nobody waits for one for longer than an hour.
    op.execute("DELETE FROM mail_link WHERE purpose = 'change'")
    # What was counted was counted under names that could be guessed.
    op.execute("DELETE FROM sign_in_attempt")
    _all_rows(_seal)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claims", sa.String(length=64), nullable=True))
        batch_op.create_index("ix_account_claims", ["claims"], unique=False)
        batch_op.alter_column("email_key", existing_type=sa.String(length=254), type_=sa.String(length=64))


def downgrade() -> None:
    """Go back."""
    # Of two accounts with one address the older version can find but one.
    op.execute("DELETE FROM account WHERE claims IS NOT NULL")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index("ix_account_claims")
        batch_op.drop_column("claims")
        batch_op.alter_column("email_key", existing_type=sa.String(length=64), type_=sa.String(length=254))
    op.execute("DELETE FROM mail_link WHERE purpose = 'change'")
    _all_rows(_open)
    with op.batch_alter_table("mail_link", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.Text(), type_=sa.String(length=254))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.alter_column("email", existing_type=sa.Text(), type_=sa.String(length=254))
