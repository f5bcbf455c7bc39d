"""Translators are given every text, and what they give back fits."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from portal.pack.loading import load_pack
from portal.pack.text import texts_in
from portal.paths import PACKS, TRANSLATIONS
from tests.whole.files import name_of, text_files
from tests.whole.madeup import extracted

PLACES = re.compile(r"%%|%\((?P<name>\w+)\)[sd]|(?P<bare>%)")
LANGUAGES = sorted(path.parent.name for path in TRANSLATIONS.glob("*/messages.po"))


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Every text, in the singular, with its plural where it has one."""
    catalogue = extracted(tmp_path_factory.mktemp("words"))
    return {
        message.id[0] if isinstance(message.id, tuple) else message.id: message
        for message in catalogue
        if message.id
    }


def places(text: str) -> set[str]:
    """The names of the places for values."""
    return {match["name"] for match in PLACES.finditer(text) if match["name"]}


def forms_of(words) -> tuple[str, ...]:
    """The singular and the plurals of a text, or the one form it has."""
    return (words,) if isinstance(words, str) else tuple(words)


def test_texts_come_from_python_templates_and_packs(texts):
    assert "Not started" in texts  # portal/steps.py
    assert "Skip to the main part of the page" in texts  # templates/base.html
    assert len(texts) > 500


@pytest.mark.parametrize(
    "folder", sorted(path for path in PACKS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_every_text_of_a_pack_is_given_to_translators(texts, folder):
    pack = load_pack(folder)
    wanted = {form for words in texts_in(pack) for form in (words.text, words.easy) if form}
    assert len(wanted) > 100
    assert sorted(wanted - texts.keys()) == []


def test_a_place_for_a_value_has_a_name(texts):
    bare = [
        text
        for message in texts.values()
        if "python-format" in message.flags
        for text in forms_of(message.id)
        if any(match["bare"] for match in PLACES.finditer(text))
    ]
    assert bare == []


def test_the_plural_of_a_text_has_the_same_places(texts):
    for message in texts.values():
        named = [places(form) for form in forms_of(message.id)]
        # “1 hour” may be spelt out, so the singular may have fewer.
        assert named[0] <= named[-1], message.id


def test_plurals_are_written_where_they_are_said_so_that_translators_get_both():
    marked = re.compile(r"ngettext\(\s*(?!self\b)(_\(|[a-z])")
    hidden = [
        name_of(path)
        for path in text_files(".py", ".html", under="portal")
        if path.name not in {"words.py", "drawing.py"} and marked.search(path.read_text(encoding="utf-8"))
    ]
    assert hidden == []


def test_no_text_is_a_scrap_glued_to_another(texts):
    scraps = [text for text in texts if text != text.strip() or not re.search(r"\w", text)]
    assert scraps == []


def test_people_read_curly_quotes_and_no_long_dashes(texts):
    straight = [text for text in texts if re.search(r"\w'\w|\w\"|\"\w|—", re.sub(r"<[^>]*>", "", text))]
    assert straight == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_complete_and_keeps_every_place(texts, code):
    with (TRANSLATIONS / code / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    for text, message in texts.items():
        told = catalogue.get(message.id)
        assert told is not None, f"{text!r} is missing"
        assert told.string, f"{text!r} is not translated"
        assert not told.fuzzy, f"{text!r} is unsure"
        for form in forms_of(told.string):
            assert places(form) <= places(forms_of(message.id)[-1]), text
