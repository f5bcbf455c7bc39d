"""What a durable commit costs on this disk, without any portal: the floor under every save."""

from __future__ import annotations

import time
from pathlib import Path

import pysqlite3


def durable_commit(folder: Path, count: int) -> float:
    """Processor seconds for one small change that is on the disk when it is acknowledged."""
    connection = pysqlite3.connect(str(folder / "floor.sqlite"), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS kept (id INTEGER PRIMARY KEY, value TEXT)")
    before = time.process_time()
    for number in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (number % 50, f'"{number}"'))
        connection.execute("COMMIT")
    spent = time.process_time() - before
    connection.close()
    return spent / count


def commits_a_second(folder: Path) -> float:
    """How many such changes a second one writer makes, one after another, for one second."""
    durable_commit(folder, 50)
    began, done = time.monotonic(), 0
    while time.monotonic() - began < 1:
        durable_commit(folder, 50)
        done += 50
    return done / (time.monotonic() - began)
