"""The pages of signing in."""

from __future__ import annotations

from portal.signing_in.pages import again, entering, ways
from portal.signing_in.pages.blueprint import bp

__all__ = ["again", "bp", "entering", "ways"]
