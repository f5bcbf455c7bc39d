"""A cost that two plans share counts once, to the penny; what stands in the way of joining plans is told."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.plan.joint import Shared, _without_what_is_private, with_shared
from portal.plan.rules.joint import (
    ADVOCATES,
    AGES,
    AGREES,
    CONFLICTS,
    Side,
    Terms,
    hindrances,
    what_is_agreed,
)
from portal.plan.rules.lines import Line, LineKind, one_off_cost, weekly_cost
from portal.plan.rules.sharing import Share, part_of
from portal.plan.rules.totals import totals

WEEKS = Decimal(52)
PENCE = st.decimals(min_value=0, max_value=50_000, places=2)
PERCENT = st.integers(min_value=1, max_value=99)
SOMETHING = Line(id="x", kind="hours", what="Help at home", quantity=Decimal(7), price=Decimal("16.41"))


@given(PENCE, PERCENT)
def test_the_two_parts_of_a_cost_add_up_to_the_penny(cost: Decimal, percent: int):
    mine, theirs = part_of(cost, Share(percent)), part_of(cost, Share(percent, rest=True))
    assert mine + theirs == cost
    assert mine >= 0 and theirs >= 0
    assert mine == mine.quantize(Decimal("0.01"))


def lines() -> st.SearchStrategy[Line]:
    kinds: list[LineKind] = ["hours", "sessions", "sum", "one_off", "community"]
    return st.builds(
        Line,
        id=st.just("x"),
        kind=st.sampled_from(kinds),
        what=st.just("Help"),
        quantity=st.decimals(min_value=0, max_value=168, places=2),
        price=st.none() | PENCE,
        every=st.sampled_from(["week", "four_weeks", "month", "year"]),
        route=st.sampled_from([None, "direct_payment", "own"]),
    )


@given(lines(), PERCENT)
def test_two_plans_carry_together_what_one_would_carry_alone(line: Line, percent: int):
    shared = Shared(
        line, "pair", "mine", percent, [], agreed=True, asked_again=False, needs=("hygiene",), route="own"
    )
    mine = totals(with_shared([line], [shared], "mine"), WEEKS)
    theirs = totals(with_shared([], [shared], "theirs"), WEEKS)
    alone = totals([line], WEEKS)
    assert mine.weekly + theirs.weekly == alone.weekly
    assert mine.once + theirs.once == alone.once


PRIVATE = Line(
    id="x",
    kind="hours",
    what="Cooking",
    needs=("hygiene",),
    who="Ann",
    quantity=Decimal(2),
    workers=2,
    price=Decimal(9),
    route="direct_payment",
    stream="daily_support",
    same_home=True,
    source="price:home_care",
)


def test_the_other_is_shown_nothing_of_a_support_but_what_it_is_who_when_and_what_it_costs():
    shown = _without_what_is_private(PRIVATE)
    open_to_both = {
        "slots",
        "workers",
        "id",
        "kind",
        "what",
        "who",
        "days",
        "parts",
        "times",
        "quantity",
        "price",
        "every",
        "starts",
        "ends",
    }
    plain = Line(id="x", kind="hours", what="Cooking")
    for field in fields(Line):
        if field.name not in open_to_both:
            assert getattr(shown, field.name) == getattr(plain, field.name), field.name
    assert weekly_cost(shown, WEEKS) == weekly_cost(PRIVATE, WEEKS)


@given(lines(), PERCENT)
def test_until_there_is_a_yes_a_cost_stands_whole_in_one_plan(line: Line, percent: int):
    waiting = Shared(line, "pair", "mine", percent, [], agreed=False, asked_again=False)
    assert with_shared([line], [waiting], "mine") == (line,)
    assert with_shared([], [waiting], "theirs") == ()


def test_a_part_is_what_somebody_would_work_out_by_hand():
    whole = weekly_cost(SOMETHING, WEEKS)
    assert whole == Decimal("114.87")
    mine = replace(SOMETHING, share=Share(50))
    theirs = replace(SOMETHING, share=Share(50, rest=True))
    assert (weekly_cost(mine, WEEKS), weekly_cost(theirs, WEEKS)) == (Decimal("57.44"), Decimal("57.43"))
    once = Line(id="y", kind="one_off", what="A ramp", price=Decimal("99.99"))
    assert one_off_cost(replace(once, share=Share(33))) == Decimal("33.00")
    assert one_off_cost(replace(once, share=Share(33, rest=True))) == Decimal("66.99")


def test_what_is_not_priced_has_no_part():
    unpriced = Line(id="z", kind="hours", what="Help", quantity=Decimal(2), share=Share(40))
    assert weekly_cost(unpriced, WEEKS) is None


@pytest.mark.parametrize(
    "changed",
    [
        replace(SOMETHING, price=Decimal("17.00")),
        replace(SOMETHING, quantity=Decimal(8)),
        replace(SOMETHING, kind="one_off"),
        replace(SOMETHING, price=None),
    ],
)
def test_a_cost_that_changes_is_another_thing_to_agree_to(changed: Line):
    assert what_is_agreed(changed, 50, WEEKS) != what_is_agreed(SOMETHING, 50, WEEKS)
    assert what_is_agreed(SOMETHING, 51, WEEKS) != what_is_agreed(SOMETHING, 50, WEEKS)
    assert what_is_agreed(replace(SOMETHING, who="Ann"), 50, WEEKS) == what_is_agreed(SOMETHING, 50, WEEKS)


YES = Side(consents=True, terms=Terms())


def test_two_adults_who_both_say_yes_are_joined():
    assert hindrances(YES, YES) == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "found"),
    [
        (Side(consents=False, terms=Terms()), YES, ("me",)),
        (YES, Side(consents=False, terms=None), ("other",)),
        (Side(consents=False, terms=None), Side(consents=False, terms=None), ("me", "other")),
        (YES, Side(consents=True, terms=Terms(age="child", agrees="not_sure")), ("child",)),
        (YES, Side(consents=True, terms=Terms(age="young")), ("child",)),
        (YES, Side(consents=True, terms=Terms(advocate="same", conflict="no")), ("advocate",)),
    ],
)
def test_what_keeps_plans_apart_is_told(mine: Side, theirs: Side, found: tuple[str, ...]):
    assert hindrances(mine, theirs) == found


@pytest.mark.parametrize("age", ["young", "child"])
@pytest.mark.parametrize("agrees", ["understands", "best_interests"])
def test_a_child_who_understands_or_whose_best_interests_were_decided_may_join(age, agrees):
    assert hindrances(YES, Side(consents=True, terms=Terms(age=age, agrees=agrees))) == ()


@pytest.mark.parametrize(("mine", "theirs"), list(product(CONFLICTS, CONFLICTS)))
def test_one_advocate_for_both_needs_both_to_see_no_conflict(mine, theirs):
    sides = [Side(consents=True, terms=Terms(advocate="same", conflict=one)) for one in (mine, theirs)]
    assert hindrances(*sides) == (() if mine == theirs == "no" else ("advocate",))


SIDES = st.builds(
    Side,
    consents=st.booleans(),
    terms=st.none()
    | st.builds(
        Terms,
        age=st.sampled_from(AGES),
        agrees=st.none() | st.sampled_from(AGREES),
        advocate=st.sampled_from(ADVOCATES),
        conflict=st.none() | st.sampled_from(CONFLICTS),
    ),
)


@given(SIDES, SIDES)
def test_plans_are_joined_for_both_or_for_neither_and_never_without_both_consents(mine: Side, theirs: Side):
    here, there = hindrances(mine, theirs), hindrances(theirs, mine)
    assert bool(here) == bool(there)
    if not here:
        assert mine.consents and theirs.consents
