"""Eligibility policies: several can be held, each with its dates, its standing in law and its own tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from portal.assessment.rules.eligibility import standing
from portal.pack.eligibility import EligibilityPolicy, policy_on
from portal.pack.loading import load_model
from portal.pack.questions import Section
from portal.pack.reading import read_text
from portal.pack.references import policy_problems
from portal.pack.text import texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, words_of

DEMO = load_model(PACKS / "demo" / "eligibility" / "care-act-2015.yaml", EligibilityPolicy)
TODAY = date(2026, 11, 22)
SAY = {"title": "Title", "about": "About", "next": ["Next"]}
REASONS = {"met": "Met", "not_met": "Not met", "not_known": "Not known"}


def said(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "said",
        "title": name,
        "met": {"question": name, "is": ["yes"]},
        "not_met": {"question": name, "is": ["no"]},
        "reasons": REASONS,
    }


def policy(**changes: Any) -> EligibilityPolicy:
    given = {
        "id": "some-rule",
        "title": "Some rule",
        "about": "About",
        "group": "adult",
        "status": "in_force",
        "valid_from": "2015-04-01",
        "sources": [{"title": "Some law", "web": "https://www.legislation.gov.uk/"}],
        "limbs": [said("impairment")],
        "likely": SAY,
        "not_likely": SAY,
        "cannot_say": SAY,
    }
    return EligibilityPolicy.model_validate(given | changes)


OUTCOMES_OF_A_CARER: dict[str, Any] = {
    "id": "outcomes",
    "kind": "outcomes",
    "title": "One thing or more",
    "needed": 1,
    "ways": [{"id": each, "title": each} for each in ("assistance", "pain", "danger")],
    "outcomes": [
        {
            "id": each,
            "letter": letter,
            "title": each,
            "level": each,
            "unable": f"{each}_unable",
            "able": ["alone"],
        }
        for letter, each in (("a", "child"), ("b", "other_people"))
    ],
    "reasons": REASONS,
}
CARER = policy(
    group="carer",
    limbs=[
        said("necessary"),
        {
            "id": "effect",
            "kind": "either",
            "title": "Your health or your life",
            "parts": [said("health"), OUTCOMES_OF_A_CARER],
            "reasons": REASONS,
        },
        said("impact"),
    ],
)


@pytest.mark.parametrize(
    ("answers", "met"),
    [
        ({"health": "yes"}, True),
        ({"health": "no", "child": "some", "child_unable": ["pain"], "other_people": "alone"}, True),
        ({"health": "no", "child": "some", "child_unable": ["longer"], "other_people": "alone"}, None),
        ({"health": "no", "child": "alone", "other_people": "alone"}, False),
        ({"child": "alone", "other_people": "alone"}, None),
        ({}, None),
    ],
)
def test_a_carers_rule_asks_for_one_outcome_or_a_risk_to_health(
    answers: dict[str, Any], met: bool | None
) -> None:
    found = standing(CARER, {"necessary": "yes", "impact": "yes"} | answers, on=TODAY)
    assert found.limbs[1].met is met
    assert [part.id for part in found.limbs[1].parts] == ["health", "outcomes"]
    assert [outcome.outcome.id for outcome in found.outcomes] == ["child", "other_people"]
    assert found.result == {True: "likely", None: "cannot_say", False: "not_likely"}[met]


def test_taking_longer_is_not_among_a_carers_ways() -> None:
    answers: dict[str, Any] = {"child": "some", "child_unable": ["longer"]}
    assert standing(CARER, answers, on=TODAY).unable == ()
    assert standing(CARER, answers | {"child_unable": ["longer", "danger"]}, on=TODAY).unable == ("child",)


def test_a_superseded_policy_carries_its_warning_and_never_decides() -> None:
    old = policy(
        id="facs-2003", status="superseded", valid_from="2003-04-01", valid_to="2015-03-31", warning="Old law"
    )
    found = standing(old, {"impairment": "yes"}, on=date(2010, 1, 1))
    assert found.warning is not None
    assert found.warning.text == "Old law"
    assert not found.may_guide_decision


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "superseded"}, "must not be taken for the law of today"),
        ({"status": "superseded", "valid_to": "2020-03-31"}, "must not be taken for the law of today"),
        ({"valid_to": "2014-01-01"}, "ends before it starts"),
        ({"limbs": [said("impairment"), said("impairment")]}, "same id"),
        ({"limbs": []}, "at least 1 item"),
        ({"limbs": [OUTCOMES_OF_A_CARER | {"needed": 3}]}, "only 2 are listed"),
        ({"limbs": [OUTCOMES_OF_A_CARER | {"ways": [{"id": "pain", "title": "x"}] * 2}]}, "listed twice"),
        ({"threshold": 2}, "Extra inputs"),
    ],
)
def test_a_policy_that_cannot_be_right_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        policy(**changes)


def test_the_newest_policy_in_force_is_taken() -> None:
    first = policy(id="first", valid_to="2020-03-31")
    second = policy(id="second", valid_from="2020-04-01")
    third = policy(id="third", valid_from="2020-06-01")
    every = (third, first, second, CARER)
    assert policy_on(every, "adult", date(2016, 1, 1)) == first
    assert policy_on(every, "adult", date(2020, 3, 31)) == first
    assert policy_on(every, "adult", date(2020, 4, 1)) == second
    assert policy_on(every, "adult", TODAY) == third
    assert policy_on(every, "carer", TODAY) == CARER
    assert policy_on(every, "adult", date(2014, 1, 1)) is None


def test_the_demonstration_policy_is_regulation_two() -> None:
    assert [limb.id for limb in DEMO.limbs] == ["impairment", "outcomes", "impact"]
    assert [outcome.letter for outcome in DEMO.outcomes] == list("abcdefghij")
    assert [outcome.code for outcome in DEMO.outcomes][0::9] == ["CA-NUTRITION", "CA-CARINGOTHERS"]
    assert [outcome.id for outcome in DEMO.outcomes if outcome.not_applicable] == ["caring_for_child"]


def test_the_demonstration_policy_reads_only_questions_and_options_that_are_asked() -> None:
    sections = [load_model(file, Section) for file in (PACKS / "demo" / "questions").glob("*.yaml")]
    asked = {question.id: question for section in sections for question in section.questions}
    for name, options in DEMO.questions():
        assert set(options) <= set(asked[name].values), name


def test_the_demonstration_policy_is_plain_to_read() -> None:
    texts = [words.text for words in texts_in(DEMO)]
    assert reading_age(texts) <= 9
    for text in texts:
        assert all(len(words_of(sentence)) <= 25 for sentence in sentences_of(text)), text
        assert "'" not in text


BANDED: dict[str, Any] = {
    "id": "band",
    "kind": "bands",
    "title": "Band",
    "bands": [{"id": "high", "title": "High"}, {"id": "low", "title": "Low"}],
    "threshold": "high",
    "domains": [{"id": "life", "title": "Life", "question": "life", "bands": {"yes": "high", "no": "none"}}],
    "reasons": REASONS,
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": "middle"}, "there is no band middle"),
        ({"bands": BANDED["bands"] * 2}, "high is listed twice"),
        ({"bands": [{"id": "none", "title": "None"}], "threshold": "none"}, "what falls in no band"),
        ({"domains": BANDED["domains"] * 2}, "life is listed twice"),
        ({"domains": [BANDED["domains"][0] | {"bands": {"yes": "top"}}]}, "there is no band top"),
    ],
)
def test_bands_that_cannot_be_right_are_refused(changes: dict[str, Any], words: str) -> None:
    assert policy(limbs=[BANDED]).limbs[0].kind == "bands"
    with pytest.raises(ValidationError, match=words):
        policy(limbs=[BANDED | changes])


ASKED: dict[str, Any] = {"id": "life", "kind": "yes_no", "ask": "Is it?", "short": "Life", "not_sure": True}


def test_a_policy_may_ask_questions_of_its_own() -> None:
    own = policy(limbs=[BANDED], asks=[ASKED])
    source = read_text(own.model_dump_json(by_alias=True), "own.yaml")
    assert list(policy_problems(own, {}, source)) == []
    with pytest.raises(ValidationError, match="two questions have the same id"):
        policy(limbs=[BANDED], asks=[ASKED, ASKED])


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ({"yes": "high"}, "no of life falls in no band. Add no: and its band, or none."),
        ({"yes": "high", "no": "none", "perhaps": "low"}, "life has no option perhaps."),
    ],
)
def test_each_answer_about_a_domain_has_a_band(bands: dict[str, str], said: str) -> None:
    own = policy(limbs=[BANDED | {"domains": [BANDED["domains"][0] | {"bands": bands}]}], asks=[ASKED])
    source = read_text(own.model_dump_json(by_alias=True), "own.yaml")
    assert [said in str(problem) for problem in policy_problems(own, {}, source)] == [True]
