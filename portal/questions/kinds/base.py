"""What all kinds of question share: what was typed, what is wrong with it, what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import date
from decimal import Decimal
from typing import Protocol, Union

from portal.fields import Choice, Control, ControlKind
from portal.pack.conditions import Kept
from portal.pack.questions import Period, Question
from portal.pack.text import Words
from portal.pack.values import NOT_SURE, RATHER_NOT_SAY, UNKNOWN
from portal.text import _, clean

Typed = Mapping[str, tuple[str, ...]]
"""What a person typed or ticked, by the name of the box, word for word apart from
:func:`portal.text.clean`. Empty boxes are left out."""

Value = Union[Words, "Message", str, int, Decimal, date]
"""Something put into a message where it is shown."""


class Form(Protocol):
    """A posted form: werkzeug's ``MultiDict``, or anything that reads like it."""

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Message:
    """Words of the portal's own, with the values to fill in after they are translated."""

    msgid: str
    values: Mapping[str, Value] = with_default(default_factory=dict)


Say = Callable[[Words | Message], str]
"""Puts words into the visitor's language and mode. The web gives it; kinds stay free of the web."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with what was typed, and what to do about it.

    :ivar name: the name of the field it is about.
    :ivar message: what to do; a council's own words where the pack has them.
    :ivar ends: for a field of several boxes, the ends of the names of the wrong ones.
    :ivar about: on a page with several fields, the one it is about, said before the message.
    """

    name: str
    message: Words | Message
    ends: tuple[str, ...] = ()
    about: Words | None = None

    def told(self, say: Say) -> str:
        """What to do, in the visitor's words."""
        if self.about is None:
            return say(self.message)
        parts: dict[str, Value] = {"field": self.about, "problem": say(self.message)}
        return say(Message(_("%(field)s: %(problem)s"), parts))


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was given, with its unit."""

    number: Decimal
    unit: Words | None


@dataclass(frozen=True, slots=True)
class Money:
    """Pounds that were given, and how often; ``every`` is ``None`` for a single sum."""

    pounds: Decimal
    every: Period | None


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an answer that has several."""

    label: Words
    told: Told


Told = Words | Message | str | Number | Money | date | Part | tuple["Told", ...]
"""An answer as it is told: the pack's words, our words, the person's own words (a plain ``str``,
never translated), a value to format, or several of these."""


class Kind(Protocol):
    """What depends on the kind of a question. ``name`` is the name of its (first) box."""

    def read(self, question: Question, form: Form, name: str) -> Typed:
        """What was typed into the boxes of this question."""

    def problems(self, question: Question, typed: Typed, name: str, today: date) -> tuple[Problem, ...]:
        """What is wrong with it, in the order of the page; empty when nothing is."""

    def keep(self, question: Question, typed: Typed, name: str, today: date) -> Kept | None:
        """The answer to store: what is right of it. ``None`` when nothing was answered."""

    def typed(self, question: Question, kept: Kept | None, name: str) -> Typed:
        """What to show in the boxes for a stored answer."""

    def tell(self, question: Question, kept: Kept) -> Told:
        """The answer in words, to be translated and formatted where it is shown."""

    def whole(self, question: Question, kept: Kept) -> bool:
        """Whether a stored answer still fits the question and lacks nothing."""

    def controls(
        self, question: Question, typed: Typed, name: str, wrong: Sequence[Problem], say: Say
    ) -> tuple[Control, ...]:
        """The fields to draw, with what is wrong beside each."""


UNKNOWN_WORDS: Mapping[str, Message] = {
    NOT_SURE: Message(_("I am not sure")),
    RATHER_NOT_SAY: Message(_("I would rather not say")),
}
"""The two answers that say that no answer is given, in words."""

LEFT_OUT = Message(_("Not answered"))
"""How a question without an answer is told."""

WRONG_BOTH = Message(_("Give an answer or tick the box below. You cannot do both."))


def unknown_name(name: str) -> str:
    """The name of the box for "I am not sure" beside a question that is not made of options."""
    return f"{name}-unknown"


def read_boxes(form: Form, *names: str) -> dict[str, tuple[str, ...]]:
    """What the boxes of these names hold, cleaned; empty boxes left out."""
    found = {name: tuple(filter(None, map(clean, form.getlist(name)))) for name in names}
    return {name: values for name, values in found.items() if values}


def first(typed: Typed, name: str) -> str:
    """What was typed into a box that takes one value."""
    return typed.get(name, ("",))[0]


def offered_unknown(question: Question) -> tuple[str, ...]:
    """Which of "not sure" and "rather not say" this question offers."""
    offers = ((NOT_SURE, question.not_sure), (RATHER_NOT_SAY, question.rather_not_say))
    return tuple(value for value, offered in offers if offered)


def ticked_unknown(question: Question, typed: Typed, name: str) -> str | None:
    """The "not sure" or "rather not say" that was ticked beside a question without options."""
    ticked = typed.get(unknown_name(name), ())
    return next((value for value in offered_unknown(question) if value in ticked), None)


def kept_unknown(question: Question, kept: Kept | None) -> str | None:
    """The stored "not sure" or "rather not say", where this question offers it."""
    offered = isinstance(kept, str) and kept in UNKNOWN and kept in offered_unknown(question)
    return str(kept) if offered else None


def unknown_control(question: Question, typed: Typed, name: str, say: Say) -> tuple[Control, ...]:
    """The tick boxes under "or" beside a question that is not made of options; none when not offered."""
    offered = offered_unknown(question)
    if not offered:
        return ()
    boxes = tuple(Choice(value, say(UNKNOWN_WORDS[value]), apart=True) for value in offered)
    name = unknown_name(name)
    return (Control("checkboxes", name, label="", value=typed.get(name, ()), options=boxes),)


def missing(question: Question, name: str, otherwise: str) -> tuple[Problem, ...]:
    """The problem of an empty answer, in the pack's words or else the kind's; none when optional."""
    return () if question.optional else (Problem(name, question.missing or Message(otherwise)),)


def field(
    kind: ControlKind, question: Question, name: str, wrong: Sequence[Problem], say: Say, hint: str = ""
) -> Control:
    """A question's field with its label, its hint (or else ``hint``) and what is wrong with it.

    Its picture is named as in the pack; the web gives it an address.
    """
    problem = next((problem for problem in wrong if problem.name == name), None)
    return Control(
        kind,
        name,
        label=say(question.ask),
        hint=say(question.hint) if question.hint else hint and say(Message(hint)),
        error=problem.told(say) if problem else "",
        wrong=problem.ends if problem else (),
        optional=question.optional,
        autocomplete=question.autocomplete or "",
        picture=question.ask.picture,
    )
