"""One question on a page: asked, answered, saved, and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.records import Answer, answers_of
from portal.audit import AuditEntry
from portal.sharing.records import Case

if TYPE_CHECKING:
    from tests.assessment.conftest import Person
    from tests.browsing import Visitor


def stored(app: Flask) -> dict[str, object]:
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        return dict(answers_of(session, session.execute(select(Case.id)).scalar_one()))


def test_the_assessment_begins_with_the_first_question(person: Person) -> None:
    page = person.page("/assessment")
    assert page.address == "/assessment/answering_for"
    assert "Part 1 of" in page.words


def test_nobody_gets_in_without_having_begun(client: Visitor) -> None:
    assert client.page("/assessment/answering_for").address == "/"


def test_a_question_that_does_not_exist_is_not_found(person: Person) -> None:
    assert person.page("/assessment/made_up").status == 404


def test_an_answer_is_kept_and_the_next_question_is_asked(person: Person, app: Flask) -> None:
    page = person.says("answering_for", "me")
    assert page.address == "/assessment/your_name"
    assert stored(app) == {"answering_for": "me"}
    assert "Saved. You can stop at any time and come back." in page.words


def test_a_change_of_an_answer_counts_its_version_up_and_is_noted_once(person: Person, app: Flask) -> None:
    person.says("answering_for", "me")
    person.says("answering_for", "me")
    person.says("answering_for", "together")
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        assert session.execute(select(Answer.version)).scalars().all() == [2]
        noted = session.execute(select(AuditEntry.subject).where(AuditEntry.action == "change")).scalars()
        assert noted.all() == ["answer answering_for"] * 2


def test_the_kept_answer_is_shown_when_one_comes_back(person: Person) -> None:
    person.says("answering_for", "together")
    assert person.page("/assessment/answering_for").filled()["answering_for"] == "together"


def test_an_empty_answer_is_an_error_that_links_to_the_field(person: Person, app: Flask) -> None:
    page = person.says("answering_for")
    assert page.status == 422
    assert page.errors == ["Select who is answering these questions"]
    assert page.soup.select("#problems a")[0]["href"] == "#answering_for"
    assert stored(app) == {}


def test_where_the_person_left_off_is_the_first_question_without_an_answer(person: Person) -> None:
    person.says("answering_for", "me")
    assert person.page("/assessment").address == "/assessment/your_name"
    person.says("your_name")
    person.says("communication", "none")
    assert person.page("/assessment").address == "/assessment/wish_self_assessment"


def test_a_question_that_is_not_asked_now_leads_to_the_first_open_one(person: Person) -> None:
    person.says("answering_for", "me")
    assert person.page("/assessment/helper").address == "/assessment/your_name"


def test_an_answer_sent_to_a_question_that_is_no_longer_asked_is_kept_but_not_counted(
    person: Person, app: Flask
) -> None:
    person.says("answering_for", "someone_else")
    shown = person.page("/assessment/helper")
    person.says("answering_for", "me")
    sent = {**shown.filled(), "helper-name": "Anna", "helper-relation": "family", "helper-agrees": "agrees"}
    response = person.client.post("/assessment/helper", data=sent)
    assert response.status_code == 303
    assert stored(app)["helper"] == {"name": "Anna", "relation": "family", "agrees": "agrees"}
    assert "Anna" not in person.page("/assessment/check").words
    person.says("answering_for", "someone_else")
    assert "Anna" in person.page("/assessment/check").words


def test_the_right_fields_of_a_page_are_saved_while_another_is_put_right(person: Person, app: Flask) -> None:
    person.says("answering_for", "someone_else")
    page = person.says("helper", name="Anna", agrees="agrees")
    assert page.status == 422
    assert page.errors == ["Select how the helper knows the person"]
    assert page.filled()["helper-name"] == "Anna"
    assert stored(app)["helper"] == {"name": "Anna", "agrees": "agrees"}


def test_what_was_typed_wrongly_is_shown_again_as_it_was_typed(person: Person) -> None:
    person.said(urgent="soon")
    page = person.says("urgent_by", day="31", month="febuary", year="2027")
    assert page.status == 422
    assert page.soup.select("#problems a")[0]["href"] == "#urgent_by-month"
    filled = page.filled()
    assert (filled["urgent_by-day"], filled["urgent_by-month"]) == ("31", "febuary")


def test_an_optional_question_may_be_left_empty_and_its_answer_taken_away(person: Person, app: Flask) -> None:
    person.says("answering_for", "me")
    assert person.says("your_name").address == "/assessment/communication"
    person.says("your_name", known_as="Mo")
    assert stored(app)["your_name"] == {"known_as": "Mo"}
    person.says("your_name", known_as="")
    assert "your_name" not in stored(app)


def test_back_leads_to_the_question_before(person: Person) -> None:
    person.says("answering_for", "me")
    assert "/assessment/answering_for" in person.page("/assessment/your_name").links
    assert "/tasks" in person.page("/assessment/answering_for").links


def test_a_follow_up_says_what_led_to_it(person: Person) -> None:
    person.says("nutrition", "lot")
    page = person.page("/assessment/nutrition_unable")
    option = person.page("/assessment/nutrition").soup.select('input[value="lot"] + label')[0]
    assert f"You told us about “Eating and drinking”: {option.get_text()}" in page.words


def test_whoever_answers_for_somebody_else_is_told_who_you_is(person: Person) -> None:
    person.says("answering_for", "someone_else")
    assert "“You” means" not in person.page("/assessment/helper").words
    assert "“You” means the person who needs help." in person.page("/assessment/nutrition").words
    person.says("your_name", full_name="Mo Farah <b>", known_as="Mo")
    assert "You are answering for Mo. “You” means Mo." in person.page("/assessment/nutrition").words


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "{{7*7}}", "%(name)s", "' OR 1=1 --"])
def test_hostile_text_is_shown_as_text_and_nothing_else(person: Person, hostile: str) -> None:
    person.says("answering_for", "someone_else")
    person.says("your_name", full_name=hostile)
    assert hostile in person.page("/assessment/nutrition").words
    assert hostile in person.page("/assessment/check").words
    assert person.page("/assessment/your_name").filled()["your_name-full_name"] == hostile
    assert not person.page("/assessment/check").soup.select("main script")


def test_danger_leads_to_whom_to_call_with_a_way_to_leave_and_a_way_on(person: Person) -> None:
    page = person.says("safe", "hurt")
    assert page.address == "/assessment/safe/now"
    assert "999" in page.words
    assert "/leave" in page.links
    assert "/right-now/safeguarding" in page.links
    assert "/assessment/urgent" in page.links


def test_the_question_about_being_safe_can_be_left_quickly(person: Person) -> None:
    assert "/leave" in person.page("/assessment/safe").links
    assert "/leave" not in person.page("/assessment/urgent").links


def test_haste_leads_to_whom_to_call_without_leaving_quickly(person: Person) -> None:
    page = person.says("urgent", "today")
    assert page.address == "/assessment/urgent/now"
    assert "/right-now/urgent" in page.links
    assert "/leave" not in page.links


def test_nothing_pressing_leads_straight_on(person: Person) -> None:
    assert person.says("safe", "none").address == "/assessment/urgent"
    assert person.page("/assessment/safe/now").address == "/assessment/urgent"


def test_what_cannot_wait_of_a_question_that_is_not_asked_leads_on(person: Person) -> None:
    assert person.page("/assessment/helper/now?from=check").address == "/assessment/answering_for"


def test_somebody_who_does_not_want_to_do_it_alone_is_told_what_happens(person: Person) -> None:
    page = person.says("wish_self_assessment", "no")
    assert page.address == "/assessment/wish_self_assessment/now"
    assert "A worker can do the assessment with you" in page.words


def test_a_page_holds_nothing_personal_in_its_addresses(person: Person) -> None:
    person.says("answering_for", "someone_else")
    person.says("your_name", full_name="Zebedee Quill")
    for page in (
        person.page("/assessment/nutrition"),
        person.page("/assessment/check"),
        person.page("/tasks"),
    ):
        assert not any("Zebedee" in link or "Quill" in link for link in page.links)


def test_a_page_in_error_does_not_say_that_it_is_saved(person: Person) -> None:
    assert "Saved." in person.says("answering_for", "me").words
    wrong = person.says("nutrition")
    assert wrong.status == 422
    assert "Saved." not in wrong.words
