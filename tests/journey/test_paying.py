"""What you may have to pay, page by page, on a small phone and with scripts off."""

from __future__ import annotations

from tests.journey.test_plan_and_document import be
from tests.journey.traveller import Traveller

MOST_PAGES = 20


def tell_everything(traveller: Traveller) -> list[str]:
    """From the first question about money to what it comes to, looking at every page; their addresses."""
    traveller.go("/paying")
    traveller.inspect()
    traveller.fits()
    traveller.press("Work it out with me")
    seen = [traveller.address]
    while seen[-1] != "/paying/result":
        assert len(seen) < MOST_PAGES, seen
        traveller.inspect()
        traveller.fits()
        traveller.fill()
        _choose(traveller, "pay_savings_band", "middle")
        _choose(traveller, "pay_income", "attendance_higher", "earnings")
        traveller.send()
        seen.append(traveller.address)
    traveller.inspect()
    traveller.fits()
    return seen


def _choose(traveller: Traveller, question: str, *options: str) -> None:
    for option in options if traveller.address == f"/paying/{question}" else ():
        traveller.page.check(f'input[name="{question}"][value="{option}"]')


def _sample(traveller: Traveller) -> None:
    traveller.go("/")
    names = traveller.page.locator('form[action^="/demo/"] button').all_inner_texts()
    for name in names:
        be(traveller, name.removeprefix("Be "))
        traveller.go("/paying")
        if traveller.address == "/paying":
            return
    raise AssertionError("nobody of the demonstration has told their needs")


def test_from_savings_to_the_figure(open_browser):
    traveller = open_browser(width=320, height=640)
    _sample(traveller)
    seen = tell_everything(traveller)
    assert {"/paying/pay_savings", "/paying/pay_state_pension", "/paying/pay_disability"} <= set(seen)
    words = traveller.page.locator("main").inner_text()
    assert "This is an estimate. The council must confirm it." in words
    traveller.press("Keep this and go on")
    assert traveller.address.startswith("/choices")


def test_it_can_be_left_out_without_scripts(open_browser):
    traveller = open_browser(scripts=False)
    _sample(traveller)
    traveller.inspect()
    traveller.press("Leave this out and go on")
    assert traveller.address.startswith("/choices")
