"""Delete cases, and look for what was written in them: in every file there is, and in an older backup.

What is searched for are the words themselves and the wrapped keys; then each sealed value of the backup is
tried with all keys that are left.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, column, select, table, text
from sqlalchemy.orm import Session

from attacks.report import Place, Report
from portal import audit, backup, sealing
from portal.assessment.records import keep_answer
from portal.database import WRITES, opened
from portal.keys import Erased, KeyProblem, Keyring, operator_keys
from portal.safeguards import now
from portal.sharing.records import delete_case, start_case
from portal.upgrade import upgrade

_KEYS = table("data_key", column("owner"), column("wrapped", LargeBinary))


@dataclass(frozen=True)
class Written:
    """A case: its words, what is kept of them, and its key as it was wrapped."""

    case_id: str
    canary: str
    kept: str
    wrapped: bytes


def _write(session: Session, keys: str, number: int) -> Written:
    case_id, canary = start_case(session, pack_id="demo", pack_version="1", at=now()), f"qz{number:05}canary"
    keep_answer(session, case_id, "story", canary, now())
    session.commit()
    value = text("SELECT CAST(value AS text) FROM answer WHERE case_id = :case")
    kept = str(session.execute(value, {"case": case_id}).scalar_one()).strip('"')
    with opened(keys) as engine, engine.connect() as line:
        wrapped = line.execute(select(_KEYS.c.wrapped).where(_KEYS.c.owner == case_id)).scalar_one()
    return Written(case_id, canary, kept, bytes(wrapped))


def _delete(session: Session, case_id: str, fault: str) -> None:
    audit.record(session, case_id, "delete", "case", now())
    delete_case(session, case_id)
    session.commit()
    if fault != "the key stays":
        sealing.erase_asked(session.info)


def _left(folder: Path, gone: list[Written], keyring: Keyring) -> Iterator[str]:
    """What is still there of cases that are gone."""
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for case in gone:
            if case.canary.encode() in content:
                yield f"{file.name} holds the words of a deleted case"
            if case.wrapped in content:
                yield f"{file.name} holds the key of a deleted case"
    with Session(info={sealing.KEYS: keyring}) as session:
        for case in gone:
            try:
                sealing.open_sealed(session, case.case_id, "answer.value story", case.kept)
            except (Erased, KeyProblem):
                continue
            yield "what was sealed in a deleted case still opens, as it would from a backup"


def report(place: Place, *, cases: int, fault: str = "") -> Report:
    """Write, back up, delete every other case, and search."""
    keys = f"sqlite:///{place.folder}/keys.sqlite"
    operator: Any = operator_keys("the operator of this attack, and nobody else")
    with opened(place.address) as engine, closing(Keyring(keys, operator)) as keyring:
        upgrade(engine)
        info = {audit.KEY: b"a key", sealing.KEYS: keyring}
        with Session(engine.execution_options(**{WRITES: True}), info=info) as session:
            written = [_write(session, keys, number) for number in range(cases)]
            if place.database == "sqlite":
                backup.take(place.address, place.folder / "older-backup")
            if fault == "a copy of the keys lies about":
                for file in place.folder.glob("keys.sqlite*"):
                    shutil.copyfile(file, file.with_name(f"monday-{file.name}"))
            gone, stay = written[::2], written[1::2]
            for case in gone:
                _delete(session, case.case_id, fault)
    with closing(Keyring(keys, operator)) as afresh:
        wrong = list(_left(place.folder, gone, afresh))
        with Session(info={sealing.KEYS: afresh}) as session:
            opened_again = [
                sealing.open_sealed(session, case.case_id, "answer.value story", case.kept) for case in stay
            ]
    if opened_again != [case.canary for case in stay]:
        wrong.append("a case that was not deleted does not open any more")
    return Report({"cases": cases, "deleted": len(gone), "found": len(wrong)}, wrong)
