"""Somebody who has answered the questions about their needs, and is about to plan."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit import AuditEntry
from portal.catalogue.commands import fill_demonstration
from portal.database import WRITES
from portal.plan.records import read_lines, read_setbacks
from portal.plan.rules.left import Setback
from portal.plan.rules.lines import Line
from portal.sharing.records import Case
from tests.browsing import Visitor


def sample_at(app: Flask, stage: str) -> str:
    """A sample of the pack that has come so far."""
    return next(sample.id for sample in app.extensions["pack"].samples if sample.stage == stage)


@pytest.fixture
def planner(app: Flask, client: Visitor) -> Visitor:
    """A visitor whose needs are known and whose plan is empty."""
    client.send("/", to=f"/demo/{sample_at(app, 'assessment_done')}")
    return client


class Kept:
    """What is kept of the only case there is, read anew each time."""

    def __init__(self, app: Flask) -> None:
        self._engine = app.extensions["engine"]
        self._info = app.extensions["session_info"]

    def lines(self) -> tuple[Line, ...]:
        """The lines of the plan."""
        with Session(self._engine, info={**self._info}) as session:
            return read_lines(session, self._case(session))

    def setbacks(self) -> tuple[Setback, ...]:
        """What could go wrong."""
        with Session(self._engine, info={**self._info}) as session:
            return read_setbacks(session, self._case(session))

    def trail(self, subject: str) -> list[str]:
        """What was done to something, in order."""
        with Session(self._engine, info={**self._info}) as session:
            entries = (
                select(AuditEntry.action).where(AuditEntry.subject == subject).order_by(AuditEntry.place)
            )
            return list(session.execute(entries).scalars())

    def _case(self, session: Session) -> str:
        return session.execute(select(Case.id)).scalar_one()


@pytest.fixture
def kept(app: Flask) -> Kept:
    """What is kept of the visitor's case."""
    return Kept(app)


@pytest.fixture
def services(app: Flask) -> None:
    """The invented services of the demonstration's pack, in the catalogue."""
    pack, folder = app.extensions["pack"], app.extensions["settings"].pack_folder
    with (
        Session(app.extensions["engine"].execution_options(**{WRITES: True})) as session,
        session.begin(),
    ):
        fill_demonstration(session, folder, pack.catalogue, datetime.now(UTC).date())
