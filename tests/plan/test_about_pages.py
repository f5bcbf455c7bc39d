"""About me, the seven questions, and the request for more."""

from __future__ import annotations

import io
import json

from PIL import Image

from portal.plan.headings import ABOUT_ME, SEVEN
from tests.browsing import Visitor
from tests.plan.test_board import add


def test_about_me_has_the_shared_headings_in_their_order(planner: Visitor) -> None:
    page = planner.page("/plan/about")
    assert [head.get_text() for head in page.soup.select("main h2")] == [
        "What is most important to me",
        "People who are important to me",
        "How I communicate and how to communicate with me",
        "My wellness",
        "Please do and please do not",
        "How and when to support me",
        "Also worth knowing about me",
        "Supported to write this by",
    ]


def test_what_is_written_stands_under_its_heading_with_the_day_and_reaches_the_document(
    planner: Visitor,
) -> None:
    for part in ABOUT_ME:
        page = planner.send(f"/plan/about/{part}", {"words": f"Words of {part}"})
    assert "Words of about_wellness" in page.words
    assert "Last changed on" in page.words
    assert planner.get("/plan/about/q_change").status_code == 404
    assert planner.page("/plan").soup.select('.tasks a[href="/plan/about"]')


def photograph(colour: str = "teal") -> io.BytesIO:
    """A picture as a program writes it."""
    written = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(written, "PNG")
    written.seek(0)
    return written


def test_a_picture_stands_under_its_heading_and_a_version_keeps_it_when_it_is_removed(
    planner: Visitor,
) -> None:
    add = "/plan/about/about_people/picture"
    page = planner.send(add, {"shows": "My dog"})
    assert page.status == 422 and page.errors == ["Choose a picture"]
    page = planner.send(page, {"picture": (photograph(), "a.png")})
    assert [image["alt"] for image in page.soup.select("#about_people img")] == ["My dog"]
    page = planner.send(add, {"shows": "", "picture": (photograph(), "a.png")})
    assert page.errors == [
        "Choose your picture again. Your words are still here",
        "Say what the picture shows",
    ]

    address = str(planner.page("/plan/about").soup.select_one("#about_people li a")["href"])  # type: ignore[index]
    page = planner.send(address, {"shows": "My dog Rex"})
    shown = page.soup.select_one("#about_people img")
    assert shown is not None and shown["alt"] == "My dog Rex"
    assert planner.page("/document/check").soup.select_one('.whole-plan img[alt="My dog Rex"]')
    planner.send("/document/check", to="/document/check")

    page = planner.send(address + "/remove")
    assert not page.soup.select("#about_people img")
    assert planner.get(str(shown["src"])).status_code == 404
    (kept,) = json.loads(planner.get("/document/plan-1/data/data").text)["about_me"]
    assert [one["about"] for one in kept["pictures"]] == ["My dog Rex"]
    pdf = planner.get("/document/plan-1/profile.pdf")
    assert pdf.status_code == 200 and b"/Subtype /Image" in pdf.data


def test_a_question_is_answered_or_not_needed(planner: Visitor) -> None:
    first, second = list(SEVEN)[:2]
    page = planner.send(f"/plan/questions/{first}", {"not_needed": "y"})
    assert page.words.count("You said that this is not needed.") == 1
    page = planner.send(f"/plan/questions/{second}", {"words": "I want to work."})
    assert page.words.count("Not answered yet.") == 5
    page = planner.send(f"/plan/questions/{first}", {"words": "My garden", "not_needed": "y"})
    assert "You said that this is not needed." not in page.words
    assert planner.get("/plan/questions/about_by").status_code == 404


def test_the_request_for_more_is_begun_from_the_lines_and_never_says_cut(planner: Visitor) -> None:
    add(planner, "hours", "nutrition", what="Help to cook", quantity="20", price="30", route="council")
    page = planner.page("/plan/over")
    begun = str(page.filled()["words"])
    assert "My plan needs £600.00 a week." in begun
    assert "Help to cook. 20 hours a week at £30.00 an hour. That is £600.00 a week." in begun
    assert "cut" not in page.words.lower()
    planner.send(page, {"words": "I need it."})
    assert planner.page("/plan/over").filled()["words"] == "I need it."


def test_whom_to_phone_and_what_if_a_carer_is_ill_are_kept(planner: Visitor) -> None:
    planner.send("/plan/nobody_comes", {"words": "Ann, 01632 960001"})
    assert planner.page("/plan/nobody_comes").filled()["words"] == "Ann, 01632 960001"
    planner.send("/plan/backup/new", {"wrong": "Rain", "worth": "worth", "worth_why": "I like it"})
    page = planner.send("/plan/carer_ill", {"words": "My aunt has a key."})
    assert "My aunt has a key." in page.words
    assert "Yes, it is worth it to me" in page.words
