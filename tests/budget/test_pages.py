"""The budget page: a figure, every line of its working, and links that come back here."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from portal.budget.pages import shares
from portal.budget.telling import ToldLine
from tests.browsing import Page, Visitor

PEOPLE = ("amina", "margaret", "joe", "grace")


def be(client: Visitor, name: str) -> None:
    start = client.page("/")
    (action,) = [f["action"] for f in start.soup.select("form") if f"/{name}" in str(f["action"]).lower()]
    client.send(start, to=str(action))


def pounds(words: str) -> Decimal:
    found = re.search(r"(\N{MINUS SIGN}?)£([\d,]+\.\d\d)", words)
    assert found is not None, words
    return Decimal(found[2].replace(",", "")) * (-1 if found[1] else 1)


def receipt(page: Page) -> tuple[list[Decimal], Decimal]:
    table = page.soup.select_one(".receipt table")
    assert table is not None
    lines = [pounds(row.select("td")[-1].get_text()) for row in table.select("tbody tr")]
    foot = table.select_one("tfoot td")
    assert foot is not None
    return lines, pounds(foot.get_text())


@pytest.mark.parametrize("name", PEOPLE)
def test_the_lines_add_up_to_the_figure_that_stands_at_the_top(client: Visitor, name: str) -> None:
    be(client, name)
    page = client.page("/budget")
    lines, total = receipt(page)
    assert len(lines) > 5
    assert sum(lines) == total
    figure = page.soup.select_one(".figure-sum")
    assert figure is not None and pounds(figure.get_text()) == total


@pytest.mark.parametrize("name", PEOPLE)
def test_the_picture_shows_the_same_money(client: Visitor, name: str) -> None:
    be(client, name)
    page = client.page("/budget")
    _lines, total = receipt(page)
    table = page.soup.select_one("table.bars")
    assert table is not None
    assert sum(pounds(cell.get_text()) for cell in table.select("tbody td")) == total


def test_it_is_called_indicative_and_may_go_up_or_down(client: Visitor) -> None:
    be(client, "margaret")
    words = client.page("/budget").words
    assert "indicative budget" in words
    assert "go up or down" in words
    assert "made up to show how it works" in words


def test_what_was_taken_off_for_help_stands_with_the_sum_before(client: Visitor) -> None:
    be(client, "margaret")
    page = client.page("/budget")
    taken = page.soup.select(".receipt tr.taken")
    assert taken
    assert all("Before this line it was £" in row.get_text() for row in taken)


def test_how_much_help_takes_off_can_be_checked_with_a_calculator(client: Visitor) -> None:
    be(client, "margaret")
    taken = [row.get_text(" ") for row in client.page("/budget").soup.select(".receipt tr.taken")]
    worked = [re.search(r"it was £([\d.]+)\. We take off (\d+)% of that\.", row) for row in taken]
    shares = [(Decimal(one[1]), Decimal(one[2]), row) for one, row in zip(worked, taken, strict=True) if one]
    assert shares
    for before, part, row in shares:
        assert f"\N{MINUS SIGN}£{before * part / 100:.2f}" in row


def test_needs_that_go_up_and_down_bring_a_warning(client: Visitor) -> None:
    be(client, "margaret")
    assert client.page("/budget").soup.select(".notice-warning")


def test_changing_an_answer_from_the_receipt_comes_back_to_the_budget(client: Visitor) -> None:
    be(client, "grace")
    before = receipt(client.page("/budget"))[1]
    page = client.send("/assessment/nutrition?from=budget", {"nutrition": "all"})
    assert page.address == "/budget"
    assert receipt(page)[1] > before


def test_the_figure_for_another_answer_is_what_it_becomes(client: Visitor) -> None:
    be(client, "grace")
    page = client.page("/budget/change")
    card = next(card for card in page.soup.select("section.card") if "from=budget" in str(card))
    link = card.select_one("a[href]")
    assert link is not None
    question = re.match(r"/assessment/(\w+)", str(link["href"]))
    assert question is not None
    told = card.select_one("li")
    assert told is not None
    answer = re.search(r"“(.+)”", told.get_text())
    assert answer is not None
    asked = BeautifulSoup(client.get(f"/assessment/{question[1]}").data, "html.parser")
    label = next(label for label in asked.select("label") if label.get_text(strip=True) == answer[1])
    option = asked.find(id=str(label["for"]))
    assert option is not None
    value = option["value"]
    after = client.send(f"/assessment/{question[1]}?from=budget", {question[1]: value})
    assert receipt(after)[1] == pounds(told.get_text())


def test_a_budget_is_kept_as_it_was_told_and_a_changed_answer_says_so(client: Visitor) -> None:
    be(client, "grace")
    client.send("/budget", to="/budget")
    row = next(
        li for li in client.page("/tasks").soup.select("li") if "Your indicative budget" in li.get_text()
    )
    assert "Done" in row.get_text()
    client.send("/assessment/nutrition?from=budget", {"nutrition": "all"})
    row = next(
        li for li in client.page("/tasks").soup.select("li") if "Your indicative budget" in li.get_text()
    )
    assert "Done" not in row.get_text()


def test_without_all_answers_there_is_no_figure_and_the_missing_ones_are_named(client: Visitor) -> None:
    client.send("/", to="/start")
    page = client.page("/budget")
    assert "£" not in page.words
    assert any(link.endswith("?from=budget") for link in page.links)
    assert "/assessment" in page.links
    assert "£0.00" not in client.page("/plan").words


def test_anybody_may_read_the_whole_scheme(client: Visitor) -> None:
    page = client.page("/budget/scheme")
    assert page.status == 200
    assert len(page.soup.select("table")) > 10


def few_needs(client: Visitor) -> Page:
    """The budget of somebody who manages nearly all of it: no right to support is likely."""
    be(client, "grace")
    for name in ("nutrition", "hygiene", "toilet", "clothing", "home_safety", "relationships", "community"):
        client.send(f"/assessment/{name}?from=budget", {name: "alone"})
    return client.page("/budget")


def test_answers_that_added_nothing_are_together_below_the_receipt(client: Visitor) -> None:
    page = few_needs(client)
    lines, total = receipt(page)
    assert Decimal(0) not in lines
    assert sum(lines) == total
    summary = next(each for each in page.soup.select("summary") if "added nothing" in each.get_text())
    listed = summary.find_parent("details").select("li a")  # type: ignore[union-attr]
    assert len(listed) >= 7
    assert all(str(link["href"]).endswith("?from=budget") for link in listed)


def test_a_figure_beside_no_likely_right_to_support_says_that_it_may_not_be_paid(client: Visitor) -> None:
    assert "not likely to have a right to paid support" in few_needs(client).words
    be(client, "margaret")
    assert "not likely" not in client.page("/budget").words


def test_the_picture_calls_the_one_thing_taken_off_by_its_name_in_the_receipt() -> None:
    def line(name: str, amount: str) -> ToldLine:
        return ToldLine(name, "", "", Decimal(amount), Decimal(0), "answer", name, name, None)

    drawn = shares((line("Getting dressed: some", "59.20"), line("Rounding to whole pounds", "-0.20")))
    assert [share.words for share in drawn] == ["Getting dressed", "Rounding to whole pounds"]


def test_help_that_also_brings_a_break_tells_that_its_money_would_fall_away(client: Visitor) -> None:
    be(client, "margaret")
    assert "Money for the carer, which falls away" in client.page("/budget").words


def test_somebody_made_up_who_has_seen_the_budget_has_read_what_comes_before_it(client: Visitor) -> None:
    be(client, "margaret")
    rows = {li.a.get_text(): li for li in client.page("/tasks").soup.select(".tasks li") if li.a is not None}
    for title in ("Check your answers", "Where you stand", "What may help you now"):
        assert "Done" in rows[title].get_text()
