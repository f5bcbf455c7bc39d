"""Make an account, and bring two together that turn out to be one person's."""

from __future__ import annotations

from sqlalchemy import select, update

from portal.database import table_of
from portal.identity import sessions
from portal.identity.claims import make_account, settle
from portal.identity.passphrases import hashed
from portal.identity.records import Account, delete_account
from portal.safeguards import db, now
from portal.sharing.grants import Grant
from portal.sharing.records import all_cases, give_to
from portal.signing_in.mails import ask_to_confirm


def new_account(email: str, passphrase: str) -> Account:
    """Make an account, sign in to it, and ask whoever reads the mail of its address whether it is theirs.

    It is made, and looks the same, also when the address has one already (:mod:`portal.identity.claims`).
    """
    account = make_account(db(), email.strip(), hashed(passphrase), now())
    sessions.sign_in(account.id, staff=False, strong=False)
    ask_to_confirm(account.id, email.strip())
    return account


def confirm_owner(account: Account) -> bool:
    """The address of an account is theirs; ``True`` if they had another account, which has everything now."""
    holder = settle(db(), account, now())
    if holder.id == account.id or holder.staff:
        return False
    for case_id in all_cases(db(), account.id):
        give_to(db(), case_id, holder.id, now())
    grants = table_of(Grant)
    there = select(grants.c.case_id).where(grants.c.account_id == holder.id)
    theirs = (grants.c.account_id == account.id) & grants.c.case_id.not_in(there)
    db().execute(update(grants).where(theirs).values(account_id=holder.id))
    delete_account(db(), account.id)
    return True
