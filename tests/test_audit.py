"""The audit trail is written with the change, each entry on top of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.audit import AuditEntry
from portal.database import WRITES, open_database

AT = datetime.fromisoformat("2026-11-22T09:30:00")


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = open_database(database_url)
    with Session(engine.execution_options(**{WRITES: True}), info={audit.KEY: b"a key"}) as session:
        yield session
    engine.dispose()


@pytest.fixture
def entries(session: Session) -> list[AuditEntry]:
    for number in range(6):
        audit.record(session, "one", "change", f"answer {number}", AT)
        audit.record(session, "two", "change", f"answer {number}", AT)
    own = select(AuditEntry).where(AuditEntry.case_id == "one").order_by(AuditEntry.place)
    return list(session.execute(own).scalars())


def test_entries_are_counted_for_each_case(entries: list[AuditEntry]) -> None:
    assert [entry.place for entry in entries] == [1, 2, 3, 4, 5, 6]


def test_each_hash_follows_from_the_one_before(entries: list[AuditEntry]) -> None:
    before = ""
    for entry in entries:
        told = (entry.at.isoformat(), entry.actor, entry.action, entry.subject)
        assert entry.hash == audit.chained(b"a key", before, "one", str(entry.place), *told)
        before = entry.hash


def test_cases_that_say_the_same_have_other_hashes(session: Session, entries: list[AuditEntry]) -> None:
    assert len(set(session.execute(select(AuditEntry.hash)).scalars())) == 12
