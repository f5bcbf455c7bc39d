"""A second factor: offered to everybody, needed by staff, and each code of it works once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from tests.account.mailbox import CodeApp, set_up_codes, to
from tests.account.test_keeping import EMAIL, GOOD, another, keep, rows, start
from tests.browsing import Page, Visitor


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def guarded(app: Flask, client: Visitor, clock) -> tuple[CodeApp, list[str]]:
    """An account with an app for codes; half a minute has gone by since."""
    start(client)
    keep(client)
    made = set_up_codes(client)
    clock.shift(timedelta(seconds=60))
    return made


def passphrase(visitor: Visitor) -> Page:
    return visitor.send("/account/sign-in", {"email": EMAIL, "passphrase": GOOD}, to="/account/sign-in")


def enter(visitor: Visitor, code: str) -> Page:
    return visitor.send(passphrase(visitor), {"code": code}, to="/account/code")


def test_the_passphrase_alone_opens_nothing(app: Flask, guarded) -> None:
    visitor = another(app)
    assert passphrase(visitor).heading == "Enter your code"
    assert visitor.page("/tasks").address == "/"
    assert visitor.page("/account/ways").address == "/account/sign-in"
    assert enter(visitor, guarded[0].code()).address == "/tasks"


def test_a_code_works_once_also_a_moment_later(app: Flask, guarded, clock) -> None:
    code = guarded[0].code()
    assert enter(another(app), code).address == "/tasks"
    clock.shift(timedelta(seconds=5))
    page = enter(another(app), code)
    assert page.errors == ["That code is not right, or it was used already. Enter the newest one."]


@pytest.mark.parametrize(("by", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(app: Flask, guarded, by: int, taken: bool) -> None:
    assert (enter(another(app), guarded[0].code(by)).address == "/tasks") is taken


def test_a_recovery_code_works_once_however_it_is_typed(app: Flask, guarded) -> None:
    _app, codes = guarded
    assert len(set(codes)) == 10
    assert enter(another(app), codes[0].upper().replace("-", " ")).address == "/tasks"
    assert enter(another(app), codes[0]).errors
    assert enter(another(app), codes[1]).address == "/tasks"


def test_neither_seed_nor_recovery_codes_can_be_read_in_the_database(app: Flask, guarded, client) -> None:
    key = CodeApp(client.page("/account/code-app"))._codes.secret
    with app.extensions["engine"].connect() as line:
        kept = str(line.execute(text("SELECT code_seed FROM account")).all())
        kept += str(line.execute(text("SELECT code FROM recovery_code")).all())
        kept += str(line.execute(text("SELECT data FROM visit")).all())
    assert key not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in guarded[1])


def test_many_wrong_codes_make_one_wait(app: Flask, guarded, clock) -> None:
    visitor = another(app)
    page = passphrase(visitor)
    for _try in range(7):
        page = visitor.send(page, {"code": "000000"}, to="/account/code")
    assert page.status == 429
    clock.shift(timedelta(minutes=16))
    assert enter(visitor, guarded[0].code()).address == "/tasks"


def test_knowing_the_passphrase_is_worth_nothing_after_ten_minutes(app: Flask, guarded, clock) -> None:
    visitor = another(app)
    page = passphrase(visitor)
    clock.shift(timedelta(minutes=11))
    assert visitor.send(page, {"code": guarded[0].code()}, to="/account/code").address == "/account/sign-in"


def test_a_person_may_turn_it_off_again_and_is_told_by_mail(app: Flask, guarded, client: Visitor) -> None:
    page = client.send(
        "/account/code-app/off", {"passphrase": "not this one at all"}, to="/account/code-app/off"
    )
    assert page.status == 422
    page = client.send("/account/code-app/off", {"passphrase": GOOD}, to="/account/code-app/off")
    assert "You do not need a code to sign in any more." in page.words
    assert rows(app, "recovery_code") == 0
    assert passphrase(another(app)).address == "/tasks"
    told = to(app, EMAIL, "How you sign in was changed")
    assert [("need a code" in mail.body) for mail in told] == [True, True]


def test_a_short_passphrase_is_enough_beside_a_code_and_not_without(
    app: Flask, guarded, client: Visitor
) -> None:
    sent = {"passphrase": GOOD, "new": "kettles sing"}
    page = client.send("/account/passphrase", sent, to="/account/passphrase")
    assert "Your passphrase is changed." in page.words
    page = client.send("/account/code-app/off", {"passphrase": "kettles sing"}, to="/account/code-app/off")
    assert page.errors == ["Your passphrase is too short without a code. Make a longer one first."]


def test_the_square_code_is_a_picture_of_the_same_key(client: Visitor, app: Flask) -> None:
    start(client)
    keep(client)
    page = client.page("/account/code-app")
    assert page.soup.select_one('a[href^="otpauth://totp/"]') is not None
    picture = client.get("/account/code-app.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert b"<path" in picture.data


def test_who_lost_everything_is_let_in_by_the_operator(app: Flask, guarded, commands) -> None:
    assert "Done." in commands("account", "without-code", EMAIL)
    assert passphrase(another(app)).address == "/tasks"


@pytest.mark.parametrize(
    "typed", ["123456", "٣٤٥٦٧٨", "\x00\x00", "🐢" * 6, "' OR 1=1 --", "9" * 40, "a-b-c"]
)
def test_whatever_is_typed_for_a_code_is_looked_at_and_refused(app: Flask, guarded, typed: str) -> None:
    page = enter(another(app), typed)
    assert page.status == 422
    assert page.errors == ["That code is not right, or it was used already. Enter the newest one."]


def test_a_code_may_be_typed_in_other_digits(app: Flask, guarded) -> None:
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    assert enter(another(app), guarded[0].code().translate(digits)).address == "/tasks"
