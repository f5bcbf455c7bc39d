"""Passphrases: long ones of any signs, none that others could guess, and never altered."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.identity.passphrases import hashed, matches, problem_with
from tests.account.test_keeping import EMAIL, another, keep, start
from tests.browsing import Visitor

ABOUT = (EMAIL, "maya", "Harrowmere Council", "Plan my support")


@pytest.mark.parametrize(
    "good",
    [
        "seven purple kettles sing",
        "   blanks before and after   ",
        "пять тихих лошадей поют",
        "五匹の静かな馬が歌っている朝に",
        "🐢🦉🐎🐌🦔🐿🦡🐝🦆🐞🦋🐟🐳🦢🐇",
        "x9$kQ!v2@Zp7&mR",
        "a" + "bcdefgh ijklmn opqrst" * 9,
    ],
)
def test_a_good_passphrase_of_any_signs_is_taken(good: str) -> None:
    assert problem_with(good, ABOUT) is None


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("fourteen signs", "at least 15 characters"),
        ("x" * 201, "200 characters or shorter"),
        ("abababababababab", "more different letters"),
        ("maya@example.org", "email address"),
        ("  MAYA@EXAMPLE.ORG  ", "email address"),
        ("correct horse battery staple", "too easy"),
        ("CorrectHorseBatteryStaple", "too easy"),
        ("manchesterunited", "too easy"),
        ("qwertyuiop123456", "too easy"),
        ("liverpoolliverpool", "too easy"),
        ("plan my support 2026", "too easy"),
        ("HarrowmereCouncil2026!", "too easy"),
        ("harrowmere maya 12345", "too easy"),
    ],
)
def test_what_others_could_guess_is_refused_with_what_to_do(bad: str, told: str) -> None:
    problem = problem_with(bad, ABOUT)
    assert problem is not None and told in problem


def test_beside_a_second_factor_twelve_are_enough() -> None:
    assert problem_with("kettles sing", ABOUT, shortest=12) is None
    assert problem_with("kettles sin", ABOUT, shortest=12) is not None


@pytest.mark.parametrize("other", ["Seven purple kettles sing", "seven purple kettles sing ", "e\u0301" * 8])
def test_it_is_never_altered(other: str) -> None:
    kept = hashed("é" * 8 if other[0] == "e" else "seven purple kettles sing")
    assert not matches(kept, other)


def test_blanks_at_its_ends_and_every_sign_come_through_the_forms(app: Flask, client: Visitor) -> None:
    words = "  Zażółć gęślą jaźń <b>&amp; 🐢  "
    start(client)
    keep(client, passphrase=words)
    for typed, right in ((words.strip(), False), (words, True)):
        visitor = another(app)
        sent = {"email": EMAIL, "passphrase": typed}
        page = visitor.send("/account/sign-in", sent, to="/account/sign-in")
        assert (page.address == "/tasks") is right


def test_password_managers_know_every_field(client: Visitor) -> None:
    def filled_by(address: str) -> list[str]:
        fields = client.page(address).soup.select("main input[autocomplete]")
        return [str(field["autocomplete"]) for field in fields]

    assert filled_by("/account/sign-in") == ["username", "current-password"]
    start(client)
    assert filled_by("/account/save") == ["username", "new-password"]
    keep(client)
    assert filled_by("/account/passphrase") == ["username", "current-password", "new-password"]
    assert filled_by("/account/again") == ["username", "current-password"]
    assert filled_by("/account/code-app") == ["one-time-code"]
