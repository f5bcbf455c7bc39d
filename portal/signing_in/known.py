"""Browsers that an account has signed in with before. A cookie tells them; nothing else of them is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, current_app, request
from sqlalchemy import delete, select

from portal.database import INSERT, table_of
from portal.identity.factors import KnownDevice
from portal.identity.records import hash_token
from portal.safeguards import db, now, settings

KEPT = timedelta(days=365)
_table = table_of(KnownDevice)


def _cookie() -> str:
    return "__Host-known" if settings().secure_cookies else "known"


def is_known(account_id: int | None) -> bool:
    """Whether this browser has signed in to an account before. ``None`` takes as long and is never known."""
    token = request.cookies.get(_cookie(), "")
    here = (_table.c.token == hash_token(token)) & (_table.c.account_id == (account_id or 0))
    return db().execute(select(_table.c.seen).where(here)).scalar() is not None


def remember(response: Response, account_id: int) -> Response:
    """Know this browser again when it signs in to this account."""
    token = request.cookies.get(_cookie(), "")
    if not 40 <= len(token) <= 64:
        token = secrets.token_urlsafe(32)
    new = INSERT[db().connection().dialect.name](_table).values(
        token=hash_token(token), account_id=account_id, seen=now()
    )
    keys = [_table.c.token, _table.c.account_id]
    db().execute(new.on_conflict_do_update(index_elements=keys, set_={"seen": now()}))
    response.set_cookie(
        _cookie(),
        token,
        max_age=int(KEPT.total_seconds()),
        secure=current_app.extensions["settings"].secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def forget_devices(account_id: int) -> None:
    """Know no browser of an account any more: its way in was changed because somebody else had it."""
    db().execute(delete(_table).where(_table.c.account_id == account_id))
