"""Tamper with the audit trail, one entry at a time: each time the first bad entry must be named.

python -m attacks tamper
"""

from __future__ import annotations

import hmac
import os
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import patch

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from attacks.report import Place, Report
from portal import audit, sealing, trail
from portal.database import WRITES, opened
from portal.keys import Keyring, operator_keys
from portal.sharing.records import delete_case, start_case
from portal.upgrade import upgrade

KEY = b"a key that only the portal has"
AT = datetime.fromisoformat("2026-11-22T09:30:00")
_COLUMNS = "at, actor, action, subject, hash, said"


# What is tampered with are entries; the cases have keys so that they can be begun and deleted.
_KEYS = Keyring("sqlite://", operator_keys("only for this attack"))


def fill(engine: Engine, cases: int, entries: int) -> None:
    """Cases with a trail each; every tenth one was deleted by its person."""
    with writing(engine) as session:
        for number in range(cases):
            case_id = start_case(session, pack_id="demo", pack_version="1", at=AT)
            for step in range(entries):
                at = AT + timedelta(minutes=step)
                # Of some it is told what they changed, of others not.
                said = audit.Said("before", "after") if step % 2 else None
                audit.record(session, case_id, "change", f"answer {step}", at, said=said)
            if number % 10 == 9:
                audit.record(session, case_id, "delete", "case", AT + timedelta(days=1))
                delete_case(session, case_id)
        session.commit()


def writing(engine: Engine) -> Session:
    """A session that may write, with the key."""
    return Session(engine.execution_options(**{WRITES: True}), info={audit.KEY: KEY, sealing.KEYS: _KEYS})


def unlock(session: Session) -> None:
    """Take the triggers away, as somebody who owns the database can."""
    if _on_sqlite(session):
        session.execute(text("DROP TRIGGER audit_no_update"))
        session.execute(text("DROP TRIGGER audit_no_delete"))
    else:
        session.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))


def _on_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"


def _change(session: Session, chance: random.Random, case: str, place: int) -> int:
    column = chance.choice(("actor", "action", "subject", "hash", "at", "said"))
    value = "2027-12-27 09:30:00.000000" if column == "at" else f"x{chance.randrange(10**6)}"
    cast = "CAST(:value AS timestamp)" if column == "at" and not _on_sqlite(session) else ":value"
    session.execute(
        text(f"UPDATE audit SET {column} = {cast} WHERE case_id = :case AND place = :place"),
        {"value": value, "case": case, "place": place},
    )
    return place


def _delete(session: Session, _chance: random.Random, case: str, place: int) -> int:
    session.execute(
        text("DELETE FROM audit WHERE case_id = :case AND place = :place"), {"case": case, "place": place}
    )
    return place


def _swap(session: Session, chance: random.Random, case: str, place: int) -> int:
    other = chance.choice([each for each in _places(session, case) if each != place])
    for old, new in ((place, -1), (other, place), (-1, other)):
        session.execute(
            text("UPDATE audit SET place = :new WHERE case_id = :case AND place = :old"),
            {"new": new, "old": old, "case": case},
        )
    return min(place, other)


def _insert(session: Session, _chance: random.Random, case: str, place: int) -> int:
    for old in reversed([each for each in _places(session, case) if each > place]):
        session.execute(
            text("UPDATE audit SET place = place + 1 WHERE case_id = :case AND place = :old"),
            {"case": case, "old": old},
        )
    session.execute(
        text(
            f"INSERT INTO audit (case_id, place, {_COLUMNS}) SELECT case_id, place + 1, {_COLUMNS} "
            "FROM audit WHERE case_id = :case AND place = :place"
        ),
        {"case": case, "place": place},
    )
    return place + 1


def _cut(session: Session, _chance: random.Random, case: str, place: int) -> int:
    session.execute(
        text("DELETE FROM audit WHERE case_id = :case AND place >= :place"), {"case": case, "place": place}
    )
    return place


def _forge(session: Session, chance: random.Random, case: str, place: int) -> int:
    """Take the trail out up to here as the portal does when its time is up, but without the key."""
    last = max(_places(session, case))
    hashed = "".join(chance.choices("0123456789abcdef", k=64))
    session.execute(
        text(
            f"INSERT INTO audit (case_id, place, {_COLUMNS}) "
            "SELECT case_id, :new, at, 'retention', 'forget', "
            "'entries 1 to ' || place || ' ' || hash, :hash, NULL "
            "FROM audit WHERE case_id = :case AND place = :place"
        ),
        {"case": case, "place": place, "new": last + 1, "hash": hashed},
    )
    session.execute(
        text("DELETE FROM audit WHERE case_id = :case AND place <= :last"), {"case": case, "last": last}
    )
    return last + 1


KINDS: dict[str, Callable[[Session, random.Random, str, int], int]] = {
    "change": _change,
    "delete": _delete,
    "reorder": _swap,
    "insert": _insert,
    "truncate": _cut,
    "forge": _forge,
}


def _places(session: Session, case: str) -> list[int]:
    found = text("SELECT place FROM audit WHERE case_id = :case ORDER BY place")
    return list(session.execute(found, {"case": case}).scalars())


def missed(engine: Engine, times: int, seed: int = 1) -> list[str]:
    """Tamper so many times, each time with a sound trail; what was not found, or found elsewhere."""
    chance = random.Random(seed)
    found_nothing: list[str] = []
    with writing(engine) as session:
        unlock(session)
        sealed = trail.read_seal(session, trail.seal(session, AT))
        rows = [tuple(row) for row in session.execute(text("SELECT case_id, place FROM audit ORDER BY 1, 2"))]
        assert not list(trail.faults(session, sealed)), "the trail was not sound to begin with"
        for turn in range(times):
            kind = list(KINDS)[turn % len(KINDS)]
            case, place = chance.choice(rows)
            with session.begin_nested() as point:
                bad = KINDS[kind](session, chance, case, place)
                first = next(iter(trail.faults(session, sealed)), None)
                point.rollback()
            if first is None or (first.case_id, first.place) != (case, bad):
                found_nothing.append(f"{kind} at entry {place} of case {case}: {first}")
        session.rollback()
    return found_nothing


def report(place: Place, *, times: int, cases: int, entries: int, verified: int, fault: str = "") -> Report:
    """Tamper, and say how often it was found and how quickly a sound trail is looked over.

    :param verified: how many entries to look over for that.
    """
    with opened(place.address) as engine, patch("hmac.compare_digest", _compares(fault)):
        upgrade(engine)
        fill(engine, cases, entries)
        not_found = missed(engine, times)
        came = Report({"tampered": times, "found": times - len(not_found)}, not_found)
        if verified:
            fill(engine, verified // 1000, 1000)
            with writing(engine) as session:
                came.figures["entries verified"] = trail.written(session)
            began, worked = time.monotonic(), _worked()
            came.wrong += map(str, trail.faults_in(place.address, KEY))
            came.figures["in s"] = time.monotonic() - began
            came.figures["of processor time"] = _worked() - worked
    return came


def _worked() -> float:
    """Seconds of processor time of this process and of those it made."""
    return sum(os.times()[:4])


def _compares(fault: str) -> Callable[[str, str], bool]:
    return (lambda _one, _other: True) if fault else hmac.compare_digest
