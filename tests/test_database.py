"""The database keeps what was acknowledged, and lets writers take turns."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal import database
from portal.database import WRITES, UnsafeDatabase, _WriterQueue, open_database, opened
from tests.whole.files import ROOT


def test_sqlite_syncs_every_commit_and_writes_ahead(tmp_path: Path) -> None:
    # In a process of its own: tests that are about something else do not wait for the disk.
    asked = f"""
from sqlalchemy import text
from portal.database import open_database
with open_database("sqlite:///{tmp_path}/portal.sqlite").connect() as connection:
    for each in ("journal_mode", "synchronous", "foreign_keys"):
        print(connection.scalar(text(f"PRAGMA {{each}}")))
"""
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True, cwd=ROOT)
    assert told.stdout.split() == ["wal", "2", "1"]


def test_a_sqlite_that_can_lose_data_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_SAFE_SQLITE", (99, 0, 0))
    with pytest.raises(UnsafeDatabase, match="pysqlite3"):
        open_database(f"sqlite:///{tmp_path}/portal.sqlite")


def test_eight_writers_that_read_first_all_get_their_turn(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/portal.sqlite")
    writing = engine.execution_options(**{WRITES: True})
    with writing.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    failures: list[Exception] = []

    def count() -> None:
        try:
            for _turn in range(25):
                with writing.begin() as connection:
                    number = connection.scalar(text("SELECT n FROM counter"))
                    connection.execute(text("UPDATE counter SET n = :n"), {"n": number + 1})
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure
            failures.append(error)

    threads = [threading.Thread(target=count) for _writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM counter")) == 200


def test_a_turn_that_does_not_come_in_time_is_told_to_whoever_waits_in_this_process(tmp_path: Path) -> None:
    queue = _WriterQueue(str(tmp_path / "portal.sqlite"))
    turn = queue.wait(1)
    with pytest.raises(TimeoutError):
        queue.wait(0)
    turn.leave()
    queue.wait(0).leave()


def test_a_turn_that_another_process_has_is_waited_for(tmp_path: Path) -> None:
    here, elsewhere = (_WriterQueue(str(tmp_path / "portal.sqlite")) for _process in range(2))
    turn = elsewhere.wait(1)
    with pytest.raises(TimeoutError):
        here.wait(0.05)
    turn.leave()
    here.wait(1).leave()


def test_nobody_waits_for_ever_for_a_postgresql_that_stands_still(
    blank_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not blank_database.startswith("postgresql"):
        pytest.skip("SQLite has no server that could stand still")
    from portal import patience

    monkeypatch.setattr(patience, "LONGEST_STATEMENT", 0.1)
    with opened(blank_database) as engine:
        with engine.connect() as line, pytest.raises(OperationalError) as told:
            line.execute(text("SELECT pg_sleep(3)"))
        assert told.value.connection_invalidated
        with engine.connect() as line:
            assert line.scalar(text("SELECT 1")) == 1
