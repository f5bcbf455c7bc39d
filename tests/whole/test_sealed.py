"""What people wrote is sealed, in every table there is; what stays clear is listed here with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import String, Table, text
from sqlalchemy.orm import Session

from portal.assessment.records import answers_of
from portal.choices.records import read_choices
from portal.database import WRITES, Record
from portal.demonstration.setting_up import set_up
from portal.document.assembling import assemble
from portal.document.records import freeze, next_version
from portal.plan.records import read_lines
from portal.plan.rules.lines import Line
from portal.safeguards import now
from portal.sealing import KEYS, WORDS, WORDS_AMONG, is_sealed
from portal.sharing.records import read_case
from portal.tables import ALL_TABLES
from portal.upgrade import downgrade, upgrade
from tests.browsing import Visitor
from tests.visiting import take_assessment

assert ALL_TABLES
CLEAR = {
    "answer.question": "the name of a question in the pack",
    "audit.actor": "who did it, by number or random name",
    "audit.action": "a verb",
    "audit.subject": "the name of a thing, never a value",
    "audit.hash": "a hash with a key",
    "budget_override.role": "one of the roles of the scheme",
    "budget_override.weekly": "pounds",
    "case_picture.id": "random",
    "case_picture.made_with": "random",
    "case_picture.part": "a code",
    "choice.topic": "one of two topics",
    "disagreement.about": "the name of a line of the scheme",
    "disagreement.label": "the scheme’s own words",
    "disagreement.amount": "pounds",
    "disagreement.period": "a code",
    "disagreement.cost": "pounds",
    "consent.id": "random",
    "consent.what": "a code",
    "consent.basis": "a code",
    "document_code.*": "what stands printed on each page: a code, an edition and a language",
    "document.sha256": "of a whole document, which nobody can guess",
    "document.said": "of a whole document, which nobody can guess",
    "helper_grant.*": "its words are sealed by the room itself",
    "joint_terms.age": "a code",
    "joint_terms.agrees": "a code",
    "joint_terms.advocate": "a code",
    "joint_terms.conflict": "a code",
    "kept_form.*": "its words are sealed by the room itself",
    "money_told.way": "one of three ways",
    "money_told.told": "pounds",
    "pair_side.combine": "a code",
    "page_read.page": "the name of a page",
    "payee_request.id": "random",
    "payee_request.line_id": "random",
    "payee_request.payee": "a code",
    "plan_line.id": "random",
    "plan_line.made_with": "random",
    "plan_line.kind": "a code",
    "plan_line.needs": "codes",
    "plan_line.days": "codes",
    "plan_line.parts": "codes",
    "plan_line.quantity": "a number",
    "plan_line.price": "pounds",
    "plan_line.instead_quantity": "a number",
    "plan_line.instead_price": "pounds",
    "plan_line.every": "a code",
    "plan_line.route": "a code",
    "plan_line.slots": "codes and times",
    "plan_line.source": "the name of a price",
    "plan_line.stream": "the name of a part of the scheme",
    "plan_line.award_months": "a number",
    "plan_line.longest_months": "a number",
    "plan_line.payee": "a code",
    "plan_line.care_home_weeks": "a number",
    "plan_need.outcome": "a code",
    "plan_need.met_by": "a code",
    "plan_exception.line_id": "random",
    "plan_exception.payee": "a code",
    "plan_exception.role": "a role at the council",
    "plan_route.route": "a code",
    "plan_route.facts": "codes, pounds and days",
    "plan_setback.id": "random",
    "plan_setback.worth": "a code",
    "plan_setback.made_with": "random",
    "plan_text.part": "a code",
    "private_part.subject": "the name of an answer or a part, as in the audit trail",
    "shared_part.agreed": "numbers",
    "shared_part.needs": "codes",
    "shared_part.route": "a code",
    "told_budget.scheme_id": "the name of a scheme",
    "told_budget.scheme_version": "the version of a scheme",
    "told_budget.scheme_hash": "the hash of a scheme",
    "told_budget.weekly": "pounds",
    "told_budget.answers": "codes and numbers: a scheme reads nothing else",
    "told_budget.receipt": "pounds and the scheme’s own words",
}
"""Columns of text that are not sealed, and why not."""

TYPED = "Kept-Canary-57Q"


def of_cases() -> Iterator[Table]:
    """The tables that belong to cases."""
    yield from (table for table in Record.metadata.sorted_tables if "case_id" in table.c)


def test_every_column_of_text_is_sealed_or_has_a_reason_not_to_be() -> None:
    kept = (WORDS, WORDS_AMONG)
    for table in of_cases():
        for column in table.c:
            texts = isinstance(column.type, String) or column.type.python_type in {dict, list}
            if not texts or column.info in kept or column.foreign_keys or column.name == "case_id":
                continue
            reason = CLEAR.get(f"{table.name}.{column.name}") or CLEAR.get(f"{table.name}.*")
            assert reason, f"{table.name}.{column.name}: seal it (portal/sealing.py), or say here why not"


def test_nothing_is_excused_that_is_not_there() -> None:
    there = {f"{table.name}.{column.name}" for table in of_cases() for column in table.c}
    rooms = {f"{table.name}.*" for table in of_cases()}
    assert set(CLEAR) <= there | rooms


def bytes_of(database_url: str) -> bytes:
    """Everything there is on the disk of a database of SQLite."""
    file = Path(database_url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.stem}*"))


def test_a_whole_visit_leaves_no_word_of_it_in_the_database(client: Visitor, database_url: str) -> None:
    pages = take_assessment(client, TYPED)
    assert any(TYPED in page.response.get_data(as_text=True) for page in pages), "it is shown to the person"
    with client.application.extensions["engine"].connect() as line:
        for table in of_cases():
            for row in line.execute(text(f"SELECT * FROM {table.name}")).all():
                assert TYPED not in str(row), table.name
    if database_url.startswith("sqlite"):
        assert TYPED.encode() not in bytes_of(database_url)


def test_a_finished_plan_and_its_document_are_sealed(app: Flask) -> None:
    pack, words = app.extensions["pack"], app.extensions["languages"]["en"]
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    sample = next(each for each in pack.samples if each.stage == "plan_ready")
    assert sample.plan is not None
    with Session(engine, info={**app.extensions["session_info"]}) as session:
        case_id = set_up(session, pack, sample, now())
        case = read_case(session, case_id)
        assert case is not None
        freeze(
            session,
            case_id,
            assemble(session, case, pack, words, next_version(session, case_id, now())),
            now(),
        )
        session.commit()
        for table in of_cases():
            sealed = [column for column in table.c if column.info == WORDS]
            for row in session.execute(table.select()).mappings():
                assert all(is_sealed(row[column.name]) for column in sealed if row[column.name] is not None)


def test_an_older_database_is_sealed_when_it_is_brought_up(app: Flask) -> None:
    pack, engine = app.extensions["pack"], app.extensions["engine"]
    info, keyring = app.extensions["session_info"], app.extensions["session_info"][KEYS]
    sample = next(each for each in pack.samples if each.stage == "plan_ready")
    writing = engine.execution_options(**{WRITES: True})
    with Session(writing, info={**info}) as session:
        case_id = set_up(session, pack, sample, now())
        session.commit()
        before = (answers_of(session, case_id), _lines(session, case_id), read_choices(session, case_id))
    downgrade(engine, "0006", keyring=keyring)
    with engine.connect() as line:
        assert not any(row.what.startswith("~") for row in line.execute(text("SELECT what FROM plan_line")))
    with pytest.raises(RuntimeError, match="only be sealed with the keys"):
        upgrade(engine)
    upgrade(engine, keyring=keyring)
    with Session(writing, info={**info}) as session:
        assert all(row.what.startswith("~") for row in session.execute(text("SELECT what FROM plan_line")))
        after = (answers_of(session, case_id), _lines(session, case_id), read_choices(session, case_id))
    assert before == after


def _lines(session: Session, case_id: str) -> list[Line]:
    """The lines of a plan without what an older database has no room for."""
    return [replace(line, slots=(), payee=None) for line in read_lines(session, case_id)]


def test_codes_and_numbers_stay_clear_so_that_schemes_can_be_checked_in_one_read(client: Visitor) -> None:
    take_assessment(client)
    pack = client.application.extensions["pack"]
    with client.application.extensions["engine"].connect() as line:
        kept = {row.question: row.value for row in line.execute(text("SELECT question, value FROM answer"))}
    assert kept
    for name, value in kept.items():
        sealed = is_sealed(str(value).strip('"'))
        assert sealed == pack.questions[name].in_words, name
