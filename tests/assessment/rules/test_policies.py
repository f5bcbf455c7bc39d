"""The policies that ship beside the Care Act’s rule for adults: for carers, and three that are history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.assessment.rules.eligibility import LimbStanding, standing
from portal.pack.eligibility import BandsLimb, EligibilityPolicy, policy_on
from portal.pack.loading import load_model, load_pack
from portal.pack.text import texts_in
from portal.paths import PACKS
from tests.assessment.rules.given import POLICY, any_answers, any_help, managing, unable
from tests.pack.readability import reading_age, sentences_of, words_of

FOLDER = PACKS / "demo" / "eligibility"
TODAY = date(2026, 11, 22)
LOWEST_FIRST = ("low", "moderate", "substantial", "critical")
OLD = ("facs-2003", "housing-related-support", "right-to-control-2010")
EIGHT = ("child", "others", "home", "food", "people", "work", "places", "fun")


def shipped(name: str) -> EligibilityPolicy:
    return load_model(FOLDER / f"{name}.yaml", EligibilityPolicy)


CARERS = shipped("care-act-2015-carers")
FACS = shipped("facs-2003")
HOUSING = shipped("housing-related-support")
CONTROL = shipped("right-to-control-2010")
DOMAINS = tuple(each for limb in FACS.limbs if isinstance(limb, BandsLimb) for each in limb.domains)


def caring(**changes: Any) -> dict[str, Any]:
    """A carer who manages everything, whose health is well, and on whom it has a big effect."""
    return {
        "carer_necessary": "yes",
        "carer_health": "no",
        **{f"carer_{each}": "alone" for each in EIGHT},
        "carer_impact": "significant",
        **changes,
    }


def cannot(outcome: str, *ways: str) -> dict[str, Any]:
    return {f"carer_{outcome}": "some", f"carer_{outcome}_unable": list(ways)}


# Carers: necessary care, one outcome or a risk to health, and a big effect.
@pytest.mark.parametrize("outcome", EIGHT)
@pytest.mark.parametrize("way", ["assistance", "pain", "danger"])
def test_one_outcome_is_enough_for_a_carer_in_any_of_three_ways(outcome: str, way: str) -> None:
    found = standing(CARERS, caring(**cannot(outcome, way)), on=TODAY)
    assert found.result == "likely"
    assert found.unable == (f"carer_{outcome}",)


def test_a_risk_to_health_is_enough_for_a_carer_without_any_outcome() -> None:
    assert standing(CARERS, caring(carer_health="yes"), on=TODAY).result == "likely"
    assert standing(CARERS, caring(), on=TODAY).result == "not_likely"


@pytest.mark.parametrize("outcome", EIGHT)
def test_that_it_takes_longer_alone_is_not_enough_for_a_carer(outcome: str) -> None:
    longer = standing(CARERS, caring(**cannot(outcome, "longer")), on=TODAY)
    assert longer.result == "not_likely"
    assert longer.limbs[1].met is False
    assert standing(CARERS, caring(**cannot(outcome, "longer", "pain")), on=TODAY).result == "likely"


def test_for_an_adult_that_it_takes_longer_is_enough() -> None:
    found = standing(POLICY, managing(**unable("nutrition", "hygiene", way="longer")), on=TODAY)
    assert found.result == "likely"


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"carer_necessary": "no"}, "not_likely"),
        ({"carer_impact": "some"}, "not_likely"),
        ({"carer_necessary": "not-sure"}, "cannot_say"),
        ({"carer_impact": "not-sure"}, "cannot_say"),
        ({"carer_health": "not-sure", "carer_home": "alone", "carer_home_unable": []}, "cannot_say"),
    ],
)
def test_a_carer_meets_all_three_tests_or_none(changes: dict[str, Any], result: str) -> None:
    found = standing(CARERS, caring(**cannot("home", "pain")) | changes, on=TODAY)
    assert found.result == result


def test_the_rule_for_carers_lists_eight_outcomes_and_three_ways() -> None:
    assert len(CARERS.outcomes) == 8
    (outcomes,) = [part for part in CARERS.limbs[1].parts if part.kind == "outcomes"]  # type: ignore[union-attr]
    assert [way.id for way in outcomes.ways] == ["assistance", "pain", "danger"]  # type: ignore[union-attr]
    assert outcomes.needed == 1  # type: ignore[union-attr]


# Fair Access to Care Services: ordered bands, the highest of any domain.
def banded(**bands: str) -> dict[str, str]:
    """Answers about every domain: nothing, but for the bands named."""
    said = {}
    for domain in DOMAINS:
        option = next(each for each, band in domain.bands.items() if band == bands.get(domain.id, "none"))
        said[domain.question] = option
    return said


def band_of(answers: dict[str, str], policy: EligibilityPolicy = FACS) -> tuple[str | None, bool | None]:
    (limb,) = standing(policy, answers, on=date(2012, 1, 1)).limbs
    return (limb.band.id if limb.band else None), limb.met


@pytest.mark.parametrize("domain", [each.id for each in DOMAINS])
def test_any_critical_domain_is_critical(domain: str) -> None:
    low = {each.id: "low" for each in DOMAINS if "low" in each.bands.values()}
    assert band_of(banded(**low | {domain: "critical"})) == ("critical", True)


@pytest.mark.parametrize(
    ("band", "met"), [("critical", True), ("substantial", True), ("moderate", False), ("low", False)]
)
def test_the_threshold_substantial_admits_critical_and_substantial_only(band: str, met: bool) -> None:
    assert band_of(banded(routines=band)) == (band, met)


@pytest.mark.parametrize("threshold", LOWEST_FIRST)
@pytest.mark.parametrize("band", LOWEST_FIRST)
def test_the_threshold_is_the_councils_own(threshold: str, band: str) -> None:
    limb = FACS.limbs[0].model_copy(update={"threshold": threshold})
    policy = FACS.model_copy(update={"limbs": (limb,)})
    enough = LOWEST_FIRST.index(band) >= LOWEST_FIRST.index(threshold)
    assert band_of(banded(family=band), policy) == (band, enough)


def test_nothing_in_any_band_is_known_and_not_met() -> None:
    assert band_of(banded()) == (None, False)


def test_a_domain_left_open_keeps_the_band_open_unless_it_is_high_enough_already() -> None:
    low = banded(work="low") | {"facs_life": "not-sure"}
    high = banded(work="critical") | {"facs_life": "not-sure"}
    assert band_of(low) == ("low", None)
    assert band_of(high) == ("critical", True)
    assert band_of({}) == (None, None)


@settings(deadline=None)
@given(st.fixed_dictionaries({each.question: st.sampled_from(sorted(each.bands)) for each in DOMAINS}))
def test_the_band_is_the_highest_that_any_domain_falls_in(answers: dict[str, str]) -> None:
    hit = {domain.bands[answers[domain.question]] for domain in DOMAINS} - {"none"}
    highest = max(hit, key=LOWEST_FIRST.index, default=None)
    assert band_of(answers) == (highest, highest in {"critical", "substantial"})


# The other two.
@pytest.mark.parametrize("need", ["money", "enjoy", "healthy", "safe", "part"])
def test_housing_related_support_admits_small_needs(need: str) -> None:
    none = {f"hrs_{each}": "none" for each in ("money", "enjoy", "healthy", "safe", "part")}
    little = none | {"hrs_home": "yes", f"hrs_{need}": "little"}
    assert standing(HOUSING, little, on=TODAY).result == "likely"
    assert standing(HOUSING, none | {"hrs_home": "yes"}, on=TODAY).result == "not_likely"
    assert standing(HOUSING, little | {"hrs_home": "no"}, on=TODAY).result == "not_likely"


@pytest.mark.parametrize(
    ("streams", "result"),
    [
        (["grant"], "likely"),
        (["care", "access"], "likely"),
        (["none"], "not_likely"),
        (["not-sure"], "cannot_say"),
    ],
)
def test_one_source_of_support_is_enough_for_the_right_to_control(streams: list[str], result: str) -> None:
    answers: dict[str, Any] = {"rtc_disabled": "yes", "rtc_area": "yes", "rtc_streams": streams}
    assert standing(CONTROL, answers, on=TODAY).result == result
    assert standing(CONTROL, answers | {"rtc_area": "no"}, on=TODAY).result == "not_likely"


# History decides nothing, and says so.
@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("day", [date(2012, 1, 1), TODAY])
def test_an_old_policy_shows_its_warning_and_never_decides(name: str, day: date) -> None:
    found = standing(shipped(name), {}, on=day)
    assert found.warning is not None
    assert found.warning.text == "Older policy, for information; not used to decide eligibility today."
    assert not found.may_guide_decision


def test_only_the_care_act_decides_today() -> None:
    policies = load_pack(PACKS / "demo").policies
    assert {policy.id for policy in policies} == {"care-act-2015", "care-act-2015-carers", *OLD}
    for group, name in (("adult", "care-act-2015"), ("carer", "care-act-2015-carers")):
        found = policy_on(policies, group, TODAY)  # type: ignore[arg-type]
        assert found is not None
        assert found.id == name
    assert policy_on(policies, "adult", date(2012, 1, 1)) is None


@settings(deadline=None)
@given(any_answers(), any_help())
def test_a_carers_help_never_changes_the_adults_result(
    answers: dict[str, Any], help_given: dict[str, Any]
) -> None:
    own: dict[str, Any] = {
        **banded(work="moderate"),
        "hrs_home": "yes",
        "hrs_money": "little",
        "rtc_disabled": "yes",
        "rtc_area": "yes",
        "rtc_streams": ["care"],
    }
    for policy in (POLICY, FACS, HOUSING, CONTROL):
        alone = standing(policy, answers | own, on=TODAY)
        helped = standing(policy, answers | own | help_given, on=TODAY)
        assert helped == alone


def reasons_of(limb: LimbStanding) -> list[str]:
    return [limb.reason.text.text, *(text for part in limb.parts for text in reasons_of(part))]


@pytest.mark.parametrize("policy", [CARERS, FACS, HOUSING, CONTROL], ids=lambda policy: policy.id)
def test_every_limb_has_a_reason_in_plain_words(policy: EligibilityPolicy) -> None:
    for limb in standing(policy, {}, on=TODAY).limbs:
        assert all(reasons_of(limb))
    titles = {source.title for source in policy.sources}
    texts = [words.text for words in texts_in(policy) if words.text not in titles]
    assert reading_age(texts) <= 9
    for text in texts:
        assert all(len(words_of(sentence)) <= 25 for sentence in sentences_of(text)), text
        assert "'" not in text
