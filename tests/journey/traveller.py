"""Somebody on a journey: a browser's page, and what a person or an inspector does with it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Locator, Page

from tests.checking import check_page

# WCAG 2.2 at A and AA, and what axe-core counts as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_MOST_TABS = 250


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
        found = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first
        before = self.page.evaluate("performance.timeOrigin")
        found.click()
        self.page.wait_for_function("before => performance.timeOrigin !== before", arg=before)

    def inspect(self) -> None:
        """Look at the page with axe-core and refuse every fault it finds.

        It is a script itself: with scripts off the page is looked at from outside.
        """
        if not self.scripts:
            check_page(self.address, self.page.content())
            return
        self.page.evaluate(_axe())
        asked = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = self.page.evaluate("asked => axe.run(document, asked)", asked)
        assert not found["violations"], f"{self.address}\n" + "\n".join(map(_told, found["violations"]))

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
                const marked = element.matches('input') ? [element, element.closest('label'),
                    element.parentElement, element.nextElementSibling].filter(Boolean) : [element];
                const box = element.getBoundingClientRect();
                return {
                    html: element.outerHTML.slice(0, 120),
                    marked: marked.some(part => {
                        const style = getComputedStyle(part);
                        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
                            || style.boxShadow !== 'none';
                    }),
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
