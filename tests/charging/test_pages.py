"""What you may have to pay, in the journey: optional, apart, a question on a page, every step shown."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.charging.records import Money
from tests.browsing import Fields, Page, Visitor
from tests.visiting import begin

PENSIONER: tuple[tuple[str, Fields], ...] = (
    ("pay_savings_band", {"pay_savings_band": "middle"}),
    ("pay_savings", {"pay_savings": "15,000"}),
    ("pay_household", {"pay_household": "single"}),
    ("pay_age", {"pay_age": "pension_age"}),
    ("pay_income", {"pay_income": ["state_pension", "attendance_lower", "earnings"]}),
    ("pay_state_pension", {"pay_state_pension": "241.30", "pay_state_pension-every": "week"}),
    ("pay_housing", {"pay_housing-rent": "40", "pay_housing-rent-every": "week"}),
    ("pay_disability", {}),
)


def told(visitor: Visitor) -> Page:
    """Tell everything as a pensioner; what it comes to."""
    page = visitor.page("/paying/pay_savings_band")
    for question, fields in PENSIONER:
        assert page.address == f"/paying/{question}", page.errors
        page = visitor.send(page, _named(page, fields), to=f"/paying/{question}")
    return page


def _named(page: Page, fields):
    """The fields by the names they have on the page."""
    names = {str(each["name"]) for each in page.soup.select("main [name]")}
    assert set(fields) <= names, sorted(names)
    return fields


def row_of(visitor: Visitor, title: str = "What you may have to pay") -> str:
    tasks = visitor.page("/tasks")
    rows = [row.get_text(" ", strip=True) for row in tasks.soup.select("ul.tasks li")]
    return next(row for row in rows if row.startswith(title))


def test_nobody_is_asked_about_money_before_their_needs(client: Visitor) -> None:
    begin(client)
    assert "Cannot start yet" in row_of(client)
    for address in ("/paying", "/paying/pay_savings_band", "/paying/result"):
        assert client.page(address).address == "/tasks"


def test_it_can_be_left_out_and_taken_up_again(visitor: Visitor) -> None:
    assert "Not started" in row_of(visitor)
    start = visitor.page("/paying")
    after = visitor.send(start, to="/paying/skip")
    assert after.address.startswith("/choices")
    row = row_of(visitor)
    assert "Done" in row
    assert "You can still do it." in row
    assert visitor.page("/paying/pay_savings_band").heading == "How much money do you have in savings?"


def test_it_stands_between_the_budget_and_the_choices(visitor: Visitor) -> None:
    assert visitor.send("/budget", to="/budget").address == "/paying"
    assert "/budget" in visitor.page("/paying").links


def test_the_figure_with_every_step_and_who_pays_what(visitor: Visitor) -> None:
    page = told(visitor)
    assert page.address == "/paying/result"
    # 241.30 + 76.70 + 3 for savings - 241.45 - 40
    assert [words.get_text(strip=True) for words in page.soup.select(".figure-sum")] == [
        "About £39.55 a week"
    ]
    rows = [row.get_text(" ", strip=True) for row in page.soup.select(".receipt tbody tr")]
    assert [row.split()[-1] for row in rows if "£" in row.split()[-1]] == [
        "£241.30",
        "£76.70",
        "£3.00",
        "−£241.45",
        "−£40.00",
    ]
    assert [total.get_text(strip=True) for total in page.soup.select(".receipt tfoot td")] == ["£39.55"]
    assert "This is an estimate. The council must confirm it." in page.words
    assert "You pay £39.55 and the council pays" in page.words


def test_it_is_done_once_it_was_told_and_open_again_when_an_answer_changes(visitor: Visitor) -> None:
    after = visitor.send(told(visitor), to="/paying/result")
    assert after.address.startswith("/choices")
    assert row_of(visitor).endswith("Done")
    back = visitor.send(
        "/paying/pay_age?from=result", {"pay_age": "25_to_pension"}, to="/paying/pay_age?from=result"
    )
    assert back.address == "/paying/result"
    assert "In progress" in row_of(visitor)


def test_much_in_savings_asks_for_nothing_more(visitor: Visitor) -> None:
    first = visitor.page("/paying/pay_savings_band")
    page = visitor.send(first, {"pay_savings_band": "high"}, to=first.address)
    assert page.address == "/paying/result"
    assert "You may have to pay for all of your support yourself." in page.words


def test_who_would_rather_not_say_is_told_what_follows(visitor: Visitor) -> None:
    first = visitor.page("/paying/pay_savings_band")
    page = visitor.send(first, {"pay_savings_band": "rather-not-say"}, to=first.address)
    assert "Without knowing about your money, we have to ask you for the full cost." in page.words


def test_what_is_wrong_is_said_and_what_is_right_is_kept(visitor: Visitor) -> None:
    visitor.send("/paying/pay_savings_band", {"pay_savings_band": "middle"}, to="/paying/pay_savings_band")
    wrong = visitor.send("/paying/pay_savings", {"pay_savings": "a bit"}, to="/paying/pay_savings")
    assert wrong.status == 422
    assert wrong.errors == ["Enter an amount in pounds, like 12.50"]


@pytest.mark.parametrize("benefit", ["attendance_lower", "pip_daily_enhanced", "dla_care_lowest"])
def test_the_costs_of_a_disability_are_asked_for_with_each_benefit_for_care(
    visitor: Visitor, benefit: str
) -> None:
    for question, fields in (
        ("pay_savings_band", {"pay_savings_band": "low"}),
        ("pay_household", {"pay_household": "single"}),
        ("pay_age", {"pay_age": "25_to_pension"}),
        ("pay_income", {"pay_income": [benefit]}),
        ("pay_housing", {}),
    ):
        page = visitor.send(f"/paying/{question}", fields, to=f"/paying/{question}")
    assert page.address == "/paying/pay_disability"


def test_it_changes_neither_needs_nor_budget(visitor: Visitor) -> None:
    before = visitor.page("/budget").words
    told(visitor)
    assert visitor.page("/budget").words == before


def test_what_was_told_about_money_can_be_deleted(visitor: Visitor, app) -> None:
    page = told(visitor)
    assert visitor.send(page, to="/paying/forget").address == "/paying"
    with Session(app.extensions["engine"], info={**app.extensions["session_info"]}) as session:
        assert session.execute(select(Money)).first() is None


def test_figures_that_were_derived_show_their_banner(visitor: Visitor) -> None:
    for question, fields in (
        ("pay_savings_band", {"pay_savings_band": "low"}),
        ("pay_household", {"pay_household": "couple"}),
        ("pay_children", {"pay_children": "0"}),
        ("pay_age", {"pay_age": "25_to_pension"}),
        ("pay_income", {"pay_income": ["none"]}),
        ("pay_housing", {}),
    ):
        page = visitor.send(f"/paying/{question}", fields, to=f"/paying/{question}")
    assert page.address == "/paying/result"
    assert "We worked out some figures of 2026/27 from the year before." in page.words
    assert "We looked at your own money only." in page.words


def test_a_question_that_is_not_there_is_said_plainly(visitor: Visitor) -> None:
    assert visitor.get("/paying/nowhere").status_code == 404
