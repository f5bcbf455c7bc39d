"""Run the migrations on the engine that :mod:`portal.upgrade` gives."""

from __future__ import annotations

from alembic import context

from portal.database import WRITES, Record
from portal.tables import ALL_TABLES

assert ALL_TABLES
engine = context.config.attributes["engine"].execution_options(**{WRITES: True})
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
