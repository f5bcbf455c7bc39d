"""Is it ready? What stops it, what is only worth a look, and who may agree it. And: is it enough?"""

from __future__ import annotations

from flask import g, render_template, url_for

from portal.budget.ranges import range_on
from portal.budget.records import indicative
from portal.plan.addresses import address_of
from portal.plan.headings import OPEN_QUESTION, SEVEN
from portal.plan.money_telling import tell_needed
from portal.plan.pages.blueprint import bp
from portal.plan.pages.instead import side_by_side
from portal.plan.pages.shown import line_address, the_plan, title_of
from portal.plan.rules.agreement import who_agrees
from portal.plan.rules.ready import Extra, Point
from portal.plan.telling import tell_left
from portal.safeguards import current_pack, db, today
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate, words

_EXTRAS: dict[Extra, tuple[str, str]] = {
    "no_needs": (_("Your answers tell of no need so far. Look at them again"), "/assessment/check"),
    "only_paid": (
        _("Everything in your plan is paid for. Is there something you, your family or a club could do?"),
        "/plan/line/new",
    ),
    "strengths": (_("Say what you are good at, and what you enjoy"), "/assessment/strengths"),
}


@bp.get("/ready")
@needs_case("plan")
def ready() -> str:
    """The criteria by which plans are agreed, and who may agree this one."""
    plan = the_plan()
    rule = current_pack().agreement
    stops, warns = told_readiness()
    return render_template(
        "plan/ready.html",
        plan=plan,
        stops=stops,
        warns=warns,
        rule=rule,
        planned=plan.comparison.planned,
        agrees=who_agrees(rule, plan.comparison.planned, plan.comparison.budget),
    )


@bp.get("/enough")
@needs_case("plan")
def enough() -> str:
    """Whether the money is enough, in words first and in numbers to check."""
    plan = the_plan()
    sums = plan.sums
    beside = [total for total in sums.routes if total.route in sums.beside and total.weekly]
    allocation = indicative(db(), g.case.id, current_pack(), today())
    spread = range_on(current_pack(), allocation, today())
    return render_template(
        "plan/enough.html",
        plan=plan,
        beside=plan.comparison,
        spread=spread if allocation is not None and allocation.base_period == "week" else None,
        other=beside,
        in_place=side_by_side(plan),
    )


def told_readiness() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What stops the visitor's plan, and what is only worth another look: each with where to put it right."""
    ready = the_plan().readiness
    return [told_point(point) for point in ready.stops], [told_point(point) for point in ready.warns]


def told_point(point: Point) -> tuple[str, str]:
    """Where to put right what is open, and what it is."""
    language = words()
    if point.left is not None:
        title = title_of(point.left.need.outcome) if point.left.need else ""
        line = point.left.line
        address = line_address(line) if line and line.elsewhere else address_of(point.left)
        return address, tell_left(point.left, title, language)
    if point.needed is not None:
        if point.needed.line is not None:
            return url_for("plan.paid", line_id=point.needed.line.id), tell_needed(point.needed, language)
        return url_for("plan.money_mix"), tell_needed(point.needed, language)
    if point.question is not None:
        told = translate(OPEN_QUESTION, question=_asked(point))
        return url_for("plan.question", part=point.question), told
    if point.need is not None:
        told = translate(_("%(need)s: you ask the council to help to find something"), need=_need(point))
        return url_for("plan.met", outcome=point.need.outcome), told
    assert point.extra is not None
    told, address = _EXTRAS[point.extra]
    return address, translate(told)


def _asked(point: Point) -> str:
    assert point.question is not None
    return translate(SEVEN[point.question].ask)


def _need(point: Point) -> str:
    assert point.need is not None
    return title_of(point.need.outcome)
