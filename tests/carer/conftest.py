"""A person and their carer, each in a browser of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.records import keep_answer
from portal.database import WRITES
from portal.sharing.records import Case
from tests.browsing import Page, Visitor
from tests.visiting import answer_on

PERSON_TYPED = "Larkspur soup on Sundays."
CARER_TYPED = "My hidden heron wish."
ANSWERS: dict[str, Any] = {
    "carer_for": {"relation": "partner", "they_are": "adult", "you_are": "adult"},
    "communication": ["none"],
    "advocacy": ["none"],
    "safe": ["none"],
    "urgent": "wait",
    "carer_does": ["food", "washing"],
    "carer_hours": "90",
    "carer_nights": "most",
    "carer_necessary": "yes",
    "carer_willing": "less",
    "carer_less": ["washing"],
    "carer_able": "less",
    "carer_how_long": "months",
    "carer_stop": ["health"],
    "carer_emergency": "nobody",
    **{f"carer_{name}": "alone" for name in ("home", "food", "people", "work", "places", "fun")},
    "carer_child": "not_applicable",
    "carer_others": "not_applicable",
    "carer_health": "yes",
    "wellbeing": ["health"],
    "carer_impact": "significant",
    "carer_wants": CARER_TYPED,
    "carer_work_wish": "does_not",
    "carer_learning_wish": ["rest"],
    "carer_break_wish": "regular",
    "carer_combine": "apart",
}


def browser(app: Flask) -> Visitor:
    """A browser that nobody has used yet."""
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    visitor.environ_base["HTTP_REFERER"] = "https://localhost/"
    return visitor


def begin_as_carer(visitor: Visitor) -> Page:
    """From the start page to the carer's own list of steps."""
    assert "/carer/start" in visitor.page("/").links
    return visitor.send("/carer/start", to="/carer/start")


def answer_all(visitor: Visitor, typed: str = CARER_TYPED) -> list[Page]:
    """Answer every question that a carer is asked; the pages seen, up to check-your-answers."""
    tasks = begin_as_carer(visitor)
    first = next(link for link in tasks.links if link.startswith("/assessment"))
    return answer_on(visitor, visitor.page(first), ("/assessment/check",), typed)


def said(app: Flask, answers: dict[str, Any]) -> None:
    """Answers of an earlier visit, as they are kept, of the only carer there is."""
    engine = app.extensions["engine"].execution_options(**{WRITES: True})
    with Session(engine, info={**app.extensions["session_info"]}) as session, session.begin():
        case_id = session.execute(select(Case.id).where(Case.kind == "carer")).scalar_one()
        for question, answer in answers.items():
            keep_answer(session, case_id, question, answer, datetime(2026, 11, 20, 9, 30))  # noqa: DTZ001


class Two:
    """Two people whose records are linked, each with the address of the link in their own."""

    def __init__(self, one: Visitor, other: Visitor) -> None:
        self.one, self.other = one, other
        made = one.send("/together/new", {"called": "my Tom"})
        self.code = made.soup.select_one(".figure bdi").get_text()  # type: ignore[union-attr]
        self.link = made.address
        entered = other.send("/together/enter", {"code": self.code.lower(), "called": "my Peggy"})
        assert entered.address == self.link

    def agree(self, who: Visitor, what: str, **fields: Any) -> Page:
        """Say yes to showing something."""
        return who.send(f"{self.link}/agree/{what}", {"basis": "self", **fields})

    def withdraw(self, who: Visitor, what: str) -> Page:
        """Take a yes back."""
        return who.send(self.link, to=f"{self.link}/withdraw/{what}")


@pytest.fixture
def person(app: Flask) -> Visitor:
    """Somebody with needs, with a finished assessment: Margaret of the demonstration."""
    visitor = browser(app)
    visitor.send("/", to="/demo/margaret")
    return visitor


@pytest.fixture
def carer(app: Flask) -> Visitor:
    """Somebody who has answered the carers' questions."""
    visitor = browser(app)
    begin_as_carer(visitor)
    said(app, ANSWERS)
    return visitor


@pytest.fixture
def two(person: Visitor, carer: Visitor) -> Two:
    """Both, linked."""
    return Two(person, carer)
