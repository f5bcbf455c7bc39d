"""The keys in escrow: one copy of all of them that only the holder of a recovery key can open.

It is sealed for a public key (X25519, HKDF-SHA256, AES-256-GCM), so that the machine which writes it
every hour cannot open it. The private key is kept elsewhere, under a passphrase. A copy holds the keys
of the cases there are when it is written, so that there must only ever be one: the current one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from portal.keys import NONCE, Entry, KeyProblem

FORMAT = "plan-my-support/escrow/1"
SHORTEST_PASSPHRASE = 15
_NOT_ONE = "is no recovery key of the portal. Make one with: portal keys recovery"


def recovery_pair(passphrase: str) -> tuple[bytes, bytes]:
    """A new recovery key: the private half under a passphrase, and the public half, both as PEM."""
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
        ),
        private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    )


def public_key(file: Path) -> X25519PublicKey:
    """The public half of a recovery key.

    :raises KeyProblem: when the file holds none.
    """
    try:
        key = load_pem_public_key(file.read_bytes())
    except ValueError:
        key = None
    if not isinstance(key, X25519PublicKey):
        raise KeyProblem(f"{file} {_NOT_ONE}")
    return key


def private_key(file: Path, passphrase: str) -> X25519PrivateKey:
    """The private half of a recovery key.

    :raises KeyProblem: when the file holds none, or the passphrase is another.
    """
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode())
    except (TypeError, ValueError):
        key = None
    if not isinstance(key, X25519PrivateKey):
        raise KeyProblem(f"{file} does not open with this passphrase, or {_NOT_ONE}")
    return key


def sealed_copy(entries: Iterable[Entry], recipient: X25519PublicKey, at: datetime) -> bytes:
    """A copy of all keys that only the private half of the recipient's key opens."""
    rows = [
        [owner, key and base64.b64encode(key).decode(), made.isoformat(), erased and erased.isoformat()]
        for owner, key, made, erased in entries
    ]
    once = X25519PrivateKey.generate()
    ephemeral, head = (
        _raw(once.public_key()),
        {"format": FORMAT, "made": at.isoformat(), "for": _name(recipient)},
    )
    nonce, bound_to = os.urandom(NONCE), _bound_to(head)
    shared = _shared(once, recipient, ephemeral, recipient)
    sealed = AESGCM(shared).encrypt(nonce, json.dumps(rows).encode(), bound_to)
    kept = {"once": ephemeral, "nonce": nonce, "sealed": sealed}
    return json.dumps(head | {name: base64.b64encode(part).decode() for name, part in kept.items()}).encode()


def opened_copy(copy: bytes, recovery: X25519PrivateKey) -> list[Entry]:
    """The keys in a copy.

    :raises KeyProblem: when it is none, is damaged, or was made for another recovery key.
    """
    try:
        told: dict[str, Any] = json.loads(copy)
        head = {name: told[name] for name in ("format", "made", "for")}
        once, nonce, sealed = (base64.b64decode(told[name]) for name in ("once", "nonce", "sealed"))
    except (ValueError, KeyError, TypeError):
        raise KeyProblem("The file is no copy of the portal’s keys.") from None
    if head["format"] != FORMAT:
        raise KeyProblem(f"The copy is of the form {head['format']}, which this portal does not know.")
    if head["for"] != _name(recovery.public_key()):
        raise KeyProblem(f"The copy was made for the recovery key {head['for']}, which is another one.")
    try:
        shared = _shared(recovery, X25519PublicKey.from_public_bytes(once), once, recovery.public_key())
        rows = json.loads(AESGCM(shared).decrypt(nonce, sealed, _bound_to(head)))
    except (InvalidTag, ValueError):
        raise KeyProblem("The copy of the keys is damaged.") from None
    return [
        Entry(
            owner,
            base64.b64decode(key) if key else None,
            datetime.fromisoformat(made),
            datetime.fromisoformat(erased) if erased else None,
        )
        for owner, key, made, erased in rows
    ]


def _shared(own: X25519PrivateKey, other: X25519PublicKey, once: bytes, recipient: X25519PublicKey) -> bytes:
    secret = own.exchange(other)
    return HKDF(SHA256(), 32, salt=None, info=FORMAT.encode() + once + _raw(recipient)).derive(secret)


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _name(key: X25519PublicKey) -> str:
    return hashlib.sha256(_raw(key)).hexdigest()[:12]


def _bound_to(head: dict[str, str]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()
