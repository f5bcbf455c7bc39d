"""Search what there is near here, and read about one service. Open to everybody, and about no case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request

from portal.catalogue.records import (
    FREE,
    Found,
    Listed,
    Offered,
    Wanted,
    of_provider,
    offered,
    read_service,
    search,
)
from portal.catalogue.telling import (
    is_stale,
    tell_ages,
    tell_confirmed,
    tell_cost,
    tell_costs,
    tell_opening,
    tell_rating,
)
from portal.fields import Choice, Control
from portal.pack.catalogue import CatalogueRules
from portal.safeguards import current_pack, db, number_asked, today
from portal.sharing.access import open_page
from portal.text import _, clean
from portal.words import say, translate, words

bp = Blueprint("catalogue", __name__, url_prefix="/catalogue")

_LONGEST = 100
_MOST_PAGES = 500


@bp.get("")
@open_page
def find() -> str:
    """Look for a service by words, what it helps with, place, cost and language."""
    rules, there = _rules(), offered(db())
    wanted = _wanted(rules, there)
    page = number_asked("page", 1)
    found = search(db(), wanted, page if 1 <= page <= _MOST_PAGES else 1)
    return render_template(
        "catalogue/find.html",
        about=rules.about,
        controls=_controls(rules, there, wanted),
        asked=any((wanted.words, wanted.outcome, wanted.place, wanted.language, wanted.cost)),
        found=found,
        rows=[_row(one, wanted.outcome) for one in found.listed],
        earlier=_other_page(wanted, found, -1),
        further=_other_page(wanted, found, 1),
    )


@bp.get("/<int:service_id>")
@open_page
def service(service_id: int) -> str:
    """Everything we know of one service."""
    rules = _rules()
    one = read_service(db(), service_id) if service_id < 2**31 else None
    if one is None:
        abort(404)
    told = one.service
    need = request.args.get("outcome", "")
    return render_template(
        "catalogue/service.html",
        service=told,
        imported=one.imported,
        provider=_address(f"/catalogue/{one.id}/provider") if told.organization else "",
        costs=[tell_cost(cost, words()) for cost in told.costs],
        openings=[tell_opening(opening, words()) for opening in told.openings],
        ages=tell_ages(told, words()),
        confirmed=tell_confirmed(told, words()),
        stale=is_stale(told.confirmed, today(), rules.stale_months),
        outcomes=[_outcome_name(outcome) for outcome in one.outcomes],
        use=_address("/plan/line/new", start=f"service-{one.id}", need=need if need in one.outcomes else ""),
        back=_address("/catalogue", outcome=need if need in one.outcomes else ""),
    )


@bp.get("/<int:service_id>/provider")
@open_page
def provider(service_id: int) -> str:
    """Whoever runs a service: what they offer, when each was last checked, and how it is rated."""
    rules = _rules()
    one = read_service(db(), service_id) if service_id < 2**31 else None
    if one is None or not one.service.organization:
        abort(404)
    offers = of_provider(db(), one.source, one.service.organization)
    days = [each.service.confirmed for each in offers if each.service.confirmed is not None]
    return render_template(
        "catalogue/provider.html",
        name=one.service.organization,
        numbers=one.service.numbers,
        rows=[
            _row(each, "") | {"rating": tell_rating(each.service, words()), "stale": _stale(each, rules)}
            for each in offers
        ],
        newest=max(days, default=None),
        back=_address(f"/catalogue/{service_id}"),
    )


def _stale(one: Listed, rules: CatalogueRules) -> bool:
    return is_stale(one.service.confirmed, today(), rules.stale_months)


def _rules() -> CatalogueRules:
    rules = current_pack().catalogue
    if rules is None:
        abort(404)
    return rules


def _wanted(rules: CatalogueRules, there: Offered) -> Wanted:
    """What is asked for in the address; a choice that is not offered counts as none."""

    def chosen(name: str, among: Any) -> str:
        given = request.args.get(name, "")
        return given if given in among else ""

    return Wanted(
        words=clean(request.args.get("words", ""))[:_LONGEST],
        outcome=chosen("outcome", there.outcomes),
        place=chosen("place", there.places),
        language=chosen("language", there.languages),
        cost=chosen("cost", {FREE, *map(str, rules.costs)}),
    )


def _controls(rules: CatalogueRules, there: Offered, wanted: Wanted) -> tuple[Control, ...]:
    def select(name: str, label: str, value: str, options: list[Choice]) -> Control:
        any_ = Choice("", translate(_("Any")))
        return Control("select", name, translate(label), value=value, options=(any_, *options))

    outcomes = [each.outcome for each in rules.matching if each.outcome in there.outcomes]
    costs = [Choice(FREE, translate(_("Free")))]
    costs += [
        Choice(str(most), translate(_("%(price)s or less"), price=words().money_whole(most)))
        for most in map(Decimal, rules.costs)
    ]
    hint = translate(_("For example lunch, garden or bus. You can leave this empty."))
    return (
        Control("text", "words", translate(_("What are you looking for?")), hint=hint, value=wanted.words),
        select(
            "outcome",
            _("What should it help with?"),
            wanted.outcome,
            [Choice(outcome, _outcome_name(outcome)) for outcome in dict.fromkeys(outcomes)],
        ),
        select("place", _("Where?"), wanted.place, [Choice(place, place) for place in there.places]),
        select("cost", _("What may it cost?"), wanted.cost, costs),
        select(
            "language",
            _("In which language?"),
            wanted.language,
            [Choice(language, language) for language in there.languages],
        ),
    )


def _row(one: Listed, outcome: str) -> dict[str, Any]:
    told = one.service
    return {
        "href": _address(f"/catalogue/{one.id}", outcome=outcome),
        "name": told.name,
        "by": told.organization,
        "about": _first_words(told.description),
        "price": tell_costs(told, words()),
        "where": ", ".join(told.places[:3]),
        "confirmed": tell_confirmed(told, words()),
        "closed": told.status == "temporarily closed",
    }


def _first_words(description: str, most: int = 160) -> str:
    if len(description) <= most:
        return description
    return description[:most].rpartition(" ")[0].rstrip(",;") + " …"


def _outcome_name(outcome: str) -> str:
    question = current_pack().questions.get(outcome)
    return say(question.short) if question else outcome


def _other_page(wanted: Wanted, found: Found, step: int) -> str:
    """The address of the page before or after; empty when there is none."""
    number = found.page + step
    if not 1 <= number <= found.pages:
        return ""
    asked = {name: getattr(wanted, name) for name in ("words", "outcome", "place", "cost", "language")}
    return _address("/catalogue", **asked, page=str(number))


def _address(path: str, **asked: str) -> str:
    told = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{told}" if told else path
