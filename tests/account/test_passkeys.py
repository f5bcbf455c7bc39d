"""Passkeys without a browser: whatever is sent as an answer is refused plainly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.account.test_keeping import another, keep, rows, start
from tests.browsing import Visitor

ID = "a" * 43
RESPONSE = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "oA"}
ANSWERS = [
    "",
    "null",
    "[]",
    "{",
    "[" * 60_000,
    '{"id": "\\u0000", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "\\ud800"}',
    json.dumps({"id": ID, "rawId": ID, "type": "public-key", "response": RESPONSE}),
    json.dumps({"id": ID, "rawId": ID, "type": "public-key", "response": {**RESPONSE, "clientDataJSON": 7}}),
    json.dumps({"id": ID, "rawId": ID, "type": "public-key", "response": []}),
    json.dumps({"id": {"deep": 1}, "rawId": None}),
]


def options(asked: TestResponse) -> dict[str, Any]:
    """What the browser is asked for."""
    return dict(json.loads(asked.get_data(as_text=True)))


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_no_answer_of_a_browser_makes_and_opens_nothing(
    app: Flask, client: Visitor, answer: str
) -> None:
    start(client)
    keep(client)
    form = client.page("/account/passkeys/new").filled("/account/passkeys/new")
    asked = client.post("/account/passkeys/ask", data=form)
    assert options(asked)["authenticatorSelection"]["userVerification"] == "required"
    page = client.post("/account/passkeys/new", data={**form, "name": "Mine", "answer": answer})
    assert page.headers["Location"].endswith("done=not-made")
    assert rows(app, "passkey") == 0
    visitor = another(app)
    form = visitor.page("/account/sign-in").filled("/account/sign-in")
    asked = visitor.post("/account/passkey/ask", data=form)
    assert options(asked)["userVerification"] == "required" and options(asked)["rpId"] == "localhost"
    assert visitor.post("/account/passkey", data={**form, "answer": answer}).status_code == 303
    assert visitor.page("/account/ways").address == "/account/sign-in"


def test_an_answer_without_a_question_is_not_looked_at(client: Visitor) -> None:
    form = client.page("/account/sign-in").filled("/account/sign-in")
    answer = client.post("/account/passkey", data={**form, "answer": ANSWERS[7]})
    assert answer.headers["Location"] == "/account/sign-in?to=&passkey=no"


def test_each_question_is_new(client: Visitor) -> None:
    form = client.page("/account/sign-in").filled("/account/sign-in")
    asked = {options(client.post("/account/passkey/ask", data=form))["challenge"] for _time in range(5)}
    assert len(asked) == 5


def test_nobody_touches_a_passkey_that_is_not_theirs(client: Visitor) -> None:
    start(client)
    keep(client)
    form = client.page("/account/passkeys/new").filled("/account/passkeys/new")
    for what in ("name", "remove"):
        sent = {**form, "which": ID, "name": "x"}
        assert client.post(f"/account/passkeys/{what}", data=sent).status_code == 404
