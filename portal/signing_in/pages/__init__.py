"""The pages of signing in."""

from __future__ import annotations

from portal.signing_in.pages import again, codes, devices, entering, forgotten, passkeys, ways
from portal.signing_in.pages.blueprint import bp

__all__ = ["again", "bp", "codes", "devices", "entering", "forgotten", "passkeys", "ways"]
