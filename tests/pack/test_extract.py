"""What translators are given of a pack: every text once for each place, with its line."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract as babel_extract

from portal.pack.extract import EASY, extract
from portal.pack.faults import PackProblems
from portal.pack.loading import load_pack
from portal.pack.text import texts_in
from portal.paths import PACKS

OFFERS = """\
# For anybody.
about: These may
  help you.
offers:
  - id: rails
    kind: equipment
    title:
      text: Rails
      easy: Bars to hold
      picture: rails.svg
    what: "A rail: by the bath"
    price: 0
    how: >-
      Phone
      us.
"""


def named(name: str, text: str) -> BytesIO:
    file = BytesIO(text.encode())
    file.name = name
    return file


def test_each_text_is_found_with_its_line() -> None:
    assert list(extract(named("packs/a/prevention.yaml", OFFERS), [], [], {})) == [
        (2, None, "These may help you.", []),
        (8, None, "Rails", []),
        (9, None, "Bars to hold", [EASY]),
        (11, None, "A rail: by the bath", []),
        (13, None, "Phone us.", []),
    ]


def test_babel_takes_what_it_finds() -> None:
    found = list(babel_extract("portal.pack.extract:extract", named("packs/a/prevention.yaml", OFFERS)))
    assert [(line, message) for line, message, _, _ in found][:2] == [
        (2, "These may help you."),
        (8, "Rails"),
    ]
    assert ["Easy Read"] in [comments for _, _, comments, _ in found]


def test_nothing_is_found_in_a_file_that_is_no_part_of_a_pack() -> None:
    assert list(extract(named("compose.yaml", "services: {}"), [], [], {})) == []


def test_a_broken_file_is_told_not_passed_over() -> None:
    with pytest.raises(PackProblems, match=r"prevention.yaml:2: offers is missing|prevention.yaml"):
        list(extract(named("packs/a/prevention.yaml", "about: x\n"), [], [], {}))


def test_the_translators_get_every_text_of_the_demonstration() -> None:
    folder = PACKS / "demo"
    found: set[str] = set()
    for path in sorted(folder.rglob("*.yaml")):
        with Path(path).open("rb") as file:
            found |= {message for _, _, message, _ in extract(file)}
    shown = {text for words in texts_in(load_pack(folder)) for text in (words.text, words.easy) if text}
    assert found == shown
    assert len(found) > 500
