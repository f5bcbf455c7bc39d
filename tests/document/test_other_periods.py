"""A budget worked out by the year, or every four weeks, is printed with the lines it has."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.database import WRITES, open_database
from portal.demonstration.setting_up import set_up
from portal.document.assembling import assemble
from portal.document.records import next_version
from portal.safeguards import now
from portal.sharing.records import read_case
from tests.conftest import settings


@pytest.mark.parametrize(("pack", "per"), [("bath", "year"), ("medway", "four_weeks"), ("demo", "week")])
def test_the_lines_add_up_to_the_figure_in_its_own_period(database_url: str, pack: str, per: str) -> None:
    app = create_app(settings(database_url, pack=pack))
    held, english = app.extensions["pack"], app.extensions["languages"]["en"]
    engine = open_database(database_url)
    with Session(
        engine.execution_options(**{WRITES: True}), info={**app.extensions["session_info"]}
    ) as session:
        case_id = set_up(session, held, held.samples[-1], now())
        case = read_case(session, case_id)
        assert case is not None
        plan = assemble(session, case, held, english, next_version(session, case_id, now()))
    engine.dispose()
    assert plan.budget.state == "amount"
    assert plan.budget.per == per
    assert plan.budget.lines
    assert sum((line.amount for line in plan.budget.lines), Decimal(0)) == plan.budget.figure
