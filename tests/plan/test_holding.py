"""What the money of a route needs, and whom a direct payment may not pay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.pack.choices import Money, MoneyRoute
from portal.plan.rules.holding import Answer, Held, needed, of_line, payment, too_close
from portal.plan.rules.lines import Line, Payee, four_weekly

FIFTY_TWO = Decimal(52)
WORDS: dict[str, Any] = {"name": "-", "short": "-", "means": "-", "you_do": ["-"], "others_do": ["-"]}
ACCOUNT = {"id": "bank_account", "name": "-", "about": "-"}
DIRECT = MoneyRoute.model_validate({"id": "dp", "kind": "direct_payment", "payments": [ACCOUNT], **WORDS})
FUND = MoneyRoute.model_validate(
    {"id": "isf", "kind": "isf", "unspent": "-", "disputes": "-", "none_near": "-", **WORDS}
)
WHOLE = Held(receiver="me", capacity="yes", every="four_weeks", net="net")


def hours(**more: Any) -> Line:
    known: dict[str, Any] = {"needs": ("nutrition",), "payee": "nobody_close", "route": "dp"}
    known |= {"quantity": Decimal(2), "price": Decimal(15)}
    return Line(id="a", kind="hours", what="Help", **known | more)


def lacks(held: Held, *lines: Line, necessary: Mapping[str, Answer] | None = None) -> list[str]:
    return [one.lack for one in needed(DIRECT, held, lines, FIFTY_TWO, necessary or {})]


def test_a_direct_payment_that_says_everything_needs_nothing() -> None:
    assert lacks(WHOLE, hours()) == []


def test_a_direct_payment_without_a_word_asks_who_receives_it_and_whether_they_can() -> None:
    assert lacks(Held(), hours()) == ["receiver", "capacity"]


def test_somebody_who_receives_it_for_the_person_has_a_name_and_has_agreed() -> None:
    assert lacks(Held(**vars(WHOLE) | {"receiver": "nominated"}), hours()) == ["receiver_name"]
    named = vars(WHOLE) | {"receiver": "nominated", "receiver_name": "Ann"}
    assert lacks(Held(**named), hours()) == ["receiver_agrees"]
    assert lacks(Held(**named | {"receiver_agrees": True}), hours()) == []


def test_who_cannot_decide_needs_somebody_authorised() -> None:
    assert lacks(Held(**vars(WHOLE) | {"capacity": "no"}), hours()) == ["no_capacity"]
    authorised = {"capacity": "no", "receiver": "authorised", "receiver_name": "Ann"}
    assert lacks(Held(**vars(WHOLE) | authorised), hours()) == []


def test_the_plan_must_say_which_needs_and_what_amount() -> None:
    assert lacks(WHOLE, hours(needs=()), hours(price=None)) == ["amount", "needs"]


@pytest.mark.parametrize(
    ("payee", "same_home", "close"),
    [
        ("spouse", False, True),
        ("spouse", True, True),
        ("partner", False, True),
        ("close_family", True, True),
        ("close_family", False, False),
        ("other", True, False),
        ("nobody_close", True, False),
    ],
)
def test_a_spouse_is_too_close_wherever_they_live_and_close_family_in_the_same_home(
    payee: Payee, same_home: bool, close: bool
) -> None:
    line = hours(payee=payee, same_home=same_home)
    assert too_close(line) is close
    assert ("close_family" in lacks(WHOLE, line)) is close
    assert lacks(WHOLE, line, necessary={"a": "yes"}) == []
    assert ("close_family_no" in lacks(WHOLE, line, necessary={"a": "no"})) is close
    assert ("close_family_asked" in lacks(WHOLE, line, necessary={"a": "asked"})) is close


def test_too_close_and_too_long_in_a_care_home_stop_a_plan_and_the_rest_is_asked() -> None:
    found = of_line(DIRECT, hours(payee=None, care_home_weeks=Decimal(5)), {})
    assert [(one.lack, one.stops) for one in found] == [("payee", False), ("care_home", True)]
    assert of_line(DIRECT, hours(care_home_weeks=Decimal(4)), {}) == ()


def test_a_fund_needs_its_provider_surplus_day_and_what_to_do_in_a_dispute() -> None:
    found = needed(FUND, Held(), [hours(route="isf")], FIFTY_TWO, {})
    assert [one.lack for one in found] == ["provider", "surplus", "agreed_on", "disputes"]
    assert not any(one.stops for one in found)
    assert needed(FUND, Held(asks_for_one=True), [], FIFTY_TWO, {}) == ()
    whole = Held(provider="Mere Care", surplus="Saved", agreed_on=date(2026, 12, 1), disputes="Talk")
    assert needed(FUND, whole, [], FIFTY_TWO, {}) == ()


def test_what_was_kept_is_read_back_and_strange_names_are_left_out() -> None:
    assert Held.of({"receiver": "me", "agreed_on": "2026-12-01", "colour": "red", "net": None}) == Held(
        receiver="me", agreed_on=date(2026, 12, 1)
    )


def test_four_weeks_are_four_times_a_week_and_a_month_a_twelfth_of_a_year() -> None:
    weekly = Decimal("73.80")
    assert four_weekly(weekly) == payment(weekly, "four_weeks", FIFTY_TWO) == Decimal("295.20")
    assert payment(weekly, "week", FIFTY_TWO) == weekly
    assert payment(weekly, "month", FIFTY_TWO) == Decimal("319.80")


def test_a_card_without_a_bank_account_is_no_way_to_hold_money() -> None:
    card = {"id": "card", "kind": "card", **WORDS}
    with pytest.raises(ValueError, match="a card is offered without a bank account"):
        Money.model_validate({"about": "-", "mix": "-", "routes": [card]})
