"""Take the database up and down through every version, with people's words in it, and kill that half-way."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, inspect, select, text

from attacks.in_process import portal
from attacks.people import PEOPLE
from attacks.report import Place, Report
from portal.database import WRITES, opened
from portal.keys import Keyring
from portal.sealing import KEYS, is_sealed
from portal.upgrade import downgrade, steps_for, upgrade, version_of

Columns = dict[tuple[str, str], list[str]]
"""Every value of each column of each table, in the order of the rows' keys."""

_UNTOLD = frozenset({"alembic_version"})

_REWRITTEN = {
    "0005": ("account.passphrase",),
    "0013": ("account.email_key", "sign_in_attempt."),
}
"""What a version writes anew on purpose, by column or table: a passphrase that nobody has, what an
address is found by, and how often somebody tried to sign in, which begins anew."""


def versions(engine: Engine) -> list[str]:
    """Every version there is, the oldest first."""
    walked = ScriptDirectory.from_config(steps_for(engine)).walk_revisions()
    return [step.revision for step in reversed(list(walked))]


def columns_of(engine: Engine) -> Columns:
    """What the database holds, column by column."""
    tables, found = MetaData(), {}
    with engine.connect() as line:
        tables.reflect(line)
        for name, table in tables.tables.items():
            if name in _UNTOLD or name.startswith("catalogue_words"):
                continue
            rows = line.execute(select(table).order_by(*table.primary_key.columns)).all()
            for place, column in enumerate(table.columns):
                found[name, column.name] = [repr(row[place]) for row in rows]
    return found


def _changed(before: Columns, after: Columns) -> list[str]:
    """The columns of both that hold something else. What is sealed looks different each time it is sealed."""
    return [
        f"{table}.{column}"
        for (table, column), values in before.items()
        if (table, column) in after
        and values != after[table, column]
        and not any(_sealed(value) for value in (*values, *after[table, column]))
    ]


def _sealed(value: str) -> bool:
    return any(map(is_sealed, re.split("['\"]", value)))


def _through_every_version(engine: Engine, keys: Keyring, came: Report) -> None:
    """Down by one, up, and down again, from the newest to the first: nothing else changes on the way."""
    order = versions(engine)
    for here, before in zip(reversed(order), reversed(order[:-1]), strict=False):
        new = columns_of(engine)
        downgrade(engine, before, keyring=keys)
        old = columns_of(engine)
        upgrade(engine, here, keyring=keys)
        again = columns_of(engine)
        downgrade(engine, before, keyring=keys)
        lost = _changed(new, old) + _changed(old, again) + _changed(old, columns_of(engine))
        lost = [column for column in lost if not column.startswith(_REWRITTEN.get(here, ()))]
        came.wrong += [f"{here}: {column} came back as something else" for column in dict.fromkeys(lost)]
    came.figures |= {
        "versions": len(order),
        "columns with something in them": sum(map(bool, old.values())),
    }
    downgrade(engine, keyring=keys)
    left = set(inspect(engine).get_table_names()) - _UNTOLD
    came.wrong += [f"{name} is left when all is taken down" for name in sorted(left)]
    for each in order:
        upgrade(engine, each, keyring=keys)
        if version_of(engine) != each:
            came.wrong.append(f"{each} was not reached on an empty database")


_HALF_WAY = """
import sys, time
from alembic.operations import Operations
from portal.database import open_database
from portal.upgrade import upgrade
made, between = Operations.create_table, sys.argv[2]
def slowly(self, *rest, **more):
    if between == "commits":
        line = self.get_bind().connection.driver_connection
        line.execute("COMMIT")
        line.execute("BEGIN IMMEDIATE")
    print("at it", flush=True)
    time.sleep(0.02)
    return made(self, *rest, **more)
Operations.create_table = slowly
upgrade(open_database(sys.argv[1]))
"""


def _kill_half_way(place: Place, engine: Engine, kills: int, between: str, came: Report) -> None:
    """Upgrade an empty database and kill that; it is empty or whole afterwards, and can be upgraded."""
    chance = random.Random(1)
    killed = 0
    for _kill in range(kills):
        downgrade(engine)
        with engine.execution_options(**{WRITES: True}).begin() as line:
            line.execute(text("DROP TABLE alembic_version"))
        engine.dispose()
        arguments = [sys.executable, "-c", _HALF_WAY, place.address, between]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as upgrading:
            assert upgrading.stdout is not None
            upgrading.stdout.readline()
            time.sleep(chance.uniform(0, 0.4))
            upgrading.kill()
        killed += upgrading.returncode < 0
        tables = set(inspect(engine).get_table_names()) - _UNTOLD
        version = version_of(engine) if "alembic_version" in inspect(engine).get_table_names() else None
        if version is None and tables:
            came.wrong.append(f"killed half-way, and left {len(tables)} tables of no version")
            return
        upgrade(engine)
    came.figures["killed half-way"] = killed


@contextmanager
def _spoiled(fault: str) -> Iterator[None]:
    real = command.upgrade

    def spoil(config: Any, to: str) -> None:
        real(config, to)
        with config.attributes["engine"].execution_options(**{WRITES: True}).begin() as line:
            line.execute(text("UPDATE case_record SET reference = 'X' || reference"))

    with patch.object(command, "upgrade", spoil if fault == "a value changed on the way" else real):
        yield


def report(place: Place, *, kills: int, fault: str = "") -> Report:
    """Fill a database as people do, and take it through every version.

    :param kills: how often an upgrade is killed half-way.
    """
    came = Report()
    with portal(place.folder, place.address) as app:
        for begin in PEOPLE.values():
            begin(app.test_client())
        keys = app.extensions["session_info"][KEYS]
        app.extensions["engine"].dispose()
        with opened(place.address) as engine:
            with _spoiled(fault):
                _through_every_version(engine, keys, came)
            if not came.wrong:
                _kill_half_way(place, engine, kills, "commits" if fault == "half of it counts" else "", came)
    return came
