"""A form that met another session, another plan, or a database that is away: what was typed is not lost."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from portal.safeguards import Work, now
from tests.unsaved.conftest import words_of

WORDS = "/assessment/nutrition_matters"
ACCOUNT = {"email": "ann@example.org", "passphrase": "four plain words stand here"}


def typed_in(page, words="Sundays"):
    """What the form of a page sends."""
    return {**page.filled(WORDS), "nutrition_matters": words}


def test_signed_in_meanwhile_in_another_window_it_is_given_back(person, record):
    sent = typed_in(person.page(WORDS))
    person.send("/account/save", ACCOUNT, to="/account/save")
    refused = person.post(WORDS, data=sent)
    assert refused.status_code == 400
    assert "nutrition_matters" not in record.answers()
    page = person.page(WORDS)
    assert "It is not saved yet" in words_of(page)
    assert page.filled(WORDS)["nutrition_matters"] == "Sundays"
    person.send(page, to=WORDS)
    assert record.answers()["nutrition_matters"] == "Sundays"
    assert record.kept() == []


def test_signed_out_for_want_of_use_the_page_is_as_it_was_left(person, record):
    person.send("/account/save", ACCOUNT, to="/account/save")
    sent = typed_in(person.page(WORDS))
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        asked = person.post(WORDS, data=sent, follow_redirects=True)
        assert "Sign in" in asked.get_data(as_text=True)
        back = person.send(person.page(asked.request.full_path), ACCOUNT, to=None)
        assert back.address == WORDS
        assert back.filled(WORDS)["nutrition_matters"] == "Sundays"
        person.send(back, to=WORDS)
    assert record.answers()["nutrition_matters"] == "Sundays"


def test_of_a_picture_the_words_are_kept_and_the_page_says_that_the_picture_is_not(person):
    person.send("/account/save", ACCOUNT, to="/account/save")
    there = "/plan/about/about_do/picture"
    sent = {
        **person.page(there).filled(there),
        "shows": "My cat",
        "picture": (BytesIO(b"x" * 400_000), "cat.jpg"),
    }
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        asked = person.post(there, data=sent, content_type="multipart/form-data", follow_redirects=True)
        back = person.send(person.page(asked.request.full_path), ACCOUNT, to=None)
        assert back.filled(there)["shows"] == "My cat"
        assert "We kept your words, but not the picture. Please choose it again." in back.words


def test_after_an_hour_it_is_not_given_back_any_more(person):
    sent = typed_in(person.page(WORDS))
    person.send("/account/save", ACCOUNT, to="/account/save")
    person.post(WORDS, data=sent)
    with time_machine.travel(now() + timedelta(minutes=61), tick=True):
        assert "not saved yet" not in words_of(person.page(WORDS))


def test_begun_twice_there_is_one_case(client, record):
    sent = client.page("/").filled("/start")
    for _press in range(2):
        assert client.post("/start", data=sent).location == "/tasks"
    assert record.cases() == 1


def test_a_form_of_another_plan_is_not_saved_in_the_one_that_is_open(person, record):
    sent = {**typed_in(person.page(WORDS)), "whose": "0123456789abcdef"}
    page = person.post(WORDS, data=sent)
    assert page.status_code == 409
    assert "Sundays" in page.get_data(as_text=True)
    assert "nutrition_matters" not in record.answers()
    assert record.kept() == []


@pytest.fixture
def away(monkeypatch):
    """A database to which nothing can be written."""

    def gone(*_args: object) -> None:
        raise OperationalError("COMMIT", None, RuntimeError("it is away"))

    usual = Work.commit

    def begin():
        monkeypatch.setattr(Work, "commit", gone)

    def end():
        monkeypatch.setattr(Work, "commit", usual)

    return begin, end


def test_while_the_database_is_away_the_page_holds_what_was_typed_and_sends_it_again(person, record, away):
    begin, end = away
    page = person.page(WORDS)
    begin()
    refused = person.send(page, {"nutrition_matters": "Sundays"}, to=WORDS)
    assert refused.status == 503
    assert "It is still here, on this page." in refused.words
    end()
    person.send(refused, to=WORDS)
    assert record.answers()["nutrition_matters"] == "Sundays"


def test_a_passphrase_is_never_put_into_a_page(person, away):
    begin, _end = away
    page = person.page("/account/save")
    begin()
    refused = person.send(page, ACCOUNT, to="/account/save")
    assert refused.status == 503
    assert ACCOUNT["passphrase"] not in str(refused.soup)
