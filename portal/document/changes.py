"""What changed between two versions of a plan, part by part, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Line, Need, Route
from portal.text import _
from portal.words import Language


@dataclass(frozen=True)
class Change:
    """One part that two versions say differently. Empty words: it is not in that version."""

    title: str
    before: str
    after: str


def changes_between(old: PlanDocument, new: PlanDocument, words: Language) -> tuple[Change, ...]:
    """Every part that is not the same, in the order of the newer plan; what is gone comes where it stood."""
    before, after = told_parts(old, words), told_parts(new, words)
    return tuple(
        Change(title, told_before, told_after)
        for key, title in _in_order(before, after)
        if (told_before := before.get(key, ("", ""))[1]) != (told_after := after.get(key, ("", ""))[1])
    )


_Parts = dict[str, tuple[str, str]]


def _in_order(before: _Parts, after: _Parts) -> Iterator[tuple[str, str]]:
    places = {key: float(place) for place, key in enumerate(after)}
    last = -1.0
    for key in before:
        last = places.setdefault(key, last + 0.5) if key not in places else places[key]
    for key in sorted(places, key=places.__getitem__):
        yield key, (after.get(key) or before[key])[0]


def told_parts(plan: PlanDocument, words: Language) -> _Parts:
    """Everything a plan says, by a key that stays the same: the title of the part, and its words."""
    parts: _Parts = {}
    for key, title, told in _told(plan, words):
        name, count = key, 1
        while name in parts:
            count += 1
            name = f"{key} {count}"
        parts[name] = (title, told)
    return {key: part for key, part in parts.items() if part[1]}


def _told(plan: PlanDocument, words: Language) -> Iterator[tuple[str, str, str]]:
    say, money = words.gettext, words.money
    yield "name", say(_("Name")), plan.person.name
    yield "called", say(_("Please call me")), plan.person.preferred_name
    yield "communication", say(_("How to communicate with me")), "\n".join(plan.communication)
    helpers = [" ".join(filter(None, (one.name, one.relation, one.how))) for one in plan.helpers]
    yield "helped", say(_("Who helped me with this")), "\n".join(filter(None, (plan.helped, *helpers)))
    yield "planners", say(_("Who plans with me")), "\n".join(one.words for one in plan.planners)
    for shown in plan.about_me:
        pictures = [say(_("A picture: %(about)s"), about=one.about) for one in shown.pictures]
        yield f"passage {shown.code}", shown.title, "\n".join(filter(None, (shown.words, *pictures)))
    for passage in plan.questions:
        yield f"passage {passage.code}", passage.title, passage.words
    yield "important", say(_("What is important to me")), plan.important
    for need in plan.needs:
        yield f"need {need.outcome}", need.title, _need(need, words)
    areas = [one.words for one in plan.standing.wellbeing]
    yield "wellbeing", say(_("My wellbeing")), "\n".join(filter(None, (*areas, plan.standing.impact)))
    yield "changes", say(_("Good days and bad days")), plan.standing.changes
    for line in plan.lines:
        yield f"line {line.what}", line.what, _line(line, words)
    carers = [" ".join(filter(None, (one.name, one.relation, one.how))) for one in plan.carers]
    yield "carers", say(_("People who help me without pay")), "\n".join(carers)
    yield "weekly", say(_("My support costs a week")), money(plan.weekly) if plan.lines else ""
    yield "once", say(_("My support costs once")), money(plan.one_off) if plan.one_off else ""
    if plan.budget.state == "amount":
        yield "budget", say(_("My indicative budget a week")), money(plan.budget.weekly)
    if plan.budget.other is not None:
        other = f"{money(plan.budget.other.weekly)}\n{plan.budget.other.reason}"
        yield "other", say(_("Another amount beside it")), other
    if plan.statement is not None:
        yield "person", say(_("What I may pay a week")), money(plan.statement.person)
        yield "council", say(_("What the council may pay a week")), money(plan.statement.council)
    yield "over", say(_("Why I need more")), plan.over_reason
    for route in plan.routes:
        facts = [f"{fact.title}: {fact.words}" for fact in route.facts]
        told = "\n".join(filter(None, (*_costs(route, words), route.paid, *facts)))
        yield f"route {route.route.code}", route.route.words, told or route.route.words
    for one in plan.disagreements:
        yield f"disagree {one.about}", one.about, "\n".join(filter(None, (one.instead, one.amount, one.why)))
    for setback in plan.setbacks:
        told = "\n".join(filter(None, (setback.signs, setback.then, setback.call)))
        yield f"setback {setback.what}", setback.what, told or setback.what
    for risk in plan.risks:
        yield f"risk {risk.what}", risk.what, "\n".join(filter(None, (risk.why, risk.safer))) or risk.what
    yield "phone", say(_("Who to phone if nobody comes")), plan.nobody_comes
    yield "review", say(_("Looking at the plan again")), plan.review


def _need(need: Need, words: Language) -> str:
    stands = {
        "likely": _("Likely to be an eligible need."),
        "not_likely": _("Not likely to be an eligible need."),
        "not_known": _("We cannot say yet if this is an eligible need."),
    }[need.eligible]
    ways = [one.words for one in need.unable]
    told = (words.gettext(stands), need.answer, *ways, need.own_words, need.wanted, need.met_otherwise)
    return "\n".join(filter(None, told))


def _line(line: Line, words: Language) -> str:
    named = [one.words for one in (line.kind, line.route, line.stream) if one is not None]
    told = (
        line.who,
        line.when,
        line.how_much,
        line.award,
        _dates(line, words),
        *named,
        words.gettext(_("Paid to: %(who)s"), who=line.paid_to) if line.paid_to else "",
        line.instead,
    )
    return "\n".join(filter(None, (*told, *_costs(line, words))))


def _costs(of: Line | Route, words: Language) -> Iterator[str]:
    """A sum is only a sum with how often it is paid."""
    if of.weekly:
        yield words.gettext(_("%(sum)s a week"), sum=words.money(of.weekly))
    if of.one_off:
        yield words.gettext(_("%(sum)s paid once"), sum=words.money(of.one_off))


def _dates(line: Line, words: Language) -> str:
    start, end = (words.day(day) if day else "" for day in (line.starts, line.ends))
    if start and end:
        return words.gettext(_("From %(start)s to %(end)s"), start=start, end=end)
    if start:
        return words.gettext(_("From %(start)s"), start=start)
    return words.gettext(_("Until %(end)s"), end=end) if end else ""
