"""Tiers with their award periods, and what is left after other streams."""

from __future__ import annotations

from decimal import Decimal

from portal.budget.rules.ledger import Draft, Ledger
from portal.budget.rules.lines import add_lines
from portal.budget.rules.points import score_steps, total
from portal.budget.rules.pricing import NoAmount, show_points
from portal.budget.rules.receipt import Message, Pounds, ReviewFlag, TierAward
from portal.budget.rules.run import ZERO, Run
from portal.pack.conditions import holds
from portal.pack.scheme.awards import Level, Residual, Tier
from portal.pack.scheme.parts import SchemePeriod
from portal.text import _

_MEANINGS = {
    "fixed": _("This tier is a set amount of %(amount)s."),
    "up_to": _("This tier is up to %(amount)s. What you need may cost less."),
    "from": _("This tier starts at %(amount)s. What you need may cost more."),
}


def add_tier(run: Run, stream: str, tier: Tier, ledger: Ledger) -> None:
    """The line of the tier picked, less what was already given this financial year.

    :raises NoAmount: when no tier is picked.
    """
    if tier.score is not None:
        show_points(run, tier.score, ledger)
    level = _picked(run, tier)
    if level is None:
        raise NoAmount(Message(_("None of the levels of this part fits your answers.")))
    ledger.add(
        Draft(
            level.id,
            "tier",
            level.amount,
            label=level.label,
            reason=Message(_MEANINGS[level.meaning], {"amount": Pounds(level.amount)}),
            question=tier.question,
            answer=level.id if tier.question is not None else None,
            source=level.source,
        )
    )
    if tier.most_in_year is not None:
        given = run.quantity(tier.given_this_year, "year") if tier.given_this_year is not None else ZERO
        room = max(ZERO, tier.most_in_year - given)
        if level.amount > room:
            ledger.add(
                Draft(
                    f"{level.id}_year",
                    "cap",
                    room - level.amount,
                    label=Message(_("Most in one financial year")),
                    reason=Message(
                        _("This scheme gives at most %(most)s in one financial year."),
                        {"most": Pounds(tier.most_in_year)},
                    ),
                    before=level.amount,
                )
            )
    run.tiers[stream] = _award(run, tier, level, ledger.period)


def _picked(run: Run, tier: Tier) -> Level | None:
    if tier.question is not None:
        given = run.given(tier.question)
        return next((level for level in tier.levels if level.id == given), None)
    if tier.score is not None:
        points = total(score_steps(run, run.compiled.scores[tier.score]))
        for level in tier.levels:
            assert level.points_from is not None
            if level.points_from <= points and (level.points_to is None or points <= level.points_to):
                return level
        return None
    return next((level for level in tier.levels if holds(level.when, run.answers)), None)


def _award(run: Run, tier: Tier, level: Level, period: SchemePeriod) -> TierAward:
    wanted = run.given(tier.top_up) if tier.top_up is not None else None
    dearer = next((other for other in tier.levels if other.id == wanted), None)
    tops = dearer is not None and dearer.amount > level.amount
    return TierAward(
        level=level.id,
        label=level.label,
        amount=level.amount,
        period=period,
        meaning=level.meaning,
        award_months=level.award_months,
        most_awards=level.most_awards,
        max_months=level.max_months,
        top_up_to=dearer.id if dearer is not None and tops else None,
        top_up=dearer.amount - level.amount if dearer is not None and tops else None,
    )


def add_residual(run: Run, stream: str, model: Residual, ledger: Ledger) -> None:
    """The target's lines, less other streams and own means, never below nought.

    :raises NoAmount: when the threshold is not reached.
    :raises Refer: when a price is missing on the day.
    """
    if model.threshold_stream is not None:
        assert model.threshold is not None
        found = run.streams.get(model.threshold_stream)
        if found is None or run.in_period(found, ledger.period) < model.threshold:
            starts = _("This part starts only when another part comes to %(threshold)s or more.")
            raise NoAmount(Message(starts, {"threshold": Pounds(model.threshold)}))
    add_lines(run, model.target, ledger)
    for name in model.less:
        found = run.streams.get(name)
        other = next(item for item in run.scheme.streams if item.id == name)
        if found is not None:
            reason = Message(_("This is already paid from another part of your budget."))
            _take_off(ledger, name, run.in_period(found, ledger.period), other.title, reason)
    for deduction in model.less_also:
        amount = run.quantity(deduction.amount, deduction.per or ledger.period)
        if deduction.per is not None and deduction.per != ledger.period:
            amount = run.in_period((amount, deduction.per), ledger.period)
        reason = Message(_("This scheme counts it as money you already have for support."))
        _take_off(ledger, deduction.id, amount, deduction.label, reason)
    amount = ledger.total()
    if model.most is not None and amount > model.most:
        reason = Message(_("This scheme gives at most %(most)s."), {"most": Pounds(model.most)})
        run.flags.append(ReviewFlag(stream, amount, model.most, ledger.period, reason))
        label = Message(_("Most that this part can give"))
        ledger.add(
            Draft(f"{stream}_most", "cap", model.most - amount, label=label, reason=reason, before=amount)
        )


def _take_off(ledger: Ledger, rule: str, amount: Decimal, label: object, reason: Message) -> None:
    before = ledger.total()
    off = min(amount, max(ZERO, before))
    if off > 0:
        ledger.add(Draft(rule, "deduction", -off, label=label, reason=reason, before=before))  # type: ignore[arg-type]
