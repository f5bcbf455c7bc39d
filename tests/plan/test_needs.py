"""Which needs a plan is for, and what meets them."""

from __future__ import annotations

from portal.pack.conditions import Kept
from portal.plan.rules.lines import Line, LineKind
from portal.plan.rules.needs import (
    Need,
    Wish,
    board,
    lines_without_need,
    needs_to_plan,
    words_from_assessment,
)


def line(*needs: str) -> Line:
    return Line(id="-".join(needs) or "none", kind="family", what="My sister helps", needs=needs)


def test_eligible_needs_come_first_and_other_difficulties_after() -> None:
    answers: dict[str, Kept] = {"nutrition": "little", "community": "lot"}
    assert needs_to_plan(["community"], answers) == (("community", True), ("nutrition", False))


def test_somebody_without_a_likely_eligible_need_can_still_plan() -> None:
    answers = {"hygiene": "some", "toilet": "alone"}
    assert needs_to_plan([], answers) == (("hygiene", False),)


def test_a_need_that_is_likely_eligible_is_planned_for_whatever_else_was_said() -> None:
    assert needs_to_plan(["toilet"], {"toilet": "alone"}) == (("toilet", True),)


def test_the_words_start_as_what_the_person_wrote_in_the_assessment() -> None:
    answers = {"nutrition_matters": "I want to cook on Sundays again."}
    (need,) = board([("nutrition", True)], {}, [], answers)
    assert need.words == "I want to cook on Sundays again."


def test_words_written_in_the_plan_stand_before_those_of_the_assessment() -> None:
    answers = {"nutrition_matters": "Cook."}
    (need,) = board([("nutrition", True)], {"nutrition": Wish("Bake bread.")}, [], answers)
    assert need.words == "Bake bread."


def test_words_taken_out_of_the_plan_do_not_come_back() -> None:
    answers = {"nutrition_matters": "Cook."}
    (need,) = board([("nutrition", True)], {"nutrition": Wish("")}, [], answers)
    assert need.words == ""


def test_saying_who_meets_a_need_leaves_the_words_of_the_assessment() -> None:
    answers = {"nutrition_matters": "Cook."}
    (need,) = board([("nutrition", True)], {"nutrition": Wish(None, "carer")}, [], answers)
    assert (need.words, need.met_by) == ("Cook.", "carer")


def test_rather_not_say_is_not_taken_for_the_persons_words() -> None:
    assert words_from_assessment("nutrition", {"nutrition_matters": "rather-not-say"}) == ""


def test_one_line_may_meet_two_needs() -> None:
    both = line("nutrition", "community")
    needs = board([("nutrition", True), ("community", True)], {}, [both], {})
    assert [need.lines for need in needs] == [(both,), (both,)]
    assert all(need.covered for need in needs)


def test_free_family_and_community_support_stands_first() -> None:
    kinds: tuple[LineKind, ...] = ("sum", "hours", "community", "family", "self")
    lines = [Line(id=kind, kind=kind, what="Help", needs=("hygiene",)) for kind in kinds]
    (need,) = board([("hygiene", True)], {}, lines, {})
    assert [one.kind for one in need.lines] == ["self", "family", "community", "hours", "sum"]


def test_a_need_with_nothing_is_not_covered() -> None:
    (need,) = board([("hygiene", True)], {}, [line("community")], {})[:1]
    assert not need.covered


def test_a_need_that_a_carer_meets_is_covered_without_a_line() -> None:
    assert Need("hygiene", True, "", "carer", ()).covered


def test_a_need_off_the_list_stays_while_something_is_kept_for_it() -> None:
    needs = board([("hygiene", True)], {"toilet": Wish("At night.")}, [line("community")], {})
    assert [(need.outcome, need.eligible) for need in needs] == [
        ("hygiene", True),
        ("toilet", False),
        ("community", False),
    ]


def test_a_line_that_helps_with_no_need_is_found() -> None:
    stray = line()
    assert lines_without_need([line("hygiene"), stray]) == (stray,)
