"""The person’s answers and an assessor’s each have their figure, and the difference is shared out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.budget.rules import allocate, to_json
from portal.budget.rules.views import Figure, both_views
from portal.pack.conditions import Kept
from portal.pack.scheme import Scheme
from tests.budget.bulk.drawing import rare_schemes
from tests.budget.rules.generating import answers, schemes
from tests.budget.rules.making import ON, POINTS, numbers, scheme, step, stream

ZERO = Decimal(0)


def regular(figure: Figure | None) -> str | None:
    return None if figure is None else str(figure.regular)


def test_each_answer_brings_its_own_and_nothing_is_left_when_they_simply_add_up() -> None:
    views = both_views(
        scheme(), {"eating": "some", "washing": "some"}, {"eating": "lot", "washing": "alone"}, on=ON
    )
    assert [(part.question, part.person, part.assessor, regular(part.alone)) for part in views.answers] == [
        ("eating", "some", "lot", "70.00"),
        ("washing", "some", "alone", "-50.00"),
    ]
    assert regular(views.difference) == "20.00"
    assert views.together == (ZERO, ZERO)


def test_what_answers_bring_only_together_has_a_line_of_its_own() -> None:
    capped = scheme(pipeline=[step("top", "cap", value=150)])
    views = both_views(
        capped, {"eating": "some", "washing": "some"}, {"eating": "lot", "washing": "lot"}, on=ON
    )
    assert [regular(part.alone) for part in views.answers] == ["50.00", "50.00"]
    assert regular(views.difference) == "50.00"
    assert regular(views.together) == "-50.00"


def test_an_answer_that_alone_gives_no_figure_is_told_as_such_and_counted_together() -> None:
    table = {
        "match": "band",
        "rows": [
            {"from": 0, "to": 12, "amount": 100},
            {"from": 13, "to": 17, "amount": None},
            {"from": 18, "to": 24, "amount": 300},
        ],
    }
    views = both_views(
        scheme(streams=stream(table=table)),
        {"eating": "some", "washing": "some"},
        {"eating": "lot", "washing": "lot"},
        on=ON,
    )
    assert [part.alone for part in views.answers] == [None, None]
    assert regular(views.difference) == regular(views.together) == "200.00"


def test_without_a_figure_on_one_side_there_is_no_difference_which_is_not_nought() -> None:
    views = both_views(scheme(), {"eating": "some", "washing": "some"}, {"eating": "lot"}, on=ON)
    assert views.assessor.status == "incomplete"
    assert views.difference is None
    assert views.together is None
    assert [(part.question, part.assessor) for part in views.answers] == [
        ("eating", "lot"),
        ("washing", None),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["eating", "washing"], ["washing", "eating"]),
        ("5.0", "5"),
        ({"pounds": "12.50", "every": "week"}, {"every": "week", "pounds": "12.5"}),
        ([{"hours": "2"}], [{"hours": "2.0"}]),
    ],
)
def test_what_makes_no_difference_is_no_difference(one: Kept, other: Kept) -> None:
    made = scheme(questions=[{"id": "eating", "points": POINTS}, {"id": "fact", "required": False}])
    views = both_views(made, {"eating": "some", "fact": one}, {"eating": "some", "fact": other}, on=ON)
    assert views.answers == ()


def test_money_paid_once_is_shared_out_beside_money_each_week() -> None:
    made = scheme(
        questions=[{"id": "eating", "points": POINTS}, *numbers("grant")],
        streams=[
            {"id": "care", "title": "Care", "price_per_point": {"rate": "10"}},
            {
                "id": "once",
                "title": "Once",
                "period": "one_off",
                "lines": [{"id": "grant", "label": "Grant", "amount": {"answer": "grant"}}],
            },
        ],
    )
    views = both_views(made, {"eating": "some", "grant": "100"}, {"eating": "some", "grant": "250"}, on=ON)
    assert views.difference == Figure(ZERO, Decimal(150))
    assert [part.alone for part in views.answers] == [Figure(ZERO, Decimal(150))]
    assert views.together == Figure(ZERO, ZERO)


def test_a_question_only_the_assessors_answer_asks_does_not_stop_the_figure() -> None:
    asked = {"question": "eating", "is": ["lot"]}
    made = scheme(
        questions=[
            {"id": "eating", "points": POINTS},
            {"id": "washing", "points": POINTS, "ask_when": asked},
        ]
    )
    views = both_views(made, {"eating": "some"}, {"eating": "lot", "washing": "some"}, on=ON)
    assert [(part.question, regular(part.alone)) for part in views.answers] == [
        ("eating", "70.00"),
        ("washing", "0.00"),
    ]
    assert regular(views.together) == "50.00"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=st.one_of(schemes(), rare_schemes()), person=answers(), assessor=answers())
def test_the_parts_and_what_they_bring_together_are_the_difference_to_the_penny(
    made: Scheme, person: dict[str, Any], assessor: dict[str, Any]
) -> None:
    views = both_views(made, person, assessor, on=ON)
    assert to_json(views.person) == to_json(allocate(made, person, on=ON))
    assert to_json(views.assessor) == to_json(allocate(made, assessor, on=ON))
    if views.difference is None:
        assert "figure" not in {views.person.status} & {views.assessor.status}
        return
    assert views.together is not None and views.person.amount is not None
    known = [part.alone for part in views.answers if part.alone is not None]
    for place in range(2):
        total = sum((part[place] for part in known), views.together[place])
        assert total == views.difference[place]
    assert views.person.amount + views.difference.regular == views.assessor.amount
    if len(views.answers) == 1 and known:
        assert views.together == (ZERO, ZERO)
