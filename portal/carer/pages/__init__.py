"""The pages of a carer's own space and their addresses."""

from __future__ import annotations

from portal.carer.pages import agreed, own, start, together
from portal.carer.pages.blueprint import bp

__all__ = ["agreed", "bp", "own", "start", "together"]
