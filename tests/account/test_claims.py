"""Making an account tells nobody whether its address has one, and takes nothing from its owner."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.account.mailbox import to
from tests.account.test_keeping import EMAIL, GOOD, another, keep, rows, start
from tests.browsing import Page, Visitor

OTHER = "nine orange ladders dance"


def enter(visitor: Visitor, passphrase: str) -> Page:
    sent = {"email": EMAIL, "passphrase": passphrase}
    return visitor.send("/account/sign-in", sent, to="/account/sign-in")


def reference(visitor: Visitor) -> str:
    return str(json.loads(visitor.get("/account/copy").data)["reference"])


def confirm(app: Flask, which: int) -> Page:
    """Whoever reads the mail of the address presses the button of one of the mails."""
    link = to(app, EMAIL, "Confirm")[which].link
    visitor = another(app)
    return visitor.send(link, to=link)


@pytest.fixture
def two(app: Flask, client: Visitor) -> Iterator[tuple[Visitor, Visitor]]:
    """Two visitors who made accounts with the same address, one after the other."""
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        start(client)
        keep(client)
        clock.shift(timedelta(seconds=1))
        second = another(app)
        start(second)
        keep(second, passphrase=OTHER)
        yield client, second


def test_it_looks_the_same_and_both_plans_are_kept(app: Flask, client: Visitor) -> None:
    pages = []
    for passphrase in (GOOD, OTHER):
        visitor = another(app)
        start(visitor)
        page = keep(visitor, passphrase=passphrase)
        pages.append(page.words.replace(reference(visitor), ""))
        assert enter(another(app), passphrase).address == "/tasks"
    assert pages[0] == pages[1]
    assert rows(app, "account") == 2
    assert len(to(app, EMAIL, "Confirm")) == 2


def test_each_passphrase_opens_its_own_plan(app: Flask, two) -> None:
    for owner, passphrase in zip(two, (GOOD, OTHER), strict=True):
        visitor = another(app)
        enter(visitor, passphrase)
        assert reference(visitor) == reference(owner)
    assert enter(another(app), "neither of the two").errors


def test_who_came_first_without_the_mailbox_makes_way_for_its_owner(app: Flask, two) -> None:
    theirs = reference(two[1])
    assert confirm(app, 1).heading == "Your email address is confirmed"
    visitor = another(app)
    enter(visitor, OTHER)
    assert reference(visitor) == theirs
    assert enter(another(app), GOOD).address == "/tasks", "their own plan is not lost"
    forgotten = another(app)
    forgotten.send("/account/forgotten", {"email": EMAIL}, to="/account/forgotten")
    link = to(app, EMAIL, "Make a new passphrase")[0].link
    forgotten.send(link, {"new": "eleven green bottles hum"}, to=link)
    enter(forgotten, "eleven green bottles hum")
    assert reference(forgotten) == theirs


def test_who_had_an_account_already_has_both_plans_in_it(app: Flask, two) -> None:
    confirm(app, 0)
    mine, newer = reference(two[0]), reference(two[1])
    assert "You had an account with this address already." in confirm(app, 1).words
    assert rows(app, "account") == 1
    assert two[1].page("/tasks").address == "/"
    visitor = another(app)
    enter(visitor, GOOD)
    words = visitor.page("/account").words
    assert mine in words and newer in words
    assert enter(another(app), OTHER).errors


def test_a_plan_never_comes_into_an_account_of_staff(app: Flask, client: Visitor, commands) -> None:
    commands("staff", "invite", EMAIL)
    start(client)
    keep(client)
    confirm(app, 0)
    assert rows(app, "account") == 2
    assert enter(another(app), GOOD).address == "/tasks"
