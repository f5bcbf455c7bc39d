"""What may help before a budget: matched to the answers, the most fitting first, never a gate."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from portal.assessment.rules.difficulty import difficult
from portal.assessment.rules.prevention import matching
from portal.pack.prevention import Offer
from tests.assessment.rules.given import OUTCOMES, Given, any_answers, managing


def offer(name: str, *outcomes: str, price: str = "0.00", when: Any = None) -> Offer:
    return Offer.model_validate(
        {
            "id": name,
            "kind": "equipment",
            "title": name,
            "what": "What it is",
            "price": price,
            "how": "How to get it",
            "outcomes": list(outcomes),
            "when": when,
        }
    )


def order(offers: list[Offer], answers: Given) -> list[str]:
    return [match.offer.id for match in matching(offers, answers)]


def test_what_helps_with_most_of_a_persons_needs_comes_first() -> None:
    offers = [
        offer("all"),
        offer("one", "toilet"),
        offer("two", "toilet", "hygiene"),
        offer("else", "community"),
    ]
    assert order(offers, managing(toilet="some", hygiene="little")) == ["two", "one", "all", "else"]


def test_what_is_free_comes_before_what_costs_something_and_then_the_councils_order_decides() -> None:
    offers = [offer("paid", "toilet", price="5.00"), offer("first", "toilet"), offer("second", "toilet")]
    assert order(offers, managing(toilet="some")) == ["first", "second", "paid"]


def test_an_offer_with_a_condition_is_shown_only_when_it_holds() -> None:
    nights = offer("nights", when={"question": "nights", "is": ["once", "awake"]})
    assert order([nights], managing(nights="once")) == ["nights"]
    assert order([nights], managing(nights="none")) == []
    assert order([nights], managing()) == []


def test_a_match_names_the_needs_it_is_shown_for() -> None:
    [match] = matching(
        [offer("rail", "toilet", "hygiene", "community")], managing(hygiene="lot", toilet="some")
    )
    assert match.outcomes == ("hygiene", "toilet")


def test_somebody_without_difficulties_still_sees_what_is_for_everybody() -> None:
    assert order([offer("rail", "toilet"), offer("advice")], managing()) == ["advice", "rail"]


def test_no_offers_is_no_matches() -> None:
    assert matching([], managing()) == ()


def test_being_not_sure_counts_as_a_difficulty_and_having_no_child_does_not() -> None:
    answers = managing(toilet="not-sure", relationships="rather-not-say", hygiene="little")
    assert difficult(answers) == ("hygiene", "toilet", "relationships")
    assert difficult({}) == ()
    assert difficult(dict.fromkeys(OUTCOMES, "some")) == OUTCOMES


@given(any_answers())
def test_offers_without_a_condition_are_all_shown_once(answers: Given) -> None:
    offers = [offer(name, name) for name in OUTCOMES] + [offer("advice")]
    assert sorted(order(offers, answers)) == sorted([*OUTCOMES, "advice"])
