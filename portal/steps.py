"""The steps of the journey, as a list: task list, next and back are all read off it.

Each room declares its own steps in ``steps.py``; the app joins them in order. Nothing else knows
the order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from flask import current_app, g, url_for
from sqlalchemy.orm import Session

from portal.pack.eligibility import PolicyGroup
from portal.pack.text import Words
from portal.text import _


class State(Enum):
    """How far a step has come; the value is what people read."""

    NOT_STARTED = _("Not started")
    IN_PROGRESS = _("In progress")
    DONE = _("Done")
    CANNOT_START = _("Cannot start yet")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come and, when it cannot start, why in words for translating."""

    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a step looks at to tell how far it has come.

    ``known`` lets steps share what one of them read from the database during one request.
    """

    session: Session
    case: Any
    pack: Any
    today: date
    known: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the task list."""

    title: str | Words
    address: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the journey.

    :ivar group: the heading it stands under in the task list.
    :ivar endpoint: the page it starts on.
    :ivar progress: how far it has come.
    :ivar entries: its rows in the task list, where it has more than its own one.
    :ivar kinds: whose journey it belongs to: that of somebody with needs, a carer's, or both.
    :ivar offered: whether a council's pack has this step at all.
    """

    id: str
    title: str
    group: str
    endpoint: str
    progress: Callable[[Visit], Progress]
    entries: Callable[[Visit], tuple[Entry, ...]] | None = None
    offered: Callable[[Any], bool] = lambda _pack: True
    kinds: tuple[PolicyGroup, ...] = ("adult",)


def journey() -> tuple[Step, ...]:
    """Every step of the visitor's journey in order: their own as a carer, where the case is a carer's."""
    steps: tuple[Step, ...] = current_app.extensions["journey"]
    kind = g.case.kind if "case" in g else "adult"
    return tuple(step for step in steps if kind in step.kinds)


def after(step_id: str) -> str:
    """The address of the step after this one; the task list after the last."""
    steps = journey()
    place = [step.id for step in steps].index(step_id)
    return url_for(steps[place + 1].endpoint) if place + 1 < len(steps) else url_for("tasks.show")


def before(step_id: str) -> str:
    """The address of the step before this one; the task list before the first."""
    steps = journey()
    place = [step.id for step in steps].index(step_id)
    return url_for(steps[place - 1].endpoint) if place else url_for("tasks.show")
