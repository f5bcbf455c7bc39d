"""Pounds, as people write them, and how often."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.fields import Choice, Control
from portal.money import to_penny
from portal.pack.conditions import Kept
from portal.pack.questions import Period, Question
from portal.questions.kinds.base import (
    UNKNOWN_WORDS,
    WRONG_BOTH,
    Form,
    Message,
    Money,
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
from portal.questions.kinds.number import number_in, stored_number
from portal.text import _

EVERY = "every"
MOST = Decimal(10_000_000)
"""Pounds; more than this is a slip of the finger."""

PERIOD_WORDS: Mapping[Period, Message] = {
    "week": Message(_("every week")),
    "four_weeks": Message(_("every 4 weeks")),
    "month": Message(_("every month")),
    "year": Message(_("every year")),
}
_PENCE = re.compile(r"^(\d{1,2})\s*(?:p|pence)$")


def pounds_in(typed: str) -> Decimal | None:
    """The pounds somebody typed: "£1,234.50", "1234.5", "12 pounds", "50p". ``None`` when unclear."""
    text = typed.strip().lower()
    pence = _PENCE.match(text)
    if pence:
        return Decimal(pence[1]) / 100
    return number_in(text.replace("£", "").removeprefix("gbp").strip(), "pound pounds gbp")


def every_name(name: str) -> str:
    """The name of the boxes for how often."""
    return f"{name}-{EVERY}"


class MoneyKind:
    """Kept as ``{"pounds": "12.50", "every": "week"}``; a single sum has no ``every``."""

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, name, every_name(name), unknown_name(name))

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        given = first(typed, name)
        unknown = ticked_unknown(question, typed, name)
        if given and unknown:
            return (Problem(name, WRONG_BOTH),)
        if not given:
            return () if unknown else missing(question, name, _("Enter an amount in pounds, like 12.50"))
        amount = pounds_in(given)
        found = self._wrong_amount(question, amount, name)
        if not found and amount and self._every(question, typed, name) is None:
            found = (Problem(name, Message(_("Choose how often")), (EVERY,)),)
        return found

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        if self.problems(question, typed, name, today):
            return None
        amount = pounds_in(first(typed, name))
        if amount is None:
            return ticked_unknown(question, typed, name)
        every = self._every(question, typed, name) or (question.periods or ("",))[0]
        return {"pounds": f"{to_penny(amount):f}"} | ({"every": every} if every else {})

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        unknown = kept_unknown(question, kept)
        if unknown:
            return {unknown_name(name): (unknown,)}
        if not isinstance(kept, dict):
            return {}
        typed = {name: (str(kept["pounds"]).removesuffix(".00"),)}
        if len(question.periods) > 1 and "every" in kept:
            typed[every_name(name)] = (str(kept["every"]),)
        return typed

    def tell(self, question: Question, kept: Kept) -> Told:
        if not isinstance(kept, dict):
            return UNKNOWN_WORDS[kept_unknown(question, kept) or "not-sure"]
        every: Period | None = kept.get("every")
        return Money(stored_number(kept["pounds"]), every if every in PERIOD_WORDS else None)

    def whole(self, question: Question, kept: Kept) -> bool:
        if isinstance(kept, dict):
            return stored_number(kept["pounds"]) >= 0 and kept.get("every", "") in (question.periods or ("",))
        return kept_unknown(question, kept) is not None

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = replace(field("money", question, name, wrong, say), value=first(typed, name))
        if len(question.periods) > 1:
            periods = tuple(Choice(period, say(PERIOD_WORDS[period])) for period in question.periods)
            drawn = replace(
                drawn,
                value=(first(typed, name), first(typed, every_name(name))),
                options=(Choice("", say(Message(_("Choose how often")))), *periods),
            )
        return (drawn, *unknown_control(question, typed, name, say))

    def _every(self, question: Question, typed: Typed, name: str) -> str | None:
        if len(question.periods) < 2:
            return question.periods[0] if question.periods else ""
        every = first(typed, every_name(name))
        return every if every in question.periods else None

    def _wrong_amount(self, question: Question, amount: Decimal | None, name: str) -> tuple[Problem, ...]:
        most = question.maximum if question.maximum is not None else MOST
        least = question.minimum if question.minimum is not None else Decimal(0)
        if amount is None:
            return (Problem(name, Message(_("Enter an amount in pounds, like 12.50"))),)
        if amount < least:
            return (Problem(name, Message(_("Enter £%(least)s or more"), {"least": least})),)
        if amount > most:
            return (Problem(name, Message(_("Enter £%(most)s or less"), {"most": most})),)
        if amount != to_penny(amount):
            return (Problem(name, Message(_("Enter pounds and pence, like 12.50"))),)
        return ()
