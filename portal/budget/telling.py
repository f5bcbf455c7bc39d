"""An allocation in words: what each line is called and why it stands there, in one language.

Screen and printed document both take their lines from here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import cast

from portal.budget.rules import Allocation, Counterfactual, Line, WhenHelpStops
from portal.budget.rules.receipt import Filling, Message, Percent, Phrase, Pounds
from portal.money import to_penny
from portal.pack.conditions import Answers
from portal.pack.pack import Pack
from portal.pack.questions import Question
from portal.pack.text import Words
from portal.text import _
from portal.words import Language

_CHANGED_BY_ANSWER = frozenset({"answer", "unanswered", "support", "carer", "tier", "addition"})
"""Lines beside which a link to change the answer makes sense."""
_OWN = {
    "day": _("It comes to %(sum)s a day."),
    "week": _("It comes to %(sum)s a week."),
    "four_weeks": _("It comes to %(sum)s every 4 weeks."),
    "month": _("It comes to %(sum)s a month."),
    "year": _("It comes to %(sum)s a year."),
}
"""A line of a stream that is worked out in another period than the figure."""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of the receipt in words.

    :ivar words: its name, with the answer it rests on.
    :ivar note: how it was worked out, and what stood there before.
    :ivar points: points added or taken off, as written; empty where the line has none.
    :ivar amount: pounds, to the penny, each base period of the allocation.
    :ivar about: what the line is about, so that lines about one thing can be put together.
    :ivar question: the question whose answer would change it; ``None`` where there is none.
    """

    words: str
    note: str
    points: str
    amount: Decimal
    running: Decimal
    kind: str
    rule: str
    about: str
    question: str | None


def filled(value: Filling, language: Language) -> str:
    """A value of a message in words."""
    if isinstance(value, Pounds):
        return language.money(value.amount)
    if isinstance(value, Percent):
        return language.gettext(_("%(number)s%%"), number=language.number(value.number))
    if isinstance(value, Words):
        return language.say(value)
    if isinstance(value, Decimal | int):
        return language.number(value)
    return value


def said(phrase: Phrase | None, language: Language) -> str:
    """A phrase of a rule in words; empty for none."""
    if phrase is None:
        return ""
    if isinstance(phrase, Message):
        values = {name: filled(value, language) for name, value in phrase.values.items()}
        return language.gettext(phrase.msgid, **values)
    return language.say(phrase)


def said_why(line: Line, language: Language) -> str:
    """Why a line stands there, in words; a quantity with what it is of: “4 nights at £92.00 each.”"""
    why = line.reason
    if isinstance(why, Message) and line.unit is not None and isinstance(why.values.get("quantity"), Decimal):
        counted = _counted(cast("Decimal", why.values["quantity"]), line.unit, language)
        why = Message(why.msgid, {**why.values, "quantity": counted})
    return said(why, language)


def _counted(quantity: Decimal, unit: str, language: Language) -> str:
    number = language.number(quantity)
    whole = int(quantity.to_integral_value(ROUND_CEILING))
    units = {
        "hour": language.ngettext("%(num)s hour", "%(num)s hours", whole, num=number),
        "half_hour": language.ngettext("%(num)s half hour", "%(num)s half hours", whole, num=number),
        "visit": language.ngettext("%(num)s visit", "%(num)s visits", whole, num=number),
        "session": language.ngettext("%(num)s session", "%(num)s sessions", whole, num=number),
        "meal": language.ngettext("%(num)s meal", "%(num)s meals", whole, num=number),
        "day": language.ngettext("%(num)s day", "%(num)s days", whole, num=number),
        "night": language.ngettext("%(num)s night", "%(num)s nights", whole, num=number),
        "week": language.ngettext("%(num)s week", "%(num)s weeks", whole, num=number),
        "mile": language.ngettext("%(num)s mile", "%(num)s miles", whole, num=number),
    }
    return units.get(unit, number)


def line_name(line: ToldLine) -> str:
    """What a line is called for machines: the same as long as the scheme has it for the same question."""
    return f"{line.kind}/{line.rule}/{line.about}"


def told_lines(allocation: Allocation, pack: Pack, language: Language) -> tuple[ToldLine, ...]:
    """Every line of the receipt in words, in its order. They add up to the figure."""
    return tuple(_told(line, pack.questions, language) for line in allocation.lines)


def told_once(allocation: Allocation, pack: Pack, language: Language) -> tuple[ToldLine, ...]:
    """Every line of what is paid once, in words. They add up to the allocation's ``one_off``."""
    return tuple(_told(line, pack.questions, language) for line in allocation.one_off_lines)


def _told(line: Line, questions: Mapping[str, Question], language: Language) -> ToldLine:
    question = questions.get(line.question or "")
    return ToldLine(
        words=_name(line, question, language),
        note=_note(line, language),
        points="" if line.points is None else _signed(line.points, language),
        amount=line.amount,
        running=line.running,
        kind=line.kind,
        rule=line.rule,
        about=line.question or line.rule,
        question=question.id if question is not None and line.kind in _CHANGED_BY_ANSWER else None,
    )


def _note(line: Line, language: Language) -> str:
    told = [said_why(line, language)]
    if line.own_amount is not None and line.own_period in _OWN:
        told.append(language.gettext(_OWN[line.own_period], sum=language.money(line.own_amount)))
    if line.before is not None:
        before = language.money(line.before)
        told.append(language.gettext(_("Before this line it was %(sum)s."), sum=before))
        share = _percent_off(line)
        if share is not None:
            told.append(
                language.gettext(_("We take off %(part)s of that."), part=filled(Percent(share), language))
            )
    return " ".join(filter(None, told))


def _percent_off(line: Line) -> Decimal | None:
    """How many per cent help from others takes off, to check the sum; ``None`` for no whole number."""
    if line.kind != "reduction" or not line.before or line.amount >= 0:
        return None
    share = (-line.amount * 100 / line.before).quantize(Decimal(1))
    return share if to_penny(line.before * share / 100) == -line.amount else None


def _signed(points: Decimal, language: Language) -> str:
    told = language.number(abs(points))
    return f"\N{MINUS SIGN}{told}" if points < 0 else told


def _name(line: Line, question: Question | None, language: Language) -> str:
    if line.label is not None and question is not None and line.kind == "reduction":
        name, about = said(line.label, language), language.say(question.short)
        return language.gettext(_("%(name)s: %(question)s"), name=name, question=about)
    if line.label is not None:
        return said(line.label, language)
    if question is None:
        return line.rule
    short = language.say(question.short)
    if line.kind == "weight":
        return language.gettext(_("The council’s weight: %(question)s"), question=short)
    if line.answer is None or line.answer not in question.values:
        return short
    answer = _option(question, line.answer, language)
    return language.gettext(_("%(question)s: %(answer)s"), question=short, answer=answer)


@dataclass(frozen=True, slots=True)
class ToldStop:
    """A budget with the help that is given for free, without it, and what is to be met when it stops.

    :ivar with_help: pounds each base period, as all sums here; ``without``: if nobody helped.
    :ivar needs: what is to be met in another way then, in words, with how much more it brings.
    :ivar carers: money for the carer that falls away, below nought; ``rest``: limits and rounding.
    """

    with_help: Decimal
    without: Decimal
    more: Decimal
    needs: tuple[tuple[str, Decimal], ...]
    carers: Decimal
    rest: Decimal


def told_stop(stops: WhenHelpStops, pack: Pack, language: Language) -> ToldStop:
    """What is to be met when the help stops, in words. ``needs``, ``carers`` and ``rest`` make ``more``."""
    assert stops.with_help.amount is not None
    assert stops.without.amount is not None
    return ToldStop(
        stops.with_help.amount,
        stops.without.amount,
        stops.more,
        tuple(
            (language.say(pack.questions[need.question].short), need.amount)
            for need in stops.needs
            if need.question in pack.questions
        ),
        stops.carers,
        stops.rest,
    )


@dataclass(frozen=True, slots=True)
class ToldOption:
    """The figure if an answer were this one: pounds a week, and how much more or less it would be.

    :ivar asks: in words, a question that would be asked then; empty where there is none.
    """

    words: str
    weekly: Decimal | None
    difference: Decimal
    asks: str = ""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What would change if one answer were different."""

    question: str
    words: str
    answer: str
    options: tuple[ToldOption, ...]


def told_changes(
    changes: tuple[Counterfactual, ...],
    allocation: Allocation,
    pack: Pack,
    answers: Answers,
    language: Language,
) -> tuple[ToldChange, ...]:
    """What would change the figure, question by question, in words."""
    grouped: dict[str, list[ToldOption]] = {}
    for change in changes:
        option = _option(pack.questions.get(change.question), change.answer, language)
        difference = Decimal(0)
        if change.weekly is not None and allocation.weekly is not None:
            difference = change.weekly - allocation.weekly
        asked = pack.questions.get(change.asks or "")
        asks = language.say(asked.short) if asked is not None else ""
        grouped.setdefault(change.question, []).append(ToldOption(option, change.weekly, difference, asks))
    return tuple(
        ToldChange(
            question=name,
            words=language.say(pack.questions[name].short),
            answer=_option(pack.questions[name], str(answers.get(name)), language),
            options=tuple(options),
        )
        for name, options in grouped.items()
        if name in pack.questions
    )


def _option(question: Question | None, value: str, language: Language) -> str:
    if question is None:
        return value
    option = question.option(value)
    if option is not None:
        return language.say(option.label)
    return language.gettext({"yes": _("Yes"), "no": _("No")}.get(value, value))
