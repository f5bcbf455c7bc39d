"""Two windows of one person, and what is kept of their typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.assessment.records import answers_of
from portal.sharing.records import Case
from portal.unsaved.records import Kept, kept_forms
from tests.browsing import Page, Visitor
from tests.visiting import begin


@dataclass
class Record:
    """What is stored, read past the pages."""

    app: Any

    def session(self) -> Session:
        return Session(self.app.extensions["engine"], info={**self.app.extensions["session_info"]})

    def answers(self) -> dict[str, Any]:
        with self.session() as session:
            return answers_of(session, session.execute(select(Case.id)).scalar_one())

    def cases(self) -> int:
        with self.session() as session:
            return len(session.execute(select(Case.id)).all())

    def kept(self) -> list[Kept]:
        with self.session() as session:
            return list(kept_forms(session, session.execute(select(Case.id)).scalar_one()))


@pytest.fixture
def record(app) -> Record:
    """The database of the portal."""
    return Record(app)


@pytest.fixture
def person(client: Visitor) -> Visitor:
    """Somebody who has begun, and needs help with meals."""
    begin(client)
    client.send("/assessment/answering_for", {"answering_for": "me"})
    client.send("/assessment/nutrition", {"nutrition": "lot"})
    return client


def words_of(page: Page) -> str:
    """Every word between the head and the foot of a page."""
    return " ".join(page.soup.select(".page")[0].get_text(" ").split())


def button(page: Page, words: str) -> str:
    """The address that the form of this button goes to."""
    (found,) = [one for one in page.soup.select(".page form button") if one.get_text(strip=True) == words]
    form = found.find_parent("form")
    assert form is not None
    return str(form["action"])
