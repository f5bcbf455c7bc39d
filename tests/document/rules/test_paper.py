"""On paper every question stands with its number, and words lead past those that need no answer."""

from __future__ import annotations

from portal.document.rules.paper import Joined, Single, paper_form
from portal.pack.loading import load_pack
from portal.pack.questions import Section
from portal.pack.text import Words
from portal.paths import PACKS
from portal.questions.numbers import question_numbers

ASKS = Section.model_validate(
    {
        "id": "all",
        "title": "All",
        "questions": [
            {"id": "wash", "kind": "one_of", "ask": "Wash?", "short": "Wash", "not_sure": True,
             "options": [{"id": "alone", "label": "Alone"}, {"id": "some", "label": "Some help"}]},
            {"id": "wash_unable", "kind": "any_of", "ask": "Why?", "short": "Why",
             "ask_if": {"question": "wash", "is_not": ["alone"]},
             "options": [{"id": "pain", "label": "Pain"},
                         {"id": "none", "label": "None", "exclusive": True}]},
            {"id": "pain", "kind": "short_text", "ask": "Pain?", "short": "Pain",
             "ask_if": {"question": "wash_unable", "is": ["pain"]}},
            {"id": "hours", "kind": "number", "ask": "Hours?", "short": "Hours"},
            {"id": "many", "kind": "short_text", "ask": "Many?", "short": "Many",
             "ask_if": {"all": [{"question": "hours", "at_least": 10},
                                {"question": "wash", "is": ["some"]}]}},
            {"id": "last", "kind": "yes_no", "ask": "Last?", "short": "Last"},
            {"id": "more", "kind": "short_text", "ask": "More?", "short": "More",
             "ask_if": {"question": "last", "is": ["yes"]}},
        ],
    }
)  # fmt: skip
FORM = {asked.question.id: asked for asked in paper_form((ASKS,))[0].questions}


def test_questions_are_numbered_through_all_sections():
    pack = load_pack(PACKS / "demo")
    numbers = question_numbers(pack.sections)
    assert list(numbers) == list(pack.questions)
    assert list(numbers.values()) == list(range(1, len(pack.questions) + 1))


def test_an_answer_that_needs_no_more_leads_past_what_follows():
    assert FORM["wash"].go_to == {"alone": 3}
    assert FORM["wash_unable"].go_to == {"none": 4}


def test_the_end_has_the_number_nought():
    assert FORM["last"].go_to == {"no": 0}


def test_who_was_led_past_is_not_told_again():
    assert FORM["wash_unable"].only_if is None
    assert FORM["more"].only_if is None


def test_a_question_that_depends_on_one_of_many_ticks_says_so():
    told = FORM["pain"].only_if
    assert isinstance(told, Single)
    assert (told.test, told.number) == ("ticked", 2)
    assert [answer.text for answer in told.answers if isinstance(answer, Words)] == ["Pain"]


def test_joined_conditions_are_told_part_by_part():
    told = FORM["many"].only_if
    assert isinstance(told, Joined)
    assert told.join == "all"
    parts = [part for part in told.parts if isinstance(part, Single)]
    assert [(part.number, part.least) for part in parts] == [(4, "10"), (1, "")]


def test_every_question_of_the_demonstration_is_reached_or_says_who_answers_it():
    pack = load_pack(PACKS / "demo")
    asked = [question for section in paper_form(pack.sections) for question in section.questions]
    reached = {1}
    for question in asked:
        assert question.number in reached or question.only_if is not None
        reached.add(question.number + 1)
        reached.update(question.go_to.values())
        assert all(target == 0 or target > question.number + 1 for target in question.go_to.values())
