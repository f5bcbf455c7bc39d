"""Other ways to show who one is: passkeys, recovery codes, and browsers that are known already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Moment, Record
from portal.identity.records import Account


class Passkey(Record):
    """A passkey of an account: what a device or a password manager signs in with.

    :ivar id: what the browser calls it, in base64url.
    :ivar public_key: in base64url; there is no secret of it here.
    :ivar uses: how often it says that it was used; ``0`` for those that do not count.
    :ivar name: what its owner calls it.
    """

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_account_id", "account_id"),)

    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    public_key: Mapped[str] = mapped_column(String(2000))
    uses: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    made: Mapped[datetime] = mapped_column(Moment)
    used: Mapped[datetime | None] = mapped_column(Moment)


class RecoveryCode(Record):
    """A code for when the other factor is lost. Only its hash is kept, and it goes when it is used."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)


class KnownDevice(Record):
    """A browser that an account signed in with before: others' failures do not make it wait."""

    __tablename__ = "known_device"
    __table_args__ = (Index("ix_known_device_account_id", "account_id"),)

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True)
    seen: Mapped[datetime] = mapped_column(Moment)
