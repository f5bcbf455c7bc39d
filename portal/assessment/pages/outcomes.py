"""The outcomes alone: the needs that are likely eligible, and what matters about each in the person's words.

It is what a planner is given who is given nothing else: enough to plan with, and no answer beside it.
"""

from __future__ import annotations

from flask import g, render_template

from portal.assessment.pages.sitting import sitting
from portal.assessment.rules.eligibility import standing as stands
from portal.pack.eligibility import policy_on
from portal.pack.values import UNKNOWN
from portal.safeguards import today
from portal.sharing.access import needs_case
from portal.sharing.private import hidden, keeps_private
from portal.text import _
from portal.words import translate, words


@needs_case("outcomes")
def outcomes() -> str:
    """Each likely eligible need, and what matters about it."""
    at = sitting()
    policy = policy_on(at.pack.policies, g.case.kind, today())
    eligible = stands(policy, at.walk.counted, on=today()).eligible_needs if policy else ()
    names = [outcome for outcome in eligible if f"answer {outcome}" not in hidden()]
    return render_template(
        "assessment/outcomes.html",
        lacking=len(at.walk.lacking()),
        rows=[{"key": _title(outcome), "value": _matters(outcome)} for outcome in names],
        some_private=len(names) < len(eligible),
    )


def _title(outcome: str) -> str:
    question = sitting().pack.questions.get(outcome)
    return words().say(question.short) if question else outcome


def _matters(outcome: str) -> str:
    """What the person wrote about it; that it is private, where it is; empty when they wrote nothing."""
    name = f"{outcome}_matters"
    if f"answer {name}" in hidden():
        return translate(_("%(name)s keeps this private"), name=keeps_private())
    said = sitting().walk.counted.get(name)
    return said if isinstance(said, str) and said not in UNKNOWN else translate(_("Nothing written yet"))
