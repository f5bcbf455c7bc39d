"""A plan opened in another copy of the portal, from its PDF alone."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.account.enclosed import copy_from, read_enclosed
from portal.document import samples
from portal.document.records import read_version
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


def test_the_plan_says_the_same_after_it_was_opened_from_its_pdf(client, app, plan_of):
    before = read_enclosed(plan_of)
    assert before is not None
    other = app.test_client()
    other.environ_base["HTTP_REFERER"] = "https://localhost/"
    begin(other, app, "fresh")
    assert bring(other, plan_of).status == 200
    other.send("/document/check", to="/document/check")
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        newest = session.execute(select(Case.id).order_by(Case.started.desc())).scalars().first()
        after = read_version(session, str(newest), 1)
    assert after is not None
    names = (
        "what",
        "who",
        "when",
        "how_much",
        "needs",
        "starts",
        "ends",
        "weekly",
        "one_off",
        "kind",
        "route",
    )
    assert [[getattr(line, name) for name in names] for line in after.lines] == [
        [getattr(line, name) for name in names] for line in before.lines
    ]
    assert after.weekly == before.weekly
    assert after.important == before.important
    assert [(one.what, one.then, one.call) for one in after.setbacks] == [
        (one.what, one.then, one.call) for one in before.setbacks
    ]
    assert [set(need.unable) for need in after.needs] == [set(need.unable) for need in before.needs]
    for name in ("answer", "own_words", "wanted", "met_by"):
        told = {need.outcome: getattr(need, name) for need in after.needs}
        assert told == {need.outcome: getattr(need, name) for need in before.needs}, name


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
