"""The disk is full while people save: nothing acknowledged is lost, reading goes on, and it heals by itself.

python -m attacks full

The portal's processes may not make any file longer than it is, as on a disk without room. Nothing has
to be mounted for it.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path

from sqlalchemy import text

from attacks.report import Place, Report
from attacks.serving import QUESTION, RUN, Portal, Saver
from portal.database import opened

_MOST_SAVES = 400
_AFTER = 20
_KEPT = text("SELECT version FROM answer WHERE question = :question")

_FAULTS = {
    "a save that failed is said to be kept": """
from portal.lines import AWAY
from portal.safeguards import Work
commit = Work.commit
def pretend(self):
    try:
        commit(self)
    except AWAY:
        self.undo()
Work.commit = pretend
"""
    + RUN,
}


def report(place: Place, *, fillings: int, fault: str = "") -> Report:
    """Fill the disk so many times, look at what is said and kept, and make room again."""
    came = Report()
    portal = Portal(place.folder, place.address, _FAULTS.get(fault, RUN))
    database = Path(place.address.removeprefix("sqlite:///"))
    try:
        portal.start()
        saver = Saver(portal.port)
        saver.begin()
        for _filling in range(fillings):
            # The log begins again at its start now and then: it is soon longer than the database itself.
            _room(portal, database.stat().st_size)
            refused = _save_until_refused(saver)
            came.wrong += _looked_at(saver, refused)
            _room(portal, resource.RLIM_INFINITY)
            before = saver.acknowledged
            for _save in range(_AFTER):
                saver.save()
            if saver.acknowledged != before + _AFTER:
                came.wrong.append("it did not heal when there was room again")
    finally:
        portal.kill()
    with opened(place.address) as engine, engine.connect() as line:
        kept = line.scalar(_KEPT, {"question": QUESTION}) or 0
    came.figures = {
        "saves acknowledged": saver.acknowledged,
        "kept": kept,
        "refused": sum(saver.refused.values()),
    }
    if kept != saver.acknowledged:
        came.wrong.append(f"{saver.acknowledged} saves were acknowledged and {kept} kept")
    if "Traceback" in portal.log:
        came.wrong.append("the portal said more than it should")
    return came


def _room(portal: Portal, most: int) -> None:
    """How long a file of the portal's processes may become."""
    assert portal.process is not None
    group = os.getpgid(portal.process.pid)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                resource.prlimit(int(folder.name), resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        except ProcessLookupError:
            continue


def _save_until_refused(saver: Saver) -> int:
    """The status that says that a save is not kept; nought when all were."""
    before = dict(saver.refused)
    for _save in range(_MOST_SAVES):
        saver.save()
        new = [status for status, times in saver.refused.items() if times > before.get(status, 0)]
        if new:
            return new[0]
    return 0


def _looked_at(saver: Saver, refused: int) -> list[str]:
    """What is wrong with how the refusal was told."""
    wrong = []
    if refused != 503:
        wrong.append(f"a save without room was answered with {refused}")
    elif (
        "It is still here, on this page" not in saver.last_page or f'name="{QUESTION}"' not in saver.last_page
    ):
        wrong.append("the page does not hold what was typed, or does not say so")
    if saver.status_of("/tasks") != 200:
        wrong.append("nothing can be read while nothing can be written")
    return wrong
