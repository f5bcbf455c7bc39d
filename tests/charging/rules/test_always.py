"""What holds whatever somebody tells and whatever a council decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.charging.rules import tariff_income
from tests.charging.given import charging, worked_out

PENCE = st.integers(0, 90_000).map(lambda pence: f"{Decimal(pence) / 100:.2f}")
SAVINGS = st.integers(0, 3_000_000).map(lambda pence: f"{Decimal(pence) / 100:.2f}")
KINDS = [kind.id for kind in charging().counts.income]
YEARS = st.sampled_from([rates.year for rates in charging().rates])
ANYBODY = settings(max_examples=60, deadline=None)
EVERY = st.sampled_from(["week", "four_weeks", "month", "year"])


def some(kinds: list[str], shares: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {"kind": st.sampled_from(kinds), "amount": PENCE, "every": EVERY, "share": st.sampled_from(shares)}
    )
    return st.lists(one, max_size=4)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    household = draw(st.sampled_from(["single", "lone_parent", "couple"]))
    shares = ("own", "joint") if household == "couple" else ("own",)
    return {
        "household": household,
        "age": draw(st.sampled_from(["18_to_24", "25_to_pension", "pension_age"])),
        "children": draw(st.integers(int(household == "lone_parent"), 4)),
        "capital": [{"amount": draw(SAVINGS), "share": draw(st.sampled_from(shares))}],
        "income": draw(some(KINDS, shares)),
        "housing": draw(some(["rent", "council_tax"], shares)),
        "disability_expenses": draw(some(["laundry", "other"], shares)),
        "night_care": draw(st.booleans()),
        "support": [{"amount": draw(PENCE)}],
    }


LOCAL = st.fixed_dictionaries(
    {},
    optional={
        "percent": st.integers(0, 100).map(str),
        "smallest_charge": st.sampled_from(["0", "2.00", "5.00"]),
        "largest_charge": st.sampled_from(["50.00", "400.00"]),
        "extra_allowance": PENCE,
        "extra_allowance_percent": st.sampled_from(["0", "25"]),
        "night_part": st.sampled_from(["counted", "ignored"]),
        "enhanced_part": st.sampled_from(["counted", "ignored"]),
        "flat_disability_expenses": st.sampled_from(["0", "10.00"]),
        "upper_capital": st.sampled_from(["23250", "30000"]),
    },
)


@ANYBODY
@given(people(), LOCAL, YEARS)
def test_nobody_pays_less_than_nothing_or_more_than_the_cost_and_the_sums_add_up(
    person: dict[str, Any], local: dict[str, Any], year: str
) -> None:
    found = worked_out(year, **person, local=local)
    cost = Decimal(person["support"][0]["amount"])
    assert found.contribution is not None
    assert 0 <= found.contribution <= cost
    assert sum(step.amount or 0 for step in found.steps) == found.contribution
    assert found.steps[-1].running == found.contribution
    assert found.statement is not None
    assert found.statement.cost == cost == found.statement.person + found.statement.council
    assert (found.status == "pays_nothing") is (found.contribution == 0 and found.status != "full_cost")


@ANYBODY
@given(people(), LOCAL, st.integers(0, 3), PENCE)
def test_more_income_never_lowers_what_is_paid(
    person: dict[str, Any], local: dict[str, Any], place: int, more: str
) -> None:
    richer = {**person, "income": [dict(each) for each in person["income"]]}
    if place < len(richer["income"]):
        each = richer["income"][place]
        each["amount"] = str(Decimal(each["amount"]) + Decimal(more))
    else:
        richer["income"].append({"kind": "other", "amount": more})
    before, after = worked_out(**person, local=local), worked_out(**richer, local=local)
    if after.disability_expenses_asked == before.disability_expenses_asked:
        assert (after.contribution or 0) >= (before.contribution or 0)


@ANYBODY
@given(people(), LOCAL, SAVINGS)
def test_more_savings_never_lower_what_is_paid(
    person: dict[str, Any], local: dict[str, Any], more: str
) -> None:
    richer = {**person, "capital": [*person["capital"], {"amount": more}]}
    before, after = worked_out(**person, local=local), worked_out(**richer, local=local)
    assert (after.contribution or 0) >= (before.contribution or 0)


@ANYBODY
@given(people(), LOCAL, PENCE, PENCE, PENCE)
def test_pay_from_work_and_money_to_get_around_change_nothing(
    person: dict[str, Any], local: dict[str, Any], pay: str, pip: str, dla: str
) -> None:
    ignored = zip(("earnings", "pip_mobility", "dla_mobility"), (pay, pip, dla), strict=True)
    with_them = {
        **person,
        "income": [*person["income"], *({"kind": kind, "amount": sum_} for kind, sum_ in ignored)],
    }
    before, after = worked_out(**person, local=local), worked_out(**with_them, local=local)
    assert after.contribution == before.contribution


@ANYBODY
@given(people(), st.integers(0, 2_000_000))
def test_a_couples_joint_savings_are_those_of_one_with_half(person: dict[str, Any], pounds: int) -> None:
    couple = {**person, "household": "couple"}
    joint = worked_out(**{**couple, "capital": [{"amount": f"{2 * pounds}", "share": "joint"}]})
    own = worked_out(**{**couple, "capital": [{"amount": f"{pounds}"}]})
    assert (joint.capital, joint.tariff, joint.contribution) == (own.capital, own.tariff, own.contribution)


@ANYBODY
@given(people(), YEARS)
def test_what_is_left_is_never_below_the_guarantee(person: dict[str, Any], year: str) -> None:
    found = worked_out(year, **person)
    if found.status == "pays":
        counted = sum(step.amount or 0 for step in found.of_kind("income", "not_counted", "savings_income"))
        kept = -sum(step.amount or 0 for step in found.of_kind("allowance", "housing", "disability"))
        assert found.contribution is not None
        assert counted - found.contribution >= kept


@settings(max_examples=200, deadline=None)
@given(st.integers(1_425_001, 2_325_000))
def test_each_part_of_250_over_the_limit_is_a_pound(pence: int) -> None:
    capital = Decimal(pence) / 100
    pounds = tariff_income(capital, Decimal(14250), Decimal(23250))
    assert 250 * (pounds - 1) < capital - 14250 <= 250 * pounds
