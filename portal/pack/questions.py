"""Questions of a self-assessment, each declared once for page, record, receipt and paper."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from portal.pack.conditions import Condition
from portal.pack.text import Text, Words, texts_in
from portal.pack.values import NOT_SURE, RATHER_NOT_SAY, Identifier, OptionIdentifier, Value

KindName = Literal[
    "one_of",
    "any_of",
    "yes_no",
    "number",
    "money",
    "date",
    "short_text",
    "long_text",
    "group",
    "several",
]
Outcome = Literal[
    "nutrition",
    "hygiene",
    "toilet",
    "clothing",
    "home_safety",
    "home_upkeep",
    "relationships",
    "work_learning",
    "community",
    "caring_for_child",
]
"""The ten outcomes of the Care and Support (Eligibility Criteria) Regulations 2015, reg 2(2)."""

Period = Literal["week", "four_weeks", "month", "year"]
IN_WORDS = frozenset({"date", "short_text", "long_text"})
"""Kinds whose answers tell who somebody is or are what they wrote. They are kept sealed."""
WITH_OPTIONS = frozenset({"one_of", "any_of"})
WITH_FIELDS = frozenset({"group", "several"})
YES_NO = ("yes", "no")


class Option(Value):
    """One answer to choose.

    :ivar id: its name in stored answers; never change it once people have answered.
    :ivar label: its words.
    :ivar hint: a short sentence under them.
    :ivar exclusive: in an *any of* question: stands alone, last, after "or".
    """

    id: OptionIdentifier
    label: Text
    hint: Text | None = None
    exclusive: bool = False


class Question(Value):
    """One thing we ask, on a page of its own.

    :ivar id: its name in stored answers and addresses; never change it once people have answered.
    :ivar kind: what sort of answer it takes.
    :ivar ask: the question, the page's heading.
    :ivar hint: one short sentence under it.
    :ivar why: why we ask, opened on request.
    :ivar examples: what an answer may look like.
    :ivar short: its name in "check your answers" and on a receipt.
    :ivar missing: what to do when nothing was answered; a default by kind stands in.
    :ivar ask_if: asked only when this holds; always when absent.
    :ivar optional: may be left empty.
    :ivar not_sure: offers "I am not sure".
    :ivar rather_not_say: offers "I would rather not say".
    :ivar carer_blind: to be answered as if nobody helped.
    :ivar outcome: the Care Act outcome it tells about.
    :ivar options: the answers of *one of* and *any of*, from most to least able.
    :ivar fields: the questions of a *group* or of each of *several*.
    :ivar minimum: smallest number.
    :ivar maximum: largest number, or longest text in characters.
    :ivar days: a date's limits, counted from today: ``past``, ``future`` or ``any``.
    :ivar whole: whole numbers only.
    :ivar unit: what a number counts, for example "hours a week".
    :ivar periods: for *money*: how often it may come.
    :ivar item: for *several*, what one is called, for example "person who helps you".
    :ivar at_most: for *several*: how many there may be.
    :ivar autocomplete: the HTML autocomplete value, where a browser may fill the answer in.
    """

    id: Identifier
    kind: KindName
    ask: Text
    short: Text
    hint: Text | None = None
    why: Text | None = None
    examples: tuple[Text, ...] = ()
    missing: Text | None = None
    ask_if: Condition | None = None
    optional: bool = False
    not_sure: bool = False
    rather_not_say: bool = False
    carer_blind: bool = False
    outcome: Outcome | None = None
    options: tuple[Option, ...] = ()
    fields: tuple[Question, ...] = ()
    item: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    whole: bool = True
    unit: Text | None = None
    periods: tuple[Period, ...] = ("week", "four_weeks", "month", "year")
    days: Literal["past", "future", "any"] = "any"
    at_most: int | None = Field(default=None, ge=1, le=50)
    autocomplete: str | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if bool(self.options) != (self.kind in WITH_OPTIONS):
            raise ValueError(
                f"{self.id}: a question of kind {self.kind} "
                + ("needs options" if self.kind in WITH_OPTIONS else "takes no options")
            )
        if bool(self.fields) != (self.kind in WITH_FIELDS):
            raise ValueError(
                f"{self.id}: a question of kind {self.kind} "
                + ("needs fields" if self.kind in WITH_FIELDS else "takes no fields")
            )
        if (self.kind == "several") != (self.item is not None):
            raise ValueError(f"{self.id}: item belongs to a question of kind several, and only there")
        for inner in self.fields:
            if inner.kind in WITH_FIELDS or inner.ask_if is not None:
                raise ValueError(f"{inner.id}: a field takes no fields and no ask_if of its own")
        self._check_options()
        return self

    def _check_options(self) -> None:
        ids = [option.id for option in self.options]
        if len(set(ids)) != len(ids):
            raise ValueError(f"{self.id}: two options have the same id")
        if self.kind != "any_of" and any(option.exclusive for option in self.options):
            raise ValueError(f"{self.id}: exclusive belongs to options of kind any_of")
        if any(option.exclusive for option in self.options[:-1]):
            raise ValueError(f"{self.id}: the exclusive option is the last")

    @cached_property
    def films(self) -> tuple[Words, ...]:
        """The texts of the question that have a film, each film once."""
        return tuple({words.film: words for words in reversed([*texts_in(self)]) if words.film}.values())[
            ::-1
        ]

    @cached_property
    def in_words(self) -> bool:
        """Whether an answer holds what somebody wrote or who they are, and is therefore kept sealed."""
        return self.kind in IN_WORDS or any(field.in_words for field in self.fields)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Every option id that an answer may hold, "not sure" and "rather not say" included."""
        known = YES_NO if self.kind == "yes_no" else tuple(option.id for option in self.options)
        if self.not_sure:
            known += (NOT_SURE,)
        if self.rather_not_say:
            known += (RATHER_NOT_SAY,)
        return known

    def option(self, value: str) -> Option | None:
        """The option with this id, or ``None``."""
        return next((option for option in self.options if option.id == value), None)


class Section(Value):
    """Questions that belong together, one entry of the assessment's task list.

    :ivar id: its name.
    :ivar title: its heading.
    :ivar about: a sentence under it.
    :ivar questions: in the order in which they are asked.
    """

    id: Identifier
    title: Text
    about: Text | None = None
    questions: tuple[Question, ...] = Field(min_length=1)


def questions_of(sections: tuple[Section, ...]) -> Iterator[Question]:
    """Every question of the assessment in the order in which it is asked."""
    for section in sections:
        yield from section.questions
