"""The council's staff: invited by the operator, never in on a passphrase alone, shut when not used."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.account.mailbox import CodeApp, set_up_codes
from tests.account.test_keeping import EMAIL, another, keep, rows, start
from tests.browsing import Page, Visitor

OFFICER = "officer@council.example.org"
WORDS = "kettles sing"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as travelling:
        yield travelling


def invited(said: str) -> str:
    """The address of the link that the command printed."""
    return said.split(maxsplit=1)[0].removeprefix("https://localhost")


def join(visitor: Visitor, link: str, passphrase: str = WORDS) -> Page:
    return visitor.send(link, {"new": passphrase}, to=link)


@pytest.fixture
def officer(client: Visitor, commands, clock) -> CodeApp:
    """An officer who has joined and set up their app; half a minute has gone by since."""
    join(client, invited(commands("staff", "invite", OFFICER, "--name", "Priya Nair")))
    made, _codes = set_up_codes(client)
    clock.shift(timedelta(seconds=60))
    return made


def enter(visitor: Visitor, passphrase: str = WORDS) -> Page:
    return visitor.send(
        "/account/sign-in", {"email": OFFICER, "passphrase": passphrase}, to="/account/sign-in"
    )


def test_there_is_no_account_before_somebody_is_invited(app: Flask, commands) -> None:
    assert rows(app, "account") == 0
    assert "There are no staff accounts." in commands("staff", "list")


def test_no_staff_page_opens_before_there_is_a_second_factor(client: Visitor, commands) -> None:
    page = join(client, invited(commands("staff", "invite", OFFICER)))
    assert page.heading == "How you sign in"
    assert "Staff always sign in with a second factor." in page.words
    assert client.page("/staff").heading == "How you sign in"
    set_up_codes(client)
    assert client.page("/staff").heading == "Staff"


def test_an_officer_signs_in_with_passphrase_and_code_and_is_named(app: Flask, officer: CodeApp) -> None:
    visitor = another(app)
    page = visitor.send(enter(visitor), {"code": officer.code()}, to="/account/code")
    assert page.address == "/staff"
    assert "Priya Nair" in page.words


def test_an_invitation_works_once_and_a_newer_one_in_its_place(app: Flask, commands) -> None:
    first = invited(commands("staff", "invite", OFFICER))
    second = invited(commands("staff", "invite", OFFICER))
    assert another(app).page(first).status == 410
    visitor = another(app)
    assert join(visitor, second).heading == "How you sign in"
    assert another(app).page(second).status == 410
    assert rows(app, "account") == 1


def test_an_invitation_is_dead_after_three_days(app: Flask, commands, clock) -> None:
    link = invited(commands("staff", "invite", OFFICER))
    clock.shift(timedelta(days=3, seconds=1))
    assert another(app).page(link).heading == "This link does not work any more"


def test_staff_cannot_turn_their_second_factor_off(client: Visitor, officer: CodeApp) -> None:
    page = client.page("/account/ways")
    assert "/account/code-app/off" not in page.links
    token = page.filled("/account/recovery-codes")["csrf_token"]
    sent = {"csrf_token": token, "passphrase": WORDS}
    assert client.post("/account/code-app/off", data=sent).headers["Location"].endswith("/account/ways")
    assert "To sign in you need a code from your app as well." in client.page("/account/ways").words


def test_staff_pages_are_not_there_for_others(app: Flask, officer: CodeApp) -> None:
    person = another(app)
    start(person)
    keep(person)
    nowhere = person.get("/nowhere")
    refused = person.get("/staff")
    assert refused.status_code == nowhere.status_code == 404
    assert refused.get_data().replace(b"/staff", b"/nowhere") == nowhere.get_data()


def test_staff_who_do_nothing_are_signed_out_sooner(client: Visitor, officer: CodeApp, clock) -> None:
    assert client.page("/staff").status == 200
    clock.shift(timedelta(minutes=32))
    assert client.page("/staff").address == "/account/sign-in"


def test_an_account_nobody_used_for_ninety_days_is_shut_until_it_is_invited_anew(
    app: Flask, officer: CodeApp, commands, clock
) -> None:
    clock.shift(timedelta(days=91))
    page = enter(another(app))
    assert page.errors == ["Your staff account was not used for 90 days. Ask for a new invitation."]
    assert "shut: not used for 90 days" in commands("staff", "list")
    link = invited(commands("staff", "invite", OFFICER))
    assert enter(another(app)).errors == [
        "That email address and passphrase do not belong together. Check both and try again."
    ]
    visitor = another(app)
    assert "Staff always sign in with a second factor." in join(visitor, link).words


def test_who_is_removed_is_out_at_the_next_click(client: Visitor, officer: CodeApp, commands) -> None:
    assert client.page("/staff").status == 200
    commands("staff", "remove", OFFICER)
    assert client.page("/staff").status == 404


def test_nobody_with_a_plan_is_made_staff_and_no_person_is_removed(
    app: Flask, client: Visitor, commands
) -> None:
    start(client)
    keep(client)
    assert "Use the address of their work." in commands("staff", "invite", EMAIL, fails=True)
    assert "no staff account" in commands("staff", "remove", EMAIL, fails=True)
    assert "not an email address" in commands("staff", "invite", "priya", fails=True)


def test_staff_accounts_are_not_tidied_away_for_holding_no_plan(app: Flask, commands, clock) -> None:
    commands("staff", "invite", OFFICER)
    clock.shift(timedelta(days=400))
    commands("tidy")
    assert rows(app, "account") == 1
