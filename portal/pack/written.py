"""Small values that a pack writes in one agreed form: telephone numbers, addresses, colours, sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

PHONE = r"^\+?[0-9][0-9 ]{1,19}$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
WEB = r"^https://[^\s]+$"
COLOUR = r"^#[0-9a-fA-F]{6}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

ADVICE = {
    r"^[a-z][a-z0-9_]*$": "Use small letters, figures and _ only, and start with a letter",
    r"^[a-z0-9][a-z0-9_]*$": "Use small letters, figures and _ only",
    r"^[a-z][a-z0-9-]*$": "Use small letters, figures and hyphens only, such as points-2026",
    PHONE: "Write figures and spaces, such as 01632 960100",
    EMAIL: "Write an email address, such as care@example.org",
    WEB: "Write a full address that starts with https://",
    COLOUR: "Write # and six figures or letters a to f, such as #0b5148",
    LANGUAGE: "Write a language tag, such as en, cy or pt-BR",
    TIME: "Write hours and minutes, such as 09:30",
}
"""What to write, by the pattern that a value did not fit."""

Phone = Annotated[str, StringConstraints(pattern=PHONE)]
"""A telephone number as it is dialled, with spaces for reading."""

Email = Annotated[str, StringConstraints(pattern=EMAIL, max_length=254)]
Web = Annotated[str, StringConstraints(pattern=WEB, max_length=500)]

Colour = Annotated[str, StringConstraints(pattern=COLOUR)]
"""A colour in sRGB as ``#rrggbb``."""

LanguageTag = Annotated[str, StringConstraints(pattern=LANGUAGE)]
"""A language as in BCP 47."""

ClockTime = Annotated[str, StringConstraints(pattern=TIME)]
"""A time of day, 24 hours, ``HH:MM``."""

Amount = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=9)]
"""Pounds and pence, nought or more."""

Unit = Literal[
    "hour", "visit", "session", "day", "night", "week", "month", "year", "meal", "mile", "plan", "once"
]
"""What an amount of pounds is for: one hour, one visit, ... or once for a thing that is bought."""
