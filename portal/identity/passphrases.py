"""Passphrases: how they are kept, and which are too easy.

Argon2id with 19 MiB, two passes and one lane, the least that the OWASP Password Storage Cheat Sheet
asks for. Length is what makes a passphrase strong (NIST SP 800-63B-4: 15 characters when it stands
alone); no rules on signs, no regular change.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.text import _

SHORTEST = 15
LONGEST = 200
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes memory; more than two at once would let sign-in starve every other page."""

# Costs the same as a real check, so that an unknown address cannot be told by the time it takes.
_NOBODY = _HASHER.hash("nobody has this passphrase")


def hashed(passphrase: str) -> str:
    """What is kept of a passphrase."""
    with _AT_ONCE:
        return _HASHER.hash(passphrase)


def matches(kept: str | None, passphrase: str) -> bool:
    """Whether a passphrase is the one kept. ``None`` stands for an unknown account, and takes as long."""
    with _AT_ONCE:
        try:
            right = _HASHER.verify(kept or _NOBODY, passphrase)
        except (VerificationError, InvalidHashError):
            return False
    return bool(right) and kept is not None


def problem_with(passphrase: str, email: str) -> str | None:
    """What is wrong with a new passphrase, in words for translating; ``None`` if nothing is."""
    plain = passphrase.casefold()
    if len(passphrase) < SHORTEST:
        return _("Make your passphrase at least 15 characters long. Four or five words work well.")
    if len(passphrase) > LONGEST:
        return _("Make your passphrase 200 characters or shorter")
    if len(set(plain.replace(" ", ""))) < 6:
        return _("Use more different letters in your passphrase")
    if plain in {email.casefold(), email.partition("@")[0].casefold()} or plain == "planmysupport":
        return _("Do not use your email address as your passphrase")
    if plain.replace(" ", "") in _TOO_EASY:
        return _("That passphrase is too easy to guess. Use four or five words that do not belong together.")
    return None


_TOO_EASY = frozenset(
    {
        "passwordpassword",
        "123456789012345",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "correcthorsebatterystaple",
        "letmeinletmeinletmein",
        "iloveyouiloveyou",
        "abcdefghijklmnop",
        "abcdefghijklmnopqrstuvwxyz",
        "planmysupportplease",
    }
)
