"""The database goes up and down, and its shape is the one the records have."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import inspect

from portal.database import Record, open_database
from portal.tables import ALL_TABLES
from portal.upgrade import downgrade, is_current, steps_for, upgrade


def test_up_finds_no_drift_and_down_leaves_nothing(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/portal.sqlite")
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    command.check(steps_for(engine))
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert is_current(engine)


def test_every_record_is_gathered_for_the_migrations() -> None:
    assert {record.__tablename__ for record in ALL_TABLES} == set(Record.metadata.tables)


def test_everything_of_a_case_goes_with_it_except_the_audit_trail() -> None:
    for table in Record.metadata.sorted_tables:
        if "case_id" in table.c and table.name != "audit":
            (key,) = table.c.case_id.foreign_keys
            assert key.ondelete == "CASCADE", table.name
