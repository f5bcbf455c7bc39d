"""Pages for what went wrong: the same look, plain words, and nothing of the inside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from portal.lines import AWAY
from portal.sharing.access import access_of
from portal.unsaved.carried import may_be_kept
from portal.unsaved.guarding import answer_outdated, is_kept, typed_here
from portal.unsaved.removed import removed_here

log = logging.getLogger("portal")
_OWN_PAGE = frozenset({403, 404, 405, 413, 429, 500, 503})
TRY_AGAIN = {"Retry-After": "30"}
"""When the database is away, in seconds: long enough for it to come back, short enough to wait for."""
_OURS = 500
_READ_MORE = ("case", "held", "need", "role", "carried")
"""What makes a page look into the database for what stands beside its own words."""


def _typed(*, sent: bool, code: int) -> dict[str, Any]:
    """Where what was typed is: kept for its page, or on this one to be sent again."""
    there = request.path if sent and current_app.url_map.bind("").test(request.path, "GET") else ""
    again = (
        sent and code == 503 and may_be_kept(access_of(request.endpoint or "") if request.endpoint else None)
    )
    return {
        "kept": there if sent and code == 400 and is_kept() else "",
        "again": [(name, one) for name, many in request.form.lists() for one in many] if again else [],
        "action": request.full_path.rstrip("?"),
    }


def _ask_nothing() -> None:
    """The database may be what failed: a page about that asks it for nothing."""
    for name in _READ_MORE:
        g.pop(name, None)


def _removed() -> tuple[str, int] | None:
    """The page for a helper whom the person has removed; ``None`` for everybody else."""
    removed = removed_here()
    if removed is not None:
        return render_template("errors/removed.html", removed=removed, typed=typed_here()), 404
    # The page says nothing of what there would have been to do, were it there.
    g.pop("need", None)
    return None


def register(app: Flask, choose_words: Callable[[], None]) -> None:
    """Give an app its error pages."""

    def page(code: int, template: str) -> tuple[str, int, dict[str, str]]:
        if "words" not in g:
            choose_words()
        if code >= _OURS:
            _ask_nothing()
        sent = request.method == "POST"
        drawn = render_template(f"errors/{template}.html", sent=sent, **_typed(sent=sent, code=code))
        return drawn, code, TRY_AGAIN if code == 503 else {}

    @app.errorhandler(CSRFError)
    def _form_too_old(_error: CSRFError) -> Any:
        try:
            return answer_outdated() or page(400, "form-expired")
        except AWAY as error:
            return away(error)

    @app.errorhandler(HTTPException)
    def _known(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        try:
            removed = _removed() if code == 404 else None
            return removed or page(code, str(code) if code in _OWN_PAGE else "400")
        except AWAY as gone:
            return away(gone)

    def away(error: Exception) -> tuple[str, int, dict[str, str]]:
        # Its kind only: the statement beside it holds what somebody typed.
        log.error("database away: %s", type(getattr(error, "orig", None) or error).__name__)
        return page(503, "503")

    for kind in AWAY:
        app.register_error_handler(kind, away)
