"""Sessions, kept in the database so that signing out is real.

The browser holds a random token in a cookie. A row is written only when there is something to keep:
a visitor who only reads leaves nothing behind. The token of the forms (against forgery by another
site) follows from the session's own, so that reading a page with a form writes nothing either.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from flask import Flask, Response, current_app, g, request
from flask import session as flask_session
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin
from flask_login import login_user
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import CallbackDict

from portal.current import the_app, the_g, the_request, the_session
from portal.database import IF_FREE, WRITES
from portal.identity.login import SignedIn
from portal.identity.records import end_visit, see_visit, write_visit
from portal.identity.rules import NOBODY, SEEN_EVERY, Actor, device_of, signed_out_at
from portal.lines import AWAY
from portal.safeguards import database_away, db, now, settings

FORM_TOKEN = "csrf_token"  # noqa: S105 - the name of a field, no secret
HELD = "case"
_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
DRAFT_SEEN_EVERY = timedelta(minutes=5)


class Expired(NamedTuple):
    """A session that was signed in and has ended by itself: whose it was, and the case it had open."""

    account_id: int
    held: str | None
    staff: bool


class Until(NamedTuple):
    """When somebody is signed out, and how many seconds that is from now."""

    at: datetime
    seconds: int


class VisitData(CallbackDict[str, Any], SessionMixin):
    """What a session holds during a request."""

    def __init__(self, token: str, data: dict[str, Any], *, stored: bool, form_token: str) -> None:
        def changed(_self: Any) -> None:
            self.modified = True

        super().__init__({**data, FORM_TOKEN: form_token}, changed)
        self.token = token
        self.stored = stored
        self.replaces: str | None = None
        self.began: datetime | None = None
        self.fresh: datetime | None = None
        self.strong = False
        self.staff = False
        self.device = ""
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
"""Finds the visit of a token: a :class:`portal.sharing.visits.Found`."""


class DatabaseSessions(SessionInterface):
    """Flask's sessions, read from and written to the database."""

    def __init__(self, read_visit: Reader) -> None:
        self._read_visit = read_visit

    def open_session(self, app: Flask, _request: Any) -> VisitData:
        """The session of the browser's cookie, or a new and empty one."""
        token = the_request().cookies.get(cookie_name(app))
        if token and len(token) <= 64:
            since = now() - timedelta(days=app.extensions["pack"].retention.browser_days)
            try:
                found = self._read_visit(db(), token, since)
            except AWAY as error:
                # Too early for a page about it: :func:`need_database` raises it once there is a session.
                g.database_away = error
                found = None
            if found is not None:
                visit = _opened(app, token, found)
                if visit is not None:
                    return visit
        else:
            token = secrets.token_urlsafe(32)
        g.actor = NOBODY
        return VisitData(token, {}, stored=False, form_token=_form_token(app, token))

    def save_session(self, _app: Flask, _session: SessionMixin, _response: Response) -> None:
        """Nothing: :func:`keep_session` has done it within the request's own transaction."""


def _opened(app: Flask, token: str, found: Any) -> VisitData | None:
    """The session of a visit that was found; ``None`` when the person was signed out meanwhile."""
    data, held, here = found.data, found.case.id, the_g()
    signed_in, ends = data.get("_user_id"), None
    if signed_in:
        limits = app.extensions["pack"].council.sign_in
        ends = signed_out_at(found.began, found.seen, limits, staff=found.staff)
        if now() > ends + SEEN_EVERY:
            here.expired = Expired(int(signed_in), held, found.staff)
            return None
        here.actor = Actor(int(signed_in), found.staff, found.strong, found.fresh, ends)
    else:
        here.actor = NOBODY
    here.visit_seen = found.seen
    if held is not None:
        here.held = found.case
        data = {**data, HELD: held}
    elif getattr(found.case, "lost", False):
        here.lost = True
    visit = VisitData(token, data, stored=True, form_token=_form_token(app, token))
    visit.began, visit.fresh, visit.device = found.began, found.fresh, found.device
    visit.strong, visit.staff = found.strong, found.staff
    return visit


def actor() -> Actor:
    """Who this request comes from."""
    return cast("Actor", the_g().actor)


def signed_in_until() -> Until | None:
    """When the person who is here is signed out if they do nothing from now on; ``None`` for others."""
    if actor().account_id is None:
        return None
    visit, at = request_ctx.session, now()
    began = getattr(visit, "began", None) or at
    ends = signed_out_at(began, at, current_app.extensions["pack"].council.sign_in, staff=actor().staff)
    return Until(ends, int((ends - at).total_seconds()))


def need_database() -> None:
    """Before a page: it cannot be drawn without knowing whose visit it is. A file can."""
    error: Exception | None = the_g().get("database_away")
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
    here = the_g()
    token: str | None = here.get(FORM_TOKEN)
    if token is None:
        token = _signed(the_session()[FORM_TOKEN], str(the_app().secret_key))
        setattr(here, FORM_TOKEN, token)
    return token


def protect_forms(app: Flask) -> None:
    """Refuse a form without the token of its session.

    The token this session's forms carry is known; only another one is worth Flask-WTF's longer look,
    which also says what is wrong with it.
    """
    long_look = CSRFProtect(app)

    @app.before_request
    def _check_token() -> None:
        # Also for a page that is only looked at: else a form drawn by Flask-WTF signs a token of its own.
        token = form_token()
        if the_request().method not in _WRITING:
            return
        sent = the_request().form.get(FORM_TOKEN, "")
        if hmac.compare_digest(sent.encode(), token.encode()):
            the_g().csrf_valid = True
        else:
            long_look.protect()


def _form_token(app: Flask, token: str) -> str:
    return _follows_from(token, str(app.secret_key))


@lru_cache(maxsize=4096)
def _follows_from(token: str, app_key: str) -> str:
    return hmac.digest(app_key.encode(), token.encode(), "sha256").hex()


def renew() -> None:
    """Give the session a new token: at sign-in and sign-out, and whenever it is worth more than before."""
    visit: Any = flask_session
    visit.replaces = visit.replaces or (visit.token if visit.stored else None)
    visit.token = secrets.token_urlsafe(32)
    visit.stored = False
    visit.modified = True


def sign_in(account_id: int, *, staff: bool, strong: bool) -> None:
    """Sign somebody in who has just shown who they are, with a new session in place of the one that was.

    :param strong: whether with two factors, or with a passkey.
    """
    visit: Any = flask_session
    renew()
    login_user(SignedIn(str(account_id)))
    # Flask-Login keeps a fingerprint of the browser here, which nothing reads.
    visit.pop("_id", None)
    visit.began = visit.fresh = now()
    visit.strong, visit.staff = strong, staff
    visit.device = device_of(request.headers.get("User-Agent", ""))
    g.actor = Actor(account_id, staff, strong, visit.fresh)


def made_fresh(*, strong: bool) -> None:
    """Somebody who is signed in has shown again who they are."""
    visit: Any = flask_session
    renew()
    visit.fresh = now()
    visit.strong = visit.strong or strong
    g.actor = replace(actor(), fresh=visit.fresh, strong=visit.strong)


def forget() -> None:
    """End the session: here, in the database and in the browser."""
    visit: Any = flask_session
    visit.clear()
    visit.began = visit.fresh = None
    visit.strong = visit.staff = False
    renew()
    g.actor = NOBODY


def keep_session(response: Response) -> Response:
    """After the page, before its transaction is committed: keep what changed, set the cookie."""
    visit = the_session()
    if not isinstance(visit, VisitData):
        return response
    good = response.status_code < 400 or the_g().get("keep", False)
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
    if not kept and not held:
        return
    at = now()
    visit.began = visit.began or at
    values = {
        "data": kept,
        "account_id": int(account) if account else None,
        "held": held,
        "seen": at,
        "device": visit.device,
        "fresh": visit.fresh,
        "strong": visit.strong,
        "staff": visit.staff,
    }
    write_visit(db(), visit.token, values, None if visit.stored else visit.began)


def note_seen(app: Flask) -> None:
    """Note, at most every few minutes and in a transaction of its own, that a session is in use."""
    visit, seen = the_session(), the_g().get("visit_seen")
    if not visit or not getattr(visit, "stored", False) or seen is None:
        return
    if now() - seen < (SEEN_EVERY if actor().account_id else DRAFT_SEEN_EVERY):
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
