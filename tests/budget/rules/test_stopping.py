"""The budget with the help somebody gets for free, without it, and what is to be met when it stops."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.assessment.rules.eligibility import standing
from portal.budget.rules import allocate, when_help_stops, without_help
from portal.pack.eligibility import policy_on
from portal.pack.loading import load_pack
from portal.paths import PACKS
from portal.questions.path import counted

PACK = load_pack(PACKS / "demo")
ON = date(2026, 11, 22)
SCHEME = next(scheme for scheme in PACK.schemes if scheme == PACK.scheme_on(ON))
MARGARET: dict[str, Any] = next(sample.answers for sample in PACK.samples if sample.id == "margaret")
OUTCOMES = ("nutrition", "hygiene", "toilet", "clothing", "home_safety", "home_upkeep", "community")
HELP: Any = st.fixed_dictionaries(
    {
        "help_with": st.lists(st.sampled_from(OUTCOMES), min_size=1, unique=True),
        "help_share": st.sampled_from(["few", "half", "most", "all", "not-sure"]),
        "carer_break": st.sampled_from(["none", "little", "regular", "lot", "not-sure", "rather-not-say"]),
    }
)


def told(**changes: Any):
    answers = counted(PACK, {**MARGARET, **changes})
    stops = when_help_stops(SCHEME, answers, on=ON)
    assert stops is not None
    return stops


def test_margarets_three_figures():
    stops = told()
    assert stops.with_help.weekly == Decimal("846.00")
    assert stops.without.weekly == Decimal("1101.00")
    assert stops.more == Decimal("255.00")
    assert stops.needs[0] == ("home_safety", Decimal("53.28"))
    assert [need.question for need in stops.needs[:3]] == ["home_safety", "nutrition", "hygiene"]
    assert (stops.carers, stops.rest) == (Decimal("-38.00"), Decimal("-0.04"))


@settings(max_examples=60, deadline=None)
@given(HELP)
def test_needs_money_for_the_carer_and_rounding_add_up_to_what_the_help_is_worth(help_given):
    stops = told(**help_given)
    parts = sum((need.amount for need in stops.needs), Decimal(0)) + stops.carers + stops.rest
    assert parts == stops.more == stops.without.amount - stops.with_help.amount
    assert all(need.amount > 0 for need in stops.needs)
    assert {need.question for need in stops.needs} <= set(help_given["help_with"])
    assert abs(stops.rest) <= 1, "what is not told need by need is rounding only"


@settings(max_examples=60, deadline=None)
@given(HELP)
def test_without_the_help_the_figure_is_the_same_whatever_help_there_is(help_given):
    assert told(**help_given).without.amount == told().without.amount


@settings(max_examples=60, deadline=None)
@given(HELP)
def test_the_right_to_support_is_the_same_whatever_help_there_is(help_given):
    policy = policy_on(PACK.policies, "adult", ON)
    assert policy is not None
    before = standing(policy, counted(PACK, MARGARET), on=ON)
    after = standing(policy, counted(PACK, {**MARGARET, **help_given}), on=ON)
    assert (after.result, after.eligible_needs) == (before.result, before.eligible_needs)


@pytest.mark.parametrize("unsaid", ["not-sure", None])
def test_help_that_nobody_is_sure_of_takes_nothing_off(unsaid: str | None):
    answers = counted(PACK, {**MARGARET, "carer_break": "none"}) | ({"help_share": unsaid} if unsaid else {})
    if unsaid is None:
        del answers["help_share"]
    with_it, alone = allocate(SCHEME, answers, on=ON), without_help(SCHEME, answers, on=ON)
    if with_it.amount is not None:
        assert with_it.amount == alone.amount


def test_somebody_whom_nobody_helps_has_nothing_to_lose():
    stops = told(help_with=["none"])
    assert (stops.more, stops.needs, stops.carers, stops.rest) == (0, (), 0, 0)


def test_without_a_figure_there_is_nothing_to_tell():
    assert when_help_stops(SCHEME, {}, on=ON) is None
