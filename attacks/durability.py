"""Count what the portal has the disk write for good while somebody saves: no save is acknowledged before."""

from __future__ import annotations

import re
import shutil
import subprocess
import time

from attacks.report import Place, Report
from attacks.serving import RUN, Portal, Saver

_SYNC = re.compile(r"^\d+ +f(?:data)?sync\(\d+<[^>]*sqlite-wal>", re.MULTILINE)


_LATE = 3
"""Seconds after which what was seen is written down at the latest."""


def _may_watch() -> bool:
    strace = shutil.which("strace")
    return (
        strace is not None
        and not subprocess.run([strace, "true"], check=False, capture_output=True).returncode
    )


def report(place: Place, *, saves: int, fault: str = "") -> Report:
    """Save so many times, one after another, and count the syncs of SQLite's log."""
    if not _may_watch():
        return Report(skipped="strace is not installed, or may not watch processes here")
    told = place.folder / "syncs"
    watching = ("strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(told))
    portal = Portal(place.folder, place.address, _FAULTS.get(fault, RUN), watching)
    try:
        portal.start()
        saver = Saver(portal.port)
        saver.begin()
        before = len(_SYNC.findall(told.read_text(encoding="utf-8")))
        for _turn in range(saves):
            assert saver.save()
        ends = time.monotonic() + _LATE
        while (syncs := len(_SYNC.findall(told.read_text(encoding="utf-8"))) - before) < saves:
            if time.monotonic() > ends:
                break
            time.sleep(0.1)
    finally:
        portal.kill()
    came = Report({"saves acknowledged": saver.acknowledged, "syncs of the log": syncs})
    if syncs < saver.acknowledged or not saver.acknowledged:
        came.wrong.append(f"{saver.acknowledged} saves were acknowledged, and the log synced {syncs} times")
    return came


_FAULTS = {
    "nothing is synced": """
from portal import database
database._PRAGMAS = tuple(each.replace("=FULL", "=OFF") for each in database._PRAGMAS)
"""
    + RUN
}
