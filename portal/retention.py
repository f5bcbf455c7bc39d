"""Drafts that nobody has typed in for long are deleted: what the privacy page promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal import audit, sealing
from portal.database import WRITES
from portal.identity.links import forget_old_links
from portal.identity.records import end_old_visits
from portal.identity.slowing import forget_old_failures
from portal.keys import Keyring
from portal.mail.outbox import forget_old_letters
from portal.pack.pack import Pack
from portal.sharing.records import Case, delete_case, delete_empty_accounts, untouched_since

BEING_DELETED = timedelta(hours=1)
"""After this a case that is still there was not deleted after all."""
IN_ONE_GO = 100
"""Cases deleted in one transaction, so that nobody waits long for their turn to write."""


def tidy(engine: Engine, pack: Pack, info: Mapping[str, Any], at: datetime) -> int:
    """Delete the drafts that are due, and sessions nobody uses; how many drafts they were.

    :param info: what the database's sessions carry: the keys.
    """
    finish_erasing(engine, info, at)
    gone = 0
    due = at - timedelta(days=pack.retention.draft_days)
    writing = engine.execution_options(**{WRITES: True})
    while True:
        with Session(writing, info={**info}) as session:
            with session.begin():
                cases = untouched_since(session, due, IN_ONE_GO)
                for case_id in cases:
                    audit.record(session, case_id, "delete", "case", at, actor="retention")
                    delete_case(session, case_id)
                if not cases:
                    delete_empty_accounts(session, due)
                    end_old_visits(session, at - timedelta(days=pack.retention.browser_days))
                    forget_old_links(session, at)
                    forget_old_failures(session, at)
                    forget_old_letters(session, at)
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
