"""Choosing who helps to plan, and how the money is managed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.choices.records import Choice, read_choices
from tests.browsing import Page, Visitor


@pytest.fixture
def visitor(client: Visitor) -> Visitor:
    """Somebody who has begun."""
    client.send("/", to="/start")
    return client


def kept(app: Flask, topic: str) -> dict[str, Any]:
    """What is kept of a choice."""
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        case_id = session.execute(select(Choice.case_id).where(Choice.topic == topic)).scalar_one()
        return read_choices(session, case_id)[topic]


def status_of(tasks: Page, title: str) -> str:
    """How far a step has come, on the task list."""
    entry = next(entry for entry in tasks.soup.select(".tasks li") if title in entry.get_text())
    return entry.select(".status")[0].get_text().strip()


def test_price_wait_independence_afterwards_and_evidence_are_there_for_each(
    app: Flask, visitor: Visitor
) -> None:
    page = visitor.page("/choices/planner")
    for planner in app.extensions["pack"].planners:
        for words in (planner.name, planner.about, planner.independence_words, planner.afterwards):
            assert words.text in page.words
        for found in planner.evidence:
            assert found.says.text in page.words
    assert len(page.soup.select("#compare ~ .scroll tbody tr")) == len(app.extensions["pack"].planners)


def test_several_planners_are_kept_and_shown_again(app: Flask, visitor: Visitor) -> None:
    visitor.send("/choices/planner", {"chosen": ["family", "council_worker"]})
    assert kept(app, "planner") == {"chosen": ["family", "council_worker"]}
    assert visitor.page("/choices/planner").filled()["chosen"] == ["family", "council_worker"]


def test_who_it_is_may_be_said_or_left_out(app: Flask, visitor: Visitor) -> None:
    who = visitor.send("/choices/planner", {"chosen": ["family", "broker"]})
    assert who.heading == "Who is it?"
    onward = visitor.send(who, {"name_family": "My sister Ruth"})
    assert onward.address == "/choices/money"
    assert kept(app, "planner")["names"] == {"family": "My sister Ruth"}
    visitor.send("/choices/planner", {"chosen": ["broker"]})
    assert "names" not in kept(app, "planner")


def test_planning_alone_earns_a_kind_word_and_is_no_gate(app: Flask, visitor: Visitor) -> None:
    page = visitor.send("/choices/planner", {"chosen": ["self"]})
    assert page.heading == "Would you like somebody beside you?"
    warning = next(one.warning for one in app.extensions["pack"].planners if one.kind == "self")
    assert warning.text in page.words
    assert kept(app, "planner") == {"chosen": ["self"]}
    onward = page.soup.select("main a.button")[-1]
    assert onward["href"] == "/choices/money"


def test_with_somebody_beside_oneself_there_is_no_warning(visitor: Visitor) -> None:
    page = visitor.send("/choices/planner", {"chosen": ["self", "council_worker"]})
    assert page.address == "/choices/money"
    assert visitor.page("/choices/planner/alone").address == "/choices/planner"


def test_not_having_decided_is_an_answer(app: Flask, visitor: Visitor) -> None:
    visitor.send("/choices/planner", {"chosen": ["not_decided"]})
    assert kept(app, "planner") == {"chosen": [], "not_decided": True}
    tasks = visitor.page("/tasks")
    assert status_of(tasks, "Who helps you plan") == "In progress"
    assert "You have not decided yet. That is fine." in tasks.words


@pytest.mark.parametrize("address", ["/choices/planner", "/choices/money"])
def test_choosing_nothing_says_what_to_do(address: str, visitor: Visitor) -> None:
    page = visitor.send(address, {"chosen": None})
    assert page.status == 422
    assert page.words.count("Choose at least one, or “I have not decided yet”") == 2


def test_not_decided_stands_alone_and_what_was_ticked_stays(visitor: Visitor) -> None:
    page = visitor.send("/choices/money", {"chosen": ["council", "not_decided"]})
    assert page.status == 422
    assert page.filled()["chosen"] == ["council", "not_decided"]


def test_something_that_is_not_offered_is_refused(visitor: Visitor) -> None:
    assert visitor.send("/choices/planner", {"chosen": ["wizard"]}).status == 422


def test_each_route_is_a_sentence_with_its_duties(app: Flask, visitor: Visitor) -> None:
    page = visitor.page("/choices/money")
    for route in app.extensions["pack"].money_routes:
        assert page.words.count(route.means.text) >= 1
        for duty in (*route.you_do, *route.others_do):
            assert duty.text in page.words


def test_routes_may_be_mixed(app: Flask, visitor: Visitor) -> None:
    visitor.send("/choices/money", {"chosen": ["council", "isf"]})
    assert kept(app, "money") == {"chosen": ["council", "isf"]}
    assert status_of(visitor.page("/tasks"), "How the money is managed") == "Done"


def test_a_bank_account_is_always_offered_where_a_card_is(app: Flask, visitor: Visitor) -> None:
    page = visitor.send("/choices/money", {"chosen": ["direct_payment"]})
    assert page.address == "/choices/money/paid"
    offered = [str(way["value"]) for way in page.soup.select('input[name="paid"]')]
    assert "bank_account" in offered
    assert visitor.send(page, {}).status == 422
    onward = visitor.send(page, {"paid": "bank_account"})
    assert onward.address == "/plan"
    assert kept(app, "money")["paid"] == {"direct_payment": "bank_account"}


def test_where_it_is_paid_is_not_asked_without_a_direct_payment(visitor: Visitor) -> None:
    visitor.send("/choices/money", {"chosen": ["council"]})
    assert visitor.page("/choices/money/paid").address == "/plan"


def test_somebody_without_a_case_is_sent_to_the_start(client: Visitor) -> None:
    for address in ("/choices/planner", "/choices/money", "/plan", "/plan/backup"):
        assert client.page(address).address == "/"


def test_whole_pounds_from_to_are_told_without_pence(client: Visitor) -> None:
    client.send("/", to="/start")
    words = client.page("/choices/planner").words
    assert "£54 to £126 for a plan" in words
    assert ".00" not in words
