"""Every character that reaches the renderer can be drawn, and every word can be broken."""

from __future__ import annotations

import json

import pytest
from fontTools.ttLib import TTFont

from portal.document.printing.characters import BREAK, cannot_print, printable
from portal.paths import STATIC

FONTS = STATIC / "fonts" / "print"


def test_the_list_of_characters_is_that_of_the_fonts():
    drawn = set()
    for file in FONTS.glob("*.ttf"):
        drawn |= set(TTFont(file).getBestCmap())
    listed = {
        code
        for first, last in json.loads((FONTS / "covered.json").read_text())
        for code in range(first, last + 1)
    }
    assert listed == drawn


@pytest.mark.parametrize(
    "text",
    [
        "Plain words",
        "£4.50 – “quoted” …",
        "Łódź, Zoë, ŵy",
        "Київ Αθήνα",
        "سلام علیکم",
        "Tiếng Việt",
        "✓ ☐ ½",
        "two\nlines",
    ],
)
def test_ordinary_words_stay_as_they_are(text):
    assert printable(text) == text
    assert cannot_print(text) == ()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("tea 😀 now", "tea [grinning face] now"),
        ("thumbs 👍🏽", "thumbs [thumbs up sign]"),
        ("family 👨\u200d👩", "family [man][woman]"),
        ("heart ❤️", "heart ❤"),
        ("bell\x07", "bell"),
        ("turned \u202eround", "turned round"),
        ("漢字", "\ufffd\ufffd"),
        ("private \ue000", "private \ufffd"),
        ("e" + "\u0301" * 50, "é\u0301\u0301"),
    ],
)
def test_what_no_font_can_draw_is_replaced(typed, shown):
    assert printable(typed) == shown


def test_what_cannot_be_printed_is_told_once_each():
    assert cannot_print("漢字漢 tea 😀😀 é") == ("漢", "字", "😀")


def test_joiners_stay_between_arabic_letters():
    assert printable("می\u200cخواهم") == "می\u200cخواهم"


def test_a_word_without_an_end_can_be_broken():
    pieces = printable("n" * 1000).split(BREAK)
    assert "".join(pieces) == "n" * 1000
    assert max(map(len, pieces)) <= 30


def test_the_space_between_words_is_kept():
    assert printable(" é ") == " é "
    assert printable(" ") == " "
