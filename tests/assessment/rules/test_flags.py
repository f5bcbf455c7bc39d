"""What the answers ask somebody to look at, and the way that is offered to the person."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.assessment.rules import flags as every
from portal.assessment.rules.flags import Flag, FlagName, flags
from portal.assessment.rules.flags_in_easy_read import IN_EASY_READ, wording
from portal.pack.loading import load_model
from portal.pack.questions import Question, Section, questions_of
from portal.paths import PACKS
from tests.assessment.rules.given import managing, unable
from tests.pack.readability import reading_age, sentences_of, words_of

SECTIONS = tuple(load_model(file, Section) for file in sorted((PACKS / "demo" / "questions").glob("*.yaml")))
CHOSEN = {question.id: question for question in questions_of(SECTIONS) if question.values}


def raised(answers: dict[str, Any]) -> dict[str, Flag]:
    found = flags(answers)
    assert len({flag.id for flag in found}) == len(found)
    return {flag.id: flag for flag in found}


def test_somebody_who_manages_and_is_safe_raises_nothing() -> None:
    calm = managing(
        safe=["none"], urgent="wait", deafblind="no", advocacy=["none"], changes="steady", complex="no"
    )
    assert flags(calm) == ()
    assert flags({}) == ()


@pytest.mark.parametrize("danger", ["hurt", "money", "control", "neglect"])
def test_any_danger_leads_to_safeguarding_at_once(danger: str) -> None:
    flag = raised({"safe": [danger]})["safeguarding"]
    assert (flag.severity, flag.route, flag.for_staff_first) == ("now", "safeguarding", True)


@pytest.mark.parametrize("unknown", ["not-sure", "rather-not-say"])
def test_not_saying_whether_one_is_safe_still_offers_the_way(unknown: str) -> None:
    flag = raised({"safe": [unknown]})["safeguarding"]
    assert (flag.severity, flag.route) == ("soon", "safeguarding")


def test_thinking_of_hurting_oneself_leads_to_urgent_help() -> None:
    flag = raised({"safe": ["self_harm"]})["self_harm"]
    assert (flag.severity, flag.route) == ("now", "urgent")


def test_danger_and_harm_to_oneself_are_both_told() -> None:
    assert set(raised({"safe": ["hurt", "self_harm"]})) == {"safeguarding", "self_harm"}


@pytest.mark.parametrize(
    ("answer", "severity"), [("today", "now"), ("soon", "soon"), ("not-sure", "soon"), ("wait", None)]
)
def test_haste_leads_to_urgent_help(answer: str, severity: str | None) -> None:
    flag = raised({"urgent": answer}).get("urgent")
    assert (flag and flag.severity) == severity
    assert flag is None or flag.route == "urgent"


def test_haste_is_told_once_and_not_again_after_the_date_by_which_help_is_needed() -> None:
    assert raised({"urgent": "soon", "urgent_by": "2026-11-25"})["urgent"].rests_on == ("urgent",)


@pytest.mark.parametrize(("answer", "severity"), [("yes", "soon"), ("not-sure", "note"), ("no", None)])
def test_loss_of_sight_and_hearing_asks_for_a_specialist(answer: str, severity: str | None) -> None:
    flag = raised({"deafblind": answer}).get("deafblind")
    assert (flag and flag.severity) == severity


@pytest.mark.parametrize("hard", ["understand", "remember", "weigh", "communicate"])
@pytest.mark.parametrize(
    ("supporter", "needs_advocate"),
    [
        ("family_friend", False),
        ("advocate", False),
        ("paid", True),
        ("nobody", True),
        ("not-sure", True),
        (None, True),
    ],
)
def test_an_advocate_is_asked_for_when_it_is_hard_and_nobody_suitable_helps(
    hard: str, supporter: str | None, needs_advocate: bool
) -> None:
    answers: dict[str, Any] = {"advocacy": [hard]} | ({"supporter": supporter} if supporter else {})
    flag = raised(answers).get("advocacy")
    assert (flag is not None) is needs_advocate
    assert flag is None or (flag.for_staff_first and flag.severity == "soon")


def test_not_being_sure_whether_it_is_hard_is_looked_at() -> None:
    assert raised({"advocacy": ["not-sure"], "supporter": "nobody"})["advocacy"].severity == "note"
    assert "advocacy" not in raised({"advocacy": ["not-sure"], "supporter": "family_friend"})


@pytest.mark.parametrize(
    ("answers", "doubt"),
    [
        ({"willing_able": "yes"}, False),
        ({"willing_able": "with_help"}, False),
        ({"willing_able": "not_willing"}, False),
        ({"willing_able": "not_able"}, True),
        ({"willing_able": "not-sure"}, True),
        ({"helper": {"relation": "family", "agrees": "cannot_say"}}, True),
        ({"helper": {"relation": "family", "agrees": "agrees"}}, False),
        ({"advocacy": ["weigh"], "supporter": "family_friend"}, False),
    ],
)
def test_any_doubt_about_taking_part_marks_that_capacity_is_to_be_checked(
    answers: dict[str, Any], doubt: bool
) -> None:
    assert ("capacity" in raised(answers)) is doubt


def test_answers_given_against_the_persons_will_are_looked_at_first() -> None:
    flag = raised({"helper": {"relation": "other", "agrees": "disagrees"}})["agreement"]
    assert flag.for_staff_first


@pytest.mark.parametrize(
    ("answers", "worker"),
    [
        ({"wish_self_assessment": "yes"}, False),
        ({"wish_self_assessment": "no"}, True),
        ({"wish_self_assessment": "not-sure"}, True),
        ({"wish_self_assessment": "yes", "willing_able": "not_willing"}, True),
    ],
)
def test_both_answers_about_self_assessment_lead_somewhere(answers: dict[str, Any], worker: bool) -> None:
    assert ("worker_led" in raised(answers)) is worker


@pytest.mark.parametrize(
    ("answers", "name", "severity"),
    [
        ({"complex": "yes"}, "complex", "soon"),
        ({"complex": "not-sure"}, "complex", "note"),
        ({"changes": "a_lot"}, "fluctuating", "soon"),
        ({"changes": "some_days"}, "fluctuating", "note"),
        ({"carer_break": "lot"}, "carer", "soon"),
        ({"carer_assessment": "yes"}, "carer", "note"),
    ],
)
def test_needs_that_a_form_cannot_show_are_flagged(answers: dict[str, Any], name: str, severity: str) -> None:
    assert raised(answers)[name].severity == severity


def test_the_carer_is_offered_the_way_to_their_own_assessment() -> None:
    assert raised({"carer_break": "lot", "carer_assessment": "no"})["carer"].route == "carer"


def test_answers_that_do_not_fit_are_named_together() -> None:
    answers = managing(**unable("hygiene"), toilet="lot", toilet_unable=["none"])
    assert raised(answers)["contradiction"].rests_on == ("toilet", "toilet_unable")


def test_the_most_pressing_comes_first() -> None:
    answers: dict[str, Any] = {
        "changes": "some_days",
        "deafblind": "yes",
        "urgent": "today",
        "safe": ["hurt"],
    }
    assert [flag.severity for flag in flags(answers)] == ["now", "now", "soon", "note"]


@st.composite
def chosen_answers(draw: st.DrawFn) -> dict[str, Any]:
    def values_of(question: Question) -> st.SearchStrategy[Any]:
        one = st.sampled_from(question.values)
        return st.lists(one, min_size=1, unique=True) if question.kind == "any_of" else one

    picked = draw(st.sets(st.sampled_from(sorted(CHOSEN)), max_size=25))
    return {name: draw(values_of(CHOSEN[name])) for name in sorted(picked)}


@given(chosen_answers())
def test_each_flag_rests_on_answers_that_were_chosen(answers: dict[str, Any]) -> None:
    for flag in raised(answers).values():
        assert flag.rests_on
        assert set(flag.rests_on) <= set(answers)
        assert flag.id in get_args(FlagName)


@given(chosen_answers(), st.text(max_size=50))
def test_what_is_written_in_own_words_raises_nothing(answers: dict[str, Any], words: str) -> None:
    written = answers | {"anything_else": words, "strengths": words, "complex_about": words}
    assert [flag.id for flag in flags(written)] == [flag.id for flag in flags(answers)]


def every_flag() -> list[Flag]:
    cases: list[dict[str, Any]] = [
        {"safe": ["hurt", "self_harm"], "urgent": "today", "deafblind": "yes", "advocacy": ["weigh"]},
        {"safe": ["not-sure"], "urgent": "soon", "deafblind": "not-sure", "advocacy": ["not-sure"]},
        {"helper": {"agrees": "disagrees"}, "willing_able": "not_able", "wish_self_assessment": "no"},
        {
            "complex": "yes",
            "changes": "a_lot",
            "carer_break": "lot",
            "toilet": "all",
            "toilet_unable": ["none"],
        },
        {"carer_for": {"you_are": "child", "they_are": "child"}, "carer_willing": "no"},
        {"carer_how_long": "weeks"},
    ]
    return [flag for case in cases for flag in flags(case)]


def test_every_flag_is_told_plainly_and_kindly() -> None:
    found = every_flag()
    assert {flag.id for flag in found} == set(get_args(FlagName))
    assert reading_age([text for flag in found for text in (flag.title, flag.about)]) <= 9
    for flag in found:
        assert not re.search(r"\b(fail|reject|abuse|risk|incapab)", flag.title + flag.about, re.IGNORECASE)
        assert all(len(words_of(sentence)) <= 25 for sentence in sentences_of(flag.about))


def test_no_flag_promises_a_call_that_nobody_can_make_before_the_answers_are_sent() -> None:
    promised = re.compile(r"will call you|get in touch|want to talk to you", re.IGNORECASE)
    assert [flag.about for flag in every_flag() if promised.search(flag.about)] == []


def test_everything_that_a_flag_can_say_has_a_wording_in_easy_read() -> None:
    source = ast.walk(ast.parse(Path(every.__file__).read_text(encoding="utf-8")))
    calls = [node for node in source if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"]
    assert {ast.literal_eval(call.args[0]) for call in calls} == IN_EASY_READ.keys()
    easy = IN_EASY_READ.values()
    assert all(easy)
    assert max(len(words_of(sentence)) for text in easy for sentence in sentences_of(text)) <= 10


def test_a_flag_without_a_wording_in_easy_read_is_told_all_the_same() -> None:
    assert wording("Go now").in_mode("easy") == "Go now"
