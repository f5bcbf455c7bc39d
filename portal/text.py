"""Words in Python: the mark that has them translated, and the cleaning of what was typed."""

from __future__ import annotations

import re
import unicodedata

_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufffe\uffff\ud800-\udfff]")


def _(words: str) -> str:
    """Mark words for the translators. They are translated once, where they are shown."""
    return words


def clean(typed: str) -> str:
    """What was typed, in composed Unicode, with line ends as one sign and no control characters.

    Direction overrides are dropped too: they can make a text read as what it is not.
    """
    whole = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWANTED.sub("", whole).strip()
