"""What a line may start from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.pack.prevention import Idea, IdeaKind, Offer, OfferKind
from portal.pack.prices import Price
from portal.pack.written import Unit
from portal.plan.rules.lines import LineKind
from portal.plan.rules.offers import ideas, prices


def idea(kind: IdeaKind, price: str = "0", unit: Unit = "week", outcome: str = "nutrition") -> Idea:
    return Idea.model_validate(
        {
            "id": f"{kind}_{unit}",
            "kind": kind,
            "title": "An idea",
            "what": "What it is",
            "price": price,
            "price_unit": unit,
            "outcomes": [outcome],
        }
    )


def offer(kind: OfferKind, price: str, unit: Unit) -> Offer:
    return Offer.model_validate(
        {
            "id": kind,
            "kind": kind,
            "title": "An offer",
            "what": "What it is",
            "price": price,
            "price_unit": unit,
            "how": "Ask",
        }
    )


def price(unit: Unit, *outcomes: str) -> Price:
    return Price.model_validate(
        {
            "id": unit,
            "name": "Help",
            "amount": "15.50",
            "unit": unit,
            "outcomes": list(outcomes),
            "source": "Invented",
        }
    )


def test_what_the_person_family_and_community_can_do_comes_before_things_to_buy() -> None:
    offers = [offer("equipment", "30", "once"), offer("technology", "18", "month")]
    kinds: tuple[IdeaKind, ...] = ("community", "family", "self")
    found = ideas([idea(kind) for kind in kinds], offers, "nutrition")
    assert [start.line.kind for start in found] == ["self", "family", "community", "sum", "equipment"]


def test_advice_and_reablement_are_no_lines_of_a_plan() -> None:
    assert ideas([], [offer("information", "0", "once"), offer("reablement", "0", "once")]) == ()


def test_ideas_are_for_the_need_they_can_meet() -> None:
    both = [idea("family"), idea("community", outcome="hygiene")]
    assert [start.id for start in ideas(both, [], "hygiene")] == ["idea-community_week"]
    assert len(ideas(both, [])) == 2


@pytest.mark.parametrize("kind", ["self", "family", "community"])
def test_what_costs_nothing_starts_free(kind: IdeaKind) -> None:
    (start,) = ideas([idea(kind)], [])
    assert start.line.kind == kind
    assert start.line.free
    assert start.unit is None


def test_a_club_that_costs_a_little_a_week_starts_with_its_price() -> None:
    (start,) = ideas([idea("community", "4.50")], [])
    assert (start.line.kind, start.line.price, start.line.every) == ("community", Decimal("4.50"), "week")


def test_a_club_paid_each_time_starts_as_going_once_a_week() -> None:
    (start,) = ideas([idea("community", "4.50", "session")], [])
    assert (start.line.kind, start.line.every) == ("community", "week")
    assert start.unit == "session"


def test_equipment_that_is_lent_starts_as_free_and_not_as_unknown() -> None:
    (start,) = ideas([], [offer("equipment", "0", "once")])
    assert start.line.free


@pytest.mark.parametrize(
    ("unit", "kind"),
    [("hour", "hours"), ("session", "sessions"), ("day", "sessions"), ("week", "sum"), ("once", "one_off")],
)
def test_the_unit_of_a_price_decides_how_the_line_is_counted(unit: Unit, kind: LineKind) -> None:
    (start,) = prices([price(unit)])
    assert (start.line.kind, start.line.price) == (kind, Decimal("15.50"))


def test_prices_without_outcomes_serve_every_need() -> None:
    book = [price("hour"), price("session", "community")]
    assert [start.unit for start in prices(book, "hygiene")] == ["hour"]
    assert len(prices(book, "community")) == 2
