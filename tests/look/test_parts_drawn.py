"""Lists, sums and boards say in words what they show."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag

from portal.steps import Entry, Progress, State
from tests.look.conftest import Draw

METER = "{% from 'components/money.html' import meter %}{{ meter(planned, budget) }}"
RECEIPT = "{% from 'components/money.html' import receipt %}{{ receipt(lines, 'Indicative budget', total) }}"


def words(page: Tag | None) -> str:
    assert page is not None
    return " ".join(page.get_text(" ").split())


def widths(page: BeautifulSoup, name: str) -> list[float]:
    return [float(str(shape["width"]).removesuffix("%")) for shape in page.select(name)]


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        ("200", "You have planned £200.00 of £250.00 a week. You have £50.00 left."),
        ("250", "You have planned £250.00 a week. That is the whole of your indicative budget."),
        ("300", "You have planned £300.00 of £250.00 a week. That is £50.00 over."),
        ("0", "You have planned £0.00 of £250.00 a week. You have £250.00 left."),
    ],
)
def test_the_meter_says_what_is_left_or_over(draw: Draw, planned: str, said: str) -> None:
    page = draw(METER, planned=Decimal(planned), budget=Decimal(250))
    assert words(page) == said
    assert bool(page.select(".meter-over")) == (Decimal(planned) > 250)


def test_the_meter_fills_in_proportion(draw: Draw) -> None:
    assert widths(draw(METER, planned=Decimal(50), budget=Decimal(200)), ".meter-fill") == [25]
    over = draw(METER, planned=Decimal(400), budget=Decimal(100))
    assert widths(over, ".meter-fill") == [25]
    assert 25 + widths(over, ".meter-over")[0] <= 100


def test_a_plan_without_costs_and_without_budget_can_be_drawn(draw: Draw) -> None:
    page = draw(METER, planned=Decimal(0), budget=Decimal(0))
    assert "planned nothing that costs money" in words(page)
    assert page.svg is None


def test_a_receipt_lists_every_line_and_the_total_last(draw: Draw) -> None:
    lines = [
        {"words": "Meals", "note": "4 points at £5.50", "points": "4", "amount": Decimal(22), "change": "/m"},
        {"words": "Help from your daughter", "amount": Decimal("-2.5")},
        {"words": "Nothing is rounded", "amount": None},
    ]
    page = draw(RECEIPT, lines=lines, total=Decimal("19.5"))
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.select("tr")]
    assert rows == [
        ["Your answer", "Points", "A week"],
        ["Meals 4 points at £5.50 Change : Meals", "4", "£22.00"],
        ["Help from your daughter", "", "£-2.50"],
        ["Nothing is rounded", "", ""],
        ["Indicative budget", "£19.50"],
    ]
    assert [words(row.th) for row in page.select("tr.taken")] == ["Help from your daughter"]
    assert page.select_one("tfoot th[colspan='2']")


def test_a_receipt_without_points_has_no_column_for_them(draw: Draw) -> None:
    page = draw(RECEIPT, lines=[{"words": "Meals", "amount": Decimal(22)}], total=Decimal(22))
    assert [words(head) for head in page.select("thead th")] == ["Your answer", "A week"]
    assert not page.select("[colspan]")


def test_bars_carry_their_numbers_and_start_at_nought(draw: Draw) -> None:
    rows = [
        {"words": "Going out", "amount": Decimal(80)},
        {"words": "Washing", "amount": Decimal(20)},
        {"words": "Meals", "amount": Decimal(0)},
    ]
    page = draw("{% from 'components/money.html' import bars %}{{ bars(rows, 'By need') }}", rows=rows)
    assert [words(cell) for cell in page.select("tbody td")] == ["£80.00", "£20.00", "£0.00"]
    assert widths(page, "rect") == [100, 25, 0]
    assert all(drawing["aria-hidden"] == "true" for drawing in page.select("svg"))


def test_a_task_that_cannot_start_is_no_link_and_says_why(draw: Draw) -> None:
    entries = (
        Entry("Your needs", "/assessment/check", Progress(State.DONE)),
        Entry("Your budget", "/budget", Progress(State.CANNOT_START, "Answer the questions first")),
    )
    source = "{% from 'components/lists.html' import task_list %}{{ task_list(groups) }}"
    page = draw(source, groups=[("First", entries)])
    rows = page.select("li")
    assert words(rows[0]) == "Your needs Done"
    link = rows[0].a
    assert link
    assert words(page.find(id=link["aria-describedby"])) == "Done"
    assert not rows[1].a
    assert words(rows[1]) == "Your budget Answer the questions first Cannot start yet"


def test_answers_say_what_a_link_changes(draw: Draw) -> None:
    rows = [
        {"key": "Meals", "value": "A little help", "href": "/m"},
        SimpleNamespace(key="What is hard", value=("Pain", "Time")),
        {"key": "What matters", "value": ""},
    ]
    source = "{% from 'components/lists.html' import summary_list %}{{ summary_list(rows) }}"
    page = draw(source, rows=rows)
    assert [words(link) for link in page.select("a")] == ["Change : Meals"]
    assert [words(value) for value in page.select("dd:not(.acts)")] == [
        "A little help",
        "Pain Time",
        "Not answered",
    ]


def test_a_need_that_nothing_meets_says_so(draw: Draw) -> None:
    source = (
        "{% from 'components/board.html' import need_card %}"
        "{% call need_card('Going out', quote='<i>far</i>', empty=empty) %}Add support{% endcall %}"
    )
    said = "Nothing meets this need yet."
    assert words(draw(source, empty=True)) == f"Going out “<i>far</i>” {said} Add support"
    assert words(draw(source, empty=False)) == "Going out “<i>far</i>” Add support"


def test_a_table_has_heads_for_its_columns_and_rows(draw: Draw) -> None:
    source = (
        "{% from 'components/tables.html' import table %}"
        "{{ table('Prices', ['What', 'A visit'], [('Agency', '£24.00')], numbers=(1,)) }}"
    )
    page = draw(source)
    assert words(page.caption) == "Prices"
    assert [head["scope"] for head in page.select("th")] == ["col", "col", "row"]
    assert [words(cell) for cell in page.select(".number")] == ["A visit", "£24.00"]


@pytest.mark.parametrize(
    ("kind", "said"), [("info", "Good to know:"), ("warning", "Warning:"), ("success", "Done:")]
)
def test_a_notice_says_its_kind_in_words(draw: Draw, kind: str, said: str) -> None:
    source = "{% from 'components/layout.html' import notice %}{% call notice(kind) %}Look{% endcall %}"
    assert words(draw(source, kind=kind)) == f"{said} Look"


def test_a_form_carries_its_token_and_leaves_its_errors_to_us(draw: Draw) -> None:
    source = (
        "{% from 'components/layout.html' import form_start, form_end, button %}"
        "{{ form_start('/plan') }}{{ button('Save') }}{{ form_end() }}"
    )
    form = draw(source).form
    assert form
    assert (form["method"], form["action"]) == ("post", "/plan")
    assert form.has_attr("novalidate")
    token = form.select_one("input[name=csrf_token]")
    assert token
    assert token["value"] == "token"
