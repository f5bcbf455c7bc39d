"""The parts of a budget in words: what each stream of money comes to, who pays it, how and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.budget.rules import Allocation, StreamResult, TierAward
from portal.budget.rules.awards import last_day, last_possible_day, payments_in
from portal.pack.scheme import Scheme, Stream
from portal.pack.scheme.parts import SchemePeriod
from portal.text import _
from portal.words import Language

HEADS: dict[SchemePeriod, str] = {
    "day": _("A day"),
    "week": _("A week"),
    "four_weeks": _("Every 4 weeks"),
    "month": _("A month"),
    "year": _("A year"),
    "one_off": _("Once"),
}
"""What stands above a column of sums that come this often."""

_EACH: dict[SchemePeriod, str] = {
    "day": _("%(sum)s a day"),
    "week": _("%(sum)s a week"),
    "four_weeks": _("%(sum)s every 4 weeks"),
    "month": _("%(sum)s a month"),
    "year": _("%(sum)s a year"),
    "one_off": _("%(sum)s, paid once"),
}
_ABOUT: dict[SchemePeriod, str] = {
    "four_weeks": _("This is about %(week)s a week, or %(year)s a year."),
    "month": _("This is about %(week)s a week, or %(year)s a year."),
    "year": _("This is about %(week)s a week."),
}
_PAID = {
    "day": _("It is paid every day: %(sum)s each time."),
    "week": _("It is paid every week: %(sum)s each time."),
    "four_weeks": _("It is paid every 4 weeks: %(sum)s each time."),
    "month": _("It is paid every month: %(sum)s each time."),
    "year": _("It is paid once a year: %(sum)s each time."),
}
_FUNDERS = {
    "social_care": _("The council’s adult social care"),
    "carer": _("The council’s money for carers"),
    "health": _("The NHS"),
    "housing": _("Money for housing and housing support"),
    "employment": _("The government’s money for help with work"),
    "independent_living": _("A fund for independent living"),
    "other": _("Another body"),
}
_NOT_THIS = {
    "not_eligible": _("Your answers do not lead to money from this part."),
    "no_amount": _("There is no figure for this part from your answers."),
}
_YEAR = Decimal(12)


@dataclass(frozen=True, slots=True)
class ToldPart:
    """One stream of money in words.

    :ivar rows: what and its value, in order: who pays, how much, how it is paid, for how long.
    """

    title: str
    rows: tuple[tuple[str, str], ...]


def sum_each(amount: Decimal, period: SchemePeriod, language: Language) -> str:
    """A sum with how often it comes."""
    return language.gettext(_EACH[period], sum=language.money(amount))


def told_figure(allocation: Allocation, language: Language) -> str:
    """The figure of the budget with its period; what is paid once where nothing comes again and again."""
    if not allocation.amount and allocation.one_off:
        return _limited(
            sum_each(allocation.one_off, "one_off", language), _meaning(allocation, once=True), language
        )
    told = sum_each(allocation.amount or Decimal(0), allocation.base_period, language)
    return _limited(told, _meaning(allocation, once=False), language)


def told_besides(allocation: Allocation, language: Language) -> str:
    """What is paid once beside a figure that comes again and again; empty without either."""
    if not (allocation.one_off and allocation.amount):
        return ""
    besides = {
        "up_to": _("There is also up to %(sum)s, paid once."),
        "from": _("There is also %(sum)s or more, paid once."),
    }.get(_meaning(allocation, once=True), _("There is also %(sum)s, paid once."))
    return language.gettext(besides, sum=language.money(allocation.one_off))


def _meaning(allocation: Allocation, *, once: bool) -> str:
    """Whether a sum is fixed, or has a level that is only ``up_to`` or ``from`` its amount."""
    meanings = {
        result.tier.meaning
        for result in allocation.streams
        if result.tier is not None and (result.period == "one_off") is once
    }
    return next((meaning for meaning in ("up_to", "from") if meaning in meanings), "fixed")


def _limited(amount: str, meaning: str, language: Language) -> str:
    if meaning == "up_to":
        return language.gettext(_("Up to %(amount)s"), amount=amount)
    if meaning == "from":
        return language.gettext(_("From %(amount)s"), amount=amount)
    return amount


def told_other_periods(allocation: Allocation, language: Language) -> str:
    """The same figure in other periods; empty for one that is told a week or is paid once."""
    about = _ABOUT.get(allocation.base_period)
    if about is None or allocation.weekly is None or allocation.annual is None:
        return ""
    week, year = language.money(allocation.weekly), language.money_whole(allocation.annual)
    return language.gettext(about, week=week, year=year)


def told_parts(
    allocation: Allocation, scheme: Scheme, language: Language, today: date
) -> tuple[ToldPart, ...]:
    """Every stream by itself; none where the receipt says it all."""
    streams = {stream.id: stream for stream in scheme.streams}
    if not any(_stands_apart(result, allocation) for result in allocation.streams) and not _several_funders(
        allocation
    ):
        return ()
    return tuple(
        ToldPart(
            language.say(result.title),
            tuple(_rows(result, streams[result.id], scheme, language, today)),
        )
        for result in allocation.streams
    )


def part_amounts(allocation: Allocation, language: Language) -> tuple[tuple[str, Decimal], ...]:
    """What each stream adds to the figure, largest first, where several bodies pay; else nothing.

    Nothing also where steps on the whole change what the streams come to.
    """
    found = [
        (language.say(result.title), result.in_base)
        for result in allocation.streams
        if result.in_base is not None and result.in_base > 0
    ]
    if not _several_funders(allocation) or sum(amount for _title, amount in found) != allocation.amount:
        return ()
    return tuple(sorted(found, key=lambda part: -part[1]))


def _stands_apart(result: StreamResult, allocation: Allocation) -> bool:
    other = result.period != allocation.base_period
    return result.status == "figure" and (result.tier is not None or result.paid_every is not None or other)


def _several_funders(allocation: Allocation) -> bool:
    return len({result.funder for result in allocation.streams} - {"carer"}) > 1


def _rows(
    result: StreamResult, stream: Stream, scheme: Scheme, language: Language, today: date
) -> Iterator[tuple[str, str]]:
    told = language.gettext
    yield told(_("Who pays")), told(_FUNDERS[result.funder])
    if result.amount is None:
        yield told(_("How much")), told(_NOT_THIS.get(result.status, _NOT_THIS["no_amount"]))
        return
    tier = result.tier
    if tier is not None:
        yield told(_("Your level")), language.say(tier.label)
    yield told(_("How much")), _how_much(result, language)
    if tier is not None and tier.top_up is not None:
        yield from _top_up(tier, stream, language)
    yield from _payments(result, scheme, language)
    if tier is not None and tier.award_months is not None:
        yield told(_("For how long")), _how_long(tier, today, language)
        yield told(_("After that")), _after(tier, today, language)


def _how_much(result: StreamResult, language: Language) -> str:
    assert result.amount is not None
    meaning = result.tier.meaning if result.tier is not None else "fixed"
    return _limited(sum_each(result.amount, result.period, language), meaning, language)


def _top_up(tier: TierAward, stream: Stream, language: Language) -> Iterator[tuple[str, str]]:
    assert stream.tier is not None
    assert tier.top_up is not None
    wanted = next(level for level in stream.tier.levels if level.id == tier.top_up_to)
    told = language.gettext
    yield told(_("The level you would like")), language.say(wanted.label)
    yield (
        told(_("What you would pay for it")),
        told(
            _("%(difference)s. This is the difference between the two levels."),
            difference=sum_each(tier.top_up, tier.period, language),
        ),
    )


def _payments(result: StreamResult, scheme: Scheme, language: Language) -> Iterator[tuple[str, str]]:
    if result.payment is None or result.paid_every not in _PAID:
        return
    yield (
        language.gettext(_("How it is paid")),
        language.gettext(_PAID[result.paid_every], sum=language.money(result.payment)),
    )
    number = payments_in(result, scheme.year)
    if number is None:
        return
    if result.tier is not None and result.tier.award_months is not None:
        count = language.ngettext("%(num)s in one award", "%(num)s in one award", number)
    else:
        count = language.ngettext("%(num)s in a year", "%(num)s in a year", number)
    yield language.gettext(_("How many payments")), count


def _how_long(tier: TierAward, today: date, language: Language) -> str:
    assert tier.award_months is not None
    return language.gettext(
        _("%(length)s. If it started today, it would end on %(day)s."),
        length=_length(tier.award_months, language),
        day=language.day(last_day(today, tier.award_months)),
    )


def _after(tier: TierAward, today: date, language: Language) -> str:
    end = last_possible_day(today, tier)
    if tier.most_awards == 1:
        return language.gettext(_("It cannot be given again when it ends."))
    if end is None:
        return language.gettext(_("It can be given again as long as you need it."))
    assert tier.award_months is not None
    months = tier.max_months or tier.award_months * (tier.most_awards or 1)
    return language.gettext(
        _("It can be given again, for up to %(length)s in all. That would be until %(day)s."),
        length=_length(months, language),
        day=language.day(end),
    )


def _length(months: Decimal, language: Language) -> str:
    if months > _YEAR and not months % _YEAR:
        years = int(months / _YEAR)
        return language.ngettext("%(num)s year", "%(num)s years", years)
    if months == int(months):
        return language.ngettext("%(num)s month", "%(num)s months", int(months))
    return language.gettext(_("%(number)s months"), number=language.number(months))


def nothing_yet(allocation: Allocation) -> str:
    """Why there is no money in a figure: ``unsure``, ``none``; empty where there is some."""
    if allocation.amount or allocation.one_off:
        return ""
    return "unsure" if any(line.kind == "unanswered" for line in allocation.lines) else "none"
