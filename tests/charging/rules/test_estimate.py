"""What a person may have to pay: every part of the rules, one at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from portal.charging.rules import estimate
from tests.charging.given import PENSIONER, charging, told, worked_out


def amount_of(found: Any, rule: str) -> Decimal | None:
    steps = [step for step in found.steps if step.rule == rule]
    assert len(steps) <= 1
    return steps[0].amount if steps else None


def test_the_guarantee_is_its_parts_and_each_is_a_step() -> None:
    found = worked_out(
        household="couple",
        age="25_to_pension",
        children=2,
        premiums=["disability", "enhanced_disability", "carer"],
    )
    kept = {step.rule: step.amount for step in found.of_kind("allowance")}
    assert kept == {
        "couple_18_each": Decimal("-94.55"),
        "child": Decimal("-213.70"),
        "disability_premium_couple": Decimal("-36.75"),
        "enhanced_disability_premium_couple": Decimal("-18.10"),
        "carer_premium": Decimal("-55.25"),
    }


@pytest.mark.parametrize(
    ("household", "age", "figure"),
    [
        ("single", "18_to_24", "single_18_to_24"),
        ("single", "25_to_pension", "single_25_to_pension"),
        ("single", "pension_age", "single_pension_age"),
        ("lone_parent", "18_to_24", "lone_parent"),
        ("lone_parent", "pension_age", "single_pension_age"),
        ("couple", "18_to_24", "couple_18_each"),
        ("couple", "pension_age", "couple_pension_age_each"),
    ],
)
def test_the_guarantee_starts_from_who_somebody_lives_with_and_their_age(
    household: str, age: str, figure: str
) -> None:
    found = worked_out(household=household, age=age, children=int(household == "lone_parent"))
    assert found.of_kind("allowance")[0].rule == figure


def test_benefits_bring_their_premiums_below_pension_age_only() -> None:
    benefit: dict[str, Any] = {"income": [{"kind": "pip_daily_enhanced"}, {"kind": "carers_allowance"}]}
    young = [step.rule for step in worked_out(**benefit).of_kind("allowance")]
    old = [step.rule for step in worked_out(**benefit, age="pension_age").of_kind("allowance")]
    assert young[1:] == ["disability_premium_single", "enhanced_disability_premium_single", "carer_premium"]
    assert old[1:] == ["carer_premium"]


def test_the_steps_add_up_to_what_is_paid_and_the_statement_to_the_cost() -> None:
    found = worked_out(**PENSIONER)
    assert found.status == "pays"
    # 241.30 + 69.23 + 114.60 - 241.45 - 40.00 - 7.50
    assert found.contribution == Decimal("136.18")
    assert sum(step.amount or 0 for step in found.steps) == found.contribution
    assert found.statement == (Decimal(300), Decimal("136.18"), Decimal("163.82"))


def test_a_rate_of_the_year_stands_in_for_an_amount() -> None:
    old = worked_out("2024/25", income=[{"kind": "attendance_higher"}])
    new = worked_out("2026/27", income=[{"kind": "attendance_higher"}])
    assert amount_of(old, "attendance_higher") == Decimal("108.55")
    assert amount_of(new, "attendance_higher") == Decimal("114.60")


def test_savings_above_the_upper_limit_pay_the_whole_cost() -> None:
    at_limit = worked_out(**PENSIONER, capital=[{"amount": "23250"}])
    above = worked_out(**PENSIONER, capital=[{"amount": "23250.01"}])
    assert at_limit.status == "pays"
    assert (above.status, above.contribution) == ("full_cost", Decimal(300))
    assert above.statement is not None
    assert above.statement.council == 0


def test_the_full_cost_of_support_of_unknown_cost_is_not_nought_pounds() -> None:
    found = worked_out(capital=[{"amount": "30000"}])
    assert found.status == "full_cost"
    assert found.contribution is None
    assert found.statement is None


def test_the_home_somebody_lives_in_does_not_count() -> None:
    found = worked_out(**PENSIONER, capital=[{"kind": "main_home", "amount": "300000"}, {"amount": "15250"}])
    assert found.capital == 15250
    assert found.tariff == 4
    assert found.contribution == Decimal("140.18")


def test_a_couple_counts_its_own_half() -> None:
    found = worked_out(
        household="couple",
        age="pension_age",
        capital=[{"amount": "30000", "share": "joint"}],
        income=[{"kind": "private_pension", "amount": "500", "share": "joint"}],
        housing=[{"kind": "council_tax", "amount": "31.01", "share": "joint"}],
        support=[{"amount": "200"}],
    )
    assert found.capital == 15000
    # 250 and 3 for savings, less 184.30 to live on and 15.51 for half the council tax.
    assert found.contribution == Decimal("53.19")
    assert found.caveats


def test_half_is_for_couples_only() -> None:
    with pytest.raises(ValidationError, match="only a couple"):
        told(income=[{"kind": "other", "amount": "1", "share": "joint"}])


def test_help_with_the_rent_comes_off_the_rent_and_never_more_than_it() -> None:
    rent = [{"kind": "rent", "amount": "100"}]
    paid = worked_out(**PENSIONER | {"housing": rent, "housing_help": [{"amount": "60"}]})
    same = worked_out(**PENSIONER | {"housing": [{"kind": "rent", "amount": "40"}]})
    none = worked_out(**PENSIONER | {"housing": rent, "housing_help": [{"amount": "900"}]})
    assert paid.contribution == same.contribution
    assert none.contribution == worked_out(**PENSIONER | {"housing": []}).contribution


def test_parts_of_some_incomes_do_not_count() -> None:
    found = worked_out(
        income=[{"kind": "war_widow", "amount": "60"}, {"kind": "savings_credit", "amount": "5"}]
    )
    off = {step.rule: step.amount for step in found.of_kind("not_counted")}
    assert off == {"war_widow": Decimal("-10.00"), "savings_credit_single": Decimal("-5.00")}


def test_a_missing_figure_is_told_and_nothing_stands_in() -> None:
    rules = charging()
    rates = rules.rates_of("2026/27")
    assert rates is not None
    figures = {name: rate for name, rate in rates.figures.items() if name != "carer_premium"}
    lacking = rates.model_copy(update={"figures": figures})
    found = estimate(told(income=[{"kind": "carers_allowance"}]), rules, lacking)
    assert (found.status, found.missing) == ("cannot_say", ("carer_premium",))
    assert found.contribution is None


def test_derived_figures_are_named_when_they_were_used_and_only_then() -> None:
    assert worked_out(**PENSIONER).derived == ()
    assert worked_out(income=[{"kind": "pip_daily_standard"}]).derived == ("disability_premium_single",)


@pytest.mark.parametrize(
    ("benefit", "asked"),
    [("attendance_lower", True), ("pip_daily_standard", True), ("dla_care_lowest", True), ("esa", False)],
)
def test_the_costs_of_a_disability_are_asked_for_whenever_its_benefit_is_counted(
    benefit: str, asked: bool
) -> None:
    found = worked_out(income=[{"kind": benefit, "amount": "30"}])
    assert found.disability_expenses_asked is asked
    ignored = worked_out(income=[{"kind": benefit, "amount": "30"}], local={"disability_benefits": "ignored"})
    assert ignored.disability_expenses_asked is False


# What a council may decide itself. Before it decides, the pensioner has 136.18 left over.
@pytest.mark.parametrize(
    ("local", "pays"),
    [
        ({"percent": "75"}, "102.14"),
        ({"percent": "0"}, "0.00"),
        ({"smallest_charge": "136.18"}, "136.18"),
        ({"smallest_charge": "136.19"}, "0.00"),
        ({"largest_charge": "100"}, "100.00"),
        ({"extra_allowance": "5"}, "131.18"),
        ({"extra_allowance_percent": "10"}, "112.03"),
        ({"flat_disability_expenses": "10"}, "133.68"),
        ({"flat_disability_expenses": "7"}, "136.18"),
        ({"night_part": "ignored"}, "98.28"),
        ({"enhanced_part": "ignored"}, "98.28"),
        ({"disability_benefits": "ignored"}, "21.58"),
        ({"also_ignored": ["private_pension"]}, "66.95"),
        ({"weeks_in_year": "52.14"}, "135.99"),
    ],
)
def test_a_council_may_decide(local: dict[str, Any], pays: str) -> None:
    assert worked_out(**PENSIONER, local=local).contribution == Decimal(pays)


def test_the_part_for_the_night_counts_when_the_council_helps_at_night() -> None:
    found = worked_out(**PENSIONER, night_care=True, local={"night_part": "ignored"})
    assert found.contribution == Decimal("136.18")


def test_a_higher_limit_lets_people_keep_more_savings() -> None:
    found = worked_out(
        **PENSIONER, capital=[{"amount": "24000"}], local={"upper_capital": "30000", "lower_capital": "20000"}
    )
    assert found.status == "pays"
    assert found.tariff == 16


@pytest.mark.parametrize(
    ("way", "cost", "status", "pays"),
    [
        ("savings_above_limit", "300", "full_cost", "300"),
        ("not_told", "300", "full_cost", "300"),
        ("basic_benefits", "300", "pays_nothing", "0"),
        ("small_support", "20", "full_cost", "20"),
        ("small_support", "20.01", "pays_nothing", "0"),
    ],
)
def test_a_light_touch_asks_for_no_more_than_is_needed(way: str, cost: str, status: str, pays: str) -> None:
    found = worked_out(assessment=way, support=[{"amount": cost}])
    assert (found.status, found.contribution) == (status, Decimal(pays))


@pytest.mark.parametrize(
    ("support", "is_free"),
    [
        ({"kind": "reablement", "amount": "200", "week": 6}, True),
        ({"kind": "reablement", "amount": "200", "week": 7}, False),
        ({"kind": "equipment", "amount": "999.99", "every": "once"}, True),
        ({"kind": "equipment", "amount": "1000.01", "every": "once"}, False),
        ({"kind": "aftercare", "amount": "200"}, True),
        ({"kind": "cjd", "amount": "200"}, True),
        ({"kind": "support", "amount": "200"}, False),
    ],
)
def test_some_help_is_free(support: dict[str, Any], is_free: bool) -> None:
    rich = worked_out(capital=[{"amount": "90000"}], support=[support, {"amount": "10"}])
    assert bool(rich.free) is is_free
    weekly = 0 if is_free or support.get("every") == "once" else 200
    assert rich.contribution == weekly + 10
