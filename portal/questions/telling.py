"""Answers and problems in the words of a language: what kinds tell, translated and formatted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portal.pack.conditions import Kept
from portal.pack.questions import Question
from portal.pack.text import Words
from portal.questions.kinds import tell
from portal.questions.kinds.base import LEFT_OUT, Message, Money, Number, Part, Say, Told
from portal.questions.kinds.base import Value as Filled
from portal.questions.kinds.money import PERIOD_WORDS
from portal.text import _
from portal.words import Language


def say_in(language: Language) -> Say:
    """A function that puts a pack's words, or a message with its values, into a language."""

    def say(words: Words | Message) -> str:
        if isinstance(words, Words):
            return language.say(words)
        if not words.values:
            return language.gettext(words.msgid)
        return language.gettext(words.msgid, **{name: filled(value) for name, value in words.values.items()})

    def filled(value: Filled) -> str:
        if isinstance(value, Words | Message):
            return say(value)
        if isinstance(value, int | Decimal):
            return language.number(value)
        return language.day(value) if isinstance(value, date) else value

    return say


def answer_in_words(question: Question, kept: Kept | None, language: Language) -> tuple[str, ...]:
    """A stored answer in words, a line for each thing it says; "Not answered" when there is none.

    A person's own words come back as they typed them.
    """
    return in_words(LEFT_OUT if kept is None else tell(question, kept), language)


def in_words(told: Told, language: Language) -> tuple[str, ...]:
    """What a kind tells, in words, a line for each thing it says."""
    if isinstance(told, tuple):
        return tuple(line for part in told for line in _lines(part, language))
    return _lines(told, language)


def _lines(told: Told, language: Language) -> tuple[str, ...]:
    """One line; an item of a list is one line with its fields one after the other."""
    if isinstance(told, tuple):
        fields = [part.told if isinstance(part, Part) else part for part in told]
        return (", ".join(line for field in fields for line in _lines(field, language)),)
    if isinstance(told, Part):
        value = ", ".join(in_words(told.told, language))
        return (language.gettext(_("%(field)s: %(value)s"), field=language.say(told.label), value=value),)
    return (_single(told, language),)


def _single(told: Words | Message | str | Number | Money | date, language: Language) -> str:
    if isinstance(told, str):
        return told
    if isinstance(told, Number):
        return _number(told, language)
    if isinstance(told, Money):
        return _money(told, language)
    if isinstance(told, date):
        return language.day(told)
    return say_in(language)(told)


def _number(told: Number, language: Language) -> str:
    number = language.number(told.number)
    if told.unit is None:
        return number
    return language.gettext(_("%(number)s %(unit)s"), number=number, unit=language.say(told.unit))


def _money(told: Money, language: Language) -> str:
    pence = told.pounds % 1
    pounds = language.money(told.pounds) if pence else language.money_whole(told.pounds)
    if told.every is None:
        return pounds
    often = language.gettext(PERIOD_WORDS[told.every].msgid)
    return language.gettext(_("%(pounds)s %(often)s"), pounds=pounds, often=often)
