"""The database goes up and down, and its shape is the one the records have."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from portal.app import create_app
from portal.database import WRITES, Record, open_database
from portal.tables import ALL_TABLES
from portal.upgrade import WrongVersion, downgrade, is_current, steps_for, upgrade, versions
from tests.conftest import settings


@pytest.fixture
def engine(blank_database: str) -> Iterator[Engine]:
    """A database without a single table."""
    made = open_database(blank_database)
    yield made
    made.dispose()


def test_up_finds_no_drift_and_down_leaves_nothing(engine: Engine) -> None:
    assert not is_current(engine)
    upgrade(engine)
    assert is_current(engine)
    command.check(steps_for(engine))
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine)
    assert is_current(engine)


def test_the_versions_are_those_that_alembic_reads_in_the_steps() -> None:
    steps = ScriptDirectory.from_config(steps_for(create_engine("sqlite://")))
    assert versions() == tuple(step.revision for step in steps.walk_revisions())[::-1]
    assert steps.get_current_head() == versions()[-1]


def test_an_upgrade_with_nothing_to_do_takes_no_step(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(engine)
    monkeypatch.setattr(command, "upgrade", None)
    upgrade(engine)
    assert is_current(engine)


def test_an_upgrade_that_breaks_off_leaves_what_was_there(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Operations.create_table

    def cut_off(self: Operations, name: str, *rest: Any, **more: Any) -> Any:
        if name == "visit":
            raise RuntimeError("the power went")
        return made(self, name, *rest, **more)

    monkeypatch.setattr(Operations, "create_table", cut_off)
    with pytest.raises(RuntimeError, match="power"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == []
    monkeypatch.undo()
    upgrade(engine)
    assert is_current(engine)


def test_two_that_upgrade_at_once_take_turns(engine: Engine, blank_database: str) -> None:
    # Alembic keeps what it is doing in one place for a process, so that the second one is another.
    script = (
        "import sys; from portal.database import open_database; from portal.upgrade import upgrade; "
        "upgrade(open_database(sys.argv[1]))"
    )
    command_line = [sys.executable, "-c", script, blank_database]
    with subprocess.Popen(command_line) as other:
        upgrade(engine)
    assert other.returncode == 0
    assert is_current(engine)


def test_a_database_that_a_newer_portal_made_is_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongVersion, match=r"version 9999, which this portal does not know.*portal restore"):
        upgrade(engine)


def test_the_portal_does_not_start_on_an_older_database(engine: Engine, blank_database: str) -> None:
    with pytest.raises(WrongVersion, match="run: portal upgrade"):
        create_app(settings(blank_database))


def test_every_record_is_gathered_for_the_migrations() -> None:
    assert {record.__tablename__ for record in ALL_TABLES} == set(Record.metadata.tables)


def test_everything_of_a_case_goes_with_it_except_the_audit_trail() -> None:
    for table in Record.metadata.sorted_tables:
        if "case_id" in table.c and table.name != "audit":
            (key,) = table.c.case_id.foreign_keys
            assert key.ondelete == "CASCADE", table.name
