"""Easy Read in a browser: its pictures are drawn, fit a small phone, and pass inspection."""

from __future__ import annotations

from typing import Any

import pytest

PICTURED = ("answering_for", "nutrition", "nutrition_unable", "help_with", "wellbeing")
OWN = ("/", "/tasks", "/assessment/check", "/assessment/standing", "/safe")
DRAWN = "images => images.map(image => image.complete && image.naturalWidth > 0)"


@pytest.mark.parametrize("width", [320, 1280])
def test_questions_in_easy_read_pass_inspection(open_browser: Any, width: int) -> None:
    reader = open_browser(width=width)
    reader.go("/")
    reader.send()
    reader.go("/look?mode=easy&to=/assessment/nutrition")
    reader.page.locator('[name="nutrition"][value="lot"]').check()
    reader.send()
    for question in PICTURED:
        reader.go(f"/assessment/{question}")
        assert reader.address == f"/assessment/{question}"
        drawn = reader.page.locator("main img").evaluate_all(DRAWN)
        assert drawn
        assert all(drawn)
        reader.inspect()
        reader.fits()
        reader.send()
        if reader.page.title().startswith("Error"):
            reader.inspect()
    for address in OWN:
        reader.go(address)
        reader.inspect()
        reader.fits()


def test_the_words_of_an_option_stand_after_its_picture(open_browser: Any) -> None:
    reader = open_browser()
    reader.go("/")
    reader.send()
    reader.go("/look?mode=easy&to=/assessment/answering_for")
    choice = reader.page.locator(".choice").first
    picture, words = choice.locator("img").bounding_box(), choice.locator("label").bounding_box()
    assert picture["x"] + picture["width"] <= words["x"]
    middle = picture["y"] + picture["height"] / 2
    assert words["y"] <= middle <= words["y"] + words["height"]
