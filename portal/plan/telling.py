"""A plan in words: when, how much and what is missing, the same on screen and in print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time as clock
from decimal import ROUND_CEILING, Decimal
from functools import partial

from babel.dates import format_time
from babel.lists import format_list

from portal.pack.support import MetBy, Worth
from portal.plan.rules.awards import award_ends, last_award_ends
from portal.plan.rules.clock import MINUTES_IN_HOUR, Slot, minutes_of
from portal.plan.rules.left import Lack, Left
from portal.plan.rules.lines import (
    BY_QUANTITY,
    DAYS,
    Day,
    Every,
    Line,
    LineKind,
    Part,
    Payee,
    one_off_cost,
    weekly_cost,
)
from portal.plan.rules.sharing import HUNDRED, Share
from portal.text import _
from portal.words import Language

DAY_WORDS: Mapping[Day, str] = {
    "monday": _("Monday"),
    "tuesday": _("Tuesday"),
    "wednesday": _("Wednesday"),
    "thursday": _("Thursday"),
    "friday": _("Friday"),
    "saturday": _("Saturday"),
    "sunday": _("Sunday"),
}
PART_WORDS: Mapping[Part, str] = {
    "morning": _("Morning"),
    "midday": _("Midday"),
    "afternoon": _("Afternoon"),
    "evening": _("Evening"),
    "night": _("Night"),
}
EVERY_WORDS: Mapping[Every, str] = {
    "week": _("Every week"),
    "four_weeks": _("Every 4 weeks"),
    "month": _("Every month"),
    "year": _("Every year"),
}
_WORKINGS: Mapping[Every, str] = {
    "week": _("%(sum)s a week"),
    "four_weeks": _("%(price)s ÷ 4 weeks = %(sum)s a week"),
    "month": _("%(price)s × 12 months ÷ %(weeks)s weeks = %(sum)s a week"),
    "year": _("%(price)s ÷ %(weeks)s weeks = %(sum)s a week"),
}
_SUMS: Mapping[Every, str] = {
    "week": _("%(price)s a week"),
    "four_weeks": _("%(price)s every 4 weeks"),
    "month": _("%(price)s a month"),
    "year": _("%(price)s a year"),
}
KIND_WORDS: Mapping[LineKind, str] = {
    "self": _("I do this myself"),
    "family": _("Family or friends"),
    "community": _("Community"),
    "free": _("A free service"),
    "core": _("A fixed part"),
    "hours": _("Paid by the hour"),
    "flexible": _("Flexible hours"),
    "sessions": _("Paid each time"),
    "sum": _("A regular sum"),
    "cash": _("Cash to use"),
    "award": _("Given for a time"),
    "equipment": _("Equipment"),
    "one_off": _("Paid once"),
}
"""What sort of support a line is, as a tag beside it."""

MET_BY_WORDS: Mapping[MetBy, str] = {
    "self": _("I manage this myself"),
    "carer": _("A family member or friend does this already"),
    "community": _("A group or place near me does this already"),
    "declined": _("I do not want help with this"),
    "to_find": _("Nothing yet. I ask the council to help me find something"),
}
WORTH_WORDS: Mapping[Worth, str] = {
    "worth": _("Yes, it is worth it to me"),
    "not_sure": _("I am not sure"),
}
WORKER_WORDS: Mapping[int, str] = {
    1: _("One person"),
    2: _("Two people"),
    3: _("Three people"),
    4: _("Four people"),
}
PAYEE_WORDS: Mapping[Payee, str] = {
    "nobody_close": _("Somebody who is not family: a worker, a firm or a friend"),
    "spouse": _("My husband, wife or civil partner"),
    "partner": _("My partner, and we live as a couple"),
    "close_family": _("A parent, child, brother, sister, grandparent, aunt or uncle, or their partner"),
    "other": _("Family that is further away"),
}

_WEEKDAYS: tuple[Day, ...] = DAYS[:5]

_LACKS: Mapping[Lack, str] = {
    "planner": _("Choose who helps you plan"),
    "money": _("Choose how the money is managed"),
    "need_uncovered": _("%(need)s: add support, or say who helps already"),
    "need_words": _("%(need)s: say what matters to you"),
    "line_need": _("%(line)s: say what it helps with"),
    "line_who": _("%(line)s: say who does it"),
    "line_when": _("%(line)s: say when it happens"),
    "line_price": _("%(line)s: say what it costs"),
    "line_route": _("%(line)s: say who looks after the money"),
    "over": _("Say why your plan costs more than your budget"),
    "backup": _("Say what happens if things go wrong"),
    "helped": _("Say who helped you with this plan"),
    "review": _("Say when you would like to look at your plan again"),
}


def tell_days(days: tuple[Day, ...], words: Language) -> str:
    """Days of the week: “Monday to Friday”, “Sunday”, “Every day”."""
    if days == DAYS:
        return words.gettext(_("Every day"))
    if days == _WEEKDAYS:
        return words.gettext(_("Monday to Friday"))
    return format_list([words.gettext(DAY_WORDS[day]) for day in days], locale=words.locale)


def tell_time(time: str, words: Language) -> str:
    """A time of day: “9am”, “9.30am”, “midday”; in other languages as they write it."""
    hour, minute = divmod(minutes_of(time), MINUTES_IN_HOUR)
    if words.locale.language != "en":
        return format_time(clock(hour, minute), "short", locale=words.locale)
    if (hour, minute) in ((0, 0), (12, 0)):
        return words.gettext(_("midday") if hour else _("midnight"))
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f'.{minute:02}' if minute else ''}{half}"


def tell_slot(slot: Slot, words: Language) -> str:
    """From when to when: “9am to 10.30am”."""
    return tell_span(slot.start, slot.end, words)


def tell_span(start: str, end: str, words: Language) -> str:
    """From one time of day to another: “9am to 10.30am”."""
    times = {"start": tell_time(start, words), "end": tell_time(end, words)}
    return words.gettext(_("%(start)s to %(end)s"), **times)


def tell_length(hours: Decimal, words: Language) -> str:
    """How long something takes: “3 hours”, “45 minutes”, “1 hour and 30 minutes”."""
    whole, minutes = divmod(round(hours * MINUTES_IN_HOUR), MINUTES_IN_HOUR)
    told_hours = words.ngettext("%(num)s hour", "%(num)s hours", whole)
    told_minutes = words.ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if not minutes:
        return told_hours
    if not whole:
        return told_minutes
    return words.gettext(_("%(hours)s and %(minutes)s"), hours=told_hours, minutes=told_minutes)


def _tell_slots(line: Line, words: Language) -> str:
    """Days with the same times together, in the order of their first day."""
    together: dict[str, list[Day]] = {}
    for slot in line.slots:
        together.setdefault(tell_slot(slot, words), []).append(slot.day)
    told = [
        words.gettext(_("%(days)s, %(time)s"), days=tell_days(tuple(days), words), time=time)
        for time, days in together.items()
    ]
    without = tuple(day for day in line.days if all(slot.day != day for slot in line.slots))
    return "; ".join([*told, *filter(None, [tell_days(without, words)])])


def tell_when(line: Line, words: Language) -> str:
    """When a line happens; empty when the person has not said."""
    parts = format_list([words.gettext(PART_WORDS[part]) for part in line.parts], locale=words.locale)
    if line.slots:
        when = _tell_slots(line, words)
    else:
        days = tell_days(line.days, words)
        if days and parts:
            days = words.gettext(_("%(days)s: %(parts)s"), days=days, parts=parts)
        when = days or parts
    if when and line.times:
        return words.gettext(_("%(when)s (%(times)s)"), when=when, times=line.times)
    return when or line.times


def tell_dates(line: Line, words: Language) -> str:
    """From when to when a line runs; empty when the person has not said."""
    last = award_ends(line)
    starts = words.day(line.starts) if line.starts else ""
    ends = words.day(last) if last else ""
    if starts and ends:
        return words.gettext(_("From %(starts)s to %(ends)s"), starts=starts, ends=ends)
    if starts:
        return words.gettext(_("From %(starts)s"), starts=starts)
    return words.gettext(_("Until %(ends)s"), ends=ends) if ends else ""


def tell_award(line: Line, words: Language) -> str:
    """How long an award lasts, and until when it can be given again; empty for what is no award."""
    if line.kind != "award" or line.award_months is None:
        return ""
    months = words.number(line.award_months)
    lasts = words.ngettext(
        "One award lasts %(num)s month.",
        "One award lasts %(num)s months.",
        _whole(line.award_months),
        num=months,
    )
    last = last_award_ends(line)
    if last is not None:
        again = words.gettext(_("It can be given again until %(day)s."), day=words.day(last))
    elif line.longest_months is not None:
        longest = words.number(line.longest_months)
        again = words.gettext(_("It can last %(months)s months in all."), months=longest)
    else:
        again = words.gettext(_("It can be given again as long as you need it."))
    return f"{lasts} {again}"


def tell_sum(line: Line, weeks: Decimal, words: Language) -> str:
    """How the weekly cost is worked out, to check with a calculator; empty where there is nothing to check.

    For example “4.5 hours × £16.40 = £73.80 a week”, “£18.00 × 12 months ÷ 52 weeks = £4.15 a week”.
    Where two plans share the cost, the whole of it stands before the part of this one.
    """
    whole = line if line.share is None else replace(line, share=None)
    told = (_tell_whole(whole, weeks, words), _tell_share(line, line.share, weeks, words))
    return "; ".join(filter(None, told))


def _tell_share(line: Line, share: Share | None, weeks: Decimal, words: Language) -> str:
    cost_of = one_off_cost if line.once else partial(weekly_cost, weeks_in_year=weeks)
    whole, part = cost_of(replace(line, share=None)), cost_of(line)
    if share is None or not whole or part is None:
        return ""
    told = {"whole": words.money(whole), "sum": words.money(part), "other": words.money(whole - part)}
    if share.rest:
        if line.once:
            return words.gettext(_("%(whole)s − %(other)s = %(sum)s"), **told)
        return words.gettext(_("%(whole)s − %(other)s = %(sum)s a week"), **told)
    told["part"] = words.number(share.percent)
    if line.once:
        return words.gettext(_("%(whole)s × %(part)s%% = %(sum)s"), **told)
    return words.gettext(_("%(whole)s × %(part)s%% = %(sum)s a week"), **told)


def _tell_whole(line: Line, weeks: Decimal, words: Language) -> str:
    cost = weekly_cost(line, weeks)
    if line.free or line.once or cost is None or line.price is None:
        return ""
    told = {"price": words.money(line.price), "sum": words.money(cost), "weeks": words.number(weeks)}
    if line.kind in BY_QUANTITY and line.quantity is not None:
        told["quantity"] = _counted(line, line.quantity, words)
        if line.workers > 1:
            told["workers"] = words.number(line.workers)
            return words.gettext(_("%(quantity)s × %(workers)s people × %(price)s = %(sum)s a week"), **told)
        return words.gettext(_("%(quantity)s × %(price)s = %(sum)s a week"), **told)
    return words.gettext(_WORKINGS[line.every or "week"], **told) if line.every != "week" else ""


def tell_how_much(line: Line, words: Language) -> str:
    """How much of it, at what price: “2 hours a week at £14.50 an hour”, “£30.00 a month”, “Free”.

    Where two plans share the cost, with the part of this one.
    """
    told = _how_much(line, words)
    if line.share is None:
        return told
    part = HUNDRED - line.share.percent if line.share.rest else line.share.percent
    return words.gettext(
        _("%(support)s. Two plans share the cost. This one pays %(part)s%% of it."),
        support=told,
        part=words.number(part),
    )


def _how_much(line: Line, words: Language) -> str:
    if line.free:
        return words.gettext(_("Free"))
    if line.kind in ("hours", "flexible"):
        return _by_the_hour(line, words)
    if line.kind == "sessions":
        return _each_time(line, words)
    if line.price is None:
        return words.gettext(_("Price not known yet"))
    price = words.money(line.price)
    if line.once:
        return words.gettext(_("%(price)s, paid once"), price=price)
    return words.gettext(_SUMS[line.every or "week"], price=price)


def tell_left(left: Left, title: str, words: Language) -> str:
    """What is missing, with what it is about.

    :param title: the name of the need it is about, already in the visitor's language.
    """
    return words.gettext(_LACKS[left.lack], need=title, line=left.line.what if left.line else "")


def _by_the_hour(line: Line, words: Language) -> str:
    if line.quantity is None:
        hours = words.gettext(_("Hours not known yet"))
    else:
        number, whole = words.number(line.quantity), _whole(line.quantity)
        hours = words.ngettext("%(num)s hour a week", "%(num)s hours a week", whole, num=number)
    hours = _with_workers(hours, line, words)
    if line.price is None:
        return words.gettext(_("%(hours)s, price not known yet"), hours=hours)
    return words.gettext(_("%(hours)s at %(price)s an hour"), hours=hours, price=words.money(line.price))


def _each_time(line: Line, words: Language) -> str:
    if line.quantity is None:
        times = words.gettext(_("How often is not known yet"))
    else:
        number, whole = words.number(line.quantity), _whole(line.quantity)
        times = words.ngettext("%(num)s time a week", "%(num)s times a week", whole, num=number)
    times = _with_workers(times, line, words)
    if line.price is None:
        return words.gettext(_("%(times)s, price not known yet"), times=times)
    return words.gettext(_("%(times)s at %(price)s each time"), times=times, price=words.money(line.price))


def _with_workers(told: str, line: Line, words: Language) -> str:
    if line.workers == 1:
        return told
    return words.gettext(
        _("%(amount)s with %(workers)s people at once"), amount=told, workers=words.number(line.workers)
    )


def _counted(line: Line, quantity: Decimal, words: Language) -> str:
    number, whole = words.number(quantity), _whole(quantity)
    if line.kind == "sessions":
        return words.ngettext("%(num)s time", "%(num)s times", whole, num=number)
    return words.ngettext("%(num)s hour", "%(num)s hours", whole, num=number)


def _whole(quantity: Decimal) -> int:
    """Which plural a part of one takes is the next whole number's."""
    return int(quantity.to_integral_value(ROUND_CEILING))


def tell_instead(line: Line, words: Language) -> str:
    """What a line is in place of, with what that would cost; empty for nothing."""
    cost = line.instead_cost
    if cost is None:
        return line.instead
    return words.gettext(
        _("%(what)s: %(quantity)s × %(price)s = %(sum)s a week"),
        what=line.instead,
        quantity=words.number(line.instead_quantity or 0),
        price=words.money(line.instead_price or Decimal(0)),
        sum=words.money(cost),
    )
