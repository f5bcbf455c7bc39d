"""Prices, times and dates of a service in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.lists import format_list

from portal.catalogue.rules.services import Cost, Opening, Service
from portal.text import _
from portal.words import Language

DAYS: Mapping[str, str] = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}


def tell_cost(cost: Cost, words: Language) -> str:
    """One price with what it is for: “£5.00 for each meal, for members”."""
    price = words.gettext(_("Free")) if cost.free else ""
    if cost.amount:
        price = words.money(cost.amount)
    return ", ".join(part for part in (price, cost.unit, cost.option) if part)


def tell_costs(service: Service, words: Language) -> str:
    """What a service costs, in short: “Free”, “From £3.50”, “Ask what it costs”."""
    least = service.least
    if least is None:
        return words.gettext(_("Ask what it costs"))
    amounts = {cost.amount for cost in service.costs}
    if not least:
        return words.gettext(_("Free") if len(amounts) == 1 else _("Free for some people"))
    if len(service.costs) == 1:
        return tell_cost(service.costs[0], words)
    return words.gettext(_("From %(price)s"), price=words.money(Decimal(least)))


def tell_opening(opening: Opening, words: Language) -> str:
    """When it happens: “Monday and Friday, 10:00 to 12:30”."""
    days = format_list([words.gettext(DAYS[day]) for day in opening.days], locale=words.locale)
    times = opening.opens
    if opening.opens and opening.closes:
        times = words.gettext(_("%(opens)s to %(closes)s"), opens=opening.opens, closes=opening.closes)
    return ", ".join(part for part in (days, times, opening.words) if part)


def tell_ages(service: Service, words: Language) -> str:
    """For whom it is by age; empty when it is for everybody."""
    least, most = service.least_age or 0, service.most_age
    if most is not None and most < 100:
        return words.gettext(_("For people aged %(least)s to %(most)s"), least=least, most=most)
    return words.gettext(_("For people aged %(least)s and over"), least=least) if least else ""


def is_stale(confirmed: date | None, today: date, months: int) -> bool:
    """Whether what is told was last made sure of too long ago to rely on."""
    if confirmed is None:
        return True
    return (today.year - confirmed.year) * 12 + today.month - confirmed.month >= months


def tell_confirmed(service: Service, words: Language) -> str:
    """When somebody last made sure that all this is true. Not told is told as that."""
    if service.confirmed is None:
        return words.gettext(_("We do not know when this was last checked."))
    return words.gettext(_("Last checked on %(day)s."), day=words.day(service.confirmed))


def tell_rating(service: Service, words: Language) -> str:
    """The regulator's rating with its day. None is told as what it is: nothing for or against."""
    if not service.rating:
        return words.gettext(_("Not rated. Most groups and clubs are not rated by anybody."))
    if service.rated is None:
        return words.gettext(_("Rated by the regulator (CQC): %(rating)s."), rating=service.rating)
    return words.gettext(
        _("Rated by the regulator (CQC): %(rating)s, %(day)s."),
        rating=service.rating,
        day=words.day(service.rated),
    )
