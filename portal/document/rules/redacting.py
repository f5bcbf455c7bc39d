"""A plan to give away: without what the person keeps to themself, in its words and in its data alike."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from portal.document.rules.behind import Behind
from portal.document.rules.content import PlanDocument
from portal.document.rules.parts import Line, Need, Passage, Person, Route, Standing
from portal.pack.questions import Outcome

_ANSWERED: Mapping[str, Mapping[str, Any]] = {
    "answer your_name": {"person": Person()},
    "answer strengths": {"important": ""},
    "answer communication": {"communication": ()},
    "answer communication_language": {"communication": ()},
    "answer communication_other": {"communication": ()},
    "answer helper": {"helpers": ()},
    "answer answering_for": {"helpers": ()},
    "answer helpers": {"carers": ()},
    "text over": {"over_reason": ""},
    "text helped": {"helped": ""},
    "text review": {"review": ""},
    "text nobody_comes": {"nobody_comes": ""},
    "text carer_ill": {"carer_ill": ""},
}
"""What a private thing is in the document."""
_STANDING: Mapping[str, Mapping[str, Any]] = {
    "answer wellbeing": {"wellbeing": ()},
    "answer wellbeing_impact": {"impact": ""},
    "answer changes": {"changes": ""},
    "answer changes_period": {"changes": ""},
}
_NEED: Mapping[str, Mapping[str, Any]] = {
    "answer {}": {"answer": "", "chosen": "", "unable": (), "eligible": "not_known"},
    "answer {}_unable": {"unable": ()},
    "answer {}_matters": {"own_words": ""},
    "need {}": {"wanted": "", "met_otherwise": "", "met_by": ""},
}


def to_share(document: PlanDocument) -> PlanDocument:
    """The plan without what is private, and without what the person may have to pay.

    What stays says the same as before. What is told from everything that was answered (the working of
    the budget, the tests, advice, what is still missing, what the person does not agree with) goes as
    well when anything is private: it could give it away.
    """
    private = frozenset(document.private)
    shared: dict[str, Any] = {"statement": None, "private": ()}
    if not private:
        return document.model_copy(update=shared)
    for name, update in _ANSWERED.items():
        shared |= update if name in private else {}
    needs, unsaid = _needs(document.needs, private)
    lines = tuple(
        line.model_copy(update={"needs": tuple(need for need in line.needs if need not in unsaid)})
        for line in document.lines
        if f"line {line.id}" not in private
    )
    left = {line.route.code for line in lines if line.route is not None}
    gone = tuple(line for line in document.lines if f"line {line.id}" in private)
    fields = PlanDocument.model_fields
    shared |= {
        name: fields[name].get_default(call_default_factory=True)
        for name in private
        if name in fields and not fields[name].is_required()
    }
    return document.model_copy(
        update={
            "lines": lines,
            "routes": tuple(
                _route(route, gone, frozenset(unsaid.values()))
                for route in document.routes
                if route.route.code in left or not _hidden(route, gone)
            ),
            "about_me": _passages(document.about_me, private),
            "questions": _passages(document.questions, private),
            "streams": () if gone else document.streams,
            "needs": needs,
            "setbacks": tuple(one for one in document.setbacks if f"setback {one.id}" not in private),
            "risks": tuple(one for one in document.risks if f"setback {one.id}" not in private),
            "standing": _standing(document.standing, private),
            "budget": document.budget.model_copy(update={"lines": (), "lines_once": (), "other": None}),
            "lacks": (),
            "advice": (),
            "disagreements": (),
            "typed": (),
            "behind": Behind(),
            "shortened": True,
            **shared,
        }
    )


_Written = TypeVar("_Written", bound=Passage)


def _passages(written: tuple[_Written, ...], private: frozenset[str]) -> tuple[_Written, ...]:
    return tuple(one for one in written if f"text {one.code}" not in private)


def _needs(needs: tuple[Need, ...], private: frozenset[str]) -> tuple[tuple[Need, ...], dict[Outcome, str]]:
    """The needs that a copy tells of, and those that it does not: the outcome with its title.

    Of a need whose answer is private nothing is left to say, unless the person wrote more about it.
    """
    shown = tuple(_need(need, private) for need in needs)
    unsaid = {
        need.outcome: need.title
        for need in shown
        if f"answer {need.outcome}" in private and not (need.own_words or need.wanted or need.met_otherwise)
    }
    return tuple(need for need in shown if need.outcome not in unsaid), unsaid


def _need(need: Need, private: frozenset[str]) -> Need:
    update: dict[str, Any] = {}
    for name, gone in _NEED.items():
        update |= gone if name.format(need.outcome) in private else {}
    return need.model_copy(update=update)


def _standing(standing: Standing, private: frozenset[str]) -> Standing:
    update: dict[str, Any] = {"tests": ()}
    for name, gone in _STANDING.items():
        update |= gone if name in private else {}
    return standing.model_copy(update=update)


def _hidden(route: Route, gone: tuple[Line, ...]) -> list[Line]:
    return [line for line in gone if line.route is not None and line.route.code == route.route.code]


def _route(route: Route, gone: tuple[Line, ...], unsaid: frozenset[str]) -> Route:
    """A route without what private lines put through it, and without what was told of its whole sum.

    :param unsaid: the needs that are not told of, by title.
    """
    route = route.model_copy(update={"needs": tuple(need for need in route.needs if need not in unsaid)})
    hidden = _hidden(route, gone)
    if not hidden:
        return route
    less = {
        kind: getattr(route, kind) - sum((getattr(line, kind) for line in hidden), Decimal(0))
        for kind in ("weekly", "one_off")
    }
    return route.model_copy(update={**less, "needs": (), "paid": "", "facts": ()})
