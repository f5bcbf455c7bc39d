"""Lower, likely and higher in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from portal.budget.parts import sum_each
from portal.budget.rules import Allocation
from portal.budget.rules.spread import Range, range_of
from portal.pack.pack import Pack
from portal.text import _
from portal.words import Language


def range_on(pack: Pack, allocation: Allocation | None, on: date) -> Range | None:
    """The range around a budget by the scheme in force on a day, if that scheme worked it out."""
    scheme = pack.scheme_on(on)
    if allocation is None or scheme is None or scheme.content_hash != allocation.scheme_hash:
        return None
    return range_of(scheme, allocation)


def told_range(found: Range, allocation: Allocation, language: Language) -> str:
    """The three figures in a sentence."""
    lower, likely, higher = (sum_ for _name, sum_ in told_sums(found, allocation, language))
    return language.gettext(
        _("Lower: %(lower)s. Likely: %(likely)s. Higher: %(higher)s."),
        lower=lower,
        likely=likely,
        higher=higher,
    )


def told_sums(found: Range, allocation: Allocation, language: Language) -> tuple[tuple[str, str], ...]:
    """The three figures, each with what it is called."""
    named = ((_("Lower"), found.lower), (_("Likely"), found.likely), (_("Higher"), found.higher))
    each = allocation.base_period
    return tuple((language.gettext(name), sum_each(sum_, each, language)) for name, sum_ in named)


def told_working(found: Range, language: Language) -> tuple[str, str]:
    """How the lower and the higher figure are worked out, to check with a calculator."""

    def worked(factor: Decimal, sum_: Decimal) -> str:
        return language.gettext(
            _("%(likely)s × %(factor)s, rounded: %(sum)s"),
            likely=language.money(found.likely),
            factor=language.number(factor),
            sum=language.money(sum_),
        )

    return worked(found.row.lower, found.lower), worked(found.row.higher, found.higher)
