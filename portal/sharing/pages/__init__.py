"""The pages about people who help: for whoever is helped, for whoever helps, and the trail of who looked."""

from __future__ import annotations

from portal.sharing.pages import acting, helping, inviting, seen
from portal.sharing.pages.blueprint import bp

__all__ = ["acting", "bp", "helping", "inviting", "seen"]
