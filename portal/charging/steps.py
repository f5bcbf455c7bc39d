"""Between budget and plan: what you may have to pay. Optional, and in nobody's way."""

from __future__ import annotations

from portal.assessment.steps import walk_of
from portal.charging.records import estimated, money_of
from portal.charging.rules import as_data
from portal.steps import Progress, State, Step, Visit
from portal.text import _


def _progress(visit: Visit) -> Progress:
    if walk_of(visit).lacking():
        return Progress(
            State.CANNOT_START, _("First tell us about your needs. We ask about money only then.")
        )
    money = money_of(visit.session, visit.case.id)
    if money is None:
        return Progress(State.NOT_STARTED, _("You can leave this out."))
    if money.way == "skipped":
        return Progress(State.DONE, _("You left this out. You can still do it."))
    if money.way == "open":
        return Progress(State.IN_PROGRESS, _("You can leave this out."))
    found = estimated(visit.session, visit.case.id, visit.pack, visit.today)
    if found is None or as_data(found) != money.told:
        return Progress(State.IN_PROGRESS, _("Something has changed. Look at it again, or leave it."))
    return Progress(State.DONE)


STEPS = (
    Step(
        id="charging",
        title=_("What you may have to pay"),
        group=_("Your budget"),
        endpoint="charging.start",
        progress=_progress,
        offered=lambda pack: pack.charging is not None,
    ),
)
