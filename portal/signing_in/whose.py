"""The account that is signed in, and which of its ways in there are."""

from __future__ import annotations

from portal.identity.passkeys import how_many_passkeys
from portal.identity.passphrases import SHORTEST, SHORTEST_OF_TWO
from portal.identity.records import Account
from portal.identity.sessions import actor
from portal.safeguards import db


def signed_in() -> Account:
    """The account that is signed in."""
    account = db().get(Account, actor().account_id)
    assert account is not None, "a session of an account goes with it"
    return account


def shortest_passphrase(account: Account) -> int:
    """How long a passphrase must be: shorter beside a second factor, which staff always have."""
    return SHORTEST_OF_TWO if account.staff or account.code_seed else SHORTEST


def second_factors(account: Account) -> int:
    """How many second factors an account has: an app, and its passkeys."""
    return (account.code_seed is not None) + how_many_passkeys(db(), account.id)


def may_add_factor(account: Account) -> bool:
    """Whether this session may add one: the first, or with one that is there already."""
    return actor().strong or not account.staff or second_factors(account) == 0
