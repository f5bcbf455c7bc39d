"""Whoever guesses is slowed down; nobody else is, and nobody for good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from flask import Flask

from portal.identity import passphrases
from portal.signing_in.pages import entering
from tests.account.test_keeping import EMAIL, GOOD, another, keep, start
from tests.browsing import Page, Visitor

LIBRARY, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases are looked at without their hash, which takes its time. A proxy tells who asks."""
    monkeypatch.setattr(entering, "matches", lambda kept, typed: kept is not None and typed == GOOD)
    told = replace(app.extensions["settings"], proxies=1)
    monkeypatch.setitem(app.extensions, "settings", told)


def at(app: Flask, address: str) -> Visitor:
    visitor = another(app)
    visitor.environ_base["REMOTE_ADDR"] = address
    return visitor


def guess(visitor: Visitor, passphrase: str = "not this one at all", email: str = EMAIL) -> Page:
    sent = {"email": email, "passphrase": passphrase}
    return visitor.send("/account/sign-in", sent, to="/account/sign-in")


def many(visitor: Visitor, name: str) -> list[int]:
    """What is answered to 105 tries, each at another address."""
    form = visitor.page("/account/sign-in").filled("/account/sign-in")
    sent = [{**form, "email": f"{name}{number}@example.org", "passphrase": "x" * 20} for number in range(105)]
    return [visitor.post("/account/sign-in", data=each).status_code for each in sent]


def test_five_tries_are_free_and_then_each_wait_is_longer(
    app: Flask, client: Visitor, clock, quick: None
) -> None:
    start(client)
    keep(client)
    visitor = at(app, ELSEWHERE)
    for _time in range(5):
        assert guess(visitor).status == 422
    waited = []
    for _time in range(9):
        seconds = 0
        while guess(visitor).status == 429:
            clock.shift(timedelta(seconds=max(1, seconds)))
            seconds += max(1, seconds)
        waited.append(seconds)
    assert waited == sorted(waited)
    assert 60 < waited[-1] <= 1024
    clock.shift(timedelta(minutes=15))
    assert guess(visitor, GOOD).address == "/tasks"


def test_a_browser_that_was_here_before_does_not_wait_for_others(
    app: Flask, client: Visitor, clock, quick: None
) -> None:
    start(client)
    keep(client)
    client.send("/account", to="/account/sign-out")
    for _time in range(8):
        page = guess(at(app, ELSEWHERE))
    assert page.status == 429
    assert guess(at(app, LIBRARY), GOOD).status == 429
    assert guess(client, GOOD).address == "/tasks"


def test_an_address_without_an_account_is_slowed_in_the_same_words(
    app: Flask, client: Visitor, clock, quick: None
) -> None:
    start(client)
    keep(client)
    told = []
    for email in (EMAIL, "nobody@example.org"):
        visitor = at(app, ELSEWHERE)
        told.append(
            [(page.status, page.errors) for page in (guess(visitor, email=email) for _time in range(8))]
        )
    assert told[0] == told[1]


def test_a_known_and_an_unknown_address_cost_two_hashes_each(app: Flask, client: Visitor) -> None:
    start(client)
    keep(client)
    with mock.patch.object(passphrases, "_HASHER", wraps=passphrases._HASHER) as hasher:
        for email in (EMAIL, "nobody@example.org"):
            before = hasher.verify.call_count
            assert guess(at(app, ELSEWHERE), email=email).status == 422
            assert hasher.verify.call_count == before + 2
        assert hasher.hash.call_count == 0


def test_ten_people_behind_one_library_do_not_shut_each_other_out(
    app: Flask, client: Visitor, clock, quick: None
) -> None:
    start(client)
    keep(client)
    for number in range(9):
        for _time in range(6):
            guess(at(app, LIBRARY), email=f"forgetful{number}@example.org")
    assert guess(at(app, LIBRARY), GOOD).address == "/tasks"


def test_one_network_cannot_try_a_few_passphrases_at_many_addresses(app: Flask, clock, quick: None) -> None:
    visitor = at(app, ELSEWHERE)
    statuses = many(visitor, "number")
    assert statuses[:100] == [422] * 100
    assert 429 in statuses
    assert guess(at(app, LIBRARY), email="number1@example.org").status == 422
    clock.shift(timedelta(hours=1, seconds=1))
    assert guess(visitor, email="number1@example.org").status == 422


def test_behind_a_proxy_that_tells_nothing_nobody_is_counted_by_network(
    app: Flask, clock, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    untold = replace(app.extensions["settings"], proxies=0)
    monkeypatch.setitem(app.extensions, "settings", untold)
    assert set(many(at(app, "127.0.0.1"), "number")) == {422}
