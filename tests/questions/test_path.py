"""The path through the questions follows from the answers, and a change of mind loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.pack.conditions import Condition, holds
from portal.pack.questions import Question, Section
from portal.questions import path as paths
from portal.questions.path import Stage


@dataclass(frozen=True)
class Asking:
    sections: tuple[Section, ...]


def yes_no(name: str, ask_if: Any = None, *, optional: bool = False) -> Question:
    said = {"id": name, "kind": "yes_no", "ask": name, "short": name, "optional": optional}
    return Question.model_validate({**said, "ask_if": ask_if})


def asking(*sections: list[Question]) -> Asking:
    return Asking(
        tuple(
            Section.model_validate({"id": f"s{place}", "title": f"S{place}", "questions": questions})
            for place, questions in enumerate(sections)
        )
    )


def said_yes(name: str) -> dict[str, Any]:
    return {"question": name, "is": ["yes"]}


CHAIN = asking(
    [yes_no("a"), yes_no("b", said_yes("a")), yes_no("c", said_yes("b"))],
    [yes_no("d", optional=True), yes_no("e")],
)

NAMES = ["q0", "q1", "q2", "q3", "q4", "q5"]


@st.composite
def conditions(draw: st.DrawFn, before: list[str], depth: int = 2) -> dict[str, Any]:
    forms = ["is", "is_not", "answered"] + (["all", "any", "none"] if depth else [])
    form = draw(st.sampled_from(forms))
    if form in {"all", "any", "none"}:
        return {form: draw(st.lists(conditions(before, depth - 1), min_size=1, max_size=2))}
    value = draw(st.booleans()) if form == "answered" else [draw(st.sampled_from(["yes", "no"]))]
    return {"question": draw(st.sampled_from(before)), form: value}


@st.composite
def packs(draw: st.DrawFn) -> Asking:
    questions = []
    for place, name in enumerate(NAMES):
        rule = draw(st.none() | conditions(NAMES[:place])) if place else None
        questions.append(yes_no(name, rule, optional=draw(st.booleans())))
    cut = draw(st.integers(1, len(NAMES) - 1))
    return asking(questions[:cut], questions[cut:])


answers = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["yes", "no"]))


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_a_follow_up_is_asked_only_after_the_answer_that_leads_to_it() -> None:
    assert ids(paths.path(CHAIN, {})) == ["a", "d", "e"]
    assert ids(paths.path(CHAIN, {"a": "yes"})) == ["a", "b", "d", "e"]


def test_an_answer_off_the_path_opens_no_further_question() -> None:
    off = {"a": "no", "b": "yes", "c": "yes"}
    assert ids(paths.path(CHAIN, off)) == ["a", "d", "e"]
    assert paths.counted(CHAIN, off) == {"a": "no"}


def test_a_change_of_mind_loses_nothing() -> None:
    first = {"a": "yes", "b": "yes", "c": "no"}
    changed = {**first, "a": "no"}
    assert paths.counted(CHAIN, {**changed, "a": "yes"}) == first


def test_next_and_before_follow_the_path() -> None:
    said = {"a": "no", "b": "yes"}
    after, earlier = paths.walk(CHAIN, said).next_after("a"), paths.walk(CHAIN, said).before("d")
    assert after is not None
    assert after.id == "d"
    assert earlier is not None
    assert earlier.id == "a"
    assert paths.walk(CHAIN, said).next_after("e") is None
    assert paths.walk(CHAIN, said).before("a") is None
    assert paths.walk(CHAIN, said).next_after("b") is None


def test_going_on_starts_at_the_first_question_without_an_answer() -> None:
    def goes_on(said: dict[str, Any]) -> str | None:
        question = paths.walk(CHAIN, said).first_open()
        return question.id if question else None

    assert goes_on({}) == "a"
    assert goes_on({"a": "yes"}) == "b"
    assert goes_on({"a": "no"}) == "d"
    assert goes_on({"a": "no", "e": "yes"}) is None


def test_an_optional_question_that_was_passed_over_holds_nobody_up() -> None:
    said = {"a": "no", "e": "yes"}
    assert paths.walk(CHAIN, said).lacking() == ()
    assert [part.stage for part in paths.walk(CHAIN, said).progress()] == [Stage.DONE, Stage.DONE]


def test_a_section_tells_how_far_it_has_come() -> None:
    first, second = paths.walk(CHAIN, {"a": "yes"}).progress()
    assert (first.stage, first.answered, first.asked) == (Stage.IN_PROGRESS, 1, 2)
    assert (second.stage, second.answered, second.asked) == (Stage.NOT_STARTED, 0, 2)
    assert first.first_open is not None
    assert first.first_open.id == "b"


def test_a_section_that_asks_nothing_now_is_left_out() -> None:
    pack = asking([yes_no("a")], [yes_no("b", said_yes("a"))])
    assert [part.section.id for part in paths.walk(pack, {"a": "no"}).progress()] == ["s0"]


def test_an_answer_that_no_longer_fits_its_question_is_asked_again() -> None:
    question = paths.walk(CHAIN, {"a": "perhaps"}).first_open()
    assert question is not None
    assert question.id == "a"


@given(packs(), answers)
def test_the_path_keeps_the_order_of_the_pack(pack: Asking, said: dict[str, str]) -> None:
    asked = ids(paths.path(pack, said))
    assert asked == sorted(asked)


@given(packs(), answers)
def test_the_path_follows_from_the_counted_answers_alone(pack: Asking, said: dict[str, str]) -> None:
    counted = paths.counted(pack, said)
    assert paths.path(pack, counted) == paths.path(pack, said)
    assert paths.counted(pack, counted) == counted


@given(packs(), answers)
def test_only_answers_on_the_path_are_counted_and_unchanged(pack: Asking, said: dict[str, str]) -> None:
    counted = paths.counted(pack, said)
    asked = set(ids(paths.path(pack, said)))
    assert counted == {name: said[name] for name in said if name in asked}


@given(packs(), answers)
def test_a_question_is_asked_exactly_when_its_condition_holds_of_what_counts(
    pack: Asking, said: dict[str, str]
) -> None:
    counted = paths.counted(pack, said)
    asked = set(ids(paths.path(pack, said)))
    for section in pack.sections:
        for question in section.questions:
            assert (question.id in asked) == holds(question.ask_if, counted)


@given(packs(), answers, st.sampled_from(NAMES), st.sampled_from(["yes", "no"]))
def test_changing_an_answer_and_changing_it_back_gives_the_same_path(
    pack: Asking, said: dict[str, str], name: str, other: str
) -> None:
    changed = {**said, name: other}
    back = {**changed, name: said[name]} if name in said else said
    assert paths.path(pack, back) == paths.path(pack, said)


@given(packs(), answers)
def test_nothing_is_lacking_exactly_when_no_section_is_short(pack: Asking, said: dict[str, str]) -> None:
    lacking = paths.walk(pack, said).lacking()
    open_question = paths.walk(pack, said).first_open()
    assert not lacking or open_question is not None
    if open_question is None:
        assert not lacking


@given(packs(), answers)
def test_answering_what_is_open_again_and_again_comes_to_an_end(pack: Asking, said: dict[str, str]) -> None:
    for _round in range(len(NAMES) + 1):
        question = paths.walk(pack, said).first_open()
        if question is None:
            break
        said = {**said, question.id: "yes"}
    assert paths.walk(pack, said).first_open() is None
    assert len(paths.path(pack, said)) >= 1


def test_a_condition_on_a_number_or_on_several_answers_is_understood() -> None:
    hours = Question.model_validate({"id": "hours", "kind": "number", "ask": "h", "short": "h"})
    options = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    many = Question.model_validate(
        {"id": "many", "kind": "any_of", "ask": "m", "short": "m", "options": options}
    )
    pack = asking(
        [
            hours,
            many,
            yes_no("long", {"question": "hours", "at_least": 35}),
            yes_no("b", {"question": "many", "is": ["b"]}),
            yes_no("not_b", {"question": "many", "is_not": ["b"]}),
        ]
    )
    assert ids(paths.path(pack, {"hours": "35", "many": ["a", "b"]}))[2:] == ["long", "b"]
    assert ids(paths.path(pack, {"hours": "34.5", "many": ["a"]}))[2:] == ["not_b"]
    rule = Condition.model_validate({"question": "many", "is": ["b"]})
    assert holds(rule, {"many": ["b"]})
