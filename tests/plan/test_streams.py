"""A budget of several parts, and awards with an end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.budget.rules import StreamResult
from portal.pack.choices import StreamUse
from portal.pack.scheme.parts import Year
from portal.pack.text import Words
from portal.plan.rules.awards import award_ends, last_award_ends
from portal.plan.rules.lines import Line
from portal.plan.rules.offers import from_budget
from portal.plan.rules.streams import stream_a_week, stream_totals
from portal.plan.rules.totals import totals

YEAR = Year(weeks=Decimal(52))
OWN = frozenset({"own"})


def stream(id: str, amount: str, period: str = "week") -> StreamResult:
    made: dict[str, Any] = dict.fromkeys(StreamResult._fields)
    made |= {"id": id, "title": Words(text=id), "status": "figure", "period": period}
    return StreamResult(**made | {"amount": Decimal(amount)})


def hours(stream_id: str | None, quantity: str, route: str = "council", workers: int = 1) -> Line:
    return Line(
        id=f"{stream_id}{quantity}",
        kind="hours",
        what="Help",
        quantity=Decimal(quantity),
        workers=workers,
        price=Decimal(15),
        stream=stream_id,
        route=route,
    )


def test_each_part_keeps_its_own_account_and_the_lines_of_no_part_come_last() -> None:
    offered = [stream("care", "100"), stream("housing", "72", "four_weeks")]
    lines = [hours("care", "2"), hours("housing", "2"), hours(None, "1"), hours("care", "1", route="own")]
    found = stream_totals(offered, lines, YEAR, OWN)
    assert [(one.stream, one.weekly, one.planned) for one in found] == [
        ("care", Decimal(100), Decimal(30)),
        ("housing", Decimal(18), Decimal(30)),
        (None, None, Decimal(15)),
    ]
    assert [one.left for one in found] == [Decimal(70), Decimal(-12), None]


def test_what_is_paid_once_stays_apart_from_the_week() -> None:
    grant = stream("grant", "7200", "one_off")
    ramp = Line(id="r", kind="equipment", what="A ramp", price=Decimal(7000), stream="grant", route="council")
    assert stream_a_week(grant, YEAR) is None
    (found,) = stream_totals([grant], [ramp], YEAR, OWN)
    assert (found.once, found.planned_once, found.planned) == (Decimal(7200), Decimal(7000), Decimal(0))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            hours,
            st.sampled_from([None, "care", "housing", "gone"]),
            st.integers(0, 40).map(str),
            st.sampled_from(["council", "own"]),
            st.integers(1, 4),
        ),
        max_size=10,
    )
)
def test_the_parts_together_are_what_the_budget_pays(lines: list[Line]) -> None:
    parts = stream_totals([stream("care", "1"), stream("housing", "1")], lines, YEAR, OWN)
    assert sum(part.planned for part in parts) == totals(lines, YEAR.weeks, OWN).weekly_from_budget


def test_other_public_money_is_not_taken_from_the_budget() -> None:
    lines = [hours(None, "2"), hours(None, "1", route="nhs")]
    sums = totals(lines, YEAR.weeks, frozenset({"own", "nhs"}))
    assert (sums.weekly, sums.weekly_from_budget) == (Decimal(45), Decimal(30))


def award(**more: Any) -> Line:
    known: dict[str, Any] = {"award_months": Decimal(12), "longest_months": Decimal(60)}
    known["starts"] = date(2026, 11, 22)
    return Line(id="a", kind="award", what="Grant", **known | more)


def test_an_award_ends_when_it_is_over_and_may_be_given_again_up_to_a_limit() -> None:
    assert award_ends(award()) == date(2027, 11, 21)
    assert last_award_ends(award()) == date(2031, 11, 21)
    assert award_ends(award(ends=date(2027, 1, 1))) == date(2027, 1, 1)
    assert award_ends(award(starts=None)) is None
    assert last_award_ends(award(longest_months=None)) is None


def test_without_a_budget_no_part_of_one_is_offered() -> None:
    assert from_budget(None, [StreamUse(id="grant", line="award")]) == ()
