"""What a person may have to pay for support at home, worked out step by step.

Care and support statutory guidance, chapter 8 and annexes B and C; Charging Regulations 2014. Never
below nought, never above what the support costs.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from portal.budget.rules.receipt import Message, Percent, Pounds
from portal.charging.rules import allowances, means
from portal.charging.rules.circumstances import Circumstances, Support
from portal.charging.rules.paper import HUNDRED, ZERO, MissingFigure, Sheet, support_a_week
from portal.charging.rules.result import Estimate, Free, Statement, Status
from portal.money import to_penny
from portal.pack.charging import Charging, ChargingRates
from portal.text import _

_FULL = {
    "savings_above_limit": _("You told us that your savings are above the limit. You pay for your support."),
    "not_told": _("Without knowing about your money, we have to ask you for the full cost."),
    "small_support": _("Your support costs little and you can clearly pay for it."),
}


def estimate(told: Circumstances, charging: Charging, rates: ChargingRates) -> Estimate:
    """What the person may have to pay in pounds a week.

    :param told: their circumstances; kinds must be known (see :func:`unknown_kinds`).
    :param rates: the figures of one year.
    """
    sheet = Sheet(replace(charging, policy=charging.policy.with_choices(told.local)), rates)
    cost, free = _cost(sheet, told)
    work = _Work(sheet, told, cost, free)
    try:
        return work.done()
    except MissingFigure as missing:
        return work.result("cannot_say", None, None, missing)


class _Work:
    """One estimate while it is worked out."""

    def __init__(
        self, sheet: Sheet, told: Circumstances, cost: Decimal | None, free: tuple[Free, ...]
    ) -> None:
        self.sheet = sheet
        self.told = told
        self.cost = cost
        self.free = free
        self.capital = ZERO
        self.tariff = ZERO
        self.care_counted = False

    def done(self) -> Estimate:
        """Step after step to the figure."""
        light = self.light_touch()
        if light is not None:
            return light
        self.capital = means.capital(self.sheet, self.told)
        _lower, upper = means.limits(self.sheet)
        if self.capital > upper:
            reason = Message(
                _("Your savings are %(savings)s. That is above %(upper)s, so you pay for your support."),
                {"savings": Pounds(self.capital), "upper": Pounds(upper)},
            )
            return self.full_cost("upper_capital", reason)
        self.care_counted = means.income(self.sheet, self.told)
        self.tariff = means.tariff(self.sheet, self.capital)
        allowances.minimum_income(self.sheet, self.told)
        allowances.housing(self.sheet, self.told)
        allowances.disability(self.sheet, self.told, counted=self.care_counted)
        return self.limited()

    def light_touch(self) -> Estimate | None:
        """The answer where no full assessment is needed; ``None`` where it is."""
        way = self.told.assessment
        if way == "full":
            return None
        if way == "basic_benefits":
            self.sheet.add(
                "light_touch",
                "left",
                Message(_("Nothing to pay")),
                ZERO,
                Message(_("Your benefits show that you cannot pay. We ask for no more about your money.")),
            )
            return self.result("pays_nothing", ZERO, ZERO)
        if way == "small_support":
            most = self.sheet.charging.policy.small_support
            if most is None or self.cost is None or self.cost > most:
                return None
        return self.full_cost("light_touch", Message(_FULL[way]))

    def full_cost(self, rule: str, reason: Message) -> Estimate:
        """The person pays for all of the support."""
        self.sheet.running = ZERO
        self.sheet.add(rule, "full_cost", Message(_("The full cost of your support")), self.cost, reason)
        return self.result("full_cost", self.cost, None)

    def limited(self) -> Estimate:
        """What is left over, taken as the council takes it: never below nought nor above cost."""
        sheet, policy = self.sheet, self.sheet.charging.policy
        if sheet.running < 0:
            sheet.add(
                "never_below_nought",
                "left",
                Message(_("Nothing is left over")),
                -sheet.running,
                Message(_("You need all of your money to live on. There is nothing to pay.")),
            )
        elif policy.percent < HUNDRED:
            kept = sheet.running - to_penny(sheet.running * policy.percent / HUNDRED)
            reason = Message(
                _("The council asks for %(percent)s of what is left over."),
                {"percent": Percent(policy.percent)},
            )
            sheet.add("percent", "left", Message(_("You keep a part")), -kept, reason, sheet.policy_source)
        if ZERO < sheet.running < policy.smallest_charge:
            reason = Message(
                _("The council does not ask for less than %(sum)s a week."),
                {"sum": Pounds(policy.smallest_charge)},
            )
            label = Message(_("Too small to ask for"))
            sheet.add("smallest_charge", "limit", label, -sheet.running, reason, sheet.policy_source)
        if policy.largest_charge is not None and sheet.running > policy.largest_charge:
            reason = Message(
                _("The council asks nobody for more than %(sum)s a week."),
                {"sum": Pounds(policy.largest_charge)},
            )
            label = Message(_("Above the most that the council asks for"))
            off = policy.largest_charge - sheet.running
            sheet.add("largest_charge", "limit", label, off, reason, sheet.policy_source)
        most = sheet.running
        if self.cost is not None and most > self.cost:
            reason = Message(
                _("Your support costs %(sum)s a week. You never pay more than that."),
                {"sum": Pounds(self.cost)},
            )
            label = Message(_("Above the cost of your support"))
            sheet.add("never_above_cost", "limit", label, self.cost - most, reason)
        return self.result("pays" if sheet.running > 0 else "pays_nothing", sheet.running, most)

    def result(
        self,
        status: Status,
        contribution: Decimal | None,
        most: Decimal | None,
        missing: MissingFigure | None = None,
    ) -> Estimate:
        """The figure with its steps."""
        statement = None
        if contribution is not None and self.cost is not None:
            statement = Statement(self.cost, contribution, self.cost - contribution)
        return Estimate(
            status=status,
            year=self.sheet.rates.year,
            contribution=contribution,
            most=most,
            statement=statement,
            capital=self.capital,
            tariff=self.tariff,
            steps=tuple(self.sheet.steps),
            free=self.free,
            disability_expenses_asked=self.care_counted,
            derived=tuple(self.sheet.derived),
            missing=(missing.name,) if missing is not None else (),
            caveats=_caveats(self.told),
            illustrative=self.sheet.charging.policy.illustrative,
        )


def _caveats(told: Circumstances) -> tuple[Message, ...]:
    if told.household != "couple":
        return ()
    return (
        Message(
            _(
                "We looked at your own money only. The council also checks that your partner has enough "
                "to live on."
            )
        ),
    )


def _cost(sheet: Sheet, told: Circumstances) -> tuple[Decimal | None, tuple[Free, ...]]:
    """What the support that may be charged for costs a week, and what is free."""
    free: list[Free] = []
    cost = ZERO
    for support in told.support or ():
        reason = _why_free(sheet, support)
        if reason is not None:
            free.append(Free(support.name, reason))
        else:
            cost += support_a_week(sheet, support)
    return (None if told.support is None else cost), tuple(free)


def _why_free(sheet: Sheet, support: Support) -> Message | None:
    """Why nothing is charged for this (Charging Regulations 2014, regulations 3 and 4)."""
    policy = sheet.charging.policy
    if support.kind == "reablement" and support.week <= policy.reablement_weeks:
        return Message(
            _("Help to get well again is free for up to %(weeks)s weeks."), {"weeks": policy.reablement_weeks}
        )
    if support.kind == "equipment" and (support.every != "once" or support.amount <= policy.adaptation_limit):
        return Message(
            _("Equipment is free, and so are changes to a home that cost up to %(sum)s."),
            {"sum": Pounds(policy.adaptation_limit)},
        )
    if support.kind == "aftercare":
        return Message(_("Aftercare under section 117 of the Mental Health Act is free."))
    if support.kind == "cjd":
        return Message(_("Support for people with CJD is free."))
    return None
