"""Is the plan ready? What stops it, and what only warns."""

from __future__ import annotations

from decimal import Decimal

from portal.pack.support import MetBy
from portal.plan.rules.left import Left
from portal.plan.rules.lines import Line
from portal.plan.rules.needs import Need
from portal.plan.rules.ready import readiness
from tests.browsing import Visitor
from tests.plan.test_board import add, first_need


def need(met_by: MetBy | None = None, *lines: Line) -> Need:
    return Need("nutrition", eligible=True, words="-", met_by=met_by, lines=lines)


COOK = Line(id="a", kind="hours", what="Help", quantity=Decimal(1), price=Decimal(1), route="council")


def test_a_need_that_nothing_meets_stops_a_plan_until_the_person_asks_for_help_with_it() -> None:
    gap = need()
    found = readiness([gap], [], [Left("need_uncovered", need=gap)], [], [], strengths=True)
    assert not found.ready
    asked = need("to_find")
    found = readiness([asked], [], [Left("need_uncovered", need=asked)], [], [], strengths=True)
    assert found.ready
    assert [point.extra for point in found.warns] == ["gap"]


def test_cost_alone_never_stops_a_plan() -> None:
    covered = need(None, COOK)
    found = readiness([covered], [COOK], [Left("over")], [], [], strengths=True)
    assert found.ready
    assert [point.left.lack for point in found.warns if point.left] == ["over"]


def test_an_open_question_stops_and_only_paid_support_warns() -> None:
    found = readiness([need(None, COOK)], [COOK], [], [], ["q_change"], strengths=False)
    assert [point.question for point in found.stops] == ["q_change"]
    assert [point.extra for point in found.warns] == ["only_paid", "strengths"]


def test_a_plan_without_needs_cannot_be_sent() -> None:
    assert [point.extra for point in readiness([], [], [], [], [], strengths=True).stops] == ["no_needs"]


def test_the_page_leads_to_everything_that_is_open_and_says_who_may_agree(planner: Visitor) -> None:
    page = planner.page("/plan/ready")
    assert "must be settled before you can send your plan" in page.words
    assert "What your plan costs never stops you from sending it." in page.words
    assert "Who may agree your plan" in page.words
    for link in page.soup.select("#readiness li a"):
        assert planner.get(str(link["href"])).status_code == 200
    check = planner.page("/document/check")
    open_ = [link.get_text() for link in page.soup.select("#readiness li a")]
    assert [link.get_text() for link in check.soup.select("#readiness li a")] == open_
    printed = check.soup.select_one(".whole-plan .loud")
    assert printed is not None
    assert "Answer, or say that it is not needed: What is important to you?" in printed.get_text()


def test_whether_it_is_enough_is_told_in_words_and_never_says_to_cut(planner: Visitor) -> None:
    need_ = first_need(planner.page("/plan"))
    page = planner.page("/plan/enough")
    assert "What is left can stay for a bad week." in page.words
    add(planner, "hours", need_, what="Somebody at all times", quantity="168", price="30", route="council")
    page = planner.page("/plan/enough")
    assert "Over the budget" in page.words
    assert "You can ask for more" in page.words
    assert "cut" not in page.words


def test_a_line_of_the_budget_can_be_disagreed_with_and_the_figure_stays(planner: Visitor) -> None:
    before = planner.page("/budget")
    figure = before.soup.select(".figure-sum")[0].get_text()
    link = next(link for link in before.links if link.startswith("/plan/disagree/"))
    page = planner.send(link, {"instead": ""})
    assert (page.status, page.errors) == (422, ["Say what you would say instead"])
    assert "In pounds a week. Leave this empty if you do not know." in page.words
    said = {"instead": "I need more help.", "cost": "50", "why": "It takes two people."}
    page = planner.send(planner.page(link), said, to=link)
    assert "I need more help." in page.words
    assert "You think it costs £50.00 a week." in page.words
    after = planner.page("/budget")
    assert after.soup.select(".figure-sum")[0].get_text() == figure
    assert "You disagree with 1 line." in after.words
    page = planner.send(planner.page(link), {}, to=f"{link}/withdraw")
    assert "I need more help." not in page.words
    assert planner.get("/plan/disagree/999").status_code == 404
