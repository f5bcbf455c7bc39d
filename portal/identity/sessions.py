"""Sessions, kept in the database so that signing out is real.

The browser holds a random token in a cookie. A row is written only when there is something to keep:
a visitor who only reads leaves nothing behind. The token of the forms (against forgery by another
site) follows from the session's own, so that reading a page with a form writes nothing either.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask import session as flask_session
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import CallbackDict

from portal.database import IF_FREE, WRITES
from portal.identity.records import end_visit, see_visit, write_visit
from portal.safeguards import AWAY, database_away, db, now, settings

FORM_TOKEN = "csrf_token"  # noqa: S105 - the name of a field, no secret
HELD = "case"
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SEEN_EVERY = timedelta(minutes=5)


class VisitData(CallbackDict[str, Any], SessionMixin):
    """What a session holds during a request."""

    def __init__(self, token: str, data: dict[str, Any], *, stored: bool, form_token: str) -> None:
        def changed(_self: Any) -> None:
            self.modified = True

        super().__init__({**data, FORM_TOKEN: form_token}, changed)
        self.token = token
        self.stored = stored
        self.replaces: str | None = None
        self.modified = False
        self.form_shown = False

    def __getitem__(self, key: str) -> Any:
        if key == FORM_TOKEN:
            self.form_shown = True
        return super().__getitem__(key)

    def kept(self) -> dict[str, Any]:
        """What goes into the database."""
        return {key: value for key, value in self.items() if key not in (FORM_TOKEN, HELD)}


Reader = Callable[[Session, str, datetime], Any]
"""Finds the visit of a token, with ``data``, ``seen`` and the ``case`` that it holds."""


class DatabaseSessions(SessionInterface):
    """Flask's sessions, read from and written to the database."""

    def __init__(self, read_visit: Reader) -> None:
        self._read_visit = read_visit

    def open_session(self, app: Flask, _request: Any) -> VisitData:
        """The session of the browser's cookie, or a new and empty one."""
        token = request.cookies.get(cookie_name(app))
        if token and len(token) <= 64:
            since = now() - timedelta(days=app.extensions["pack"].retention.browser_days)
            try:
                found = self._read_visit(db(), token, since)
            except AWAY as error:
                # Too early for a page about it: :func:`need_database` raises it once there is a session.
                g.database_away = error
                found = None
            if found is not None:
                g.visit_seen = found.seen
                data = found.data
                if found.case.id is not None:
                    g.held = found.case
                    data = {**data, HELD: found.case.id}
                return VisitData(token, data, stored=True, form_token=_form_token(app, token))
        else:
            token = secrets.token_urlsafe(32)
        return VisitData(token, {}, stored=False, form_token=_form_token(app, token))

    def save_session(self, _app: Flask, _session: SessionMixin, _response: Response) -> None:
        """Nothing: :func:`keep_session` has done it within the request's own transaction."""


def need_database() -> None:
    """Before a page: it cannot be drawn without knowing whose visit it is. A file can."""
    error: Exception | None = g.get("database_away")
    if error is not None and request.blueprint != "assets":
        raise error


def cookie_name(app: Flask) -> str:
    """``__Host-`` ties a cookie to this host and to https; plain http on this machine has no such thing."""
    return "__Host-visit" if app.extensions["settings"].secure_cookies else "visit"


@lru_cache(maxsize=4096)
def _signed(raw: str, app_key: str) -> str:
    # Flask-WTF takes the token of the request from here; it signs one for a session once, not at each page.
    return str(URLSafeTimedSerializer(app_key, salt="wtf-csrf-token").dumps(raw))


def form_token() -> str:
    """The token that goes into the forms of this session."""
    token: str | None = g.get(FORM_TOKEN)
    if token is None:
        token = _signed(flask_session[FORM_TOKEN], str(current_app.secret_key))
        setattr(g, FORM_TOKEN, token)
    return token


def protect_forms(app: Flask) -> None:
    """Refuse a form without the token of its session.

    The token this session's forms carry is known; only another one is worth Flask-WTF's longer look,
    which also says what is wrong with it.
    """
    long_look = CSRFProtect(app)

    @app.before_request
    def _check_token() -> None:
        if request.method not in _WRITING:
            return
        sent = request.form.get(FORM_TOKEN, "")
        if hmac.compare_digest(sent.encode(), form_token().encode()):
            g.csrf_valid = True
        else:
            long_look.protect()


def _form_token(app: Flask, token: str) -> str:
    return hmac.new(str(app.secret_key).encode(), token.encode(), hashlib.sha256).hexdigest()


def renew() -> None:
    """Give the session a new token: at sign-in and sign-out, so that an old one opens nothing."""
    visit: Any = flask_session
    visit.replaces = visit.replaces or (visit.token if visit.stored else None)
    visit.token = secrets.token_urlsafe(32)
    visit.stored = False
    visit.modified = True


def forget() -> None:
    """End the session: here, in the database and in the browser."""
    visit: Any = flask_session
    visit.clear()
    renew()


def keep_session(response: Response) -> Response:
    """After the page, before its transaction is committed: keep what changed, set the cookie."""
    visit = request_ctx.session
    if not isinstance(visit, VisitData):
        return response
    good = response.status_code < 400 or g.get("keep", False)
    if visit.modified and good:
        try:
            _write(visit)
        except AWAY as error:
            return database_away(error)
    if (visit.modified and good) or (visit.form_shown and not visit.stored):
        _set_cookie(response, visit.token)
    return response


def _write(visit: VisitData) -> None:
    if visit.replaces:
        end_visit(db(), visit.replaces)
    kept, held, account = visit.kept(), visit.get(HELD), visit.get("_user_id")
    if kept or held:
        who = int(account) if account else None
        write_visit(db(), visit.token, kept, who, held, now(), new=not visit.stored)


def note_seen(app: Flask) -> None:
    """Note, at most every few minutes and in a transaction of its own, that a session is in use."""
    visit: Any = flask_session
    if not visit or not getattr(visit, "stored", False) or "visit_seen" not in g:
        return
    if now() - g.visit_seen < SEEN_EVERY:
        return
    writing = app.extensions["engine"].execution_options(**{WRITES: True, IF_FREE: True})
    # Reading goes on while nothing can be written.
    with suppress(*AWAY), Session(writing) as session, session.begin():
        see_visit(session, visit.token, now())


def _set_cookie(response: Response, token: str) -> None:
    days = current_app.extensions["pack"].retention.browser_days
    response.set_cookie(
        cookie_name(current_app),
        token,
        max_age=days * 24 * 3600,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )
