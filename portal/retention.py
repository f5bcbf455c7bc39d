"""Drafts that nobody has typed in for long are deleted: what the privacy page promises.

A plan under an account of which a version was made to be agreed is kept for longer: the pack's plan_days.

Whoever has an account is told twice by mail before that, and nothing goes that its owner was not told
of: a portal that was switched off for a month warns first when it is back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, column, delete, exists, select, table
from sqlalchemy.orm import Session

from portal import audit, sealing
from portal.database import WRITES
from portal.england import day_in_england
from portal.identity.links import forget_old_links
from portal.identity.records import end_old_visits
from portal.identity.slowing import forget_old_failures
from portal.keys import Keyring
from portal.mail.outbox import forget_old_letters, send
from portal.pack.pack import Pack
from portal.sharing.grants import forget_old_codes
from portal.sharing.records import (
    Before,
    Case,
    Going,
    delete_case,
    delete_empty_accounts,
    drafts_going,
    untouched_since,
    warnings_of,
)
from portal.text import _
from portal.unsaved.records import Why, drop_old_forms, drop_sent_forms
from portal.words import Language

BEING_DELETED = timedelta(hours=1)
"""After this a case that is still there was not deleted after all."""
IN_ONE_GO = 100
"""Cases deleted in one transaction, so that nobody waits long for their turn to write."""

AT_ONCE = timedelta(seconds=1)
"""The shortest time there is here: warnings begin on the moment, and nothing goes until it is over."""

LAST_WARNING = timedelta(days=3)
"""So long before a draft goes its owner is told for the last time."""

SENT_FORMS = timedelta(days=1)
"""How long it is known that a form was sent: longer than any page is pressed twice."""
EXPIRED_FORMS = timedelta(hours=1)
"""How long a form that met an ended session is kept."""
KEPT_FOR_LONG: tuple[Why, ...] = ("typing", "wrong", "refused", "suggested")
"""What is kept as long as a draft nobody types in. Its page says until when, and shows what was typed."""

# Of rooms that come later in the journey, and know this one.
_pairs, _sides = table("pair", column("id")), table("pair_side", column("pair_id"))


def tidy(
    engine: Engine, pack: Pack, info: Mapping[str, Any], at: datetime, english: Language, address: str = ""
) -> int:
    """Delete the drafts that are due, and sessions nobody uses; how many drafts they were.

    :param info: what the database's sessions carry: the keys.
    :param address: where people reach the portal, for the mails.
    """
    finish_erasing(engine, info, at)
    gone = 0
    due = at - timedelta(days=pack.retention.draft_days)
    writing = engine.execution_options(**{WRITES: True})
    with Session(writing, info={**info}) as session, session.begin():
        warn(session, pack, at, english, address)
    while True:
        with Session(writing, info={**info}) as session:
            with session.begin():
                cases = untouched_since(session, _before(pack, at), IN_ONE_GO, at - LAST_WARNING)
                for case_id in cases:
                    audit.record(session, case_id, "delete", "case", at, actor="retention")
                    delete_case(session, case_id)
                if not cases:
                    delete_empty_accounts(session, due)
                    end_old_visits(session, at - timedelta(days=pack.retention.browser_days))
                    forget_old_links(session, at)
                    forget_old_failures(session, at)
                    forget_old_letters(session, at)
                    drop_sent_forms(session, at - SENT_FORMS)
                    drop_old_forms(session, at - EXPIRED_FORMS, ("expired",))
                    drop_old_forms(session, due, KEPT_FOR_LONG)
                    forget_old_codes(session, at)
                    session.execute(delete(_pairs).where(~exists().where(_sides.c.pair_id == _pairs.c.id)))
            sealing.erase_asked(session.info)
        if not cases:
            return gone
        gone += len(cases)


def finish_erasing(engine: Engine, info: Mapping[str, Any], at: datetime) -> None:
    """Erase the keys of cases that are gone, and delete the cases whose key is: both ends of one thing.

    A process that died between the two leaves the first; a backup from before a deletion brings the second.
    """
    keyring: Keyring = info[sealing.KEYS]
    asked, erased = keyring.asked(), {owner for owner, gone in keyring.known().items() if gone}
    with Session(engine.execution_options(**{WRITES: True}), info={**info}) as session:
        with session.begin():
            there = set(session.execute(select(Case.id)).scalars())
            for case_id in there & erased:
                audit.record(session, case_id, "delete", "case", at, actor="erasure")
                delete_case(session, case_id)
        sealing.erase_asked(session.info)
    keyring.erase(asked.keys() - there)
    # Whoever asked just now may still be about to commit.
    keyring.spare(case_id for case_id in asked.keys() & there if asked[case_id] < at - BEING_DELETED)


def goes_on(pack: Pack, changed: datetime, *, made: bool = False) -> datetime:
    """When a case is deleted in which nobody types any more.

    :param made: whether it is more than a draft.
    """
    return changed + timedelta(days=pack.retention.plan_days if made else pack.retention.draft_days)


def is_going(pack: Pack, goes: datetime, at: datetime) -> bool:
    """Whether it is time to tell the owner of a case that it will be deleted."""
    return goes - at <= timedelta(days=pack.retention.warning_days)


def _before(pack: Pack, at: datetime) -> Before:
    kept = pack.retention
    return Before(at - timedelta(days=kept.draft_days), at - timedelta(days=kept.plan_days))


def warn(session: Session, pack: Pack, at: datetime, english: Language, address: str) -> None:
    """Tell the owners of drafts that go soon, by mail and each of the two times once."""
    early = timedelta(days=pack.retention.warning_days)
    for draft in drafts_going(session, _before(pack, at + early + AT_ONCE)):
        goes = goes_on(pack, draft.changed, made=draft.made)
        given = warnings_of(session, draft.id, draft.changed)
        if "last" in given:
            continue
        which = "last" if goes - at <= LAST_WARNING else "first"
        if which not in given:
            _tell(session, pack, draft, max(goes, at + LAST_WARNING), english, address, at)
            audit.record(session, draft.id, "warn", which, at, actor="retention")


def _tell(
    session: Session, pack: Pack, draft: Going, goes: datetime, english: Language, address: str, at: datetime
) -> None:
    day, council = english.day(day_in_england(goes)), pack.council
    told = [
        english.gettext(
            _("Nobody has typed in your plan %(reference)s for a long time."), reference=draft.reference
        ),
        english.gettext(
            _("We will delete it on %(day)s. To keep it, sign in and change something in it."), day=day
        ),
        english.gettext(
            _("You can also take a copy with you. It is a file that you can open here again later.")
        ),
    ]
    if address:
        told.append(f"{address}/account")
    told.append(
        english.gettext(
            _("If you need help, phone %(council)s on %(phone)s."),
            council=english.say(council.name),
            phone=council.contact.phone,
        )
    )
    subject = english.gettext(_("Your plan will be deleted on %(day)s"), day=day)
    send(session, draft.email, subject, "\n\n".join(told), at)
