"""Drafts that nobody has typed in for long are deleted: what the privacy page promises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import audit, sealing
from portal.database import WRITES
from portal.identity.links import forget_old_links
from portal.identity.records import end_old_visits
from portal.identity.slowing import forget_old_failures
from portal.mail.outbox import forget_old_letters
from portal.pack.pack import Pack
from portal.sharing.records import delete_case, delete_empty_accounts, untouched_since

IN_ONE_GO = 100
"""Cases deleted in one transaction, so that nobody waits long for their turn to write."""


def tidy(engine: Engine, pack: Pack, info: Mapping[str, Any], at: datetime) -> int:
    """Delete the drafts that are due, and sessions nobody uses; how many drafts they were.

    :param info: what the database's sessions carry: the keys.
    """
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
