"""The quick form of a scheme gives the same receipt, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import points_scheme
from portal.budget.rules import allocate, quick, sharing, to_json
from portal.budget.rules.evaluation import evaluate
from portal.budget.rules.quick import quickly
from portal.pack.scheme import Scheme
from tests.budget.rules.generating import NEEDS, OPTIONS, money, percent, questions, share
from tests.budget.rules.making import ON, numbers, scheme, step

HELP = ("few", "most")


@st.composite
def plain_schemes(draw: st.DrawFn) -> Scheme:
    """Schemes of the kind that has a quick form."""
    asked = [*draw(questions())[: len(NEEDS)], {"id": "help_share", "options": HELP}, *numbers("days")]
    reducers = [
        {
            "id": f"off_{domain}",
            "label": "Help",
            "reason": "You have help.",
            "driver": "help_share",
            "scope": "domain",
            "of": [domain],
            "method": "multiply_remaining",
            "table": {option: draw(share) for option in draw(st.sets(st.sampled_from(HELP), min_size=1))},
        }
        for domain in draw(st.sets(st.sampled_from(["body", "life"])))
        if any(question.get("domain") == domain for question in asked)
    ]
    carer = {
        "id": "carer",
        "title": "Carer",
        "funder": "carer",
        "eligible_when": {"question": "help_share", "is": ["most"]},
        "period": draw(st.sampled_from(["week", "year"])),
        "lines": [{"id": "break", "label": "A break", "quantity": {"answer": "days"}, "rate": draw(money)}],
    }
    steps = draw(
        st.permutations(
            [
                step("uprate", "uprate", value=draw(percent)),
                step("kept", "contingency", value=draw(percent)),
                step("add", "add", value=draw(money)),
                step("off", "subtract", value=draw(money)),
                step("weigh", "weight", value=draw(share)),
                step("floor", "floor", value=draw(money), lift_nothing=draw(st.booleans())),
                step("cap", "cap", value=draw(money) + 400),
                step("round", "round", unit=draw(st.sampled_from(["0.01", "0.5", "1", "10"]))),
            ]
        )
    )
    return scheme(
        questions=asked,
        reducers=reducers,
        streams=[
            {"id": "care", "title": "Care", "price_per_point": {"rate": draw(st.decimals(0, 30, places=3))}},
            *([carer] if draw(st.booleans()) else []),
        ],
        pipeline=steps[: draw(st.integers(0, 8))],
        base_period=draw(st.sampled_from(["week", "four_weeks", "month", "year"])),
        year={"weeks": draw(st.sampled_from(["52", "52.142857"]))},
    )


people = st.fixed_dictionaries(
    {
        **{need: st.sampled_from([*OPTIONS, "not-sure"]) | st.sampled_from(OPTIONS) for need in NEEDS},
        "help_share": st.sampled_from(HELP),
        "days": st.sampled_from(["0", "2", "2.5", "7", "a few"]),
    }
)


def same(made: Scheme, answers: Mapping[str, Any]) -> None:
    quickest, slow = allocate(made, answers, on=ON), evaluate(made, answers, ON, with_help=True)
    assert to_json(quickest) == to_json(slow)
    assert quickest == slow


@given(plain_schemes(), st.lists(people, min_size=1, max_size=8))
@settings(max_examples=120, deadline=None)
def test_a_receipt_is_the_same_however_it_was_worked_out(made: Scheme, several: list[dict[str, Any]]) -> None:
    for answers in several:
        same(made, answers)
        # Once more, with lines that are now kept.
        same(made, answers)


def plain(**parts: Any) -> Scheme:
    return scheme(**parts)


ANSWERS: dict[str, Any] = {"eating": "some", "washing": "lot"}


def test_a_plain_scheme_has_a_quick_form_that_is_used() -> None:
    quickest = quickly(plain(), ON)
    assert quickest is not None
    assert quickest.allocation(ANSWERS) == evaluate(plain(), ANSWERS, ON, with_help=True)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"eating": "some"},
        {"eating": "some", "washing": "not-sure"},
        {"eating": "some", "washing": "lots"},
        {"eating": ["some"], "washing": "lot"},
        {"eating": "some", "washing": None},
        {"eating": {"some": "lot"}, "washing": "lot"},
    ],
)
def test_answers_out_of_the_ordinary_are_worked_out_step_by_step(answers: dict[str, Any]) -> None:
    quickest = quickly(plain(), ON)
    assert quickest is not None
    assert quickest.allocation(answers) is None
    same(plain(), answers)


@pytest.mark.parametrize(
    "parts",
    [
        {"effective": {"from": "2027-04-01"}},
        {"eligible_when": {"question": "eating", "is": ["lot"]}},
        {"rounding": [{"unit": "1", "scope": "line"}]},
        {"scores": [{"round": {"unit": 1}}]},
        {"contribution": {"most": 20}},
        {"pipeline": [step("refer", "refer", when={"question": "eating", "is": ["lot"]})]},
        {"pipeline": [step("add", "add", value={"score": "points"})]},
        {"base_period": "one_off"},
    ],
)
def test_what_has_no_quick_form_is_worked_out_step_by_step(parts: dict[str, Any]) -> None:
    made = plain(**parts)
    assert quickly(made, ON) is None
    same(made, ANSWERS)


def test_kept_lines_are_let_go_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing.Walk, "MOST", 3)
    monkeypatch.setattr(quick, "MOST_ENDS", 1)
    made = points_scheme.scheme().model_copy(update={"version": "of little memory"})
    for worst in range(len(points_scheme.OPTIONS)):
        options = points_scheme.options()
        answers = {
            name: options[number][min(worst, len(options[number]) - 1)]
            for number, name in enumerate(points_scheme.columns())
        }
        same(made, answers)


def test_another_day_has_its_own_quick_form() -> None:
    made = plain(effective={"from": "2026-04-01", "to": "2026-11-30"})
    assert allocate(made, ANSWERS, on=ON).caveats == ()
    assert allocate(made, ANSWERS, on=date(2026, 12, 1)).caveats[0].kind == "not_in_force"
    assert allocate(made, ANSWERS, on=ON).caveats == ()
