"""The pages of the plan: the board, its lines of support, its needs, and what stands beside them."""

from __future__ import annotations

from portal.plan.pages import board, joint, line_steps, lines, money, needs, setbacks, texts
from portal.plan.pages.blueprint import bp

__all__ = ["board", "bp", "joint", "line_steps", "lines", "money", "needs", "setbacks", "texts"]
