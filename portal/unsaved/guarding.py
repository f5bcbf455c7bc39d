"""Around every request: a form sent twice does once what it does, and one that is not saved is kept."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress

from flask import Flask, Response, g, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from portal.current import the_g, the_request
from portal.lines import AWAY
from portal.safeguards import Work, database_away, db, now
from portal.sharing.access import account_id, check_access, keep_forms_with
from portal.unsaved.carried import (
    KEPT,
    MADE_FROM,
    ONCE,
    WHOSE,
    carried,
    given,
    hidden_fields,
    keeping,
    keeps_for_account,
    look_for_kept,
    mark_of,
    may_be_kept,
    need_of,
    offers,
    page_of,
    typed_fields,
    with_kept,
)
from portal.unsaved.filled import fill
from portal.unsaved.records import (
    Fields,
    Why,
    answered_with,
    drop_for_account,
    drop_form,
    drop_surplus,
    first_answer,
    keep_form,
    note_answer,
)

_WHY: dict[int, Why] = {400: "expired", 404: "refused", 409: "refused", 422: "wrong"}
"""Why a form was not saved, by the answer that it got."""
_LONGEST_KEY = 64


def guard(app: Flask) -> None:
    """Put this around every request of an app, inside what finds the visitor's case."""
    app.before_request(_refuse_another_case)
    app.before_request(_answer_a_repeat)
    app.before_request(look_for_kept)
    app.after_request(_keep)
    keep_forms_with(app, _keep_for)
    app.jinja_env.globals.update(
        form_fields=hidden_fields,
        form_keeping=keeping,
        unsaved_offers=offers,
        unsaved_given=given,
        with_kept=with_kept,
    )


def _refuse_another_case() -> tuple[str, int] | None:
    """Refuse a form of one case when another one has been opened in another window meanwhile."""
    asked = the_request()
    whose = asked.form.get(WHOSE) if asked.method == "POST" else None
    case = the_g().get("case") if whose is not None else None
    if whose is None or case is None or hmac.compare_digest(whose.encode(), mark_of(case.id).encode()):
        return None
    g.another_case = True
    return render_template("unsaved/another-case.html", typed=_shown(typed_fields())), 409


def typed_here() -> list[str]:
    """What was typed in the form that was sent, or in the kept one that this page is asked for with."""
    kept = given()
    return _shown(typed_fields() if request.method == "POST" else kept.fields if kept is not None else {})


def _shown(fields: Fields) -> list[str]:
    return [
        value for name, values in fields.items() if name != MADE_FROM for value in values if value.strip()
    ]


def _answer_a_repeat() -> AnyResponse | None:
    """Answer a form that was sent before as it was answered then."""
    key = _key_sent() if the_request().method == "POST" else None
    if key is None:
        return None
    location = first_answer(db(), key, now())
    if location:
        return redirect(location, 303)
    g.sent_form = key
    return None


def _key_sent() -> str | None:
    """The key of the form that was sent, with all that was typed in it; ``None`` for one that has no key."""
    once = the_request().form.get(ONCE)
    if not once or len(once) > _LONGEST_KEY:
        return None
    sent = hashlib.sha256(request.full_path.encode())
    for name, values in request.form.lists():
        sent.update("\x1f".join(("\x1e", name, *values)).encode())
    return sent.hexdigest()


def answer_outdated() -> AnyResponse | None:
    """The answer to a form of an earlier session of this browser; ``None`` when it is only to be kept.

    A form that did already what it was to do gets its first answer. What was typed in another one is
    kept where it belongs to the case that is open, and is given back when its page is opened again.
    """
    key = _key_sent()
    location = answered_with(db(), key) if key is not None else None
    if location:
        return redirect(location, 303)
    with suppress(HTTPException):
        check_access()
    if "case" in g and request.form.get(WHOSE) != mark_of(g.case.id):
        g.another_case = True
    return None


def is_kept() -> bool:
    """Whether what was sent with this request is going to be kept although it is refused."""
    if "case" not in g:
        return keeps_for_account(request.endpoint) and account_id() is not None
    return "another_case" not in g and may_be_kept(need_of(request.endpoint))


def _keep(response: Response) -> Response:
    """After the page: note what a form did; keep what was typed in one that was not saved."""
    if the_request().method != "POST":
        return _filled_in(response)
    try:
        _note(response)
        if the_request().blueprint != "unsaved":
            _keep_typed(response)
    except AWAY as error:
        return database_away(error)
    return response


def _filled_in(response: Response) -> Response:
    """A page of no case shows what was typed on it and not saved, as it was left."""
    kept = given()
    if kept is not None and kept.case_id is None and response.mimetype == "text/html":
        response.set_data(fill(response.get_data(as_text=True), request.path, kept.fields))
    return response


def _note(response: Response) -> None:
    key = the_g().pop("sent_form", None)
    if key is None or (response.status_code >= 400 and not g.get("keep", False)):
        return
    note_answer(db(), key, response.location if response.status_code == 303 else None)


def _keep_typed(response: Response) -> None:
    case, who = the_g().get("case"), account_id()
    if "put_off" in g:
        # It did nothing yet, although it was answered with another page.
        return
    if case is None:
        if response.status_code < 400 and who is not None and keeps_for_account(request.endpoint):
            drop_for_account(db(), who, request.path)
        elif _WHY.get(response.status_code) == "expired" and is_kept():
            keep_sent(db(), None, who, "expired")
            g.keep = True
        return
    if response.status_code < 400:
        if the_request().form.get(KEPT):
            drop_form(db(), case.id, carried().kept_id)
        return
    why = _WHY.get(response.status_code)
    if why is not None and is_kept():
        if not g.get("keep", False):
            undo()
        keep_sent(db(), case.id, who, why)
        g.keep = True


def _keep_for(who: int, case_id: str | None, _why: str) -> None:
    """Keep what was sent by somebody who has to show first who they are."""
    g.put_off = True
    if keeps_for_account(request.endpoint):
        keep_sent(db(), None, who, "expired")
    elif case_id is not None and may_be_kept(need_of(request.endpoint)):
        keep_sent(db(), case_id, who, "expired")


def undo() -> None:
    """Undo what the request did so far."""
    work: Work | None = g.get("db")
    if work is not None:
        work.undo()


def keep_sent(session: Session, case_id: str | None, who: int | None, why: Why) -> None:
    """Keep the form that was sent, if anything was typed in it."""
    fields = typed_fields()
    if "merged" in g:
        # The person was shown both: what is kept is made from what is stored now.
        fields = {**g.merged.fields, MADE_FROM: [carried().version]}
    if not fields.keys() - {MADE_FROM}:
        return
    address = page_of(request.full_path)
    if case_id is None and who is not None:
        drop_for_account(session, who, request.path)
    keep_form(session, case_id, address, fields, why=why, who=who, at=now(), id=carried().kept_id)
    if case_id is not None:
        drop_surplus(session, case_id)
