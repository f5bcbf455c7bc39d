"""A date, in three boxes: day, month and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from portal.fields import DATE_PARTS as PARTS
from portal.fields import Control
from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.questions.kinds.base import (
    UNKNOWN_WORDS,
    WRONG_BOTH,
    Form,
    Message,
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

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)$")
_BETWEEN = re.compile(r"[\s/.,-]+")
OLDEST = 1900
"""The first year that is taken for a date in somebody's life; before it is a slip."""

_MISSING = {
    ("day",): _("Enter the day too, like 27"),
    ("month",): _("Enter the month too, like 3 or March"),
    ("year",): _("Enter the year too"),
    ("day", "month"): _("Enter the day and the month too, like 27 March"),
    ("day", "year"): _("Enter the day and the year too"),
    ("month", "year"): _("Enter the month and the year too"),
}
_MISSING_PAST = {
    ("year",): _("Enter the year too, like 1958"),
    ("month", "year"): _("Enter the month and the year too, like March 1958"),
}
"""With a year for an example, where a year long past is one."""


def box(name: str, part: str) -> str:
    """The name of the box for a part of the date."""
    return f"{name}-{part}"


def month_in(typed: str) -> int | None:
    """A month from its number or its English name, short or long."""
    text = typed.lower().rstrip(".")
    if text.isdecimal():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else None
    if len(text) < 3:
        return None
    short = "sep" if text == "sept" else text
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(short)), None)


def _day_in(typed: str) -> int | None:
    text = _ORDINAL.sub("", typed.lower())
    return int(text) if text.isdecimal() and len(text) < 3 and 1 <= int(text) <= 31 else None


def _year_in(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) == 4 and int(typed) >= OLDEST else None


class DateKind:
    """Kept as ``2026-01-31``. A whole date typed into the first box is understood too."""

    def read(self, question: Question, form: Form, name: str) -> Typed:
        return read_boxes(form, *(box(name, part) for part in PARTS), unknown_name(name))

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        given = self._parts(typed, name)
        unknown = ticked_unknown(question, typed, name)
        if any(given) and unknown:
            return (Problem(name, WRONG_BOTH),)
        if not any(given):
            return () if unknown else missing(question, name, _("Enter a date, like 27 3 1958"))
        lacking = tuple(part for part, text in zip(PARTS, given, strict=True) if not text)
        if lacking:
            past = _MISSING_PAST if question.days == "past" else {}
            return (Problem(name, Message(past.get(lacking, _MISSING[lacking])), lacking),)
        return self._wrong_part(question, given, name) or self._wrong_date(question, given, name, today)

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        if self.problems(question, typed, name, today):
            return None
        day = _date_in(self._parts(typed, name))
        return day.isoformat() if day else ticked_unknown(question, typed, name)

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        unknown = kept_unknown(question, kept)
        if unknown:
            return {unknown_name(name): (unknown,)}
        if not isinstance(kept, str):
            return {}
        day = date.fromisoformat(kept)
        return {
            box(name, "day"): (str(day.day),),
            box(name, "month"): (str(day.month),),
            box(name, "year"): (str(day.year),),
        }

    def tell(self, question: Question, kept: Kept) -> Told:
        unknown = kept_unknown(question, kept)
        return UNKNOWN_WORDS[unknown] if unknown else date.fromisoformat(str(kept))

    def whole(self, question: Question, kept: Kept) -> bool:
        return kept_unknown(question, kept) is not None or bool(date.fromisoformat(str(kept)))

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        drawn = replace(
            field("date", question, name, wrong, say, _("For example, 27 3 1958")),
            value=tuple(first(typed, box(name, part)) for part in PARTS),
        )
        return (drawn, *unknown_control(question, typed, name, say))

    def _parts(self, typed: Typed, name: str) -> tuple[str, str, str]:
        day, month, year = (first(typed, box(name, part)) for part in PARTS)
        whole = _BETWEEN.split(day.strip())
        if not month and not year and len(whole) == 3:
            return whole[0], whole[1], whole[2]
        return day, month, year

    def _wrong_part(self, question: Question, given: tuple[str, str, str], name: str) -> tuple[Problem, ...]:
        day, month, year = given
        if _day_in(day) is None:
            return (Problem(name, Message(_("Enter the day as a number from 1 to 31")), ("day",)),)
        if month_in(month) is None:
            words = _("Enter the month as a number from 1 to 12 or as a name, like 3 or March")
            return (Problem(name, Message(words), ("month",)),)
        if _year_in(year) is None:
            past = _("Enter the year with 4 numbers, like 1958")
            words = past if question.days == "past" else _("Enter the year with all its 4 numbers")
            if len(year) == 4 and year.isdecimal():
                words = _("Enter a year that is not so long ago")
            return (Problem(name, Message(words), ("year",)),)
        return ()

    def _wrong_date(
        self, question: Question, given: tuple[str, str, str], name: str, today: date
    ) -> tuple[Problem, ...]:
        day = _date_in(given)
        if day is None:
            return (Problem(name, Message(_("That month does not have that many days")), ("day",)),)
        if question.days == "past" and day > today:
            return (Problem(name, Message(_("Enter a date that is not in the future")), ("year",)),)
        if question.days == "future" and day < today:
            return (Problem(name, Message(_("Enter a date that has not passed")), ("year",)),)
        return ()


def _date_in(given: tuple[str, str, str]) -> date | None:
    day, month, year = _day_in(given[0]), month_in(given[1]), _year_in(given[2])
    if day is None or month is None or year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
