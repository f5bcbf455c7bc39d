"""Drafts are deleted when the pack says, and not a day before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal import audit
from portal.carer.records import make_pair
from portal.database import WRITES
from portal.identity.records import Account, add_account
from portal.mail.outbox import NEVER_SENT, send, take_due
from portal.paths import TRANSLATIONS
from portal.retention import LAST_WARNING, tidy
from portal.sharing.grants import CODE_FOR, Invitation, invite
from portal.sharing.records import start_case
from portal.unsaved.records import keep_form
from portal.words import ENGLISH, read_languages
from tests.visiting import begin

AT = datetime.fromisoformat("2026-11-22T12:00:00")
ENGLISH_WORDS = read_languages(TRANSLATIONS)[ENGLISH]


def test_only_what_is_due_goes_and_the_trail_says_so(app: Flask) -> None:
    engine, pack, info = (app.extensions[name] for name in ("engine", "pack", "session_info"))
    days = pack.retention.draft_days
    with Session(engine.execution_options(**{WRITES: True}), info={**info}) as session:
        for age in (days - 1, days + 1):
            at = AT - timedelta(days=age)
            kept = start_case(session, pack_id=pack.id, pack_version=pack.version, at=at)
        session.commit()
    assert tidy(engine, pack, info, AT, ENGLISH_WORDS) == 1
    assert tidy(engine, pack, info, AT, ENGLISH_WORDS) == 0
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM case_record WHERE id = :id"), {"id": kept}) == 0
        assert connection.scalar(text("SELECT count(*) FROM case_record")) == 1
        assert connection.scalar(text("SELECT actor FROM audit WHERE action = 'delete'")) == "retention"


def test_an_account_goes_with_its_last_draft(app: Flask) -> None:
    engine, pack, info = (app.extensions[name] for name in ("engine", "pack", "session_info"))
    days = pack.retention.draft_days
    with Session(engine.execution_options(**{WRITES: True}), info={**info}) as session:
        for name, age in (("gone", days + 1), ("there", days - 10)):
            at = AT - timedelta(days=age)
            account = add_account(session, f"{name}@example.org", "hash", AT - timedelta(days=days + 1))
            assert account is not None
            start_case(session, pack_id=pack.id, pack_version=pack.version, at=at, account_id=account.id)
        session.commit()
    assert tidy(engine, pack, info, AT, ENGLISH_WORDS) == 0
    assert tidy(engine, pack, info, AT + LAST_WARNING, ENGLISH_WORDS) == 1
    with Session(engine, info={**info}) as session:
        left = session.execute(select(Account)).scalars().all()
        assert [account.email for account in left] == ["there@example.org"]


class Draft:
    """A draft under an account, last typed in at a time, as the days go by."""

    def __init__(self, app: Flask) -> None:
        self.engine, self.pack, self.info = (
            app.extensions[name] for name in ("engine", "pack", "session_info")
        )
        with self.session() as session, session.begin():
            account = add_account(session, "ann@example.org", "hash", AT)
            assert account is not None
            known = {"pack_id": self.pack.id, "pack_version": self.pack.version, "account_id": account.id}
            self.case = start_case(session, **known, at=AT)

    def session(self) -> Session:
        return Session(self.engine.execution_options(**{WRITES: True}), info={**self.info})

    def after(self, days: int) -> int:
        """Tidy so many days after it was typed in."""
        at = AT + timedelta(days=days)
        return tidy(self.engine, self.pack, self.info, at, ENGLISH_WORDS, "https://plan.example")

    def mails(self) -> list[str]:
        """What was sent, each once: subject and words."""
        told = []
        with self.session() as session, session.begin():
            while (letter := take_due(session, "postman", AT + timedelta(days=9000))) is not None:
                assert letter.to == "ann@example.org"
                told.append(f"{letter.subject}\n{letter.body}")
        return told

    def is_there(self) -> bool:
        with self.engine.connect() as line:
            return line.scalar(text("SELECT count(*) FROM case_record")) == 1


@pytest.fixture
def draft(app: Flask) -> Draft:
    return Draft(app)


def test_whoever_has_an_account_is_told_twice_and_each_time_once(draft: Draft) -> None:
    days, early = draft.pack.retention.draft_days, draft.pack.retention.warning_days
    draft.after(days - early - 1)
    assert draft.mails() == []
    for _tidied in range(2):
        draft.after(days - early)
    (first,) = draft.mails()
    goes = ENGLISH_WORDS.day((AT + timedelta(days=days)).date())
    assert f"deleted on {goes}" in first and f"We will delete it on {goes}" in first
    assert "take a copy" in first and "https://plan.example/account" in first
    for day in (days - 5, days - 3, days - 2):
        draft.after(day)
    assert len(draft.mails()) == 1
    assert draft.is_there()
    assert draft.after(days + 1) == 1


def test_a_plan_made_to_be_agreed_is_kept_for_as_long_as_plans_are(draft: Draft) -> None:
    kept = draft.pack.retention
    with draft.session() as session, session.begin():
        audit.record(session, draft.case, "freeze", "document 1", AT)
    assert draft.after(kept.draft_days + 1) == 0
    assert draft.after(kept.plan_days - kept.warning_days) == 0
    (told,) = draft.mails()
    assert f"deleted on {ENGLISH_WORDS.day((AT + timedelta(days=kept.plan_days)).date())}" in told
    assert draft.after(kept.plan_days - 3) == 0
    assert draft.after(kept.plan_days + 1) == 1


def test_typed_in_again_it_stays_and_the_warnings_begin_anew(draft: Draft) -> None:
    days, early = draft.pack.retention.draft_days, draft.pack.retention.warning_days
    draft.after(days - early)
    with draft.session() as session, session.begin():
        audit.record(session, draft.case, "change", "answer x", AT + timedelta(days=days - 2))
    draft.mails()
    assert draft.after(days + 5) == 0
    assert draft.mails() == []
    draft.after(2 * days - early)
    assert len(draft.mails()) == 1


def test_nothing_goes_unannounced_after_the_portal_was_off_for_long(draft: Draft) -> None:
    days = draft.pack.retention.draft_days
    assert draft.after(days + 40) == 0
    (told,) = draft.mails()
    goes = ENGLISH_WORDS.day((AT + timedelta(days=days + 40) + LAST_WARNING).date())
    assert f"deleted on {goes}" in told
    assert draft.after(days + 41) == 0
    assert draft.after(days + 44) == 1


def test_the_page_says_when_a_draft_goes_and_offers_a_copy(client, app: Flask) -> None:
    begin(client)
    retention = app.extensions["pack"].retention
    with client.application.extensions["engine"].connect() as line:
        line.execute(text("UPDATE visit SET seen = '2999-01-01 00:00:00'"))
        line.commit()
    for days, told in (
        (retention.draft_days - retention.warning_days - 1, False),
        (retention.draft_days - 5, True),
    ):
        with time_machine.travel(datetime.now().astimezone() + timedelta(days=days), tick=True):
            page = client.page("/tasks")
            assert ("We will delete it on" in page.words) == told
            assert ("Take a copy first" in page.words) == told


def test_each_kind_of_record_goes_when_it_is_due_and_not_before(app: Flask) -> None:
    engine, pack, info = (app.extensions[name] for name in ("engine", "pack", "session_info"))
    days, secret = pack.retention.draft_days, str(app.secret_key)
    writing = engine.execution_options(**{WRITES: True})
    with Session(writing, info={**info}) as session, session.begin():
        case, carer = (
            start_case(session, pack_id=pack.id, pack_version=pack.version, at=AT, kind=kind)
            for kind in ("adult", "carer")
        )
        for why in ("expired", "typing", "suggested"):
            keep_form(session, case, "/plan/review", {"words": [why]}, why=why, who=None, at=AT)
        invite(
            session, case, Invitation("Sam", "Ann", "family", {}, AT.date() + timedelta(days=900)), secret, AT
        )
        make_pair(session, carer, "my mum", AT)
        send(session, "ann@example.org", "Hello", "A word", AT)

    def left(after: timedelta) -> dict[str, int]:
        tidy(engine, pack, info, AT + after, ENGLISH_WORDS)
        tables = {
            "cases": "case_record WHERE kind = 'adult'",
            "carers": "case_record WHERE kind = 'carer'",
            "expired forms": "kept_form WHERE why = 'expired'",
            "typed forms": "kept_form WHERE why = 'typing'",
            "suggestions": "kept_form WHERE why = 'suggested'",
            "codes": "helper_grant WHERE code IS NOT NULL",
            "passports": "helper_grant",
            "links": "pair",
            "mails": "outbox",
        }
        with engine.connect() as line:
            return {
                name: line.scalar(text(f"SELECT count(*) FROM {where}")) for name, where in tables.items()
            }

    everything = dict.fromkeys(left(timedelta()), 1)
    assert left(timedelta(minutes=59)) == everything
    everything["expired forms"] = 0
    assert left(timedelta(hours=2)) == everything
    assert left(CODE_FOR - timedelta(minutes=1)) == everything
    everything["codes"] = 0
    assert left(CODE_FOR + timedelta(minutes=1)) == everything
    everything["mails"] = 0
    assert left(NEVER_SENT + timedelta(minutes=1)) == everything
    with Session(writing, info={**info}) as session, session.begin():
        audit.record(session, case, "change", "text review", AT + timedelta(days=20))
        audit.record(session, carer, "change", "answer doing", AT + timedelta(days=10))
    assert left(timedelta(days=days)) == everything
    everything |= {"typed forms": 0, "suggestions": 0}
    assert left(timedelta(days=days + 1)) == everything
    everything |= {"carers": 0, "links": 0}
    assert left(timedelta(days=days + 11)) == everything
    assert left(timedelta(days=days + 21)) == dict.fromkeys(everything, 0)
