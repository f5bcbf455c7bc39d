"""Take the pictures of the documentation from the running demonstration, and from the PDF of a made-up plan.

Usage: python tools/pictures.py http://127.0.0.1:8000

The people are the invented ones of the demonstration; the pictures go to docs/pictures.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps
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


PAPER = (1, 6, 8)
"""The pages of the PDF that are shown beside each other."""
_PAPER_DOTS, _PAPER_GAP, _PAPER_EDGE = 66, 12, "#c9c2b4"


def take(browser: Browser, base: str, name: str, person: str, address: str, width: int, height: int) -> None:
    """One picture."""
    page: Page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(base + "/")
    if person:
        page.get_by_role("button", name=f"Be {person}").click()
    page.goto(base + address)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def take_paper() -> None:
    """Some pages of the printed plan, side by side."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        run = [sys.executable, "-c", "from portal.commands import main; main()"]
        subprocess.run([*run, "document", "--sample", "typical", "--out", file], check=True)
        subprocess.run(["pdftoppm", "-png", "-r", str(_PAPER_DOTS), file, Path(folder) / "page"], check=True)
        pages = [Image.open(each) for each in sorted(Path(folder).glob("page-*.png"))]
        shown = [ImageOps.expand(pages[number - 1].convert("RGB"), 1, _PAPER_EDGE) for number in PAPER]
    width = sum(page.width for page in shown) + _PAPER_GAP * (len(shown) - 1)
    sheet, left = Image.new("RGB", (width, shown[0].height), "white"), 0
    for page in shown:
        sheet.paste(page, (left, 0))
        left += page.width + _PAPER_GAP
    sheet.save(PICTURES / "paper.png", optimize=True)


def main() -> None:
    """All of them."""
    base = sys.argv[1].rstrip("/")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for shot in SHOTS:
            take(browser, base, *shot)
        browser.close()
    take_paper()


if __name__ == "__main__":
    main()
