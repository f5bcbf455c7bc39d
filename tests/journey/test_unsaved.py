"""Typing that was not saved, in a real browser: kept, given back, and chosen between, at 320 px."""

from __future__ import annotations

from tests.journey.traveller import Traveller

HELPED = "/plan/helped"


def _planning(traveller: Traveller) -> None:
    traveller.go("/")
    traveller.leave_by(traveller.page.locator('form[action="/demo/grace"] button'))


def test_typed_and_left_it_is_kept_and_given_back(open_browser):
    traveller = open_browser(width=320, height=640)
    _planning(traveller)
    page = traveller.page
    traveller.go(HELPED)
    before = page.input_value("textarea")
    with page.expect_response("**/unsaved/typing") as kept:
        page.fill("textarea", "My sister Rosa")
    assert kept.value.status == 204
    page.get_by_text("Your answer is kept, at").first.wait_for()
    page.fill("textarea", "My sister Rosa and her son")
    # What is sent while a page is left is shown to nobody: only what comes of it can be waited for.
    traveller.go("/tasks")
    page.wait_for_timeout(1000)
    traveller.go(HELPED)
    assert page.input_value("textarea") == before
    traveller.inspect()
    traveller.fits()
    traveller.leave_by(page.locator("aside").get_by_role("link", name="Use it"))
    assert page.input_value("textarea") == "My sister Rosa and her son"
    traveller.inspect()
    traveller.fits()
    traveller.press("Save")
    traveller.go(HELPED)
    assert page.input_value("textarea") == "My sister Rosa and her son"
    assert page.locator("aside").count() == 0
    # What was only chosen is kept when the page is left by another way than its button.
    traveller.go("/assessment/nutrition")
    chosen = page.locator("main input[type=radio]:not(:checked)").first.get_attribute("value")
    page.check(f'main input[value="{chosen}"]')
    traveller.go("/tasks")
    page.wait_for_timeout(1000)
    traveller.go("/unsaved")
    assert "You chose something, and did not save it." in page.locator("main").inner_text()
    traveller.inspect()
    traveller.press("Open its page and use it")
    assert page.is_checked(f'main input[value="{chosen}"]')
    traveller.go(HELPED)
    # Back and forward lose nothing and send nothing again.
    page.fill("textarea", "Typed and gone on")
    page.go_back()
    page.go_forward()
    assert page.locator("aside").count() or page.input_value("textarea") == "Typed and gone on"


def test_two_windows_are_shown_both(open_browser):
    traveller = open_browser(width=320, height=640)
    _planning(traveller)
    traveller.go(HELPED)
    other = traveller.page.context.new_page()
    other.goto(HELPED)
    other.fill("textarea", "Written in the other window")
    other.locator("main form button").click()
    other.wait_for_url("**/plan**")
    traveller.page.fill("textarea", "Written here")
    traveller.press("Save")
    assert traveller.heading == "This was saved while you were writing"
    traveller.inspect()
    traveller.fits()
    traveller.press("Put both together and change them")
    assert traveller.page.input_value("textarea") == "Written in the other window\n\nWritten here"
    traveller.go("/unsaved")
    traveller.inspect()
    traveller.fits()
