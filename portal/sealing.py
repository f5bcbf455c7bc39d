"""What people wrote, who they are and how to get into their home, sealed before it is kept.

A value is sealed with the key of its case (:mod:`portal.keys`) and bound to its place, so that one
that was moved to another row, column or case does not open. Option codes, numbers and points are not
sealed: schemes are checked against them.
"""

from __future__ import annotations

import json
import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping, MutableMapping
from functools import cache
from typing import Any, TypeGuard

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import RowMapping, Table
from sqlalchemy.orm import Session

from portal.keys import NONCE, Keyring

KEYS = "keyring"
"""Where a database session carries the keys."""

NAMED_BY = "named_by"
"""In a table's ``info``: the columns that name a row within its case, when its key is only counted up."""
_KEPT = "kept"
WORDS = {_KEPT: "sealed"}
"""The ``info`` of a column that holds what somebody wrote: it is always sealed."""
WORDS_AMONG = {_KEPT: "mixed"}
"""The ``info`` of a column of which only words are sealed."""
_ERASING = "erasing"

_MARK = "~"
"""What a sealed value begins with. No option code and no number does."""
_VERSION = b"\x01"
_HEAD = 1 + NONCE
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Most of what is sealed is text, and to read that as JSON would cost more than to open it.
_TEXT, _DATA = b"t", b"j"


class BrokenSeal(ValueError):
    """A sealed value was changed, or moved from the place it was sealed for."""


def make_key(session: Session, case_id: str) -> None:
    """Make the key of a new case. It is on the disk before the case is."""
    keyring: Keyring = session.info[KEYS]
    keyring.make(case_id)


def erase_key(session: Session, case_id: str) -> None:
    """Erase the key of a case that is being deleted, as soon as that is committed (:func:`erase_asked`).

    A process that dies between leaves a note, and ``portal tidy`` does the rest.

    :raises portal.keys.Held: when the case is under a legal hold.
    """
    keyring: Keyring = session.info[KEYS]
    keyring.ask_to_erase(case_id)
    session.info.setdefault(_ERASING, []).append(case_id)


def held_cases(session: Session) -> frozenset[str]:
    """The cases that nothing may delete for now, because of the law."""
    keyring: Keyring = session.info[KEYS]
    return keyring.held()


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
    return _open(keyring.of(case_id), f"{case_id}\x1f{place}".encode(), kept)


def seal_bytes(session: Session, case_id: str, place: str, value: bytes) -> bytes:
    """As :func:`seal`, for bytes such as a picture's."""
    keyring: Keyring = session.info[KEYS]
    return _sealed(keyring.of(case_id), f"{case_id}\x1f{place}".encode(), value)


def open_bytes(session: Session, case_id: str, place: str, kept: bytes) -> bytes:
    """The bytes that :func:`seal_bytes` sealed.

    :raises BrokenSeal: when they were changed or moved.
    """
    keyring: Keyring = session.info[KEYS]
    return _unsealed(keyring.of(case_id), f"{case_id}\x1f{place}".encode(), kept)


def is_sealed(kept: object) -> TypeGuard[str]:
    """Whether a kept value is a sealed one, where clear ones stand beside them."""
    return type(kept) is str and kept.startswith(_MARK)


def open_words(session: Session, case_id: str, place: str, kept: str) -> dict[str, Any]:
    """Values under their names, those of them that are sealed opened: for what every page reads.

    While the very same is kept it is read and opened once a minute. The values are not to be altered.

    :param place: what stands before the name in the place of each.
    :param kept: all of them, as JSON.
    :raises BrokenSeal: when one was changed or moved.
    """
    keyring: Keyring = session.info[KEYS]
    remembered, here = keyring.remembered(), f"{case_id}\x1f{place}".encode()
    known = remembered.get(kept)
    if known is None or known[0] != here:
        known = remembered[kept] = (here, _opened(session, case_id, place, json.loads(kept)))
    return dict(known[1])


def _opened(session: Session, case_id: str, place: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    opened = dict(kept)
    sealed = [name for name, value in kept.items() if type(value) is str and value[:1] == _MARK]
    if sealed:
        keyring: Keyring = session.info[KEYS]
        key, bound_to = keyring.of(case_id), f"{case_id}\x1f{place} ".encode()
        remembered = keyring.remembered()
        for name in sealed:
            here, value = bound_to + name.encode(), kept[name]
            known = remembered.get(value)
            if known is None or known[0] != here:
                known = remembered[value] = (here, _plain(key, here, value))
            opened[name] = _read(known[1])
    return opened


def seal_columns(
    session: Session, case_id: str, table: str, row: str | int, values: Mapping[str, Any]
) -> dict[str, str | None]:
    """The values of some columns of one row, each sealed for its place. ``None`` stays as it is."""
    return {
        column: None if value is None else seal(session, case_id, place_in(table, column, row), value)
        for column, value in values.items()
    }


def open_columns(
    session: Session, case_id: str, table: str, row: str | int, kept: Mapping[str, str | None]
) -> dict[str, Any]:
    """The values that :func:`seal_columns` sealed.

    :raises BrokenSeal: when one was changed or moved.
    """
    return {
        column: None if value is None else open_sealed(session, case_id, place_in(table, column, row), value)
        for column, value in kept.items()
    }


def place_in(table: str, column: str, *row: object) -> str:
    """The place of a value, as :func:`seal` takes it.

    :param row: what names the row within its case, and within a column of many values the one of them.
    """
    return f"{table}.{column} {' '.join(map(str, row))}"


def seal_row(session: Session, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row as they are kept: those of its columns of words sealed, the others as they are.

    :param values: the case, what names the row, and whatever is to be kept of the rest. ``None`` stays.
    """
    kept = dict(values)
    for column in _sealed_columns(table) & kept.keys():
        if kept[column] is not None:
            place = place_in(table.name, column, *_named(table, values))
            value = kept[column]
            seals = seal_bytes if isinstance(value, bytes) else seal
            kept[column] = seals(session, values["case_id"], place, value)
    return kept


def open_row(session: Session, table: Table, kept: Mapping[str, Any] | RowMapping) -> dict[str, Any]:
    """The values of a row that :func:`seal_row` sealed.

    :param kept: the whole row, or at least the case and what names the row.
    :raises BrokenSeal: when one was changed, moved, or is not sealed.
    """
    values = dict(kept)
    for column in _sealed_columns(table) & values.keys():
        if values[column] is not None:
            place = place_in(table.name, column, *_named(table, kept))
            value = values[column]
            opens = open_bytes if isinstance(value, bytes) else open_sealed
            values[column] = opens(session, kept["case_id"], place, value)
    for column in _mixed_columns(table) & values.keys():
        values[column] = open_among(session, kept["case_id"], table, column, kept)
    return values


def open_among(
    session: Session, case_id: str, table: Table, column: str, kept: Mapping[str, Any] | RowMapping
) -> Any:
    """The value of a column of which only words are sealed: the whole, or some values under their names."""
    value, row = kept[column], _named(table, kept)
    if is_sealed(value):
        return open_sealed(session, case_id, place_in(table.name, column, *row), value)
    if not isinstance(value, dict):
        return value
    return {
        name: open_sealed(session, case_id, place_in(table.name, column, *row, name), each)
        if is_sealed(each)
        else each
        for name, each in value.items()
    }


@cache
def _sealed_columns(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c if column.info.get(_KEPT) == "sealed")


@cache
def _mixed_columns(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c if column.info.get(_KEPT) == "mixed")


def _named(table: Table, values: Mapping[str, Any] | RowMapping) -> list[Any]:
    """What names a row within its case: what it says of itself, or its key without the case."""
    names = table.info.get(NAMED_BY) or [key.name for key in table.primary_key if key.name != "case_id"]
    return [values[name] for name in names]


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
    return _open(keyring.own(owner), f"{owner}\x1f{place}".encode(), kept)


def found_by(session: Session, value: str) -> str:
    """What a sealed value such as an email address is looked up by: 64 signs that tell nothing of it."""
    keyring: Keyring = session.info[KEYS]
    return keyring.index(value)


def _seal(key: AESGCM, bound_to: str, value: Any) -> str:
    plain = _TEXT + value.encode() if type(value) is str else _DATA + _as_json(value)
    return _MARK + b2a_base64(_sealed(key, bound_to.encode(), plain), newline=False).decode()


def _open(key: AESGCM, bound_to: bytes, kept: str) -> Any:
    return _read(_plain(key, bound_to, kept))


def _read(plain: bytes) -> Any:
    words = plain[1:].decode()
    return words if plain[:1] == _TEXT else json.loads(words)


def _plain(key: AESGCM, bound_to: bytes, kept: str) -> bytes:
    try:
        sealed = a2b_base64(kept[1:], strict_mode=True)
    except ValueError:
        sealed = b""
    return _unsealed(key, bound_to, sealed if kept[:1] == _MARK else b"")


def _as_json(value: Any) -> bytes:
    return _COMPACT.encode(value).encode()


def _sealed(key: AESGCM, bound_to: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return _VERSION + nonce + key.encrypt(nonce, plain, bound_to)


def _unsealed(key: AESGCM, bound_to: bytes, sealed: bytes) -> bytes:
    if sealed[:1] != _VERSION:
        raise BrokenSeal("a value that should be sealed is not")
    try:
        return key.decrypt(sealed[1:_HEAD], sealed[_HEAD:], bound_to)
    except (InvalidTag, ValueError) as wrong:
        raise BrokenSeal("a sealed value was changed or moved") from wrong
