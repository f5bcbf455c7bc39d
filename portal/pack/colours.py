"""A council's colours, and how well they can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from portal.pack.values import Value
from portal.pack.written import Colour

TEXT_CONTRAST = Decimal(7)
"""Least contrast of words with their ground: WCAG 2.2, success criterion 1.4.6 (AAA)."""

EDGE_CONTRAST = Decimal(3)
"""Least contrast of the edge of a control with its ground: WCAG 2.2, success criterion 1.4.11."""


class Colours(Value):
    """The colours of the pages. Each stands for its use, not for its hue.

    :ivar ink: words, and the ring around what has the focus.
    :ivar paper: the ground of the page.
    :ivar card: the ground of cards and fields.
    :ivar sand: the ground of quiet bands.
    :ivar soft: hints and other quiet words.
    :ivar leaf: the header and the buttons.
    :ivar leaf_words: words on ``leaf``.
    :ivar link: links.
    :ivar error: errors, and what is taken off a budget.
    :ivar sun: the halo of the focus, only behind ink.
    :ivar edge: edges of fields and other controls.
    :ivar card_edge: edges of cards, decoration only.
    """

    ink: Colour = "#1b1a17"
    paper: Colour = "#fbf7ef"
    card: Colour = "#ffffff"
    sand: Colour = "#f1e9da"
    soft: Colour = "#4a4740"
    leaf: Colour = "#0b5148"
    leaf_words: Colour = "#ffffff"
    link: Colour = "#0b4a80"
    error: Colour = "#97200c"
    sun: Colour = "#ffc845"
    edge: Colour = "#7d7464"
    card_edge: Colour = "#cfc6b4"


TEXT_ON = {
    "ink": ("paper", "card", "sand", "sun"),
    "soft": ("paper", "card", "sand"),
    "link": ("paper", "card", "sand"),
    "error": ("paper", "card"),
    "leaf": ("paper", "card"),
    "leaf_words": ("leaf",),
}
EDGES_ON = {"edge": ("paper", "card")}


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> Decimal:
    """Contrast of two colours, 1 to 21, cut to two places so that 6.999 is not 7 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return Decimal(int((light + 0.05) / (dark + 0.05) * 100)) / 100


def weak_pairs(colours: Colours) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """Colours too near to a ground: the colour, the worst of its grounds, their contrast, what is needed."""
    for pairs, needed in ((TEXT_ON, TEXT_CONTRAST), (EDGES_ON, EDGE_CONTRAST)):
        for name, grounds in pairs.items():
            colour = getattr(colours, name)
            found, ground = min((contrast(colour, getattr(colours, ground)), ground) for ground in grounds)
            if found < needed:
                yield name, ground, found, needed
