"""Take the pictures of the documentation from the running demonstration.

Usage: python tools/pictures.py http://127.0.0.1:8000

The people are the invented ones of the demonstration; the pictures go to docs/pictures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
WIDE, NARROW = 1100, 390

SHOTS = (
    ("start", "", "/", WIDE, 900),
    ("tasks", "Derek Thorn", "/tasks", WIDE, 900),
    ("question", "Derek Thorn", "/assessment/nutrition", WIDE, 1150),
    ("standing", "Margaret Ashby", "/assessment/standing", WIDE, 1000),
    ("budget", "Margaret Ashby", "/budget", WIDE, 1500),
    ("planner", "Joe Marsh", "/choices/planner", WIDE, 1000),
    ("plan", "Joe Marsh", "/plan", WIDE, 1150),
    ("week", "Grace Okoro", "/plan/week/fridge", WIDE, 800),
    ("phone", "Joe Marsh", "/plan", NARROW, 844),
)
"""Name, whose journey, address, width, and how much of the height is shown."""


def take(browser: Browser, base: str, name: str, person: str, address: str, width: int, height: int) -> None:
    """One picture."""
    page: Page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(base + "/")
    if person:
        page.get_by_role("button", name=f"Be {person}").click()
    page.goto(base + address)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def main() -> None:
    """All of them."""
    base = sys.argv[1].rstrip("/")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for shot in SHOTS:
            take(browser, base, *shot)
        browser.close()


if __name__ == "__main__":
    main()
