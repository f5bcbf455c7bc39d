"""The plan in the draft national form for care needs assessments and care plans.

"Care Needs Assessments and Care Plans Standard" (PUB05, draft of 2026, standards.nhs.uk). A draft: its
names may still change. The portal keeps its own questions, and attaches the national identifiers.
"""

from __future__ import annotations

from typing import Any

from portal.document.rules.content import PlanDocument
from portal.document.rules.exports.table import direct_payments
from portal.document.rules.parts import Line, Need

CONTEXT = {
    "@vocab": "urn:pub05:care-needs-assessments-and-care-plans:draft:",
    "identifier": "@id",
}
"""What the names stand for, until the standard publishes where its own context is kept."""

_ELIGIBLE = {"likely": "Eligible", "not_likely": "Non-eligible"}
_ACTORS = {"self": "Self", "family": "Family", "community": "Community"}
_MET_BY = {"self": "Self", "carer": "Other unpaid carer", "community": "Community"}
PROFESSIONAL = "Professional services"


def care_plan_record(document: PlanDocument) -> dict[str, Any]:
    """An assessment and a plan that belong together, as JSON-LD.

    What the portal does not know (the person's number in the council's system, who the professional is)
    is left out rather than made up. Eligibility is as the person told it: the council decides.
    """
    name = f"urn:plan-my-support:{document.reference}:{document.version.number}"
    assessment, plan = f"{name}:assessment", f"{name}:plan"
    replaces = document.version.replaces
    shared = {
        "personId": document.reference,
        "dateCompleted": document.version.made_on.isoformat(),
        "review": {
            "isReview": False,
            "previousId": f"urn:plan-my-support:{document.reference}:{replaces}" if replaces else None,
        },
    }
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@type": "Assessment",
                "identifier": assessment,
                **shared,
                "planId": plan,
                "status": "completed",
                "assessmentQuestion": _questions(document),
            },
            {
                "@type": "Plan",
                "identifier": plan,
                **shared,
                "assessmentId": assessment,
                "status": "draft",
                "careComponent": [*_lines(document), *_met_otherwise(document)],
            },
        ],
    }


def _questions(document: PlanDocument) -> list[dict[str, Any]]:
    asked = [
        {
            "questionId": f"CA-{need.outcome.upper().replace('_', '-')}-01",
            "category": "Care Act outcomes",
            "questionText": need.title,
            "answer": [told for told in (need.answer, *(one.words for one in need.unable)) if told],
            "answerType": "choice",
            "required": True,
        }
        for need in document.needs
    ]
    eligible = _ELIGIBLE.get(document.standing.likely)
    if eligible is None:
        return asked
    return [
        *asked,
        {
            "questionId": "CA-ELIGIBILITY-01",
            "category": "Eligibility",
            "questionText": "Eligibility under the Care Act, as told by the person; the council decides",
            "answer": [eligible],
            "answerType": "choice",
            "required": True,
        },
    ]


def _lines(document: PlanDocument) -> list[dict[str, Any]]:
    titles = {need.outcome: need.title for need in document.needs}
    direct = direct_payments(document)
    return [
        {
            "actor": {"type": _actor(line), "name": line.who},
            "time": {
                "frequency": line.when or line.how_much,
                "start": line.starts.isoformat() if line.starts else None,
                "end": line.ends.isoformat() if line.ends else None,
            },
            "activity": {
                "description": line.what,
                "outcome": [titles.get(need, need) for need in line.needs],
                "directPayment": line.route is not None and line.route.code in direct,
            },
            "cost": {
                "weekly": f"{line.weekly:.2f}" if line.priced else None,
                "once": f"{line.one_off:.2f}" if line.priced else None,
                "currency": "GBP",
            },
        }
        for line in document.lines
    ]


def _actor(line: Line) -> str:
    return _ACTORS.get(line.kind.code if line.kind else "", PROFESSIONAL)


def _met_otherwise(document: PlanDocument) -> list[dict[str, Any]]:
    return [
        {
            "actor": {"type": _MET_BY[need.met_by]},
            "time": {"frequency": "", "start": None, "end": None},
            "activity": {
                "description": need.met_otherwise,
                "outcome": [need.title],
                "directPayment": False,
            },
        }
        for need in document.needs
        if _met(need)
    ]


def _met(need: Need) -> bool:
    return need.met_by in _MET_BY
