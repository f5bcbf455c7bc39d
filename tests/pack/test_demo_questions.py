"""The question set of the demonstration council: complete, short for few needs, and plain to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, get_args

import pytest

from portal.pack.conditions import holds, questions_in
from portal.pack.loading import load_model
from portal.pack.questions import WITH_FIELDS, KindName, Outcome, Question, Section, questions_of
from portal.pack.text import Words, texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, syllables_in, words_of

FOLDER = PACKS / "demo" / "questions"
FILES = sorted(FOLDER.glob("*.yaml"))
SECTIONS = tuple(load_model(file, Section) for file in FILES)
QUESTIONS = tuple(questions_of(SECTIONS))
BY_ID = {question.id: question for question in QUESTIONS}
OUTCOMES: tuple[str, ...] = get_args(Outcome)
WAYS = ("assistance", "pain", "danger", "longer", "none")
HELP = ("help_with", "help_share", "helpers", "carer_break", "paid_help")
LONG_WORDS_WE_KEEP = {"anybody", "disability", "significant", "understanding"}


def each_question(*picked: Question) -> Any:
    chosen = picked or QUESTIONS
    return pytest.mark.parametrize("question", chosen, ids=[question.id for question in chosen])


def asked(answers: Mapping[str, Any]) -> list[str]:
    """The questions somebody with these answers comes past."""
    path: list[str] = []
    counted: dict[str, Any] = {}
    for question in QUESTIONS:
        if holds(question.ask_if, counted):
            path.append(question.id)
            if question.id in answers:
                counted[question.id] = answers[question.id]
    return path


def test_every_id_is_used_once() -> None:
    ids = [question.id for question in QUESTIONS] + [section.id for section in SECTIONS]
    assert sorted(ids) == sorted(set(ids))


def test_every_kind_of_question_is_used() -> None:
    assert {question.kind for question in QUESTIONS} == set(get_args(KindName))


@pytest.mark.parametrize("section", SECTIONS, ids=[section.id for section in SECTIONS])
def test_a_section_is_short_and_always_has_something_to_ask(section: Section) -> None:
    assert 2 <= len(section.questions) <= 7
    assert any(question.ask_if is None for question in section.questions)


@each_question()
def test_a_condition_looks_back_at_answers_that_can_be_given(question: Question) -> None:
    before = QUESTIONS[: QUESTIONS.index(question)]
    for name, options in questions_in(question.ask_if):
        assert name in {earlier.id for earlier in before}
        assert set(options) <= set(BY_ID[name].values)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_is_asked_in_three_steps(outcome: str) -> None:
    level, unable, matters = (BY_ID[outcome + part] for part in ("", "_unable", "_matters"))
    levels = [option.id for option in level.options if option.id != "not_applicable"]
    assert levels == ["alone", "little", "some", "lot", "all"]
    assert tuple(option.id for option in unable.options) == WAYS
    assert [option.id for option in unable.options if option.exclusive] == ["none"]
    assert matters.kind == "long_text"
    assert matters.optional
    assert level.not_sure
    assert unable.not_sure
    assert {level.outcome, unable.outcome, matters.outcome} == {outcome}


def test_the_outcomes_are_asked_in_the_order_of_the_regulation() -> None:
    assert tuple(question.id for question in QUESTIONS if question.id in OUTCOMES) == OUTCOMES


def test_not_applicable_is_offered_only_to_somebody_without_a_child() -> None:
    offered = [question.id for question in QUESTIONS if question.option("not_applicable")]
    assert offered == ["caring_for_child"]


def test_statements_of_one_outcome_all_say_something_else() -> None:
    for outcome in OUTCOMES:
        labels = [option.label.text for option in BY_ID[outcome].options]
        assert len(set(labels)) == len(labels)
    everywhere = [option.label.text for outcome in OUTCOMES for option in BY_ID[outcome].options]
    assert len(set(everywhere)) >= len(everywhere) - 5, "statements are written for the outcome they tell of"


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_somebody_who_manages_alone_is_not_asked_further(outcome: str) -> None:
    follow_ups = {f"{outcome}_unable", f"{outcome}_matters"}
    assert not follow_ups & set(asked({outcome: "alone"}))
    assert not follow_ups & set(asked({}))
    for level in ("little", "some", "lot", "all", "not-sure"):
        assert follow_ups <= set(asked({outcome: level}))


def test_somebody_without_a_child_is_asked_no_more_about_children() -> None:
    assert "caring_for_child_unable" not in asked({"caring_for_child": "not_applicable"})


FEW = {
    "answering_for": "me",
    "wish_self_assessment": "yes",
    "advocacy": ["none"],
    "urgent": "wait",
    **dict.fromkeys(OUTCOMES, "alone"),
    "caring_for_child": "not_applicable",
    "home_upkeep": "little",
    "wellbeing": ["none"],
    "changes": "steady",
    "help_with": ["none"],
}
MANY = {
    "answering_for": "together",
    "communication": ["language", "other"],
    "wish_self_assessment": "yes",
    "advocacy": ["remember"],
    "urgent": "soon",
    **dict.fromkeys(OUTCOMES, "lot"),
    "wellbeing": ["dignity"],
    "changes": "a_lot",
    "nights": "once",
    "help_with": ["nutrition"],
    "carer_assessment": "yes",
    "paid_help": "yes",
    "complex": "yes",
}


def test_somebody_with_few_needs_sees_about_25_questions() -> None:
    assert 23 <= len(asked(FEW)) <= 28


def test_somebody_with_five_needs_sees_about_45_questions() -> None:
    five = FEW | dict.fromkeys(OUTCOMES[:5], "some") | {"wellbeing": ["health"], "help_with": ["nutrition"]}
    assert 40 <= len(asked(five)) <= 50


def test_somebody_with_every_need_comes_past_every_question() -> None:
    assert asked(MANY) == [question.id for question in QUESTIONS]


def test_the_end_can_be_reached_without_a_word_about_money() -> None:
    about_money = [question for question in QUESTIONS if question.kind == "money"]
    assert [question.id for question in about_money] == ["paid_help_cost"]
    assert all(question.optional for question in about_money)
    never_read = {name for question in QUESTIONS for name, _ in questions_in(question.ask_if)}
    assert "paid_help_cost" not in never_read


def test_nobody_has_to_write_down_that_they_are_not_safe() -> None:
    [section] = [section for section in SECTIONS if section.id == "being_safe"]
    assert {question.kind for question in section.questions} <= {"one_of", "any_of", "yes_no", "date"}
    assert BY_ID["safe"].rather_not_say
    assert BY_ID["safe"].not_sure


def test_needs_are_told_as_if_nobody_helped_and_before_help_is_asked_about() -> None:
    blind = {question.id for question in QUESTIONS if question.carer_blind}
    assert blind == set(OUTCOMES) | {f"{outcome}_unable" for outcome in OUTCOMES} | {"nights"}
    ids = [question.id for question in QUESTIONS]
    assert max(ids.index(name) for name in blind) < min(ids.index(name) for name in HELP)
    for outcome in OUTCOMES:
        hint = BY_ID[outcome].hint
        assert hint is not None
        assert "nobody helped" in hint.text


def test_no_question_about_needs_depends_on_the_help_somebody_gets() -> None:
    for question in QUESTIONS:
        read = {name for name, _ in questions_in(question.ask_if)}
        if question.outcome or question.carer_blind:
            assert not read & set(HELP)


def test_help_is_recorded_for_each_outcome() -> None:
    assert tuple(option.id for option in BY_ID["help_with"].options) == (*OUTCOMES, "none")


def test_all_nine_areas_of_wellbeing_are_there() -> None:
    areas = [option.id for option in BY_ID["wellbeing"].options]
    assert areas == [
        *("dignity", "health", "protection", "control", "activity"),
        *("economic", "relationships", "home", "contribution", "none"),
    ]


def test_the_four_difficulties_that_give_a_right_to_an_advocate_are_there() -> None:
    options = [option.id for option in BY_ID["advocacy"].options]
    assert options == ["understand", "remember", "weigh", "communicate", "none"]
    assert "supporter" in asked({"advocacy": ["remember"]})
    assert "supporter" in asked({"advocacy": ["not-sure"]})
    assert "supporter" not in asked({"advocacy": ["none"]})


def standard(question: Question) -> list[str]:
    return [words.text for words in texts_in(question)]


def easy(question: Question) -> list[str]:
    return [words.easy for words in texts_in(question) if words.easy]


@each_question()
def test_no_question_is_hard_to_read(question: Question) -> None:
    assert reading_age(standard(question)) <= 12


def test_the_questions_read_at_age_nine() -> None:
    assert median(reading_age(standard(question)) for question in QUESTIONS) <= 9
    assert reading_age([text for question in QUESTIONS for text in standard(question)]) <= 9


@each_question()
def test_sentences_are_short(question: Question) -> None:
    for text in standard(question):
        for sentence in sentences_of(text):
            assert len(words_of(sentence)) <= 25, sentence


@each_question()
def test_long_words_are_rare_and_chosen(question: Question) -> None:
    for text in standard(question):
        long = {word.lower() for word in words_of(text) if syllables_in(word) >= 4}
        assert long <= LONG_WORDS_WE_KEEP


@each_question(*(question for question in QUESTIONS if question.ask.easy))
def test_easy_read_is_easier(question: Question) -> None:
    for text in easy(question):
        for sentence in sentences_of(text):
            assert len(words_of(sentence)) <= 15, sentence
    assert reading_age(easy(question)) <= min(9, reading_age(standard(question)))


def test_easy_read_reads_at_age_seven() -> None:
    assert median(reading_age(easy(question)) for question in QUESTIONS) <= 7


def test_every_question_has_easy_read_words() -> None:
    assert all(question.ask.easy for question in QUESTIONS)
    for outcome in OUTCOMES:
        for part in ("", "_unable"):
            assert all(option.label.easy for option in BY_ID[outcome + part].options)


@each_question()
def test_a_hint_is_one_short_sentence_in_full_words(question: Question) -> None:
    for asks in (question, *question.fields):
        if asks.hint is None:
            continue
        assert len(sentences_of(asks.hint.text)) == 1
        assert len(words_of(asks.hint.text)) <= 16
        assert not re.search(r"n’t\b|’(re|ve|ll|m)\b", asks.hint.text)


@each_question()
def test_what_is_said_when_nothing_was_answered_tells_what_to_do(question: Question) -> None:
    for asks in (question, *question.fields):
        if asks.optional or asks.kind in WITH_FIELDS:
            continue
        assert asks.missing is not None, f"{asks.id} has no words of its own"
        assert asks.missing.text.startswith(("Select ", "Enter "))
        assert not asks.missing.text.endswith(".")


@each_question()
def test_a_short_name_fits_a_receipt(question: Question) -> None:
    for asks in (question, *question.fields):
        assert len(asks.short.text) <= 60
        assert not asks.short.text.endswith((".", "?"))


def all_words() -> list[tuple[Path, Words]]:
    return [
        (file, words) for file, section in zip(FILES, SECTIONS, strict=True) for words in texts_in(section)
    ]


def test_quotes_are_curly_and_nothing_hangs_on_a_dash() -> None:
    for file, words in all_words():
        for text in (words.text, words.easy or ""):
            assert not re.search(r"['\"—–]|--|  ", text), f"{file.name}: {text}"


def test_nobody_is_told_of_failing_or_being_rejected() -> None:
    for file, words in all_words():
        assert not re.search(r"\b(fail|reject|refus|burden|suffer)", words.text, re.IGNORECASE), file.name
