"""The mix of money: each line its own route, and what each route needs."""

from __future__ import annotations

from flask import Flask

from tests.browsing import Page, Visitor
from tests.plan.conftest import Kept

CLOSE = "Help to cook: a direct payment cannot pay somebody this close, unless it is necessary"


def add(planner: Visitor, what: str, route: str, price: str = "15") -> Page:
    """A line of two hours a week, as far as its days."""
    fields = {"what": what, "who": "Anna", "quantity": "2", "price": price, "route": route}
    return planner.send("/plan/line/new?kind=hours", fields)


def cards(page: Page) -> dict[str, str]:
    """What each card says, by its heading."""
    found = page.soup.select("section.card")
    return {card.select("h2")[0].get_text(): " ".join(card.get_text(" ").split()) for card in found}


def test_each_route_has_its_total_by_the_week_and_by_four_weeks(planner: Visitor) -> None:
    add(planner, "Help to cook", "direct_payment")
    add(planner, "Help to clean", "card", "20")
    add(planner, "A nurse", "health", "30")
    add(planner, "A class", "own", "4")
    page = planner.page("/plan/money")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.soup.select("table tr")]
    assert rows[1:] == [
        ["Direct payment", "£30.00", "£120.00", "£0.00"],
        ["Prepaid card", "£40.00", "£160.00", "£0.00"],
        ["NHS", "£60.00", "£240.00", "£0.00"],
        ["My own money", "£8.00", "£32.00", "£0.00"],
        ["Together", "£138.00", "£552.00", "£0.00"],
    ]
    told = cards(page)
    assert "£120.00 every 4 weeks" in told["Direct payment"]
    assert "It is not taken from your budget." in told["NHS"]
    assert "It is not taken from your budget." in told["My own money"]
    assert "You have planned £70.00" in planner.page("/plan").words


def test_a_new_line_with_a_direct_payment_asks_who_is_paid(planner: Visitor, kept: Kept) -> None:
    when = add(planner, "Help to cook", "direct_payment")
    paid = planner.send(planner.send(when))
    assert paid.heading == "Who is paid?"
    assert "care home" not in paid.words, "help by the hour is no stay there"
    board = planner.send(paid, {"payee": "nobody_close"})
    assert board.address == "/plan"
    assert kept.lines()[0].payee == "nobody_close"


def test_close_family_in_the_same_home_is_told_the_rule_and_an_officer_may_allow_it(
    app: Flask, planner: Visitor, kept: Kept
) -> None:
    add(planner, "Help to cook", "direct_payment")
    (line,) = kept.lines()
    address = f"/plan/line/{line.id}/paid"
    page = planner.send(address, {"payee": "close_family"})
    assert (page.status, page.errors) == (422, ["Say whether they live with you"])
    planner.send(address, {"payee": "close_family", "same_home": "yes"})
    asked = planner.page(address)
    assert "A direct payment cannot pay this person." in asked.words
    assert "The council can allow it if there is no other good way." in asked.words
    told = cards(planner.page("/plan/money"))["Direct payment"]
    assert f"{CLOSE} The plan cannot be agreed like this." in told

    ask = planner.send(f"/plan/line/{line.id}/necessary")
    assert ask.errors == ["Say why it is necessary"]
    asked = planner.send(ask, {"why": "She speaks Twi."})
    assert "It has not answered yet." in asked.words
    assert "you asked the council if it is necessary" in planner.page("/plan/ready").words

    officer = Visitor(app, app.response_class)
    officer.environ_base["HTTP_REFERER"] = "https://localhost/"
    officer.send("/", to="/demo/officer")
    waiting = officer.page("/plan/asked")
    request = next(link for link in waiting.links if link.startswith("/plan/asked/"))
    one = officer.page(request)
    assert "She speaks Twi." in one.words and "Help to cook" in one.words
    assert officer.send(one).errors == ["Select yes or no", "Say why", "Say what your role is"]
    decided = {"decided": "no", "reason": "Bright Homes has somebody who does.", "role": "Manager"}
    assert "Nobody waits." in officer.send(request, decided).words
    assert "the council says it is not necessary" in planner.page("/plan/ready").words
    assert "Bright Homes has somebody who does." in planner.page("/document/check").words

    planner.send(f"/plan/line/{line.id}/necessary", {"why": "Bright Homes has closed."})
    assert request not in officer.page("/plan/asked").links
    request = next(link for link in officer.page("/plan/asked").links if link.startswith("/plan/asked/"))
    officer.send(request, {"decided": "yes", "reason": "Nobody else speaks her language.", "role": "Manager"})
    told = cards(planner.page("/plan/money"))["Direct payment"]
    assert CLOSE not in told
    assert "Nobody else speaks her language." in told
    trail = [action for action in kept.trail(f"line {line.id}") if action in {"ask", "allow", "refuse"}]
    assert trail == ["ask", "refuse", "ask", "allow"]

    planner.send(address, {"payee": "spouse"})
    assert CLOSE in cards(planner.page("/plan/money"))["Direct payment"], "it was about somebody else"


def test_how_a_direct_payment_is_held_starts_with_the_councils_rule_and_is_kept(planner: Visitor) -> None:
    add(planner, "Help to cook", "direct_payment")
    page = planner.page("/plan/money/direct_payment")
    assert page.filled()["every"] == "four_weeks"
    page = planner.send(page, {"receiver": "nominated"})
    assert (page.status, page.errors) == (422, ["Write the name of who receives it"])
    said = {"receiver": "nominated", "receiver_name": "Ann Lee", "receiver_agrees": "y", "capacity": "yes"}
    told = cards(planner.send("/plan/money/direct_payment", {**said, "net": "gross"}))["Direct payment"]
    assert "say who receives the money" not in told
    filled = planner.page("/plan/money/direct_payment").filled()
    assert (filled["receiver_name"], filled["net"]) == ("Ann Lee", "gross")
    assert "The name of who receives it Ann Lee" in told


def test_a_fund_names_its_provider_or_asks_for_one(planner: Visitor) -> None:
    add(planner, "Help to cook", "isf")
    assert "name the provider who holds the money, or ask for one" in planner.page("/plan/money").words
    page = planner.page("/plan/money/isf")
    assert "up to 4 weeks of money" in page.filled()["surplus"]
    assert "Mere Care" in page.words
    planner.send(page, {"asks_for_one": "y"})
    assert "or ask for one" not in planner.page("/plan/money").words


def test_a_card_page_says_that_a_bank_account_is_always_on_offer(planner: Visitor) -> None:
    assert "A card is never the only way." in planner.page("/plan/money/card").words
    assert planner.get("/plan/money/council").status_code == 404
    assert planner.get("/plan/money/nothing").status_code == 404
