"""Choosing planners and routes: several of each, unknown ones refused, planning alone noticed."""

from __future__ import annotations

import pytest

from portal.choices.rules import alone, chosen_of, mixed, route_to_start_with

OFFERED = ("self", "family", "broker", "council")


def test_several_planners_may_be_chosen_and_stand_in_the_order_offered() -> None:
    assert chosen_of(OFFERED, ["council", "self", "council"]) == ("self", "council")


def test_choosing_nobody_is_a_choice_of_nobody() -> None:
    assert chosen_of(OFFERED, []) == ()


def test_a_planner_who_is_no_longer_offered_is_left_out() -> None:
    assert chosen_of(OFFERED, ["wizard", "self"]) == ("self",)


@pytest.mark.parametrize(
    ("planners", "expected"),
    [(["self"], True), (["self", "family"], False), (["broker"], False), ([], False)],
)
def test_only_planning_with_nobody_else_counts_as_alone(planners: list[str], expected: bool) -> None:
    assert alone(planners) is expected


def test_two_ways_to_hold_the_money_are_a_mix_and_one_is_not() -> None:
    assert mixed(["direct_payment", "council"])
    assert not mixed(["council"])
    assert not mixed([])


def test_a_new_line_starts_with_the_one_chosen_route_and_with_none_for_a_mix() -> None:
    assert route_to_start_with(["council"]) == "council"
    assert route_to_start_with(["council", "isf"]) is None
    assert route_to_start_with([]) is None
