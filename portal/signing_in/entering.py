"""What happens when somebody has shown who they are: their session, and what they had begun here."""

from __future__ import annotations

from flask import Response, redirect, session, url_for

from portal.identity import sessions
from portal.identity.records import Account
from portal.safeguards import db, is_local, now, today
from portal.sharing.access import account_id as signed_in_as
from portal.sharing.grants import passports_of
from portal.sharing.records import case_of_account, give_to, is_untouched, other_cases, read_case
from portal.sharing.rules import PERSON, role_of
from portal.sharing.visits import read_held
from portal.signing_in.known import remember


def enter(account: Account, *, strong: bool, to: str = "") -> Response:
    """Sign in, and go on to where somebody was going, or to their plan.

    :param strong: whether they showed two factors, or a passkey.
    """
    draft = None if account.staff else _draft_with_answers()
    account.used = now()
    sessions.sign_in(account.id, staff=account.staff, strong=strong)
    home = url_for("staff.home") if account.staff else _take_along(draft, account.id)
    onward: Response = redirect(to if to and is_local(to) else home, 303)  # type: ignore[assignment]
    return remember(onward, account.id)


def _draft_with_answers() -> str | None:
    """The private draft of this browser, if something was typed into it."""
    held = session.get("case")
    case = read_case(db(), held) if held else None
    if case is None or case.account_id is not None or is_untouched(db(), case.id):
        return None
    # Somebody who helps has it open as well, and it is not theirs to take along.
    if role_of(read_held(db(), case.id, signed_in_as()), signed_in_as(), today()) is not PERSON:
        return None
    return case.id


def _take_along(draft: str | None, account_id: int) -> str:
    """Open the person's plan; a draft that holds something comes along. The page to go on to.

    Where the account has a plan already, the person is shown both.
    """
    if draft:
        give_to(db(), draft, account_id, now())
    case_id = draft or case_of_account(db(), account_id)
    session.pop("case", None)
    if not case_id:
        return url_for("sharing.helping" if passports_of(db(), account_id) else "guide.start")
    session["case"] = case_id
    both = draft and other_cases(db(), account_id, case_id)
    return url_for("account.show" if both else "tasks.show")
