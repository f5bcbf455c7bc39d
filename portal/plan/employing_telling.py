"""The cost of employing somebody, in words: the same on screen and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.plan.rules.employing import CostKind, CostLine
from portal.text import _
from portal.words import Language

COST_WORDS: Mapping[CostKind, str] = {
    "wage": _("The wage"),
    "holiday": _("Holiday pay"),
    "sickness": _("Set aside for sickness"),
    "training": _("Paid time for training"),
    "pension": _("Your part of a pension"),
    "insurance": _("Employer’s National Insurance"),
    "allowance": _("Employment Allowance, which you keep of it"),
    "liability": _("Insurance for an employer"),
    "payroll": _("A payroll service"),
}
_NOTES: Mapping[CostKind, str] = {
    "wage": _("%(hours)s hours × %(wage)s"),
    "holiday": _("%(pay)s × %(off)s weeks of holiday ÷ %(work)s weeks of work"),
    "sickness": _("%(pay)s × %(off)s ÷ %(weeks)s weeks"),
    "training": _("%(hours)s hours a year × %(wage)s × %(helpers)s ÷ %(weeks)s weeks"),
    "pension": _("%(percent)s%% of what each earns from %(low)s to %(high)s a year. Each earns %(earned)s."),
    "insurance": _("%(percent)s%% of what each earns above %(low)s a year. Each earns %(earned)s."),
    "allowance": _("You ask for it each year. It is up to %(most)s a year."),
    "liability": _("%(year)s a year ÷ %(weeks)s weeks"),
    "payroll": _("%(month)s a month × 12 × %(helpers)s ÷ %(weeks)s weeks"),
}
_NO_PENSION = _("Nothing: each earns %(earned)s a year, and it must be paid from %(trigger)s.")
_NUMBERS = frozenset({"hours", "off", "work", "weeks", "helpers", "percent"})


def tell_cost(line: CostLine, words: Language) -> str:
    """How a cost was worked out."""
    if line.kind == "pension" and line.values["earned"] < line.values["trigger"]:
        return words.gettext(_NO_PENSION, **_values(line.values, words))
    return words.gettext(_NOTES[line.kind], **_values(line.values, words))


def _values(values: Mapping[str, Decimal], words: Language) -> dict[str, str]:
    return {
        name: words.number(value) if name in _NUMBERS else words.money(round(value, 2))
        for name, value in values.items()
    }
