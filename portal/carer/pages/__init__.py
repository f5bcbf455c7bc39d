"""The pages of a carer's own space and their addresses."""

from __future__ import annotations

from portal.carer.pages import own, start, together
from portal.carer.pages.blueprint import bp

__all__ = ["bp", "own", "start", "together"]
