"""Codes of an authenticator app (RFC 6238), and codes for when it is lost. Each works once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from datetime import UTC, datetime

import pyotp
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.identity.factors import RecoveryCode
from portal.identity.records import Account
from portal.keys import ACCOUNTS
from portal.sealing import found_by, open_own, seal_own

STEP = 30
"""Seconds for which a code is shown."""
AROUND = (-1, 0, 1)
"""The steps whose code is taken: clocks differ, and people need time to type."""
RECOVERY_CODES = 10
_SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 10

_accounts = table_of(Account)
_recovery = table_of(RecoveryCode)


def new_seed(secret_key: str, *bound_to: str) -> str:
    """A seed for an app, the same as long as what it is bound to: a page can show it without keeping it."""
    told = hmac.new(secret_key.encode(), "\x1f".join(("seed", *bound_to)).encode(), hashlib.sha256)
    return base64.b32encode(told.digest()[:20]).decode()


def address_of(seed: str, email: str, issuer: str) -> str:
    """What the square code says to an app."""
    return pyotp.TOTP(seed).provisioning_uri(name=email, issuer_name=issuer)


def step_of(seed: str, typed: str, at: datetime) -> int | None:
    """The step of time whose code was typed, in whatever digits the keyboard has; or ``None``."""
    code = "".join(str(unicodedata.digit(sign, sign)) for sign in typed if not sign.isspace())
    if not code.isascii():
        return None
    now = int(at.replace(tzinfo=UTC).timestamp()) // STEP
    maker = pyotp.TOTP(seed)
    found = [now + by for by in AROUND if hmac.compare_digest(maker.generate_otp(now + by), code)]
    return found[0] if found else None


def keep_seed(session: Session, account_id: int, seed: str, used: int) -> None:
    """Ask for codes of this seed from now on; the one that showed that it works is used up."""
    sealed = seal_own(session, ACCOUNTS, f"account.code_seed {account_id}", seed)
    session.execute(
        update(_accounts).where(_accounts.c.id == account_id).values(code_seed=sealed, code_used=used)
    )


def drop_seed(session: Session, account_id: int) -> None:
    """Ask for codes no more."""
    session.execute(
        update(_accounts).where(_accounts.c.id == account_id).values(code_seed=None, code_used=None)
    )
    session.execute(delete(_recovery).where(_recovery.c.account_id == account_id))


def use_code(session: Session, account: Account, typed: str, at: datetime) -> bool:
    """Whether a code is right, of the app or for when it is lost. Of two that send the same one gets in."""
    if account.code_seed is None:
        return False
    seed = open_own(session, ACCOUNTS, f"account.code_seed {account.id}", account.code_seed)
    step = step_of(seed, typed, at)
    if step is None:
        return _use_recovery_code(session, account.id, typed)
    later = _accounts.c.code_used.is_(None) | (_accounts.c.code_used < step)
    used = (
        update(_accounts)
        .where(_accounts.c.id == account.id, later)
        .values(code_used=step)
        .returning(_accounts.c.id)
    )
    return session.execute(used).scalar() is not None


def recovery_codes(secret_key: str, *bound_to: str) -> list[str]:
    """Ten codes, the same as long as what they are bound to: they can be shown until they are put away."""
    found = []
    for number in range(RECOVERY_CODES):
        told = hmac.new(
            secret_key.encode(), "\x1f".join(("recovery", str(number), *bound_to)).encode(), hashlib.sha256
        )
        left = int.from_bytes(told.digest(), "big")
        signs = ""
        for _sign in range(_LENGTH):
            left, sign = divmod(left, len(_SIGNS))
            signs += _SIGNS[sign]
        found.append(f"{signs[:5]}-{signs[5:]}")
    return found


def new_batch() -> str:
    """What a batch of recovery codes is bound to."""
    return secrets.token_urlsafe(16)


def keep_recovery_codes(session: Session, account_id: int, codes: list[str]) -> None:
    """Take these codes from now on, and no older ones."""
    session.execute(delete(_recovery).where(_recovery.c.account_id == account_id))
    rows = [{"account_id": account_id, "code": _hidden(session, account_id, code)} for code in codes]
    session.execute(insert(_recovery), rows)


def how_many_recovery_codes(session: Session, account_id: int) -> int:
    """How many are left."""
    return len(session.execute(select(_recovery.c.code).where(_recovery.c.account_id == account_id)).all())


def _use_recovery_code(session: Session, account_id: int, typed: str) -> bool:
    here = (_recovery.c.account_id == account_id) & (_recovery.c.code == _hidden(session, account_id, typed))
    return (
        session.execute(delete(_recovery).where(here).returning(_recovery.c.account_id)).scalar() is not None
    )


def _hidden(session: Session, account_id: int, code: str) -> str:
    bare = "".join(sign for sign in code.casefold() if sign.isalnum())
    return found_by(session, f"recovery {account_id} {bare}")
