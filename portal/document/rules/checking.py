"""The check code of a printed plan: by it an officer sees whether the paper in hand is on the record."""

from __future__ import annotations

import hashlib

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit."""
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BITS = 5

LENGTH = 12
"""Letters of a code: 60 bits, too many to try."""


def check_code(sha256: str, edition: str, language: str) -> str:
    """The code of one version in one edition and language.

    :param sha256: of the frozen plan as it is kept, in hexadecimal.
    """
    told = hashlib.sha256(f"{sha256}\n{edition}\n{language}".encode()).digest()
    number = int.from_bytes(told) >> (len(told) * 8 - LENGTH * _BITS)
    return "".join(_LETTERS[number >> shift & 31] for shift in range((LENGTH - 1) * _BITS, -1, -_BITS))


def grouped(code: str) -> str:
    """A code as it is printed, in groups of four: ``7K2M-4XQ9-ABCD``."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read_code(typed: str) -> str | None:
    """A code as somebody typed it; ``None`` when it cannot be one."""
    code = "".join(c for c in typed.upper().translate(_TAKEN_FOR) if not (c.isspace() or c in "-–"))
    return code if len(code) == LENGTH and not set(code).difference(_LETTERS) else None
