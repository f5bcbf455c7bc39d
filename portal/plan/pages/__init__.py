"""The pages of the plan: the board, its lines of support, its needs, and what stands beside them."""

from __future__ import annotations

from portal.plan.pages import (
    about,
    board,
    changed,
    doubts,
    employing,
    instead,
    joint,
    line_steps,
    lines,
    money,
    necessary,
    needs,
    pictures,
    ready,
    setbacks,
    texts,
    week,
)
from portal.plan.pages.blueprint import bp

__all__ = [
    "about",
    "board",
    "bp",
    "changed",
    "doubts",
    "employing",
    "instead",
    "joint",
    "line_steps",
    "lines",
    "money",
    "necessary",
    "needs",
    "pictures",
    "ready",
    "setbacks",
    "texts",
    "week",
]
