"""Answers and the policy that the tests of the assessment's rules share."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from portal.pack.eligibility import EligibilityPolicy
from portal.pack.loading import load_model
from portal.pack.questions import Outcome
from portal.paths import PACKS

POLICY = load_model(PACKS / "demo" / "eligibility" / "care-act-2015.yaml", EligibilityPolicy)
OUTCOMES: tuple[str, ...] = get_args(Outcome)
WAYS = ("assistance", "pain", "danger", "longer")
LEVELS = ("alone", "little", "some", "lot", "all")
Given = dict[str, Any]


def managing(**changes: Any) -> Given:
    """Somebody disabled who manages everything alone, with a big effect on wellbeing, but for the changes."""
    return {
        "impairment": "yes",
        **dict.fromkeys(OUTCOMES[:-1], "alone"),
        "caring_for_child": "not_applicable",
        "wellbeing": ["control"],
        "wellbeing_impact": "significant",
        **changes,
    }


def unable(*outcomes: str, way: str = "assistance") -> Given:
    """The answers of somebody who cannot achieve these outcomes, in one way."""
    level: Given = dict.fromkeys(outcomes, "some")
    return level | {f"{outcome}_unable": [way] for outcome in outcomes}


@st.composite
def any_answers(draw: st.DrawFn) -> Given:
    """Any answers about needs: some missing, some not sure, some that do not fit together."""
    answers: Given = {}

    def maybe(question: str, values: st.SearchStrategy[Any]) -> None:
        given = draw(st.none() | values)
        if given is not None:
            answers[question] = given

    maybe("impairment", st.sampled_from(["yes", "yes", "no", "not-sure", "rather-not-say"]))
    maybe("wellbeing", st.sampled_from([["health"], ["control", "home"], ["none"], ["not-sure"]]))
    maybe("wellbeing_impact", st.sampled_from(["none", "some", "significant", "significant", "not-sure"]))
    for outcome in OUTCOMES:
        levels = [*LEVELS, "not-sure"] + (["not_applicable"] if outcome == "caring_for_child" else [])
        maybe(outcome, st.sampled_from(levels))
        ways = st.lists(st.sampled_from(WAYS), min_size=1, unique=True)
        maybe(f"{outcome}_unable", st.just(["none"]) | st.just(["not-sure"]) | ways)
    return answers


@st.composite
def any_help(draw: st.DrawFn) -> Given:
    """Any answers about the help family, friends and paid workers give."""
    helper = {"name": "Sam", "relation": "partner", "hours": "35"}
    return {
        "help_with": draw(st.lists(st.sampled_from(OUTCOMES), unique=True) | st.just(["none"])),
        "help_share": draw(st.sampled_from(["few", "half", "most", "all", "not-sure"])),
        "helpers": draw(st.lists(st.just(helper), max_size=3)),
        "carer_break": draw(st.sampled_from(["none", "little", "regular", "lot"])),
        "carer_assessment": draw(st.sampled_from(["yes", "no", "had_one"])),
        "paid_help": draw(st.sampled_from(["yes", "no"])),
        "paid_help_cost": {"pounds": "40.00", "every": "week"},
    }
