"""Cases that staff type from a paper form, for somebody who may never use the portal themself.

Such a case is under no account and in no browser. Whoever types has a passport to it like any helper. The
person is given a code on paper, and takes the case over with it: from then on it is theirs alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.database import table_of
from portal.pack.eligibility import PolicyGroup
from portal.pack.pack import Pack
from portal.sharing.grants import Invitation, Passport, code_of, give_at_once, hash_of, passport, revoke
from portal.sharing.records import Case, give_to, start_case
from portal.sharing.rules import Given

RIGHTS: Mapping[str, Given] = {
    "assessment": "write",
    "choices": "write",
    "plan": "write",
    "budget": "see",
    "document": "see",
}
"""What whoever types may do: all that the paper form asks, and nothing about money of the person's own."""

RELATION = "worker"

_cases = table_of(Case)


class Typist(NamedTuple):
    """Who types: a member of staff, and what the person reads as their name."""

    account_id: int
    name: str


def begin_from_paper(
    session: Session,
    pack: Pack,
    kind: PolicyGroup,
    person: str,
    by: Typist,
    until: date,
    secret: str,
    at: datetime,
) -> Passport:
    """Begin a case for somebody whose form is on paper; the passport of who types it.

    :param person: what the person calls themself; ``until``: the last day on which the passport holds.
    :param secret: the portal's, which the code on paper follows from.
    """
    grant_id = secrets.token_urlsafe(12)
    session.info[audit.ACTOR] = f"helper {grant_id} paper"
    case_id = start_case(session, pack_id=pack.id, pack_version=pack.version, at=at, kind=kind)
    hashed = hash_of(claim_code(case_id, secret), secret)
    session.execute(update(_cases).where(_cases.c.id == case_id).values(claim=hashed))
    invitation = Invitation(by.name, person, RELATION, RIGHTS, until)
    give_at_once(session, case_id, by.account_id, invitation, at, id=grant_id)
    given = passport(session, case_id, grant_id)
    assert given is not None
    return given


def claim_code(case_id: str, secret: str) -> str:
    """The code with which the person takes the case over."""
    return code_of(f"claim {case_id}", secret)


def is_unclaimed(session: Session, case_id: str) -> bool:
    """Whether a case still waits for its person."""
    found = select(_cases.c.id).where(_cases.c.id == case_id, _cases.c.claim.is_not(None))
    return session.execute(found).scalar() is not None


def case_of_code(session: Session, code: str, secret: str) -> str | None:
    """The case that a code on paper belongs to; ``None`` when there is none that waits."""
    found = select(_cases.c.id).where(_cases.c.claim == hash_of(code, secret))
    return session.execute(found).scalar()


def take_over(
    session: Session, case_id: str, account_id: int | None, typed_by: Passport, *, keep: bool, at: datetime
) -> None:
    """Make a case its person's own: under their account, or without one the draft of their browser.

    The code is dead from then on, and so is the passport of who typed, unless the person keeps it.
    """
    session.info[audit.ACTOR] = audit.PERSON
    session.execute(update(_cases).where(_cases.c.id == case_id).values(claim=None))
    audit.record(session, case_id, "own", "case", at)
    if account_id is not None:
        give_to(session, case_id, account_id, at)
    if not keep:
        revoke(session, case_id, typed_by.id, at)


class Waiting(NamedTuple):
    """A case that waits for its person, and the passport of who types it."""

    given: Passport
    reference: str


def waiting_for_person(session: Session, given: tuple[Passport, ...]) -> list[Waiting]:
    """Those of some passports whose cases wait for their person."""
    found = select(_cases.c.id, _cases.c.reference).where(
        _cases.c.id.in_([one.case_id for one in given]), _cases.c.claim.is_not(None)
    )
    references = {row.id: row.reference for row in session.execute(found)}
    return [Waiting(one, references[one.case_id]) for one in given if one.case_id in references]
