"""What questions answered by choosing share: their options, in order, with their words.

"I am not sure" and "I would rather not say" are options like the others here, after an "or".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.fields import Choice
from portal.pack.questions import YES_NO, Question
from portal.pack.text import Words
from portal.questions.kinds.base import UNKNOWN_WORDS, Message, Say, offered_unknown
from portal.text import _

YES_NO_WORDS: Mapping[str, Message] = {"yes": Message(_("Yes")), "no": Message(_("No"))}

NO_LONGER_OFFERED = Message(_("An answer that is no longer offered"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One option as it is offered. ``alone`` ones cannot be chosen together with others."""

    value: str
    words: Words | Message
    hint: Words | None = None
    alone: bool = False


def offers(question: Question) -> tuple[Offer, ...]:
    """Everything that can be chosen, in the order of the page."""
    if question.kind == "yes_no":
        offered = [Offer(value, YES_NO_WORDS[value]) for value in YES_NO]
    else:
        offered = [
            Offer(option.id, option.label, option.hint, option.exclusive) for option in question.options
        ]
    offered += [Offer(value, UNKNOWN_WORDS[value], alone=True) for value in offered_unknown(question)]
    return tuple(offered)


def told_choice(question: Question, value: str) -> Words | Message:
    """A stored option in words. One that a newer pack has dropped is told as such."""
    if question.kind == "yes_no" and value in YES_NO_WORDS:
        return YES_NO_WORDS[value]
    option = question.option(value)
    return option.label if option else UNKNOWN_WORDS.get(value, NO_LONGER_OFFERED)


def choices(question: Question, say: Say) -> tuple[Choice, ...]:
    """Everything that can be chosen, ready to draw. "Or" stands before what cannot go with others."""
    single = question.kind != "any_of"
    drawn: list[Choice] = []
    for offer in offers(question):
        apart = offer.alone and not (single and any(choice.apart for choice in drawn))
        hint = say(offer.hint) if offer.hint else ""
        picture = offer.words.picture if isinstance(offer.words, Words) else None
        drawn.append(Choice(offer.value, say(offer.words), hint, apart, picture))
    return tuple(drawn)
