"""A plan in words: when, how much and what is missing, the same on screen and in print."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from babel.lists import format_list

from portal.plan.rules.left import Lack, Left
from portal.plan.rules.lines import DAYS, Day, Every, Line, LineKind, Part
from portal.plan.rules.needs import MetBy
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
    "hours": _("Paid by the hour"),
    "sessions": _("Paid each time"),
    "sum": _("A regular sum"),
    "one_off": _("Paid once"),
}
"""What sort of support a line is, as a tag beside it."""

MET_BY_WORDS: Mapping[MetBy, str] = {
    "self": _("I manage this myself"),
    "carer": _("A family member or friend does this already"),
    "community": _("A group or place near me does this already"),
    "declined": _("I do not want help with this"),
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


def tell_days(line: Line, words: Language) -> str:
    """The days of a line: “Monday to Friday”, “Sunday”, “Every day”."""
    if line.days == DAYS:
        return words.gettext(_("Every day"))
    if line.days == _WEEKDAYS:
        return words.gettext(_("Monday to Friday"))
    return format_list([words.gettext(DAY_WORDS[day]) for day in line.days], locale=words.locale)


def tell_when(line: Line, words: Language) -> str:
    """When a line happens; empty when the person has not said."""
    parts = format_list([words.gettext(PART_WORDS[part]) for part in line.parts], locale=words.locale)
    days = tell_days(line, words)
    if days and parts:
        days = words.gettext(_("%(days)s: %(parts)s"), days=days, parts=parts)
    when = days or parts
    if when and line.times:
        return words.gettext(_("%(when)s (%(times)s)"), when=when, times=line.times)
    return when or line.times


def tell_dates(line: Line, words: Language) -> str:
    """From when to when a line runs; empty when the person has not said."""
    starts = words.day(line.starts) if line.starts else ""
    ends = words.day(line.ends) if line.ends else ""
    if starts and ends:
        return words.gettext(_("From %(starts)s to %(ends)s"), starts=starts, ends=ends)
    if starts:
        return words.gettext(_("From %(starts)s"), starts=starts)
    return words.gettext(_("Until %(ends)s"), ends=ends) if ends else ""


def tell_how_much(line: Line, words: Language) -> str:
    """How much of it, at what price: “2 hours a week at £14.50 an hour”, “£30.00 a month”, “Free”."""
    if line.free:
        return words.gettext(_("Free"))
    if line.kind == "hours":
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
    if line.price is None:
        return words.gettext(_("%(hours)s, price not known yet"), hours=hours)
    return words.gettext(_("%(hours)s at %(price)s an hour"), hours=hours, price=words.money(line.price))


def _each_time(line: Line, words: Language) -> str:
    if line.quantity is None:
        times = words.gettext(_("How often is not known yet"))
    else:
        number, whole = words.number(line.quantity), _whole(line.quantity)
        times = words.ngettext("%(num)s time a week", "%(num)s times a week", whole, num=number)
    if line.price is None:
        return words.gettext(_("%(times)s, price not known yet"), times=times)
    return words.gettext(_("%(times)s at %(price)s each time"), times=times, price=words.money(line.price))


def _whole(quantity: Decimal) -> int:
    """Which plural a part of one takes is the next whole number's."""
    return int(quantity.to_integral_value(ROUND_CEILING))
