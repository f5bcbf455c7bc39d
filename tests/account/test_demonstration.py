"""In the demonstration an officer can be looked around as, and mails are shown on a page. Nowhere else."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from portal.mail.sending import send_due
from tests.account.test_keeping import EMAIL, keep, rows, start
from tests.account.test_links import forget
from tests.browsing import Visitor


def test_one_looks_around_as_an_officer_and_then_as_a_person_again(app: Flask, client: Visitor) -> None:
    assert client.send("/", to="/demo/officer").heading == "Staff"
    assert "Priya Nair" in client.page("/staff").words
    client.send("/", to="/demo/officer")
    assert rows(app, "account") == 1
    sample = app.extensions["pack"].samples[0]
    client.send("/", to=f"/demo/{sample.id}")
    assert client.page("/staff").status == 404
    assert client.page("/tasks").address == "/tasks"


def test_nobody_signs_in_to_the_officers_account(app: Flask, client: Visitor) -> None:
    client.send("/", to="/demo/officer")
    client.send("/staff", to="/account/sign-out")
    sent = {"email": "officer@demonstration.invalid", "passphrase": "seven purple kettles sing"}
    assert client.send("/account/sign-in", sent, to="/account/sign-in").errors
    forget(client, "officer@demonstration.invalid")


def test_mails_are_shown_with_links_that_work(app: Flask, client: Visitor, monkeypatch, tmp_path) -> None:
    settings = replace(app.extensions["settings"], mail_folder=str(tmp_path / "mail"))
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert "There are none yet." in client.page("/demo/mail").words
    start(client)
    keep(client)
    assert send_due(app.extensions["engine"], app.extensions["session_info"], settings) == (1, 0)
    page = client.page("/demo/mail")
    assert f"To: {EMAIL}" in page.words
    (link,) = [each for each in page.links if each.startswith("/account/confirm/")]
    assert client.page(link).heading == "Confirm your email address"


def test_a_real_portal_has_neither(app: Flask, client: Visitor, monkeypatch) -> None:
    token = client.page("/account/sign-in").filled("/account/sign-in")["csrf_token"]
    settings = replace(app.extensions["settings"], demonstration=False)
    monkeypatch.setitem(app.extensions, "settings", settings)
    assert client.get("/demo/mail").status_code == 404
    assert client.post("/demo/officer", data={"csrf_token": token}).status_code == 404
    assert rows(app, "account") == 0
