"""Pages for what went wrong: the same look, plain words, and nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, g, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

log = logging.getLogger("portal")
_OWN_PAGE = frozenset({403, 404, 405, 413, 429, 500, 503})


def register(app: Flask, choose_words: Callable[[], None]) -> None:
    """Give an app its error pages."""

    def page(code: int, template: str) -> tuple[str, int]:
        if "words" not in g:
            choose_words()
        return render_template(f"errors/{template}.html"), code

    @app.errorhandler(CSRFError)
    def _form_too_old(_error: CSRFError) -> tuple[str, int]:
        return page(400, "form-expired")

    @app.errorhandler(HTTPException)
    def _known(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        return page(code, str(code) if code in _OWN_PAGE else "400")

    @app.errorhandler(OperationalError)
    def _database_away(error: OperationalError) -> tuple[str, int]:
        log.error("database away: %s", type(error.orig).__name__)
        return page(503, "503")
