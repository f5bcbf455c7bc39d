"""Points to pounds: by a price, by rows, by bands, along lines, with help taken off."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.budget.rules import allocate, to_json
from tests.budget.rules.making import ON, POINTS, amounts, figure, scheme, stream

BOTH = {"eating": "some", "washing": "lot"}
POINTED = [{"id": "points", "each": 1}]


def table(match: str, rows: list[dict[str, Any]], **rest: Any) -> list[dict[str, Any]]:
    return stream(table={"match": match, "rows": rows, **rest})


def test_a_price_for_each_point() -> None:
    assert figure(scheme(), BOTH) == Decimal("170.00")


def test_a_fixed_sum_is_a_line_of_its_own() -> None:
    made = scheme(streams=stream(price_per_point={"rate": 10, "fixed": 25}))
    assert ("fixed", "addition", Decimal("25.00")) in amounts(allocate(made, BOTH, on=ON))


@pytest.mark.parametrize(("points", "pounds"), [("10", "100"), ("15", "140"), ("25", "210")])
def test_breakpoints_change_the_price_of_further_points_only(points: str, pounds: str) -> None:
    breakpoints = [{"above": 10, "rate": 8}, {"above": 20, "rate": 6}]
    model = {"rate": 10, "breakpoints": breakpoints}
    made = scheme(questions=POINTED, streams=stream(price_per_point=model))
    assert figure(made, {"points": points}) == Decimal(pounds)


@pytest.mark.parametrize(
    ("match", "points", "status", "amount"),
    [
        ("exact", "10", "figure", "100.00"),
        ("exact", "15", "refer", None),
        ("interpolate", "10", "figure", "100.00"),
        ("interpolate", "12.5", "figure", "150.00"),
        ("interpolate", "20", "figure", "300.00"),
        ("interpolate", "9", "refer", None),
        ("interpolate", "21", "refer", None),
    ],
)
def test_rows_match_as_the_table_says(match: str, points: str, status: str, amount: str | None) -> None:
    rows = [{"at": 10, "amount": 100}, {"at": 20, "amount": 300}]
    allocation = allocate(scheme(questions=POINTED, streams=table(match, rows)), {"points": points}, on=ON)
    assert (allocation.status, allocation.amount) == (status, Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("above", "status", "amount"),
    [
        ("none", "no_amount", None),
        ("zero", "figure", "0.00"),
        ("refer", "refer", None),
        ("last", "figure", "300.00"),
        ("extrapolate", "figure", "500.00"),
    ],
)
def test_beyond_the_last_row_the_table_does_what_it_declares(
    above: str, status: str, amount: str | None
) -> None:
    rows = [{"at": 10, "amount": 100}, {"at": 20, "amount": 300}]
    made = scheme(questions=POINTED, streams=table("interpolate", rows, above=above))
    allocation = allocate(made, {"points": "30"}, on=ON)
    assert (allocation.status, allocation.amount) == (status, Decimal(amount) if amount else None)


def test_no_amount_is_told_apart_from_nought() -> None:
    rows: list[dict[str, Any]] = [{"from": 0, "to": 4, "amount": None}, {"from": 5, "to": 9, "amount": 0}]
    made = scheme(questions=POINTED, streams=table("band", rows))
    assert allocate(made, {"points": "4"}, on=ON).status == "no_amount"
    assert allocate(made, {"points": "5"}, on=ON).amount == Decimal("0.00")


def test_points_between_two_bands_are_left_to_a_person() -> None:
    rows = [{"from": 0, "to": 4, "amount": 1}, {"from": 5, "to": 9, "amount": 2}]
    made = scheme(questions=POINTED, streams=table("band", rows))
    assert allocate(made, {"points": "4.5"}, on=ON).status == "refer"


def test_a_score_on_a_scale_is_rounded_before_its_row_is_looked_up() -> None:
    rows = [{"from": 0, "to": 70, "amount": 10}, {"from": 71, "to": 100, "amount": 20}]
    score = {"scale": {"from": [0, 24]}, "round": {"unit": 1}}
    made = scheme(streams=table("band", rows), scores=[score])
    allocation = allocate(made, BOTH, on=ON)  # 17 of 24 is 70.83 of 100
    assert (allocation.points["points"], allocation.amount) == (Decimal(71), Decimal("20.00"))


@pytest.mark.parametrize(
    ("score", "points"),
    [
        ({"aggregate": "sum"}, "17"),
        ({"aggregate": "max"}, "12"),
        ({"aggregate": "top", "top": 2}, "17"),
        ({"weights": {"washing": "0.5"}, "weights_reason": "A test."}, "11"),
        ({"of": ["eating"]}, "5"),
    ],
)
def test_points_are_brought_together_as_the_score_says(score: dict[str, Any], points: str) -> None:
    assert figure(scheme(scores=[score]), BOTH) == Decimal(points) * 10


def test_answers_at_a_level_can_be_counted() -> None:
    levels = {"alone": "none", "some": "low", "lot": "high"}
    questions = [{"id": name, "points": POINTS, "levels": levels} for name in ("eating", "washing")]
    made = scheme(questions=questions, scores=[{"aggregate": "count", "levels": ["high"]}])
    assert figure(made, BOTH) == Decimal("10.00")


def test_a_weight_is_a_line_with_what_stood_before() -> None:
    made = scheme(scores=[{"weights": {"washing": "0.75"}, "weights_reason": "Fewer visits."}])
    line = allocate(made, BOTH, on=ON).of_kind("weight")[0]
    assert (line.question, line.before, line.amount) == ("washing", Decimal("120.00"), Decimal("-30.00"))


HELP: list[dict[str, Any]] = [
    *({"id": name, "points": POINTS} for name in ("eating", "washing")),
    {"id": "help", "scope": "fact", "required": False},
]
HELPED = {**BOTH, "help": "half"}


def reducer(**parts: Any) -> dict[str, Any]:
    return {"id": "off", "label": "Help", "reason": "You have help.", "driver": "help", **parts}


@pytest.mark.parametrize(
    ("parts", "pounds"),
    [
        ({"of": ["washing"], "method": "multiply_remaining", "table": {"half": "0.6"}}, "122"),
        ({"of": ["washing"], "method": "subtract_percent", "table": {"half": 40}}, "122"),
        ({"of": ["washing"], "method": "subtract_points", "table": {"half": 3}}, "140"),
        ({"of": ["washing"], "method": "subtract_points", "table": {"half": 99}}, "50"),
        ({"of": ["washing"], "method": "subtract_points", "table": {"half": 99}, "floor": 2}, "70"),
        ({"of": ["washing"], "method": "days_met_of_7", "table": {"half": "3.5"}}, "110"),
        ({"of": ["washing"], "method": "none", "table": {"half": 1}}, "170"),
        ({"scope": "score", "of": ["points"], "method": "subtract_points", "table": {"half": 7}}, "100"),
        ({"scope": "stream", "of": ["care"], "method": "subtract_amount", "table": {"half": 20}}, "150"),
        ({"scope": "total", "method": "subtract_percent", "table": {"half": 50}}, "85"),
    ],
)
def test_help_takes_off_what_its_method_says_at_its_scope(parts: dict[str, Any], pounds: str) -> None:
    made = scheme(questions=HELP, reducers=[reducer(**parts)])
    assert figure(made, HELPED) == Decimal(pounds)


def test_help_on_a_domain_is_shared_by_its_questions_and_is_one_line() -> None:
    questions = [{**question, "domain": "body"} for question in HELP[:2]] + HELP[2:]
    off = reducer(scope="domain", of=["body"], method="subtract_points", table={"half": 5})
    allocation = allocate(scheme(questions=questions, reducers=[off]), HELPED, on=ON)
    assert [(line.points, line.before) for line in allocation.of_kind("reduction")] == [
        (Decimal(-5), Decimal("170.00"))
    ]
    assert allocation.amount == Decimal("120.00")


def test_help_is_shown_in_pounds_where_a_table_gives_the_amount() -> None:
    rows = [{"at": 0, "amount": 0}, {"at": 10, "amount": 100}, {"at": 20, "amount": 400}]
    off = reducer(of=["washing"], method="subtract_points", table={"half": 7})
    made = scheme(questions=HELP, streams=table("interpolate", rows), reducers=[off])
    allocation = allocate(made, HELPED, on=ON)
    assert amounts(allocation)[-2:] == [
        ("points", "table", Decimal("310.00")),
        ("off", "reduction", Decimal("-210.00")),
    ]
    assert allocation.lines[-1].before == Decimal("310.00")


def test_help_that_is_not_known_takes_nothing_off_and_is_told() -> None:
    questions = [*HELP[:2], {**HELP[2], "unanswered": "flag"}]
    off = reducer(of=["washing"], method="subtract_percent", table={"half": 40})
    allocation = allocate(scheme(questions=questions, reducers=[off]), {**BOTH, "help": "not-sure"}, on=ON)
    assert allocation.amount == Decimal("170.00")
    assert allocation.caveats[0].questions == ("help",)


@pytest.mark.parametrize(
    ("unanswered", "status", "pounds"),
    [("block", "incomplete", None), ("lowest", "figure", "100.00"), ("flag", "figure", "50.00")],
)
def test_not_sure_does_what_the_scheme_declares(unanswered: str, status: str, pounds: str | None) -> None:
    questions = [{"id": name, "points": POINTS, "unanswered": unanswered} for name in ("eating", "washing")]
    allocation = allocate(scheme(questions=questions), {"eating": "some", "washing": "not-sure"}, on=ON)
    assert (allocation.status, allocation.amount) == (status, Decimal(pounds) if pounds else None)


def test_an_answer_the_scheme_does_not_know_is_no_answer() -> None:
    allocation = allocate(scheme(), {"eating": "smoe", "washing": "lot"}, on=ON)
    assert (allocation.status, allocation.missing) == ("incomplete", ("eating",))


def test_a_question_that_is_not_asked_does_not_count() -> None:
    questions = [
        {"id": "eating", "points": POINTS},
        {"id": "washing", "points": POINTS, "ask_when": {"question": "eating", "is": ["lot"]}},
    ]
    assert figure(scheme(questions=questions), BOTH) == Decimal("50.00")


@pytest.mark.parametrize("typed", ["ten", "1e99999999", "NaN", ""])
def test_a_number_that_is_none_is_no_answer(typed: str) -> None:
    allocation = allocate(scheme(questions=POINTED), {"points": typed}, on=ON)
    assert (allocation.status, allocation.missing) == ("incomplete", ("points",))


def test_how_a_number_is_written_in_the_file_changes_no_byte() -> None:
    one, two = (scheme(streams=stream(price_per_point={"rate": rate})) for rate in ("5.10", "5.1"))
    assert to_json(allocate(one, BOTH, on=ON)) == to_json(allocate(two, BOTH, on=ON))


def test_help_on_a_question_acts_before_help_on_its_domain_whatever_the_order_in_the_file() -> None:
    questions = [{**question, "domain": "body"} for question in HELP[:2]] + HELP[2:] + [{"id": "more_help"}]
    domain = reducer(id="all", scope="domain", of=["body"], method="subtract_points", table={"half": 5})
    one = reducer(
        id="one", driver="more_help", of=["washing"], method="multiply_remaining", table={"half": "0.5"}
    )
    answers = {**HELPED, "more_help": "half"}
    for order in ([domain, one], [one, domain]):
        assert figure(scheme(questions=questions, reducers=order), answers) == Decimal(60)
