"""How pages look: standard, larger text, Easy Read, and the language. Kept in the browser only."""

from __future__ import annotations

from flask import Response, current_app, redirect, request

from portal.safeguards import LOOK_COOKIES, MODES, is_local, settings

_YEAR = 365 * 24 * 3600


def change_look() -> Response:
    """Set what the address asks for, if it exists, and go back."""
    to = request.args.get("to", "/")
    response = current_app.make_response(redirect(to if is_local(to) else "/", 303))
    mode = request.args.get("mode")
    language = request.args.get("language")
    if mode is not None and mode in MODES:
        _set(response, LOOK_COOKIES["mode"], mode)
    if language is not None and language in current_app.extensions["languages"]:
        _set(response, LOOK_COOKIES["language"], language)
    return response


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR, secure=settings().secure_cookies, httponly=True, samesite="Lax", path="/"
    )
