"""The base of every form of Flask-WTF that changes something of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from portal.controls import controls_of
from portal.fields import DATE_PARTS, Control
from portal.unsaved.carried import Clash, given_back, merged_with, shows
from portal.unsaved.rules import Merged, unit_of

Fields = dict[str, list[str]]


class Form(FlaskForm):
    """A form that knows what is stored, what was typed and what others saved meanwhile.

    Give it ``data``, what is stored, also when it was sent: without, it makes something new, and there
    is nothing that it could overwrite.

    :ivar about: what the audit trail calls the thing that is changed.
    """

    about = ""

    def __init__(self, *, data: Mapping[str, Any] | None = None, about: str = "") -> None:
        self.about = about
        self._merged: Merged | None = None
        self._stored: Fields = {}
        super().__init__(data=data)

    def process(self, _formdata: Any = None, obj: Any = None, data: Any = None, **kwargs: Any) -> None:
        """Take what is stored, and over it what was typed."""
        super().process(None, obj, data, **kwargs)
        self._stored = {} if data is None else fields_of(self)
        typed: MultiDict[str, str] | None
        if not self.is_submitted():
            shows(self._stored)
            typed = given_back(self._stored)
        else:
            self._merged = merged_with(self._stored)
            typed = MultiDict([(name, one) for name, many in self._merged.fields.items() for one in many])
            if data is None:
                self._merged = None
        if typed is not None:
            super().process(typed, obj, data, **kwargs)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether what was typed is right.

        :raises Clash: when somebody else changed the same meanwhile.
        """
        if self._merged is not None:
            shown = controls_of(self)
            units = {unit_of(control.name) for control in shown}
            clashes = tuple(unit for unit in self._merged.clashes if unit in units)
            if clashes:
                raise Clash(replace(self._merged, clashes=clashes), self._stored, shown, self.about)
        return bool(super().validate(*args, **kwargs))


def fields_of(form: FlaskForm) -> Fields:
    """What a form sends as it stands, by the names of its boxes."""
    fields: Fields = {}
    for control in controls_of(form):
        fields |= boxes_of(control)
    return fields


def boxes_of(control: Control) -> Fields:
    """What the boxes of one field send."""
    values = (control.value,) if isinstance(control.value, str) else control.value
    if control.kind == "date":
        return {f"{control.name}-{part}": [value] for part, value in zip(DATE_PARTS, values, strict=True)}
    if control.kind == "money" and control.options:
        return {control.name: [values[0]], f"{control.name}-every": [values[1]]}
    return {control.name: list(values)}


def told(control: Control, fields: Mapping[str, Sequence[str]]) -> str:
    """What stands in a field, in the words that the page has for it; empty when nothing does."""
    labels = {option.value: option.label for option in control.options}
    if control.kind == "date":
        names = [f"{control.name}-{part}" for part in DATE_PARTS]
    elif control.kind == "money":
        names = [control.name, f"{control.name}-every"]
    else:
        names = [control.name]
    said = [value for name in names for value in fields.get(name, ()) if value]
    return (" " if control.kind in ("date", "money") else ", ").join(
        labels.get(value, value) for value in said
    )
