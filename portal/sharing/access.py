"""Access is asked in one place.

A page says whether anybody may open it, or which part of a case it shows and with what right. What
is refused looks the same as what does not exist. A page that says nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal.database import writers_take_turns
from portal.safeguards import WRITING, db
from portal.sharing.records import Case, read_case, read_case_to_write

Right = Literal["see", "write"]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Need:
    """What a page needs: a part of the case, and the right to see or to write it."""

    section: str
    right: Right


OPEN = "open"


def open_page(view: View) -> View:
    """Anybody may open this page; it shows nothing of any case."""
    view.access = OPEN  # type: ignore[attr-defined]
    return view


def needs_case(section: str, right: Right = "see") -> Callable[[View], View]:
    """The page shows or changes a part of the visitor's case, found in ``g.case``."""

    def mark(view: View) -> View:
        view.access = Need(section, right)  # type: ignore[attr-defined]
        return view

    return mark


def allowed(case: Case, account_id: int | None) -> bool:
    """Whether a visitor may open a case that their session holds.

    A private draft belongs to the browser that holds its session. Once it is kept under an account,
    only that account opens it.
    """
    return case.account_id is None or case.account_id == account_id


def account_id() -> int | None:
    """The account that is signed in, or ``None``."""
    known = session.get("_user_id")
    return int(known) if known else None


def check_access() -> Response | None:
    """Before every request: let in who may, send who has no case yet to the start page."""
    if request.endpoint is None:
        return None
    need = getattr(current_app.view_functions[request.endpoint], "access", None)
    if need == OPEN:
        return None
    if not isinstance(need, Need):
        abort(404)
    held = session.get("case")
    case = g.get("held")
    if held and request.method in WRITING and not writers_take_turns(db()):
        case = read_case_to_write(db(), held)
    elif held and (case is None or case.id != held):
        case = read_case(db(), held)
    if case is None or not allowed(case, account_id()):
        return redirect(url_for("guide.start"), 303)
    g.case = case
    return None
