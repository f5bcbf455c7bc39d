"""A copy taken in one portal opens in another: the same answers, choices and plan, and the same copy."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask

from tests.browsing import Page, Visitor
from tests.visiting import begin, take_assessment

# What happened stays where it happened: it is no part of what a copy brings.
HISTORY = {"audit", "document", "told_budget", "budget_override", "kept_scheme", "page_read"}
TIMES = {"answered_at", "chosen_at", "changed", "version", "id", "made_with", "way", "told"}

FORM = b'{"format": "plan-my-support/copy/1", %s}'


def copy_of(visitor: Visitor) -> dict[str, Any]:
    return json.loads(visitor.get("/account/copy").get_data(as_text=True))


def told(copy: dict[str, Any]) -> dict[str, Any]:
    """What a copy tells of the person, without the moments and the names of rows."""
    tables = {name: rows for name, rows in copy.items() if isinstance(rows, list) and name not in HISTORY}

    def plainly(row: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in row.items() if key not in TIMES}
        # What was ticked comes back in the order in which the council offers it.
        ticked = isinstance(row.get("value"), list) and all(isinstance(one, str) for one in row["value"])
        return kept | ({"value": sorted(row["value"])} if ticked else {})

    return {name: sorted(map(plainly, rows), key=str) for name, rows in tables.items()}


def bring(visitor: Visitor, body: bytes, **more: str) -> Page:
    shown = visitor.page("/account/open-copy")
    fields = {
        **shown.filled("/account/open-copy"),
        **more,
        "copy": (io.BytesIO(body), "plan-my-support.json"),
    }
    return Page(
        visitor.post(
            "/account/open-copy", data=fields, content_type="multipart/form-data", follow_redirects=True
        )
    )


def another(app: Flask) -> Visitor:
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
    begin(visitor)
    return visitor


@pytest.fixture
def planned(app: Flask, client: Visitor) -> Visitor:
    """Somebody of the demonstration whose plan is ready."""
    sample = next(one for one in app.extensions["pack"].samples if one.stage == "plan_ready")
    client.send("/", to=f"/demo/{sample.id}")
    return client


def test_a_plan_opens_elsewhere_as_it_was(app: Flask, planned: Visitor) -> None:
    first = copy_of(planned)
    other = another(app)
    page = bring(other, json.dumps(first).encode())
    assert page.heading == "Your copy is open"
    assert "left out" not in page.words
    assert told(copy_of(other)) == told(first)
    assert len(told(first)["plan_line"]) > 1 and len(told(first)["answer"]) > 10
    assert copy_of(other)["reference"] != first["reference"]


def test_every_kind_of_answer_comes_along(app: Flask, client: Visitor) -> None:
    take_assessment(client)
    first = copy_of(client)
    other = another(app)
    bring(other, json.dumps(first).encode())
    assert told(copy_of(other))["answer"] == told(first)["answer"]


def test_it_asks_before_it_replaces(app: Flask, planned: Visitor) -> None:
    body = json.dumps(copy_of(planned)).encode()
    other = another(app)
    other.send("/assessment/answering_for", {"answering_for": "together"})
    page = bring(other, body)
    assert page.status == 422
    assert page.errors == ["Tick the box if the copy may replace what is here"]
    assert len(copy_of(other)["answer"]) == 1
    assert bring(other, body, replace="yes").heading == "Your copy is open"
    assert len(copy_of(other)["answer"]) > 10


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": "plan-my-support/copy/99"}',
        FORM % b'"answer": [{"question": 7, "value": "x"}]',
        FORM % b'"plan_line": [{"place": 1, "kind": "gold", "what": "x"}]',
        FORM % b'"plan_line": [{"place": 1, "kind": "sum", "what": "x", "price": "NaN"}]',
    ],
    ids=["empty", "broken", "list", "bytes", "deep", "newer", "number", "kind", "nan"],
)
def test_what_is_no_copy_changes_nothing(client: Visitor, body: bytes) -> None:
    begin(client)
    page = bring(client, body)
    assert page.status == 422
    assert page.errors == ["We cannot open this file. Choose plan-my-support.json, or the PDF of a plan"]


def test_what_the_council_does_not_know_is_left_out(app: Flask, client: Visitor) -> None:
    begin(client)
    strange = {
        "format": "plan-my-support/copy/1",
        "answer": [
            {"question": "no_such_question", "value": "x"},
            {"question": "answering_for", "value": "a king"},
            {"question": "nutrition", "value": {"deep": ["er"]}},
            {"question": "answering_for", "value": "me"},
        ],
        "choice": [{"topic": "planner", "value": {"chosen": ["nobody"], "names": {"nobody": "x"}}}],
        "plan_line": [
            {
                "place": 1,
                "kind": "sum",
                "what": "<b>A\u0000 bath</b>",
                "route": "pirates",
                "id": "../../x",
                "case_id": "y",
            }
        ],
    }
    page = bring(client, json.dumps(strange).encode())
    assert "3 answers were left out" in page.words
    copy = copy_of(client)
    assert [(row["question"], row["value"]) for row in copy["answer"]] == [("answering_for", "me")]
    assert copy["choice"][0]["value"] == {"chosen": []}
    (line,) = copy["plan_line"]
    assert (line["what"], line["route"]) == ("<b>A bath</b>", None)
    assert line["id"] != "../../x"


def test_a_file_too_large_is_refused(client: Visitor) -> None:
    begin(client)
    assert bring(client, b" " * 300 * 1024).status == 422
