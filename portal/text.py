"""Words in Python: the mark that has them translated, and the cleaning of what was typed."""

from __future__ import annotations

import re
import unicodedata

# The last two code points of each plane are no characters, and stand in no page and no PDF.
_NO_CHARACTERS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNWANTED = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufdd0-\ufdef\ud800-\udfff{_NO_CHARACTERS}]"
)


def _(words: str) -> str:
    """Mark words for the translators. They are translated once, where they are shown."""
    return words


def clean(typed: str) -> str:
    """What was typed, in composed Unicode, with line ends as one sign and no control characters.

    Direction overrides are dropped too: they can make a text read as what it is not.
    """
    if typed.isascii() and typed.isprintable():
        # Most of what is sent: codes and tokens.
        return typed.strip()
    whole = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.sub("", whole).strip()
