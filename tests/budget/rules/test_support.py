"""Lines of support at a price, matrices and fitted lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.budget.rules import allocate
from portal.pack.conditions import Answers
from tests.budget.rules.making import ON, amounts, figure, numbers, scheme, stream

FROM_APRIL = {"from": "2026-04-01"}


def line(**parts: Any) -> dict[str, Any]:
    return {"id": "line", "label": "Support", **parts}


def lines(*rules: dict[str, Any]) -> list[dict[str, Any]]:
    return stream(lines=list(rules))


def test_hours_a_day_become_hours_a_week_at_a_price() -> None:
    made = scheme(
        questions=numbers("hours"), streams=lines(line(quantity={"answer": "hours"}, per="day", rate=20))
    )
    assert figure(made, {"hours": "1.5"}) == Decimal("210.00")


def test_two_workers_cost_twice() -> None:
    rule = line(quantity={"answer": "hours"}, rate=20, workers=2)
    assert figure(scheme(questions=numbers("hours"), streams=lines(rule)), {"hours": "3"}) == Decimal(
        "120.00"
    )


def test_an_on_cost_is_a_line_of_its_own_or_part_of_the_price() -> None:
    questions = numbers("hours")
    apart = scheme(
        questions=questions, streams=lines(line(quantity=3, rate=11, on_cost={"percent": "26.08"}))
    )
    within = {"percent": "26.08", "on": "rate", "round": {"unit": "0.01"}}
    inside = scheme(questions=questions, streams=lines(line(quantity=3, rate=11, on_cost=within)))
    assert amounts(allocate(apart, {"hours": "1"}, on=ON)) == [
        ("line", "support", Decimal("33.00")),
        ("line", "on_cost", Decimal("8.61")),
    ]
    assert amounts(allocate(inside, {"hours": "1"}, on=ON)) == [("line", "support", Decimal("41.61"))]


@pytest.mark.parametrize(("way", "rate"), [("direct", "15.00"), ("council", "24.00"), ("else", "24.00")])
def test_the_price_depends_on_how_the_money_is_managed(way: str, rate: str) -> None:
    book = [
        {
            "id": "hour",
            "label": "One hour",
            "amount": 15,
            "route": "personal_assistant",
            "effective": FROM_APRIL,
        },
        {"id": "hour", "label": "One hour", "amount": 24, "route": "council", "effective": FROM_APRIL},
    ]
    made = scheme(
        questions=numbers("way"),
        route={"question": "way", "values": {"direct": "personal_assistant"}, "otherwise": "council"},
        price_book=book,
        streams=lines(line(quantity=1, price="hour")),
    )
    assert figure(made, {"way": way}) == Decimal(rate)


def test_a_price_that_does_not_hold_on_the_day_gives_no_figure() -> None:
    book = [{"id": "hour", "label": "One hour", "amount": 15, "effective": {"from": "2027-01-01"}}]
    made = scheme(price_book=book, streams=lines(line(quantity=1, price="hour")))
    allocation = allocate(made, {"eating": "some", "washing": "lot"}, on=ON)
    assert (allocation.status, allocation.caveats[-1].kind) == ("refer", "price")


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        ({"answer": "hours"}, "4"),
        ({"answer": "none_given", "otherwise": 2}, "2"),
        ({"by": "kind", "values": {"a": 3, "b": 5}}, "8"),
        ({"total_of": "helpers.hours"}, "9.5"),
        ({"count_of": "helpers"}, "2"),
        ({"sum": [{"answer": "hours"}, 1]}, "5"),
        ({"product": [{"answer": "hours"}, 3]}, "12"),
        ({"least": [{"answer": "hours"}, 3]}, "3"),
        ({"most": [{"answer": "hours"}, 3]}, "4"),
        ({"less": [{"answer": "hours"}, 3]}, "1"),
        ({"less": [{"answer": "hours"}, 5]}, "0"),
        ({"value": 7, "when": {"question": "hours", "at_least": 5}}, "0"),
        ({"answer": "money"}, "13"),
    ],
)
def test_a_quantity_is_worked_out_from_answers(quantity: dict[str, Any], number: str) -> None:
    questions = [
        {"id": name, "required": False} for name in ("hours", "none_given", "kind", "helpers", "money")
    ]
    made = scheme(questions=questions, streams=lines(line(quantity=quantity, rate=1)))
    answers: Answers = {
        "hours": "4",
        "kind": ["a", "b"],
        "helpers": [{"hours": "7"}, {"hours": "2.5"}],
        "money": {"pounds": "52.00", "every": "four_weeks"},
    }
    assert figure(made, answers) == Decimal(number)


BLOCK = [
    line(id="morning", quantity={"answer": "hours"}, rate=20, block="care"),
    line(id="night", label="Night", amount=50),
]


def test_hours_of_help_come_off_their_block_and_nothing_else() -> None:
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "help_hours",
        "scope": "block",
        "of": ["care"],
        "method": "subtract_hours",
    }
    made = scheme(questions=numbers("hours", "help_hours"), streams=lines(*BLOCK), reducers=[off])
    assert figure(made, {"hours": "10", "help_hours": "4"}) == Decimal("170.00")
    assert figure(made, {"hours": "10", "help_hours": "40"}) == Decimal("50.00")
    assert figure(made, {"hours": "10", "help_hours": "0"}) == Decimal("250.00")


def test_two_kinds_of_help_take_hours_off_one_after_the_other() -> None:
    off = [
        {
            "id": f"off_{driver}",
            "label": "Help",
            "reason": "You have help.",
            "driver": driver,
            "scope": "block",
            "of": ["care"],
            "method": "subtract_hours",
        }
        for driver in ("family", "friends")
    ]
    made = scheme(questions=numbers("hours", "family", "friends"), streams=lines(*BLOCK), reducers=off)
    assert figure(made, {"hours": "10", "family": "4", "friends": "3"}) == Decimal(110)


MATRIX: dict[str, Any] = {
    "rows": [
        {
            "id": "food",
            "axes": ["eating", "home"],
            "cells": [
                {"at": ["some", "alone"], "amount": 30},
                {"at": ["some", "shared"], "quantity": 2, "price": "hour"},
                {"at": ["lot", "alone"], "amount": 70},
                {"at": ["lot", "shared"], "amount": 60},
            ],
        },
        {
            "id": "wash",
            "axes": ["washing"],
            "amounts": {"some": 20, "lot": 45},
            "weight": "0.9",
            "weight_reason": "Equipment helps with this.",
        },
    ]
}
AXES = [
    {"id": "eating", "options": ["some", "lot"]},
    {"id": "washing", "options": ["some", "lot"]},
    {"id": "home", "options": ["alone", "shared"]},
]
BOOK = [{"id": "hour", "label": "One hour", "amount": "12.50", "effective": FROM_APRIL}]


def test_a_matrix_picks_a_cell_for_each_row_and_shows_its_weight() -> None:
    made = scheme(questions=AXES, price_book=BOOK, streams=stream(matrix=MATRIX))
    allocation = allocate(made, {"eating": "some", "home": "shared", "washing": "lot"}, on=ON)
    assert amounts(allocation) == [
        ("food", "answer", Decimal("25.00")),
        ("wash", "answer", Decimal("45.00")),
        ("wash", "weight", Decimal("-4.50")),
    ]


def test_help_takes_off_the_row_of_its_question() -> None:
    off = {
        "id": "off",
        "label": "Help",
        "reason": "You have help.",
        "driver": "share",
        "named_in": "help_with",
        "of": ["eating", "washing"],
        "method": "multiply_remaining",
        "table": {"half": "0.5"},
    }
    made = scheme(
        questions=[*AXES, *numbers("share", "help_with")],
        price_book=BOOK,
        streams=stream(matrix=MATRIX),
        reducers=[off],
    )
    answers: Answers = {
        "eating": "lot",
        "home": "alone",
        "washing": "lot",
        "share": "half",
        "help_with": ["washing"],
    }
    (cut,) = allocate(made, answers, on=ON).of_kind("reduction")
    assert (cut.question, cut.before, cut.amount) == ("washing", Decimal("40.50"), Decimal("-20.25"))


def test_a_fitted_line_adds_its_terms_and_stays_in_its_limits() -> None:
    term = {"id": "hours", "label": "Hours", "quantity": {"answer": "hours"}, "coefficient": "12.5"}
    linear = {"intercept": -100, "terms": [term], "clip": [0, 300]}
    made = scheme(questions=numbers("hours"), streams=stream(linear=linear))
    assert [figure(made, {"hours": hours}) for hours in ("4", "20", "40")] == [
        Decimal("0.00"),
        Decimal("150.00"),
        Decimal("300.00"),
    ]


def test_a_fitted_line_may_be_on_the_logarithm_of_pounds() -> None:
    term = {"id": "hours", "label": "Hours", "quantity": {"answer": "hours"}, "coefficient": "0.1"}
    made = scheme(questions=numbers("hours"), streams=stream(linear={"terms": [term], "link": "log"}))
    assert figure(made, {"hours": "50"}) == Decimal("148.41")
