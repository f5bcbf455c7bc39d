"""Text as the printed fonts can draw it.

One character without a glyph makes a PDF fail both its standards, and a few crafted ones keep the
renderer busy for minutes; so text is made printable before it meets the renderer.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from functools import cache

from portal.paths import STATIC
from portal.text import clean

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
LONGEST_WORD = 60
"""Characters without a space from which on a word may be broken anywhere."""

_PIECE = 30
_MOST_MARKS = 2
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
# Variation selectors, skin tones, key caps and the tags that spell flags: they only change an emoji.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\u20e3\U000e0000-\U000e01ef]")
_TOO_MANY_MARKS = re.compile(
    r"(?<=[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_ANY_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_PIECES = re.compile(rf"\S{{{_PIECE}}}(?=\S)")


@cache
def _covered() -> tuple[list[int], list[int]]:
    file = STATIC / "fonts" / "print" / "covered.json"
    pairs = json.loads(file.read_text())
    return [first for first, _last in pairs], [last for _first, last in pairs]


def is_drawn(character: str) -> bool:
    """Whether one of the printed fonts has this character."""
    firsts, lasts = _covered()
    code = ord(character)
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]


def cannot_print(text: str) -> tuple[str, ...]:
    """The characters of a text that no printed font has, each once, in order."""
    stripped = _SELECTORS.sub("", clean(text))
    return tuple(dict.fromkeys(c for c in stripped if c not in _JOINERS and c != "\n" and not is_drawn(c)))


def printable(text: str) -> str:
    """A text in which every character can be drawn and every word can be broken.

    An emoji becomes its name in square brackets, another character that no font has becomes a
    replacement character. Space at either end is kept.
    """
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_WORD:
        return text
    cleaned = clean(text)
    if not cleaned:
        return " " if text.isspace() else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    cleaned = _TOO_MANY_MARKS.sub("", _SELECTORS.sub("", cleaned))
    if not cleaned.isascii():
        cleaned = "".join(_drawn(cleaned, place) for place in range(len(cleaned)))
    return before + _ANY_LONG_WORD.sub(_with_breaks, cleaned) + after


def _drawn(text: str, place: int) -> str:
    character = text[place]
    if character in _JOINERS:
        joins = place > 0 and unicodedata.bidirectional(text[place - 1]) == "AL"
        return character if joins else ""
    if character == "\n" or is_drawn(character):
        return character
    if unicodedata.category(character) in {"So", "Sk"}:
        return f"[{unicodedata.name(character, 'symbol').lower()}]"
    return REPLACEMENT


def _with_breaks(word: re.Match[str]) -> str:
    return _PIECES.sub(lambda piece: piece[0] + BREAK, word[0])
