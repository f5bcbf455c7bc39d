"""What surrounds every page: drawn once for each language, way of reading and kind of visitor, and kept.

It holds nothing of anybody. The two things that differ from page to page, the address one is on and
the token of the form to sign out, are put in afterwards.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, g, request, session
from markupsafe import Markup

from portal.identity.sessions import actor, form_token
from portal.sharing.access import role
from portal.words import words

_HERE, _TOKEN = "\N{WHITE SQUARE}here", "\N{WHITE SQUARE}token"
"""Places in what is kept. Nothing that a person types is ever drawn here."""


class Frame:
    """The head, top and foot of pages."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._kept: dict[tuple[str, ...], str] = {}

    def head(self) -> Markup:
        """What the head of every page has in common."""
        return Markup(self._drawn("head"))  # noqa: S704 - drawn by a template that escapes

    def top(self) -> Markup:
        """The way to one's plan, and the strip that is the same everywhere."""
        signed_in = "_user_id" in session
        held = g.get("held")
        drawn = self._drawn(
            "top",
            has_case="case" in session,
            signed_in=signed_in,
            helps=role().helps,
            carer=held is not None and held.kind == "carer",
            staff=signed_in and actor().staff,
        )
        drawn = drawn.replace(_HERE, quote(request.path))
        if signed_in:
            drawn = drawn.replace(_TOKEN, form_token())
        return Markup(drawn)  # noqa: S704 - as above; an address is quoted, a token has no markup

    def foot(self) -> Markup:
        """The foot of every page."""
        return Markup(self._drawn("foot"))  # noqa: S704 - as above

    def _drawn(self, part: str, **visitor: bool) -> str:
        language = words()
        key = (part, language.code, language.mode, *(name for name, is_so in visitor.items() if is_so))
        drawn = self._kept.get(key)
        if drawn is None:
            template = self._app.jinja_env.get_template(f"frame/{part}.html")
            about: dict[str, Any] = {"mode": language.mode, "here": _HERE, "token": _TOKEN, **visitor}
            drawn = self._kept[key] = template.render(about).strip()
        return drawn
