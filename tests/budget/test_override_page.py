"""An amount that somebody set beside the figure is shown beside it, on the page and in the plan document."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.budget.records import ToldBudget, record_override
from portal.budget.rules.override import Override
from portal.database import WRITES
from tests.browsing import Page, Visitor
from tests.budget.test_pages import be, receipt

AT = datetime.fromisoformat("2026-11-22T12:00:00")


def set_amount(app: Flask, **parts: Any) -> None:
    """Set another amount beside the budget that was told last."""
    written = {
        "weekly": "310.50",
        "reason": "Two workers are needed\nfor each <move>.",
        "author": "Ruth Adeyemi",
        "role": "Team manager",
        "date": date(2026, 11, 20),
        "evidence": "A therapist’s report",
    }
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as session, session.begin():
        told = session.execute(select(ToldBudget).order_by(ToldBudget.id.desc()).limit(1)).scalar_one()
        record_override(session, told, Override.model_validate({**written, **parts}), AT)


def told_budget(client: Visitor) -> Page:
    """The budget page of Grace, once the budget was told to her."""
    be(client, "grace")
    client.send("/budget", to="/budget")
    return client.page("/budget")


def test_the_page_shows_nothing_until_somebody_set_an_amount(client: Visitor) -> None:
    assert "Another amount" not in told_budget(client).words


def test_the_page_shows_both_amounts_with_reason_and_author_and_the_same_receipt(
    client: Visitor, app: Flask
) -> None:
    before = told_budget(client)
    set_amount(app)
    page = client.page("/budget")
    assert receipt(page) == receipt(before)
    total = receipt(before)[1]
    apart = Decimal("310.50") - total
    assert (
        "Ruth Adeyemi (Team manager) set another amount for you on 20 November 2026: £310.50 a week."
        in page.words
    )
    more = f"£{apart:,.2f} more" if apart > 0 else f"£{-apart:,.2f} less"
    assert f"was £{total:,.2f} a week. The other amount is {more}." in page.words
    assert "Two workers are needed for each <move>." in page.words
    assert "A therapist’s report" in page.words


@pytest.mark.parametrize(
    ("by", "said"), [("-100", "£100.00 less"), ("100", "£100.00 more"), ("0", "the same as")]
)
def test_more_less_or_the_same_is_said_in_words(client: Visitor, app: Flask, by: str, said: str) -> None:
    total = receipt(told_budget(client))[1]
    set_amount(app, weekly=str(total + Decimal(by)))
    assert said in client.page("/budget").words


def test_an_answer_changed_since_leaves_the_amount_beside_the_figure_of_its_day(
    client: Visitor, app: Flask
) -> None:
    total = receipt(told_budget(client))[1]
    set_amount(app)
    page = client.send("/assessment/nutrition?from=budget", {"nutrition": "all"})
    assert receipt(page)[1] != total
    assert f"The figure we worked out then was £{total:,.2f} a week" in page.words


def test_where_no_figure_was_worked_out_that_is_said_and_not_nought(client: Visitor, app: Flask) -> None:
    told_budget(client)
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine) as session, session.begin():
        session.execute(ToldBudget.__table__.update().values(weekly=None))  # type: ignore[attr-defined]
    set_amount(app)
    page = client.page("/budget")
    assert "We had not worked out a figure then." in page.words


def test_the_plan_document_has_both_amounts_and_the_reason(client: Visitor, app: Flask) -> None:
    total = receipt(told_budget(client))[1]
    set_amount(app)
    page = client.page("/document/check")
    assert "Ruth Adeyemi (Team manager) set another amount for me" in page.words
    assert f"The figure worked out then was £{total:,.2f} a week. Both are kept." in page.words
    assert "Two workers are needed" in page.words
    assert "My plan costs" in page.words
