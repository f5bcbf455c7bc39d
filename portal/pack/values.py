"""What every part of a pack is made of: frozen, typed, and strict about unknown keys."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*\Z")

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""A name used in files, addresses and stored answers: small letters, figures and ``_``."""

OptionIdentifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=60)]
"""The name of one option of a question, as stored in an answer."""

NOT_SURE = "not-sure"
"""Stored when the person says "I am not sure". Never scored as no need."""

RATHER_NOT_SAY = "rather-not-say"
"""Stored when the person would rather not say. Never scored as no need."""

UNKNOWN = frozenset({NOT_SURE, RATHER_NOT_SAY})
"""Answers that say that the person gave none."""


class Value(BaseModel):
    """One frozen value of a pack. An unknown key in its file is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
