"""The board of needs."""

from __future__ import annotations

from bs4 import Tag
from flask import Flask

from tests.browsing import Page, Visitor
from tests.plan.conftest import sample_at


def needs_on(page: Page) -> dict[str, Tag]:
    """The cards of the board by the name of the need."""
    return {card.select("h3")[0].get_text(): card for card in page.soup.select(".need") if card.h3}


def first_need(board: Page) -> str:
    """The outcome of the first need on the board."""
    link = next(link for link in board.links if link.startswith("/plan/line/new?need="))
    return link.rpartition("=")[2]


def add(planner: Visitor, kind: str, need: str, **fields: str) -> Page:
    """Add a line and go on as far as the page about days."""
    return planner.send(f"/plan/line/new?need={need}&kind={kind}", fields)


def test_a_need_that_nothing_meets_is_dashed_and_says_so(planner: Visitor) -> None:
    cards = needs_on(planner.page("/plan"))
    assert cards
    for card in cards.values():
        assert ("need-empty" in card["class"]) is ("Nothing meets this need yet." in card.get_text())
    assert any("need-empty" in card["class"] for card in cards.values())


def test_needs_stand_in_the_words_of_the_assessment(app: Flask, planner: Visitor) -> None:
    wanted = sample_at(app, "assessment_done")
    sample = next(one for one in app.extensions["pack"].samples if one.id == wanted)
    said = [str(kept) for question, kept in sample.answers.items() if question.endswith("_matters")]
    words = planner.page("/plan").words
    assert said
    assert [one for one in said if one in words] == said


def test_the_sentence_about_the_budget_comes_first(planner: Visitor) -> None:
    sentence = planner.page("/plan").soup.select("main p")[0]
    assert sentence.get_text().startswith("You have planned £0.00")


def test_support_takes_the_place_of_the_dashes(planner: Visitor) -> None:
    need = first_need(planner.page("/plan"))
    add(planner, "family", need, what="My sister cooks on Sundays", who="My sister")
    board = planner.page("/plan")
    card = board.soup.select(f"#{need} .need")[0]
    assert "need-empty" not in card["class"]
    assert "My sister cooks on Sundays" in card.get_text()
    assert "Free" in card.get_text()


def test_paid_support_is_added_up_by_the_week_and_by_route(planner: Visitor) -> None:
    need = first_need(planner.page("/plan"))
    add(planner, "hours", need, what="Help to cook", quantity="2", price="14.50", route="council")
    add(planner, "sum", need, what="Alarm", price="30", every="month", route="own")
    add(planner, "one_off", need, what="Perching stool", price="£45", route="council")
    board = planner.page("/plan")
    assert "You have planned £29.00" in board.words
    tables = {
        table.select("caption")[0].get_text(): [
            [cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr, tfoot tr")
        ]
        for table in board.soup.select("main table")
    }
    assert tables == {
        "Each week": [["Council", "£29.00"], ["My own money", "£6.92"], ["Together", "£35.92"]],
        "Paid once, apart from the weekly sum": [["Council", "£45.00"], ["Together", "£45.00"]],
    }
    told = "Of this, £29.00 a week is to come from your budget. The other £6.92 is your own money"
    assert all(told in planner.page(f"/plan{page}").words for page in ("", "/money", "/enough"))


def test_a_thing_without_a_price_is_told_and_not_counted_as_nought(planner: Visitor) -> None:
    need = first_need(planner.page("/plan"))
    add(planner, "hours", need, what="Help to cook", quantity="2", route="council")
    board = planner.page("/plan")
    assert "Price not known yet" in board.words
    assert "1 thing has no price yet. It is not in the sum." in board.words
    assert "Help to cook: say what it costs" in board.words


def test_a_line_for_two_needs_shows_its_price_once(planner: Visitor) -> None:
    board = planner.page("/plan")
    two = [link.rpartition("=")[2] for link in board.links if link.startswith("/plan/line/new?need=")][:2]
    when = add(
        planner, "hours", two[0], what="Help in the morning", quantity="7", price="16", route="council"
    )
    more = planner.send(when)
    planner.send(more, {"needs": two})
    board = planner.page("/plan")
    assert board.words.count("£112.00 a week") == 1
    assert board.words.count("Counted above") == 1


def test_a_plan_over_the_budget_is_allowed_and_asks_for_a_reason(planner: Visitor) -> None:
    need = first_need(planner.page("/plan"))
    add(planner, "hours", need, what="Somebody at all times", quantity="168", price="30", route="council")
    board = planner.page("/plan")
    assert "over." in board.words
    assert "You can still send your plan." in board.words
    asked = planner.page("/plan/over")
    assert "£5,040.00 a week" in asked.words
    board = planner.send(asked, {"words": "I cannot be left alone."})
    assert "I cannot be left alone." in board.words
    assert "Say why your plan costs more" not in board.words


def test_what_is_left_to_do_leads_to_where_it_is_done(planner: Visitor) -> None:
    board = planner.page("/plan")
    for link in board.soup.select("#left ~ ul a"):
        assert planner.get(str(link["href"])).status_code == 200
    assert board.soup.select("#left ~ ul a")


def test_a_need_that_somebody_meets_already_is_no_gap(planner: Visitor) -> None:
    board = planner.page("/plan")
    need = str(board.soup.select("[id]:has(> .need-empty)")[-1]["id"])
    board = planner.send(f"/plan/need/{need}/met", {"met_by": "carer"})
    card = board.soup.select(f"#{need} .need")[0]
    assert "need-empty" not in card["class"]
    assert "A family member or friend does this already" in card.get_text()


def test_own_words_are_changed_without_touching_the_assessment(planner: Visitor) -> None:
    need = first_need(planner.page("/plan"))
    before = planner.page(f"/plan/need/{need}")
    board = planner.send(before, {"words": "I want to bake bread."})
    assert "“I want to bake bread.”" in board.words
    board = planner.send(f"/plan/need/{need}", {"words": ""})
    assert "bake bread" not in board.words


def test_a_need_that_is_not_on_the_board_has_no_page(planner: Visitor) -> None:
    assert planner.get("/plan/need/flying").status_code == 404
    assert planner.get("/plan/line/new?need=flying").status_code == 404


def test_somebody_who_has_answered_nothing_is_shown_where_to_begin(client: Visitor) -> None:
    client.send("/", to="/start")
    board = client.page("/plan")
    assert "Your needs appear here" in board.words
    assert client.page("/plan/line/new?kind=family").heading == "Family or friends help"


def test_every_sample_has_a_board_without_faults(app: Flask, client: Visitor) -> None:
    for sample in app.extensions["pack"].samples:
        if sample.group == "carer":
            continue
        client.send("/", to=f"/demo/{sample.id}")
        assert client.page("/plan").heading == "Your support plan"
