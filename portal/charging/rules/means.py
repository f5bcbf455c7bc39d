"""What somebody has: savings that count, and income that counts."""

from __future__ import annotations

from decimal import Decimal

from portal.budget.rules.receipt import Message, Phrase, Pounds
from portal.charging.rules.circumstances import Circumstances, Income
from portal.charging.rules.paper import ZERO, Sheet, own_saving, tariff_income
from portal.money import to_penny
from portal.pack.charging import FigureName, IncomeKind
from portal.pack.text import Words
from portal.text import _


def limits(sheet: Sheet) -> tuple[Decimal, Decimal]:
    """The lower and upper limit on savings: the law's, or higher ones of the council."""
    policy = sheet.charging.policy
    lower = max(sheet.figure("lower_capital"), policy.lower_capital or ZERO)
    upper = max(sheet.figure("upper_capital"), policy.upper_capital or ZERO)
    return lower, upper


def capital(sheet: Sheet, told: Circumstances) -> Decimal:
    """Savings that count, with a step for each thing that was told."""
    kinds = {kind.id: kind for kind in sheet.charging.counts.capital}
    total = ZERO
    for saving in told.capital:
        kind = kinds[saving.kind]
        own = own_saving(saving)
        reason: Phrase
        if not kind.counted:
            assert kind.reason is not None
            reason = kind.reason
        elif saving.share == "joint":
            total += own
            values = {"half": Pounds(own), "whole": Pounds(saving.amount)}
            reason = Message(
                _("You share %(whole)s with your partner. Half of it is yours: %(half)s."), values
            )
        else:
            total += own
            reason = Message(_("%(sum)s counts as savings."), {"sum": Pounds(own)})
        label = Words(text=saving.name) if saving.name else kind.label
        sheet.add(kind.id, "savings", label, None, reason, sheet.rule_source(kind.source))
    return total


def tariff(sheet: Sheet, counted: Decimal) -> Decimal:
    """The income that savings between the limits are treated as bringing in."""
    lower, upper = limits(sheet)
    amount = tariff_income(counted, lower, upper)
    if amount:
        sheet.add(
            "tariff_income",
            "savings_income",
            Message(_("Your savings")),
            amount,
            Message(
                _(
                    "You have %(savings)s. We add £1 a week for each £250, or part of £250, "
                    "that is above %(lower)s."
                ),
                {"savings": Pounds(counted), "lower": Pounds(lower)},
            ),
            sheet.source_of("lower_capital"),
        )
    elif counted:
        sheet.add(
            "tariff_income",
            "savings_income",
            Message(_("Your savings")),
            ZERO,
            Message(
                _("You have %(savings)s. Savings up to %(lower)s do not count."),
                {"savings": Pounds(counted), "lower": Pounds(lower)},
            ),
            sheet.source_of("lower_capital"),
        )
    return amount


def income(sheet: Sheet, told: Circumstances) -> bool:
    """A step for all that comes in, then one for each part that does not count.

    :return: whether a benefit for care needs was counted, so that its extra costs must come off.
    """
    kinds = {kind.id: kind for kind in sheet.charging.counts.income}
    came_in: list[tuple[Income, IncomeKind, Decimal]] = []
    for each in told.income:
        kind = kinds[each.kind]
        amount = _amount(sheet, each, kind)
        came_in.append((each, kind, amount))
        if each.amount is not None or kind.rate is not None:
            shared = Message(_("This is your half.")) if each.share == "joint" else None
            sheet.add(kind.id, "income", _name(each, kind), amount, shared, sheet.rule_source(kind.source))
    counted_care = False
    for each, kind, amount in came_in:
        counted = amount
        for rule, most, reason in _not_counted(sheet, told, kind, amount):
            off = min(most, counted)
            counted -= off
            words = _("%(name)s: a part does not count") if counted else _("%(name)s: does not count")
            label = Message(words, {"name": _name(each, kind)})
            source = sheet.rule_source(kind.source)
            if off:
                sheet.add(rule, "not_counted", label, -off, reason, source)
            elif each.amount is None:
                sheet.add(rule, "not_counted", label, None, reason, source)
        counted_care |= kind.treatment == "disability" and counted > 0
    return counted_care


def _name(each: Income, kind: IncomeKind) -> Words:
    return Words(text=each.name) if each.name else kind.label


def _amount(sheet: Sheet, each: Income, kind: IncomeKind) -> Decimal:
    if each.amount is None and kind.rate is not None:
        rate = sheet.figure(kind.rate)
        return to_penny(rate / 2) if each.share == "joint" else rate
    return sheet.own_part(each)


def _not_counted(
    sheet: Sheet, told: Circumstances, kind: IncomeKind, amount: Decimal
) -> list[tuple[str, Decimal, Phrase]]:
    """The parts of an income that do not count: the rule, the pounds a week, and why."""
    policy = sheet.charging.policy
    if kind.treatment == "ignored":
        assert kind.reason is not None
        return [(kind.id, amount, kind.reason)]
    if kind.id in policy.also_ignored:
        return [("also_ignored", amount, Message(_("The council has decided not to count this.")))]
    if kind.treatment == "first":
        assert kind.first is not None
        assert kind.reason is not None
        return [(kind.id, kind.first, kind.reason)]
    if kind.treatment == "savings_credit":
        assert kind.reason is not None
        name: FigureName = "savings_credit_couple" if told.household == "couple" else "savings_credit_single"
        return [(name, sheet.figure(name), kind.reason)]
    return _care_benefit(sheet, told, kind, amount) if kind.treatment == "disability" else []


def _care_benefit(
    sheet: Sheet, told: Circumstances, kind: IncomeKind, amount: Decimal
) -> list[tuple[str, Decimal, Phrase]]:
    policy = sheet.charging.policy
    if policy.disability_benefits == "ignored":
        return [("disability_benefits", amount, Message(_("The council does not count this benefit.")))]
    if kind.standard is None:
        return []
    above = max(ZERO, amount - sheet.figure(kind.standard))
    if policy.enhanced_part == "ignored":
        return [("enhanced_part", above, Message(_("The council counts the standard rate only.")))]
    if policy.night_part == "ignored" and kind.night and not told.night_care:
        reason = Message(_("This part is for help at night. The council pays for no help at night for you."))
        return [("night_part", above, reason)]
    return []
