"""Is it ready? What stops it, what is only worth a look, and who may agree it. And: is it enough?"""

from __future__ import annotations

from flask import render_template, url_for

from portal.plan.addresses import address_of
from portal.plan.headings import SEVEN
from portal.plan.money_telling import tell_needed
from portal.plan.pages.blueprint import bp
from portal.plan.pages.instead import side_by_side
from portal.plan.pages.shown import line_address, the_plan, title_of
from portal.plan.rules.agreement import who_agrees
from portal.plan.rules.ready import Extra, Point
from portal.plan.telling import tell_left
from portal.safeguards import current_pack
from portal.sharing.access import needs_case
from portal.text import _
from portal.words import translate, words

_EXTRAS: dict[Extra, tuple[str, str]] = {
    "no_needs": (_("Answer the questions about your needs"), "/tasks"),
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
    return render_template(
        "plan/ready.html",
        plan=plan,
        stops=[told_point(point) for point in plan.readiness.stops],
        warns=[told_point(point) for point in plan.readiness.warns],
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
    return render_template(
        "plan/enough.html", plan=plan, beside=plan.comparison, other=beside, in_place=side_by_side(plan)
    )


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
        told = translate(_("Answer, or say that it is not needed: %(question)s"), question=_asked(point))
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
