"""Conditions over answers, as data: when a question is asked, when a rule applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from portal.pack.values import Value

Kept = str | list[Any] | dict[str, Any]
"""An answer as it is stored: JSON, under the question's id."""

Answers = Mapping[str, Kept]
"""Answers by question id. A question that was not answered is absent."""


def _listed(given: Any) -> Any:
    """One option may stand without a list, and ``true`` and ``false`` are yes and no."""
    if isinstance(given, str | bool):
        given = [given]
    if isinstance(given, list):
        return [{True: "yes", False: "no"}[item] if isinstance(item, bool) else item for item in given]
    return given


Options = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Condition(Value):
    """True or false for a set of answers. Exactly one form is used:

    - ``{question: eating, is: [some, lot]}``: the answer is, or contains, one of these;
    - ``{question: eating, is_not: [alone]}``: it is answered, and with none of these;
    - ``{question: hours, at_least: 35}`` and ``at_most``: the number given, bounds included;
    - ``{question: eating, answered: true}``;
    - ``{all: [...]}``, ``{any: [...]}``, ``{none: [...]}`` of further conditions.

    A question that was not answered makes every form on it false, ``answered: false`` apart.
    A field of a group is named ``group.field``. One option may be written without a list.

    :ivar is_: options; one of them is the answer, or among the answers.
    :ivar is_not: options; none of them is.
    :ivar at_least: the lowest number.
    :ivar at_most: the highest number.
    :ivar answered: whether there is an answer.
    :ivar all: every one of these holds.
    :ivar any: one of these holds, or more.
    :ivar none: none of these holds.
    """

    question: str | None = None
    is_: Options | None = Field(default=None, alias="is")
    is_not: Options | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    answered: bool | None = None
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    none: tuple[Condition, ...] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        tests = [self.is_, self.is_not, self.answered]
        bounds = self.at_least is not None or self.at_most is not None
        joins = [self.all, self.any, self.none]
        count = sum(t is not None for t in tests) + bounds
        if self.question is None:
            if count or sum(j is not None for j in joins) != 1:
                raise ValueError("write one of all, any or none, or name a question")
        elif count != 1 or any_given(joins):
            raise ValueError(
                "after question: write exactly one of is, is_not, answered, or at_least and at_most"
            )
        return self


def any_given(values: list[Any]) -> bool:
    """Whether any of these was written in the file."""
    return any(value is not None for value in values)


def answer_to(question: str, answers: Answers) -> Kept | None:
    """The answer to a question, or to ``group.field``; ``None`` when there is none."""
    if "." not in question:
        return answers.get(question)
    group, _, field = question.partition(".")
    given = answers.get(group)
    return given.get(field) if isinstance(given, dict) else None


def _number(given: Kept | None) -> Decimal | None:
    try:
        return Decimal(given) if isinstance(given, str) else None
    except InvalidOperation:
        return None


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether a condition is true of these answers. No condition is always true."""
    if condition is None:
        return True
    if condition.all is not None:
        return all(holds(part, answers) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers) for part in condition.any)
    if condition.none is not None:
        return not any(holds(part, answers) for part in condition.none)
    assert condition.question is not None
    given = answer_to(condition.question, answers)
    if condition.answered is not None:
        return (given is not None) is condition.answered
    if given is None:
        return False
    said = given if isinstance(given, list) else [given]
    if condition.is_ is not None:
        return any(value in said for value in condition.is_)
    if condition.is_not is not None:
        return not any(value in said for value in condition.is_not)
    number = _number(given)
    if number is None:
        return False
    low, high = condition.at_least, condition.at_most
    return (low is None or number >= low) and (high is None or number <= high)


def questions_in(condition: Condition | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions a condition reads, each with the options it names."""
    if condition is None:
        return
    if condition.question is not None:
        yield condition.question, (condition.is_ or ()) + (condition.is_not or ())
    for part in (condition.all or ()) + (condition.any or ()) + (condition.none or ()):
        yield from questions_in(part)
