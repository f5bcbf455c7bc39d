"""A question has one number, on the screen and on paper."""

from __future__ import annotations

from portal.document.rules.paper import paper_form
from portal.pack.loading import load_pack
from portal.paths import PACKS
from portal.questions.numbers import question_numbers
from tests.browsing import Visitor


def test_the_screen_says_the_number_that_the_paper_has(client: Visitor) -> None:
    sections = load_pack(PACKS / "demo").sections
    numbers = question_numbers(sections)
    on_paper = {each.question.id: each.number for part in paper_form(sections) for each in part.questions}
    assert on_paper == numbers
    client.send("/", to="/start")
    page = client.page("/assessment")
    asked = page.address.removeprefix("/assessment/")
    assert f"This is number {on_paper[asked]} on the paper form." in page.words
