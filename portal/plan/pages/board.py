"""The board: needs in the person's own words, what meets each, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template

from portal import steps
from portal.assessment.records import answers_of
from portal.plan.addresses import address_of
from portal.plan.headings import ABOUT_ME, SEVEN
from portal.plan.pages.blueprint import bp
from portal.plan.pages.shown import line_address, line_shown, route_words, the_plan, title_of
from portal.plan.rules.left import Lack, Left
from portal.plan.rules.needs import Need
from portal.plan.rules.week import week_of
from portal.plan.telling import MET_BY_WORDS, tell_left
from portal.questions.path import walk
from portal.safeguards import current_pack, db, today
from portal.sharing.access import needs_case
from portal.steps import Entry, Progress, State
from portal.text import _
from portal.words import translate, words

_ELSEWHERE: frozenset[Lack] = frozenset({"backup", "helped", "review"})
"""What the board shows in a list of its own, whether it is there or not."""


@bp.get("")
@needs_case("plan")
def board() -> str:
    """The whole plan at a glance."""
    plan = the_plan()
    # A line that helps with several needs shows its price once, so that nothing looks counted twice.
    shown: set[str] = set()
    eligible = [_card(need, shown) for need in plan.needs if need.eligible]
    others = [_card(need, shown) for need in plan.needs if not need.eligible]
    return render_template(
        "plan/board.html",
        plan=plan,
        eligible=eligible,
        others=others,
        stray=[line_shown(line) for line in plan.without_need],
        weekly=[(route_words(one.route), one.weekly) for one in plan.sums.routes if one.weekly],
        once=[(route_words(one.route), one.once) for one in plan.sums.routes if one.once],
        streams=plan.streams,
        left=[_left(one) for one in plan.left if one.lack not in _ELSEWHERE],
        rest=_rest(),
        onward=steps.after("plan"),
        answered=not plan.needs and not walk(current_pack(), answers_of(db(), g.case.id)).lacking(),
    )


def _card(need: Need, shown: set[str]) -> dict[str, object]:
    lines = []
    for line in need.lines:
        drawn = line_shown(line)
        if line.id in shown:
            price = drawn["price"] if line.free else translate(_("Counted above"))
            drawn |= {"note": "", "tags": [], "price": price}
        shown.add(line.id)
        lines.append(drawn)
    return {
        "outcome": need.outcome,
        "title": title_of(need.outcome),
        "words": need.words,
        "empty": need.eligible and not need.covered,
        "met": MET_BY_WORDS[need.met_by] if need.met_by else "",
        "lines": lines,
    }


def _rest() -> tuple[Entry, ...]:
    """What a plan says beside its lines, each with whether it is said."""
    lacking = {one.lack for one in the_plan().left}
    begun = State.IN_PROGRESS if the_plan().setbacks else State.NOT_STARTED

    def entry(title: str, address: str, lack: Lack, otherwise: State) -> Entry:
        return Entry(title, address, Progress(otherwise if lack in lacking else State.DONE))

    plan = the_plan()
    seven = [part for part in SEVEN if plan.texts.get(part) or part in plan.not_needed]
    about = [part for part in ABOUT_ME if plan.texts.get(part)]

    def share(done: list[Any], of: Mapping[Any, Any]) -> Progress:
        if not done:
            return Progress(State.NOT_STARTED)
        return Progress(State.DONE if len(done) == len(of) else State.IN_PROGRESS)

    week = State.IN_PROGRESS if week_of(plan.lines, today()).empty else State.DONE
    if not plan.lines:
        week = State.NOT_STARTED

    return (
        Entry(_("About me"), "/plan/about", share(about, ABOUT_ME)),
        Entry(_("The seven questions of a plan"), "/plan/questions", share(seven, SEVEN)),
        Entry(
            _("Your week, and a page for the fridge"),
            "/plan/week",
            Progress(week),
        ),
        Entry(
            _("Who to phone if nobody comes"),
            "/plan/nobody_comes",
            Progress(State.DONE if plan.texts.get("nobody_comes") else State.NOT_STARTED),
        ),
        entry(_("What if things go wrong?"), "/plan/backup", "backup", begun),
        entry(_("Who helped you with this plan"), "/plan/helped", "helped", State.NOT_STARTED),
        entry(_("When to look at your plan again"), "/plan/review", "review", State.NOT_STARTED),
    )


def _left(one: Left) -> tuple[str, str]:
    """Where to put right what is missing, and what it is."""
    title = title_of(one.need.outcome) if one.need else ""
    address = line_address(one.line) if one.line and one.line.elsewhere else address_of(one)
    return address, tell_left(one, title, words())
