"""Run the migrations on the engine that :mod:`portal.upgrade` gives: all of them, or none."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import text
from sqlalchemy.engine import Connection

from portal.database import WRITES, Record
from portal.tables import ALL_TABLES

assert ALL_TABLES
_LOCK = 0x706F7274
"""Whoever migrates PostgreSQL holds this lock, so that two that start together take turns."""


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table or index is one of a record: what the databases search words with is not."""
    return not (kind in {"table", "index"} and (name or "").startswith("catalogue_words"))


def run(connection: Connection) -> None:
    """Migrate in one transaction: a process that dies half-way leaves what was there before."""
    sqlite = connection.dialect.name == "sqlite"
    driver: Any = connection.connection.driver_connection
    if sqlite:
        # A table that is made anew is dropped first, which must not take along what refers to it.
        driver.execute("PRAGMA foreign_keys=OFF")
    with connection.begin():
        if not sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=_is_ours,
        )
        context.run_migrations()
        if sqlite:
            broken = driver.execute("PRAGMA foreign_key_check").fetchall()
            assert not broken, f"{len(broken)} rows refer to nothing"
    if sqlite:
        driver.execute("PRAGMA foreign_keys=ON")


engine = context.config.attributes["engine"].execution_options(**{WRITES: True})
with engine.connect() as connection:
    run(connection)
