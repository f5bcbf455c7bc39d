"""A budget is kept as it was told, can be worked out again by its own scheme, and is never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.account.copying import copy_of
from portal.assessment.records import keep_answer
from portal.audit import AuditEntry
from portal.budget.records import (
    BudgetOverride,
    KeptScheme,
    OverrideRefused,
    ToldBudget,
    indicative,
    keep_told,
    last_override,
    last_told,
    recompute,
    record_override,
    verify,
    was_told,
)
from portal.budget.rules import as_data, in_one_form, to_json
from portal.budget.rules.override import Override
from portal.commands import main
from portal.database import WRITES
from portal.demonstration.setting_up import set_up
from portal.pack.pack import Pack
from portal.pack.scheme import Scheme
from portal.sharing.records import delete_case, read_case
from tests.conftest import ENCRYPTION, keys_beside

AT = datetime.fromisoformat("2026-11-22T12:00:00")
ON = AT.date()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as opened:
        yield opened


@pytest.fixture
def pack(app: Flask) -> Pack:
    found: Pack = app.extensions["pack"]
    return found


def told(session: Session, pack: Pack, name: str = "margaret") -> ToldBudget:
    """A budget told to somebody of the samples, whose case is new."""
    sample = next(sample for sample in pack.samples if sample.id == name)
    case_id = set_up(session, pack, sample, AT)
    keep_told(session, case_id, pack, ON, AT)
    found = last_told(session, case_id)
    assert found is not None
    return found


def dearer(pack: Pack) -> Pack:
    """The same pack with every price of its scheme a pound higher, and a floor that nobody had before."""
    scheme = pack.scheme_on(ON)
    assert scheme is not None
    data = scheme.model_dump(by_alias=True, exclude_defaults=True)
    for price in data["price_book"]:
        price["amount"] += 1
    for step in data["pipeline"]:
        if step["op"] == "floor":
            step["value"] = {"value": 990}
    return pack.model_copy(update={"schemes": (Scheme.model_validate(data),)})


def count(session: Session, table: type) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_told_budget_is_worked_out_again_to_the_same_bytes(session: Session, pack: Pack) -> None:
    for sample in pack.samples:
        kept = told(session, pack, sample.id)
        assert to_json(recompute(session, kept)) == in_one_form(kept.receipt)
    assert {check.outcome for check in verify(session)} == {"same"}


def test_new_prices_change_what_is_told_next_and_nothing_that_was_told(session: Session, pack: Pack) -> None:
    before = told(session, pack)
    receipt = in_one_form(before.receipt)
    keep_told(session, before.case_id, dearer(pack), ON, AT)
    after = last_told(session, before.case_id)
    assert after is not None and after.id != before.id and after.weekly == "990.00"
    assert to_json(recompute(session, before)) == receipt
    assert to_json(recompute(session, after)) == in_one_form(after.receipt)
    assert count(session, KeptScheme) == 2


def test_an_answer_changed_later_does_not_change_what_was_told(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    keep_answer(session, kept.case_id, "nutrition", "all", AT)
    now = indicative(session, kept.case_id, pack, ON)
    assert now is not None and not was_told(session, kept.case_id, now)
    assert to_json(recompute(session, kept)) == in_one_form(kept.receipt)


def test_the_same_budget_is_told_once_however_often_and_on_whatever_day(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    rows = count(session, ToldBudget)
    keep_told(session, kept.case_id, pack, date(2026, 11, 30), AT)
    assert count(session, ToldBudget) == rows
    assert count(session, KeptScheme) == 1


def test_other_answers_for_the_same_money_are_told_anew(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    receipt = {**kept.receipt, "lines": [{**line, "answer": "other"} for line in kept.receipt["lines"]]}
    session.execute(update(ToldBudget).values(receipt=receipt))
    session.expire_all()
    now = indicative(session, kept.case_id, pack, ON)
    assert now is not None and str(now.weekly) == kept.weekly
    assert not was_told(session, kept.case_id, now)


def test_only_answers_that_the_scheme_reads_are_kept_with_it(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    scheme = pack.scheme_on(ON)
    assert scheme is not None
    assert kept.answers
    assert kept.answers.keys() <= {question.id for question in scheme.questions}


def test_deleting_a_case_deletes_its_budgets_and_leaves_the_scheme(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    record_override(session, kept, OVERRIDE, AT)
    delete_case(session, kept.case_id)
    assert count(session, ToldBudget) == 0
    assert count(session, BudgetOverride) == 0
    assert count(session, KeptScheme) == 1
    assert {column.name for column in KeptScheme.__table__.columns} == {"hash", "content", "first_used"}


def test_the_copy_a_person_takes_away_has_the_answers_their_budget_rests_on(
    session: Session, pack: Pack
) -> None:
    kept = told(session, pack)
    record_override(session, kept, OVERRIDE, AT)
    case = read_case(session, kept.case_id)
    assert case is not None
    copy = copy_of(session, case)
    assert copy["told_budget"][-1]["answers"] == kept.answers
    assert copy["budget_override"][0]["reason"] == OVERRIDE.reason


OVERRIDE = Override(
    weekly=Decimal("310.50"),
    reason="Two workers are needed for each move.",
    author="Ruth Adeyemi",
    role="Team manager",
    date=ON,
)


def test_an_override_stands_beside_the_figure_and_changes_nothing_that_was_told(
    session: Session, pack: Pack
) -> None:
    kept = told(session, pack)
    before = in_one_form(kept.receipt), kept.weekly
    assert last_override(session, kept.case_id) is None
    record_override(session, kept, OVERRIDE, AT)
    session.expire_all()
    assert (in_one_form(kept.receipt), kept.weekly) == before
    now = indicative(session, kept.case_id, pack, ON)
    assert now is not None and in_one_form(as_data(now)) == before[0]
    shown = last_override(session, kept.case_id)
    assert shown is not None
    assert shown.override == OVERRIDE
    assert shown.computed == Decimal(str(before[1]))
    assert shown.difference == Decimal("310.50") - Decimal(str(before[1]))


def test_an_override_leaves_its_mark_in_the_audit_trail(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    record_override(session, kept, OVERRIDE, AT)
    last = session.execute(
        select(AuditEntry)
        .where(AuditEntry.case_id == kept.case_id)
        .order_by(AuditEntry.place.desc())
        .limit(1)
    ).scalar_one()
    assert (last.action, last.actor, last.subject) == ("override", "officer", f"told budget {kept.id}")


def test_the_last_override_is_the_one_shown_and_the_first_is_kept(session: Session, pack: Pack) -> None:
    kept = told(session, pack)
    record_override(session, kept, OVERRIDE, AT)
    record_override(session, kept, OVERRIDE.model_copy(update={"weekly": Decimal("320.00")}), AT)
    shown = last_override(session, kept.case_id)
    assert shown is not None and shown.override.weekly == Decimal("320.00")
    assert count(session, BudgetOverride) == 2


def test_a_scheme_that_names_roles_takes_an_override_from_nobody_else(session: Session, pack: Pack) -> None:
    scheme = pack.scheme_on(ON)
    assert scheme is not None
    data = scheme.model_dump(by_alias=True, exclude_defaults=True)
    data["override"] = {"allowed_roles": ["Panel"], "requires": ["reason", "author", "evidence"]}
    strict = pack.model_copy(update={"schemes": (Scheme.model_validate(data),)})
    kept = told(session, strict)
    with pytest.raises(OverrideRefused) as refused:
        record_override(session, kept, OVERRIDE, AT)
    assert [fault.key for fault in refused.value.faults] == ["role", "evidence"]
    assert count(session, BudgetOverride) == 0
    allowed = OVERRIDE.model_copy(update={"role": "Panel", "evidence": "A report"})
    record_override(session, kept, allowed, AT)
    assert count(session, BudgetOverride) == 1


def run_verify(monkeypatch: pytest.MonkeyPatch, database_url: str) -> tuple[int, str]:
    monkeypatch.setenv("PORTAL_SECRET_KEY", "only-for-tests-Zq7#mJ2vXw9!Lr4Tc8Np")
    monkeypatch.setenv("PORTAL_ENCRYPTION_KEY", ENCRYPTION)
    monkeypatch.setenv("PORTAL_KEYS_URL", keys_beside(database_url))
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    done = CliRunner().invoke(main, ["budget", "verify"])
    return done.exit_code, done.output


def test_verify_says_how_many_budgets_come_out_the_same(
    session: Session, pack: Pack, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    told(session, pack, "margaret")
    told(session, pack, "grace")
    session.commit()
    rows = count(session, ToldBudget)
    session.close()
    code, output = run_verify(monkeypatch, database_url)
    assert (code, output) == (0, f"Budgets told: {rows}. Worked out again to the same bytes: {rows}.\n")


def test_verify_names_the_first_budget_that_is_not_what_was_told(
    session: Session, pack: Pack, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    kept = told(session, pack)
    case = read_case(session, kept.case_id)
    assert case is not None
    session.execute(update(ToldBudget).values(receipt={**kept.receipt, "weekly": "1.00"}))
    session.commit()
    weekly, told_id, reference = kept.weekly, kept.id, case.reference
    session.close()
    code, output = run_verify(monkeypatch, database_url)
    assert code == 1
    assert output == (
        f"Budget {told_id} of case {reference} is not what was told: "
        f'weekly was "1.00" and is now "{weekly}".\n'
    )


def test_words_of_the_portal_that_became_better_are_no_fault(
    session: Session, pack: Pack, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    kept = told(session, pack)
    lines = [
        {**line, "reason": {**line["reason"], "msgid": "Older words."}}
        if isinstance(line["reason"], dict) and "msgid" in line["reason"]
        else line
        for line in kept.receipt["lines"]
    ]
    assert lines != kept.receipt["lines"]
    session.execute(update(ToldBudget).values(receipt={**kept.receipt, "lines": lines}))
    session.commit()
    session.close()
    code, output = run_verify(monkeypatch, database_url)
    assert code == 0
    assert "only words of the portal changed since: 1" in output


def test_a_kept_scheme_that_was_tampered_with_is_told(
    session: Session, pack: Pack, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    told(session, pack)
    content = session.execute(select(KeptScheme.content)).scalar_one()
    session.execute(update(KeptScheme).values(content=content.replace('"illustrative"', '"draft"')))
    session.commit()
    session.close()
    code, output = run_verify(monkeypatch, database_url)
    assert code == 1
    assert "the scheme that was kept is not the one whose hash it has" in output
