"""Where somebody is signed in, and who they have to show again they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.account.test_keeping import EMAIL, GOOD, another, keep, start
from tests.browsing import Page, Visitor

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def maya(client: Visitor, clock) -> Visitor:
    start(client)
    keep(client)
    return client


def elsewhere(app: Flask) -> Visitor:
    visitor = another(app)
    visitor.environ_base["HTTP_USER_AGENT"] = PHONE
    visitor.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD}, to="/account/sign-in")
    return visitor


def again(visitor: Visitor, page: Page, passphrase: str = GOOD) -> Page:
    assert page.address == "/account/again", page.address
    return visitor.send(page, {"passphrase": passphrase}, to="/account/again")


def end(visitor: Visitor, where: str) -> Page:
    page = visitor.page("/account/devices")
    token = page.soup.select_one('main input[name="csrf_token"]')
    assert token is not None
    sent = {"csrf_token": token["value"], "where": where}
    return Page(visitor.post("/account/devices", data=sent, follow_redirects=True))


def test_every_browser_is_listed_in_plain_words_and_can_be_signed_out(app: Flask, maya: Visitor) -> None:
    phone = elsewhere(app)
    page = maya.page("/account/devices")
    assert "Firefox on a phone" in page.words
    assert "(this one)" in page.words
    places = [str(field["value"]) for field in page.soup.select('input[name="where"]')]
    assert "Signed out there." in end(maya, places[0]).words
    assert phone.page("/tasks").address == "/"
    assert maya.page("/tasks").address == "/tasks"


def test_a_browser_that_was_signed_out_by_itself_is_not_listed(app: Flask, maya: Visitor, clock) -> None:
    elsewhere(app)
    for _time in range(3):
        clock.shift(timedelta(minutes=30))
        maya.page("/tasks")
    assert "Firefox on a phone" not in maya.page("/account/devices").words


def test_all_others_can_be_signed_out_at_once(app: Flask, maya: Visitor) -> None:
    others = [elsewhere(app) for _time in range(3)]
    end(maya, "others")
    assert [visitor.page("/tasks").address for visitor in others] == ["/"] * 3
    assert maya.page("/tasks").address == "/tasks"


def test_nobody_signs_somebody_else_out(app: Flask, maya: Visitor) -> None:
    phone = elsewhere(app)
    places = maya.page("/account/devices").soup.select('input[name="where"]')
    other = another(app)
    start(other)
    keep(other, "other@example.org", "nine orange ladders dance")
    other.send("/account/sign-in", {"email": "other@example.org"}, to="/account/sign-in")
    elsewhere_too = another(app)
    sent = {"email": "other@example.org", "passphrase": "nine orange ladders dance"}
    elsewhere_too.send("/account/sign-in", sent, to="/account/sign-in")
    end(elsewhere_too, str(places[0]["value"]))
    end(elsewhere_too, "")
    assert phone.page("/tasks").address == "/tasks"


@pytest.mark.parametrize(
    "address", ["/account/copy", "/account/delete", "/account/passphrase", "/account/email"]
)
def test_what_matters_asks_again_after_five_minutes_and_then_goes_on(
    maya: Visitor, clock, address: str
) -> None:
    assert maya.get(address).status_code == 200
    clock.shift(timedelta(minutes=5, seconds=1))
    page = maya.page(address)
    assert again(maya, page, "not this one at all").errors == [
        "That is not your passphrase. Check it and try again."
    ]
    assert again(maya, page).address == address


def test_showing_again_gives_a_new_token_and_the_old_one_opens_nothing(
    app: Flask, maya: Visitor, clock
) -> None:
    old = maya.get_cookie("__Host-visit")
    clock.shift(timedelta(minutes=6))
    again(maya, maya.page("/account/delete"))
    assert old is not None
    thief = another(app)
    thief.set_cookie("__Host-visit", old.value, secure=True)
    assert thief.page("/account/devices").address == "/account/sign-in"
    assert maya.page("/account/devices").address == "/account/devices"


def test_asking_again_does_not_put_off_the_end_of_the_day(maya: Visitor, clock) -> None:
    for _time in range(13):
        clock.shift(timedelta(minutes=59))
        page = maya.page("/account/delete")
        if page.address == "/account/sign-in":
            return
        again(maya, page)
    raise AssertionError("still signed in after 12 hours")


def test_a_private_draft_has_nothing_to_show(client: Visitor, clock) -> None:
    start(client)
    clock.shift(timedelta(hours=2))
    assert client.page("/account/delete").heading == "Delete everything you typed?"


def test_one_can_stay_signed_in_without_leaving_the_page(maya: Visitor, clock) -> None:
    page = maya.page("/account/devices")
    assert "If you do nothing, we sign you out at 13:00." in page.soup.get_text(" ", strip=True)
    token = page.soup.select_one('form[action="/account/stay"] input')
    assert token is not None
    clock.shift(timedelta(minutes=58))
    answer = maya.post("/account/stay", data={"csrf_token": token["value"]})
    assert answer.json == {"seconds": 3600}
    clock.shift(timedelta(minutes=58))
    assert maya.page("/account/devices").address == "/account/devices"


def test_summer_time_is_told_as_clocks_in_england_show_it(client: Visitor) -> None:
    with time_machine.travel("2026-07-01T12:00:00Z", tick=False):
        start(client)
        page = keep(client)
        assert "we sign you out at 14:00." in page.soup.get_text(" ", strip=True)


def test_a_form_that_has_to_wait_for_this_is_on_the_page_again_as_it_was_typed(maya: Visitor, clock) -> None:
    form = maya.page("/people/invite")
    clock.shift(timedelta(minutes=6))
    page = maya.send(form, {"name": "Sam from next door"}, to="/people/invite")
    back = again(maya, page)
    assert back.address == "/people/invite"
    assert back.filled("/people/invite")["name"] == "Sam from next door"
