"""Signing in with a passkey, a code and without scripts; and the question whether one is still there."""

from __future__ import annotations

import secrets
from typing import Any

import pyotp
import pytest
from playwright.sync_api import expect

from tests.journey.traveller import Traveller

PASSPHRASE = "seven purple kettles sing"


def _at_localhost(server: str, address: str) -> str:
    # A passkey belongs to a name; browsers make none for a bare number.
    return server.replace("127.0.0.1", "localhost") + address


def _make_account(traveller: Traveller, start: str = "/") -> str:
    email = f"{secrets.token_hex(4)}@example.org"
    traveller.go(start)
    traveller.press("Start now")
    traveller.go(start.removesuffix("/") + "/account/save")
    traveller.page.fill("#email", email)
    traveller.page.fill("#passphrase", PASSPHRASE)
    traveller.press("Save my plan")
    return email


def _look(traveller: Traveller) -> None:
    traveller.inspect()
    traveller.fits()


def _look_at(traveller: Traveller, *addresses: str) -> None:
    for address in addresses:
        traveller.go(address)
        _look(traveller)


def _in_error(traveller: Traveller, address: str, button: str) -> None:
    traveller.go(address)
    traveller.press(button)
    assert traveller.page.locator("#problems").is_visible(), address
    _look(traveller)


def _invite(traveller: Traveller) -> None:
    """Invite somebody, look at the code, and decide part by part what they may do."""
    _in_error(traveller, "/people/invite", "Invite them")
    traveller.fill("Kim")
    _look(traveller)
    traveller.press("Invite them")
    _look(traveller)
    traveller.press("Change what they may do")
    traveller.page.select_option("#plan", "suggest")
    traveller.page.select_option("#budget", "nothing")
    _look(traveller)
    traveller.press("Save this")
    told = traveller.page.locator("main").inner_text()
    assert "see it, and suggest changes" in told
    assert "My budget" not in told
    _look_at(traveller, "/people", "/account", "/account/delete")
    traveller.go("/people")
    traveller.press("Stop Kim")
    _look(traveller)


@pytest.fixture
def travelling(open_browser: Any, server: str) -> Any:
    """A browser with a device that makes passkeys and knows its owner."""
    traveller = open_browser(width=320, height=700)
    line = traveller.page.context.new_cdp_session(traveller.page)
    line.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    name = line.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
    traveller.verify = lambda is_so: line.send(
        "WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": is_so}
    )
    return traveller


def test_a_passkey_is_made_named_used_asked_for_again_and_taken_away(travelling: Any, server: str) -> None:
    def at(address: str) -> str:
        return _at_localhost(server, address)

    _make_account(travelling, at("/"))
    travelling.go(at("/account/ways"))
    _look(travelling)
    travelling.press("Add a passkey")
    travelling.press("Make the passkey")
    assert travelling.wrong() == ["Enter a name for it"]
    _look(travelling)
    travelling.page.fill("#name", "My phone")
    travelling.verify(False)
    travelling.page.get_by_role("button", name="Make the passkey").click()
    expect(travelling.page.locator("[data-passkey-failed]")).to_have_text(
        "The passkey was not made. You can try again."
    )
    travelling.verify(True)
    travelling.press("Make the passkey")
    assert "Your passkey is ready." in travelling.page.locator("main").inner_text()
    _look(travelling)

    travelling.leave_by(travelling.page.get_by_role("button", name="Sign out").first)
    travelling.go(at("/account/sign-in"))
    _look(travelling)
    travelling.press("Sign in with a passkey")
    assert travelling.page.url == at("/tasks")
    travelling.go(at("/account/again?to=/account/devices"))
    _look(travelling)
    travelling.press("Use my passkey")
    assert travelling.heading.replace("\n", " ") == "Where you are signed in"
    _look(travelling)

    travelling.go(at("/account/ways"))
    travelling.press("Take away My phone")
    travelling.leave_by(travelling.page.get_by_role("button", name="Sign out").first)
    travelling.go(at("/account/sign-in"))
    travelling.press("Sign in with a passkey")
    assert "That passkey does not open an account here." in travelling.page.locator("main").inner_text()


def test_a_code_is_set_up_and_needed_with_scripts_or_without(either_way: Traveller, server: str) -> None:
    email = _make_account(either_way)
    either_way.go("/account/code-app")
    _look(either_way)
    codes = pyotp.TOTP(either_way.page.locator("main code").inner_text().replace(" ", ""))
    either_way.page.fill("#code", codes.now())
    either_way.press("Use this app")
    _look(either_way)
    recovery = either_way.page.locator("main code").first.inner_text()
    either_way.press("I have kept them")
    _look(either_way)
    assert email in either_way.page.content()
    either_way.page.set_viewport_size({"width": 320, "height": 700})
    for address, button in (
        ("/account/passphrase", "Change my passphrase"),
        ("/account/email", "Send me a link"),
        ("/account/code-app/off", "Sign in without a code"),
        ("/account/again?by=code", "Go on"),
    ):
        either_way.go(address)
        _look(either_way)
        _in_error(either_way, address, button)
    _look_at(either_way, "/account/ways", "/account/devices", "/account/recovery-codes")
    _invite(either_way)
    either_way.leave_by(either_way.page.get_by_role("button", name="Sign out").first)
    either_way.page.go_back()
    assert email not in either_way.page.content()
    either_way.go("/account/sign-in")
    either_way.page.fill("#email", email)
    either_way.page.fill("#passphrase", PASSPHRASE)
    either_way.press("Sign in")
    assert either_way.heading == "Enter your code"
    _look(either_way)
    either_way.page.fill("#code", recovery)
    either_way.press("Sign in")
    assert either_way.address == "/tasks"


def test_one_is_asked_once_before_being_signed_out_and_stays_on_the_page(open_browser: Any) -> None:
    traveller = open_browser(width=320, height=700)
    _make_account(traveller)
    traveller.page.clock.install()
    traveller.go("/assessment/nutrition")
    question = traveller.page.locator("dialog")
    traveller.page.clock.fast_forward("57:00")
    expect(question).to_be_hidden()
    traveller.page.clock.fast_forward("01:00")
    expect(question).to_be_visible()
    assert question.evaluate("it => it.contains(document.activeElement)")
    _look(traveller)
    with traveller.page.expect_response("**/stay"):
        traveller.page.get_by_role("button", name="Stay signed in").click()
    expect(question).to_be_hidden()
    assert traveller.address == "/assessment/nutrition"
    traveller.page.clock.fast_forward("55:00")
    traveller.page.keyboard.press("Shift")
    with traveller.page.expect_response("**/stay"):
        traveller.page.clock.fast_forward("03:00")
    expect(question).to_be_hidden()
    traveller.page.clock.fast_forward("58:00")
    expect(question).to_be_visible()
    traveller.page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    traveller.page.clock.fast_forward("01:00:01")
    expect(traveller.page.locator("[data-ended]")).to_contain_text("What you saved stays safe.")
    _look(traveller)


def test_an_officer_types_a_paper_form_and_its_person_takes_it_over(open_browser: Any) -> None:
    officer = open_browser(width=320)
    officer.go("/")
    officer.press("Be Priya Nair")
    assert officer.address == "/staff"
    _look(officer)
    _look_at(officer, "/demo/mail", "/people/claims", "/people/helping", "/plan/asked")
    _in_error(officer, "/staff/paper", "Begin to type")
    officer.page.fill("#name", "Grace")
    officer.press("Begin to type")
    _look(officer)
    code = officer.page.locator("main .code").inner_text()
    officer.press("Open it and type")
    _look(officer)
    officer.go("/assessment/by-number?number=999")
    _look(officer)
    officer.page.fill("#number", "1")
    officer.press("Go there")
    assert "You type from a paper form." in officer.page.content()
    officer.page.locator("main input[type=radio]").first.check()
    officer.press("Save and continue")
    _look_at(officer, "/staff/paper", "/assessment/check", "/people/changes")

    person = open_browser(width=320, scripts=False)
    _in_error(person, "/people/code", "Go on")
    person.page.fill("#code", code)
    person.press("Go on")
    _look(person)
    person.press("This is mine. Open it")
    assert person.page.locator("#problems").is_visible()
    _look(person)
    person.page.locator("#goes_on-2").check()
    person.press("This is mine. Open it")
    assert person.address == "/tasks"
    _look_at(person, "/people", "/people/seen")
    person.page.get_by_role("link", name="What it said before and after").first.click()
    _look(person)
    _look_at(person, "/account/private")
