"""Words that keep their own order inside a line that is read in the other direction.

The renderer gives each element a line of its own to order, so that an element around such words would
tear the sentence apart. Unicode has signs for it, which are not drawn (Unicode Standard Annex 9, 2.4).
"""

from __future__ import annotations

import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

APART: dict[Direction, str] = {"ltr": "\N{LEFT-TO-RIGHT ISOLATE}", "rtl": "\N{RIGHT-TO-LEFT ISOLATE}"}
"""What begins words with an order of their own, by their direction."""
TOGETHER = "\N{POP DIRECTIONAL ISOLATE}"
"""What ends them."""

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(line: str) -> Direction | None:
    """Which way a line is read: as its first letter is. ``None`` without any letter or digit.

    Digits alone are read from left to right: a phone number in groups would be turned round.
    """
    digits = False
    for character in line:
        kind = unicodedata.bidirectional(character)
        if kind in _STRONG:
            return _STRONG[kind]
        digits = digits or kind in {"EN", "AN"}
    return "ltr" if digits else None


def in_own_direction(text: str, page: str) -> str:
    """A text whose lines that are read in the other direction than the page keep their own order.

    A single word of plain letters has no order to keep.
    """
    if text.isascii() and (page == "ltr" or text.isalpha()):
        return text
    return "\n".join(
        kept_apart(line) if direction_of(line) not in {None, page} else line for line in text.split("\n")
    )


def kept_apart(words: str) -> str:
    """Words on one line in an order of their own."""
    return f"{APART[direction_of(words) or 'ltr']}{words}{TOGETHER}"
