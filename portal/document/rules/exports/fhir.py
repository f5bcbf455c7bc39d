"""The plan as a FHIR R4 bundle (version 4.0.1, base specification).

Patient is the person, CarePlan the plan, Goal a need with what the person wants, ServiceRequest a line
of support, RelatedPerson whoever helps, Organization the council. What R4 has no place for (money, the
eligibility that the person told) stands in extensions with names of our own, told in ``docs/exports.md``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Budget, Helper, Line, Need, Said

OWN = "urn:plan-my-support:"
"""Begins every name of our own."""

Resource = dict[str, Any]
_WEEKDAYS = {
    day: day[:3] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
_WHEN = {"morning": "MORN", "midday": "NOON", "afternoon": "AFT", "evening": "EVE", "night": "NIGHT"}
"""Parts of the day, in the codes of EventTiming."""


def fhir_bundle(document: PlanDocument) -> Resource:
    """The whole plan as one bundle, type ``collection``. The same plan gives the same bundle."""
    return _Bundle(document).made()


class _Bundle:
    def __init__(self, document: PlanDocument) -> None:
        self.document = document
        self.patient = self._name("patient")
        self.council = self._name("council")
        self.goals = {need.outcome: self._name(f"goal {need.outcome}") for need in document.needs}

    def made(self) -> Resource:
        resources = [
            (self.patient, self._patient()),
            (self.council, self._organization()),
            *self._related(),
            *((self.goals[need.outcome], self._goal(need)) for need in self.document.needs),
        ]
        requests = [
            (self._name(f"line {place}"), self._request(line))
            for place, line in enumerate(self.document.lines)
        ]
        plan = (self._name("plan"), self._care_plan([name for name, _request in requests]))
        return {
            "resourceType": "Bundle",
            "type": "collection",
            "identifier": {"system": OWN + "version", "value": self._version()},
            "timestamp": f"{self.document.version.made_on.isoformat()}T00:00:00Z",
            "entry": [
                {"fullUrl": name, "resource": _without_nothing(resource)}
                for name, resource in (*resources, *requests, plan)
            ],
        }

    def _version(self) -> str:
        return f"{self.document.reference}/{self.document.version.number}"

    def _name(self, what: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{OWN}{self._version()}/{what}").urn

    def _patient(self) -> Resource:
        person = self.document.person
        names = [{"use": "official", "text": person.name}] if person.name else []
        if person.preferred_name:
            names.append({"use": "usual", "text": person.preferred_name})
        return {
            "resourceType": "Patient",
            "identifier": [{"system": OWN + "reference", "value": self.document.reference}],
            "name": names,
            "birthDate": person.born.isoformat() if person.born else None,
            "communication": [{"language": _words(told)} for told in self.document.communication],
        }

    def _organization(self) -> Resource:
        council = self.document.council
        reached = (("phone", council.phone), ("email", council.email))
        return {
            "resourceType": "Organization",
            "name": council.name,
            "telecom": [{"system": system, "value": value} for system, value in reached if value],
            "address": [{"text": ", ".join(council.address)}] if council.address else [],
        }

    def _related(self) -> Iterator[tuple[str, Resource]]:
        for kind in ("helpers", "carers"):
            people: tuple[Helper, ...] = getattr(self.document, kind)
            for place, one in enumerate(people):
                yield (
                    self._name(f"{kind} {place}"),
                    {
                        "resourceType": "RelatedPerson",
                        "patient": {"reference": self.patient},
                        "relationship": [_words(one.relation)] if one.relation else [],
                        "name": [{"text": one.name}] if one.name else [],
                        "extension": [_extension("helps-with", valueString=one.how)] if one.how else [],
                    },
                )

    def _goal(self, need: Need) -> Resource:
        told = (need.answer, *(one.words for one in need.unable), need.own_words, need.met_otherwise)
        return {
            "resourceType": "Goal",
            "lifecycleStatus": "proposed",
            "category": [
                {"coding": [{"system": OWN + "outcome", "code": need.outcome, "display": need.title}]}
            ],
            "description": {"text": need.wanted or need.title},
            "subject": {"reference": self.patient},
            "note": _notes(told),
            "extension": [_extension("eligible", valueCode=need.eligible.replace("_", "-"))],
        }

    def _request(self, line: Line) -> Resource:
        period = {"start": _day(line.starts), "end": _day(line.ends)}
        days = [_WEEKDAYS[one.code] for one in line.days if one.code in _WEEKDAYS]
        parts = [_WHEN[one.code] for one in line.parts if one.code in _WHEN]
        repeat = {
            "boundsPeriod": period if any(period.values()) else None,
            "frequency": 1 if days else None,
            "period": 1 if days else None,
            "periodUnit": "wk" if days else None,
            "dayOfWeek": days,
            "when": parts,
        }
        return {
            "resourceType": "ServiceRequest",
            "status": "draft",
            "intent": "plan",
            "category": [_words(line.kind.words, "kind", line.kind.code)] if line.kind else [],
            "code": {"text": line.what},
            "subject": {"reference": self.patient},
            "occurrenceTiming": {"repeat": repeat, "code": _words(line.when) if line.when else None},
            "performer": [{"display": line.who}] if line.who else [],
            "supportingInfo": [{"reference": self.goals[need]} for need in line.needs if need in self.goals],
            "note": _notes((line.how_much,)),
            "extension": [*self._costs(line), *self._route(line)],
        }

    def _costs(self, line: Line) -> Iterator[Resource]:
        if line.priced:
            yield _money("weekly-cost", line.weekly)
            yield _money("one-off-cost", line.one_off)

    def _route(self, line: Line) -> Iterator[Resource]:
        if line.route is not None:
            yield _routed(line.route)

    def _care_plan(self, requests: Iterable[str]) -> Resource:
        plan = self.document
        backup = [" ".join(filter(None, (one.what, one.signs, one.then, one.call))) for one in plan.setbacks]
        return {
            "resourceType": "CarePlan",
            "identifier": [{"system": OWN + "version", "value": self._version()}],
            "status": "draft",
            "intent": "plan",
            "category": [_words("Care and support plan, Care Act 2014, section 25")],
            "title": f"Support plan {plan.reference}, version {plan.version.number}",
            "language": plan.language,
            "subject": {"reference": self.patient},
            "created": plan.version.made_on.isoformat(),
            "author": {"reference": self.patient},
            "contributor": [{"reference": self.council}],
            "goal": [{"reference": name} for name in self.goals.values()],
            "activity": [{"reference": {"reference": name}} for name in requests],
            "note": _notes((plan.important, plan.over_reason, *backup, plan.review)),
            "extension": [*self._totals(), *self._disagreements()],
        }

    def _totals(self) -> Iterator[Resource]:
        plan = self.document
        yield _money("weekly-cost", plan.weekly)
        yield _money("one-off-cost", plan.one_off)
        yield _money("weekly-from-budget", plan.weekly_from_budget)
        if plan.budget.state == "amount":
            yield _money("indicative-budget", plan.budget.weekly)
            yield from _spread(plan.budget)
        if plan.statement is not None:
            yield _money("personal-budget-cost", plan.statement.cost)
            yield _money("person-pays", plan.statement.person)
            yield _money("council-pays", plan.statement.council)
        for route in plan.routes:
            amounts = [_money("weekly-cost", route.weekly), _money("one-off-cost", route.one_off)]
            named = _extension(
                "route", valueCodeableConcept=_words(route.route.words, "route", route.route.code)
            )
            yield {"url": f"{OWN}route-total", "extension": [named, *amounts]}
        if plan.review_by is not None:
            yield _extension("review-by", valueDate=plan.review_by.isoformat())

    def _disagreements(self) -> Iterator[Resource]:
        for one in self.document.disagreements:
            told = ": ".join(filter(None, (one.about, one.instead, one.amount, one.why)))
            yield _extension("disagreement", valueString=told)


def _money(name: str, amount: Decimal) -> Resource:
    # Pounds and pence come back from a float as they went in.
    return _extension(name, valueMoney={"value": float(amount), "currency": "GBP"})


def _extension(name: str, **value: Any) -> Resource:
    return {"url": OWN + name, **value}


def _routed(route: Said) -> Resource:
    return _extension("route", valueCodeableConcept=_words(route.words, "route", route.code))


def _words(told: str, system: str = "", code: str = "") -> Resource:
    coded = {"coding": [{"system": OWN + system, "code": code, "display": told}]} if code else {}
    return {**coded, "text": told}


def _notes(told: Iterable[str]) -> list[Resource]:
    return [{"text": one} for one in told if one]


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _without_nothing(value: Any) -> Any:
    """A resource without what it does not say: FHIR allows no empty list, object or null."""
    if isinstance(value, dict):
        kept = {name: _without_nothing(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in (None, {}, [], "")}
    return [_without_nothing(inner) for inner in value] if isinstance(value, list) else value


def _spread(budget: Budget) -> Iterator[Resource]:
    """The lower and the higher figure, where they are of a week as the others are."""
    if budget.per == "week" and budget.lower is not None and budget.higher is not None:
        yield _money("lower-budget", budget.lower)
        yield _money("higher-budget", budget.higher)
