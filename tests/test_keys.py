"""Keys are wrapped anew, kept in escrow, brought back and looked at, by the commands an operator has."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from sqlalchemy.orm import Session

from attacks.tamper import AT
from portal import audit, escrow, sealing
from portal.assessment.records import answers_of, keep_answer
from portal.commands import main
from portal.database import WRITES, opened
from portal.keys import Erased, Held, KeyProblem, Keyring, operator_keys
from portal.retention import finish_erasing
from portal.sealing import erase_asked
from portal.sharing.records import Before, delete_case, start_case, untouched_since
from tests.conftest import ENCRYPTION, SECRET, keys_beside, settings
from tests.visiting import begin

CANARY = "Canary-by-the-window-6Z"
PASSPHRASE = "five words for the drill"


@pytest.fixture(autouse=True)
def _environment(database_url: str, postgresql, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SECRET_KEY", SECRET)
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", ENCRYPTION)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_KEYS_URL", keys_beside(database_url))
    if postgresql is not None:
        monkeypatch.setenv("PATH", f"{postgresql.programs}{os.pathsep}{os.environ['PATH']}")


def run(*words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


def write(address: str, info: dict[Any, Any]) -> str:
    """A case in which somebody wrote something; its id."""
    with (
        opened(address) as engine,
        Session(engine.execution_options(**{WRITES: True}), info={**info}) as session,
    ):
        case_id = start_case(session, pack_id="demo", pack_version="1", at=AT)
        keep_answer(session, case_id, "story", CANARY, AT)
        session.commit()
    return case_id


def read(address: str, info: dict[Any, Any], case_id: str) -> Any:
    with opened(address) as engine, Session(engine, info={**info}) as session:
        return answers_of(session, case_id)["story"]


def delete(address: str, info: dict[Any, Any], case_id: str) -> None:
    with (
        opened(address) as engine,
        Session(engine.execution_options(**{WRITES: True}), info={**info}) as session,
    ):
        audit.record(session, case_id, "delete", "case", AT)
        delete_case(session, case_id)
        session.commit()
        erase_asked(session.info)


@pytest.fixture
def recovery(tmp_path: Path) -> Path:
    """A recovery key; the name of both its halves."""
    told = run("keys", "recovery", tmp_path / "recovery", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert told.exit_code == 0, told.output
    return tmp_path / "recovery"


def escrowed(recovery: Path) -> Path:
    told = run("keys", "escrow", "--out", recovery.with_name("copy"), "--for", f"{recovery}.public.pem")
    assert told.exit_code == 0, told.output
    return recovery.with_name("copy")


def test_rotation_takes_a_new_key_and_lets_go_of_the_old_one(database_url, session_info, monkeypatch) -> None:
    case_id, newer = write(database_url, session_info), secrets.token_urlsafe(48)
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", newer)
    told = run("keys", "rotate")
    assert told.exit_code == 2 and "not in PORTAL_ENCRYPTION_KEY" in told.output
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", f"{newer} {ENCRYPTION}")
    assert "Wrapped by an older key: 1." in run("keys", "check").output
    assert "Keys wrapped anew: 1." in run("keys", "rotate").output
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", newer)
    assert "The keys are sound." in run("keys", "check").output
    alone = settings(database_url, encryption_key=newer).keyring()
    assert read(database_url, {sealing.KEYS: alone}, case_id) == CANARY
    alone.close()


def test_a_rotation_that_is_stopped_half_way_goes_on(database_url, session_info, monkeypatch) -> None:
    ids = [write(database_url, session_info) for _case in range(5)]
    newer = secrets.token_urlsafe(48)
    both = settings(database_url, encryption_key=f"{newer} {ENCRYPTION}").keyring()
    monkeypatch.setattr("portal.keys._IN_ONE_GO", 2)
    wrapped: list[str] = []
    whole = both._wrap

    def three_times(owner: str, key: bytes) -> bytes:
        wrapped.append(owner)
        if len(wrapped) > 3:
            raise ZeroDivisionError
        return whole(owner, key)

    monkeypatch.setattr(both, "_wrap", three_times)
    with pytest.raises(ZeroDivisionError):
        both.rotate()
    monkeypatch.undo()
    assert all(read(database_url, {sealing.KEYS: both}, case_id) == CANARY for case_id in ids)
    assert both.rotate() == 3
    both.close()


def test_the_keys_come_back_from_escrow_though_the_operators_key_is_lost(
    database_url, session_info, recovery, tmp_path, monkeypatch
) -> None:
    case_id = write(database_url, session_info)
    copy = escrowed(recovery)
    assert copy.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("PORTAL_KEYS_URL", f"sqlite:///{tmp_path}/anew.sqlite")
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", newer := secrets.token_urlsafe(48))
    private = f"{recovery}.private.pem"
    told = run("keys", "restore", copy, "--with", private, typed="another passphrase\n")
    assert told.exit_code == 2 and "does not open with this passphrase" in told.output
    told = run("keys", "restore", copy, "--with", private, typed=f"{PASSPHRASE}\n")
    assert told.exit_code == 0, told.output
    assert "The keys are sound." in run("keys", "check").output
    back = Keyring(f"sqlite:///{tmp_path}/anew.sqlite", operator_keys(newer))
    assert read(database_url, {sealing.KEYS: back}, case_id) == CANARY
    back.close()
    told = run("keys", "restore", copy, "--with", private, typed=f"{PASSPHRASE}\n")
    assert told.exit_code == 2 and "There are keys already" in told.output


def test_a_copy_tells_nothing_without_the_recovery_key_and_no_sign_of_it_can_be_changed(
    database_url, session_info, recovery, tmp_path
) -> None:
    case_id = write(database_url, session_info)
    copy = escrowed(recovery).read_bytes()
    assert case_id.encode() not in copy
    private = escrow.private_key(Path(f"{recovery}.private.pem"), PASSPHRASE)
    assert [entry.owner for entry in escrow.opened_copy(copy, private)] == [case_id]
    for at in range(0, len(copy), 7):
        changed = copy[:at] + bytes([copy[at] ^ 1]) + copy[at + 1 :]
        with pytest.raises(KeyProblem):
            escrow.opened_copy(changed, private)
    other, _public = escrow.recovery_pair(PASSPHRASE)
    (tmp_path / "other").write_bytes(other)
    with pytest.raises(KeyProblem, match="another one"):
        escrow.opened_copy(copy, escrow.private_key(tmp_path / "other", PASSPHRASE))


def test_check_says_when_the_copy_is_not_the_current_one(database_url, session_info, recovery) -> None:
    write(database_url, session_info)
    copy, private = escrowed(recovery), f"{recovery}.private.pem"
    asked = ("keys", "check", "--escrow", copy, "--with", private)
    assert "The keys are sound." in run(*asked, typed=f"{PASSPHRASE}\n").output
    write(database_url, session_info)
    told = run(*asked, typed=f"{PASSPHRASE}\n")
    assert told.exit_code == 1 and "not the current one" in told.output
    escrowed(recovery)
    assert run(*asked, typed=f"{PASSPHRASE}\n").exit_code == 0


def test_check_says_when_keys_are_missing(database_url, session_info, tmp_path, monkeypatch) -> None:
    write(database_url, session_info)
    monkeypatch.setenv("PORTAL_KEYS_URL", f"sqlite:///{tmp_path}/others.sqlite")
    told = run("keys", "check")
    assert told.exit_code == 1 and "Cases without a key: 1." in told.output
    told = run("upgrade")
    assert told.exit_code == 2 and "Keys are missing" in told.output


def test_a_weak_passphrase_and_a_wrong_file_are_refused(tmp_path) -> None:
    told = run("keys", "recovery", tmp_path / "weak", typed="short\nshort\n")
    assert told.exit_code == 2 and "at least 15" in told.output
    (tmp_path / "wrong").write_text("anything", encoding="ascii")
    told = run("keys", "escrow", "--out", tmp_path / "copy", "--for", tmp_path / "wrong")
    assert told.exit_code == 2 and "is no recovery key" in told.output
    assert not (tmp_path / "copy").exists()


def test_a_restore_without_the_keys_is_refused_before_anything_is_put_back(
    database_url, session_info, blank_database, tmp_path, monkeypatch
) -> None:
    write(database_url, session_info)
    assert run("backup", tmp_path / "monday").exit_code == 0
    monkeypatch.setenv("PORTAL_DATABASE_URL", blank_database)
    monkeypatch.setenv("PORTAL_KEYS_URL", f"sqlite:///{tmp_path}/others.sqlite")
    told = run("restore", tmp_path / "monday")
    assert told.exit_code == 2
    assert "The keys of 1 of 1 cases in this backup are not where PORTAL_KEYS_URL says" in told.output
    assert "portal keys restore FILE" in told.output
    monkeypatch.setenv("PORTAL_KEYS_URL", keys_beside(database_url))
    assert run("restore", tmp_path / "monday").exit_code == 0


def bytes_in(folder: Path) -> bytes:
    """Every byte there is in a folder, whatever it belongs to."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_erased_case_is_erased_from_older_backups_too(
    database_url, session_info, blank_database, tmp_path, monkeypatch
) -> None:
    gone, stays = write(database_url, session_info), write(database_url, session_info)
    assert run("backup", tmp_path / "monday").exit_code == 0
    with opened(database_url) as engine, engine.connect() as line:
        sealed = line.scalar(text("SELECT CAST(value AS TEXT) FROM answer WHERE case_id = :id"), {"id": gone})
    delete(database_url, session_info, gone)
    assert CANARY.encode() not in bytes_in(tmp_path), "in the database, its log, its keys and the backup"

    monkeypatch.setenv("PORTAL_DATABASE_URL", blank_database)
    assert run("restore", tmp_path / "monday").exit_code == 0
    with pytest.raises(Erased):
        read(blank_database, session_info, gone)
    afresh = settings(database_url).keyring()
    with Session(info={sealing.KEYS: afresh}) as session, pytest.raises(Erased):
        sealing.open_sealed(session, gone, "answer.value story", json.loads(sealed))
    afresh.close()
    assert read(blank_database, session_info, stays) == CANARY
    told = run("keys", "check")
    assert told.exit_code == 1 and "Cases whose key was erased: 1." in told.output
    with opened(blank_database) as engine:
        finish_erasing(engine, session_info, AT)
        with engine.connect() as line:
            assert list(line.execute(text("SELECT id FROM case_record")).scalars()) == [stays]
    assert run("keys", "check").exit_code == 0
    assert "sound. Entries: 5." in run("audit", "verify").output


def test_the_wrapped_key_of_an_erased_case_is_in_no_file(database_url, session_info, postgresql) -> None:
    if postgresql is not None:
        pytest.skip("the keys of these tests are in a file of SQLite")
    folder = Path(keys_beside(database_url).removeprefix("sqlite:///")).parent
    gone = write(database_url, session_info)
    with opened(keys_beside(database_url)) as engine, engine.connect() as line:
        (wrapped,) = line.execute(text("SELECT wrapped FROM data_key WHERE owner = :id"), {"id": gone}).one()
    assert bytes(wrapped) in bytes_in(folder), "it is there before"
    delete(database_url, session_info, gone)
    assert bytes(wrapped) not in bytes_in(folder)


def test_a_process_that_died_while_it_erased_leaves_nothing_behind(database_url, session_info) -> None:
    keyring = session_info[sealing.KEYS]
    gone, stays = write(database_url, session_info), write(database_url, session_info)
    with opened(database_url) as engine:
        with Session(engine.execution_options(**{WRITES: True}), info={**session_info}) as session:
            delete_case(session, gone)
            session.commit()
        keyring.ask_to_erase(stays)
        finish_erasing(engine, session_info, AT)
    assert keyring.known() == {gone: True, stays: False}
    assert read(database_url, session_info, stays) == CANARY
    with opened(database_url) as engine:
        long_after = keyring.asked()[stays].replace(year=2099)
        finish_erasing(engine, session_info, long_after)
    assert not keyring.asked()


def test_the_keys_may_be_in_a_database_of_postgresql(postgresql, tmp_path) -> None:
    if postgresql is None:
        pytest.skip("there is no PostgreSQL")
    address = postgresql.fresh()
    keyring = Keyring(address, operator_keys("a key of the operator"))
    keyring.make("one")
    keyring.make("one")
    keyring.make("two")
    newer = Keyring(address, (*operator_keys("newer"), *operator_keys("a key of the operator")))
    assert newer.rotate() == 2 and newer.look().whole == 2
    newer.erase(["one"])
    with pytest.raises(Erased):
        newer.of("one")
    assert newer.known() == {"one": True, "two": False}
    keyring.close()
    newer.close()
    postgresql.drop(address)


def test_a_copy_of_the_file_of_keys_opens_nothing_without_the_operators_key(
    database_url, session_info, tmp_path, postgresql
) -> None:
    if postgresql is not None:
        pytest.skip("the keys of these tests are in a file of SQLite")
    case_id = write(database_url, session_info)
    shutil.copyfile(keys_beside(database_url).removeprefix("sqlite:///"), tmp_path / "stolen.sqlite")
    stolen = Keyring(f"sqlite:///{tmp_path}/stolen.sqlite", operator_keys("a guess"))
    with pytest.raises(KeyProblem):
        stolen.of(case_id)
    stolen.close()


def test_a_record_under_a_legal_hold_is_deleted_by_nobody(client, app, session_info) -> None:
    begin(client)
    with app.extensions["engine"].connect() as line:
        reference, case_id = line.execute(text("SELECT reference, id FROM case_record")).one()
    assert run("hold", reference.lower()).exit_code == 0
    page = client.send("/account/delete", to="/account/delete")
    assert page.status == 409
    assert "Your record cannot be deleted now" in page.words
    with Session(
        app.extensions["engine"].execution_options(**{WRITES: True}), info={**session_info}
    ) as session:
        late = AT.replace(year=2099)
        with pytest.raises(Held):
            delete_case(session, case_id)
        assert case_id not in untouched_since(session, Before(late, late), 9, late)
        session.rollback()
    assert run("hold", "--release", reference).exit_code == 0
    assert client.send("/account/delete", to="/account/delete").status == 200
    assert session_info[sealing.KEYS].known()[case_id], "its key is erased"
    told = run("hold", "ABCD-EFGH")
    assert told.exit_code == 2 and "There is no record" in told.output
