"""The planner who was chosen is invited from the page of planners, and is given the outcomes only."""

from __future__ import annotations

import pytest

from portal.demonstration.setting_up import set_up
from portal.safeguards import now
from portal.sharing.private import write_private
from portal.sharing.records import give_to


@pytest.fixture
def shared(app, people):
    """A whole plan with a planner chosen, and its owner."""
    owner = people.account()
    pack = app.extensions["pack"]
    with people.session() as session, session.begin():
        case = set_up(session, pack, next(one for one in pack.samples if one.id == "grace"), now())
        give_to(session, case, owner, now())
    return case, people.browser(owner, case)


def test_a_planner_is_invited_from_the_page_of_planners_with_the_outcomes_only(people, shared):
    _case, owner = shared
    page = owner.page("/choices/planner")
    invite = next(link for link in page.links if link.startswith("/choices/planner/invite/"))
    form = owner.page(invite)
    assert form.filled()["level"] == "outcomes"
    assert form.filled()["relation"] == "planner"
    made = owner.send(form, {"given_by": "Ann"})
    code = made.soup.select(".code")[0].get_text().strip()

    planner = people.browser(people.account())
    shown = planner.send("/people/code", {"code": code})
    helping = planner.send(shown)
    planner.send(helping, to=helping.soup.select("main form")[0]["action"])
    tasks = planner.page("/tasks")
    assert tasks.heading == "The plan of Ann"
    assert "/assessment/outcomes" in tasks.links
    assert {"/plan", "/budget", "/assessment/check"} & set(tasks.links) == set()
    outcomes = planner.page("/assessment/outcomes")
    assert "Eating and drinking" in outcomes.words
    assert planner.get("/assessment/check").status_code == 404
    assert planner.get("/plan").status_code == 404


def test_a_planner_who_was_not_chosen_cannot_be_invited_from_there(shared):
    _case, owner = shared
    assert owner.get("/choices/planner/invite/nobody").status_code == 404


def test_what_matters_is_not_among_the_outcomes_when_it_is_private(people, shared):
    case, owner = shared
    owner.send("/assessment/nutrition_matters", {"nutrition_matters": "A kumquat each morning."})
    planner = people.account()
    people.grant(case, planner, {"outcomes": "see"})
    browser = people.browser(planner, case)
    assert "kumquat" in browser.page("/assessment/outcomes").words
    with people.session() as session, session.begin():
        write_private(session, case, {"answer nutrition_matters"})
    page = browser.page("/assessment/outcomes")
    assert "kumquat" not in page.words
    assert "Ann keeps this private" in page.words
