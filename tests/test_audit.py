"""The audit trail is written with the change, and shows where it was tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal import audit
from portal.database import WRITES, open_database

AT = datetime.fromisoformat("2026-11-22T09:30:00")


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = open_database(database_url)
    with Session(engine.execution_options(**{WRITES: True}), info={audit.KEY: b"a key"}) as session:
        yield session
    engine.dispose()


@pytest.fixture
def ids(session: Session) -> list[int]:
    for number in range(6):
        audit.record(session, "one", "change", f"answer {number}", AT)
        audit.record(session, "two", "change", f"answer {number}", AT)
    return list(
        session.execute(text("SELECT place FROM audit WHERE case_id = 'one' ORDER BY place")).scalars()
    )


def test_an_untouched_chain_is_whole(session: Session, ids: list[int]) -> None:
    assert list(audit.broken(session, "one")) == []
    assert list(audit.broken(session, "two")) == []


def test_a_changed_entry_is_found(session: Session, ids: list[int]) -> None:
    session.execute(
        text("UPDATE audit SET subject = 'answer 9' WHERE case_id = 'one' AND place = :id"), {"id": ids[2]}
    )
    assert list(audit.broken(session, "one")) == [ids[2]]
    assert list(audit.broken(session, "two")) == []


def test_a_removed_entry_is_found_at_the_one_after_it(session: Session, ids: list[int]) -> None:
    session.execute(text("DELETE FROM audit WHERE case_id = 'one' AND place = :id"), {"id": ids[2]})
    assert list(audit.broken(session, "one")) == [ids[3]]


def test_another_key_makes_another_chain(session: Session, ids: list[int]) -> None:
    session.info[audit.KEY] = b"another key"
    assert list(audit.broken(session, "one")) == ids
