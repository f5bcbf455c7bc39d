"""Whatever somebody types, reading it and showing it again loses nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.pack.questions import Question
from portal.pack.values import NOT_SURE, RATHER_NOT_SAY
from portal.questions.kinds import KINDS, boxes, controls, keep, problems, read, tell, whole
from portal.questions.kinds.base import LEFT_OUT
from portal.questions.telling import in_words
from portal.text import clean
from portal.words import read_languages

ENGLISH = read_languages(Path("nowhere"))["en"]
TODAY = date(2026, 11, 22)
WORDS = {"ask": "What?", "short": "It"}
OPTIONS = [{"id": "alone", "label": "Alone"}, {"id": "little", "label": "A little"}]
NONE = {"id": "none", "label": "None of these", "exclusive": True}
FIELDS = [
    {"id": "name", "kind": "short_text", **WORDS},
    {"id": "hours", "kind": "number", "optional": True, **WORDS},
]

QUESTIONS: dict[str, dict[str, Any]] = {
    "one_of": {"options": OPTIONS},
    "any_of": {"options": [*OPTIONS, NONE]},
    "yes_no": {},
    "number": {"whole": False},
    "money": {},
    "date": {},
    "short_text": {},
    "long_text": {},
    "group": {"fields": FIELDS},
    "several": {"fields": FIELDS, "item": "a person"},
}
SINGLE = sorted(set(QUESTIONS) - {"group", "several"})


def question(kind: str, **more: Any) -> Question:
    return Question.model_validate({"id": "it", "kind": kind, **WORDS, **QUESTIONS[kind], **more})


kinds = st.sampled_from(sorted(QUESTIONS))
box_names = st.sampled_from(
    ["it", "it-day", "it-month", "it-year", "it-every", "it-unknown", "it-name", "it-hours", "other"]
)
typed_text = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["alone", "little", "none", "yes", "no", "week", "month", NOT_SURE, RATHER_NOT_SAY]),
    st.integers(-10, 3000).map(str),
    st.decimals(-10, 10**6, places=2).map(str),
)
forms = st.lists(st.tuples(box_names, typed_text), max_size=8).map(MultiDict)


def test_every_kind_is_tried() -> None:
    assert set(QUESTIONS) == set(KINDS)


@given(kinds, forms, st.booleans(), st.booleans())
def test_what_has_no_problem_is_kept_shown_again_and_kept_the_same(
    kind: str, form: MultiDict[str, str], optional: bool, unknown: bool
) -> None:
    asked = question(kind, optional=optional, not_sure=unknown, rather_not_say=unknown)
    typed = read(asked, form)
    kept = keep(asked, typed, TODAY)
    if problems(asked, typed, TODAY):
        return
    if kept is None:
        assert asked.optional
        return
    assert whole(asked, kept)
    again = boxes(asked, kept)
    assert not problems(asked, again, TODAY)
    assert keep(asked, again, TODAY) == kept
    assert tell(asked, kept) not in ((), LEFT_OUT)


json_values = st.recursive(
    st.text(max_size=10) | st.integers() | st.booleans() | st.sampled_from(["alone", "2026-01-31", "12.5"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "hours", "pounds", "every"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(kinds, json_values)
@example("group", {"name": "0", "hours": ".1"})
def test_a_stored_answer_of_another_shape_is_asked_again_and_never_breaks_a_page(
    kind: str, kept: Any
) -> None:
    asked = question(kind)
    assert in_words(tell(asked, kept), ENGLISH)
    again = boxes(asked, kept)
    if whole(asked, kept):
        assert not problems(asked, again, TODAY)


@given(kinds, forms)
def test_what_is_wrong_is_shown_beside_a_field_of_the_page(kind: str, form: MultiDict[str, str]) -> None:
    asked = question(kind, not_sure=True)
    typed = read(asked, form)
    wrong = problems(asked, typed, TODAY)
    drawn = controls(asked, typed, wrong, str)
    assert [(problem.name, problem.ends) for problem in wrong] == [
        (c.name, c.wrong) for c in drawn if c.error
    ]


@given(st.text())
def test_own_words_are_kept_as_typed_but_for_control_characters(typed: str) -> None:
    asked = question("long_text", optional=True)
    kept = keep(asked, read(asked, MultiDict({"it": typed})), TODAY)
    assert (kept or "") == clean(typed)


@given(st.sampled_from(SINGLE))
def test_only_an_optional_question_may_be_left_empty(kind: str) -> None:
    assert problems(question(kind), {}, TODAY)
    assert not problems(question(kind, optional=True), {}, TODAY)


@given(st.sampled_from(SINGLE), st.sampled_from([NOT_SURE, RATHER_NOT_SAY]))
def test_not_sure_and_rather_not_say_are_answers_where_offered(kind: str, unknown: str) -> None:
    box = "it" if kind in {"one_of", "any_of", "yes_no"} else "it-unknown"
    form = MultiDict({box: unknown})
    offered = question(kind, not_sure=True, rather_not_say=True)
    kept = keep(offered, read(offered, form), TODAY)
    assert kept in (unknown, [unknown])
    assert problems(question(kind), read(question(kind), form), TODAY)
