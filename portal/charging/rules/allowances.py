"""What somebody keeps before anything is asked for: enough to live on, their home, their disability."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from portal.budget.rules.receipt import Filling, Message, Percent, Pounds
from portal.charging.rules.circumstances import Circumstances, Cost
from portal.charging.rules.paper import HUNDRED, ZERO, Sheet
from portal.money import to_penny
from portal.pack.charging import CostKind, FigureName, Premium
from portal.pack.text import Words
from portal.text import _

_BASE: Mapping[FigureName, str] = {
    "single_18_to_24": _("To live on: one person, 18 to 24"),
    "single_25_to_pension": _("To live on: one person, 25 or older"),
    "single_pension_age": _("To live on: one person of pension age"),
    "lone_parent": _("To live on: a lone parent"),
    "couple_18_each": _("To live on: your half as one of a couple"),
    "couple_pension_age_each": _("To live on: your half as one of a couple of pension age"),
}
_PREMIUMS: Mapping[Premium, tuple[FigureName, FigureName, str]] = {
    "disability": (
        "disability_premium_single",
        "disability_premium_couple",
        _("More to live on because of a disability"),
    ),
    "enhanced_disability": (
        "enhanced_disability_premium_single",
        "enhanced_disability_premium_couple",
        _("More to live on because you need much help"),
    ),
    "carer": ("carer_premium", "carer_premium", _("More to live on because you care for somebody")),
}
_KEEP = _("The law leaves you this each week. It is a part of your minimum income guarantee.")


def base_figure(told: Circumstances) -> FigureName:
    """The figure that the minimum income guarantee starts from (Charging Regulations 2014, regulation 7)."""
    if told.household == "couple":
        return "couple_pension_age_each" if told.age == "pension_age" else "couple_18_each"
    if told.age == "pension_age":
        return "single_pension_age"
    if told.household == "lone_parent":
        return "lone_parent"
    return "single_18_to_24" if told.age == "18_to_24" else "single_25_to_pension"


def premiums(sheet: Sheet, told: Circumstances) -> tuple[Premium, ...]:
    """What was told to be added, or else what the benefits bring. Below pension age, but for carers."""
    if told.premiums is not None:
        return tuple(each for each in _PREMIUMS if each in told.premiums)
    got = {each.kind for each in told.income}
    brought = {each for kind in sheet.charging.counts.income if kind.id in got for each in kind.brings}
    if told.age == "pension_age":
        brought &= {"carer"}
    return tuple(each for each in _PREMIUMS if each in brought)


def minimum_income(sheet: Sheet, told: Circumstances) -> None:
    """The minimum income guarantee, part by part, and what the council leaves on top."""
    before = sheet.running
    if told.minimum_income is not None:
        label = Message(_("To live on: what the council told you"))
        sheet.add("minimum_income", "allowance", label, -told.minimum_income, Message(_KEEP))
    else:
        name = base_figure(told)
        _keep(sheet, name, Message(_BASE[name]), sheet.figure(name))
        if told.children:
            each = sheet.figure("child")
            values: dict[str, Filling] = {"number": told.children, "sum": Pounds(each)}
            label = Message(_("More to live on for children at home: %(number)s at %(sum)s"), values)
            _keep(sheet, "child", label, each * told.children)
        for premium in premiums(sheet, told):
            single, couple, words = _PREMIUMS[premium]
            name = couple if told.household == "couple" else single
            _keep(sheet, name, Message(words), sheet.figure(name))
    _extra(sheet, before - sheet.running)


def _keep(sheet: Sheet, name: FigureName, label: Message, amount: Decimal) -> None:
    sheet.add(name, "allowance", label, -amount, Message(_KEEP), sheet.source_of(name))


def _extra(sheet: Sheet, guarantee: Decimal) -> None:
    policy = sheet.charging.policy
    label = Message(_("More to live on from the council"))
    if policy.extra_allowance_percent:
        extra = to_penny(guarantee * policy.extra_allowance_percent / HUNDRED)
        reason = Message(
            _("The council leaves everybody %(percent)s more than the law asks for."),
            {"percent": Percent(policy.extra_allowance_percent)},
        )
        sheet.add("extra_allowance_percent", "allowance", label, -extra, reason, sheet.policy_source)
    if policy.extra_allowance:
        reason = Message(
            _("The council leaves everybody %(sum)s a week more than the law asks for."),
            {"sum": Pounds(policy.extra_allowance)},
        )
        sheet.add("extra_allowance", "allowance", label, -policy.extra_allowance, reason, sheet.policy_source)


def housing(sheet: Sheet, told: Circumstances) -> None:
    """The costs of the home, less the help there is with them; never more help than costs."""
    costs = ZERO
    for each in told.housing:
        costs += _cost(sheet, "housing", each, sheet.charging.counts.housing)
    helped = min(costs, sum((sheet.own_part(each) for each in told.housing_help), ZERO))
    if helped:
        label = Message(_("Help that you get with the costs of your home"))
        reason = Message(_("We take off only what you pay yourself."))
        sheet.add("housing_help", "housing", label, helped, reason)


def disability(sheet: Sheet, told: Circumstances, *, counted: bool) -> None:
    """Extra costs of a disability: what was told, or the council's flat sum where that is more.

    :param counted: whether a benefit for care needs is counted. Only then is there a flat sum.
    """
    flat = sheet.charging.policy.flat_disability_expenses if counted else ZERO
    costs = sum((sheet.own_part(each) for each in told.disability_expenses), ZERO)
    for each in told.disability_expenses:
        _cost(sheet, "disability", each, sheet.charging.counts.disability_expenses)
    if flat > costs:
        reason = Message(
            _("The council takes off %(sum)s a week for extra costs and asks for no receipts."),
            {"sum": Pounds(flat)},
        )
        label = Message(_("Costs of your disability: a set sum"))
        if costs:
            label = Message(_("Costs of your disability: the rest of a set sum"))
        sheet.add("flat_disability_expenses", "disability", label, costs - flat, reason, sheet.policy_source)


def _cost(sheet: Sheet, kind: str, told: Cost, known: tuple[CostKind, ...]) -> Decimal:
    amount = sheet.own_part(told)
    label = Words(text=told.name) if told.name else next(one.label for one in known if one.id == told.kind)
    reason = Message(_("This is your half.")) if told.share == "joint" else None
    if kind == "housing":
        sheet.add(told.kind, "housing", label, -amount, reason)
    else:
        sheet.add(told.kind, "disability", label, -amount, reason)
    return amount
