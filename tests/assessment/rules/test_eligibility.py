"""Where somebody stands under regulation 2 of the eligibility criteria: three tests, never a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assessment.rules.eligibility import LimbStanding, Standing, standing
from portal.pack.eligibility import EligibilityPolicy, Verdict
from portal.pack.text import texts_in
from tests.assessment.rules.given import (
    OUTCOMES,
    POLICY,
    WAYS,
    Given,
    any_answers,
    any_help,
    managing,
    unable,
)

TODAY = date(2026, 11, 22)
RANK: dict[Verdict, int] = {"not_likely": 0, "cannot_say": 1, "likely": 2}
TWO = unable("nutrition", "community")


def stands(answers: Mapping[str, Any], policy: EligibilityPolicy = POLICY) -> Standing:
    return standing(policy, answers, on=TODAY)


def limb(answers: Given, name: str) -> LimbStanding:
    return next(each for each in stands(answers).limbs if each.id == name)


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        (managing(**TWO), "likely"),
        (managing(), "not_likely"),
        (managing(**unable("nutrition")), "not_likely"),
        (managing(**unable(*OUTCOMES)), "likely"),
        (managing(**TWO, impairment="no"), "not_likely"),
        (managing(**TWO, impairment="not-sure"), "cannot_say"),
        (managing(**TWO, impairment="rather-not-say"), "cannot_say"),
        (managing(**TWO, wellbeing_impact="none"), "not_likely"),
        (managing(**TWO, wellbeing_impact="some"), "not_likely"),
        (managing(**TWO, wellbeing_impact="not-sure"), "cannot_say"),
        (managing(**unable("nutrition"), hygiene="not-sure"), "cannot_say"),
        (managing(**unable("nutrition"), hygiene="little", hygiene_unable=["not-sure"]), "cannot_say"),
        (managing(hygiene="not-sure"), "not_likely"),
        (managing(hygiene="not-sure", toilet="not-sure"), "cannot_say"),
        (managing(**unable("nutrition", "caring_for_child")), "likely"),
        ({}, "cannot_say"),
    ],
)
def test_all_three_tests_must_be_met(answers: Given, result: Verdict) -> None:
    assert stands(answers).result == result


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_any_one_way_makes_somebody_unable_to_achieve_any_outcome(outcome: str, way: str) -> None:
    other = "hygiene" if outcome != "hygiene" else "toilet"
    answers = managing(**unable(other), **unable(outcome, way=way))
    assert stands(answers).result == "likely"
    [found] = [each for each in stands(answers).outcomes if each.outcome.id == outcome]
    assert [each.id for each in found.ways] == [way]


def test_no_two_outcomes_weigh_more_than_any_other_two() -> None:
    for first in OUTCOMES:
        for second in OUTCOMES:
            expected = "likely" if first != second else "not_likely"
            assert stands(managing(**unable(first, second))).result == expected


def test_a_missing_impairment_is_enough_for_not_likely_even_when_all_else_is_unknown() -> None:
    assert stands({"impairment": "no"}).result == "not_likely"


def test_somebody_not_sure_of_anything_is_told_that_we_cannot_say() -> None:
    answers = {"impairment": "not-sure", "wellbeing": ["not-sure"], "wellbeing_impact": "not-sure"}
    answers |= dict.fromkeys(OUTCOMES, "not-sure")
    answers |= {f"{outcome}_unable": ["not-sure"] for outcome in OUTCOMES}
    found = stands(answers)
    assert found.result == "cannot_say"
    assert [each.met for each in found.limbs] == [None, None, None]


def test_no_part_of_life_touched_means_no_big_effect() -> None:
    answers = managing(**TWO, wellbeing=["none"])
    del answers["wellbeing_impact"]
    assert limb(answers, "impact").met is False


def test_having_no_child_is_kept_apart_from_looking_after_one_alone() -> None:
    def state(answer: str) -> str:
        return stands(managing(caring_for_child=answer)).outcomes[-1].state

    assert state("not_applicable") == "not_applicable"
    assert state("alone") == "achieves"
    assert state("not-sure") == "not_known"


def test_needing_much_help_and_naming_no_way_is_a_contradiction_and_not_a_no() -> None:
    answers = managing(**unable("nutrition"), toilet="lot", toilet_unable=["none"])
    [toilet] = [each for each in stands(answers).outcomes if each.outcome.id == "toilet"]
    assert (toilet.state, toilet.contradicts) == ("not_known", True)
    assert stands(answers).result == "cannot_say"


def test_needing_a_little_help_and_naming_no_way_is_achieving() -> None:
    answers = managing(toilet="little", toilet_unable=["none"])
    [toilet] = [each for each in stands(answers).outcomes if each.outcome.id == "toilet"]
    assert (toilet.state, toilet.contradicts) == ("achieves", False)


def test_ways_kept_from_before_a_change_of_mind_do_not_count() -> None:
    answers = managing(nutrition_unable=["pain"], hygiene_unable=["pain"])
    assert stands(answers).result == "not_likely"


@given(any_answers())
def test_the_result_follows_from_the_limbs(answers: Given) -> None:
    found = stands(answers)
    met = [each.met for each in found.limbs]
    assert (found.result == "likely") is all(each is True for each in met)
    assert (found.result == "not_likely") is any(each is False for each in met)
    assert len(found.outcomes) == 10


@given(any_answers(), any_help())
def test_help_from_others_changes_nothing(answers: Given, help_given: Given) -> None:
    assert stands(answers | help_given) == stands(answers)


def test_the_policy_reads_no_question_about_help() -> None:
    read = {question for question, _ in POLICY.questions()}
    assert not {name for name in read if "help" in name or "carer" in name}


@given(any_answers(), st.sampled_from(OUTCOMES), st.sampled_from(WAYS))
def test_one_more_way_never_makes_it_less_likely(answers: Given, outcome: str, way: str) -> None:
    before = [each for each in answers.get(f"{outcome}_unable", []) if each in WAYS]
    more = answers | {f"{outcome}_unable": sorted({*before, way})}
    assert RANK[stands(more).result] >= RANK[stands(answers).result]


@given(any_answers(), st.sampled_from(OUTCOMES))
def test_being_not_sure_is_never_worse_than_managing_alone(answers: Given, outcome: str) -> None:
    without = {name: kept for name, kept in answers.items() if name != f"{outcome}_unable"}
    alone = stands(without | {outcome: "alone"})
    unsure = stands(without | {outcome: "not-sure"})
    assert RANK[unsure.result] >= RANK[alone.result]


@given(any_answers(), st.sampled_from(["not-sure", "rather-not-say"]))
def test_not_sure_leaves_a_test_open(answers: Given, unknown: str) -> None:
    assert limb(answers | {"impairment": unknown}, "impairment").met is None


@given(any_answers())
def test_eligible_needs_are_those_the_person_cannot_achieve_and_only_when_likely(answers: Given) -> None:
    found = stands(answers)
    named = tuple(each.outcome.id for each in found.outcomes if each.ways)
    assert found.unable == named
    assert found.eligible_needs == (named if found.result == "likely" else ())


def test_eligible_needs_come_in_the_order_of_the_regulation() -> None:
    answers = managing(**unable("community", "toilet", "nutrition"))
    assert stands(answers).eligible_needs == ("nutrition", "toilet", "community")


def test_each_limb_names_the_answers_it_rests_on() -> None:
    answers = managing(**TWO)
    assert limb(answers, "impairment").rests_on == ("impairment",)
    assert limb(answers, "impact").rests_on == ("wellbeing_impact", "wellbeing")
    outcomes = limb(answers, "outcomes").rests_on
    assert outcomes[:3] == ("nutrition", "nutrition_unable", "hygiene")
    assert limb({}, "outcomes").rests_on == ()


@given(any_answers())
def test_a_limb_rests_only_on_answers_that_were_given(answers: Given) -> None:
    for each in stands(answers).limbs:
        assert set(each.rests_on) <= set(answers)


def test_the_reason_counts_what_the_person_cannot_do() -> None:
    reason = limb(managing(**TWO), "outcomes").reason
    told = reason.text.text % reason.values
    assert reason.values == {"count": 2, "needed": 2}
    assert told.endswith(
        "at least 2 things that you cannot manage well on your own. From your answers we count 2."
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("yes", "You said that you need"),
        ("no", "You said that you do not"),
        ("not-sure", "We do not know yet"),
    ],
)
def test_each_reason_says_why(answer: str, words: str) -> None:
    assert limb({"impairment": answer}, "impairment").reason.text.text.startswith(words)


def test_either_way_the_person_hears_what_to_do() -> None:
    for answers in (managing(**TWO), managing(), {}):
        words = stands(answers).words
        assert words.about.text
        assert len(words.next) >= 3


def test_nobody_is_told_of_failing_or_being_rejected() -> None:
    for words in texts_in(POLICY):
        assert not re.search(r"\b(fail|reject|refus|den(y|ied)|ineligib)", words.text, re.IGNORECASE)


def test_the_rule_of_the_care_act_may_guide_a_decision_today() -> None:
    assert stands({}).may_guide_decision
    assert stands({}).warning is None
    assert not standing(POLICY, {}, on=date(2015, 3, 31)).may_guide_decision
