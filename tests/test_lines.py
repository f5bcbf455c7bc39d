"""Connections that stay open between requests, and carry nothing from one to the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from portal.database import opened
from portal.lines import MOST_KEPT, Lines


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database of one table."""
    with opened(f"sqlite:///{tmp_path}/portal.sqlite") as engine:
        lines = Lines(engine)
        line = lines.take(to_change=True)
        line.execute(text("CREATE TABLE kept (word TEXT)"))
        line.commit()
        lines.give_back(line)
        yield engine


@pytest.fixture
def lines(engine: Engine) -> Lines:
    return Lines(engine)


def words(lines: Lines) -> list[str]:
    line = lines.take(to_change=False)
    try:
        return list(line.execute(text("SELECT word FROM kept ORDER BY word")).scalars())
    finally:
        lines.give_back(line)


def write(lines: Lines, word: str, *, kept: bool = True) -> None:
    line = lines.take(to_change=True)
    line.execute(text("INSERT INTO kept VALUES (:word)"), {"word": word})
    if kept:
        line.commit()
    lines.give_back(line)


def test_the_next_request_goes_on_with_the_same_connection(lines: Lines) -> None:
    first = lines.take(to_change=False)
    lines.give_back(first)
    again = lines.take(to_change=True)
    assert again is first
    lines.give_back(again)


def test_what_one_request_did_not_commit_the_next_one_does_not_find(lines: Lines) -> None:
    write(lines, "kept")
    write(lines, "undone", kept=False)
    assert words(lines) == ["kept"]


def test_a_request_that_only_reads_does_not_hold_up_one_that_writes(lines: Lines) -> None:
    write(lines, "before")
    reading = lines.take(to_change=False)
    reading.execute(text("SELECT word FROM kept"))
    write(lines, "meanwhile")
    lines.give_back(reading)
    assert words(lines) == ["before", "meanwhile"]


def test_the_turn_to_write_ends_with_the_request(lines: Lines) -> None:
    line = lines.take(to_change=True)
    wrote = threading.Event()

    def waits() -> None:
        write(lines, "second")
        wrote.set()

    other = threading.Thread(target=waits)
    other.start()
    assert not wrote.wait(0.1)
    lines.give_back(line)
    assert wrote.wait(5)
    other.join()


def test_a_connection_that_broke_is_not_used_again(lines: Lines) -> None:
    broken = lines.take(to_change=True)
    broken.invalidate()
    lines.give_back(broken)
    assert broken.closed
    write(lines, "after")
    assert words(lines) == ["after"]


def test_one_that_cannot_even_undo_is_thrown_away(lines: Lines) -> None:
    line = lines.take(to_change=True)
    driver = line.connection.driver_connection
    assert driver is not None
    driver.close()
    lines.give_back(line)
    assert line.closed
    write(lines, "after")
    assert words(lines) == ["after"]


def test_no_more_stay_open_than_are_of_use(lines: Lines, engine: Engine) -> None:
    taken = [lines.take(to_change=False) for _each in range(MOST_KEPT + 2)]
    for line in taken:
        lines.give_back(line)
    assert sum(not line.closed for line in taken) == MOST_KEPT


def test_none_is_left_when_the_portal_ends(lines: Lines, engine: Engine) -> None:
    line = lines.take(to_change=False)
    lines.give_back(line)
    engine.dispose()
    assert line.closed


def test_one_that_goes_back_to_the_pool_after_writing_only_reads_for_the_next(lines: Lines) -> None:
    reading = [lines.take(to_change=False) for _each in range(MOST_KEPT)]
    wrote = lines.take(to_change=True)
    for line in (*reading, wrote):
        lines.give_back(line)
    assert wrote.closed
    again = [lines.take(to_change=False) for _each in range(MOST_KEPT + 1)]
    write(lines, "meanwhile")
    for line in again:
        lines.give_back(line)
    assert words(lines) == ["meanwhile"]


@pytest.mark.parametrize("keeps", [True, False])
def test_a_connection_that_breaks_after_the_answer_disturbs_nobody(
    engine: Engine, lines: Lines, monkeypatch, keeps: bool
) -> None:
    def breaks(_connection: object) -> None:
        raise engine.dialect.loaded_dbapi.OperationalError("it ended")

    lines._keeps = keeps
    broken = lines.take(to_change=False)
    broken.execute(text("SELECT word FROM kept"))
    with monkeypatch.context() as ended:
        ended.setattr(engine.dialect, "do_rollback", breaks)
        lines.give_back(broken)
    assert broken.closed
    write(lines, "after")
    assert words(lines) == ["after"]
