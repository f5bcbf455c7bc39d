"""Whether an answer is in the form in which answers to its kind of question are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.pack.questions import KindName, Question
from portal.pack.reading import Path_
from portal.pack.values import UNKNOWN

Fault_ = tuple[Path_, str, str]


def answer_faults(question: Question, kept: Any, where: Path_ = ()) -> Iterator[Fault_]:
    """What is wrong with a stored answer: where inside it, what, and what to write."""
    if isinstance(kept, str) and kept in UNKNOWN:
        if kept not in question.values:
            yield where, f"{question.id} does not offer {kept}", "Write an answer that it takes"
        return
    yield from _BY_KIND[question.kind](question, kept, where)


def _option(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if kept not in question.values:
        listed = ", ".join(question.values)
        yield where, f"{question.id} has no option {_said(kept)}", f"Write one of {listed}"


def _options(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if not isinstance(kept, list) or not kept:
        yield where, f"{question.id} takes a list of options", "Write it as [one, two]"
        return
    for at, value in enumerate(kept):
        yield from _option(question, value, (*where, at))
    alone = [option.id for option in question.options if option.exclusive and option.id in kept]
    if len(set(map(str, kept))) < len(kept) or (alone and len(kept) > 1):
        yield where, f"{question.id} has an option twice, or one that stands alone beside others", "Keep one"


def _decimal(kept: Any) -> Decimal | None:
    try:
        number = Decimal(kept) if isinstance(kept, str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _number(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    number = _decimal(kept)
    if number is None:
        yield where, f"{question.id} is a number, not {_said(kept)}", "Write figures, such as 12.5"
        return
    low, high = question.minimum or Decimal(0), question.maximum
    if number < low or (high is not None and number > high):
        yield where, f"{number} is outside what {question.id} takes", f"Write {low} to {high}"
    if question.whole and number % 1:
        yield where, f"{question.id} is a whole number, not {number}", "Write a number such as 12"


def _money(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if not isinstance(kept, dict) or set(kept) != {"pounds", "every"} or _decimal(kept["pounds"]) is None:
        yield where, f"{question.id} is a sum of money", 'Write it as {pounds: "12.50", every: week}'
    elif kept["every"] not in question.periods:
        listed = ", ".join(question.periods)
        yield (
            (*where, "every"),
            f"{question.id} does not come every {kept['every']}",
            f"Write one of {listed}",
        )


def _date(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    try:
        date.fromisoformat(kept)
    except (TypeError, ValueError):
        yield where, f"{question.id} is a date, not {_said(kept)}", "Write it as 2026-01-31"


def _text(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if not isinstance(kept, str) or not kept.strip():
        yield where, f"{question.id} is answered in words", "Write words, in quotes if need be"


def _items(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if not isinstance(kept, list):
        yield where, f"{question.id} is a list", "Start each entry with a dash"
        return
    for at, item in enumerate(kept):
        yield from _fields(question, item, (*where, at))


def _fields(question: Question, kept: Any, where: Path_) -> Iterator[Fault_]:
    if not isinstance(kept, dict):
        yield where, f"{question.id} has fields", "Write each field with its answer"
        return
    fields = {field.id: field for field in question.fields}
    for name, answer in kept.items():
        if name in fields:
            yield from answer_faults(fields[name], answer, (*where, name))
        else:
            yield (*where, name), f"{question.id} has no field {name}", f"Write one of {', '.join(fields)}"


def _said(kept: Any) -> str:
    return kept if isinstance(kept, str) else "a list or true or false"


_BY_KIND: Mapping[KindName, Callable[[Question, Any, Path_], Iterator[Fault_]]] = {
    "one_of": _option,
    "yes_no": _option,
    "any_of": _options,
    "number": _number,
    "money": _money,
    "date": _date,
    "short_text": _text,
    "long_text": _text,
    "group": _fields,
    "several": _items,
}
