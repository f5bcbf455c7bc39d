"""What people wrote, who they are and how to get into their home, sealed before it is kept.

A value is sealed with the key of its case (:mod:`portal.keys`) and bound to its place, so that one
that was moved to another row, column or case does not open. Option codes, numbers and points are not
sealed: schemes are checked against them.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, MutableMapping
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from portal.keys import NONCE, Keyring

KEYS = "keyring"
"""Where a database session carries the keys."""

_ERASING = "erasing"

_MARK = "~"
"""What a sealed value begins with. No option code and no number does."""
_VERSION = b"\x01"


class BrokenSeal(ValueError):
    """A sealed value was changed, or moved from the place it was sealed for."""


def make_key(session: Session, case_id: str) -> None:
    """Make the key of a new case. It is on the disk before the case is."""
    keyring: Keyring = session.info[KEYS]
    keyring.make(case_id)


def erase_key(session: Session, case_id: str) -> None:
    """Erase the key of a case that is being deleted, as soon as that is committed (:func:`erase_asked`).

    A process that dies between leaves a note, and ``portal tidy`` does the rest.
    """
    keyring: Keyring = session.info[KEYS]
    keyring.ask_to_erase(case_id)
    session.info.setdefault(_ERASING, []).append(case_id)


def erase_asked(info: MutableMapping[Any, Any]) -> None:
    """After a commit: erase the keys of the cases that it deleted.

    :param info: that of the session.
    """
    erasing = info.pop(_ERASING, None)
    if erasing:
        keyring: Keyring = info[KEYS]
        keyring.erase(erasing)


def seal(session: Session, case_id: str, place: str, value: Any) -> str:
    """A value sealed with the key of its case, as text for the database.

    :param place: table, column and row, for example ``plan_line.what k3f…``. It is needed to open it.
    :param value: anything that JSON can hold.
    :raises portal.keys.Erased: when the case was erased.
    """
    keyring: Keyring = session.info[KEYS]
    return _seal(keyring.of(case_id), f"{case_id}\x1f{place}", value)


def open_sealed(session: Session, case_id: str, place: str, kept: str) -> Any:
    """The value that was sealed for this place.

    :raises BrokenSeal: when it was not sealed for this place with the key of this case.
    :raises portal.keys.Erased: when the case was erased.
    """
    keyring: Keyring = session.info[KEYS]
    return _open(keyring.of(case_id), f"{case_id}\x1f{place}", kept)


def is_sealed(kept: object) -> bool:
    """Whether a kept value is a sealed one, where clear ones stand beside them."""
    return type(kept) is str and kept.startswith(_MARK)


def seal_columns(
    session: Session, case_id: str, table: str, row: str | int, values: Mapping[str, Any]
) -> dict[str, str | None]:
    """The values of some columns of one row, each sealed for its place. ``None`` stays as it is."""
    return {
        column: None if value is None else seal(session, case_id, f"{table}.{column} {row}", value)
        for column, value in values.items()
    }


def open_columns(
    session: Session, case_id: str, table: str, row: str | int, kept: Mapping[str, str | None]
) -> dict[str, Any]:
    """The values that :func:`seal_columns` sealed.

    :raises BrokenSeal: when one was changed or moved.
    """
    return {
        column: None if value is None else open_sealed(session, case_id, f"{table}.{column} {row}", value)
        for column, value in kept.items()
    }


def seal_own(session: Session, owner: str, place: str, value: Any) -> str:
    """A value that belongs to no case, sealed with one of the portal's own keys.

    :param owner: :data:`portal.keys.ACCOUNTS` or :data:`portal.keys.MAIL`.
    """
    keyring: Keyring = session.info[KEYS]
    return _seal(keyring.own(owner), f"{owner}\x1f{place}", value)


def open_own(session: Session, owner: str, place: str, kept: str) -> Any:
    """The value that :func:`seal_own` sealed.

    :raises BrokenSeal: when it was changed or moved.
    """
    keyring: Keyring = session.info[KEYS]
    return _open(keyring.own(owner), f"{owner}\x1f{place}", kept)


def found_by(session: Session, value: str) -> str:
    """What a sealed value such as an email address is looked up by: 64 signs that tell nothing of it."""
    keyring: Keyring = session.info[KEYS]
    return keyring.index(value)


def _seal(key: Any, bound_to: str, value: Any) -> str:
    nonce = os.urandom(NONCE)
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = _VERSION + nonce + key.encrypt(nonce, plain, bound_to.encode())
    return _MARK + urlsafe_b64encode(sealed).decode()


def _open(key: Any, bound_to: str, kept: str) -> Any:
    try:
        sealed = urlsafe_b64decode(kept[1:])
        if kept[:1] != _MARK or sealed[:1] != _VERSION:
            raise BrokenSeal("a value that should be sealed is not")
        return json.loads(key.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound_to.encode()))
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("a sealed value was changed or moved") from wrong
