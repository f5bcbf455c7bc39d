"""Back up while people save without pause, and bring each backup back in an empty place.

Each must be whole: every save that was acknowledged before it began, the audit trail sound, and the
keys of all its cases there.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from attacks.kill import SAVERS
from attacks.report import Place, Report
from attacks.serving import QUESTION, Portal, Saver
from portal import audit, backup, trail
from portal.database import opened
from portal.keys import KeyProblem
from portal.settings import Settings
from tests.postgres import installed

_LONGEST_RESTORE = 60.0
"""Seconds for a gibibyte."""
_PICTURE = text(
    "INSERT INTO case_picture "
    "(id, case_id, made_with, part, place, about, content, width, height, added) "
    "SELECT :id, id, :id, 'over', :place, 'x', :content, 1, 1, started FROM case_record LIMIT 1"
)
_KEPT = text(
    "SELECT version FROM answer JOIN case_record ON case_record.id = case_id "
    "WHERE reference = :reference AND question = :question"
)


def _take(place: Place, file: Path, fault: str) -> None:
    if fault == "the file is copied":
        shutil.copyfile(place.folder / "portal.sqlite", file)
    else:
        backup.take(place.address, file)


@contextmanager
def _empty_place(place: Place, file: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if place.database == "sqlite":
        yield f"sqlite:///{file}.back.sqlite"
        return
    name = f"back{secrets.token_hex(6)}"
    server = create_engine(place.address, isolation_level="AUTOCOMMIT")
    with server.connect() as line:
        line.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        yield make_url(place.address).set(database=name).render_as_string(hide_password=False)
        line.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def _wrong_with(file: Path, address: str, portal: Portal, before: dict[str, int]) -> list[str]:
    """What is not as it should be once a backup is back.

    :param address: of the empty database that it is brought back to.
    :param before: how many saves were acknowledged before it began, by reference.
    """
    settings = Settings(
        secret_key=portal.secret_key,
        database_url=address,
        keys_url=f"sqlite:///{portal.folder}/keys.sqlite",
        demonstration=True,
    )
    backup.put_back(address, file)
    found = []
    with opened(address) as engine, closing(settings.keyring()) as keyring:
        with Session(engine, info={audit.KEY: settings.audit_key}) as session:
            found += [str(fault) for fault in trail.faults(session)]
            for reference, acknowledged in before.items():
                asked = {"reference": reference, "question": QUESTION}
                kept = session.execute(_KEPT, asked).scalar() or 0
                if kept < acknowledged:
                    found.append(f"{acknowledged - kept} saves acknowledged before the backup are not in it")
        try:
            keyring.need(backup.cases_in(file))
        except KeyProblem as lacking:
            found.append(str(lacking))
    return found


def report(place: Place, *, backups: int, milliseconds: int, mebibytes: int, fault: str = "") -> Report:
    """Save, back up again and again, and bring each back; then once more, filled with pictures.

    :param milliseconds: between two backups; ``mebibytes``: of pictures.
    """
    # The programs that back up PostgreSQL come with the server.
    programs = os.pathsep.join((str(installed() or ""), os.environ["PATH"]))
    with patch.dict(os.environ, PATH=programs):
        came = _backed_up(place, backups, milliseconds / 1000, fault)
        if not fault:
            _bring_back_large(place, mebibytes, came)
        return came


def _bring_back_large(place: Place, mebibytes: int, came: Report) -> None:
    """How long it takes to bring back a database that is filled with pictures."""
    with opened(place.address) as engine, engine.begin() as line:
        for number in range(mebibytes * 2):
            # No two are alike, as nothing is that was sealed.
            said = {"id": secrets.token_hex(11), "place": number, "content": os.urandom(512 * 1024)}
            line.execute(_PICTURE, said)
    file = place.folder / "large"
    began = time.monotonic()
    backup.take(place.address, file)
    taken = time.monotonic() - began
    with _empty_place(place, file) as empty:
        began = time.monotonic()
        backup.put_back(empty, file)
        took = time.monotonic() - began
        with opened(empty) as engine, engine.connect() as line:
            back = line.scalar(text("SELECT count(*) FROM case_picture"))
    came.figures |= {"MiB of pictures": mebibytes, "backed up in s": taken, "brought back in s": took}
    if back != mebibytes * 2:
        came.wrong.append(f"of {mebibytes * 2} pictures {back} came back")
    if took > _LONGEST_RESTORE * max(mebibytes / 1024, 1):
        came.wrong.append(f"it took {took:.0f} s to bring {mebibytes} MiB back")


def _backed_up(place: Place, backups: int, seconds: float, fault: str) -> Report:
    portal, wrong, slowest = Portal(place.folder, place.address), list[str](), 0.0
    savers: dict[str, Saver] = {}
    try:
        portal.start()
        for _saver in range(SAVERS):
            saver = Saver(portal.port)
            saver.begin()
            savers[saver.reference()] = saver
        for saver in savers.values():
            saver.start()
        for number in range(backups):
            time.sleep(seconds)
            before = {reference: saver.acknowledged for reference, saver in savers.items()}
            file, began = place.folder / f"backup-{number}", time.monotonic()
            try:
                _take(place, file, fault)
                slowest = max(slowest, time.monotonic() - began)
                with _empty_place(place, file) as empty:
                    wrong += _wrong_with(file, empty, portal, before)
            except backup.BackupProblem as problem:
                wrong.append(str(problem))
    finally:
        for saver in savers.values():
            saver.enough.set()
        for saver in savers.values():
            saver.join()
        portal.kill()
    saves = sum(saver.acknowledged for saver in savers.values())
    return Report({"backups": backups, "saves meanwhile": saves, "slowest in s": slowest}, wrong)
