"""Neither reads the other's without a recorded yes; it takes effect, and is taken back, at once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from portal.database import WRITES
from tests.browsing import Visitor
from tests.carer.conftest import CARER_TYPED, Two, begin_as_carer, browser
from tests.visiting import begin

NEEDS = "She wants a woman to help her, and warm towels."


def rows(app: Flask, asked: str) -> list[tuple]:
    with app.extensions["engine"].connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


PLACES = (
    *("/tasks", "/assessment/check", "/assessment/standing", "/assessment/prevention", "/together"),
    *("/budget", "/budget/change", "/plan", "/document/check", "/carer/money", "/carer/next"),
)


def everything(visitor: Visitor) -> str:
    """Every word of the pages of somebody's own record and of their links, those that they have."""
    links = [link for link in visitor.page("/together").links if link.startswith("/together/")]
    pages = [visitor.page(address) for address in (*PLACES, *links)]
    return " ".join(page.soup.get_text(" ") for page in pages if page.status == 200)


def test_a_link_alone_shows_nothing_of_the_other(two: Two):
    person, carer = everything(two.one), everything(two.other)
    assert CARER_TYPED not in person
    assert NEEDS not in carer
    assert "Margaret" not in carer and "Peggy Ashby" not in carer
    assert "£846" not in carer and "£1,101" not in carer
    assert "Nothing yet. They are asked in their own record" in two.other.page(two.link).words


def test_what_one_calls_the_other_is_never_shown_to_the_other(two: Two):
    assert "my Tom" in everything(two.one)
    assert "my Tom" not in everything(two.other)
    assert "my Peggy" not in everything(two.one)


def test_needs_are_shown_only_while_the_person_says_so(two: Two):
    asked = two.one.page(f"{two.link}/agree/needs")
    assert NEEDS in asked.words, "the person is shown what would be shown"
    two.agree(two.one, "needs")
    shown = two.other.page(two.link)
    assert NEEDS in shown.words
    assert "£" not in shown.words, "the budget is another consent"
    two.withdraw(two.one, "needs")
    assert NEEDS not in two.other.page(two.link).words
    assert "What you agreed to before" in two.one.page(two.link).words


def test_the_budget_if_the_carer_stopped_is_shown_only_while_the_person_says_so(two: Two):
    assert "If I stopped tomorrow" not in everything(two.other)
    two.agree(two.one, "stop")
    shown = two.other.page(two.link)
    for words in ("If I stopped tomorrow", "£846.00", "£1,101.00", "£255.00", "Washing and keeping clean"):
        assert words in shown.words
    assert NEEDS not in shown.words
    two.withdraw(two.one, "stop")
    assert "£1,101.00" not in everything(two.other)


def test_the_carer_decides_for_themself_what_the_person_sees(two: Two):
    two.agree(two.other, "doing")
    shown = two.one.page(two.link).words
    assert "What you do: Food and drink" in shown or "Food and drink" in shown
    assert "Willing to go on" not in shown
    two.agree(two.other, "going_on")
    assert "Willing to go on" in two.one.page(two.link).words
    assert "Being safe" not in two.one.page(two.link).words, "whether somebody is safe is never shown"
    two.withdraw(two.other, "doing")
    assert "Hours a week" not in two.one.page(two.link).words


def test_nobody_can_agree_for_the_other_or_to_what_is_not_theirs(two: Two):
    token = two.other.page(f"{two.link}/agree/doing").filled()["csrf_token"]
    for what in ("needs", "stop"):
        answer = two.other.post(f"{two.link}/agree/{what}", data={"csrf_token": token, "basis": "self"})
        assert answer.status_code == 404
    two.agree(two.one, "needs")
    two.other.post(f"{two.link}/withdraw/needs", data={"csrf_token": token})
    assert NEEDS in two.other.page(two.link).words, "only who gave it can take it back"


def test_who_decides_for_another_says_who_took_part(app: Flask, two: Two):
    wrong = two.agree(two.one, "needs", basis="best_interests")
    assert wrong.errors == ["Enter who took part in this, and when"]
    none = two.one.send(f"{two.link}/agree/needs", {"decided": "Ellen"})
    assert none.errors == ["Select who decides this"]
    assert NEEDS not in two.other.page(two.link).words
    two.agree(two.one, "needs", basis="best_interests", decided="Ellen and the social worker, 3 November")
    assert "Ellen and the social worker" in two.one.page(two.link).words
    assert "Ellen and the social worker" not in two.other.page(two.link).words
    assert rows(app, "SELECT what, basis, withdrawn FROM consent") == [("needs", "best_interests", None)]


def test_a_consent_is_recorded_with_its_days_and_never_deleted(app: Flask, two: Two):
    two.agree(two.one, "needs")
    two.agree(two.one, "needs")
    two.withdraw(two.one, "needs")
    two.agree(two.one, "needs")
    kept = rows(app, "SELECT what, given IS NOT NULL, withdrawn IS NOT NULL FROM consent ORDER BY withdrawn")
    assert sorted(kept) == [("needs", 1, 0), ("needs", 1, 1)]
    trail = [row[0] for row in rows(app, "SELECT action FROM audit WHERE subject LIKE 'needs to link%'")]
    assert trail == ["sign", "withdraw", "sign"]


def test_that_it_was_looked_at_stands_in_the_trail_of_whose_it_is(app: Flask, two: Two):
    two.agree(two.one, "needs")
    two.other.page(two.link)
    seen = rows(app, "SELECT actor, action FROM audit WHERE action = 'view'")
    assert seen == [(f"link {two.link.rpartition('/')[2]}", "view")]


def test_ending_the_link_ends_everything_for_both_at_once(app: Flask, two: Two):
    two.agree(two.one, "needs")
    two.agree(two.other, "doing")
    two.other.send(f"{two.link}/end")
    for visitor in (two.one, two.other):
        assert visitor.get(two.link).status_code == 404
        assert "Links you have" not in visitor.page("/together").words
    assert rows(app, "SELECT count(*) FROM consent WHERE withdrawn IS NULL") == [(0,)]


def test_when_a_record_is_deleted_the_other_sees_nothing_of_it(two: Two):
    two.agree(two.one, "needs")
    two.one.send("/account/delete")
    shown = two.other.page(two.link)
    assert NEEDS not in shown.words
    assert "The other record is gone" in shown.words


def test_assessments_are_combined_only_when_each_has_said_so(two: Two):
    assert "They are kept apart until each of you has said yes." in two.one.page(two.link).words
    two.one.send(f"{two.link}/wish", {"combine": "together"})
    assert "kept apart until each of you" in two.other.page(two.link).words
    two.other.send(f"{two.link}/wish", {"combine": "together"})
    for visitor in (two.one, two.other):
        assert "You both said yes. The council does them together." in visitor.page(two.link).words
    two.other.send(f"{two.link}/wish", {"combine": "apart"})
    assert "kept apart, because one of you wants that" in two.one.page(two.link).words
    wrong = two.one.send(f"{two.link}/wish", {"combine": None})
    assert wrong.errors == ["Select whether you want both assessments done together"]


def test_a_wish_begins_with_what_was_answered_in_the_assessment(two: Two):
    assert two.one.page(f"{two.link}/wish").filled()["combine"] == "together"


def test_a_code_works_once(two: Two, app: Flask):
    third = browser(app)
    begin_as_carer(third)
    wrong = third.send("/together/enter", {"code": two.code, "called": "somebody"})
    assert wrong.errors == ["This code does not work here. Ask for a new one"]
    assert "somebody" in str(wrong.soup), "nothing that was typed is lost"


@pytest.mark.parametrize("why", ["unknown", "own", "too old", "carer to carer"])
def test_a_code_that_opens_nothing_is_told_in_one_way(app: Flask, person: Visitor, why: str):
    other = browser(app)
    begin_as_carer(other)
    maker = other if why in ("own", "carer to carer") else person
    code = maker.send("/together/new", {"called": "x"}).soup.select_one(".figure bdi").get_text()  # type: ignore[union-attr]
    if why == "unknown":
        code = "2222-3333-4444"
    if why == "carer to carer":
        other = browser(app)
        begin_as_carer(other)
    if why == "too old":
        with app.extensions["engine"].execution_options(**{WRITES: True}).begin() as connection:
            connection.execute(text("UPDATE pair SET code_until = '2026-01-01 00:00:00'"))
    wrong = other.send("/together/enter", {"code": code, "called": "x"})
    assert (wrong.status, wrong.errors) == (422, ["This code does not work here. Ask for a new one"])


def test_another_persons_link_does_not_exist(two: Two, app: Flask):
    stranger = browser(app)
    begin(stranger)
    for way in ("", "/agree/needs", "/wish", "/end"):
        assert stranger.get(f"{two.link}{way}").status_code == 404


def test_a_name_and_a_code_are_asked_for(person: Visitor):
    assert person.send("/together/new", {"called": " "}).errors == ["Enter what you call this person"]
    wrong = person.send("/together/enter", {"code": "", "called": ""})
    assert wrong.errors == ["Enter what you call this person", "Enter the code that you were given"]
