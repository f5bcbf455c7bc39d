"""The plan in the draft national form for care needs assessments and care plans.

"Care Needs Assessments and Care Plans Standard" (PUB05, draft of 2026, socialcaredata.github.io), names and
codes as in its data model, version 1.0.0. A draft: its names may still change. The portal keeps its own
questions, and attaches the national identifiers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from portal.document.rules.content import PlanDocument
from portal.document.rules.exports.table import direct_payments
from portal.document.rules.parts import Line, Need
from portal.pack.questions import Outcome

OWN = "urn:plan-my-support:"
"""Begins every name of our own, for what the standard has no place for."""
CONTEXT = [
    "https://socialcaredata.github.io/assets/model/assessments-and-plans/context.jsonld",
    {name: OWN + name for name in ("actorName", "alsoOutcome", "cost", "weekly", "once", "currency")},
]
"""What the names stand for: as the standard publishes it, and what is our own."""

NATIONAL: Mapping[Outcome, tuple[str, str]] = {
    "nutrition": ("CA-NUTRITION", "CA.nutrition"),
    "hygiene": ("CA-HYGIENE", "CA.hygiene"),
    "toilet": ("CA-TOILET", "CA.toilet"),
    "clothing": ("CA-CLOTHING", "CA.clothing"),
    "home_safety": ("CA-HOMESAFETY", "CA.homeSafety"),
    "home_upkeep": ("CA-HABITABLEHOME", "CA.habitableHome"),
    "relationships": ("CA-RELATIONSHIPS", "CA.maintainingRelationships"),
    "work_learning": ("CA-WTEV", "CA.WTEV"),
    "community": ("CA-COMMUNITY", "CA.communityServices"),
    "caring_for_child": ("CA-CARINGOTHERS", "CA.responsibilityForOthers"),
}
"""The national code and the category of each outcome. Its question has the code with ``-01`` after it."""

_ELIGIBLE = {"likely": "Eligible needs identified", "not_likely": "Non-eligible needs identified"}
_ACTORS = {"self": "Self", "family": "Family", "community": "Community"}
_MET_BY = {"self": "Self", "carer": "Other unpaid carer", "community": "Community"}
PROFESSIONAL = "Professional services"


def care_plan_record(document: PlanDocument) -> dict[str, Any]:
    """An assessment and a plan that belong together, as JSON-LD.

    What the portal does not know is left out rather than made up, although the standard asks for it: who
    the professional is, capacity, an advocate, consent to share, the number of a person or a service in
    another system. Eligibility is as the person told it: the council decides.
    """
    name = f"{document.reference}/{document.version.number}"
    assessment, plan = f"{OWN}{name}/assessment", f"{OWN}{name}/plan"
    replaces = document.version.replaces
    shared = {
        "personId": _identifier("reference", document.reference),
        "dateCompleted": _moment(document.version.made_on),
    }
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": assessment,
                "@type": "CareNeedsAssessment",
                "identifier": _identifier("assessment", name),
                **shared,
                "review": [_review("assessment", document.reference, replaces)],
                "planId": _identifier("plan", name),
                "status": "completed",
                "assessmentQuestion": [*map(_question, document.needs), *_eligibility(document)],
            },
            {
                "@id": plan,
                "@type": "CarePlan",
                "identifier": _identifier("plan", name),
                **shared,
                "review": [_review("plan", document.reference, replaces)],
                "assessmentId": _identifier("assessment", name),
                "status": "draft",
                "careComponent": [*_lines(document), *map(_met_otherwise, filter(_met, document.needs))],
            },
        ],
    }


def _identifier(system: str, value: str) -> dict[str, str]:
    return {"@type": "Identifier", "value": value, "system": OWN + system}


def _review(system: str, reference: str, replaces: int | None) -> dict[str, Any]:
    """That this is no review, and which version it replaces."""
    before = [_identifier(system, f"{reference}/{replaces}")] if replaces else []
    return {"@type": "Review", "isReview": False, **({"previousId": before} if before else {})}


def _question(need: Need) -> dict[str, Any]:
    code, category = NATIONAL[need.outcome]
    told = [one for one in (need.answer, *(way.words for way in need.unable)) if one]
    return _asked(f"{code}-01", category, need.title, told or ["Not answered"], "String")


def _eligibility(document: PlanDocument) -> Iterable[dict[str, Any]]:
    eligible = _ELIGIBLE.get(document.standing.likely)
    if eligible is not None:
        text = "Eligibility under the Care Act, as told by the person; the council decides"
        yield _asked("CA-ELIGIBILITY-01", "Eligibility", text, [eligible], "Enum")


def _asked(question_id: str, category: str, text: str, answer: list[str], kind: str) -> dict[str, Any]:
    return {
        "@type": "AssessmentQuestion",
        "questionId": question_id,
        "category": category,
        "questionText": text,
        "answer": answer,
        "answerType": kind,
        "required": True,
    }


def _lines(document: PlanDocument) -> Iterable[dict[str, Any]]:
    direct = direct_payments(document)
    for line in document.lines:
        paid = line.route is not None and line.route.code in direct
        component = _component(_actor(line), line.what, line.needs, line.when or line.how_much, paid=paid)
        component["actor"][0] |= {"actorName": line.who} if line.who else {}
        component["time"] |= {
            name: _moment(day)
            for name, day in (("startDateTime", line.starts), ("endDateTime", line.ends))
            if day is not None
        }
        if line.priced:
            amounts = {"weekly": f"{line.weekly:.2f}", "once": f"{line.one_off:.2f}"}
            component["cost"] = {**amounts, "currency": "GBP"}
        yield component


def _component(actor: str, what: str, needs: tuple[Outcome, ...], when: str, *, paid: bool) -> dict[str, Any]:
    """Who does what and when. The standard has room for one outcome; more stand beside it."""
    first, *also = [NATIONAL[need][0] for need in needs] or [""]
    return {
        "@type": "CareComponent",
        "actor": [{"@type": "CareActor", "actorType": actor}],
        "time": {"@type": "CareTiming", "frequency": when or "Not said"},
        "activity": {
            "@type": "CareActivity",
            "activityDescription": what,
            **({"outcome": first} if first else {}),
            **({"alsoOutcome": also} if also else {}),
            "directPayment": paid,
        },
    }


def _actor(line: Line) -> str:
    return _ACTORS.get(line.kind.code if line.kind else "", PROFESSIONAL)


def _met_otherwise(need: Need) -> dict[str, Any]:
    return _component(_MET_BY[need.met_by], need.met_otherwise, (need.outcome,), "", paid=False)


def _met(need: Need) -> bool:
    return need.met_by in _MET_BY


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
