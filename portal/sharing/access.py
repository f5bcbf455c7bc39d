"""Access is asked in one place.

A page says whether anybody may open it, or which part of a case it shows and with what right. What
is refused looks the same as what does not exist. A page that says nothing is refused. Who may do what
is said in :mod:`portal.sharing.rules`; here it is held against each request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from portal import audit
from portal.current import the_app, the_g, the_request, the_session
from portal.database import writers_take_turns
from portal.identity.sessions import actor
from portal.pack.pack import Pack
from portal.safeguards import WRITING, current_pack, db, now, today, write_first
from portal.sharing.private import keep_out_of_private
from portal.sharing.rules import PERSON, Right, Role, Whose, belongs_to, role_of
from portal.sharing.visits import read_held

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Need:
    """What a page needs of whoever opens it.

    :ivar section: the part of the case that it belongs to.
    :ivar right: to see it, to write in it, or to do what only the person themself may do.
    :ivar whole: whether it is made from everything that was answered, so that helpers do not see it while
        something of that is private.
    :ivar noted: the action under which the audit trail notes that anybody opened it, such as ``print``.
    """

    section: str
    right: Right
    noted: str = ""
    whole: bool = False


WORDS = "words"
MINE: Whose = "mine"
PAPER: Whose = "paper"
"""What a session holds of whose words a helper writes, as portal/sharing/rules.py names it."""

OPEN = "open"
SIGNED_IN = "signed in"
STAFF = "staff"


def open_page(view: View) -> View:
    """Anybody may open this page; it shows nothing of any case."""
    view.access = OPEN  # type: ignore[attr-defined]
    return view


def needs_sign_in(view: View) -> View:
    """The page is for whoever is signed in, and about their account; it shows nothing of any case."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs_staff(view: View) -> View:
    """The page is for the council's staff alone, signed in with two factors or a passkey."""
    view.access = STAFF  # type: ignore[attr-defined]
    return view


def keeps_typed(view: View) -> View:
    """What is typed on this page of no case is kept for its account when the session has ended meanwhile.

    Never a page on which passphrases or codes are typed. On pages of a case it is so without saying.
    """
    view.keeps = True  # type: ignore[attr-defined]
    return view


def needs_fresh(view: View) -> View:
    """Besides, somebody who is signed in must have shown within five minutes who they are.

    It stands above what says who may open the page. Who is not signed in has nothing to show: a private
    draft is whoever's browser it is in.
    """
    view.fresh = True  # type: ignore[attr-defined]
    return view


def needs_case(
    section: str, right: Right = "see", noted: str = "", *, whole: bool = False
) -> Callable[[View], View]:
    """The page shows or changes a part of the visitor's case, found in ``g.case``; ``g.role`` opens it.

    :param right: ``own`` for what no helper may do: agree, sign, share, take everything away, delete.
    :param noted: what the audit trail says of whoever opens it, the person included, such as ``print``.
    :param whole: whether it is made from everything that was answered.
    """

    def mark(view: View) -> View:
        view.access = Need(section, right, noted, whole)  # type: ignore[attr-defined]
        return view

    return mark


def access_of(endpoint: str) -> Any:
    """What a page says of access: :data:`OPEN`, a :class:`Need`, or ``None`` when it says nothing."""
    return getattr(the_app().view_functions[endpoint], "access", None)


def account_id() -> int | None:
    """The account that is signed in, or ``None``."""
    known = the_session().get("_user_id")
    return int(known) if known else None


def role() -> Role:
    """What the visitor is in the case that they have open."""
    here = the_g()
    found: Role | None = here.get("role")
    if found is None:
        held = here.get("held")
        found = here.role = (role_of(held, account_id(), today()) if held is not None else None) or PERSON
    return found


def whose_words(case: Any) -> Whose:
    """Whose words a helper writes in a case: those of the paper form, until its person has taken it over."""
    return PAPER if case.claim is not None else session.get(WORDS, MINE)


def may(section: str, right: Right = "see") -> bool:
    """Whether the visitor may open pages of a part that need this right: for links and buttons to them."""
    return role().may(section, right)


def may_open(endpoint: str) -> bool:
    """Whether the visitor may open a page."""
    need = access_of(endpoint)
    if isinstance(need, Need):
        return may(need.section, need.right)
    return need in {OPEN, SIGNED_IN} or (need == STAFF and actor().staff)


KeepForm = Callable[[int, str | None, str], None]
"""Keeps what was sent with this request for an account, and says why: ``expired`` or ``fresh``."""


def keep_forms_with(app: Flask, keep_form: KeepForm) -> None:
    """Have a form kept that met an expired session, or somebody who has to show again who they are."""
    app.extensions["keep_form"] = keep_form


def way_back() -> str:
    """Where to go on after signing in: this page, or for a form that was sent the page it stands on."""
    if request.method == "GET" or current_app.url_map.bind("").test(request.path, "GET"):
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host and came_from.path else request.path


def check_access() -> Response | None:
    """Before every request: let in who may, send who has no case yet to the start page."""
    endpoint, here = the_request().endpoint, the_g()
    if endpoint is None:
        return None
    need = access_of(endpoint)
    if need == OPEN:
        return None
    if not isinstance(need, Need) and need not in {SIGNED_IN, STAFF}:
        abort(404)
    gone = here.get("expired")
    if gone is not None and (need != STAFF or gone.staff):
        return _ask(
            url_for("signing_in.sign_in", to=way_back(), out="yes"), gone.account_id, gone.held, "expired"
        )
    refused = _check_case(need) if isinstance(need, Need) else _check_account(str(need))
    if refused is None and getattr(the_app().view_functions[endpoint], "fresh", False):
        refused = _check_fresh()
    if refused is None and isinstance(need, Need):
        _note(need, here.role)
        if here.role.helps:
            keep_out_of_private(whole=need.whole)
    return refused


def _check_account(need: str) -> Response | None:
    who = actor()
    if need == STAFF and not who.staff:
        abort(404)
    if who.account_id is None:
        return redirect(url_for("signing_in.sign_in", to=way_back()), 303)
    if need == STAFF and not who.strong:
        return redirect(url_for("signing_in.ways"), 303)
    return None


def _check_fresh() -> Response | None:
    who = actor()
    if who.account_id is None or who.is_fresh(now()):
        return None
    return _ask(url_for("signing_in.again", to=way_back()), who.account_id, session.get("case"), "fresh")


def _ask(to: str, account_id: int, case_id: str | None, why: str) -> Response:
    """Send somebody to sign in, or to show again who they are; what they sent with this request is kept."""
    keep_form: KeepForm | None = current_app.extensions.get("keep_form")
    if keep_form is not None and request.method in WRITING:
        keep_form(account_id, case_id, why)
    return redirect(to, 303)


def _check_case(need: Need) -> Response | None:
    case = _case_held()
    found = role_of(case, account_id(), today()) if case is not None else None
    if found is None:
        # Who had one open is told on the start page that it was taken from them.
        return redirect(url_for("guide.start", nothing=None if "lost" in the_g() else "here"), 303)
    if not (found.may(need.section, need.right) and belongs_to(case.kind, need.section)):
        abort(404)
    here = the_g()
    here.case, here.role, here.need = case, found, need
    return None


def _case_held() -> Any:
    """The case that this visitor has open, with their passport beside it."""
    held = the_session().get("case")
    if not held:
        return None
    if the_request().method in WRITING and not writers_take_turns(db()):
        return read_held(db(), held, account_id(), to_write=True)
    case = the_g().get("held")
    return case if case is not None and case.id == held else read_held(db(), held, account_id())


def _note(need: Need, by: Role) -> None:
    """Let the trail name who acts, and note what others look at; what the person does where a page asks."""
    action = need.noted or ("view" if by.helps else "")
    if the_request().method in WRITING:
        db().info[audit.ACTOR] = f"{by.audited} {whose_words(g.case)}" if by.helps else by.audited
    elif action and request.method != "HEAD":
        # Noted before it is shown. What could not be noted is not shown.
        case_id, subject, at = g.case.id, f"page {request.path}"[: audit.LONGEST_SUBJECT], now()
        write_first(lambda noted: audit.record(noted, case_id, action, subject, at, by.audited))


def pack_here() -> Pack:
    """The council's pack as the visitor's case meets it: a carer's asks the carers' questions."""
    return current_pack().of(the_g().case.kind)
