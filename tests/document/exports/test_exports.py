"""The plan for other computers: each form valid, and each figure that of the plan."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from portal.document import samples
from portal.document.rules.canonical import canonical_json
from portal.document.rules.exports.care_plan import care_plan_record
from portal.document.rules.exports.fhir import OWN, fhir_bundle
from portal.document.rules.exports.table import COLUMNS, lines_csv
from tests.document.schema import plan_schema

R4 = json.loads((Path(__file__).parent / "fhir-r4.schema.json").read_text())
_BOTH = {"identifier", "personId", "dateCompleted", "review", "status"}
_UNKNOWN = {
    "professionalId",
    "capacityToCompleteAssessment",
    "advocateRequired",
    "consentToInformationSharing",
}
NATIONAL_FORM: dict[str, tuple[set[str], set[str]]] = {
    "CareNeedsAssessment": (
        _BOTH | _UNKNOWN | {"planId", "assessmentQuestion"},
        _BOTH | {"assessmentQuestion"},
    ),
    "CarePlan": (
        _BOTH | _UNKNOWN | {"assessmentId", "careComponent"},
        _BOTH | {"assessmentId", "careComponent"},
    ),
    "Identifier": ({"value", "system"}, {"value", "system"}),
    "Review": ({"isReview", "previousId"}, {"isReview"}),
    "AssessmentQuestion": (
        {"questionId", "category", "questionText", "answer", "answerType", "required"},
        {"category", "questionText", "answer", "answerType", "required"},
    ),
    "CareComponent": ({"actor", "time", "activity"}, {"actor", "time", "activity"}),
    "CareActor": ({"actorType", "actorId"}, {"actorType"}),
    "CareTiming": ({"frequency", "startDateTime", "endDateTime"}, {"frequency"}),
    "CareActivity": ({"activityDescription", "outcome", "directPayment"}, {"activityDescription"}),
}
"""What each object of the draft (PUB05, data model 1.0.0) may have, and what ours must have of it."""
_OUTCOMES = (
    *("NUTRITION", "HYGIENE", "TOILET", "CLOTHING", "HOMESAFETY", "HABITABLEHOME", "RELATIONSHIPS"),
    *("WTEV", "COMMUNITY", "CARINGOTHERS"),
)
NATIONAL_CODES = {
    "questionId": {*(f"CA-{code}-01" for code in _OUTCOMES), "CA-ELIGIBILITY-01"},
    "outcome": {f"CA-{code}" for code in _OUTCOMES},
    "status": {"draft", "completed"},
    "answerType": {"String", "Enum"},
    "actorType": {"Self", "Family", "Friend", "Community", "Other unpaid carer", "Professional services"},
    "category": {
        *("CA.nutrition", "CA.hygiene", "CA.toilet", "CA.clothing", "CA.homeSafety", "CA.habitableHome"),
        *("CA.maintainingRelationships", "CA.WTEV", "CA.communityServices", "CA.responsibilityForOthers"),
        "Eligibility",
    },
}

_SEVERAL = {"assessmentQuestion", "answer", "careComponent", "actor", "review", "previousId", "alsoOutcome"}
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
NATIONAL_TYPES: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("isReview", "required", "directPayment"), lambda value: isinstance(value, bool)),
    **dict.fromkeys(("dateCompleted", "startDateTime", "endDateTime"), _MOMENT.fullmatch),
    **dict.fromkeys(
        ("identifier", "personId", "planId", "assessmentId", "previousId"),
        lambda value: value["@type"] == "Identifier",
    ),
    "system": lambda value: value.startswith(OWN),
    "review": lambda value: value["@type"] == "Review",
    "assessmentQuestion": lambda value: value["@type"] == "AssessmentQuestion",
    "careComponent": lambda value: value["@type"] == "CareComponent",
    "actor": lambda value: value["@type"] == "CareActor",
    "time": lambda value: value["@type"] == "CareTiming",
    "activity": lambda value: value["@type"] == "CareActivity",
    **dict.fromkeys(
        ("value", "questionText", "answer", "frequency", "activityDescription"),
        lambda value: isinstance(value, str) and value != "",
    ),
}
"""What the shapes of the draft ask of each value, and which may be several (SocialCareData/ontology)."""

DRAWN = ("empty", "usual", "full", "urdu")


@pytest.mark.parametrize("name", DRAWN)
def test_the_bundle_is_valid_by_the_base_specification_of_fhir_r4(name):
    bundle = json.loads(json.dumps(fhir_bundle(getattr(samples, name)())))
    jsonschema.Draft6Validator(R4).validate(bundle)


def test_the_validator_of_fhir_finds_what_is_wrong():
    bundle = fhir_bundle(samples.usual())
    bundle["entry"][0]["resource"]["birthday"] = "1948-03-14"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft6Validator(R4).validate(bundle)


@pytest.mark.parametrize("name", DRAWN)
def test_every_reference_in_the_bundle_leads_to_something_in_it(name):
    bundle = fhir_bundle(getattr(samples, name)())
    names = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(names)) == len(names)
    assert set(_references(bundle)) <= set(names)


def test_every_figure_in_the_bundle_is_that_of_the_plan():
    usual = samples.usual()
    spread = {"lower": Decimal("77.00"), "higher": Decimal("116.00")}
    plan = usual.model_copy(update={"budget": usual.budget.model_copy(update=spread)})
    resources = [entry["resource"] for entry in fhir_bundle(plan)["entry"]]
    requests = [one for one in resources if one["resourceType"] == "ServiceRequest"]
    (care_plan,) = [one for one in resources if one["resourceType"] == "CarePlan"]
    assert [one["code"]["text"] for one in requests] == [line.what for line in plan.lines]
    assert [_sum(one, "weekly-cost") for one in requests] == [line.weekly for line in plan.lines]
    assert [_sum(one, "one-off-cost") for one in requests] == [line.one_off for line in plan.lines]
    assert plan.statement is not None
    for name, figure in (
        ("weekly-cost", plan.weekly),
        ("one-off-cost", plan.one_off),
        ("weekly-from-budget", plan.weekly_from_budget),
        ("indicative-budget", plan.budget.weekly),
        ("lower-budget", plan.budget.lower),
        ("higher-budget", plan.budget.higher),
        ("person-pays", plan.statement.person),
        ("council-pays", plan.statement.council),
    ):
        assert _sum(care_plan, name) == figure, name


def test_a_price_that_is_not_known_is_not_nought_in_the_bundle():
    line = samples.usual().lines[0].model_copy(update={"priced": False})
    plan = samples.empty().model_copy(update={"lines": (line,)})
    (request,) = [
        entry["resource"]
        for entry in fhir_bundle(plan)["entry"]
        if entry["resource"]["resourceType"] == "ServiceRequest"
    ]
    assert all("cost" not in one["url"] for one in request.get("extension", ()))


@pytest.mark.parametrize("name", DRAWN)
def test_the_plan_as_data_follows_its_published_schema(name):
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(canonical_json(getattr(samples, name)())))


def test_the_published_schema_is_that_of_the_plan():
    published = Path(__file__).parents[3] / "docs" / "schemas" / "plan-document.schema.json"
    assert json.loads(published.read_text()) == plan_schema()


def test_the_national_record_says_who_does_what_and_from_which_money():
    plan = samples.usual()
    assessment, care = care_plan_record(plan)["@graph"]
    assert assessment["planId"] == care["identifier"]
    assert care["assessmentId"] == assessment["identifier"]
    assert [one["questionId"] for one in assessment["assessmentQuestion"]] == [
        "CA-NUTRITION-01",
        "CA-HYGIENE-01",
        "CA-COMMUNITY-01",
        "CA-WTEV-01",
        "CA-ELIGIBILITY-01",
    ]
    assert assessment["assessmentQuestion"][-1]["answer"] == ["Eligible needs identified"]
    components = care["careComponent"]
    assert [one["activity"]["directPayment"] for one in components] == [False, True, False, False]
    assert [one["cost"]["weekly"] for one in components] == [f"{line.weekly:.2f}" for line in plan.lines]
    assert json.loads(json.dumps(care)) == care


@pytest.mark.parametrize("name", DRAWN)
def test_the_national_record_uses_only_names_and_codes_of_the_draft_and_its_own(name):
    record = care_plan_record(getattr(samples, name)())
    own = set(record["@context"][1])
    for part in _objects(record["@graph"]):
        kind = str(part.get("@type"))
        allowed, needed = NATIONAL_FORM.get(kind, (own, set()))
        names = set(part) - {"@type", "@id"}
        assert names <= allowed | own, (kind, names)
        assert needed <= names, (kind, needed - names)
        for key, codes in NATIONAL_CODES.items():
            assert part.get(key, next(iter(codes))) in codes, key
        for key, value in part.items():
            assert isinstance(value, list) == (key in _SEVERAL), key
            values = value if isinstance(value, list) else [value]
            assert all(map(NATIONAL_TYPES.get(key, bool), values)), (key, value)


def test_the_table_has_a_row_for_each_line_and_its_sums_are_those_of_the_plan():
    plan = samples.full()
    rows = list(csv.DictReader(StringIO(lines_csv(plan))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(plan.lines)
    assert sum(Decimal(row["pounds_a_week"]) for row in rows) == plan.weekly
    assert sum(Decimal(row["pounds_once"]) for row in rows) == plan.one_off


@pytest.mark.parametrize("typed", ["=1+1", "+44 1632 960123", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(typed):
    line = samples.usual().lines[0].model_copy(update={"what": typed, "who": typed})
    (row,) = csv.DictReader(StringIO(lines_csv(samples.empty().model_copy(update={"lines": (line,)}))))
    assert row["what"] == row["who"] == f"'{typed}"


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)
    if isinstance(value, dict):
        yield value


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for inner in value.values() for found in _references(inner)]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []


def _sum(resource: dict[str, Any], name: str) -> Decimal:
    (found,) = [one for one in resource["extension"] if one["url"] == OWN + name]
    assert found["valueMoney"]["currency"] == "GBP"
    return Decimal(repr(found["valueMoney"]["value"]))
