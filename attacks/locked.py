"""The database is locked: eight processes that read and then write all get their turn, and a lock that
stays is told plainly.

python -m attacks locked
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from attacks.report import Place, Report
from attacks.serving import RUN, Portal, Saver
from portal.database import WRITES, opened

PROCESSES = 8

_WRITER = """
import sys, time
from sqlalchemy import text
from portal.database import WRITES, opened
address, seconds, how = sys.argv[1], float(sys.argv[2]), sys.argv[3]
with opened(address) as engine:
    options = {WRITES: True} if how == "turns" else {}
    writing = engine.execution_options(**options)
    lock = " FOR UPDATE" if engine.dialect.name == "postgresql" and how == "turns" else ""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            with writing.begin() as line:
                before = line.scalar(text("SELECT many FROM counted" + lock))
                time.sleep(0.001)
                line.execute(text("UPDATE counted SET many = :many"), {"many": before + 1})
        except Exception as error:
            print("error", type(error).__name__)
        else:
            print(time.monotonic() - began)
        time.sleep(0.01)
"""


def report(place: Place, *, seconds: int, p99: int, fault: str = "") -> Report:
    """Let eight processes write for so many seconds; then hold a lock against a portal.

    :param p99: milliseconds that 99 of 100 writers may wait at most; the last one four times as long.
    """
    came = Report()
    with opened(place.address) as engine:
        with engine.execution_options(**{WRITES: True}).begin() as line:
            line.execute(text("CREATE TABLE counted (many integer)"))
            line.execute(text("INSERT INTO counted VALUES (0)"))
        how = "no turns" if fault else "turns"
        command = [sys.executable, "-c", _WRITER, place.address, str(seconds), how]
        writers = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
            for _writer in range(PROCESSES)
        ]
        said = [one for writer in writers for one in writer.communicate()[0].splitlines()]
        waits = sorted(float(one) for one in said if not one.startswith("error"))
        errors = len(said) - len(waits)
        with engine.execution_options(**{WRITES: True}).begin() as line:
            counted = line.scalar(text("SELECT many FROM counted"))
            line.execute(text("DROP TABLE counted"))
    nearly_all, worst = statistics.quantiles(waits, n=100)[98], waits[-1]
    came.figures = {"writes": len(waits), "errors": errors, "p99 in s": nearly_all, "worst in s": worst}
    if errors or counted != len(waits):
        came.wrong.append(f"{errors} errors; {len(waits)} writes were counted as {counted}")
    if nearly_all > p99 / 1000 or worst > 4 * p99 / 1000:
        came.wrong.append(f"the wait was {nearly_all:.2f} s (p99), {worst:.2f} s (worst)")
    if not fault:
        came.wrong += _held(place)
    return came


def _held(place: Place) -> Iterator[str]:
    """What a person is told who saves while somebody holds a lock for longer than anybody waits."""
    portal = Portal(place.folder, place.address, RUN)
    try:
        portal.start()
        saver = Saver(portal.port)
        saver.begin()
        with _lock(place):
            saver.save()
            if saver.refused != {503: 1} or "It is still here, on this page" not in saver.last_page:
                yield f"a save that met a lock was answered with {saver.refused}"
            if saver.status_of("/tasks") != 200:
                yield "nothing can be read while somebody holds a lock"
        saver.save()
        if saver.acknowledged != 1:
            yield "it did not heal when the lock was gone"
        if "Traceback" in portal.log:
            yield "the portal said more than it should"
    finally:
        portal.kill()


@contextmanager
def _lock(place: Place) -> Iterator[None]:
    """A lock that keeps everybody from writing."""
    with opened(place.address) as engine, engine.connect() as line:
        if place.database == "sqlite":
            line.connection.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]
        else:
            line.execute(text("SELECT id FROM case_record FOR UPDATE"))
        try:
            yield
        finally:
            if place.database == "sqlite":
                line.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
