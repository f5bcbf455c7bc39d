"""What was sealed opens only with the key of its case, at the place it was sealed for."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal import sealing
from portal.charging.records import Money
from portal.database import table_of
from portal.keys import ACCOUNTS, Erased, KeyProblem, Keyring, operator_keys
from portal.plan.records import PlanLine
from portal.sealing import (
    BrokenSeal,
    erase_asked,
    erase_key,
    found_by,
    is_sealed,
    make_key,
    open_own,
    open_row,
    open_sealed,
    place_in,
    seal,
    seal_own,
    seal_row,
)

PLACE = "plan_line.what k3f"
LINES, MONEY = table_of(PlanLine), table_of(Money)


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/keys.sqlite"


@pytest.fixture
def session(address: str) -> Iterator[Any]:
    """Somebody who may seal and open; there is no database behind it."""
    keyring = Keyring(address, operator_keys("a key of the operator"))
    with Session(info={sealing.KEYS: keyring}) as opened:
        make_key(opened, "one")
        make_key(opened, "two")
        yield opened
    keyring.close()


@pytest.mark.parametrize(
    "value", ["by eight", "", "Žofie 👩🏽‍🦽 عمر", {"day": "14", "names": ["A", "B"]}, ["x"], "~1"]
)
def test_what_was_sealed_comes_back_as_it_was(session: Session, value: Any) -> None:
    kept = seal(session, "one", PLACE, value)
    assert is_sealed(kept)
    assert open_sealed(session, "one", PLACE, kept) == value


def test_the_same_words_look_different_each_time(session: Session) -> None:
    kept = {seal(session, "one", PLACE, "by eight") for _time in range(20)}
    assert len(kept) == 20
    assert not any("eight" in each for each in kept)


@pytest.mark.parametrize(
    ("case", "place"), [("two", PLACE), ("one", "plan_line.who k3f"), ("one", "plan_line.what x")]
)
def test_what_was_moved_does_not_open(session: Session, case: str, place: str) -> None:
    kept = seal(session, "one", PLACE, "by eight")
    with pytest.raises(BrokenSeal):
        open_sealed(session, case, place, kept)


def test_one_changed_sign_is_noticed(session: Session) -> None:
    kept = seal(session, "one", PLACE, "by eight")
    signs = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    for at in range(len(kept)):
        # Its first bit is another one: the last bits of the last sign may say nothing.
        other = signs[(signs.find(kept[at]) + 32) % 64]
        with pytest.raises(BrokenSeal):
            open_sealed(session, "one", PLACE, kept[:at] + other + kept[at + 1 :])


def test_what_is_clear_is_not_taken_for_sealed(session: Session) -> None:
    assert not any(
        is_sealed(kept) for kept in ("yes", "not-sure", "12.5", ["yes"], {"day": "1"}, 3, None, "")
    )
    with pytest.raises(BrokenSeal):
        open_sealed(session, "one", PLACE, "by eight")


def test_the_columns_of_a_row_are_sealed_together(session: Session) -> None:
    row = {"case_id": "one", "id": "k3f", "kind": "own", "what": "a walk", "who": None, "times": ""}
    kept = seal_row(session, LINES, row)
    assert [name for name, value in kept.items() if is_sealed(value)] == ["what", "times"]
    assert open_row(session, LINES, kept) == row
    with pytest.raises(BrokenSeal):
        open_row(session, LINES, kept | {"what": "not sealed"})


def test_of_some_columns_only_words_are_sealed(session: Session) -> None:
    place = place_in("money_told", "answers", "who")
    answers = {"home": "own", "who": seal(session, "one", place, "Anna")}
    kept = {"case_id": "one", "answers": answers, "way": "open"}
    assert open_row(session, MONEY, kept)["answers"] == {"home": "own", "who": "Anna"}


def test_an_erased_key_opens_nothing_and_never_comes_back(session: Session, address: str) -> None:
    kept = seal(session, "one", PLACE, "by eight")
    erase_key(session, "one")
    assert open_sealed(session, "one", PLACE, kept) == "by eight", "not before the case is gone"
    erase_asked(session.info)
    make_key(session, "one")
    other = Keyring(address, operator_keys("a key of the operator"))
    for keyring in (session.info[sealing.KEYS], other):
        with pytest.raises(Erased):
            keyring.of("one")
    assert other.known() == {"one": True, "two": False}
    other.close()


def test_a_missing_key_is_said_and_none_is_made_for_it(session: Session) -> None:
    with pytest.raises(KeyProblem, match="PORTAL_KEYS_URL"):
        seal(session, "three", PLACE, "by eight")


def test_another_operators_key_opens_none_and_names_what_is_lacking(session: Session, address: str) -> None:
    other = Keyring(address, operator_keys("another key"))
    with pytest.raises(KeyProblem, match="not in PORTAL_ENCRYPTION_KEY"):
        other.of("one")
    other.close()


def test_the_first_operators_key_wraps_and_all_of_them_open(session: Session, address: str) -> None:
    kept = seal(session, "one", PLACE, "by eight")
    newer = Keyring(address, (*operator_keys("newer"), *session.info[sealing.KEYS]._operator))
    assert newer.look().older == 2
    assert newer.rotate() == 2
    assert newer.rotate() == 0
    alone = Keyring(address, operator_keys("newer"))
    with Session(info={sealing.KEYS: alone}) as other:
        assert open_sealed(other, "one", PLACE, kept) == "by eight"
    assert alone.look().whole == 2 and not alone.look().shut
    newer.close()
    alone.close()


def test_what_belongs_to_no_case_has_keys_of_its_own(session: Session) -> None:
    kept = seal_own(session, ACCOUNTS, "account.email 1", "anna@example.org")
    assert open_own(session, ACCOUNTS, "account.email 1", kept) == "anna@example.org"
    with pytest.raises(BrokenSeal):
        open_own(session, ACCOUNTS, "account.email 2", kept)


def test_an_address_is_found_without_being_told(session: Session, tmp_path: Path) -> None:
    found = found_by(session, "anna@example.org")
    assert found == found_by(session, "anna@example.org") != found_by(session, "anne@example.org")
    other = Keyring(f"sqlite:///{tmp_path}/others.sqlite", operator_keys(secrets.token_urlsafe(48)))
    assert other.index("anna@example.org") != found
    other.close()


def test_the_bytes_of_an_erased_key_are_nowhere(session: Session, tmp_path: Path) -> None:
    keyring = session.info[sealing.KEYS]
    with keyring._reading() as line:
        driver: Any = line.connection.driver_connection
        (wrapped,) = driver.execute("SELECT wrapped FROM data_key WHERE owner = 'one'").fetchone()
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert any(wrapped in path.read_bytes() for path in files), "they are there before"
    keyring.erase(["one"])
    assert not any(wrapped in path.read_bytes() for path in files if path.exists())
