"""A backup taken while people write comes back whole in an empty place, and the trail is looked over."""

from __future__ import annotations

import os
import secrets
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from attacks.tamper import AT, unlock, writing
from portal import audit, sealing
from portal.commands import main
from portal.database import opened
from portal.settings import Settings
from portal.sharing.records import start_case
from portal.upgrade import upgrade
from tests.conftest import ENCRYPTION, keys_beside, settings

KEY = secrets.token_urlsafe(48)


@pytest.fixture(autouse=True)
def _environment(database_url: str, postgresql, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", KEY)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", ENCRYPTION)
    monkeypatch.setenv("PORTAL_KEYS_URL", keys_beside(database_url))
    if postgresql is not None:
        monkeypatch.setenv("PATH", f"{postgresql.programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def elsewhere(blank_database: str) -> str:
    """The address of another database, with nothing in it."""
    return blank_database


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write(address: str, cases: int = 3) -> None:
    with opened(address) as engine, writing(engine) as session:
        keyring = settings(address).keyring()
        session.info.update({audit.KEY: Settings(secret_key=KEY).audit_key, sealing.KEYS: keyring})
        for _case in range(cases):
            start_case(session, pack_id="demo", pack_version="1", at=AT)
            session.commit()
        keyring.close()


def cases(address: str) -> int:
    with opened(address) as engine, engine.connect() as line:
        return int(line.scalar(text("SELECT count(*) FROM case_record")))


def test_a_backup_comes_back_whole_elsewhere(database_url, elsewhere, tmp_path, monkeypatch) -> None:
    write(database_url)
    told = run("backup", tmp_path / "monday")
    assert told.exit_code == 0, told.output
    assert (tmp_path / "monday").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("PORTAL_DATABASE_URL", elsewhere)
    assert run("restore", tmp_path / "monday").exit_code == 0
    assert cases(elsewhere) == 3
    assert run("upgrade").exit_code == 0
    assert "sound. Entries: 3." in run("audit", "verify").output


def test_a_portal_starts_on_what_was_put_back(database_url, elsewhere, tmp_path, monkeypatch) -> None:
    from portal.app import create_app

    run("backup", tmp_path / "monday")
    monkeypatch.setenv("PORTAL_DATABASE_URL", elsewhere)
    run("restore", tmp_path / "monday")
    app = create_app()
    assert app.test_client().get("/", base_url="https://localhost").status_code == 200
    app.extensions["engine"].dispose()


def test_backups_under_load_are_each_one_moment(database_url, tmp_path) -> None:
    enough = threading.Event()

    def keep_writing() -> None:
        while not enough.is_set():
            write(database_url, 5)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        told = [run("backup", tmp_path / str(number)) for number in range(3)]
    finally:
        enough.set()
        writer.join()
    assert [each.exit_code for each in told] == [0, 0, 0]


def test_nothing_is_ever_overwritten(database_url, tmp_path) -> None:
    write(database_url)
    assert run("backup", tmp_path / "monday").exit_code == 0
    again = run("backup", tmp_path / "monday")
    assert again.exit_code == 2 and "never overwritten" in again.output
    back = run("restore", tmp_path / "monday")
    assert back.exit_code == 2 and ("is there already" in back.output or "not empty" in back.output)
    assert cases(database_url) == 3


def test_half_a_backup_is_refused(database_url, elsewhere, tmp_path, monkeypatch) -> None:
    write(database_url)
    run("backup", tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "other").write_bytes(b"anything at all")
    monkeypatch.setenv("PORTAL_DATABASE_URL", elsewhere)
    for name in ("half", "other"):
        told = run("restore", tmp_path / name)
        assert told.exit_code == 2, told.output
        assert "Traceback" not in told.output
    with opened(elsewhere) as engine:
        upgrade(engine)


def test_verify_names_the_first_bad_entry(database_url) -> None:
    write(database_url)
    with opened(database_url) as engine, writing(engine) as session:
        unlock(session)
        case = session.execute(text("SELECT min(case_id) FROM audit")).scalar_one()
        session.execute(text("UPDATE audit SET actor = 'nobody' WHERE case_id = :case"), {"case": case})
        session.commit()
    told = run("audit", "verify")
    assert told.exit_code == 1
    assert f"Case {case}, entry 1: it is not what was written" in told.output


def test_trails_of_records_long_gone_are_taken_out_by_the_operator_alone(database_url) -> None:
    write(database_url)
    with opened(database_url) as engine, writing(engine) as session:
        session.info[audit.KEY] = Settings(secret_key=KEY).audit_key
        case = session.execute(text("SELECT min(id) FROM case_record")).scalar_one()
        audit.record(session, case, "delete", "case", AT - timedelta(days=4000))
        session.execute(text("DELETE FROM case_record WHERE id = :id"), {"id": case})
        session.commit()
    assert "Trails taken out: 1." in run("audit", "forget").output
    assert "Trails taken out: 0." in run("audit", "forget").output
    assert "sound. Entries: 3." in run("audit", "verify").output


def test_a_seal_shows_what_was_taken_off_the_end(database_url, tmp_path) -> None:
    write(database_url)
    assert run("audit", "seal", tmp_path / "seal").exit_code == 0
    assert run("audit", "verify", "--seal", tmp_path / "seal").exit_code == 0
    with opened(database_url) as engine, writing(engine) as session:
        unlock(session)
        session.execute(text("DELETE FROM audit"))
        session.execute(text("DELETE FROM case_record"))
        session.commit()
    assert run("audit", "verify").exit_code == 0
    told = run("audit", "verify", "--seal", tmp_path / "seal")
    assert told.exit_code == 1 and "there is no entry at all" in told.output
    (tmp_path / "seal").write_text("made up", encoding="ascii")
    assert run("audit", "verify", "--seal", tmp_path / "seal").exit_code == 2
