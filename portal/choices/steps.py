"""Step 3: who helps to plan, and how the money is managed."""

from __future__ import annotations

from typing import Any

from portal.choices.records import CHOSEN, NOT_DECIDED, read_choices
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _choices(visit: Visit) -> dict[str, dict[str, Any]]:
    if "choices" not in visit.known:
        visit.known["choices"] = read_choices(visit.session, visit.case.id)
    known: dict[str, dict[str, Any]] = visit.known["choices"]
    return known


def _planner(visit: Visit) -> Progress:
    return _progress(_choices(visit).get("planner"))


def _money(visit: Visit) -> Progress:
    return _progress(_choices(visit).get("money"))


def _progress(kept: dict[str, Any] | None) -> Progress:
    if kept is None:
        return Progress(State.NOT_STARTED)
    if kept.get(NOT_DECIDED) or not kept.get(CHOSEN):
        return Progress(State.IN_PROGRESS, _("You have not decided yet. That is fine."))
    return Progress(State.DONE)


STEPS = (
    Step(
        id="planner",
        title=_("Who helps you plan"),
        group=_("Your choices"),
        endpoint="choices.planner",
        progress=_planner,
    ),
    Step(
        id="money",
        title=_("How the money is managed"),
        group=_("Your choices"),
        endpoint="choices.money",
        progress=_money,
    ),
)
