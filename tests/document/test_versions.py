"""Versions of a plan: each with its reason, what changed side by side, and a code that tells them apart."""

from __future__ import annotations

import re
import time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.document import samples
from portal.document.changes import changes_between
from portal.document.pages import printing
from portal.document.printing.plan import render_plan
from portal.document.printing.press import NotPrinted
from portal.document.printing.queue import Queue
from portal.document.records import DocumentCode, read_kept
from portal.document.rules.checking import check_code, grouped, read_code
from portal.document.rules.editions import EDITIONS
from portal.sharing.records import Case
from tests.browsing import Visitor
from tests.document.conftest import ENGLISH
from tests.document.test_pages import begin, text_of


@pytest.fixture
def twice(client, app) -> Visitor:
    """Somebody who made a second version, and said why."""
    visitor = begin(client, app, "plan_ready")
    visitor.send("/document/check", to="/document/check")
    visitor.send("/plan/review", {"words": "In the spring, and in the garden."}, to="/plan/review")
    visitor.send("/document/check", {"reason": "Easter is too early for me."}, to="/document/check")
    return visitor


def test_the_reason_is_asked_only_when_there_is_an_earlier_version(client, app):
    visitor = begin(client, app, "plan_ready")
    assert visitor.page("/document/check").soup.find("textarea") is None
    visitor.send("/document/check", to="/document/check")
    assert visitor.page("/document/check").soup.find("textarea") is None
    visitor.send("/plan/review", {"words": "In the spring."}, to="/plan/review")
    assert visitor.page("/document/check").soup.find("textarea", {"name": "reason"}) is not None


def test_a_reason_that_is_too_long_is_told_and_kept_on_the_page(twice):
    twice.send("/plan/review", {"words": "In the autumn."}, to="/plan/review")
    page = twice.send("/document/check", {"reason": "x" * 4001}, to="/document/check")
    assert page.status == 422
    assert "Use 4,000 characters or fewer" in page.words
    assert "x" * 4001 in page.words


def test_every_version_is_listed_with_its_reason(twice):
    page = twice.page("/document/versions")
    assert re.search(r"Version 2 .*This is the newest one.*Easter is too early for me.*Version 1", page.words)
    assert "A newer one has replaced it." in page.words


def test_what_changed_stands_side_by_side_with_the_reason(twice):
    page = twice.page("/document/changes?old=1&new=2")
    assert "Easter is too early for me." in page.words
    titles = [heading.get_text() for heading in page.soup.select(".change h2")]
    assert titles == ["Looking at the plan again"]
    after = page.soup.select(".change .side")[1].get_text()
    assert "In the spring, and in the garden." in after
    assert twice.page("/document/changes?old=2&new=1").words == page.words
    assert "The two versions say the same." in twice.page("/document/changes?old=1&new=1").words
    assert twice.get("/document/changes?old=1&new=9").status_code == 404


def test_who_is_paid_an_area_of_wellbeing_and_an_officers_amount_are_changes_too():
    old = samples.usual()
    first, *others = old.lines
    paid = first.model_copy(update={"paid_to": "My brother"})
    officers = samples.full().budget.other
    new = old.model_copy(
        update={
            "lines": (paid, *others),
            "standing": old.standing.model_copy(update={"wellbeing": ()}),
            "budget": old.budget.model_copy(update={"other": officers}),
        }
    )
    titles = [change.title for change in changes_between(old, new, ENGLISH)]
    assert titles == ["My wellbeing", first.what, "Another amount beside it"]
    assert changes_between(old, old, ENGLISH) == ()


def test_a_change_tells_a_sum_with_how_often_a_day_with_from_and_until_and_who_is_paid():
    old = samples.usual()
    line = next(line for line in old.lines if line.starts and line.ends)
    others = tuple(one for one in old.lines if one is not line)
    update = {"ends": None, "paid_to": "My brother"}
    new = old.model_copy(update={"lines": (*others, line.model_copy(update=update))})
    (change,) = changes_between(old, new, ENGLISH)
    assert "From 4 January 2027 to 30 June 2027" in change.before
    assert "From 4 January 2027\n" in change.after
    assert "Paid to: My brother" in change.after
    (route, *_rest) = old.routes
    paid = route.model_copy(update={"paid": ""})
    (change,) = changes_between(old, old.model_copy(update={"routes": (paid, *old.routes[1:])}), ENGLISH)
    assert change.after.startswith("£29.00 a week\n")


def test_a_code_of_the_newest_version_is_told_from_one_that_was_replaced(twice, app, tmp_path):
    with Session(app.extensions["engine"]) as session:
        codes = {
            (row.number, row.edition): row.code
            for row in session.execute(select(DocumentCode)).scalars().all()
        }
    assert {edition for _number, edition in codes} == set(EDITIONS)
    printed = text_of(twice.get("/document/plan-2.pdf").data, tmp_path)
    assert grouped(codes[2, "standard"]) in printed
    stranger = app.test_client()
    newest = stranger.page(f"/c/{codes[2, 'standard']}")
    assert "This is the newest version that we hold." in newest.words
    replaced = stranger.page(f"/c/{grouped(codes[1, 'large-print']).lower()}")
    assert "A newer version has replaced this one." in replaced.words
    assert "We hold no plan with this code." in stranger.page("/c/0000-0000-0000").words


def test_a_code_says_nothing_of_whose_plan_it_is(twice, app):
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        case = session.execute(select(Case)).scalar_one()
        kept = read_kept(session, case.id, 2)
    assert kept is not None
    code = check_code(kept.sha256, "standard", "en")
    page = app.test_client().page(f"/c/{code}")
    for secret in (case.reference, kept.document.person.name, "version 2", "Version 2"):
        assert secret not in page.words
    assert "See the versions of your plan" in twice.page(f"/c/{code}").words


def test_a_scanned_code_in_capitals_opens_the_same_page(twice, app):
    assert app.test_client().page("/C/0000-0000-0000").status == 200


@pytest.mark.parametrize(
    ("typed", "read"), [("7k2m-4xq9-ab3d", "7K2M4XQ9AB3D"), ("oil0 0000 0000", "011000000000")]
)
def test_a_code_is_read_as_people_type_it(typed, read):
    assert read_code(typed) == read


def test_what_is_no_code_is_asked_for_again(app):
    visitor = app.test_client()
    page = visitor.page("/c?code=hello")
    assert page.status == 422
    assert "Enter the 12 letters and numbers of the code" in page.words
    assert visitor.page("/c/hello").address == "/c"


def test_a_pdf_that_takes_long_is_being_made_and_then_there(twice, app, monkeypatch):
    queue = Queue(patience=0)
    monkeypatch.setitem(app.extensions, "pdf_queue", queue)
    page = twice.page("/document/plan-2.pdf")
    assert page.status == 202
    assert page.heading == "We are making your PDF"
    # Without scripts it looks by itself, a few times, unless the person switches that off.
    assert page.soup.select_one("noscript meta")["content"] == "10;url=/document/plan-2.pdf?looked=1"
    alone = twice.page(page.soup.find("a", string="Do not look by itself")["href"])
    assert alone.soup.find("meta", {"http-equiv": "refresh"}) is None
    # A script asks in silence: nothing is begun, noted or handed out by that.
    assert twice.head("/document/plan-2/week.pdf").status_code == 202
    while twice.head("/document/plan-2.pdf").status_code == 202:
        time.sleep(0.05)
    assert twice.head("/document/plan-2.pdf").status_code == 200
    queue.patience = 120
    assert twice.get("/document/plan-2.pdf").data.startswith(b"%PDF")


def test_many_at_once_are_told_to_come_back(twice, app, monkeypatch):
    monkeypatch.setattr("portal.document.printing.queue.MOST_JOBS", 0)
    page = twice.page("/document/plan-2.pdf")
    assert page.status == 503
    assert "Many people are printing" in page.words


def test_a_pdf_that_could_not_be_made_is_tried_again(twice, monkeypatch):
    tries = []

    def fail_once(*given):
        tries.append(given)
        if len(tries) == 1:
            raise NotPrinted("broken", "what was typed")
        return render_plan(*given)

    monkeypatch.setattr(printing, "render_plan", fail_once)
    assert twice.page("/document/plan-2.pdf").status == 503
    assert twice.get("/document/plan-2.pdf").data.startswith(b"%PDF")


def test_every_edition_is_offered_and_opens(twice):
    links = [link["href"] for link in twice.page("/document/ready").soup.select('main a[href$=".pdf"]')]
    assert links == [
        "/document/plan-2.pdf",
        *(f"/document/plan-2/{edition}.pdf" for edition in EDITIONS if edition != "standard"),
        "/document/my-paper-form.pdf",
    ]
    assert twice.get("/document/plan-2/week.pdf").data.startswith(b"%PDF")
    assert twice.get("/document/plan-2/another.pdf").status_code == 404


def test_the_paper_form_carries_what_was_answered_but_never_whether_somebody_is_safe(twice, tmp_path):
    told = text_of(twice.get("/document/my-paper-form.pdf").data, tmp_path)
    assert told.count("(my answer)") > 10
    assert "My answer so far:" in told
    safe = told[told.index("Are any of these true for you?") : told.index("How soon do you need help?")]
    assert "(my answer)" not in safe
