"""What people wrote is sealed with a key for each case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from portal.sealing import KEYS, is_sealed, make_key, open_sealed, place_in, seal

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WHOLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "budget_override": (("told_id",), ("reason", "author", "evidence")),
    "document": (("number",), ("content",)),
    "plan_line": (("id",), ("what", "who", "times")),
    "plan_need": (("outcome",), ("words",)),
    "plan_setback": (("id",), ("wrong", "then", "call")),
    "plan_text": (("part",), ("words",)),
}
"""By table: what names a row within its case, and the columns that hold words."""

_AMONG: dict[str, tuple[tuple[str, ...], str]] = {
    "answer": (("question",), "value"),
    "choice": (("topic",), "value"),
    "money_told": ((), "answers"),
}
"""By table: what names a row, and the column of which only words are sealed."""

Turn = Callable[[Session, str, str, Any], Any]


def _sealed(session: Session, case_id: str, place: str, value: Any) -> Any:
    return seal(session, case_id, place, value)


def _opened(session: Session, case_id: str, place: str, value: Any) -> Any:
    return open_sealed(session, case_id, place, value) if is_sealed(value) else value


def _among(turn: Turn, session: Session, place: tuple[str, ...], case_id: str, value: Any) -> Any:
    if place[0] == "answer":
        # Nothing here tells a code from a name. What may be words is sealed, until it is answered again.
        coded = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return value if coded else turn(session, case_id, place_in(*place), value)
    inner = {"names"} & value.keys() if place[0] == "choice" else value.keys()
    return value | {each: turn(session, case_id, place_in(*place, each), value[each]) for each in inner}


def _all_rows(turn: Turn) -> None:
    line = op.get_bind()
    cases = line.execute(sa.text("SELECT id FROM case_record")).scalars().all()
    if not cases:
        return
    config = op.get_context().config
    keyring = config.attributes.get("keyring") if config is not None else None
    if keyring is None:
        raise RuntimeError("what people wrote can only be sealed with the keys: run portal upgrade")
    with Session(line, info={KEYS: keyring}) as session:
        for case_id in cases:
            make_key(session, case_id)
        for name, (named_by, columns) in _WHOLE.items():
            _turn_whole(turn, session, name, named_by, columns)
        for name, (named_by, column) in _AMONG.items():
            _turn_among(turn, session, name, named_by, column)


def _turn_whole(
    turn: Turn, session: Session, name: str, named_by: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    kept = [sa.column(column, sa.Text) for column in columns]
    table = sa.table(name, sa.column("case_id"), *(sa.column(each) for each in named_by), *kept)
    for row in session.execute(sa.select(table)).mappings().all():
        key = [row[each] for each in named_by]
        new = {
            column: turn(session, row["case_id"], place_in(name, column, *key), row[column])
            for column in columns
            if row[column] is not None
        }
        if new:
            here = [table.c[each] == row[each] for each in ("case_id", *named_by)]
            session.execute(sa.update(table).where(*here).values(**new))


def _turn_among(turn: Turn, session: Session, name: str, named_by: tuple[str, ...], column: str) -> None:
    kept = sa.column(column, sa.JSON)
    table = sa.table(name, sa.column("case_id"), *(sa.column(each) for each in named_by), kept)
    for row in session.execute(sa.select(table)).mappings().all():
        key = [row[each] for each in named_by]
        new = _among(turn, session, (name, column, *key), row["case_id"], row[column])
        here = [table.c[each] == row[each] for each in ("case_id", *named_by)]
        session.execute(sa.update(table).where(*here).values({column: new}))


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("budget_override", schema=None) as batch_op:
        batch_op.alter_column("author", existing_type=sa.String(200), type_=sa.Text(), nullable=False)
    _all_rows(_sealed)


def downgrade() -> None:
    """Go back."""
    _all_rows(_opened)
    with op.batch_alter_table("budget_override", schema=None) as batch_op:
        batch_op.alter_column("author", existing_type=sa.Text(), type_=sa.String(200), nullable=False)
