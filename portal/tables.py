"""Every table of the portal, gathered so that a migration can see them all."""

from __future__ import annotations

from portal.audit import AuditEntry
from portal.identity.records import Account, SignInAttempt, VisitSession
from portal.sharing.records import Case

ALL_TABLES = (Account, AuditEntry, Case, SignInAttempt, VisitSession)
