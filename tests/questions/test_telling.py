"""Answers are told in words that a person would use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.pack.questions import Question
from portal.pack.text import Words
from portal.questions.kinds.base import Message
from portal.questions.telling import answer_in_words, say_in
from portal.words import read_languages

ENGLISH = read_languages(Path("nowhere"))["en"]
FIELDS = [
    {"id": "name", "kind": "short_text", "ask": "Name", "short": "Name"},
    {"id": "hours", "kind": "number", "ask": "Hours", "short": "Hours", "unit": "hours a week"},
]
OPTIONS = [{"id": "a", "label": "By day"}, {"id": "b", "label": "By night"}]


def told(kind: str, kept: Any, **more: Any) -> tuple[str, ...]:
    question = Question.model_validate({"id": "it", "kind": kind, "ask": "What?", "short": "It", **more})
    return answer_in_words(question, kept, ENGLISH)


@pytest.mark.parametrize(
    ("kind", "kept", "more", "words"),
    [
        ("one_of", "a", {"options": OPTIONS}, ("By day",)),
        ("any_of", ["a", "b"], {"options": OPTIONS}, ("By day", "By night")),
        ("yes_no", "yes", {}, ("Yes",)),
        ("yes_no", "not-sure", {"not_sure": True}, ("I am not sure",)),
        (
            "any_of",
            ["rather-not-say"],
            {"options": OPTIONS, "rather_not_say": True},
            ("I would rather not say",),
        ),
        ("number", "1200.5", {}, ("1,200.5",)),
        ("number", "3", {"unit": "nights a week"}, ("3 nights a week",)),
        ("number", "not-sure", {"not_sure": True}, ("I am not sure",)),
        ("money", {"pounds": "12.50", "every": "week"}, {}, ("£12.50 every week",)),
        ("money", {"pounds": "1200.00", "every": "four_weeks"}, {}, ("£1,200 every 4 weeks",)),
        ("money", {"pounds": "80.00"}, {"periods": []}, ("£80",)),
        ("date", "1958-03-27", {}, ("27 March 1958",)),
        ("long_text", "One\nTwo", {}, ("One\nTwo",)),
        (
            "group",
            {"name": "Anna", "hours": "3"},
            {"fields": FIELDS},
            ("Name: Anna", "Hours: 3 hours a week"),
        ),
        (
            "several",
            [{"name": "Anna", "hours": "3"}, {"name": "Ben"}],
            {"fields": FIELDS, "item": "person"},
            ("Anna, 3 hours a week", "Ben"),
        ),
        ("several", [], {"fields": FIELDS, "item": "person", "optional": True}, ("None",)),
        ("short_text", None, {}, ("Not answered",)),
    ],
)
def test_an_answer_in_words(kind: str, kept: Any, more: dict[str, Any], words: tuple[str, ...]) -> None:
    assert told(kind, kept, **more) == words


def test_a_message_takes_its_values_after_translation_each_in_its_own_form() -> None:
    say = say_in(ENGLISH)
    message = Message("Up to %(most)s for “%(what)s”", {"most": 1500, "what": Words(text="a 100% share")})
    assert say(message) == "Up to 1,500 for “a 100% share”"
