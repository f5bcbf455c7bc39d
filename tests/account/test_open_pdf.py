"""A plan opened in another copy of the portal, from its PDF alone."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.account.enclosed import copy_from, read_enclosed
from portal.document import samples
from portal.document.records import read_version
from portal.document.rules.behind import Behind
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Line, Setback
from portal.sharing.records import Case
from tests.browsing import Visitor
from tests.document.conftest import printed
from tests.document.test_pages import begin


@pytest.fixture
def plan_of(client, app) -> bytes:
    """The PDF of somebody's plan."""
    visitor = begin(client, app, "plan_ready")
    visitor.send("/document/check", to="/document/check")
    return visitor.get("/document/plan-1.pdf").data


def bring(visitor: Visitor, pdf: bytes):
    given = {"copy": (BytesIO(pdf), "support-plan.pdf"), "replace": "yes"}
    return visitor.send("/account/open-copy", given, to="/account/open-copy")


OTHER = {
    "reference": "a record of its own",
    "version": "counted from 1 in each record",
    "budget": "worked out again, by answers that the plan does not show as well",
    "standing": "the tests look at answers that the plan does not show as well",
    "advice": "chosen by answers that the plan does not show as well",
    "statement": "what somebody has is not in a plan",
    "lacks": "needs of answers that the plan does not show",
    "typed": "who typed it stays where it was typed",
    "private": "what was kept private was kept from helpers there",
}
"""What of a plan that was opened from its PDF is not as it was, and why."""


def test_the_plan_says_the_same_after_it_was_opened_from_its_pdf(client, app):
    visitor = begin(client, app, "plan_ready")
    fill(visitor)
    visitor.send("/document/check", to="/document/check")
    pdf = visitor.get("/document/plan-1.pdf").data
    before = read_enclosed(pdf)
    assert before is not None
    assert before.disagreements
    assert any(route.facts for route in before.routes)
    assert any(one.not_needed for one in before.questions)
    other = app.test_client()
    other.environ_base["HTTP_REFERER"] = "https://localhost/"
    begin(other, app, "fresh")
    assert bring(other, pdf).status == 200
    other.send("/document/check", to="/document/check")
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        newest = session.execute(select(Case.id).order_by(Case.started.desc())).scalars().first()
        after = read_version(session, str(newest), 1)
    assert after is not None
    kept = [name for name in PlanDocument.model_fields if name not in OTHER]
    different = {name for name in kept if _told(getattr(after, name)) != _told(getattr(before, name))}
    assert not different
    for name in ("wellbeing", "impact", "changes"):
        assert getattr(after.standing, name) == getattr(before.standing, name)


def fill(visitor: Visitor) -> None:
    """Say what a ready plan of the demonstration has not said yet."""
    visitor.send("/plan/money/direct_payment", {"receiver": "nominated", "receiver_name": "Ada Okafor"})
    visitor.send("/plan/disagree/1", {"instead": "More on bad days.", "cost": "50", "why": "I fell."})
    visitor.send("/plan/questions/q_control", {"words": ""})
    visitor.send("/plan/questions/q_control", {"not_needed": "y"})


def _told(said: Any) -> Any:
    """A part of a plan without the names of rows, which are new wherever it is opened.

    Whether a need is eligible is told from answers that the plan does not show as well.
    """
    if isinstance(said, Behind):
        rows = {
            name: sorted(map(str, getattr(said, name).values())) for name in ("lines", "worth", "worth_why")
        }
        # Several answers are kept in the order in which the council offers them.
        answers = {
            name: sorted(kept, key=str) if isinstance(kept, list) else kept
            for name, kept in said.answers.items()
        }
        return said.model_dump() | rows | {"answers": answers}
    if isinstance(said, BaseModel):
        names = [name for name in type(said).model_fields if name not in ("id", "eligible")]
        return {name: _told(getattr(said, name)) for name in names}
    if isinstance(said, tuple):
        several = [_told(one) for one in said]
        in_order = not said or isinstance(said[0], Line | Setback)
        return several if in_order else sorted(several, key=str)
    return said


@pytest.mark.parametrize("name", ["usual", "full", "urdu"])
def test_what_lies_in_a_pdf_is_read_as_it_was_written(name):
    assert read_enclosed(printed(name).pdf) == getattr(samples, name)()


def test_a_pdf_without_a_plan_or_with_a_changed_one_is_not_believed(client, app):
    pdf = printed("usual").pdf
    place = pdf.index(b"/EmbeddedFile")
    stream = pdf.index(b"stream\n", place) + 40
    changed = pdf[:stream] + bytes([pdf[stream] ^ 1]) + pdf[stream + 1 :]
    for file in (printed("usual, week").pdf, changed, b"%PDF-1.7\n", b"", pdf[: place + 50]):
        assert read_enclosed(file) is None
    visitor = begin(client, app, "fresh")
    page = bring(visitor, changed)
    assert page.status == 422
    assert "We cannot open this file." in page.words


def test_what_no_page_could_have_kept_is_not_opened():
    plan = samples.usual()
    line = plan.lines[0].model_copy(update={"what": "x" * 201})
    assert copy_from(plan.model_copy(update={"lines": (line,)})) is None
