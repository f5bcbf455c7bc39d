"""What a person lets others see and do in their case: one row for each helper, invited or accepted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Moment, Record, table_of
from portal.identity.records import Account
from portal.sharing.records import Case


class Grant(Record):
    """A helper's passport for one case. It is kept when it is over, so that the trail has a name to tell.

    :ivar id: random; its name in addresses and in the audit trail.
    :ivar account_id: who accepted it; ``None`` while nobody has, and once their account is gone.
    :ivar name: what the person calls the helper; ``given_by``: what they call themself to them.
    :ivar relation: how they know each other, a code of ``RELATIONS``.
    :ivar rights: the right to each part, by part.
    :ivar until: the last day on which it holds.
    :ivar code: the hash of the code that it is accepted with; ``None`` once it was used or taken back.
    :ivar code_until: until when the code can be used.
    :ivar revoked: when it was taken away.
    :ivar basis: on what legal basis the helper acts for the person, a code of ``BASES``; ``None`` for a
        helper who does not. ``reference`` is what an officer can look it up by, ``basis_state`` what
        the officer said, ``basis_said`` in which words.
    """

    __tablename__ = "helper_grant"
    __table_args__ = (
        UniqueConstraint("case_id", "account_id"),
        UniqueConstraint("code"),
        Index("ix_helper_grant_account_id", "account_id"),
        Index("ix_helper_grant_basis_state", "basis_state"),
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(Text)
    given_by: Mapped[str] = mapped_column(Text)
    relation: Mapped[str] = mapped_column(String(20))
    rights: Mapped[dict[str, Any]]
    until: Mapped[date]
    given: Mapped[datetime] = mapped_column(Moment)
    accepted: Mapped[datetime | None] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    code: Mapped[str | None] = mapped_column(String(64))
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    basis: Mapped[str | None] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(Text)
    basis_state: Mapped[str | None] = mapped_column(String(10))
    basis_said: Mapped[str | None] = mapped_column(Text)


_table = table_of(Grant)
BESIDE_CASE = (
    _table.c.id.label("grant_id"),
    _table.c.rights.label("grant_rights"),
    _table.c.until.label("grant_until"),
    _table.c.revoked.label("grant_revoked"),
    _table.c.basis_state.label("grant_basis"),
    _table.c.given_by.label("grant_given_by"),
)
"""What is read of a visitor's passport together with the case, in the same query."""


def passport_of(case_id: Any, account_id: Any) -> Any:
    """The condition on which a passport belongs to a case and an account."""
    return (_table.c.case_id == case_id) & (_table.c.account_id == account_id)
