"""A carer’s own space on a small phone, and two plans side by side: looked at filled in and in error."""

from __future__ import annotations

from tests.journey.test_plan_and_document import be
from tests.journey.traveller import Traveller


def _look(traveller: Traveller, *addresses: str) -> None:
    for address in addresses:
        traveller.go(address)
        traveller.inspect()
        traveller.fits()


def _first(traveller: Traveller, beginning: str) -> str:
    ways = traveller.page.locator(f'main a[href^="{beginning}"]')
    found = [ways.nth(place).get_attribute("href") or "" for place in range(ways.count())]
    return next(way for way in found if way not in {"/together/new", "/together/enter"})


def _in_error(traveller: Traveller, address: str, button: str) -> None:
    traveller.go(address)
    traveller.press(button)
    assert traveller.page.locator("#problems").is_visible()
    traveller.inspect()
    traveller.fits()


def test_a_carer_sees_their_own_record_and_what_they_are_shown(open_browser):
    traveller = open_browser(width=320, height=640)
    _look(traveller, "/carer/start")
    traveller.go("/")
    traveller.press("Be Tom Ashby")
    assert traveller.heading == "My own space as a carer"
    _look(traveller, "/tasks", "/assessment/carer_emergency", "/carer/money", "/together")
    link = _first(traveller, "/together/")
    _look(traveller, link, f"{link}/wish", f"{link}/end")
    traveller.go(link)
    assert "If I stopped tomorrow" in traveller.page.locator("main").inner_text()
    _in_error(traveller, f"{link}/agree/going_on", "Yes, show this")
    _in_error(traveller, "/together/enter", "Link the two records")
    traveller.go(link)
    traveller.press("Stop showing it")
    assert traveller.page.locator("main").inner_text().count("Not shown") == 2
    traveller.go("/together/new")
    traveller.page.fill('[name="called"]', "my mum")
    traveller.press("Make the code")
    traveller.inspect()
    traveller.fits()


def test_two_plans_share_a_cost_and_are_split(open_browser):
    traveller = open_browser(width=320, height=640)
    be(traveller, "Ruth Lane")
    traveller.go("/together")
    joint = _first(traveller, "/together/").replace("/together/", "/plan/joint/")
    _look(traveller, joint, f"{joint}/agree", "/plan")
    _in_error(traveller, f"{joint}/agree", "Yes, join our plans")
    traveller.go(joint)
    part = _first(traveller, "/plan/both/")
    _look(traveller, part)
    traveller.go(joint)
    share = traveller.page.locator('main ul a[href*="/line/"]').first.get_attribute("href")
    traveller.go(str(share))
    traveller.page.fill('[name="percent"]', "0")
    traveller.press("Ask them to share it")
    assert traveller.page.locator("#problems").is_visible()
    traveller.inspect()
    traveller.go(joint)
    traveller.press("Split our plans now")
    assert "Your plans are two plans." in traveller.page.locator("main").inner_text()
    traveller.inspect()
