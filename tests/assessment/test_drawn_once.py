"""A question of options is drawn once and kept, and shows nobody what another has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from tests.assessment.conftest import Person
from tests.browsing import Visitor

if TYPE_CHECKING:
    from tests.browsing import Page


def another_visitor(app: Flask) -> Person:
    client = app.test_client()
    assert isinstance(client, Visitor)
    client.environ_base["HTTP_REFERER"] = "https://localhost/"
    return Person(client)


def chosen(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.soup.select("input[checked]")]


def test_what_one_person_chose_is_not_shown_to_another(person: Person, app: Flask) -> None:
    person.says("nutrition", "lot")
    assert chosen(person.page("/assessment/nutrition")) == ["lot"]
    assert chosen(another_visitor(app).page("/assessment/nutrition")) == []
    assert chosen(person.page("/assessment/nutrition")) == ["lot"]


def test_each_form_carries_the_token_of_its_own_visitor(person: Person, app: Flask) -> None:
    other = another_visitor(app)
    tokens = {p.page("/assessment/nutrition").filled()["csrf_token"] for p in (person, other)}
    assert len(tokens) == 2


def test_own_words_are_never_kept_for_drawing(person: Person, app: Flask) -> None:
    secret = "Zebedee keeps bees"
    person.said(nutrition="lot", nutrition_unable=["pain"], nutrition_matters=secret)
    assert person.page("/assessment/nutrition_matters").filled()["nutrition_matters"] == secret
    person.page("/assessment/nutrition")
    assert app.extensions["drawn_questions"]
    assert secret not in str(app.extensions["drawn_questions"])


def test_an_error_is_not_kept_for_the_next_time(person: Person) -> None:
    assert person.says("nutrition").errors
    assert not person.page("/assessment/nutrition").errors


def test_a_question_is_drawn_for_each_way_of_reading(client: Visitor, app: Flask) -> None:
    person = Person(client)
    standard = person.page("/assessment/nutrition").heading
    ask = app.extensions["pack"].questions["nutrition"].ask
    assert standard == ask.text
    client.get("/look?mode=easy")
    modes = app.extensions["pack"].modes
    assert person.page("/assessment/nutrition").heading == (ask.easy if "easy" in modes else ask.text)
