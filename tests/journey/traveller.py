"""Somebody on a journey: a browser's page, and what a person or an inspector does with it."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Error, Locator, Page

from tests.checking import check_page, outline
from tests.visiting import TYPED, answers

# WCAG 2.2 at A and AA, and what axe-core counts as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_MOST_TABS = 250
_LONGEST_WAIT = 30
_INSPECTED: set[tuple[str, str]] = set()


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


class Traveller:
    """A page in a browser. ``page`` is Playwright's own; ``scripts`` tells whether they run."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts

    @property
    def address(self) -> str:
        """Where the page is, without the host."""
        return "/" + self.page.url.split("/", 3)[3]

    @property
    def heading(self) -> str:
        """The words of the level 1 heading."""
        return self.page.locator("h1").inner_text()

    def go(self, address: str) -> None:
        """Go to an address."""
        self.page.goto(address)

    def press(self, words: str) -> None:
        """Press the button or follow the link with these words in the main part of the page."""
        main = self.page.locator("main")
        self.leave_by(main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first)

    def leave_by(self, way: Locator) -> None:
        """Press something that leads to another page, and wait until it is there."""
        before = self.page.evaluate("performance.timeOrigin")
        way.click()
        self.wait_for_page_after(before)

    def wait_for_page_after(self, before: float) -> None:
        """Wait until the page that began at a time has made room for the next one, and that is whole."""
        # Asked from outside: with scripts off a page may be slow to tell by itself.
        arrived = "before => performance.timeOrigin !== before && document.readyState === 'complete'"
        ends = time.monotonic() + _LONGEST_WAIT
        while time.monotonic() < ends:
            # Between two pages there is nobody to answer.
            with suppress(Error):
                if self.page.evaluate(arrived, before):
                    return
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{self.address} led nowhere within {_LONGEST_WAIT} s")

    def form(self) -> Tag | None:
        """The form of the main part, as it is now."""
        return BeautifulSoup(self.page.content(), "lxml").select_one('main form[method="post"]')

    def answers(self, typed: str = TYPED) -> dict[str, Any]:
        """What to fill in: a value for every field of the form that is still empty."""
        form = self.form()
        assert form is not None, f"{self.address} has no form"
        return answers(form, typed)

    def fill(self, typed: str = TYPED) -> None:
        """Fill in what is still empty in the form of the page."""
        main = self.page.locator("main")
        for name, value in self.answers(typed).items():
            field = main.locator(f'[name="{name}"]').first
            kind = field.evaluate("element => element.type")
            if kind in {"radio", "checkbox"}:
                main.locator(f'[name="{name}"][value="{value}"]').check()
            elif kind.startswith("select"):
                field.select_option(value)
            else:
                field.fill(value)

    def send(self) -> None:
        """Press the button of the form."""
        self.leave_by(self.page.locator('main form[method="post"] button:not([type="button"])').first)

    def go_on(self, typed: str = TYPED) -> None:
        """Go on as the page offers: fill in its form and send it, or follow its last big link."""
        if self.form() is None:
            self.leave_by(self.page.locator("main a.button").last)
            return
        self.fill(typed)
        self.send()
        assert not self.page.title().startswith("Error"), f"{self.address}: {self.wrong()}"

    def wrong(self) -> list[str]:
        """The links of the error summary."""
        return self.page.locator("#problems a").all_inner_texts()

    def inspect(self) -> None:
        """Look at the page with axe-core and refuse every fault it finds.

        It is a script itself: with scripts off the page is looked at from outside.
        """
        if not self.scripts:
            check_page(self.address, self.page.content())
            return
        # What was found sound is sound with other words, and for another question of the same form.
        name = self.address.partition("?")[0].rsplit("/", 1)[-1] or "/"
        same = outline(self.page.content()).replace(name, "/"), str(self.page.viewport_size)
        if same in _INSPECTED:
            return
        self.page.evaluate(_axe())
        asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = self.page.evaluate("asked => axe.run(document, asked)", asked)
        assert not found["violations"], f"{self.address}\n" + "\n".join(map(_told, found["violations"]))
        _INSPECTED.add(same)

    def fits(self) -> None:
        """Nothing is wider than the window, so that nobody scrolls in two directions."""
        wide = self.page.evaluate(
            """() => {
                const room = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= room) return [];
                return [...document.body.querySelectorAll('*')]
                    .filter(element => element.getBoundingClientRect().right > room + 1)
                    .map(element => element.outerHTML.slice(0, 120));
            }"""
        )
        assert not wide, f"{self.address} is wider than the window:\n" + "\n".join(wide[:10])

    def fits_enlarged(self) -> None:
        """As :meth:`fits`, and with larger text, which is the same page in another size."""
        self.fits()
        change = (
            "mode => { const was = document.documentElement.dataset.mode; "
            "document.documentElement.dataset.mode = mode; return was; }"
        )
        was = self.page.evaluate(change, "larger")
        self.fits()
        self.page.evaluate(change, was)

    def tab_to(self, target: Locator) -> None:
        """Reach something with the Tab key alone, seeing at every stop where one is."""
        for _time in range(_MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self.sees_focus()
        raise AssertionError(f"{self.address}: {target} cannot be reached with the Tab key")

    def sees_focus(self) -> None:
        """What has the focus is inside the window and marked."""
        seen: dict[str, Any] | None = self.page.evaluate(
            """() => {
                const element = document.activeElement;
                if (!element || element === document.body) return null;
                // The mark may be drawn by the element, by its label, or by what CSS adds to either.
                const parts = [element, element.closest('label'), element.nextElementSibling].filter(Boolean);
                const box = element.getBoundingClientRect();
                const drawn = parts.flatMap(part => [null, '::before', '::after'].map(
                    pseudo => getComputedStyle(part, pseudo)));
                return {
                    html: element.outerHTML.slice(0, 120),
                    marked: drawn.some(style =>
                        style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
                    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                };
            }"""
        )
        if seen is not None:
            assert seen["marked"], f"{self.address}: the focus is not to be seen on {seen['html']}"
            assert seen["inside"], f"{self.address}: the focus is outside the window on {seen['html']}"


def _told(fault: dict[str, Any]) -> str:
    where = "\n".join(
        f"      {node['html'][:160]}\n      {node['failureSummary']}" for node in fault["nodes"][:4]
    )
    return f"  - {fault['id']} ({fault['impact']}): {fault['help']}\n{where}"
