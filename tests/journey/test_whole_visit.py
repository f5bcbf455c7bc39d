"""The whole visit, as somebody makes it who has never seen the portal."""

from __future__ import annotations

import pytest

from tests.journey.traveller import Traveller

MOST_PAGES = 110
# Where the visit goes on by pressing one thing after another.
FIRST_PART = "/plan"
FOR_ANYBODY = (
    *("/", "/help", "/safe", "/right-now", "/privacy", "/accessibility", "/glossary", "/language"),
    *("/budget/scheme", "/account/sign-in"),
)


def begin(traveller: Traveller) -> None:
    """From the start page to the first question."""
    traveller.go("/")
    traveller.press("Start now")
    assert traveller.heading == "My plan"
    traveller.leave_by(traveller.page.locator("main a.button").first)


def on_to(traveller: Traveller, address: str) -> list[str]:
    """Go on page by page as far as an address; the addresses on the way."""
    seen = [traveller.address]
    while not seen[-1].startswith(address):
        assert len(seen) < MOST_PAGES, seen
        traveller.go_on()
        seen.append(traveller.address)
    return seen


def is_the_whole_visit(seen: list[str]) -> None:
    assert len(seen) > 40
    for step in ("/assessment/check", "/assessment/standing", "/assessment/prevention", "/budget"):
        assert step in seen


def test_from_the_first_question_to_the_plan_without_scripts(open_browser):
    traveller = open_browser(scripts=False)
    begin(traveller)
    is_the_whole_visit(on_to(traveller, FIRST_PART))
    assert "a week" in traveller.page.locator("main").inner_text()


def test_with_scripts_every_page_empty_in_error_and_filled_in_passes_inspection(traveller: Traveller):
    begin(traveller)
    inspected, seen = 0, []
    for _page in range(MOST_PAGES):
        seen.append(traveller.address)
        if traveller.address.startswith(FIRST_PART):
            break
        traveller.inspect()
        here = traveller.address
        if traveller.form() is not None and "(optional)" not in traveller.heading and "/assessment/" in here:
            traveller.send()
            if traveller.page.title().startswith("Error"):
                traveller.inspect()
                _first_error_leads_to_its_field(traveller)
                inspected += 1
            elif traveller.address != here:
                continue
        traveller.go_on()
    assert inspected > 15
    is_the_whole_visit(seen)


def _first_error_leads_to_its_field(traveller: Traveller) -> None:
    link = traveller.page.locator("#problems a").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    focused = traveller.page.evaluate("document.activeElement.id")
    assert focused == target, f"{traveller.address}: the error leads to #{focused}, not to #{target}"


def test_from_the_first_question_to_a_plan_in_the_hand_with_the_keyboard_alone(traveller: Traveller):
    traveller.go("/")
    start = traveller.page.locator('form[action="/start"] button')
    _press(traveller, start, "Enter")
    _press(traveller, traveller.page.locator("main a.button").first, "Enter")
    for _page in range(MOST_PAGES):
        if traveller.address == FIRST_PART:
            break
        _answer_by_keyboard(traveller)
    main = traveller.page.locator("main")
    _press(traveller, main.get_by_role("link", name="Add support").first, "Enter")
    _press(traveller, main.get_by_role("link", name="Something I do myself"), "Enter")
    for _page in range(MOST_PAGES):
        if traveller.address == "/document/ready":
            break
        _answer_by_keyboard(traveller)
    assert traveller.heading == "Your PDF is ready"


def _press(traveller: Traveller, target: object, key: str) -> None:
    before = traveller.page.evaluate("performance.timeOrigin")
    traveller.tab_to(target)  # type: ignore[arg-type]
    traveller.page.keyboard.press(key)
    traveller.wait_for_page_after(before)


def _answer_by_keyboard(traveller: Traveller) -> None:
    main = traveller.page.locator("main")
    _skip_to_main(traveller)
    if traveller.form() is None:
        _press(traveller, main.locator("a.button").last, "Enter")
        return
    for name, value in traveller.answers().items():
        field = main.locator(f'[name="{name}"]').first
        kind = field.evaluate("element => element.type")
        if kind == "radio":
            # Tab comes to the group; arrows go through it and choose.
            traveller.tab_to(field)
            traveller.page.keyboard.press("Space")
            for _option in range(30):
                if traveller.page.evaluate("document.activeElement.value") == value:
                    break
                traveller.page.keyboard.press("ArrowDown")
        elif kind == "checkbox":
            traveller.tab_to(main.locator(f'[name="{name}"][value="{value}"]'))
            traveller.page.keyboard.press("Space")
        elif kind.startswith("select"):
            traveller.tab_to(field)
            traveller.page.keyboard.press("ArrowDown")
        else:
            traveller.tab_to(field)
            traveller.page.keyboard.type(str(value))
    _press(traveller, main.locator('form[method="post"] button:not([type="button"])').first, "Enter")
    assert not traveller.page.title().startswith("Error"), f"{traveller.address}: {traveller.wrong()}"


def _skip_to_main(traveller: Traveller) -> None:
    if "#" in traveller.address:
        # The browser goes on from what the address names, past the skip link.
        return
    traveller.page.keyboard.press("Tab")
    skip = traveller.page.locator("a.skip")
    assert skip.evaluate("element => element === document.activeElement"), (
        "the first stop is not the skip link"
    )
    traveller.page.keyboard.press("Enter")


@pytest.mark.parametrize("mode", ["standard", "easy"])
def test_no_page_is_wider_than_a_small_phone(open_browser, mode):
    traveller = open_browser(width=320, height=640)
    fits = traveller.fits_enlarged if mode == "standard" else traveller.fits
    traveller.go(f"/look?mode={mode}&to=/")
    begin(traveller)
    for _page in range(MOST_PAGES):
        fits()
        if traveller.address.startswith(FIRST_PART):
            break
        traveller.go_on()
    for address in (
        *FOR_ANYBODY,
        "/tasks",
        "/budget/change",
        "/account/save",
        "/plan/backup",
        "/plan/line/new",
    ):
        traveller.go(address)
        fits()


def test_pages_for_anybody_pass_inspection(traveller: Traveller):
    for address in FOR_ANYBODY:
        traveller.go(address)
        traveller.inspect()


def test_in_forced_colours_the_focus_is_still_seen(open_browser):
    traveller = open_browser(forced_colors="active")
    traveller.go("/account/sign-in")
    for _stop in range(20):
        traveller.page.keyboard.press("Tab")
        traveller.sees_focus()
