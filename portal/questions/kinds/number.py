"""A number, as people write numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import (
    UNKNOWN_WORDS,
    WRONG_BOTH,
    Form,
    Message,
    Number,
    Problem,
    Say,
    Told,
    Typed,
    field,
    first,
    kept_unknown,
    missing,
    read_boxes,
    ticked_unknown,
    unknown_control,
    unknown_name,
)
from portal.text import _

_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_IN_WORDS = {word: Decimal(number) for number, word in enumerate(_COUNTED)} | {
    "none": Decimal(0),
    "half": Decimal("0.5"),
    "thirty": Decimal(30),
    "forty": Decimal(40),
    "fifty": Decimal(50),
}
_PARTS = {"½": "5", "¼": "25", "¾": "75"}
_ABOUT = re.compile(r"^(?:about|around|roughly|approx\.?|approximately|maybe|~)\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"^([+-]?\d{1,3})((?:[,\s]\d{3})+)(\.\d+)?$")
_PLAIN = re.compile(r"^([+-]?)(\d*)(?:[.,](\d+))?$")
_WITH_PART = re.compile(r"^(\d*)\s*([½¼¾])$")
LONGEST = 15
"""Digits a number may have."""


def number_in(typed: str, unit: str = "") -> Decimal | None:
    """The number somebody typed: "12", "1,200", "2.5", "2½", "twelve", "about 12 hours".

    Words after the number are taken only when they are the unit's own.
    """
    text = _ABOUT.sub("", typed.strip().lower()).rstrip(".").strip()
    number = _figures(text)
    if number is not None:
        return number
    head, _space, tail = text.partition(" ")
    if not tail:
        split = re.match(r"^([^a-z]+)([a-z]+)$", text)
        head, tail = split.groups() if split else (text, "")
    known = set(re.findall(r"[^\W\d_]+", unit.lower()))
    known |= {word.rstrip("s") for word in known}
    return _figures(head) if tail and known and set(tail.split()) <= known else None


def _figures(text: str) -> Decimal | None:
    if text in _IN_WORDS:
        return _IN_WORDS[text]
    if not text or sum(mark.isdigit() for mark in text) > LONGEST:
        return None
    part = _WITH_PART.match(text)
    if part:
        return Decimal(f"{part[1] or '0'}.{_PARTS[part[2]]}")
    thousands = _THOUSANDS.match(text)
    if thousands:
        return Decimal(thousands[1] + re.sub(r"[,\s]", "", thousands[2]) + (thousands[3] or ""))
    plain = _PLAIN.match(text)
    if plain and (plain[2] or plain[3]):
        return Decimal(f"{plain[1]}{plain[2] or '0'}.{plain[3] or '0'}")
    return None


def stored_number(kept: object) -> Decimal:
    """A number from a stored answer.

    :raises ValueError: when that is not a number.
    """
    number = number_in(str(kept))
    if number is None:
        raise ValueError(f"{kept!r} is not a number")
    return number


def plainly(number: Decimal) -> str:
    """A number as it is kept: digits and at most one point, no needless noughts."""
    whole = number.normalize() + Decimal(0)
    return f"{whole:f}"


def _unfit(question: Question, number: Decimal) -> Message | None:
    """What is wrong with a number as an answer to this question."""
    low = question.minimum if question.minimum is not None else Decimal(0)
    if number < low:
        return Message(_("Enter %(least)s or more"), {"least": low})
    if question.maximum is not None and number > question.maximum:
        return Message(_("Enter %(most)s or less"), {"most": question.maximum})
    if question.whole and number % 1:
        return Message(_("Enter a whole number, like 3"))
    return None


class NumberKind:
    """Kept as a string of digits, so that nothing is lost to floating point.

    Never below nought unless the pack gives a lower ``minimum``.
    """

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, name, unknown_name(name))

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        given = first(typed, name)
        unknown = ticked_unknown(question, typed, name)
        if given and unknown:
            return (Problem(name, WRONG_BOTH),)
        if not given:
            return () if unknown else missing(question, name, _("Enter a number, like 3"))
        number = self._number(question, given)
        if number is None:
            return (Problem(name, Message(_("Enter a number in figures, like 3"))),)
        wrong = _unfit(question, number)
        return () if wrong is None else (Problem(name, wrong),)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        if self.problems(question, typed, name, today):
            return None
        number = self._number(question, first(typed, name))
        return plainly(number) if number is not None else ticked_unknown(question, typed, name)

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        if not isinstance(kept, str):
            return {}
        return {unknown_name(name) if kept_unknown(question, kept) else name: (kept,)}

    def tell(self, question: Question, kept: Kept) -> Told:
        unknown = kept_unknown(question, kept)
        return UNKNOWN_WORDS[unknown] if unknown else Number(stored_number(kept), question.unit)

    def whole(self, question: Question, kept: Kept) -> bool:
        if not isinstance(kept, str) or kept_unknown(question, kept) is not None:
            return isinstance(kept, str)
        number = number_in(kept)
        return number is not None and _unfit(question, number) is None

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = replace(
            field("number", question, name, wrong, say),
            value=first(typed, name),
            inputmode="numeric" if question.whole else "decimal",
            suffix=say(question.unit) if question.unit else "",
        )
        return (drawn, *unknown_control(question, typed, name, say))

    def _number(self, question: Question, given: str) -> Decimal | None:
        return number_in(given, question.unit.text if question.unit else "")
