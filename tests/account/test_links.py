"""Links in mails: confirm an address, make another passphrase, change the address. They give nothing away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, text

from tests.account.mailbox import mails, set_up_codes, to
from tests.account.test_keeping import EMAIL, GOOD, another, keep, rows, start
from tests.browsing import Page, Visitor

NEW = "nine orange ladders dance"


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as travelling:
        yield travelling


@pytest.fixture
def maya(client: Visitor, clock) -> Visitor:
    """Somebody whose plan is kept under an account."""
    start(client)
    keep(client)
    return client


def forget(visitor: Visitor, email: str = EMAIL) -> Page:
    return visitor.send("/account/forgotten", {"email": email}, to="/account/forgotten")


def passphrase(visitor: Visitor, words: str = GOOD, email: str = EMAIL) -> Page:
    return visitor.send("/account/sign-in", {"email": email, "passphrase": words}, to="/account/sign-in")


def test_a_new_account_is_asked_to_confirm_its_address_by_a_button(app: Flask, maya: Visitor) -> None:
    (mail,) = to(app, EMAIL, "Confirm")
    assert "We sent an email to maya@example.org." in maya.page("/account/ways").words
    visitor = another(app)
    page = visitor.page(mail.link)
    assert page.heading == "Confirm your email address"
    assert "We sent an email to" in maya.page("/account/ways").words
    assert visitor.send(page, to=mail.link).heading == "Your email address is confirmed"
    assert "We sent an email to" not in maya.page("/account/ways").words
    assert another(app).page(mail.link).status == 410


def test_a_known_and_an_unknown_address_get_the_same_page_for_the_same_work(
    app: Flask, maya: Visitor
) -> None:
    done: list[list[str]] = []

    def note(_line, _cursor, statement, *_rest) -> None:
        done[-1].append(re.sub(r"account_id (IS NULL|= \S+)", "account_id", statement))

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    pages = []
    for email in (EMAIL, "nobody@example.org"):
        visitor = another(app)
        asked = visitor.page("/account/forgotten")
        done.append([])
        sent = {**asked.filled("/account/forgotten"), "email": email}
        pages.append(visitor.post("/account/forgotten", data=sent, follow_redirects=True))
    known, unknown = pages
    assert known.get_data(as_text=True) == unknown.get_data(as_text=True)
    assert done[0] == done[1]
    assert "There is no account with this address." in to(app, "nobody@example.org")[0].body


def test_a_link_makes_a_new_passphrase_once_and_signs_everybody_else_out(app: Flask, maya: Visitor) -> None:
    visitor = another(app)
    forget(visitor)
    link = to(app, EMAIL, "Make a new passphrase")[0].link
    assert visitor.send(link, {"new": "short"}, to=link).errors
    page = visitor.send(link, {"new": NEW}, to=link)
    assert "Your new passphrase is ready." in page.words
    assert visitor.page(link).status == 410
    assert maya.page("/tasks").address == "/"
    assert passphrase(another(app)).errors
    assert passphrase(another(app), NEW).address == "/tasks"
    assert "signed out" in to(app, EMAIL, "How you sign in was changed")[0].body


def test_only_the_newest_link_works_and_that_for_half_an_hour(app: Flask, maya: Visitor, clock) -> None:
    visitor = another(app)
    forget(visitor)
    clock.shift(timedelta(seconds=1))
    forget(visitor)
    first, second = (mail.link for mail in to(app, EMAIL, "Make a new passphrase"))
    assert visitor.page(first).status == 410
    assert visitor.page(second).status == 200
    clock.shift(timedelta(minutes=30))
    assert visitor.page(second).status == 410


def test_a_new_passphrase_does_not_go_round_the_second_factor(app: Flask, maya: Visitor, clock) -> None:
    codes, _recovery = set_up_codes(maya)
    clock.shift(timedelta(minutes=1))
    visitor = another(app)
    forget(visitor)
    link = to(app, EMAIL, "Make a new passphrase")[0].link
    visitor.send(link, {"new": NEW}, to=link)
    page = passphrase(visitor, NEW)
    assert page.heading == "Enter your code"
    assert visitor.send(page, {"code": codes.code()}, to="/account/code").address == "/tasks"


def test_nobody_can_be_flooded_with_mails(app: Flask, maya: Visitor, clock) -> None:
    pages = {forget(another(app)).heading for _time in range(6)}
    assert pages == {"Look at your email"}
    assert len(to(app, EMAIL, "Make a new passphrase")) == 3


def test_the_database_holds_no_link_and_no_mail_that_could_be_read(app: Flask, maya: Visitor) -> None:
    forget(another(app))
    token = to(app, EMAIL, "Make a new passphrase")[0].link.rpartition("/")[2]
    with app.extensions["engine"].connect() as line:
        kept = str(line.execute(text("SELECT * FROM mail_link")).all())
        kept += str(line.execute(text("SELECT * FROM outbox")).all())
    assert token not in kept
    assert EMAIL not in kept


def test_another_address_needs_its_own_mailbox_and_the_old_one_is_told(app: Flask, maya: Visitor) -> None:
    page = maya.send("/account/email", {"email": "new@example.org"}, to="/account/email")
    assert "We sent a link to your new address." in page.words
    assert "asked to change your email address" in to(app, EMAIL, "How you sign in was changed")[0].body
    assert passphrase(another(app), email="new@example.org").errors
    link = to(app, "new@example.org")[0].link
    visitor = another(app)
    visitor.send(link, to=link)
    assert passphrase(another(app), email="new@example.org").address == "/tasks"
    assert passphrase(another(app)).errors


def test_an_address_somebody_else_has_cannot_be_taken(app: Flask, maya: Visitor) -> None:
    other = another(app)
    start(other)
    keep(other, "other@example.org", NEW)
    other.send(to(app, "other@example.org")[0].link, to=to(app, "other@example.org")[0].link)
    maya.send("/account/email", {"email": "other@example.org"}, to="/account/email")
    link = to(app, "other@example.org", "Confirm your new")[0].link
    visitor = another(app)
    assert visitor.send(link, to=link).status == 410
    assert passphrase(another(app), NEW, "other@example.org").address == "/tasks"


@pytest.mark.parametrize("kind", ["reset", "confirm", "change", "join"])
def test_a_link_that_was_made_up_leads_nowhere(app: Flask, maya: Visitor, kind: str) -> None:
    wrong = to(app, EMAIL, "Confirm")[0].link.rpartition("/")[2] if kind != "confirm" else "x" * 43
    assert maya.page(f"/account/{kind}/{wrong}").heading == "This link does not work any more"


def test_a_line_end_in_an_address_adds_nothing_to_a_mail(app: Flask, client: Visitor) -> None:
    page = forget(client, "maya@example.org\r\nBcc: everybody@example.org")
    assert page.status == 422 or all("\n" not in mail.to for mail in mails(app))


def test_no_mail_says_why_somebody_has_an_account(app: Flask, maya: Visitor) -> None:
    forget(another(app))
    said = " ".join(f"{mail.subject} {mail.body}" for mail in mails(app)).casefold()
    for word in ("care", "needs", "budget", "health", "assessment", "disab"):
        assert word not in said
    assert rows(app, "outbox") == len(mails(app))
