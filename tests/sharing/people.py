"""Who comes to a case in the tests: its owner, helpers with a passport, strangers."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Engine, insert, update
from sqlalchemy.orm import Session

from portal import audit
from portal.database import WRITES
from portal.identity.records import add_account, write_visit
from portal.identity.sessions import cookie_name
from portal.pack.eligibility import PolicyGroup
from portal.safeguards import now, today
from portal.sealing import seal_columns
from portal.sharing.grants import Grant
from portal.sharing.records import give_to, start_case
from tests.browsing import Visitor


class People:
    """Makes accounts, cases and passports in the database of an app, and browsers to visit with."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        engine: Engine = app.extensions["engine"]
        self._engine = engine.execution_options(**{WRITES: True})

    def session(self) -> Session:
        """A session that may write; use it as a context and begin."""
        return Session(self._engine, info={**self.app.extensions["session_info"]})

    def account(self, *, staff: bool = False) -> int:
        """An account of somebody new."""
        email = f"{secrets.token_hex(6)}@example.org"
        with self.session() as session, session.begin():
            made = add_account(session, email, "x", now(), staff=staff)
            assert made is not None
            return made.id

    def case(self, account_id: int | None = None, kind: PolicyGroup = "adult") -> str:
        """A case, under an account or as a private draft."""
        pack = self.app.extensions["pack"]
        with self.session() as session, session.begin():
            case_id = start_case(session, pack_id=pack.id, pack_version=pack.version, at=now(), kind=kind)
            if account_id is not None:
                give_to(session, case_id, account_id, now())
            return case_id

    def grant(
        self,
        case_id: str,
        account_id: int | None,
        rights: dict[str, str],
        *,
        until: date | None = None,
        revoked: datetime | None = None,
        **more: Any,
    ) -> str:
        """A passport; its id."""
        grant_id = secrets.token_urlsafe(12)
        values = {
            "id": grant_id,
            "case_id": case_id,
            "account_id": account_id,
            "relation": "family",
            "rights": rights,
            "until": until or today() + timedelta(days=30),
            "given": now(),
            "accepted": now() if account_id is not None else None,
            "revoked": revoked,
        }
        with self.session() as session, session.begin():
            names = {"name": "Sam", "given_by": "Ann"}
            values |= seal_columns(session, case_id, "helper_grant", grant_id, names)
            session.execute(insert(Grant).values(**(values | more)))
        return grant_id

    def change(self, grant_id: str, **values: Any) -> None:
        """Change a passport behind everybody's back."""
        with self.session() as session, session.begin():
            session.execute(update(Grant).where(Grant.id == grant_id).values(**values))

    def browser(
        self,
        account_id: int | None = None,
        case_id: str | None = None,
        data: dict[str, Any] | None = None,
        **signed_in: bool,
    ) -> Visitor:
        """A browser on a visit of its own: just signed in or not, with a case open or none."""
        visitor: Any = self.app.test_client()
        visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
        token = secrets.token_urlsafe(32)
        held: dict[str, Any] = {"_user_id": str(account_id)} if account_id is not None else {}
        values = {"data": held | (data or {}), "account_id": account_id, "held": case_id, "seen": now()}
        values |= {"fresh": now() if account_id is not None else None, **signed_in}
        with self.session() as session, session.begin():
            write_visit(session, token, values, now())
        visitor.set_cookie(cookie_name(self.app), token, domain="localhost")
        return visitor

    def trail(self, case_id: str) -> list[tuple[str, str, str]]:
        """Actor, action and subject of everything done in a case."""
        entry = audit.AuditEntry
        with self.session() as session:
            found = session.query(entry).filter(entry.case_id == case_id).order_by(entry.place)
            return [(each.actor, each.action, each.subject) for each in found]
