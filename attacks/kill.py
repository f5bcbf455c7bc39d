"""Kill the portal in the middle of saving, again and again: no save that was acknowledged may be lost.

python -m attacks.kill --kills 200
python -m attacks.kill --kills 200 --database postgresql
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from attacks.serving import QUESTION, Portal, Saver
from portal import audit, trail
from portal.database import opened
from portal.settings import Settings
from tests.postgres import running

SAVERS = 2
_KEPT = text(
    "SELECT version FROM answer JOIN case_record ON case_record.id = case_id "
    "WHERE reference = :reference AND question = :question"
)


@dataclass
class Outcome:
    """What came of the kills.

    :ivar saves: acknowledged, in all; ``lost``: of these, what is not in the database.
    :ivar starts: seconds until the portal answered again, for each start.
    """

    kills: int = 0
    saves: int = 0
    lost: int = 0
    starts: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def attack(folder: Path, address: str, kills: int, longest: float = 3.0, seed: int = 1) -> Outcome:
    """Kill the portal so many times under load, and look after each time whether all is there.

    :param longest: seconds that it may work at most before it is killed.
    """
    chance = random.Random(seed)
    outcome, portal = Outcome(), Portal(folder, address)
    visits: list[tuple[Saver, str]] = []
    try:
        outcome.starts.append(portal.start())
        for _saver in range(SAVERS):
            saver = Saver(portal.port)
            saver.begin()
            visits.append((saver, saver.reference()))
        for _kill in range(kills):
            working = [saver for saver, _reference in visits]
            for saver in working:
                saver.start()
            time.sleep(chance.uniform(0.3, longest))
            portal.kill()
            for saver in working:
                saver.join()
            outcome.kills += 1
            outcome.lost += _lost(address, visits)
            outcome.starts.append(portal.start())
            visits = [(saver.again(), reference) for saver, reference in visits]
        outcome.saves = sum(saver.acknowledged for saver, _reference in visits)
        outcome.faults = _faults(address, portal.secret_key)
    finally:
        portal.kill()
    if "Traceback" in portal.log:
        outcome.faults.append("the portal said more than it should:\n" + portal.log)
    return outcome


def _lost(address: str, visits: list[tuple[Saver, str]]) -> int:
    lost = 0
    with opened(address) as engine, engine.connect() as line:
        for saver, reference in visits:
            kept = line.scalar(_KEPT, {"reference": reference, "question": QUESTION}) or 0
            lost += max(0, saver.acknowledged - kept)
            assert kept <= saver.sent, "more was kept than was ever sent"
    return lost


def _faults(address: str, secret_key: str) -> list[str]:
    key = Settings(secret_key=secret_key).audit_key
    with opened(address) as engine, Session(engine, info={audit.KEY: key}) as session:
        found = [str(fault) for fault in trail.faults(session)]
        if engine.dialect.name == "sqlite":
            checked = session.execute(text("PRAGMA integrity_check")).scalars()
            found += [fault for fault in checked if fault != "ok"]
    return found


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database that waits for the disk, as in production."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/portal.sqlite"
        return
    with running(durable=True) as server:
        yield server.fresh()


def main() -> None:
    """Kill, count, and fail when anything was lost."""
    reading = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reading.add_argument("--kills", type=int, default=200)
    reading.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = reading.parse_args()
    with tempfile.TemporaryDirectory() as folder, database(asked.database, Path(folder)) as address:
        outcome = attack(Path(folder), address, asked.kills)
    print(f"Kills: {outcome.kills}. Saves acknowledged: {outcome.saves}. Lost: {outcome.lost}.")
    print(f"Slowest start: {max(outcome.starts):.2f} s. Faults in the database: {len(outcome.faults)}.")
    for fault in outcome.faults:
        print(fault)
    raise SystemExit(1 if outcome.lost or outcome.faults or not outcome.saves else 0)


if __name__ == "__main__":
    main()
