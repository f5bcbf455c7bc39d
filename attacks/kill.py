"""Kill the portal in the middle of saving, again and again: no save that was acknowledged may be lost.

python -m attacks kill
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from attacks.report import Place, Report
from attacks.serving import QUESTION, RUN, Portal, Saver
from portal import audit, trail
from portal.database import opened
from portal.settings import Settings

SAVERS = 2
_KEPT = text(
    "SELECT version FROM answer JOIN case_record ON case_record.id = case_id "
    "WHERE reference = :reference AND question = :question"
)


@dataclass
class Outcome:
    """What came of the kills.

    :ivar saves: acknowledged, in all; ``lost``: of these, what is not in the database.
    :ivar starts: seconds until the portal answered again, for each start; ``worked``: of processor time.
    """

    kills: int = 0
    saves: int = 0
    lost: int = 0
    starts: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def attack(folder: Path, address: str, kills: int, longest: float = 3.0, *, run: str = RUN) -> Outcome:
    """Kill the portal so many times under load, and look after each time whether all is there.

    :param longest: seconds that it may work at most before it is killed.
    :param run: the program that starts the portal, so that a fault can be planted in it.
    """
    chance = random.Random(1)
    outcome, portal = Outcome(), Portal(folder, address, run)
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
            outcome.lost = max(outcome.lost, lost_of(address, visits))
            outcome.starts.append(portal.start())
            outcome.worked.append(portal.processor_time)
            visits = [(saver.again(), reference) for saver, reference in visits]
        outcome.saves = sum(saver.acknowledged for saver, _reference in visits)
        outcome.faults = faults_in(address, portal.secret_key)
    finally:
        portal.kill()
    if "Traceback" in portal.log:
        outcome.faults.append("the portal said more than it should:\n" + portal.log)
    return outcome


def lost_of(address: str, visits: list[tuple[Saver, str]]) -> int:
    """How many of the acknowledged saves are not in the database."""
    lost = 0
    with opened(address) as engine, engine.connect() as line:
        for saver, reference in visits:
            kept = line.scalar(_KEPT, {"reference": reference, "question": QUESTION}) or 0
            lost += max(0, saver.acknowledged - kept)
            assert kept <= saver.sent, "more was kept than was ever sent"
    return lost


def faults_in(address: str, secret_key: str) -> list[str]:
    """What is wrong with the trail, or with the database itself."""
    key = Settings(secret_key=secret_key).audit_key
    with opened(address) as engine, Session(engine, info={audit.KEY: key}) as session:
        found = [str(fault) for fault in trail.faults(session)]
        if engine.dialect.name == "sqlite":
            checked = session.execute(text("PRAGMA integrity_check")).scalars()
            found += [fault for fault in checked if fault != "ok"]
    return found


def report(place: Place, *, kills: int, milliseconds: int, start: int, fault: str = "") -> Report:
    """Kill, count, and say what was lost.

    :param milliseconds: how long it may work at most before it is killed.
    :param start: milliseconds of processor time that it may usually take until it answers again. What a clock
        shows tells more of what else the machine does.
    """
    outcome = attack(place.folder, place.address, kills, milliseconds / 1000, run=_FAULTS.get(fault, RUN))
    came = Report(
        {
            "kills": outcome.kills,
            "saves acknowledged": outcome.saves,
            "lost": outcome.lost,
            "slowest start in s": max(outcome.starts),
            "usual start in s": statistics.median(outcome.starts),
            "in s of processor time": statistics.median(outcome.worked),
        },
        list(outcome.faults),
    )
    if outcome.lost:
        came.wrong.append(f"{outcome.lost} of {outcome.saves} acknowledged saves were lost")
    if statistics.median(outcome.worked) * 1000 > start:
        came.wrong.append(f"a start takes {statistics.median(outcome.worked):.2f} s of processor time")
    if not outcome.saves:
        came.wrong.append("nothing was saved at all")
    return came


_FAULTS = {
    # Every third page is said to be saved and is not.
    "acknowledged too early": """
from portal.safeguards import Work
commit, turns = Work.commit, iter(range(10**9))
Work.commit = lambda self: self.undo() if next(turns) % 3 == 2 else commit(self)
"""
    + RUN,
}
