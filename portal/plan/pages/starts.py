"""What a line of support starts from: an idea, a part of the budget, a price, or the person's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from flask import abort, g, render_template, request, url_for

from portal.budget.records import indicative
from portal.budget.rules import Allocation, StreamResult
from portal.catalogue.records import Wanted, read_service, search
from portal.catalogue.telling import tell_costs
from portal.choices.records import chosen
from portal.choices.rules import route_to_start_with
from portal.choices.telling import tell_unit_price
from portal.pack.support import LineKind
from portal.plan.pages.shown import need_or_404, price_words, the_plan, title_of
from portal.plan.rules.lines import ALWAYS_FREE, KINDS, Line
from portal.plan.rules.offers import Start, from_budget, from_catalogue, ideas, prices
from portal.plan.rules.streams import streams_to_spend
from portal.safeguards import current_pack, db, today
from portal.text import _
from portal.words import say, words

OWN_WORDS: Mapping[LineKind, str] = {
    "self": _("Something I do myself"),
    "family": _("Family or friends help"),
    "community": _("A group, a club or a place near me"),
    "free": _("A service that is free"),
    "core": _("A fixed part that everybody there has"),
    "hours": _("Somebody who is paid by the hour"),
    "flexible": _("Hours to use when I choose"),
    "sessions": _("Something that is paid each time"),
    "sum": _("A sum that comes again and again"),
    "cash": _("Cash to use as I choose"),
    "award": _("Money that is given for a time"),
    "equipment": _("A thing that helps, bought or on loan"),
    "one_off": _("Something to pay once"),
}
"""The kinds of support, as they are offered to somebody who writes their own."""

_COMMON: frozenset[LineKind] = frozenset({"hours", "sessions", "sum", "equipment", "one_off"})
"""Paid support that most people may want; the rest stands behind a line to open."""


MOST_NEAR = 4
"""Services of the catalogue that are shown beside the ideas; the rest is a search away."""

_SERVICE = re.compile(r"service-([0-9]{1,9})\Z")


def allocation() -> Allocation | None:
    """The indicative budget of the visitor's case, worked out once for a request."""
    if "allocation" not in g:
        g.allocation = indicative(db(), g.case.id, current_pack(), today())
    found: Allocation | None = g.allocation
    return found


def streams() -> tuple[StreamResult, ...]:
    """The parts of the budget that a line can be spent from, where there are several."""
    return streams_to_spend(allocation(), current_pack().money.streams)


def need_asked() -> str | None:
    """The need a new line is for, from the address."""
    asked = request.args.get("need")
    return need_or_404(asked).outcome if asked else None


def start_asked() -> Start | None:
    """What a new line starts from, from the address; ``None`` for the person's own words."""
    asked = request.args.get("start")
    if asked is None:
        return None
    service = _SERVICE.match(asked)
    if service is not None:
        listed = read_service(db(), int(service[1]))
        found = None if listed is None else from_catalogue(listed.id, listed.service)
    else:
        every = (*_ideas(None), *_prices(None), *_from_budget())
        found = next((start for start in every if start.id == asked), None)
    if found is None:
        abort(404)
    return found


def first_line(need: str | None, start: Start | None) -> Line:
    """A new line as it starts: from an idea, from a price, or empty of a kind."""
    needs = (need,) if need else ()
    if start is not None:
        route = start.line.route or _first_route()
        return replace(start.line, what=say(start.title), needs=needs, route=route)
    kind = next((kind for kind in KINDS if kind == request.args.get("kind")), None)
    if kind is None:
        abort(404)
    return Line(id="", kind=kind, what="", needs=needs, route=_first_route())


def choose_page(need: str | None) -> str:
    """The page to choose from: what costs little or nothing stands first."""
    free = [kind for kind in KINDS if kind in ALWAYS_FREE or kind == "community"]
    paid = [kind for kind in KINDS if kind not in free]
    return render_template(
        "plan/choose.html",
        need=the_plan().need(need) if need else None,
        title=title_of(need) if need else "",
        from_budget=[_offered(start, need) for start in _from_budget()],
        ideas=[_offered(start, need) for start in _ideas(need)],
        **_near(need),
        prices=[_offered(start, need) for start in _prices(need)],
        price_book=current_pack().prices,
        own_free=_own(free, need),
        own_paid=_own([kind for kind in paid if kind in _COMMON], need),
        own_other=_own([kind for kind in paid if kind not in _COMMON], need),
    )


def _near(need: str | None) -> dict[str, object]:
    """The first services of the catalogue for a need, what is free first, and where there are more."""
    if current_pack().catalogue is None:
        return {"near": (), "search": ""}
    asked = f"?outcome={need}" if need else ""
    found = search(db(), Wanted(outcome=need or ""), most=MOST_NEAR)
    near = [
        {
            "href": f"/catalogue/{one.id}{asked}",
            "title": one.service.name,
            "about": one.service.description,
            "price": tell_costs(one.service, words()),
        }
        for one in (found.listed if need else ())
    ]
    return {"near": near, "search": f"/catalogue{asked}" if found.total else ""}


def _own(kinds: list[LineKind], need: str | None) -> list[tuple[str, str]]:
    return [(url_for("plan.new_line", need=need, kind=kind), OWN_WORDS[kind]) for kind in kinds]


def _first_route() -> str | None:
    offered = tuple(route.id for route in current_pack().money_routes)
    return route_to_start_with(chosen(db(), g.case.id, "money", offered))


def _ideas(need: str | None) -> tuple[Start, ...]:
    return ideas(current_pack().ideas, current_pack().offers, need)


def _prices(need: str | None) -> tuple[Start, ...]:
    return prices(current_pack().prices.prices, need)


def _from_budget() -> tuple[Start, ...]:
    return from_budget(allocation(), current_pack().money.streams)


def _offered(start: Start, need: str | None) -> dict[str, str]:
    if start.unit is not None and start.line.price:
        price = tell_unit_price(start.line.price, start.unit, words())
    else:
        price = price_words(start.line)
    return {
        "href": url_for("plan.new_line", need=need, start=start.id),
        "title": say(start.title),
        "about": say(start.about) if start.about else "",
        "price": price,
    }
