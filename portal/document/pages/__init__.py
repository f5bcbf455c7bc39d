"""Check and print: the whole plan on screen, its versions, editions and exports, and the check of a code."""

from __future__ import annotations

from portal.document.pages import check, codes, exports, printing, versions
from portal.document.pages.blueprint import bp

__all__ = ["bp", "check", "codes", "exports", "printing", "versions"]
