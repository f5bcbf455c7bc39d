"""How long somebody stays signed in, what happens then, and when they have to show again who they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from portal.identity.rules import device_of
from portal.sharing.access import keep_forms_with
from tests.account.test_keeping import EMAIL, GOOD, another, keep, start
from tests.browsing import Visitor

NOON = "2026-11-22T12:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def test_who_does_nothing_is_signed_out_and_comes_back_to_the_same_page(client: Visitor, clock) -> None:
    start(client)
    keep(client)
    clock.shift(timedelta(minutes=59))
    assert client.page("/assessment/nutrition").status == 200
    clock.shift(timedelta(minutes=59))
    assert client.page("/assessment/nutrition").address == "/assessment/nutrition"
    clock.shift(timedelta(minutes=62))
    page = client.page("/assessment/nutrition")
    assert page.address == "/account/sign-in"
    assert "You were signed out because you did nothing for a while." in page.words
    back = client.send(page, {"email": EMAIL, "passphrase": GOOD}, to="/account/sign-in")
    assert back.address == "/assessment/nutrition"


def test_after_twelve_hours_one_signs_in_again_whatever_one_did(client: Visitor, clock) -> None:
    start(client)
    keep(client)
    for _half_hour in range(24):
        clock.shift(timedelta(minutes=30))
        assert client.page("/tasks").address == "/tasks"
    clock.shift(timedelta(minutes=2))
    assert client.page("/tasks").address == "/account/sign-in"


def test_a_private_draft_is_never_timed_out_but_by_its_own_rule(client: Visitor, clock) -> None:
    start(client)
    clock.shift(timedelta(days=6))
    assert client.page("/tasks").address == "/tasks"
    clock.shift(timedelta(days=8))
    assert client.page("/tasks").address == "/"


def test_a_form_that_meets_an_ended_session_is_handed_on_with_whose_it_was(
    app: Flask, client: Visitor, clock, monkeypatch
) -> None:
    met: list[tuple[int, str | None, str]] = []
    monkeypatch.setitem(app.extensions, "keep_form", None)
    keep_forms_with(app, lambda account, case, why: met.append((account, case, why)))
    start(client)
    keep(client)
    form = client.page("/assessment/answering_for")
    clock.shift(timedelta(hours=2))
    page = client.send(form, {"answering_for": "me"})
    assert page.address == "/account/sign-in"
    assert page.filled("/account/sign-in")["to"] == "/assessment/answering_for"
    ((account, case, why),) = met
    assert (account, bool(case), why) == (1, True, "expired")


def test_the_way_on_after_signing_in_never_leads_elsewhere(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    for hostile in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:1",
    ):
        visitor = another(app)
        page = visitor.page("/account/sign-in")
        sent = {**page.filled("/account/sign-in"), "email": EMAIL, "passphrase": GOOD, "to": hostile}
        assert visitor.post("/account/sign-in", data=sent).headers["Location"] == "/tasks"


@pytest.mark.parametrize(
    ("agent", "plainly"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome/computer"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1",
            "Safari/phone",
        ),
        ("Mozilla/5.0 (Android 14; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0", "Firefox/phone"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) Chrome/119.0 Safari/537.36", "Chrome/tablet"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge/computer"),
        ("curl/8", "/"),
    ],
)
def test_of_a_device_only_its_family_and_kind_are_told(agent: str, plainly: str) -> None:
    assert device_of(agent) == plainly


def test_what_was_typed_when_the_session_ended_is_on_the_page_after_signing_in(
    client: Visitor, clock
) -> None:
    start(client)
    keep(client)
    form = client.page("/assessment/answering_for")
    clock.shift(timedelta(hours=2))
    asked = client.send(form, {"answering_for": "together"})
    back = client.send(asked, {"email": EMAIL, "passphrase": GOOD}, to="/account/sign-in")
    assert back.address == "/assessment/answering_for"
    assert back.filled("/assessment/answering_for")["answering_for"] == "together"


def test_every_page_of_a_session_carries_the_same_token(client: Visitor, clock) -> None:
    client.page("/")
    client.send(client.page("/"), {}, to="/demo/grace")
    first = client.page("/document/check").filled("/document/check")["csrf_token"]
    clock.shift(timedelta(minutes=1))
    assert client.page("/document/check").filled("/document/check")["csrf_token"] == first
