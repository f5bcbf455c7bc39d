"""A copy that somebody brings, as strict values: of another shape than ``docs/copy.md`` tells, it is refused.

Nothing in it is believed. Names of its own for lines are not read, and whatever names something of the
council is looked up in the council's pack before it is kept.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from portal.pack.eligibility import PolicyGroup
from portal.pack.questions import Outcome
from portal.pack.scheme.parts import SchemePeriod
from portal.pack.support import AboutMe, Day, Every, LineKind, MetBy, Part, Payee, PlanPart, Worth
from portal.pictures.checking import LARGEST_FILE
from portal.pictures.records import MOST_PICTURES
from portal.plan.fields import LONG, MOST_POUNDS, SHORT
from portal.plan.rules.lines import MOST_WORKERS
from portal.text import clean

Line_ = Annotated[str, AfterValidator(clean), Field(max_length=SHORT)]
Words = Annotated[str, AfterValidator(clean), Field(max_length=LONG)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Digits = Annotated[Decimal, Field(ge=0, le=MOST_POUNDS, decimal_places=2)]


Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Answered(_Part):
    """The answer to one question."""

    question: Name
    value: JsonValue


class Money(_Part):
    """The answers about money."""

    answers: dict[Name, JsonValue]


class Chosen(_Part):
    """What was picked, who it is, and where a payment goes."""

    chosen: Annotated[list[Name], Field(max_length=50)] = []
    not_decided: bool = False
    names: dict[Name, Line_] = {}
    paid: dict[Name, Name] = {}


class Choice(_Part):
    """A choice of planners, or of ways to hold the money."""

    topic: Literal["planner", "money"]
    value: Chosen


class PlanLine(_Part):
    """One line of support."""

    place: int
    kind: LineKind
    what: Line_
    who: Words = ""
    needs: list[Outcome] = []
    days: list[Day] = []
    parts: list[Part] = []
    times: Line_ = ""
    quantity: Digits | None = None
    price: Digits | None = None
    every: Every | None = None
    route: Name | None = None
    starts: date | None = None
    ends: date | None = None
    slots: Annotated[list[tuple[Day, Time, Time]], Field(max_length=7)] = []
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] = 1
    stream: Name | None = None
    award_months: Digits | None = None
    longest_months: Digits | None = None
    payee: Payee | None = None
    same_home: bool | None = None
    care_home_weeks: Digits | None = None
    instead: Line_ | None = None
    instead_quantity: Digits | None = None
    instead_price: Digits | None = None


class PlanNeed(_Part):
    """What the person said in the plan about one need."""

    outcome: Outcome
    words: Words | None = None
    met_by: MetBy | None = None


class PlanText(_Part):
    """What the plan says beside its lines."""

    part: PlanPart
    words: Words
    not_needed: bool = False


class CasePicture(_Part):
    """A picture of About me. It is drawn anew, like one that is sent."""

    place: int
    part: AboutMe
    about: Annotated[Line_, Field(min_length=1)]
    content: Annotated[str, Field(max_length=LARGEST_FILE)]


class PlanSetback(_Part):
    """One thing that could go wrong."""

    place: int
    wrong: Words
    then: Words = ""
    call: Words = ""
    signs: Words | None = None
    worth: Worth | None = None
    worth_why: Words | None = None


class PlanRoute(_Part):
    """How the money of a route is held."""

    route: Name
    facts: dict[Name, Line_ | bool | None] = {}
    words: dict[Name, Words] = {}


class Disagreement(_Part):
    """What the person says against a line of the budget."""

    about: Annotated[str, Field(min_length=1, max_length=200)]
    label: Words
    amount: Annotated[Decimal, Field(ge=-MOST_POUNDS, le=MOST_POUNDS)] | None = None
    period: SchemePeriod
    instead: Words = ""
    cost: Digits | None = None
    why: Words = ""


class Copy(_Part):
    """What is taken over from a copy. The rest of the file is history, and stays where it happened."""

    format: Literal["plan-my-support/copy/1"]
    kind: PolicyGroup = "adult"
    answer: Annotated[list[Answered], Field(max_length=500)] = []
    money_told: Annotated[list[Money], Field(max_length=1)] = []
    choice: Annotated[list[Choice], Field(max_length=2)] = []
    plan_line: Annotated[list[PlanLine], Field(max_length=200)] = []
    plan_need: Annotated[list[PlanNeed], Field(max_length=20)] = []
    plan_text: Annotated[list[PlanText], Field(max_length=40)] = []
    case_picture: Annotated[list[CasePicture], Field(max_length=MOST_PICTURES)] = []
    plan_setback: Annotated[list[PlanSetback], Field(max_length=100)] = []
    plan_route: Annotated[list[PlanRoute], Field(max_length=20)] = []
    disagreement: Annotated[list[Disagreement], Field(max_length=200)] = []


SCHEMA = "copy.schema.json"
"""The name of the JSON Schema among those in ``docs/schemas``."""


def copy_schema() -> str:
    """What is read of a copy, as a JSON Schema: what else stands in the file is history."""
    told = Copy.model_json_schema()
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **told}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def read_copy(file: bytes) -> Copy | None:
    """A copy; ``None`` when the file is none, or one of a form that this portal does not know."""
    try:
        return Copy.model_validate_json(file)
    except ValidationError:
        return None
