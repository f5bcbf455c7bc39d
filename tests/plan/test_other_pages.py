"""What if things go wrong, who helped, when to look again; and how far the plan has come."""

from __future__ import annotations

import pytest

from tests.browsing import Page, Visitor
from tests.plan.conftest import Kept

ILL = {"wrong": "Anna is ill", "then": "My sister comes", "call": "My sister, 01632 960101"}


def status_of(tasks: Page, title: str) -> str:
    """How far a step has come, on the task list."""
    entry = next(entry for entry in tasks.soup.select(".tasks li") if title in entry.get_text())
    return entry.select(".status")[0].get_text().strip()


def test_several_things_that_could_go_wrong_are_kept_in_order(planner: Visitor, kept: Kept) -> None:
    listed = planner.send("/plan/backup", ILL)
    assert "My sister, 01632 960101" in listed.words
    planner.send("/plan/backup/new", {"wrong": "The lift breaks"})
    assert [one.wrong for one in kept.setbacks()] == ["Anna is ill", "The lift breaks"]


def test_a_form_sent_twice_keeps_one(planner: Visitor, kept: Kept) -> None:
    page = planner.page("/plan/backup/new")
    for _press in range(2):
        planner.send(page, ILL)
    assert len(kept.setbacks()) == 1


def test_what_could_go_wrong_can_be_changed_and_removed(planner: Visitor, kept: Kept) -> None:
    planner.send("/plan/backup", ILL)
    (setback,) = kept.setbacks()
    listed = planner.send(f"/plan/backup/{setback.id}", {"then": "A neighbour comes"})
    assert "A neighbour comes" in listed.words
    gone = planner.send(f"/plan/backup/{setback.id}/remove")
    assert "A neighbour comes" not in gone.words


def test_it_needs_at_least_what_could_go_wrong(planner: Visitor) -> None:
    page = planner.send("/plan/backup", {"wrong": "", "then": "My sister comes"})
    assert page.status == 422
    assert "Say what could go wrong" in page.words
    assert page.filled()["then"] == "My sister comes"


@pytest.mark.parametrize("part", ["over", "helped", "review"])
def test_each_text_is_kept_and_can_be_taken_back(part: str, planner: Visitor) -> None:
    planner.send(f"/plan/{part}", {"words": "Said once."})
    assert planner.page(f"/plan/{part}").filled()["words"] == "Said once."
    planner.send(f"/plan/{part}", {"words": ""})
    assert "words" not in {name for name, typed in planner.page(f"/plan/{part}").filled().items() if typed}


def test_a_text_that_is_too_long_is_not_lost(planner: Visitor) -> None:
    page = planner.send("/plan/review", {"words": "x" * 4001})
    assert page.status == 422
    assert page.filled()["words"] == "x" * 4001


def test_the_task_list_follows_the_plan(planner: Visitor) -> None:
    title, backup = "Your needs and your support", "What if things go wrong?"
    assert status_of(planner.page("/tasks"), title) == "Not started"
    planner.send("/plan/line/new?kind=family", {"what": "My sister cooks"})
    tasks = planner.page("/tasks")
    assert (status_of(tasks, title), status_of(tasks, backup)) == ("In progress", "Not started")
    planner.send("/plan/backup", {"wrong": "Anna is ill"})
    assert status_of(planner.page("/tasks"), backup) == "In progress"
    planner.send("/plan/backup/new", ILL)
    assert status_of(planner.page("/tasks"), backup) == "In progress"


def test_without_any_needs_the_plan_says_why_it_cannot_start(client: Visitor) -> None:
    client.send("/", to="/start")
    tasks = client.page("/tasks")
    assert status_of(tasks, "Your needs and your support") == "Cannot start yet"
    assert "First answer the questions about your needs." in tasks.words


def test_going_on_leads_from_the_board_to_what_could_go_wrong(planner: Visitor) -> None:
    onward = planner.page("/plan").soup.select("main a.button")[-1]
    assert (onward.get_text(), onward["href"]) == ("Continue", "/plan/backup")
