"""The demonstration's scheme, from answers to the figure and its receipt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.budget.rules import allocate, differences, example_week, to_json, what_would_change, without_help
from portal.pack.conditions import Answers, Kept
from portal.pack.loading import load_model
from portal.pack.scheme import Scheme
from portal.paths import PACKS

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_model(Path(PACKS) / "demo" / "schemes" / "harrowmere-2026.yaml", Scheme)


@pytest.fixture
def answers() -> dict[str, object]:
    return {
        "nutrition": "some",
        "hygiene": "lot",
        "toilet": "alone",
        "clothing": "little",
        "home_safety": "some",
        "home_upkeep": "lot",
        "relationships": "alone",
        "work_learning": "alone",
        "community": "some",
        "caring_for_child": "not_applicable",
        "nights": "once",
        "nights_a_week": "2",
        "help_with": ["nutrition", "home_upkeep"],
        "help_share": "half",
        "carer_break": "regular",
        "changes": "steady",
    }


def test_it_says_that_it_is_illustrative(scheme: Scheme, answers: Answers) -> None:
    assert allocate(scheme, answers, on=ON).illustrative


def test_each_answer_brings_its_points_at_one_price(scheme: Scheme, answers: Answers) -> None:
    line = next(line for line in allocate(scheme, answers, on=ON).lines if line.rule == "hygiene")
    assert (line.points, line.rate, line.amount) == (Decimal(15), Decimal("7.40"), Decimal("111.00"))


def test_help_is_taken_off_only_where_it_is_given_and_shows_the_amount_before(
    scheme: Scheme, answers: Answers
) -> None:
    cuts = allocate(scheme, answers, on=ON).of_kind("reduction")
    assert [(line.question, line.amount, line.before) for line in cuts] == [
        ("nutrition", Decimal("-26.64"), Decimal("66.60")),
        ("home_upkeep", Decimal("-17.76"), Decimal("44.40")),
    ]


def test_the_carer_has_a_line_of_their_own(scheme: Scheme, answers: Answers) -> None:
    (line,) = allocate(scheme, answers, on=ON).of_kind("carer")
    assert (line.question, line.amount, line.stream) == ("carer_break", Decimal("38.00"), "carer")


def test_help_at_night_is_nights_times_a_price(scheme: Scheme, answers: Answers) -> None:
    line = next(line for line in allocate(scheme, answers, on=ON).lines if line.rule == "sleeping_night")
    assert (line.quantity, line.unit, line.rate, line.amount) == (
        Decimal(2),
        "night",
        Decimal("92.00"),
        Decimal("184.00"),
    )


def test_the_lines_add_up_and_the_rounding_is_one_of_them(scheme: Scheme, answers: Answers) -> None:
    allocation = allocate(scheme, answers, on=ON)
    assert allocation.weekly == Decimal("533.00")
    assert allocation.annual == Decimal("27716.00")
    assert sum(line.amount for line in allocation.lines) == allocation.weekly
    assert allocation.lines[-1].kind == "rounding"
    assert allocation.lines[-1].running == allocation.weekly


def test_not_sure_is_told_and_never_scored_as_no_need(scheme: Scheme, answers: Answers) -> None:
    allocation = allocate(scheme, {**answers, "toilet": "not-sure"}, on=ON)
    line = next(line for line in allocation.lines if line.rule == "toilet")
    assert line.kind == "unanswered"
    assert line.answer is None
    assert [caveat.questions for caveat in allocation.caveats if caveat.kind == "unanswered"] == [("toilet",)]


def test_a_question_left_out_gives_no_figure_rather_than_a_smaller_one(
    scheme: Scheme, answers: Answers
) -> None:
    kept = {question: answer for question, answer in answers.items() if question != "hygiene"}
    allocation = allocate(scheme, kept, on=ON)
    assert (allocation.status, allocation.weekly, allocation.missing) == ("incomplete", None, ("hygiene",))


def test_needs_that_go_up_and_down_bring_a_caveat(scheme: Scheme, answers: Answers) -> None:
    caveats = allocate(scheme, {**answers, "changes": "a_lot"}, on=ON).caveats
    assert [caveat.rule for caveat in caveats] == ["good_and_bad_days"]


def test_a_very_high_amount_is_flagged_for_a_person_with_what_it_was(
    scheme: Scheme, answers: Answers
) -> None:
    most = {**answers, "nights": "awake", "nights_a_week": "7", "help_with": ["none"]}
    most |= dict.fromkeys(("nutrition", "hygiene", "toilet", "home_safety"), "all")
    allocation = allocate(scheme, most, on=ON)
    assert allocation.weekly == Decimal("1500.00")
    (flag,) = allocation.review_flags
    assert flag.uncapped == Decimal("2028.60")


def test_a_very_small_budget_is_lifted_but_nought_stays_nought(scheme: Scheme, answers: Answers) -> None:
    nothing: dict[str, Kept] = {
        question: "alone" for question in answers if isinstance(answers[question], str)
    }
    nothing |= {"caring_for_child": "not_applicable", "help_with": ["none"], "changes": "steady"}
    assert allocate(scheme, nothing, on=ON).weekly == Decimal("0.00")
    assert allocate(scheme, {**nothing, "home_upkeep": "little"}, on=ON).weekly == Decimal("20.00")


def test_what_would_change_is_what_working_it_out_again_gives(scheme: Scheme, answers: Answers) -> None:
    now = allocate(scheme, answers, on=ON)
    changes = what_would_change(scheme, answers, on=ON)
    assert {change.question for change in changes} >= {"nutrition", "hygiene", "carer_break", "help_share"}
    for change in changes:
        again = allocate(scheme, {**answers, change.question: change.answer}, on=ON)
        assert change.amount == again.amount
        assert again.amount is not None
        assert now.amount is not None
        assert change.difference == again.amount - now.amount


def test_a_step_up_is_worked_out_even_where_it_would_ask_something_new(
    scheme: Scheme, answers: Answers
) -> None:
    small = {question: answer for question, answer in answers.items() if not question.startswith("nights")}
    small |= {"nutrition": "little", "hygiene": "little", "home_safety": "alone"}
    up = next(
        change
        for change in what_would_change(scheme, small, on=ON)
        if change.question == "nutrition" and change.direction == "more"
    )
    assert up.status == "figure"
    assert up.difference is not None
    assert up.difference > 0
    assert up.asks == "nights"


def test_a_change_that_waits_for_another_answer_names_its_question(scheme: Scheme, answers: Answers) -> None:
    quiet = {**answers, "nights": "none"}
    del quiet["nights_a_week"]
    up = next(change for change in what_would_change(scheme, quiet, on=ON) if change.question == "nights")
    assert up.difference == 0
    assert up.asks == "nights_a_week"


def test_without_help_nothing_is_taken_off_and_nothing_added_for_the_carer(
    scheme: Scheme, answers: Answers
) -> None:
    alone = without_help(scheme, answers, on=ON)
    assert alone.of_kind("reduction", "carer") == ()
    assert alone.weekly == Decimal("539.00")


def test_the_example_week_spends_the_figure_to_the_penny(scheme: Scheme, answers: Answers) -> None:
    allocation = allocate(scheme, answers, on=ON)
    example = example_week(scheme, allocation)
    assert example is not None
    assert all(use.amount == use.quantity * use.rate for use in example.uses)
    assert sum(use.amount for use in example.uses) + example.left == allocation.weekly


def test_the_same_answers_give_the_same_bytes(scheme: Scheme, answers: Answers) -> None:
    backwards = {question: answers[question] for question in sorted(answers, reverse=True)}
    assert to_json(allocate(scheme, answers, on=ON)) == to_json(allocate(scheme, backwards, on=ON))


def test_two_views_differ_by_the_lines_that_differ(scheme: Scheme, answers: Answers) -> None:
    own = allocate(scheme, answers, on=ON)
    assessor = allocate(scheme, {**answers, "hygiene": "some", "help_share": "most"}, on=ON)
    found = differences(own, assessor)
    assert {(one.rule, one.question) for one in found} == {
        ("hygiene", "hygiene"),
        ("help_from_others", "nutrition"),
        ("help_from_others", "home_upkeep"),
        ("whole_pounds", None),
    }
    assert own.amount is not None
    assert assessor.amount is not None
    assert sum(one.difference for one in found) == assessor.amount - own.amount
