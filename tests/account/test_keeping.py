"""Save and come back: the draft is private, comes along into an account, and can be copied and deleted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from tests.browsing import Page, Visitor

GOOD = "seven purple kettles sing"
EMAIL = "maya@example.org"


def start(client: Visitor) -> None:
    client.send("/", to="/start")


def keep(client: Visitor, email: str = EMAIL, passphrase: str = GOOD) -> Page:
    return client.send("/account/save", {"email": email, "passphrase": passphrase}, to="/account/save")


def another(app: Flask) -> Visitor:
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
    return visitor


def rows(app: Flask, table: str) -> int:
    with app.extensions["engine"].connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")))


def test_reading_leaves_nothing_behind(app: Flask, client: Visitor) -> None:
    client.page("/")
    client.page("/account/sign-in")
    assert rows(app, "visit") == 0
    assert rows(app, "case_record") == 0


def test_starting_twice_goes_on_with_the_same_draft(app: Flask, client: Visitor) -> None:
    start(client)
    client.post("/start", data=client.page("/account/save").filled("/account/save"))
    assert rows(app, "case_record") == 1


def test_another_browser_finds_no_draft(app: Flask, client: Visitor) -> None:
    start(client)
    assert another(app).page("/account").address == "/"


def test_the_cookie_holds_a_token_that_the_database_does_not(app: Flask, client: Visitor) -> None:
    start(client)
    cookie = client.get_cookie("__Host-visit")
    assert cookie is not None and cookie.http_only and cookie.secure and cookie.same_site == "Lax"
    with app.extensions["engine"].connect() as connection:
        kept = connection.execute(text("SELECT token FROM visit")).scalars().all()
    assert kept and cookie.value not in kept


def test_an_account_takes_the_draft_along_and_opens_it_elsewhere(app: Flask, client: Visitor) -> None:
    start(client)
    reference = json.loads(client.get("/account/copy").data)["reference"]
    keep(client)
    elsewhere = another(app)
    page = elsewhere.send("/account/sign-in", {"email": " MAYA@example.org ", "passphrase": GOOD})
    assert page.status == 200
    assert reference in elsewhere.page("/account").words


@pytest.mark.parametrize(
    ("email", "passphrase", "told"),
    [
        ("", GOOD, "Enter your email address"),
        ("maya at home", GOOD, "like name@example.com"),
        (EMAIL, "", "Enter a passphrase"),
        (EMAIL, "short", "at least 15 characters"),
        (EMAIL, "aaaaaaaaaaaaaaaaaaaa", "more different letters"),
        (EMAIL, "passwordpassword", "too easy"),
    ],
)
def test_a_mistake_says_what_to_do_and_keeps_the_email(
    client: Visitor, email: str, passphrase: str, told: str
) -> None:
    start(client)
    page = client.send("/account/save", {"email": email, "passphrase": passphrase}, to="/account/save")
    assert page.status == 422
    assert any(told in error for error in page.errors)
    assert page.filled("/account/save").get("email", "") == email


def test_a_wrong_passphrase_and_an_unknown_address_are_told_in_the_same_words(
    app: Flask, client: Visitor
) -> None:
    start(client)
    keep(client)
    visitor = another(app)
    wrong = visitor.send("/account/sign-in", {"email": EMAIL, "passphrase": "not this one at all"})
    unknown = visitor.send("/account/sign-in", {"email": "noone@example.org", "passphrase": GOOD})
    assert wrong.status == unknown.status == 422
    assert wrong.errors == unknown.errors


def test_many_wrong_tries_make_one_wait_and_not_for_ever(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    visitor = another(app)
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        for _try in range(7):
            page = visitor.send("/account/sign-in", {"email": EMAIL, "passphrase": "not this one at all"})
            clock.shift(timedelta(seconds=1))
        assert page.status == 429
        clock.shift(timedelta(minutes=16))
        assert visitor.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD}).status == 200


def test_signing_in_gives_a_new_token_and_the_old_one_opens_nothing(app: Flask, client: Visitor) -> None:
    start(client)
    old = client.get_cookie("__Host-visit")
    keep(client)
    new = client.get_cookie("__Host-visit")
    assert old is not None and new is not None and old.value != new.value
    thief = another(app)
    thief.set_cookie("__Host-visit", old.value, secure=True)
    assert thief.page("/account").address == "/"


def test_signing_out_is_real(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    cookie = client.get_cookie("__Host-visit")
    client.send("/account", to="/account/sign-out")
    assert client.page("/account").address == "/"
    thief = another(app)
    assert cookie is not None
    thief.set_cookie("__Host-visit", cookie.value, secure=True)
    assert thief.page("/account").address == "/"


def test_somebody_elses_account_does_not_open_the_case(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    other = another(app)
    start(other)
    keep(other, "other@example.org", "nine orange ladders dance")
    mine = json.loads(client.get("/account/copy").data)["reference"]
    assert json.loads(other.get("/account/copy").data)["reference"] != mine


def test_the_account_page_says_when_the_draft_goes(client: Visitor) -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        start(client)
        assert "20 February 2027" in client.page("/account").words


def test_deleting_asks_first_and_then_leaves_no_row(app: Flask, client: Visitor) -> None:
    start(client)
    assert client.page("/account/delete").heading == "Delete everything you typed?"
    client.send("/account/delete", to="/account/delete")
    assert rows(app, "case_record") == 0
    assert client.page("/account").address == "/"


def test_a_form_of_another_site_is_refused(client: Visitor) -> None:
    start(client)
    fields = client.page("/account/delete").filled("/account/delete")
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/account/delete", data=fields, headers=foreign).status_code == 403
    assert client.post("/account/delete", data={}).status_code == 400


def test_start_save_and_account_all_say_how_long_this_browser_opens_a_draft(client: Visitor) -> None:
    assert "for 7 days" in client.page("/").words
    client.send("/", to="/start")
    for address in ("/account", "/account/save"):
        assert "for 7 days" in client.page(address).words


def test_what_was_deleted_is_said_and_one_can_start_again(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    elsewhere = another(app)
    elsewhere.page("/account/sign-in")
    elsewhere.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD})
    page = client.send("/account/delete", to="/account/delete")
    assert "Everything you typed is deleted." in page.words
    assert rows(app, "case_record") == rows(app, "account") == 0
    assert "Everything you typed is deleted." not in client.page("/").words
    for visitor in (client, elsewhere):
        assert visitor.page("/tasks").address == "/"
        assert visitor.send("/", to="/start").address == "/tasks"


def test_it_is_said_once_that_a_plan_is_saved(client: Visitor) -> None:
    start(client)
    assert "Your plan is saved" in keep(client).words
    assert "Your plan is saved" not in client.page("/account").words


def test_a_draft_that_comes_along_does_not_hide_the_plan_that_was_saved(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    saved = json.loads(client.get("/account/copy").data)["reference"]
    elsewhere = another(app)
    start(elsewhere)
    elsewhere.send("/assessment/answering_for", {"answering_for": "me"})
    page = elsewhere.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD})
    assert page.address == "/account"
    assert saved in page.words
    opened = elsewhere.send(page, {"reference": saved}, to="/account/open")
    assert opened.address == "/tasks"
    assert json.loads(elsewhere.get("/account/copy").data)["reference"] == saved
    stranger = another(app)
    start(stranger)
    fields = {**stranger.page("/account").filled("/account/sign-out"), "reference": saved}
    stranger.post("/account/open", data=fields)
    assert json.loads(stranger.get("/account/copy").data)["reference"] != saved
