"""What several pages of the plan show: the visitor's plan, names of needs and routes, a line in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import abort, g

from portal.choices.rules import OWN_MONEY
from portal.plan.records import read_line
from portal.plan.rules.lines import PAID_WORK, Line, one_off_cost, weekly_cost
from portal.plan.rules.needs import Need
from portal.plan.telling import (
    KIND_WORDS,
    WORKER_WORDS,
    tell_award,
    tell_dates,
    tell_how_much,
    tell_instead,
    tell_when,
)
from portal.plan.whole import Plan, read_plan
from portal.safeguards import current_pack, db, today
from portal.sharing.private import hidden, keeps_private
from portal.sharing.telling import told_typed
from portal.sharing.typed import typed_here
from portal.text import _
from portal.words import say, translate, words


def the_plan() -> Plan:
    """The plan of the visitor's case, read once for a request."""
    plan: Plan | None = g.get("plan")
    if plan is None:
        plan = g.plan = _as_shared(read_plan(db(), g.case.id, current_pack(), today()))
    return plan


def _as_shared(plan: Plan) -> Plan:
    """A plan as this visitor may see it: what is private is named so, and no more. Sums stay."""
    private = hidden()
    if not private:
        return plan
    instead = translate(_("%(name)s keeps this private"), name=keeps_private())

    def shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(
            Line(id=line.id, kind=line.kind, what=instead, needs=line.needs)
            if f"line {line.id}" in private
            else line
            for line in lines
        )

    needs = tuple(
        replace(
            need,
            lines=shown(need.lines),
            words=instead if _is_private(need, private) else need.words,
        )
        for need in plan.needs
    )
    texts = {part: instead if f"text {part}" in private else words for part, words in plan.texts.items()}
    setbacks = tuple(one for one in plan.setbacks if f"setback {one.id}" not in private)
    return replace(plan, needs=needs, lines=shown(plan.lines), texts=texts, setbacks=setbacks)


def _is_private(need: Need, private: frozenset[str]) -> bool:
    return f"need {need.outcome}" in private or f"answer {need.outcome}_matters" in private


def need_or_404(outcome: str) -> Need:
    """The need on the board for an outcome of the address."""
    need = the_plan().need(outcome)
    if need is None:
        abort(404)
    return need


def title_of(outcome: str) -> str:
    """What a need is called, in the visitor's language."""
    question = current_pack().questions.get(outcome)
    return say(question.short) if question else outcome


def route_words(route: str | None) -> str:
    """What a money route is called; words for none chosen yet."""
    if route == OWN_MONEY:
        return translate(_("My own money"))
    found = next((one for one in current_pack().money_routes if one.id == route), None)
    return say(found.short) if found else translate(_("Money route not chosen yet"))


def line_or_404(line_id: str) -> Line:
    """A line of the visitor's plan."""
    line = read_line(db(), g.case.id, line_id)
    if line is None:
        abort(404)
    return line


def stream_words(stream: str | None) -> str:
    """What a part of the budget is called; empty for none chosen yet."""
    found = next((one for one in the_plan().streams if one.stream == stream and one.title), None)
    return say(found.title) if found and found.title else ""


def who_is_asked(line: Line) -> bool:
    """Whether it has to be said who is paid: somebody's work, with a direct payment."""
    route = next((one for one in current_pack().money_routes if one.id == line.route), None)
    return route is not None and route.direct and line.kind in PAID_WORK and not line.free


def price_words(line: Line) -> str:
    """What a line costs, to stand beside it: “£29.00 a week”, “Free”, “£89.99 once”."""
    weeks = the_plan().weeks_in_year
    if line.free:
        return translate(_("Free"))
    cost = one_off_cost(line) if line.once else weekly_cost(line, weeks)
    if cost is None:
        return translate(_("Price not known yet"))
    words_ = _("%(price)s once") if line.once else _("%(price)s a week")
    return translate(words_, price=words().money(cost))


def line_address(line: Line) -> str:
    """Where a line is changed; one of the other plan, where this one's part of it is."""
    return f"/plan/both/{line.id}" if line.elsewhere else f"/plan/line/{line.id}"


def line_shown(line: Line) -> dict[str, Any]:
    """A line as the board draws it."""
    if f"line {line.id}" in hidden():
        return {"words": line.what, "note": "", "tags": [], "price": "", "href": ""}
    language = words()
    workers = translate(WORKER_WORDS[line.workers]) if line.workers > 1 else ""
    dates = (tell_dates(line, language), tell_award(line, language))
    facts = (line.who, workers, tell_when(line, language), *dates)
    notes = [fact for fact in facts if fact]
    if not line.free and not line.once:
        notes.append(tell_how_much(line, language))
    if line.instead:
        notes.append(translate(_("In place of: %(what)s"), what=tell_instead(line, language)))
    typed = typed_here().get(f"line {line.id}")
    if typed is not None:
        notes.append(told_typed(typed, translate))
    tags = [translate(KIND_WORDS[line.kind])]
    if not line.free:
        tags.append(route_words(line.route))
        if stream := stream_words(line.stream):
            tags.append(stream)
    return {
        "words": line.what,
        "note": " · ".join(notes),
        "tags": tags,
        "price": price_words(line),
        "href": line_address(line),
    }
