"""Where the person stands, and what may help before a budget. Neither is a gate."""

from __future__ import annotations

from flask import g, redirect, render_template
from werkzeug.wrappers import Response

from portal import steps
from portal.assessment.pages.sitting import FROM_CHECK, UNSAFE, Sitting, sitting
from portal.assessment.records import note_page_read
from portal.assessment.rules.eligibility import LimbStanding
from portal.assessment.rules.eligibility import standing as stands
from portal.assessment.rules.flags import flags
from portal.assessment.rules.flags_in_easy_read import wording
from portal.assessment.rules.prevention import matching
from portal.pack.eligibility import policy_on
from portal.safeguards import db, now, today
from portal.sharing.access import needs_case
from portal.words import words

NOT_NOTICED_HERE = UNSAFE | {"contradiction"}
"""What is said elsewhere: danger at once and alone, answers that do not fit beside the answers."""


@needs_case("assessment", whole=True)
def standing() -> str:
    """Where the answers stand under the rule in force, limb by limb."""
    at = sitting()
    policy = policy_on(at.pack.policies, g.case.kind, today())
    return render_template(
        "assessment/standing.html",
        standing=stands(policy, at.walk.counted, on=today()) if policy else None,
        lacking=len(at.walk.lacking()),
        flags=[flag for flag in flags(at.walk.counted) if flag.id not in NOT_NOTICED_HERE],
        wording=wording,
        answers_behind=lambda limb: _answers_behind(at, limb),
        answering_for=at.answering_for(),
        back=steps.before("standing"),
    )


@needs_case("assessment", "write", whole=True)
def go_on_from_standing() -> Response:
    """The person has seen where they stand."""
    return _go_on("standing")


@needs_case("assessment", whole=True)
def prevention() -> str:
    """Offers that fit the answers."""
    at = sitting()
    names = _outcome_names(at)
    return render_template(
        "assessment/prevention.html",
        about=at.pack.prevention.about,
        matches=[
            (match, [names[each] for each in match.outcomes if each in names])
            for match in matching(at.pack.offers, at.walk.counted)
        ],
        back=steps.before("prevention"),
    )


@needs_case("assessment", "write", whole=True)
def go_on_from_prevention() -> Response:
    """The person has seen what may help now."""
    return _go_on("prevention")


def _go_on(step: str) -> Response:
    note_page_read(db(), sitting().case_id, step, now())
    return redirect(steps.after(step), 303)


def _answers_behind(at: Sitting, limb: LimbStanding) -> list[tuple[str, str]]:
    """The answers a limb rests on, each with the address to change it."""
    questions = [at.pack.questions[name] for name in limb.rests_on if name in at.pack.questions]
    return [
        (f"/assessment/{question.id}?from={FROM_CHECK}", words().say(question.short))
        for question in questions
    ]


def _outcome_names(at: Sitting) -> dict[str, str]:
    policy = policy_on(at.pack.policies, g.case.kind, today())
    return {outcome.id: words().say(outcome.title) for outcome in policy.outcomes} if policy else {}
