"""The steps of the assessment: its questions section by section, where the person stands, what may help."""

from __future__ import annotations

from flask import url_for

from portal.assessment.records import answers_of, pages_read
from portal.questions.path import Stage, Walk, walk
from portal.steps import Entry, Progress, State, Step, Visit
from portal.text import _

GROUP = _("Tell us about you")
STATES = {
    Stage.NOT_STARTED: State.NOT_STARTED,
    Stage.IN_PROGRESS: State.IN_PROGRESS,
    Stage.DONE: State.DONE,
}
FIRST_ANSWER = _("Answer the questions first.")


def walk_of(visit: Visit) -> Walk:
    """The path through the questions for the visit's case; read once in a request."""
    known: Walk | None = visit.known.get("walk")
    if known is None:
        known = visit.known["walk"] = walk(visit.pack, answers_of(visit.session, visit.case.id))
    return known


def _read(visit: Visit) -> frozenset[str]:
    known: frozenset[str] | None = visit.known.get("pages_read")
    if known is None:
        known = visit.known["pages_read"] = pages_read(visit.session, visit.case.id)
    return known


def _assessment(visit: Visit) -> Progress:
    path = walk_of(visit)
    if not path.counted:
        return Progress(State.NOT_STARTED)
    return Progress(State.IN_PROGRESS if path.lacking() else State.DONE)


def _sections(visit: Visit) -> tuple[Entry, ...]:
    # Questions that may be left out are done with once the person has said that the answers are right.
    checked = "check" in _read(visit)
    entries = []
    for part in walk_of(visit).progress():
        first = part.first_open or part.section.questions[0]
        on = url_for("assessment.show", question_id=first.id)
        state = State.DONE if checked and part.complete else STATES[part.stage]
        entries.append(Entry(part.section.title, on, Progress(state)))
    return (
        *entries,
        Entry(_("Check your answers"), url_for("assessment.check"), _after_questions(visit, "check")),
    )


def _after_questions(visit: Visit, page: str) -> Progress:
    if walk_of(visit).lacking():
        return Progress(State.CANNOT_START, FIRST_ANSWER)
    return Progress(State.DONE if page in _read(visit) else State.NOT_STARTED)


STEPS = (
    Step(
        id="assessment",
        title=_("Your assessment"),
        group=GROUP,
        endpoint="assessment.go_on",
        progress=_assessment,
        entries=_sections,
        kinds=("adult", "carer"),
    ),
    Step(
        id="standing",
        title=_("Where you stand"),
        group=_("See where you stand"),
        endpoint="assessment.standing",
        progress=lambda visit: _after_questions(visit, "standing"),
        kinds=("adult", "carer"),
    ),
    Step(
        id="prevention",
        title=_("What may help you now"),
        group=_("See where you stand"),
        endpoint="assessment.prevention",
        progress=lambda visit: _after_questions(visit, "prevention"),
        kinds=("adult", "carer"),
    ),
)
