"""What a page asks a person to fill in, ready to draw: one `Control` for each label and its field.

`templates/components/controls.html` draws them, so that every field of the portal has the same
structure. Words in a control are already in the visitor's language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ControlKind = Literal[
    "radios",
    "checkboxes",
    "text",
    "textarea",
    "number",
    "money",
    "date",
    "select",
    "email",
    "passphrase",
    "file",
]
DATE_PARTS = ("day", "month", "year")
"""The ends of the names of a date's three boxes: ``born-day``, ``born-month``, ``born-year``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose.

    :ivar value: what the form sends.
    :ivar hint: a line under the label.
    :ivar apart: stands apart from the answers before it, after the word "or".
    :ivar picture: address of a picture that says the same as the label (`portal/assets.py` gives it one).
    """

    value: str
    label: str
    hint: str | None = None
    apart: bool = False
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """One label and what is filled in under it.

    The first input has the id ``name``; further radios and checkboxes ``name-2``, ``name-3``; the
    boxes of a date ``name-day``, ``name-month``, ``name-year``; the period of a sum ``name-every``.
    Each of these ends, but for the numbered ids, is also part of the field's name in the form.

    :ivar value: what was typed or chosen, kept as it was typed. Several for checkboxes; day, month
        and year for a date; pounds and period for money that has ``options``.
    :ivar options: the answers of radios, checkboxes and a select; for money the periods it may be
        for, chosen in a select of its own.
    :ivar heading: the label is the page's ``h1``.
    :ivar wrong: the ends of the boxes an error is about, for example ``("month",)``; for all of them
        leave it empty.
    :ivar width: how many characters a short field has room for; 0 is the full width.
    :ivar maximum: the most characters a textarea may hold, counted down under it; 0 is no limit.
    :ivar picture: address of a picture for the whole question.
    :ivar group: the words above several fields that its label means nothing without.
    :ivar accept: which files a file field offers to choose from.

    One tick box without a question above it, such as "I agree", is ``checkboxes`` with an empty label.
    """

    kind: ControlKind
    name: str
    label: str
    hint: str | None = None
    error: str | None = None
    value: str | tuple[str, ...] = ""
    options: tuple[Choice, ...] = ()
    optional: bool = False
    heading: bool = False
    autocomplete: str | None = None
    inputmode: str | None = None
    width: int = 0
    prefix: str | None = None
    suffix: str | None = None
    rows: int = 5
    maximum: int = 0
    wrong: tuple[str, ...] = ()
    picture: str | None = None
    group: str = ""
    accept: str = ""

    @property
    def target(self) -> str:
        """The id that a link in the error summary goes to: the first input that is wrong."""
        if self.wrong:
            return f"{self.name}-{self.wrong[0]}" if self.wrong[0] else self.name
        return f"{self.name}-day" if self.kind == "date" else self.name

    @property
    def described_by(self) -> str:
        """The ids of hint and error, in the order in which they are read out."""
        if self.hint:
            return f"{self.name}-hint {self.name}-error" if self.error else f"{self.name}-hint"
        return f"{self.name}-error" if self.error else ""
