"""Accounts that were made with an address which another account has already.

Whoever makes one sees nothing of the other: it looks as if the address were free, and their plan is
kept under the passphrase that they chose. Only who reads the mail of the address settles whose it is.
So nobody learns who has an account, and nobody can take an address before its owner comes.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.identity.records import (
    Account,
    account_by_email,
    add_account,
    address_key,
    confirm_address,
    kept_address,
)
from portal.sealing import found_by

_table = table_of(Account)


def make_account(session: Session, email: str, passphrase: str, at: datetime) -> Account:
    """Make an account, whether or not its address has one.

    :param passphrase: the hash, never the passphrase itself.
    """
    made = add_account(session, email, passphrase, at)
    if made is None:
        made = add_account(
            session, email, passphrase, at, known_by=_nobodys_key(), claims=_key(session, email)
        )
    assert made is not None, "no two names made by chance are the same"
    return made


def claimant(session: Session, email: str) -> Account | None:
    """The newest account that was made with an address which another account has."""
    theirs = (
        select(Account).where(Account.claims == _key(session, email)).order_by(Account.id.desc()).limit(1)
    )
    return session.execute(theirs).scalar_one_or_none()


def take_address(session: Session, account: Account, email: str, at: datetime) -> bool:
    """Give an account another address, which its owner has confirmed.

    ``False`` when another account has it; one that nobody confirmed makes way.
    """
    holder = account_by_email(session, email)
    if holder is not None and holder.id != account.id:
        if holder.staff or holder.confirmed is not None:
            return False
        give_way(session, holder)
    kept = kept_address(session, email, _key(session, email))
    _change(session, account, {**kept, "claims": None, "confirmed": at})
    return True


def settle(session: Session, account: Account, at: datetime) -> Account:
    """Whoever reads the mail of an account's address says that it is theirs: the account that has it now.

    One that nobody has confirmed makes way. One that was confirmed keeps the address: then it is given
    back, and what was kept under the newer one belongs to it.
    """
    if account.claims is None:
        confirm_address(session, account.id, at)
        return account
    email = account.email
    holder = account_by_email(session, email)
    if take_address(session, account, email, at):
        return account
    assert holder is not None, "somebody has it"
    return holder


def give_way(session: Session, holder: Account) -> None:
    """Let an account only claim its address, because nobody ever confirmed it."""
    email = holder.email
    _change(session, holder, {**kept_address(session, email, _nobodys_key()), "claims": _key(session, email)})


def _change(session: Session, account: Account, values: dict[str, object]) -> None:
    session.execute(update(_table).where(_table.c.id == account.id).values(**values))
    session.expire(account)


def _key(session: Session, email: str) -> str:
    return found_by(session, address_key(email))


def _nobodys_key() -> str:
    """What an account is known by that cannot be found by its address."""
    return f"-{secrets.token_hex(31)}"
