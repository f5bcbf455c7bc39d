"""Prices, waits and whose side somebody is on, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.pack.choices import Independence, Planner
from portal.pack.written import Unit
from portal.text import _
from portal.words import Language

PRICE_FOR: Mapping[Unit, str] = {
    "hour": _("%(price)s an hour"),
    "visit": _("%(price)s a visit"),
    "session": _("%(price)s a session"),
    "day": _("%(price)s a day"),
    "night": _("%(price)s a night"),
    "week": _("%(price)s a week"),
    "month": _("%(price)s a month"),
    "year": _("%(price)s a year"),
    "meal": _("%(price)s a meal"),
    "mile": _("%(price)s a mile"),
    "plan": _("%(price)s for a plan"),
    "once": _("%(price)s, paid once"),
}

STANDS: Mapping[Independence, str] = {
    "you": _("You"),
    "near_you": _("Close to you"),
    "independent": _("Independent"),
    "council": _("Works for the council"),
    "provider": _("Sells support"),
}
"""On whose side somebody stands, in a word or two."""


def tell_unit_price(amount: Decimal, unit: Unit | None, words: Language) -> str:
    """A price with what it is for: “£16.50 an hour”, “Free”."""
    if not amount or unit is None:
        return words.gettext(_("Free"))
    return words.gettext(PRICE_FOR[unit], price=words.money(amount))


def tell_price(planner: Planner, words: Language) -> str:
    """What planning with somebody costs: “Free”, “£54 to £126 for a plan”."""
    if planner.price_to is None:
        return tell_unit_price(planner.price, planner.price_unit, words)
    whole = not planner.price % 1 and not planner.price_to % 1
    told = words.money_whole if whole else words.money
    low, high = told(planner.price), told(planner.price_to)
    return words.gettext(
        PRICE_FOR[planner.price_unit], price=words.gettext(_("%(low)s to %(high)s"), low=low, high=high)
    )


def tell_wait(planner: Planner, words: Language) -> str:
    """How long it takes until they can start: “None”, “About 5 to 10 days”."""
    if planner.wait_to_days is not None:
        return words.gettext(_("About %(low)s to %(high)s days"), **_range(planner, words))
    if not planner.wait_days:
        return words.gettext(_("None"))
    return words.ngettext("About %(num)s day", "About %(num)s days", planner.wait_days)


def tell_start(planner: Planner, words: Language) -> str:
    """The same as a sentence: “You can start at once.”"""
    if planner.wait_to_days is not None:
        return words.gettext(_("You wait about %(low)s to %(high)s days."), **_range(planner, words))
    if not planner.wait_days:
        return words.gettext(_("You can start at once."))
    return words.ngettext("You wait about %(num)s day.", "You wait about %(num)s days.", planner.wait_days)


def _range(planner: Planner, words: Language) -> dict[str, str]:
    return {"low": words.number(planner.wait_days), "high": words.number(planner.wait_to_days or 0)}
