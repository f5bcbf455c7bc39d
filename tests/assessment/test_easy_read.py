"""Easy Read: its own words, a picture before them, and no claim where a page is not in it."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.pack.questions import Question
from portal.pack.text import Words
from tests.assessment.conftest import OUTCOMES, Person
from tests.browsing import Visitor

pytestmark = pytest.mark.once

NOT_EASY = "This page is not in Easy Read yet."


@pytest.fixture
def reader(client: Visitor) -> Person:
    """Somebody who has begun and reads Easy Read."""
    person = Person(client)
    client.get("/look?mode=easy")
    return person


@pytest.mark.parametrize("outcome", [*OUTCOMES, "caring_for_child"])
def test_each_outcome_has_a_picture_that_says_nothing_of_its_own(outcome: str, reader: Person) -> None:
    page = reader.page(f"/assessment/{outcome}")
    (picture,) = page.soup.select("h1 img")
    assert picture["alt"] == ""
    assert reader.client.get(str(picture["src"])).mimetype == "image/svg+xml"
    assert page.heading.endswith("?")


def test_options_have_pictures_too(reader: Person) -> None:
    page = reader.page("/assessment/answering_for")
    for choice in page.soup.select(".choice"):
        (picture,) = choice.select("img")
        assert reader.client.get(str(picture["src"])).status_code == 200


@pytest.mark.parametrize("mode", ["standard", "larger"])
def test_nobody_gets_pictures_who_has_not_chosen_them(mode: str, person: Person) -> None:
    person.client.get(f"/look?mode={mode}")
    assert person.page("/assessment/nutrition").soup.select("main img") == []
    assert NOT_EASY not in person.page("/choices/planner").words


def test_a_sentence_has_a_line_of_its_own(reader: Person) -> None:
    labels = [label.get_text() for label in reader.page("/assessment/nutrition").soup.select("label")]
    assert "I need a little help.\nSomeone tells me to eat." in labels


def test_a_page_of_our_own_has_words_of_its_own_in_easy_read_a_sentence_a_line(reader: Person) -> None:
    lead = reader.page("/tasks").soup.select_one("main .lead")
    assert lead is not None
    assert (
        lead.get_text() == "Start at the top.\nThen go down.\nWe save each part.\nYou can stop and come back."
    )
    assert "Can you not speak?\nPhone 999 on a mobile." in reader.page("/safe").soup.get_text()
    reader.client.get("/look?mode=standard")
    assert "Start at the top and go down." in reader.page("/tasks").words


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/assessment/nutrition", False),
        ("/assessment/check", False),
        ("/assessment/standing", False),
        ("/tasks", False),
        ("/", False),
        ("/safe", False),
        ("/choices/planner", True),
    ],
)
def test_a_page_that_is_not_in_easy_read_says_so(address: str, told: bool, reader: Person) -> None:
    assert (NOT_EASY in reader.page(address).words) is told


def test_a_question_without_easy_words_says_so(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = app.extensions["pack"].questions["your_name"]
    monkeypatch.setitem(question.__dict__, "ask", Words(text="What is your name?"))
    assert NOT_EASY in reader.page("/assessment/your_name").words


def test_every_film_of_a_question_is_a_link_that_says_where_it_leads() -> None:
    film = "https://films.example.org/eating"
    text = Words(text="Eating", film=film)
    question = Question(id="a", kind="yes_no", ask=text, short=text, why=Words(text="Why", film=f"{film}-2"))
    assert [words.film for words in question.films] == [film, f"{film}-2"]


def test_a_film_is_offered_on_the_page_of_its_question(
    app: Flask, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = app.extensions["pack"].questions["your_name"]
    film = "https://films.example.org/name"
    monkeypatch.setitem(question.__dict__, "films", (Words(text="Your name", film=film),))
    (link,) = person.page("/assessment/your_name").soup.select(f'a[href="{film}"]')
    assert "another website" in link.get_text()


def test_a_budget_is_in_easy_read_where_its_scheme_is(
    app: Flask, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.client.send("/", to="/demo/margaret")
    page = reader.page("/budget")
    assert NOT_EASY not in page.words
    assert "It helps you to plan. It can go up or down." in page.words
    assert "Family or friends help you with this." in page.words
    (scheme,) = app.extensions["pack"].schemes
    monkeypatch.setitem(scheme.plain_summary.__dict__, "easy", None)
    assert NOT_EASY in reader.page("/budget").words
