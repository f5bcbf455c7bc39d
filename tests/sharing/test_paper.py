"""Staff type what came on paper; the person takes it over with a code, and then it is theirs alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from portal.safeguards import now
from portal.sharing.records import Case
from tests.account.test_keeping import EMAIL, GOOD, keep, start
from tests.browsing import Page, Visitor

OWN = "/people/own"


@pytest.fixture
def officer(people) -> Visitor:
    browser: Visitor = people.browser(people.account(staff=True), staff=True, strong=True)
    return browser


def begin(officer: Visitor) -> tuple[Page, str]:
    """The sheet of a form that is being typed, and its code."""
    sheet = officer.send("/staff/paper", {"name": "Grace", "kind": "adult"})
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", sheet.words)
    assert code is not None
    return sheet, code.group()


def use(visitor: Visitor, code: str) -> Page:
    return visitor.send("/people/code", {"code": code})


def test_staff_type_by_the_numbers_of_the_paper_form_and_each_answer_says_so(app, people, officer):
    assert "Enter the name of the person" in officer.send("/staff/paper").errors
    begin(officer)
    assert "You type from a paper form." in officer.page("/tasks").response.text
    numbered = officer.page("/assessment/by-number?number=1")
    assert "This is number 1 on the paper form." in numbered.words
    assert officer.page("/assessment/by-number?number=999").errors == [
        f"Enter a number from 1 to {len(app.extensions['pack'].questions)}"
    ]
    question = numbered.address.rpartition("/")[2]
    officer.send(numbered, {question: "me"})
    changes = [entry for entry in people.trail(officer_case(people)) if entry[1] == "change"]
    ((actor, _action, subject),) = changes
    assert subject == f"answer {question}"
    assert re.fullmatch(r"helper \S+ paper", actor)
    assert "From paper, typed by" in officer.page("/assessment/check").words
    for own in ("/people", "/account", "/account/copy"):
        assert officer.get(own).status_code == 404


def test_what_staff_had_typed_stands_there_again_after_they_showed_who_they_are(people):
    account = people.account(staff=True)
    officer = people.browser(account, staff=True, strong=True)
    typed = {**officer.page("/staff/paper").filled("/staff/paper"), "name": "Grace", "kind": "carer"}
    with time_machine.travel(now() + timedelta(minutes=10), tick=True):
        assert "/account/again" in officer.post("/staff/paper", data=typed).location
        stranger = people.browser(people.account(staff=True), staff=True, strong=True)
        assert "Grace" not in stranger.get("/staff/paper").text
        back = people.browser(account, staff=True, strong=True)
        page = back.page("/staff/paper")
        assert "It is not saved yet" in page.response.text
        shown = page.filled("/staff/paper")
        assert (shown["name"], shown["kind"]) == ("Grace", "carer")
        back.send(page, {"name": "Grace Mensah"})
        assert "It is not saved yet" not in back.get("/staff/paper").text


def officer_case(people) -> str:
    with people.session() as session:
        return session.query(Case).filter(Case.claim.is_not(None)).one().id


@pytest.mark.parametrize(("account", "goes_on"), [(True, "no"), (False, "yes")])
def test_the_person_takes_it_over_with_the_code_with_or_without_an_account(people, officer, account, goes_on):
    sheet, code = begin(officer)
    mine = people.account() if account else None
    person = people.browser(mine)
    assert use(person, code).address == OWN
    assert "Select whether they may go on helping you" in person.send(OWN).errors
    assert person.send(OWN, {"goes_on": goes_on}).address == "/tasks"
    assert person.get("/people").status_code == 200
    assert "took over your plan" in person.page("/people/seen?all=yes").words
    assert officer.get("/assessment/check").status_code == (200 if goes_on == "yes" else 303)
    assert officer.get("/account").status_code in (404, 303)
    assert officer.get(f"/staff/paper/{sheet.address.rpartition('/')[2]}").status_code == 404
    assert "This code does not work" in use(people.browser(), code).words


def test_a_code_is_no_good_to_staff_nor_where_it_would_put_a_draft_aside(people, officer):
    _sheet, code = begin(officer)
    other = people.browser(people.account(staff=True), staff=True, strong=True)
    assert "This code does not work" in use(other, code).words
    draft = people.browser(None, people.case())
    assert "You have begun another plan here" in use(draft, code).words
    assert draft.post(OWN).status_code in (400, 422)


def test_what_somebody_helps_with_is_never_taken_along_to_another_account(app, client, people):
    start(client)
    keep(client)
    helper, draft = people.account(), people.case()
    people.grant(draft, helper, {"assessment": "write"})
    people.browser(None, draft).send("/plan/review", {"words": "A word of the person"})
    browser = people.browser(helper, draft)
    browser.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD}, to="/account/sign-in")
    assert "You are helping" not in browser.page("/account").response.text
    with people.session() as session:
        assert session.get(Case, draft).account_id is None
