"""Two plans side by side: asked of each, each cost once, nothing private in the other's, split at once."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import text

from tests.browsing import Page, Visitor
from tests.carer.conftest import Two, begin_as_carer, browser

COOKING = "Help to cook, wash clothes and clean"
PRIVATE = ("On bad days I drop things", "multiple sclerosis", "Sam takes Lily", "A light wheelchair", "£640")
JOIN = {"age": "adult", "advocate": "none", "basis": "self"}


@pytest.fixture
def pair(app: Flask) -> Two:
    """Joe and Grace of the demonstration, linked."""
    joe, grace = browser(app), browser(app)
    joe.send("/", to="/demo/joe")
    grace.send("/", to="/demo/grace")
    return Two(joe, grace)


def place(pair: Two) -> str:
    return pair.link.replace("/together/", "/plan/joint/")


def join(pair: Two, **changes: str) -> None:
    """Both say yes; ``changes`` are the second one's."""
    pair.one.send(f"{place(pair)}/agree", JOIN)
    pair.other.send(f"{place(pair)}/agree", JOIN | changes)


def line_of(pair: Two) -> str:
    """The address to share Joe's help with cooking: 9 hours at £16.40, £147.60 a week."""
    page = pair.one.page(place(pair))
    return next(str(link["href"]) for link in page.soup.select("main a") if COOKING in link.get_text())


def offer(pair: Two, percent: int = 33) -> str:
    """Joe offers the rest of it; its address for Grace."""
    address = line_of(pair)
    pair.one.send(address, {"percent": str(percent)})
    return f"/plan/both/{address.rpartition('/')[2]}"


def weekly(visitor: Visitor) -> Decimal:
    """What the board says that is planned a week, of the budget and beside it."""
    tables = visitor.page("/plan").soup.select("main table")
    [total] = [table.select_one("tfoot td") for table in tables if "Each week" in table.get_text()]
    assert total is not None
    return Decimal(total.get_text().replace("£", "").replace(",", ""))


def everything(visitor: Visitor, pair: Two) -> str:
    """Every word of the pages on which a plan, or what is shared of it, is shown."""
    places = ("/tasks", "/budget", "/plan", "/plan/backup", "/document/check", pair.link, place(pair))
    return " ".join(visitor.page(address).soup.get_text(" ") for address in places)


def test_a_shared_cost_counts_once_and_each_plan_carries_its_part(pair: Two):
    before = weekly(pair.one), weekly(pair.other)
    join(pair)
    shared = offer(pair)
    assert (weekly(pair.one), weekly(pair.other)) == before, "nothing counts before there is a yes"
    asked = pair.other.page(shared)
    assert "Your plan would pay £98.89 of £147.60 a week." in asked.words
    pair.other.send(asked, {"needs": ["home_upkeep"], "route": "direct_payment"}, to=shared)
    assert weekly(pair.one) == before[0] - Decimal("98.89")
    assert weekly(pair.other) == before[1] + Decimal("98.89")
    for visitor in (pair.one, pair.other):
        shown = visitor.page(place(pair)).words
        assert all(sum_ in shown for sum_ in ("£48.71", "£98.89", "£147.60"))
        assert "What you share costs £147.60 a week together. It counts once." in shown


def test_it_stands_in_the_other_plan_with_its_own_purpose_and_nothing_private_of_the_first(pair: Two):
    join(pair)
    shared = offer(pair)
    pair.other.send(shared, {"needs": ["home_upkeep"], "route": "own"}, to=shared)
    graces = everything(pair.other, pair)
    assert COOKING in graces
    assert "This one pays 67% of it" in graces
    assert not [words for words in PRIVATE if words in graces]
    joes = everything(pair.one, pair)
    assert "My own money" not in pair.one.page(place(pair)).words
    assert not re.search("Grace|grandson|Okoro", joes)


def test_the_printed_plan_has_the_part_and_nothing_private_of_the_other(pair: Two, app: Flask):
    join(pair)
    shared = offer(pair)
    pair.other.send(shared, {"needs": ["home_upkeep"], "route": "own"}, to=shared)
    check = pair.other.page("/document/check")
    assert COOKING in check.words
    assert "98.89" in check.words
    assert not [words for words in PRIVATE if words in check.soup.get_text(" ")]
    pair.other.send(check, to="/document/check")
    with app.extensions["engine"].connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM document")) == 1


def test_each_can_split_the_plans_and_it_holds_at_once(pair: Two):
    before = weekly(pair.one), weekly(pair.other)
    for who in (pair.one, pair.other):
        join(pair)
        shared = offer(pair)
        pair.other.send(shared, {"route": "own"}, to=shared)
        assert weekly(pair.one) != before[0]
        who.send(place(pair), to=f"{place(pair)}/split")
        assert (weekly(pair.one), weekly(pair.other)) == before
        assert pair.other.get(shared).status_code == 404
        assert COOKING not in everything(pair.other, pair)


def test_ending_the_link_splits_the_plans_too(pair: Two):
    before = weekly(pair.one), weekly(pair.other)
    join(pair)
    shared = offer(pair)
    pair.other.send(shared, {"route": "own"}, to=shared)
    pair.one.send(f"{pair.link}/end")
    assert (weekly(pair.one), weekly(pair.other)) == before
    assert pair.other.get(place(pair)).status_code == 404


def test_when_the_cost_changes_the_other_is_asked_again(pair: Two):
    join(pair)
    shared = offer(pair, 50)
    pair.other.send(shared, {"route": "own"}, to=shared)
    before = weekly(pair.other)
    line = shared.replace("/plan/both/", "/plan/line/")
    changed = pair.one.send(f"{line}/what", {"price": "20.00"})
    assert not changed.errors
    assert weekly(pair.other) == before - Decimal("73.80")
    again = pair.other.page(shared)
    assert "has changed since you said yes" in again.words
    assert "The cost has changed. It waits for a new yes" in pair.one.page(place(pair)).words
    pair.other.send(again, {"route": "own"}, to=shared)
    assert weekly(pair.other) == before - Decimal("73.80") + Decimal("90.00")


@pytest.mark.parametrize("who", ["one", "other"])
def test_either_may_stop_sharing_a_cost(pair: Two, who: str):
    before = weekly(pair.one), weekly(pair.other)
    join(pair)
    shared = offer(pair)
    pair.other.send(shared, {"route": "own"}, to=shared)
    getattr(pair, who).send(place(pair), to=f"{shared}/stop")
    assert (weekly(pair.one), weekly(pair.other)) == before


def test_one_yes_is_not_enough(pair: Two):
    pair.one.send(f"{place(pair)}/agree", JOIN)
    assert "The other has not said yes yet." in pair.one.page(place(pair)).words
    assert "You have not said yes yet." in pair.other.page(place(pair)).words
    assert not pair.one.page(place(pair)).soup.select('a[href*="/line/"]')


def test_what_is_shared_and_what_is_not_is_said_before_anybody_agrees(pair: Two):
    told = pair.one.page(f"{place(pair)}/agree").words
    for words in (
        "Only supports that you share, one by one",
        "Your answers, your needs, your own words, your budget",
        "A young person must understand what is shared and agree to it.",
        "That is right only if both of you agree",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("answers", "joined"),
    [
        ({"age": "child", "agrees": "understands"}, True),
        (
            {"age": "young", "agrees": "best_interests", "basis": "best_interests", "decided": "Team, May"},
            True,
        ),
        ({"age": "child", "agrees": "not_sure"}, False),
    ],
)
def test_a_young_person_is_joined_only_when_it_is_clear_that_they_may_be(pair: Two, answers, joined):
    join(pair, **answers)
    assert ("Your plans are joined." in pair.one.page(place(pair)).words) is joined


@pytest.mark.parametrize(("mine", "theirs", "joined"), [("no", "no", True), ("no", "yes", False)])
def test_one_advocate_for_both_needs_both_to_see_no_conflict(pair: Two, mine, theirs, joined):
    pair.one.send(f"{place(pair)}/agree", JOIN | {"advocate": "same", "conflict": mine})
    pair.other.send(f"{place(pair)}/agree", JOIN | {"advocate": "same", "conflict": theirs})
    assert ("Your plans are joined." in pair.one.page(place(pair)).words) is joined


def errors_of(page: Page) -> list[str]:
    assert page.status == 422
    return page.errors


def test_what_is_missing_is_asked_for(pair: Two):
    address = f"{place(pair)}/agree"
    assert errors_of(pair.one.send(address, {"age": "child", "advocate": "same"})) == [
        "Select whether the young person understands what is shared",
        "Select whether you two could want different things",
        "Select who decides this",
    ]
    join(pair)
    line = line_of(pair)
    for typed in ("", "0", "100", "half"):
        assert errors_of(pair.one.send(line, {"percent": typed}))
    shared = offer(pair)
    assert errors_of(pair.other.send(shared, {}, to=shared)) == [
        "Select who looks after your part of the money"
    ]


def test_a_carers_record_and_a_stranger_find_no_joined_plan(pair: Two, app: Flask):
    carer, stranger = browser(app), browser(app)
    begin_as_carer(carer)
    stranger.send("/", to="/demo/amina")
    for visitor in (carer, stranger):
        assert visitor.get(place(pair)).status_code == 404
        assert visitor.get(f"{place(pair)}/agree").status_code == 404
    join(pair)
    shared = offer(pair)
    assert stranger.get(shared).status_code == 404
    assert pair.one.get(shared).status_code == 404, "one’s own support is changed on its own page"
