"""The carers' questions of the demonstration: what section 10 of the Care Act asks for, plain to read."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from portal.assessment.rules.eligibility import standing
from portal.pack.conditions import holds
from portal.pack.eligibility import policy_on
from portal.pack.loading import check_report, load_pack
from portal.pack.questions import WITH_FIELDS, Question
from portal.pack.text import texts_in
from portal.paths import PACKS
from tests.pack.readability import reading_age, sentences_of, words_of

TODAY = date(2026, 11, 22)
PACK = load_pack(PACKS / "demo")
CARERS = PACK.for_carers
QUESTIONS = tuple(CARERS.questions.values())
EIGHT = ("child", "others", "home", "food", "people", "work", "places", "fun")

FEW: dict[str, Any] = {
    "carer_for": {"relation": "partner", "they_are": "adult", "you_are": "adult"},
    "advocacy": ["none"],
    "carer_willing": "all",
    "carer_able": "all",
    "carer_emergency": "nobody",
    **{f"carer_{name}": "alone" for name in EIGHT},
}
ELIGIBLE: dict[str, Any] = {
    "carer_necessary": "yes",
    "carer_health": "no",
    "carer_impact": "significant",
    **{f"carer_{name}": "alone" for name in EIGHT},
}


def asked(answers: dict[str, Any]) -> list[str]:
    """The questions a carer with these answers comes past."""
    return [question.id for question in QUESTIONS if holds(question.ask_if, answers)]


def each_question() -> Any:
    return pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])


def test_everything_that_section_10_asks_for_is_asked():
    assert set(asked(FEW)) >= {
        *("carer_able", "carer_willing", "carer_how_long"),
        *("wellbeing", "carer_wants", "carer_support"),
        *("carer_work_wish", "carer_learning_wish"),
        *(f"carer_{name}" for name in EIGHT),
    }
    assert [option.id for option in CARERS.questions["wellbeing"].options] == [
        option.id for option in PACK.questions["wellbeing"].options
    ]


def test_a_carer_with_few_difficulties_sees_about_thirty_questions():
    assert 27 <= len(asked(FEW)) <= 33


def test_somebody_who_is_not_willing_is_not_asked_for_how_long():
    assert "carer_how_long" in asked(FEW)
    assert "carer_how_long" not in asked({**FEW, "carer_willing": "no"})
    assert "carer_how_long" not in asked({**FEW, "carer_able": "no"})
    assert "carer_less" in asked({**FEW, "carer_willing": "less"})


@pytest.mark.parametrize("name", EIGHT)
def test_somebody_who_manages_well_is_not_asked_why_it_is_hard(name: str):
    assert f"carer_{name}_unable" not in asked(FEW)
    for level in ("some", "lot", "not-sure"):
        assert f"carer_{name}_unable" in asked({**FEW, f"carer_{name}": level})


def result(**answers: Any) -> str:
    policy = policy_on(PACK.policies, "carer", TODAY)
    assert policy is not None
    return standing(policy, {**ELIGIBLE, **answers}, on=TODAY).result


def test_one_outcome_or_a_risk_to_health_is_enough():
    assert result() == "not_likely"
    assert result(carer_health="yes") == "likely"
    for name in EIGHT:
        assert result(**{f"carer_{name}": "lot", f"carer_{name}_unable": ["pain"]}) == "likely"


def test_that_it_takes_longer_is_no_way_of_being_unable():
    assert result(carer_fun="some", carer_fun_unable=["longer"]) == "not_likely"
    assert result(carer_fun="some", carer_fun_unable=["longer", "danger"]) == "likely"


def test_care_that_is_not_needed_gives_no_right_and_not_sure_is_never_no():
    assert result(carer_health="yes", carer_necessary="no") == "not_likely"
    assert result(carer_health="yes", carer_necessary="not-sure") == "cannot_say"
    assert result(carer_health="not-sure") == "cannot_say"


@pytest.mark.parametrize("willing", ["all", "less", "no", "not-sure"])
def test_whether_somebody_goes_on_changes_nothing_about_their_right(willing: str):
    assert result(carer_health="yes", carer_willing=willing) == "likely"


@each_question()
def test_a_question_is_plain_to_read(question: Question):
    standard = [words.text for words in texts_in(question)]
    assert reading_age(standard) <= 12
    for text in standard:
        assert all(len(words_of(sentence)) <= 25 for sentence in sentences_of(text)), text
        assert not re.search(r"['\"—–]|  ", text), text


@each_question()
def test_easy_read_is_easier(question: Question):
    assert question.ask.easy
    easy = [words.easy for words in texts_in(question) if words.easy]
    for text in easy:
        assert all(len(words_of(sentence)) <= 15 for sentence in sentences_of(text)), text
    assert reading_age(easy) <= 9


@each_question()
def test_each_part_has_words_of_its_own(question: Question):
    for part in (question, *question.fields):
        assert len(part.short.text) <= 60
        if part.hint is not None:
            assert len(sentences_of(part.hint.text)) == 1
        if not part.optional and part.kind not in WITH_FIELDS:
            assert part.missing is not None, part.id
            assert part.missing.text.startswith(("Select ", "Enter "))


def test_the_questions_read_at_age_nine():
    assert median(reading_age([words.text for words in texts_in(each)]) for each in QUESTIONS) <= 9
    assert PACK.carers_file is not None
    assert reading_age([words.text for words in texts_in(PACK.carers_file)]) <= 10


def test_nothing_takes_it_for_granted_that_a_carer_goes_on():
    texts = [words.text for section in CARERS.sections for words in texts_in(section)]
    assert PACK.carers_file is not None
    texts += [words.text for words in texts_in(PACK.carers_file)]
    told = " ".join(texts)
    assert "Nobody may take it for granted that you go on" in told
    assert not re.search(r"\b(you will (go on|carry on)|as you care for|duty to care)\b", told, re.IGNORECASE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "demo", tmp_path / "pack"))


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_carers_questions_without_what_carers_are_told_are_a_fault(folder: Path):
    (folder / "carers.yaml").unlink()
    told = check_report(folder)[0]
    assert told.startswith(
        "carers.yaml:1: this file is missing. Write it, or remove the folder carer-questions"
    )


def test_what_carers_are_told_without_questions_is_a_fault(folder: Path):
    shutil.rmtree(folder / "carer-questions")
    assert check_report(folder)[0].startswith("carer-questions:1: this folder has no files.")


def test_a_pack_may_do_without_carers_questions(folder: Path):
    (folder / "carers.yaml").unlink()
    shutil.rmtree(folder / "carer-questions")
    (folder / "eligibility" / "care-act-2015-carers.yaml").unlink()
    samples = folder / "samples.yaml"
    people = samples.read_text(encoding="utf-8").split("\n  - id: ")
    alone = [person for person in people if "group: carer" not in person]
    samples.write_text("\n  - id: ".join(alone), encoding="utf-8")
    pack = load_pack(folder)
    assert not pack.has_carers
    with pytest.raises(ValueError, match="no questions for carers"):
        _ = pack.for_carers


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("carers.yaml", "carer_break: carer_break_wish", "carer_break: carer_brake_wish",
         "there is no question carer_brake_wish. Write carer_break_wish."),
        ("carers.yaml", "carer_break: carer_break_wish", "carer_brake: carer_break_wish",
         "there is no question carer_brake. Write carer_break."),
        ("carers.yaml", "carer_break: carer_break_wish", "carer_break: carer_emergency",
         "carer_break has no option plan."),
        ("carers.yaml", "is: [someone, nobody, not-sure]", "is: [somebody, nobody, not-sure]",
         "carer_emergency has no option somebody."),
        ("carer-questions/04-going-on.yaml", "{question: carer_willing, is: [less]}",
         "{question: carer_impact, is: [some]}", "carer_less depends on carer_impact, which is asked later."),
        ("eligibility/care-act-2015-carers.yaml", "level: carer_fun", "level: carer_funn",
         "there is no question carer_funn. Write carer_fun."),
        ("carer-questions/02-being-safe.yaml", "id: urgent", "id: advocacy",
         "there is a question advocacy already, at carer-questions/01-about-you.yaml:"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_its_line_and_what_to_write(
    folder: Path, file: str, before: str, after: str, told: str
):
    change(folder / file, before, after)
    line = (folder / file).read_text(encoding="utf-8").partition(after)[0].count("\n") + 1
    problems = check_report(folder)
    assert any(problem.startswith(f"{file}:{line}:") and told in problem for problem in problems), problems
