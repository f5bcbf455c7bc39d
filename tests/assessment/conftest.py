"""A visitor who has begun, and short ways to answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.records import keep_answer
from portal.sharing.records import Case
from tests.browsing import Page, Visitor


class Person:
    """Somebody who has pressed "Start now"."""

    def __init__(self, client: Visitor) -> None:
        self.client = client
        client.send(client.page("/"), to="/start")

    def page(self, address: str) -> Page:
        return self.client.page(address)

    def says(self, question: str, answer: Any = None, *, way: str = "", **boxes: Any) -> Page:
        """Answer one question; ``boxes`` are the fields of a page that has several."""
        fields = {f"{question}-{name}": value for name, value in boxes.items()}
        if answer is not None:
            fields[question] = answer
        return self.client.send(f"/assessment/{question}{way}", fields)

    def answers(self, **answers: Any) -> Page:
        """Answer questions one after the other."""
        page = self.page("/tasks")
        for question, answer in answers.items():
            page = self.says(question, answer)
        return page

    def said(self, **kept: Any) -> None:
        """Answers of an earlier visit, as they are kept."""
        app = self.client.application
        at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC).replace(tzinfo=None)
        with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
            case = session.execute(select(Case.id)).scalar_one()
            for question, answer in kept.items():
                keep_answer(session, case, question, answer, at)
            session.commit()


@pytest.fixture
def person(client: Visitor) -> Person:
    """Somebody who has begun."""
    return Person(client)


OUTCOMES = (
    "nutrition",
    "hygiene",
    "toilet",
    "clothing",
    "home_safety",
    "home_upkeep",
    "relationships",
    "work_learning",
    "community",
)

FIRST = {
    "answering_for": "me",
    "communication": ["none"],
    "wish_self_assessment": "yes",
    "willing_able": "yes",
    "advocacy": ["none"],
    "safe": ["none"],
    "urgent": "wait",
    "impairment": "yes",
    "deafblind": "no",
}


@pytest.fixture
def few_needs(person: Person) -> Person:
    """Somebody who has answered everything and manages all of it alone."""
    person.said(**FIRST, **dict.fromkeys(OUTCOMES, "alone"), caring_for_child="not_applicable")
    person.said(wellbeing=["none"], wellbeing_impact="none", changes="steady", help_with=["none"])
    return person
