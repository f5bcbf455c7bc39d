"""Pages for what went wrong: the same look, plain words, and nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.safeguards import AWAY

log = logging.getLogger("portal")
_OWN_PAGE = frozenset({403, 404, 405, 413, 429, 500, 503})
TRY_AGAIN = {"Retry-After": "30"}
"""When the database is away, in seconds: long enough for it to come back, short enough to wait for."""


def register(app: Flask, choose_words: Callable[[], None]) -> None:
    """Give an app its error pages."""

    def page(code: int, template: str) -> tuple[str, int, dict[str, str]]:
        if "words" not in g:
            choose_words()
        drawn = render_template(f"errors/{template}.html", sent=request.method == "POST")
        return drawn, code, TRY_AGAIN if code == 503 else {}

    @app.errorhandler(CSRFError)
    def _form_too_old(_error: CSRFError) -> tuple[str, int, dict[str, str]]:
        return page(400, "form-expired")

    @app.errorhandler(HTTPException)
    def _known(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        return page(code, str(code) if code in _OWN_PAGE else "400")

    def away(error: Exception) -> tuple[str, int, dict[str, str]]:
        # Its kind only: the statement beside it holds what somebody typed.
        log.error("database away: %s", type(getattr(error, "orig", None) or error).__name__)
        return page(503, "503")

    for kind in AWAY:
        app.register_error_handler(kind, away)
