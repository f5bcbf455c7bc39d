"""Somebody acts for a person who cannot decide alone: claimed, checked by an officer, and taken back."""

from __future__ import annotations

import pytest

from portal.sharing.grants import claims

CLAIM = {"basis": "lpa", "name": "Ann", "reference": "7000-1234"}


@pytest.fixture
def officer(people):
    account = people.account(staff=True)
    return people.browser(account, staff=True, strong=True)


def decide(officer, people, decided: str):
    page = officer.page("/people/claims")
    address = next(link for link in page.links if link.startswith("/people/claims/"))
    return officer.send(address, {"decided": decided, "said": "Seen on paper on 3 May."})


def test_whoever_keeps_the_case_does_what_a_helper_does_until_an_officer_has_confirmed_it(people, officer):
    me = people.account()
    case = people.case(me)
    browser = people.browser(me, case)
    assert browser.get("/account/copy").status_code == 200
    page = browser.send("/people/acting", CLAIM)
    assert "The council has not checked this yet." in page.words
    assert "7000-1234" in page.words
    assert browser.get("/account/copy").status_code == 404
    assert browser.get("/people").status_code == 404
    assert browser.get("/assessment").status_code in {200, 303}

    assert "People who act for somebody 1 waits" in officer.page("/staff").words
    shown = officer.page("/people/claims")
    assert "Lasting power of attorney" in shown.words
    decide(officer, people, "confirmed")
    assert "Nobody waits" in officer.page("/people/claims").words
    assert browser.get("/people").status_code == 200
    assert browser.get("/account/copy").status_code == 200
    told = browser.page("/people/acting").words
    assert "The council has checked and agreed this." in told
    assert "Seen on paper on 3 May." in told
    actions = [entry[1] for entry in people.trail(case)]
    assert [each for each in actions if each in {"claim", "sign"}] == ["claim", "sign"]


def test_a_helper_who_is_confirmed_does_what_is_the_persons_and_nothing_about_the_account(people, officer):
    owner, daughter = people.account(), people.account()
    case = people.case(owner)
    grant, person = people.grant(case, daughter, {"plan": "see"}), people.browser(owner, case)
    browser = people.browser(daughter, case)
    browser.send("/people/acting", CLAIM | {"name": None})
    assert browser.get("/people").status_code == 404
    assert "act for you by law. The council has not checked this yet." in person.page("/people").words
    assert "They can never send or sign" in person.page(f"/people/{grant}").words
    decide(officer, people, "confirmed")
    told = person.page(f"/people/{grant}").words
    assert "They can do everything here that you can" in told
    assert "They can never send or sign" not in told
    assert browser.get("/people").status_code == 200
    assert browser.get("/account").status_code == 404
    assert browser.get("/account/delete").status_code == 404


def test_what_an_officer_refuses_changes_nothing_and_says_why(people, officer):
    owner, son = people.account(), people.account()
    case = people.case(owner)
    people.grant(case, son, {"plan": "see"})
    browser = people.browser(son, case)
    browser.send("/people/acting", CLAIM | {"name": None})
    decide(officer, people, "refused")
    assert browser.get("/people").status_code == 404
    assert "Seen on paper on 3 May." in browser.page("/people/acting").words


def test_an_appointee_cannot_be_confirmed(people, officer):
    owner, son = people.account(), people.account()
    people.grant(case := people.case(owner), son, {"plan": "see"})
    people.browser(son, case).send("/people/acting", CLAIM | {"name": None, "basis": "appointee"})
    page = decide(officer, people, "confirmed")
    assert page.errors == ["An appointee looks after benefits only. This cannot be confirmed."]


def test_it_can_be_taken_back_and_the_person_is_the_person_again(people):
    me = people.account()
    browser = people.browser(me, people.case(me))
    page = browser.send("/people/acting", CLAIM)
    browser.send(page)
    assert browser.get("/account").status_code == 200
    with people.session() as session:
        assert claims(session) == ()


def test_nobody_but_an_officer_with_two_factors_sees_the_claims(people):
    person, officer = people.account(), people.account(staff=True)
    assert people.browser(person).get("/people/claims").status_code == 404
    assert people.browser(officer, staff=True).get("/people/claims").status_code == 303
