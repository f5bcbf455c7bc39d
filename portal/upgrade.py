"""Bring the database to the newest shape, or back, with the steps in ``portal/migrations``."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def steps_for(engine: Engine) -> Config:
    """Alembic's configuration for an engine; there is no ``alembic.ini``."""
    config = Config()
    config.set_main_option("script_location", "portal:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Take the database to the newest version, or to the one named."""
    command.upgrade(steps_for(engine), to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the database back to a version; ``base`` is the empty database."""
    command.downgrade(steps_for(engine), to)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the shape that this version of the portal works with."""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    return here == ScriptDirectory.from_config(steps_for(engine)).get_current_head()
