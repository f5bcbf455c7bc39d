"""Bring the database to the newest shape, or back, with the steps in ``portal/migrations``.

A start compares two versions, and as a rule they are the same. So Alembic is imported when there is
something to take a step for: importing it and its steps takes longer than all else that is done here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from portal.keys import Keyring

if TYPE_CHECKING:
    from alembic.config import Config

_STEPS = Path(__file__).parent / "migrations" / "versions"
_HEAD = "head"
_LOOKED_AT = 500
"""How many of the newest cases must have their keys for the portal to start."""


class WrongVersion(RuntimeError):
    """The database is older or newer than the portal; the message says what to do."""


def steps_for(engine: Engine, keyring: Keyring | None = None) -> Config:
    """Alembic's configuration for an engine; there is no ``alembic.ini``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "portal:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    config.attributes["keyring"] = keyring
    return config


def upgrade(engine: Engine, to: str = _HEAD, *, keyring: Keyring | None = None) -> None:
    """Take the database to the newest version, or to the one named.

    :param keyring: the keys; an empty database does without.
    :raises WrongVersion: when it is at a version that this portal does not know.
    """
    need_known(engine)
    if to == _HEAD and is_current(engine):
        return
    from alembic import command

    command.upgrade(steps_for(engine, keyring), to)


def downgrade(engine: Engine, to: str = "base", *, keyring: Keyring | None = None) -> None:
    """Take the database back to a version; ``base`` is the empty database."""
    from alembic import command

    command.downgrade(steps_for(engine, keyring), to)


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the shape that this version of the portal works with."""
    return version_of(engine) == versions()[-1]


@cache
def versions() -> tuple[str, ...]:
    """Every version there is, the oldest first: the number that the name of each step begins with."""
    return tuple(sorted(step.name.partition("_")[0] for step in _STEPS.glob("[0-9]*_*.py")))


def version_of(engine: Engine) -> str | None:
    """The version of the database; ``None`` when it is empty."""
    with engine.connect() as line:
        if not inspect(line).has_table("alembic_version"):
            return None
        version: str | None = line.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return version


def need_known(engine: Engine) -> None:
    """Refuse a database that a newer portal made, before anything touches it.

    :raises WrongVersion: saying what to do.
    """
    here = version_of(engine)
    if here is not None and here not in versions():
        raise WrongVersion(
            f"The database is at version {here}, which this portal does not know: a newer one made it. "
            "Install the newer portal again, or restore a backup from before the upgrade: portal restore FILE"
        )


def need_keys(engine: Engine, keyring: Keyring) -> None:
    """Refuse to work with keys that are not those of the database.

    :raises KeyProblem: saying what to do.
    """
    newest = text("SELECT id FROM case_record ORDER BY started DESC, id LIMIT :most")
    with engine.connect() as line:
        cases = line.execute(newest, {"most": _LOOKED_AT}).scalars().all()
    keyring.need(cases)


def need_current(engine: Engine) -> None:
    """Refuse to work on a database that does not have the shape this portal works with.

    :raises WrongVersion: saying what to do.
    """
    try:
        need_known(engine)
        if not is_current(engine):
            raise WrongVersion(
                f"The database is at version {version_of(engine) or 'none'}, and this portal needs a newer "
                "one. Take a backup, then run: portal upgrade"
            )
    finally:
        # A server may start its processes after this; they must not share a connection.
        engine.dispose()
