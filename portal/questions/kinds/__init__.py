"""The kinds of question, and the one place where what depends on the kind is chosen.

A question is told to these functions together with what was typed or stored; they know the rest::

    typed = read(question, request.form)
    wrong = problems(question, typed, today)
    kept = keep(question, typed, today)
    told = tell(question, kept)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import WITH_FIELDS, KindName, Question
from portal.questions.kinds.any_of import AnyOf
from portal.questions.kinds.base import Form, Kind, Problem, Say, Told, Typed
from portal.questions.kinds.choosing import NO_LONGER_OFFERED
from portal.questions.kinds.date import DateKind
from portal.questions.kinds.group import Group
from portal.questions.kinds.money import MoneyKind
from portal.questions.kinds.number import NumberKind
from portal.questions.kinds.one_of import OneOf, YesNo
from portal.questions.kinds.several import Several
from portal.questions.kinds.texts import LongText, ShortText

_SINGLE: dict[KindName, Kind] = {
    "one_of": OneOf(),
    "any_of": AnyOf(),
    "yes_no": YesNo(),
    "number": NumberKind(),
    "money": MoneyKind(),
    "date": DateKind(),
    "short_text": ShortText(),
    "long_text": LongText(),
}
_UNFIT = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a stored answer of another shape than the kind's raises."""

SEVERAL = Several(_SINGLE)
KINDS: Mapping[KindName, Kind] = {**_SINGLE, "group": Group(_SINGLE), "several": SEVERAL}


def read(question: Question, form: Form) -> Typed:
    """What was typed into the boxes of a question, word for word."""
    return KINDS[question.kind].read(question, form, question.id)


def problems(question: Question, typed: Typed, today: date) -> tuple[Problem, ...]:
    """What is wrong with it, in the order of the page."""
    return KINDS[question.kind].problems(question, typed, question.id, today)


def keep(question: Question, typed: Typed, today: date) -> Kept | None:
    """The answer to store: what is right of it. ``None`` when nothing was answered."""
    return KINDS[question.kind].keep(question, typed, question.id, today)


def boxes(question: Question, kept: Kept | None) -> Typed:
    """What to show in the boxes for a stored answer; nothing for one that does not fit the question."""
    try:
        return KINDS[question.kind].typed(question, kept, question.id)
    except _UNFIT:
        return {}


def tell(question: Question, kept: Kept) -> Told:
    """A stored answer in words, to be translated and formatted where it is shown.

    One that does not fit the question, because a newer pack asks it in another way, is told as such.
    """
    try:
        return KINDS[question.kind].tell(question, kept) or NO_LONGER_OFFERED
    except _UNFIT:
        return NO_LONGER_OFFERED


def whole(question: Question, kept: Kept | None) -> bool:
    """Whether a stored answer still fits the question and lacks nothing."""
    try:
        return kept is not None and KINDS[question.kind].whole(question, kept)
    except _UNFIT:
        return False


def controls(question: Question, typed: Typed, wrong: Sequence[Problem], say: Say) -> tuple[Control, ...]:
    """The fields to draw, with what is wrong beside each. A single field's label is the page's heading."""
    drawn = KINDS[question.kind].controls(question, typed, question.id, wrong, say)
    if question.kind in WITH_FIELDS:
        return drawn
    return (replace(drawn[0], heading=True), *drawn[1:])
