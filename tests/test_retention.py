"""Drafts are deleted when the pack says, and not a day before."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.database import WRITES
from portal.identity.records import Account, add_account
from portal.retention import tidy
from portal.sharing.records import start_case

AT = datetime.fromisoformat("2026-11-22T12:00:00")


def test_only_what_is_due_goes_and_the_trail_says_so(app: Flask) -> None:
    engine, pack, info = (app.extensions[name] for name in ("engine", "pack", "session_info"))
    days = pack.retention.draft_days
    with Session(engine.execution_options(**{WRITES: True}), info={**info}) as session:
        for age in (days - 1, days + 1):
            at = AT - timedelta(days=age)
            kept = start_case(session, pack_id=pack.id, pack_version=pack.version, at=at)
        session.commit()
    assert tidy(engine, pack, info, AT) == 1
    assert tidy(engine, pack, info, AT) == 0
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM case_record WHERE id = :id"), {"id": kept}) == 0
        assert connection.scalar(text("SELECT count(*) FROM case_record")) == 1
        assert connection.scalar(text("SELECT actor FROM audit WHERE action = 'delete'")) == "retention"


def test_an_account_goes_with_its_last_draft(app: Flask) -> None:
    engine, pack, info = (app.extensions[name] for name in ("engine", "pack", "session_info"))
    days = pack.retention.draft_days
    with Session(engine.execution_options(**{WRITES: True}), info={**info}) as session:
        for name, age in (("gone", days + 1), ("there", days - 1)):
            at = AT - timedelta(days=age)
            account = add_account(session, f"{name}@example.org", "hash", AT - timedelta(days=days + 1))
            assert account is not None
            start_case(session, pack_id=pack.id, pack_version=pack.version, at=at, account_id=account.id)
        session.commit()
    tidy(engine, pack, info, AT)
    with Session(engine, info={**info}) as session:
        left = session.execute(select(Account)).scalars().all()
        assert [account.email for account in left] == ["there@example.org"]
