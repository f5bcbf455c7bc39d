"""Addresses that were kept in clear are sealed by the upgrade, and nobody is locked out by it."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.database import WRITES, open_database
from portal.identity.records import account_by_email
from portal.sealing import KEYS
from portal.upgrade import downgrade, upgrade

EMAIL = "Maya@Example.org"


def test_up_seals_and_down_opens_what_was_there(blank_database: str, session_info) -> None:
    engine = open_database(blank_database)
    keyring = session_info[KEYS]
    upgrade(engine, keyring=keyring)
    downgrade(engine, "0012", keyring=keyring)
    with engine.execution_options(**{WRITES: True}).begin() as line:
        values = {"email": EMAIL, "key": EMAIL.casefold(), "made": "2026-11-22 12:00:00"}
        line.execute(
            text(
                "INSERT INTO account (email, email_key, passphrase, made) VALUES (:email, :key, 'x', :made)"
            ),
            values,
        )
    upgrade(engine, keyring=keyring)
    with engine.connect() as line:
        kept = str(line.execute(text("SELECT * FROM account")).all())
    assert EMAIL not in kept and EMAIL.casefold() not in kept
    with Session(engine, info={**session_info}) as session:
        found = account_by_email(session, " maya@example.ORG")
        assert found is not None and found.email == EMAIL
    downgrade(engine, "0012", keyring=keyring)
    with engine.connect() as line:
        assert line.execute(text("SELECT email, email_key FROM account")).all() == [(EMAIL, EMAIL.casefold())]
    engine.dispose()
