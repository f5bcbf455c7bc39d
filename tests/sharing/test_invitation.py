"""Somebody is invited, accepts with an account of their own, helps, and is stopped."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from portal.safeguards import now, today
from portal.sharing.grants import Grant, code_of, hash_of
from portal.sharing.rules import in_months, rights_of
from tests.browsing import Page, Visitor
from tests.conftest import SECRET

INVITED = {
    "name": "Sam",
    "relation": "family",
    "given_by": "Ann",
    "level": "suggest",
    "months": "6",
    "email": "",
}


@pytest.fixture
def owner(people) -> Visitor:
    account = people.account()
    return people.browser(account, people.case(account))


def invite(owner: Visitor, **changed: str) -> Page:
    page = owner.send("/people/invite", INVITED | changed)
    assert page.heading == "Sam", (page.heading, page.errors)
    return page


def code_on(page: Page) -> str:
    return page.soup.select(".code")[0].get_text().strip()


def accept(helper: Visitor, code: str) -> Page:
    shown = helper.send("/people/code", {"code": code})
    assert shown.heading == "Help Ann with a plan", shown.errors
    return helper.send(shown)


def test_a_person_invites_and_a_helper_accepts_with_an_account_of_their_own(owner, people, client):
    page = invite(owner)
    assert "Nobody has used the code yet" in page.words
    code = code_on(page)

    shown = client.send("/people/code", {"code": code})
    assert shown.heading == "Help Ann with a plan"
    assert "/account/new" in shown.links
    joined = client.send(
        "/account/new", {"email": "sam@example.org", "passphrase": "four lemons under a tree"}
    )
    assert joined.heading == "Help Ann with a plan"
    helping = client.send(joined)
    assert helping.heading == "People I help"
    asked = client.send(
        helping,
        to=next(
            form["action"] for form in helping.soup.select("main form") if not form["action"].endswith("/end")
        ),
    )
    assert asked.heading == "Whose words do you write?"
    tasks = client.send(asked, {"words": "theirs"})
    assert tasks.address == "/tasks"
    assert "You are helping Ann." in tasks.soup.select_one(".helping").get_text()

    mine = owner.page("/people")
    assert "They signed in as sam@example.org" in mine.words


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("0", "O")]
)
def test_a_code_may_be_typed_as_people_type(typed):
    code = code_of("abc", SECRET)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    assert hash_of(typed(code), SECRET) == hash_of(code, SECRET)


def test_a_code_is_kept_nowhere_and_works_once(owner, people):
    code = code_on(invite(owner))
    with people.session() as session:
        kept = repr([row.__dict__ for row in session.query(Grant)])
    assert code not in kept
    assert "Sam" not in kept
    assert accept(people.browser(people.account()), code).heading == "People I help"
    late = people.browser(people.account()).send("/people/code", {"code": code})
    assert late.errors == ["This code does not work. Check it, or ask for a new one."]


def test_two_people_with_one_code_are_not_both_let_in(owner, people):
    code = code_on(invite(owner))
    first, second = people.browser(people.account()), people.browser(people.account())
    shown = [helper.send("/people/code", {"code": code}) for helper in (first, second)]
    assert first.send(shown[0]).heading == "People I help"
    assert second.send(shown[1]).heading == "Use the code you were given"
    assert second.page("/people/helping").soup.select(".card") == []


def test_a_code_that_is_too_old_or_was_taken_back_does_not_work(owner, people):
    first, second = code_on(invite(owner)), code_on(invite(owner))
    with people.session() as session, session.begin():
        one = session.query(Grant).filter(Grant.code == hash_of(first, SECRET)).one()
        one.code_until = now() - timedelta(seconds=1)
    owner.send("/people", to="/people/stop")
    for code in (first, second):
        page = people.browser(people.account()).send("/people/code", {"code": code})
        assert page.status == 422


def test_guessing_codes_is_slowed_down(people):
    guesser = people.browser(people.account())
    answers = [guesser.send("/people/code", {"code": f"AAAA{n}"}).status for n in range(7)]
    assert answers[:5] == [422] * 5
    assert 429 in answers[5:]


def test_a_helper_is_stopped_with_one_click_and_all_of_them_with_another(owner, people):
    helpers = [people.browser(people.account()) for _each in range(2)]
    for helper in helpers:
        accept(helper, code_on(invite(owner)))
        page = helper.page("/people/helping")
        helper.send(page, to=page.soup.select_one("main form")["action"])
        assert helper.page("/tasks").address == "/tasks"
    page = owner.page("/people")
    owner.send(page, to=page.soup.select_one(".people form")["action"])
    allowed = [helper.page("/assessment/check").address for helper in helpers]
    assert sorted(allowed) == ["/", "/assessment/check"]
    owner.send("/people", to="/people/stop")
    assert [helper.page("/assessment/check").address for helper in helpers] == ["/", "/"]


def test_rights_are_changed_part_by_part_from_the_next_click_on(owner, people):
    page = invite(owner, level="write")
    helper = people.browser(people.account())
    accept(helper, code_on(page))
    helper.send("/people/helping", to=helper.page("/people/helping").soup.select_one("main form")["action"])
    assert helper.get("/plan").status_code == 200
    changed = owner.send(f"{page.address}/rights", {"plan": "nothing", "assessment": "see"})
    assert "My support plan" not in changed.words
    assert helper.get("/plan").status_code == 404
    assert helper.get("/assessment/check").status_code == 200


def test_rights_saved_in_another_window_are_shown_before_they_are_changed(owner):
    address = f"{invite(owner, level='write').address}/rights"
    page = owner.page(address)
    owner.send(page, {"plan": "nothing"}, to=address)
    both = owner.send(page, {"assessment": "see"}, to=address)
    assert both.status == 409
    assert "This was saved in another window" in both.words
    assert "see it, and write in it for me" in owner.page(address.removesuffix("/rights")).words
    saved = owner.send(both, to=address).words
    assert "My answers about my needs see it My budget" in saved


def test_the_persons_own_money_is_given_only_when_it_is_asked_for():
    assert "charging" not in rights_of("write")
    assert rights_of("see", money=True)["charging"] == "see"
    assert rights_of("outcomes") == {"outcomes": "see"}


def test_a_passport_ends_by_itself(owner, people):
    helper = people.browser(people.account())
    accept(helper, code_on(invite(owner, months="1")))
    with people.session() as session, session.begin():
        one = session.query(Grant).one()
        assert one.until == in_months(today(), 1)
        one.until = today() - timedelta(days=1)
    assert helper.page("/people/helping").soup.select(".card") == []
    assert "This ended on" in owner.page("/people").words


def test_whoever_is_not_saved_yet_is_asked_to_save_first(client):
    client.send("/", to="/start")
    page = client.page("/people")
    assert "Save your plan first" in page.words
    assert client.page("/people/invite").address == "/people"


def test_an_invitation_by_email_carries_the_code_and_no_address_does(owner, people):
    from portal.mail.outbox import Outbox

    page = invite(owner, email="sam@example.org")
    assert "We are sending Sam an email" in page.words
    with people.session() as session:
        letters = [one.letter for one in session.query(Outbox)]
    assert len(letters) == 1
    assert code_on(page) not in page.response.request.url


def test_an_invitation_lacking_something_comes_back_with_what_was_typed(owner):
    page = owner.send("/people/invite", INVITED | {"given_by": "", "email": "nobody"})
    assert page.status == 422
    assert page.errors == ["Enter what they call you", "Enter an email address like name@example.com"]
    assert page.filled()["name"] == "Sam"


def test_a_month_is_a_month_whatever_its_length():
    from datetime import date

    assert in_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert in_months(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_nobody_but_the_person_invites_or_stops_anybody(owner, people):
    page = invite(owner, level="write")
    helper = people.browser(people.account())
    accept(helper, code_on(page))
    helper.send("/people/helping", to=helper.page("/people/helping").soup.select_one("main form")["action"])
    for address in ("/people", "/people/invite", page.address, "/people/seen", "/account/copy", "/account"):
        assert helper.get(address).status_code == 404
