"""Passkeys (WebAuthn): a device or a password manager shows who somebody is, and asks them itself first.

The person is verified each time, by a finger, a face or a PIN of the device, so that a passkey counts
as two factors. Nothing secret of it is ever here. The package that reads what a browser answers is
imported where it is used: it is a good part of a start, and most people sign in with a passphrase.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from portal.database import table_of
from portal.identity.factors import Passkey
from portal.identity.records import Account

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialCreationOptions, PublicKeyCredentialRequestOptions

MOST = 10
"""Passkeys of one account."""
_table = table_of(Passkey)
_ID = re.compile(r"[A-Za-z0-9_-]{1,1400}")


class Place(NamedTuple):
    """Where the portal is, as browsers see it: a passkey made here opens nothing elsewhere.

    :ivar origin: for example ``https://plan.example.gov.uk``.
    """

    origin: str

    @property
    def host(self) -> str:
        """The name passkeys are made for."""
        return urlsplit(self.origin).hostname or ""


class Kept(NamedTuple):
    """A passkey as its owner sees it."""

    id: str
    name: str
    made: datetime
    used: datetime | None


class Asked(NamedTuple):
    """What a browser is asked for, as JSON, and the challenge it must answer."""

    options: str
    challenge: str


def passkeys_of(session: Session, account_id: int) -> list[Kept]:
    """The passkeys of an account, the oldest first."""
    mine = select(_table.c.id, _table.c.name, _table.c.made, _table.c.used)
    rows = session.execute(mine.where(_table.c.account_id == account_id).order_by(_table.c.made, _table.c.id))
    return [Kept(*row) for row in rows]


def how_many_passkeys(session: Session, account_id: int) -> int:
    """How many passkeys an account has."""
    mine = select(func.count()).select_from(_table).where(_table.c.account_id == account_id)
    return session.execute(mine).scalar_one()


def ask_to_make(session: Session, account: Account, place: Place, name: str, secret_key: str) -> Asked:
    """What a browser needs to make a passkey for an account.

    :param name: what the service is called.
    """
    from webauthn import base64url_to_bytes, generate_registration_options
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    there = passkeys_of(session, account.id)
    # A passkey names its owner by something that tells nothing of them.
    handle = hmac.new(secret_key.encode(), f"passkey {account.id}".encode(), hashlib.sha256).digest()
    options = generate_registration_options(
        rp_id=place.host,
        rp_name=name,
        user_id=handle,
        user_name=account.email,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.id)) for one in there],
    )
    return _asked(options)


def keep_passkey(
    session: Session, account_id: int, place: Place, challenge: str, answer: str, name: str, at: datetime
) -> bool:
    """Keep a passkey that a browser has just made; ``False`` when its answer is not sound."""
    from webauthn import base64url_to_bytes, verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    try:
        made = verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _bad():
        return False
    values = {
        "id": bytes_to_base64url(made.credential_id),
        "account_id": account_id,
        "public_key": bytes_to_base64url(made.credential_public_key),
        "uses": made.sign_count,
        "name": name,
        "made": at,
    }
    taken = session.execute(select(_table.c.id).where(_table.c.id == values["id"])).scalar()
    if taken is not None or how_many_passkeys(session, account_id) >= MOST:
        return False
    session.execute(insert(_table).values(**values))
    return True


def ask_to_use(place: Place) -> Asked:
    """What a browser needs to sign in with any passkey it has for this portal."""
    from webauthn import generate_authentication_options
    from webauthn.helpers.structs import UserVerificationRequirement

    verified = UserVerificationRequirement.REQUIRED
    return _asked(generate_authentication_options(rp_id=place.host, user_verification=verified))


def owner_of(session: Session, place: Place, challenge: str, answer: str, at: datetime) -> int | None:
    """The account whose passkey a browser has shown; ``None`` when its answer is not sound."""
    from webauthn import base64url_to_bytes, verify_authentication_response

    try:
        credential = _read(answer)
        found = session.execute(select(_table).where(_table.c.id == str(credential["id"]))).one_or_none()
        if found is None:
            return None
        shown = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(found.public_key),
            credential_current_sign_count=found.uses,
            require_user_verification=True,
        )
    except _bad():
        return None
    used = update(_table).where(_table.c.id == found.id).values(uses=shown.new_sign_count, used=at)
    session.execute(used)
    return int(found.account_id)


def name_passkey(session: Session, account_id: int, id: str, name: str) -> None:
    """Call a passkey something else."""
    mine = (_table.c.id == id) & (_table.c.account_id == account_id)
    session.execute(update(_table).where(mine).values(name=name))


def drop_passkey(session: Session, account_id: int, id: str) -> None:
    """Take a passkey away: it opens nothing any more."""
    session.execute(delete(_table).where((_table.c.id == id) & (_table.c.account_id == account_id)))


def _asked(options: PublicKeyCredentialCreationOptions | PublicKeyCredentialRequestOptions) -> Asked:
    from webauthn import options_to_json
    from webauthn.helpers import bytes_to_base64url

    return Asked(options_to_json(options), bytes_to_base64url(options.challenge))


def _bad() -> tuple[type[Exception], ...]:
    """What the package raises on what it cannot read: whatever a browser sends may be anything."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from webauthn.helpers.exceptions import WebAuthnException

    builtin = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
    return (WebAuthnException, UnsupportedAlgorithm, *builtin)


def _read(answer: str) -> dict[str, Any]:
    read = json.loads(answer)
    if not isinstance(read, dict) or not _ID.fullmatch(str(read["id"])):
        raise TypeError("an answer of a browser names a passkey")
    return read
