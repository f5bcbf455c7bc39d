"""From the plan to the paper in the hand, and back from elsewhere."""

from __future__ import annotations

import gzip
import subprocess
from http import HTTPStatus
from pathlib import Path

import pytest

from portal.document.printing.places import a_place
from tests.journey.traveller import Traveller

MOST_PAGES = 12
FURTHER_PAGES = (
    "/plan/about/about_people/picture",
    "/plan/questions/q_change",
    "/plan/week/fridge",
    "/plan/enough",
    "/plan/money",
    "/plan/disagree/1",
    "/catalogue?outcome=nutrition",
    "/catalogue/1",
    "/catalogue/1/provider",
)
"""Pages of planning that the plan itself does not lead to in one step."""


def be(traveller: Traveller, name: str) -> None:
    """Look around as one of the demonstration's people."""
    traveller.go("/")
    traveller.press(f"Be {name}")
    assert traveller.heading == "My plan"


def add_support(traveller: Traveller) -> None:
    """Add one line of support for the first need, from an idea to the board."""
    traveller.go("/plan")
    traveller.leave_by(traveller.page.locator('main a[href^="/plan/line/new?need="]').first)
    traveller.leave_by(traveller.page.locator('main a[href*="start="]').first)
    for _page in range(MOST_PAGES):
        if traveller.address.startswith("/plan") and traveller.form() is None:
            return
        traveller.go_on()
    raise AssertionError(f"still at {traveller.address}")


def pdf(traveller: Traveller, address: str, folder: Path) -> str:
    """The words of a PDF, as a person with the same visit gets it."""
    answer = traveller.page.request.get(address)
    while answer.status == HTTPStatus.ACCEPTED:
        answer = traveller.page.request.get(address)
    assert answer.status == HTTPStatus.OK
    assert answer.headers["content-type"] == "application/pdf"
    file = folder / "document.pdf"
    file.write_bytes(answer.body())
    return subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True
    ).stdout


def test_from_the_budget_to_a_plan_on_paper(either_way: Traveller, tmp_path: Path):
    be(either_way, "Margaret")
    add_support(either_way)
    lines = either_way.page.locator("main").inner_text()
    assert "You have planned" in lines
    either_way.go("/document/check")
    shown = either_way.page.locator("main").inner_text()
    assert "Harrowmere" in shown
    either_way.send()
    assert either_way.heading == "Your PDF is ready"
    link = either_way.page.locator('main a[href$=".pdf"]').first.get_attribute("href")
    words = pdf(either_way, str(link), tmp_path)
    assert "indicative" in words.lower()
    assert "page 1 of" in words.lower()
    look_at_the_document(either_way)


def look_at_the_document(traveller: Traveller) -> None:
    """Every page about the document, on a small phone, filled in and with something to put right."""
    traveller.page.set_viewport_size({"width": 320, "height": 640})
    add_support(traveller)
    traveller.go("/document/check")
    traveller.page.locator('[name="reason"]').fill("I want more than one.")
    for address in (
        "",
        "/document/ready",
        "/document/versions",
        "/document/changes?old=1&new=2",
        "/document/data",
    ):
        if address == "/document/ready":
            traveller.send()
        elif address:
            traveller.go(address)
        traveller.inspect()
        traveller.fits()
    # With every place to make one taken, the page that waits is looked at too.
    with a_place(), a_place():
        traveller.go("/document/plan-2/large-print.pdf")
        assert traveller.heading == "We are making your PDF"
        traveller.inspect()
        traveller.fits()
        traveller.go("/document/versions")
    for address in ("/c", "/c?code=hello", "/c/7K2M4XQ9AB3D", "/account/open-copy"):
        traveller.go(address)
        traveller.inspect()
        traveller.fits()
    traveller.send()
    assert traveller.page.title().startswith("Error")
    traveller.inspect()
    traveller.fits()


def test_a_blank_form_for_those_who_would_rather_write(traveller: Traveller, tmp_path: Path):
    traveller.go("/")
    words = pdf(traveller, "/document/paper-form.pdf", tmp_path)
    assert words.count("?") > 40


@pytest.mark.parametrize("name", ["Rosa", "Derek", "Amina", "Margaret", "Joe", "Grace"])
def test_everything_a_made_up_person_sees_passes_inspection(traveller: Traveller, name: str):
    be(traveller, name)
    traveller.inspect()
    for step in traveller.page.locator("main a").evaluate_all("links => links.map(link => link.pathname)"):
        if not step.endswith(".pdf"):
            traveller.go(step)
            traveller.inspect()


def test_the_plan_passes_inspection_page_by_page_also_in_error(traveller: Traveller):
    be(traveller, "Joe")
    seen = set()
    traveller.go("/plan")
    linked = traveller.page.locator("main a").evaluate_all(
        "links => links.map(link => link.pathname + link.search)"
    )
    for address in (*linked, *FURTHER_PAGES):
        traveller.go(address)
        kind = address.rsplit("/", 1)[-1].partition("?")[0]
        if kind in seen:
            continue
        seen.add(kind)
        traveller.inspect()
        if traveller.form() is not None and not kind.startswith("remove"):
            for field in traveller.page.locator("main input[type=text]:visible, main textarea:visible").all():
                field.fill("")
            traveller.send()
            traveller.inspect()
    assert len(seen) > 4


def test_save_and_come_back_from_elsewhere(open_browser):
    here = open_browser()
    be(here, "Amina")
    here.go("/account/save")
    here.inspect()
    here.send()
    assert here.page.title().startswith("Error")
    here.inspect()
    here.page.locator('main input[type="email"]').fill("amina@example.org")
    for field in here.page.locator('main input[type="password"]').all():
        field.fill("brambles under a slow moon")
    here.send()
    assert not here.page.title().startswith("Error"), here.wrong()

    elsewhere = open_browser(scripts=False)
    elsewhere.go("/account/sign-in")
    elsewhere.page.locator('main input[type="email"]').fill("amina@example.org")
    elsewhere.page.locator('main input[type="password"]').fill("brambles under a slow moon")
    elsewhere.send()
    elsewhere.go("/assessment/check")
    assert elsewhere.heading == "Check your answers"


def test_the_first_question_page_is_light(open_browser):
    traveller = open_browser()
    traveller.go("/")
    traveller.press("Start now")
    fresh = open_browser(storage_state=traveller.page.context.storage_state())
    sizes = []
    fresh.page.on("requestfinished", lambda request: sizes.append((request.url, request.sizes())))
    fresh.go("/assessment/answering_for")
    fresh.page.wait_for_load_state("networkidle")
    brought = {url.rsplit("/", 1)[-1]: size["responseBodySize"] for url, size in sizes}
    # What stands in front of the portal packs its pages; its files are sent packed by itself.
    brought["answering_for"] = len(gzip.compress(fresh.page.content().encode(), 9))
    assert len(brought) <= 6, brought
    assert sum(brought.values()) <= 25_000, brought


@pytest.mark.parametrize(
    ("price", "told"), [("16,40", "£32.80"), ("16.40", "£32.80"), ("£1,640", "£3,280.00"), ("16,4a", "")]
)
def test_the_sum_told_while_typing_is_the_sum_that_is_saved(traveller: Traveller, price: str, told: str):
    be(traveller, "Grace")
    traveller.go("/plan/line/new?kind=hours")
    traveller.page.locator("#quantity").fill("2")
    traveller.page.locator("#price").fill(price)
    total = traveller.page.locator("[data-total]")
    assert total.is_hidden() if not told else told in total.inner_text()
